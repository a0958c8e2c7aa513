"""Reports rendered side by side in a few processes, and each only once for all commands.

A process is told the words and charts of one document after another and sends back the documents. What is being made
at one time is bounded, so that thousands of reports need no more memory than dozens. A process that fails, and a
system that starts none, costs time only: the document is rendered here, and what is wrong with it is said here.
"""

import os
import pickle
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from types import TracebackType
from typing import Any, Self

from toolkit.cache import Cache
from toolkit.collect.answer import Member, Ready, plain_answer
from toolkit.collect.child import ChildProcess, can_copy
from toolkit.collect.request import packed_request
from toolkit.collect.serving import serve_as_copy
from toolkit.model.plain import DamagedValueError
from toolkit.pipeline.plan.remembering import Documents
from toolkit.report.documents import DocumentKind, Job, Making

_MOST_PROCESSES = 4
_AHEAD = 4  # documents a process has before it: it must not wait while we write one
_WORTH_STARTING = 100
"""Documents for which processes are started anew where none can be copied from this one (Windows, the window)."""
_START, _SECONDS = 60.0, 600.0
"""How long a process may take to start, and over one document: one about thousands of projects is long."""
_MEMORY, _LARGEST = 4_000_000_000, 512_000_000


class Rendering(Making):
    """Takes documents from what is kept, and has the others rendered; use as a context manager."""

    def __init__(self, cache: Cache, expected: int) -> None:
        """``expected``: how many documents there will be."""
        self._kept = Documents(cache)
        self._expected = expected
        self._processes: list[_Process] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        for process in self._processes or ():
            process.end()
        self._kept.save()

    def names(self, source: bytes, kind: DocumentKind) -> Sequence[str]:
        """The words a template asks for; found once for all commands."""
        key = (source, b"names")
        found = self._kept.find(key)
        if found is None:
            found = "\n".join(super().names(source, kind)).encode()
            self._kept.keep(key, found)
        return found.decode().split("\n")

    def documents(self, jobs: Iterable[Job]) -> Iterator[bytes]:
        """The documents in their order, whichever process they come from."""
        waiting: deque[_Document] = deque()
        for job in jobs:
            waiting.append(self._begun(job))
            if len(waiting) > _AHEAD * max(1, len(self._processes or ())):
                yield waiting.popleft().finished()
        while waiting:
            yield waiting.popleft().finished()

    def _begun(self, job: Job) -> "_Document":
        found = self._kept.find(job.made_from) if job.made_from else None
        if found is not None or not job.made_from:
            return _Document(job, self._kept, found=found)
        if self._processes is None:
            self._processes = _started(self._expected)
        running = [process for process in self._processes if process.runs]
        process = min(running, key=lambda process: process.waiting, default=None)
        if process is not None:
            process.begin(job)
        return _Document(job, self._kept, process)


class _Document:
    """One that was found, is being rendered in a process, or will be rendered here when it is asked for."""

    def __init__(
        self, job: Job, kept: Documents, process: "_Process | None" = None, *, found: bytes | None = None
    ) -> None:
        self._job = job
        self._kept = kept
        self._process = process
        self._found = found

    def finished(self) -> bytes:
        if self._found is not None:
            return self._found
        made = self._process.result() if self._process else None
        if made is None:
            made = self._job.render()
        if self._job.made_from:
            self._kept.keep(self._job.made_from, made)
        return made


class _Process:
    """A process that renders; its documents come back in the order in which they were begun."""

    def __init__(self, child: ChildProcess) -> None:
        self.waiting = 0
        self.runs = True
        self._child = child
        self._ready = False

    def greet(self) -> None:
        """Tell it what it is for."""
        self._child.send(packed_request((None, rendered, _MEMORY)))

    def begin(self, job: Job) -> None:
        asked = {name: job.words[name] for name in job.asked}
        self._child.send(packed_request(("read", packed_request(replace(job, words=asked, made_from=())), "")))
        self.waiting += 1

    def result(self) -> bytes | None:
        """The next document; None where it cannot come from here any more."""
        self.waiting -= 1
        if self.runs:
            with suppress(OSError, EOFError, DamagedValueError):  # slow, gone, or not what was asked for
                if not self._ready:
                    self._ready = plain_answer(self._child.receive(_START)) == Ready()
                answer = plain_answer(self._child.receive(_SECONDS))
                if isinstance(answer, Member):
                    return answer.data
        self.end()
        return None

    def end(self) -> None:
        if self.runs:
            self.runs = False
            self._child.end()


def _started(documents: int) -> list[_Process]:
    """The processes: copies of this one where it can be copied, else started for many documents only."""
    wanted = min(os.cpu_count() or 1, _MOST_PROCESSES)
    copies = can_copy()
    if wanted < 2 or not (copies or documents >= _WORTH_STARTING):
        return []
    processes: list[_Process] = []
    with suppress(OSError):  # the system has no more of them
        processes.extend(_Process(ChildProcess(_LARGEST, serve_as_copy if copies else None)) for _ in range(wanted))
    for process in processes:
        process.greet()
    return processes


def rendered(data: bytes, _name: str, _context: Any) -> Member:  # noqa: ANN401 - none is needed
    """What a process does with a document it is told of."""
    job: Job = pickle.loads(data)  # noqa: S301  from the program that started us
    return Member("", job.render())
