"""Reading returned files on a cluster: a Dask scheduler that runs already, by its address.

The cluster runs the same function as this machine does, each file in a killable process on the machine that reads it,
and gives back the same outcomes in the same order. A worker that is lost loses nothing: others read its files, or this
machine. Whoever reaches the scheduler's port runs programs on its machines: that is for the cluster's owner to guard.

Source: docs of dask.distributed 2026.8, "Managing Memory", "Resilience".
"""

import pickle
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import closing
from itertools import islice
from typing import Any

from toolkit.cache import program_state
from toolkit.collect import CollectContext, IsolatedReader, Outcome
from toolkit.collect.answer import ReadText
from toolkit.collect.request import packed_request
from toolkit.collect.worker import read_texts
from toolkit.errors import MissingProgramError, ToolkitError
from toolkit.model.plain import from_plain_text, plain_text
from toolkit.processes import to_have

File = tuple[bytes, str]
CONNECT_SECONDS = 10
_TOGETHER = 20
"""Files of one task: one at a time the way there and back costs more than the reading."""
_AHEAD = 8
"""Tasks under way or waiting beyond the one whose outcomes are due: so many files are held at most."""
_KEPT = threading.local()


def read_files(files: Iterable[File], context: CollectContext, cluster: str = "") -> Iterator[ReadText]:
    """Outcomes of many files in their order; ``cluster`` is the address of a scheduler, "" for this machine.

    Raises:
        MissingProgramError: the driver is not installed, or the scheduler cannot be reached.
        ToolkitError: the cluster's machines have another version of this program.
    """
    return _on_cluster(files, context, cluster) if cluster else read_texts(files, context)


def _on_cluster(files: Iterable[File], context: CollectContext, address: str) -> Iterator[ReadText]:
    with closing(_connected(address)) as client:
        given = client.scatter(packed_request(context), broadcast=True)
        waiting: deque[tuple[tuple[File, ...], Any]] = deque()
        source = iter(files)
        while batch := tuple(islice(source, _TOGETHER)):
            waiting.append((batch, client.submit(_read, given, batch, program_state(), pure=False)))
            if len(waiting) > _AHEAD:
                yield from _outcomes(*waiting.popleft(), context)
        while waiting:
            yield from _outcomes(*waiting.popleft(), context)


def _connected(address: str) -> Any:  # noqa: ANN401  the driver brings no types
    try:
        from distributed import Client
    except ModuleNotFoundError:
        advice = f"{to_have('cluster')}；不用 --cluster 时不需要它"
        raise MissingProgramError("本机没有连接群集的程序（dask.distributed）", what_to_do=advice) from None
    try:
        return Client(address, timeout=CONNECT_SECONDS, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError, TypeError) as error:
        advice = "请确认调度程序（dask scheduler）已启动、地址写成 tcp://主机:端口；或去掉 --cluster 在本机读取"
        raise MissingProgramError(f"连不上群集（{error}）", where=address, what_to_do=advice) from None


def _outcomes(batch: tuple[File, ...], task: Any, context: CollectContext) -> Iterator[ReadText]:  # noqa: ANN401
    """What a task read; files of a task that the cluster gave up are read here."""
    from distributed import CancelledError, KilledWorker

    try:
        state, *outcomes = task.result()
    except (KilledWorker, CancelledError, OSError, EOFError):
        yield from read_texts(batch, context)
        return
    if state != program_state():
        advice = "在群集的每台机器上安装与本机相同的版本，或去掉 --cluster 在本机读取"
        raise ToolkitError("群集上的程序版本与本机不同，没有读取", what_to_do=advice)
    yield from (ReadText(from_plain_text(text, Outcome), text) for text in outcomes)


def _read(context: bytes, batch: tuple[File, ...], state: str) -> list[Any]:
    """On the cluster: read the files, each thread with a killable process of its own that stays for the next task."""
    if state != program_state():
        return [program_state()]
    if getattr(_KEPT, "context", None) != context:
        _KEPT.reader, _KEPT.context = IsolatedReader(pickle.loads(context)), context  # noqa: S301  from our own client
    return [state, *(plain_text(_KEPT.reader.read(data, name), Outcome) for data, name in batch)]
