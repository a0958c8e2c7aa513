"""What comes from outside is opened in a process of its own, which a hostile file may hang, fill or kill.

Returned workbooks, archives, mails and evidence are all opened here; a fault costs one verdict. The worker stays for
the next file while it is healthy and is replaced after any fault. Answers come back as plain data of limited size;
nothing a worker sends can call anything. The process's own side is :mod:`toolkit.collect.serving`.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import chain, islice
from queue import SimpleQueue
from time import monotonic
from typing import Any, Self, TypeVar

from toolkit.collect.answer import Answer, Ended, Failed, Member, Plain, ReadText, Ready, plain_answer, text_of
from toolkit.collect.child import (
    ChildProcess,
    can_copy,
)
from toolkit.collect.context import Cause, CollectContext, Outcome, refusal
from toolkit.collect.page_count import Look
from toolkit.collect.request import ReadFunction, packed_request
from toolkit.collect.serving import BOOK, UNREADABLE, read_return, serve_as_copy
from toolkit.collect.unzip import CannotUnpackError
from toolkit.errors import StoppedReadingError, UnreadableFileError
from toolkit.excel.book import Book
from toolkit.excel.files import sha256_of
from toolkit.model.plain import DamagedValueError
from toolkit.qr import Codes

Found = TypeVar("Found")
_READERS = 2
"""Processes that read at one time; each may hold a file and what is made of it."""
_TOO_SLOW = "文件读取超过时限，已停止读取。请在 Excel 或 WPS 中打开后，把采集表另存为新的 .xlsx 再报送"
_DIED = "文件使读取程序异常退出，可能已损坏或含有异常内容。请在 Excel 或 WPS 中打开后另存为新的 .xlsx 再报送"
_NOT_OPENED = "压缩包或邮件打不开：内容异常，读取程序超时或退出。请把采集表直接报送"
_SAVE_ANEW = "请在 Word、Excel 或 WPS 中打开后，另存为新文件再用"
_FAULTS = {
    Cause.TOO_SLOW: "文件读取超过时限，已停止读取",
    Cause.CRASHED: "文件使读取程序异常退出，可能已损坏或含有异常内容",
}
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


class IsolatedReader:
    """Opens files in one worker process; use as a context manager. Not for several threads at once."""

    def __init__(
        self,
        context: object,
        limits: WorkerLimits | None = None,
        read: ReadFunction = read_return,
        *,
        at_once: bool = False,
        first: Callable[[], None] | None = None,
    ) -> None:
        """Nothing begins before there is a file to read.

        ``at_once``: a file will be read in any case; where it saves time the process begins now, as a copy of us.
        ``first``: what such a copy loads until a file comes.
        """
        self._context = context
        self._limits = limits or WorkerLimits()
        self._read = read
        self._worker: ChildProcess | None = None
        self._last = b""
        serve = partial(serve_as_copy, first)
        self._begun = ChildProcess(self._limits.answer, serve) if at_once and can_copy() else None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def read(self, data: bytes, file_name: str) -> Outcome:
        """The outcome for one file; a refusal when the worker hung, died or failed over it."""
        return self.read_text(data, file_name).outcome

    def read_text(self, data: bytes, file_name: str) -> ReadText:
        """The same with the text it came as."""
        from toolkit.collect.opening import refused_at_sight

        if refused_at_sight(data):
            # Its first bytes tell: not worth starting a process for.
            refused: Outcome = self._read(data, file_name, self._context)
            return ReadText(refused)
        answer = self._asked("read", data, file_name)
        if isinstance(answer, Outcome):
            return ReadText(answer, text_of(self._last))
        fault = answer if isinstance(answer, _Fault) else _Fault(Cause.CRASHED, _DIED)
        return ReadText(refusal(fault.cause, file_name, sha256_of(data), fault.reason))

    def plain(self, data: bytes, file_name: str) -> tuple[Any, ...]:
        """What a read function answers that gives plain data instead of an outcome.

        Raises:
            StoppedReadingError: the worker hung over the file.
            UnreadableFileError: it died or failed over it.
        """
        answer = self._asked("read", data, file_name)
        if isinstance(answer, Plain) and isinstance(answer.data, tuple):
            return answer.data
        fault = answer if isinstance(answer, _Fault) else _Fault(Cause.CRASHED, _DIED)
        reason = fault.reason if fault.cause is Cause.OUR_FAULT else _FAULTS[fault.cause]
        kind = StoppedReadingError if fault.cause is Cause.TOO_SLOW else UnreadableFileError
        raise kind(reason, where=file_name, what_to_do=_SAVE_ANEW)

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
        if kind == BOOK:
            return book_of(content)
        fault = answer if isinstance(answer, _Fault) else _Fault(Cause.CRASHED, _DIED)
        raise UnreadableFileError(str(content) if kind == UNREADABLE else fault.reason)

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
            self._last = self._ready().receive(max(seconds, 0))
            answer = plain_answer(self._last)
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
    limits: WorkerLimits | None = None,
    read: ReadFunction = read_return,
) -> Iterator[Outcome]:
    """Outcomes of many files in their order, read by a few workers; only as many files are held as are being read."""
    return each_apart(files, IsolatedReader.read, context, read, limits=limits)


def read_texts(files: Iterable[tuple[bytes, str]], context: CollectContext) -> Iterator[ReadText]:
    """The same, each with the text it came as."""
    return each_apart(files, IsolatedReader.read_text, context, read_return)


def each_apart(
    files: Iterable[tuple[bytes, str]],
    ask: Callable[[IsolatedReader, bytes, str], Found],
    context: object,
    read: ReadFunction,
    *,
    limits: WorkerLimits | None = None,
) -> Iterator[Found]:
    """What ``ask`` gets of each file from one of a few readers, in their order; the next files are being read."""
    coming = iter(files)
    first = list(islice(coming, _READERS))  # one file needs one process
    readers = [IsolatedReader(context, limits, read, at_once=True) for _ in first]
    idle: SimpleQueue[IsolatedReader] = SimpleQueue()
    for reader in readers:
        idle.put(reader)

    def found_in(data: bytes, file_name: str) -> Found:
        reader = idle.get()
        try:
            return ask(reader, data, file_name)
        finally:
            idle.put(reader)

    waiting: deque[Future[Found]] = deque()
    with ThreadPoolExecutor(_READERS) as threads:
        try:
            for data, file_name in chain(first, coming):
                waiting.append(threads.submit(found_in, data, file_name))
                if len(waiting) > 2 * _READERS:
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
