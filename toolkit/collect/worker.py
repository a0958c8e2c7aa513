"""Reading in a process of its own: a hostile file may hang, fill or kill it, and costs one verdict, not the batch.

The worker stays for the next file while it is healthy and is replaced after any fault. Results come back as plain data,
of limited size; nothing a worker sends can call anything. A frozen Windows program has to call
``multiprocessing.freeze_support()`` before anything else.
"""

import multiprocessing
import os
import pickle
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from multiprocessing.reduction import ForkingPickler
from queue import SimpleQueue
from types import MappingProxyType
from typing import Any, Self, TypeAlias

from toolkit.collect.answer import plain_answer, read_only
from toolkit.collect.context import Cause, CollectContext, Outcome, refusal
from toolkit.collect.opening import refused_at_sight
from toolkit.collect.page_count import Look, look_at
from toolkit.collect.reading import read_return
from toolkit.excel.files import sha256_of

ReadFunction: TypeAlias = Callable[[bytes, str, CollectContext], Outcome]

_TOO_SLOW = "文件读取超过时限，已停止读取。请在 Excel 或 WPS 中打开后，把采集表另存为新的 .xlsx 再报送"
_DIED = "文件使读取程序异常退出，可能已损坏或含有异常内容。请在 Excel 或 WPS 中打开后另存为新的 .xlsx 再报送"
_BUG = "读取时程序出错（{}）。请把文件和这条信息一并反馈给技术人员"


@dataclass(frozen=True, slots=True)
class WorkerLimits:
    """What one file may cost.

    Attributes:
        seconds: wall-clock time for one file.
        memory: address space of the worker (not enforced on Windows and macOS).
        answer: size of what comes back.

    Units: seconds; bytes.
    """

    seconds: float = 20.0
    memory: int = 1_000_000_000
    answer: int = 64_000_000


@dataclass(frozen=True, slots=True)
class _Fault:
    """What the worker, or its absence, says instead of an answer."""

    cause: Cause
    reason: str


class IsolatedReader:
    """Reads returns in one worker process; use as a context manager. Not for several threads at once."""

    def __init__(
        self, context: CollectContext, limits: WorkerLimits | None = None, read: ReadFunction = read_return
    ) -> None:
        self._context = context
        self._limits = limits or WorkerLimits()
        self._read = read
        self._process: BaseProcess | None = None
        self._pipe: Connection | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def read(self, data: bytes, file_name: str) -> Outcome:
        """The outcome for one file; a refusal when the worker hung, died or failed over it."""
        if refused_at_sight(data):
            # Its first bytes tell: not worth starting a process for.
            return self._read(data, file_name, self._context)
        answer = self._ask(data, file_name)
        if isinstance(answer, Outcome):
            return answer
        return refusal(answer.cause, file_name, sha256_of(data), answer.reason)

    def look(self, data: bytes) -> Look:
        """What an evidence file is, and how many pages it has; not openable when the worker failed over it."""
        answer = self._ask(data, None)
        return answer if isinstance(answer, Look) else Look(openable=False)

    def _ask(self, data: bytes, file_name: str | None) -> Any:  # noqa: ANN401 - Outcome, Look or _Fault
        try:
            pipe = self._ready()
            pipe.send((data, file_name))
            if not pipe.poll(self._limits.seconds):
                answer: object = _Fault(Cause.TOO_SLOW, _TOO_SLOW)
            else:
                answer = plain_answer(pipe.recv_bytes(self._limits.answer))
        except (EOFError, OSError, pickle.UnpicklingError):
            answer = _Fault(Cause.CRASHED, _DIED)
        if isinstance(answer, str):
            answer = _Fault(Cause.OUR_FAULT, answer)
        if isinstance(answer, _Fault):
            self.close()
        return answer

    def close(self) -> None:
        """Stop the worker; the next file starts a new one."""
        if self._process is not None and self._pipe is not None:
            self._pipe.close()
            self._process.kill()
            self._process.join()
        self._process = self._pipe = None

    def _ready(self) -> Connection:
        if self._pipe is None:
            # Started afresh, not forked: a copy of a process with threads (the desktop window) may never wake up.
            spawn = multiprocessing.get_context("spawn")
            ours, theirs = spawn.Pipe()
            arguments = (theirs, self._context, self._read, self._limits.memory)
            process = spawn.Process(target=_serve, args=arguments, daemon=True)
            process.start()
            theirs.close()
            self._process, self._pipe = process, ours
        return self._pipe


def read_batch(
    files: Iterable[tuple[bytes, str]],
    context: CollectContext,
    *,
    workers: int = 2,
    limits: WorkerLimits | None = None,
    read: ReadFunction = read_return,
) -> Iterator[Outcome]:
    """Outcomes of many files in their order, read by a few workers; only as many files are held as are being read."""
    readers = [IsolatedReader(context, limits, read) for _ in range(workers)]
    idle: SimpleQueue[IsolatedReader] = SimpleQueue()
    for reader in readers:
        idle.put(reader)

    def one(data: bytes, file_name: str) -> Outcome:
        reader = idle.get()
        try:
            return reader.read(data, file_name)
        finally:
            idle.put(reader)

    waiting: deque[Future[Outcome]] = deque()
    with ThreadPoolExecutor(workers) as threads:
        try:
            for data, file_name in files:
                waiting.append(threads.submit(one, data, file_name))
                if len(waiting) > 2 * workers:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            for future in waiting:
                future.cancel()
            threads.shutdown()
            for reader in readers:
                reader.close()


def _serve(pipe: Connection, context: CollectContext, read: ReadFunction, memory: int) -> None:
    """The worker's whole life: read, answer, until the pipe closes."""
    _limit_memory(memory)
    # A library that panics prints pages about it; what the user has to know is in the answer.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    while True:
        try:
            data, file_name = pipe.recv()
        except (EOFError, OSError):
            return
        try:
            answer: object = look_at(data) if file_name is None else read(data, file_name, context)
        except Exception as error:  # noqa: BLE001 - our bug becomes one file's verdict and is shown in it
            answer = _BUG.format(f"{type(error).__name__}: {error}"[:200])
        pipe.send(answer)


def _limit_memory(size: int) -> None:
    try:
        import resource
    except ImportError:
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (size, hard))


def _reduce_mapping(mapping: MappingProxyType[Any, Any]) -> tuple[Callable[..., Any], tuple[Any, ...]]:
    # By a function: the type itself goes by a name that cannot be imported.
    return read_only, (dict(mapping),)


# Read-only mappings cannot be pickled by themselves; they are all over the frozen values.
ForkingPickler.register(MappingProxyType, _reduce_mapping)
