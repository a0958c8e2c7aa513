"""What comes from outside is opened in a process of its own, which a hostile file may hang, fill or kill.

Returned workbooks, archives, mails and evidence are all opened here; a fault costs one verdict. The worker stays for
the next file while it is healthy and is replaced after any fault. Answers come back as plain data of limited size;
nothing a worker sends can call anything.

What reads files is imported where a request asks for it: one kind of file is read without what reads the others.
"""

import gc
import pickle
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from multiprocessing.reduction import ForkingPickler
from queue import SimpleQueue
from time import monotonic
from types import MappingProxyType
from typing import Any, Self, TypeAlias

from toolkit import processes
from toolkit.collect.answer import Answer, Ended, Failed, Member, Plain, Ready, packed_answer, plain_answer
from toolkit.collect.child import (
    ChildProcess,
    address_space,
    can_copy,
    limit_memory,
    own_pipes,
    read_frame,
    write_frame,
)
from toolkit.collect.context import Cause, CollectContext, Outcome, refusal
from toolkit.collect.page_count import Look
from toolkit.collect.unzip import CannotUnpackError
from toolkit.errors import UnreadableFileError
from toolkit.excel.book import Book
from toolkit.excel.files import sha256_of
from toolkit.model.plain import DamagedValueError
from toolkit.qr import Codes, codes_on

ReadFunction: TypeAlias = Callable[[bytes, str, Any], Any]
"""Bytes, file name and what is to be known about the evaluation → an outcome, or another plain value."""

_TOO_SLOW = "文件读取超过时限，已停止读取。请在 Excel 或 WPS 中打开后，把采集表另存为新的 .xlsx 再报送"
_DIED = "文件使读取程序异常退出，可能已损坏或含有异常内容。请在 Excel 或 WPS 中打开后另存为新的 .xlsx 再报送"
_BUG = "读取时程序出错（{}）。请把文件和这条信息一并反馈给技术人员"
_NOT_OPENED = "压缩包或邮件打不开：内容异常，读取程序超时或退出。请把采集表直接报送"
_SAVE_ANEW = "请在 Word、Excel 或 WPS 中打开后，另存为新文件再用"
_FAULTS = {
    Cause.TOO_SLOW: "文件读取超过时限，已停止读取",
    Cause.CRASHED: "文件使读取程序异常退出，可能已损坏或含有异常内容",
}
_BOOK, _UNREADABLE = "book", "unreadable"
REFUSED = "refused"
"""First of what a function given to :func:`read_plain` answers for a file it does not take."""


@dataclass(frozen=True, slots=True)
class WorkerLimits:
    """What one file may cost.

    Attributes:
        seconds: wall-clock time for one file, or for an archive or mail as a whole.
        start: wall-clock time for the worker to start.
        memory: of the worker.
        answer: size of what comes back.

    Units: seconds; bytes.
    """

    seconds: float = 20.0
    start: float = 60.0
    memory: int = 1_000_000_000
    answer: int = 256_000_000


@dataclass(frozen=True, slots=True)
class _Fault:
    """What the worker, or its absence, says instead of an answer."""

    cause: Cause
    reason: str


def read_return(data: bytes, file_name: str, context: CollectContext) -> Outcome:
    """The outcome for a returned workbook (see :mod:`toolkit.collect.reading`)."""
    from toolkit.collect.reading import read_return as read

    return read(data, file_name, context)


