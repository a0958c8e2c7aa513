"""Reading returned files on a cluster: a Dask scheduler that runs already, by its address.

The cluster runs the same function as this machine does, each file in a killable process on the machine that reads it,
and gives back the same outcomes in the same order. A worker that is lost loses nothing: others read its files, or this
machine. Whoever reaches the scheduler's port runs programs on its machines: that is for the cluster's owner to guard.

Source: docs of dask.distributed 2026.8, "Managing Memory", "Resilience".
"""

import pickle
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
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
Told = Callable[[str], None]
CONNECT_SECONDS = 10
_TOGETHER = 20
"""Files of one task: one at a time the way there and back costs more than the reading."""
_AHEAD = 8
"""Tasks under way or waiting beyond the one whose outcomes are due: so many files are held at most."""
_STATE = "__import__('toolkit.cache', fromlist=['program_state']).program_state()"
"""Asks a machine for its program: as a text, for a function of ours is not known where there is none of us."""
_KEPT = threading.local()


def _nobody(_words: str) -> None:
    """Where nobody listens."""


def read_files(
    files: Iterable[File], context: CollectContext, cluster: str = "", told: Told = _nobody
) -> Iterator[ReadText]:
    """Outcomes of many files in their order; ``cluster`` is the address of a scheduler, "" for this machine.

    Where the scheduler is lost in the middle, this machine reads the rest; ``told`` is called once with a Chinese
    sentence that says so.

    Raises:
        MissingProgramError: the driver is not installed, the scheduler cannot be reached, or has no workers.
        ToolkitError: the cluster's machines have another version of this program, or none.
    """
    return _on_cluster(files, context, cluster, told) if cluster else read_texts(files, context)


def _on_cluster(files: Iterable[File], context: CollectContext, address: str, told: Told) -> Iterator[ReadText]:
    with closing(_connected(address)) as client:
        cluster = _Cluster(client, _given(client, context, address), context, told)
        waiting: deque[tuple[tuple[File, ...], Any]] = deque()
        source = iter(files)
        while batch := tuple(islice(source, _TOGETHER)):
            waiting.append((batch, cluster.submit(batch)))
            if len(waiting) > _AHEAD:
                yield from cluster.outcomes(*waiting.popleft())
        while waiting:
            yield from cluster.outcomes(*waiting.popleft())


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


def _given(client: Any, context: CollectContext, address: str) -> Any:  # noqa: ANN401
    """What every task needs, on every worker; they are asked first whether they are the same program as we."""
    try:
        client.wait_for_workers(1, timeout=CONNECT_SECONDS)
        states = client.run(eval, _STATE, on_error="return")
        others = sorted(worker for worker, state in states.items() if _is_another(state))
        if others:
            raise _another_version("、".join(others))
        return client.scatter(packed_request(context), broadcast=True)
    except TimeoutError:
        advice = f"在群集的机器上启动工作程序（dask worker {address}）；或去掉 --cluster 在本机读取"
        raise MissingProgramError("群集里没有一台在工作的机器", where=address, what_to_do=advice) from None


def _is_another(state: object) -> bool:
    """Whether a machine that answered this has another program; one that was lost meanwhile has none."""
    return state != program_state() and not isinstance(state, OSError)


class _Cluster:
    """A scheduler's machines at work for us, as long as there are any."""

    def __init__(self, client: Any, given: Any, context: CollectContext, told: Told) -> None:  # noqa: ANN401
        from distributed import CancelledError, KilledWorker
        from distributed.client import ClosedClientError

        self._client, self._given, self._context, self._told = client, given, context, told
        self._lost: bool = False
        self._gone = (ClosedClientError, CancelledError)
        self._given_up = (KilledWorker, OSError, EOFError)

    def submit(self, batch: tuple[File, ...]) -> Any:  # noqa: ANN401
        """A task that reads these files; None where the scheduler is gone."""
        try:
            return self._client.submit(_read, self._given, batch, program_state(), pure=False)
        except self._gone:
            return None

    def outcomes(self, batch: tuple[File, ...], task: Any) -> Iterator[ReadText]:  # noqa: ANN401
        """What a task read; files of a task that the cluster gave up are read here."""
        if (answer := self._answer(task)) is None:
            yield from read_texts(batch, self._context)
            return
        state, *outcomes = answer
        if state != program_state():
            raise _another_version(self._client.scheduler.address)
        yield from (ReadText(from_plain_text(text, Outcome), text) for text in outcomes)

    def _answer(self, task: Any) -> Any:  # noqa: ANN401
        """What came back; None where nothing did."""
        try:
            if task is not None:
                return task.result()
        except self._given_up:
            return None
        except self._gone:
            pass
        if not self._lost:
            self._told("群集断开，其余由本机读取")
        self._lost = True
        return None


def _another_version(where: str) -> ToolkitError:
    advice = "在群集的每台机器上安装与本机相同的版本，或去掉 --cluster 在本机读取"
    return ToolkitError("群集上的程序版本与本机不同，没有读取", where=where, what_to_do=advice)


def _read(context: bytes, batch: tuple[File, ...], state: str) -> list[Any]:
    """On the cluster: read the files, each thread with a killable process of its own that stays for the next task."""
    if state != program_state():
        return [program_state()]
    if getattr(_KEPT, "context", None) != context:
        _KEPT.reader, _KEPT.context = IsolatedReader(pickle.loads(context)), context  # noqa: S301  from our own client
    return [state, *(plain_text(_KEPT.reader.read(data, name), Outcome) for data, name in batch)]