class IsolatedReader:
    """Opens files in one worker process; use as a context manager. Not for several threads at once."""

    def __init__(
        self,
        context: object,
        limits: WorkerLimits | None = None,
        read: ReadFunction = read_return,
        *,
        at_once: bool = False,
    ) -> None:
        """``at_once``: a file will be read in any case; where it saves time the process begins now, as a copy of us."""
        self._context = context
        self._limits = limits or WorkerLimits()
        self._read = read
        self._worker: ChildProcess | None = None
        self._begun = ChildProcess(self._limits.answer, serve_as_copy) if at_once and can_copy() else None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def read(self, data: bytes, file_name: str) -> Outcome:
        """The outcome for one file; a refusal when the worker hung, died or failed over it."""
        from toolkit.collect.opening import refused_at_sight

        if refused_at_sight(data):
            # Its first bytes tell: not worth starting a process for.
            refused: Outcome = self._read(data, file_name, self._context)
            return refused
        answer = self._asked("read", data, file_name)
        if isinstance(answer, Outcome):
            return answer
        fault = answer if isinstance(answer, _Fault) else _Fault(Cause.CRASHED, _DIED)
        return refusal(fault.cause, file_name, sha256_of(data), fault.reason)

    def plain(self, data: bytes, file_name: str) -> tuple[Any, ...]:
        """What a read function answers that gives plain data instead of an outcome.

        Raises:
            UnreadableFileError: the worker hung, died or failed over the file.
        """
        answer = self._asked("read", data, file_name)
        if isinstance(answer, Plain) and isinstance(answer.data, tuple):
            return answer.data
        fault = answer if isinstance(answer, _Fault) else _Fault(Cause.CRASHED, _DIED)
        reason = fault.reason if fault.cause is Cause.OUR_FAULT else _FAULTS[fault.cause]
        raise UnreadableFileError(reason, where=file_name, what_to_do=_SAVE_ANEW)

    def look(self, data: bytes) -> Look:
        """What an evidence file is, and how many pages it has; not openable when the worker failed over it."""
        answer = self._asked("look", data, "")
        return answer if isinstance(answer, Look) else Look(openable=False)

    def codes(self, data: bytes) -> Codes:
        """The QR codes on a scan; a worker that failed over it cannot read them."""
        answer = self._asked("codes", data, "")
        match answer:
            case Plain(data=(tuple(texts), bool(damaged))) if all(isinstance(text, str) for text in texts):
                return Codes(texts, damaged)
        return Codes(damaged=True)

    def book(self, data: bytes, *, older: bool = False) -> Book:
        """The cells of a workbook a person filled in; formulas as they stand, nothing of the file's frame.

        ``older`` takes .xls, .et, .xlsb and .ods too, of which only values come through.

        Raises:
            UnreadableFileError: not a workbook, damaged, dangerous, or the worker failed over it.
        """
        from toolkit.collect.plain_book import book_of

        answer = self._asked("any book" if older else "book", data, "")
        kind, content = answer.data if isinstance(answer, Plain) else ("", ())
        if kind == _BOOK:
            return book_of(content)
        fault = answer if isinstance(answer, _Fault) else _Fault(Cause.CRASHED, _DIED)
        raise UnreadableFileError(str(content) if kind == _UNREADABLE else fault.reason)

    def unpacked(self, data: bytes, *, is_mail: bool) -> Iterator[tuple[str, bytes]]:
        """Path and content of every file of an archive or mail.

        Raises:
            CannotUnpackError: it cannot be unpacked, holds too much, or the worker failed over it; what came before
                the fault was handed out.
        """
        # All of it first: an archive inside this one is asked of the same worker while its files are handed out.
        members: list[tuple[str, bytes]] = []
        last = monotonic() + self._limits.seconds
        answer = self._asked("mail" if is_mail else "zip", data, "")
        while isinstance(answer, Member):
            members.append((answer.name, answer.data))
            answer = self._answer(last - monotonic())
        if not isinstance(answer, Ended):
            self.close()
        yield from members
        if not isinstance(answer, Ended):
            raise CannotUnpackError(_NOT_OPENED)
        if answer.problem:
            raise CannotUnpackError(answer.problem)

    def _asked(self, what: str, data: bytes, file_name: str) -> Answer | _Fault:
        try:
            self._ready().send(packed_request((what, data, file_name)))
        except (EOFError, OSError, DamagedValueError) as error:
            self.close()
            cause = Cause.TOO_SLOW if isinstance(error, TimeoutError) else Cause.CRASHED
            return _Fault(cause, _TOO_SLOW if cause is Cause.TOO_SLOW else _DIED)
        return self._answer(self._limits.seconds)

    def _answer(self, seconds: float) -> Answer | _Fault:
        answer: Answer | _Fault
        try:
            answer = plain_answer(self._ready().receive(max(seconds, 0)))
        except TimeoutError:
            answer = _Fault(Cause.TOO_SLOW, _TOO_SLOW)
        except (EOFError, OSError, DamagedValueError):
            answer = _Fault(Cause.CRASHED, _DIED)
        if isinstance(answer, Failed):
            answer = _Fault(Cause.OUR_FAULT, answer.reason)
        if isinstance(answer, _Fault):
            self.close()
        return answer

    def close(self) -> None:
        """Stop the worker; the next file starts a new one."""
        ended, self._worker, self._begun = (self._worker, self._begun), None, None
        for worker in filter(None, ended):
            worker.end()

    def _ready(self) -> ChildProcess:
        """The worker, started where there is none; starting it takes its time like everything else.

        Raises:
            OSError, EOFError, TimeoutError: it does not start.
        """
        if self._worker is None:
            self._worker, self._begun = self._begun or ChildProcess(self._limits.answer), None
            self._worker.send(packed_request((self._context, self._read, self._limits.memory)))
            if plain_answer(self._worker.receive(self._limits.start)) != Ready():
                raise EOFError
        return self._worker


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

    def outcome_of(data: bytes, file_name: str) -> Outcome:
        reader = idle.get()
        try:
            return reader.read(data, file_name)
        finally:
            idle.put(reader)

    waiting: deque[Future[Outcome]] = deque()
    with ThreadPoolExecutor(workers) as threads:
        try:
            for data, file_name in files:
                waiting.append(threads.submit(outcome_of, data, file_name))
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


def read_plain(
    data: bytes, file_name: str, read: Callable[[bytes, str, None], object], limits: WorkerLimits | None = None
) -> tuple[Any, ...]:
    """What ``read`` makes of one file in a process of its own: plain values (tuples, texts, numbers).

    ``read`` is a function of a module; a file it refuses it answers with :data:`REFUSED`, why, and what to do.

    Raises:
        UnreadableFileError: refused, or the worker hung, died or failed over it.
    """
    with IsolatedReader(None, limits, read) as reader:
        answer = reader.plain(data, file_name)
    if answer[:1] == (REFUSED,):
        raise UnreadableFileError(str(answer[1]), where=file_name, what_to_do=str(answer[2]))
    return answer


def serve_as_copy() -> None:
    """A copy has what the program it was copied from had: its limit is for what comes on top of that."""
    gc.freeze()  # nor is that looked through for what is unused
    serve(address_space())


def serve(had: int = 0) -> None:
    """The worker's whole life: read, answer, until the pipe closes. ``had``: memory beside its limit. Units: bytes."""
    processes.set_up()
    requests, answers = own_pipes()
    first = read_frame(requests)
    if first is None:
        return
    context, read, memory = pickle.loads(first)  # noqa: S301  from the program that started us
    limit_memory(memory + had)
    write_frame(answers, packed_answer(Ready()))
    while (request := read_frame(requests)) is not None:
        what, data, file_name = pickle.loads(request)  # noqa: S301  likewise
        for answer in _answers(what, data, file_name, context, read):
            write_frame(answers, packed_answer(answer))


def _answers(what: str, data: bytes, file_name: str, context: CollectContext, read: ReadFunction) -> Iterator[Answer]:
    if what in ("zip", "mail"):
        yield from _members(what, data)
        return
    try:
        if what in ("book", "any book"):
            yield Plain((_BOOK, _plain_cells(data, older=what == "any book")))
            return
        if what == "codes":
            codes = codes_on(data)
            yield Plain((codes.texts, codes.damaged))
            return
        found: object = _seen(data) if what == "look" else read(data, file_name, context)
        yield found if isinstance(found, Outcome | Look | Member) else Plain(found)
    except UnreadableFileError as error:
        yield Plain((_UNREADABLE, error.message))
    except Exception as error:  # noqa: BLE001 - our bug becomes one file's verdict and is shown in it
        yield Failed(_BUG.format(f"{type(error).__name__}: {error}"[:200]))


def _plain_cells(data: bytes, *, older: bool) -> tuple[Any, ...]:
    from toolkit.collect.plain_book import plain_book
    from toolkit.excel.legacy import OLDER, read_legacy
    from toolkit.excel.read import read_workbook
    from toolkit.excel.sniff import NO_TABLES, kind_of

    kind = kind_of(data)
    if kind in NO_TABLES:
        raise UnreadableFileError(f"这是{kind.value}，不是 Excel 工作簿")
    return plain_book(read_legacy(data, kind).book if older and kind in OLDER else read_workbook(data))


def _seen(data: bytes) -> Look:
    from toolkit.collect.page_count import look_at

    return look_at(data)


def _members(what: str, data: bytes) -> Iterator[Answer]:
    from toolkit.collect.mail import attachments
    from toolkit.collect.unzip import unpack

    opened, problem = attachments if what == "mail" else unpack, ""
    try:
        for name, content in opened(data):
            yield Member(name, content)
    except CannotUnpackError as error:
        problem = str(error)
    except Exception as error:  # noqa: BLE001 - an odd archive is that archive's trouble
        problem = _BUG.format(f"{type(error).__name__}: {error}"[:200])
    yield Ended(problem)


def packed_request(value: object) -> bytes:
    """What a process we start is told, as bytes; never read from anybody else."""
    return bytes(ForkingPickler.dumps(value))


def read_only(mapping: dict[Any, Any]) -> MappingProxyType[Any, Any]:
    """A mapping as the frozen values hold it."""
    return MappingProxyType(mapping)


def _reduce_mapping(mapping: MappingProxyType[Any, Any]) -> tuple[Callable[..., Any], tuple[Any, ...]]:
    # By a function: the type itself goes by a name that cannot be imported.
    return read_only, (dict(mapping),)


# Read-only mappings cannot be pickled by themselves; they are all over the frozen values of what a worker is told.
ForkingPickler.register(MappingProxyType, _reduce_mapping)
