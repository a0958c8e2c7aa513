"""A few processes of our own that work on one request after another, where there are cores for them.

A process that fails, and a system that starts none, costs time only: what it does not answer is worked out by the
program that asked, where what is wrong with it is said. What is asked at one time is for the caller to bound.
"""

import gc
import os
import signal
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from types import TracebackType
from typing import Any, Self, TypeAlias

from toolkit.collect.answer import Member, Ready, plain_answer
from toolkit.collect.child import (
    AnsweringCopy,
    ChildProcess,
    address_space,
    can_copy,
    limit_memory,
    own_pipes,
    write_frame,
)
from toolkit.collect.request import packed_request
from toolkit.collect.serving import serve_as_copy
from toolkit.model.plain import DamagedValueError

Work: TypeAlias = Callable[[bytes, str, Any], Member]
"""A function of a module: a request, nothing, and what all requests have in common → the answer's bytes."""
_MOST_PROCESSES = 4
WORTH_STARTING = 100
"""Requests for which processes are started anew where none can be copied from this one (Windows, the window)."""
_TOO_MANY_TO_COPY = 1_000
"""Requests for which copies are not worth their memory.

A copy shares what this process holds only until one of the two changes it, and to look at a value is to change its
count of references: what is held of thousands of projects would soon be held by each process.
"""
_START, _SECONDS = 60.0, 600.0
"""How long a process may take to start, and over one request: a document about thousands of projects is long."""
_MEMORY, _LARGEST = 4_000_000_000, 512_000_000
_MUCH = 500_000
"""An answer of this size took a process memory that it would keep to its end; another takes its place. Units: bytes."""


def no_answer() -> None:
    """Where nobody was asked."""


def may_copy(expected: int) -> bool:
    """Whether processes for so many requests are copies of this one."""
    return expected < _TOO_MANY_TO_COPY and can_copy()


def in_a_copy(work: Callable[[], bytes], niceness: int = 0) -> Callable[[], bytes | None]:
    """Begin some work in a copy of this process; its bytes are waited for when what comes back is called.

    ``niceness``: how far the copy gives way to others; more where it is waited for last (``nice`` of POSIX).

    Of several that are begun, each in its own copy, any may be waited for first.

    None where this process cannot be copied, there is one core, or the copy does not answer; whoever asked does the
    work then.
    """
    if (os.cpu_count() or 1) < 2 or not can_copy():
        return no_answer
    try:
        copy = AnsweringCopy(partial(_answered_once, work, niceness))
    except OSError:  # the system has no more of them
        return no_answer
    return partial(copy.answer, _LARGEST, _SECONDS)


def _answered_once(work: Callable[[], bytes], niceness: int) -> None:
    """The life of a copy that does one thing; it ends in time even where nobody is left to end it."""
    gc.freeze()
    os.nice(niceness)
    signal.alarm(int(_SECONDS))
    _, answers = own_pipes()
    limit_memory(_MEMORY + address_space())
    write_frame(answers, work())


class SideBySide:
    """Processes that begin with the first request; use as a context manager."""

    def __init__(
        self,
        work: Work,
        context: object,
        expected: int,
        first: Callable[[], None] | None = None,
        *,
        waits: bool = False,
    ) -> None:
        """Prepare for requests.

        Args:
            work: what a process does with a request.
            context: what it is told beforehand.
            expected: how many requests there may be.
            first: what copies of this process load while they are told of their first request.
            waits: whether a request waits for the disk; then, of thousands, one more is worked on than there are cores.
        """
        self._work = work
        self._context = context
        self._expected = expected
        self._first = first
        self._waits = waits
        self._processes: list[_Process] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        for process in self._processes or ():
            process.end()

    @property
    def width(self) -> int:
        """How many processes there are; at least 1."""
        return max(1, len(self._processes or ()))

    def begin(self, request: object) -> Callable[[], bytes | None]:
        """Ask for something; the answer is waited for when what comes back is called, in the order of asking.

        It is None where no process answers.
        """
        if self._processes is None:
            self._processes = _started(self._expected, self._first, waits=self._waits)
            for process in self._processes:
                process.greet(self._context, self._work)
        running = [process for process in self._processes if process.runs]
        if not running:
            return no_answer
        process = min(running, key=lambda each: (each.leaving, each.waiting))
        process.begin(packed_request(request))
        return process.result


class _Process:
    """A process that works; its answers come back in the order in which they were asked for.

    Attributes:
        waiting: how many answers are still to come.
        leaving: it is asked for nothing more while there is another, and ends with the last answer; a new one begins.
    """

    def __init__(self, child: ChildProcess, *, copied: bool) -> None:
        self.waiting = 0
        self.runs, self.leaving = True, False
        self._child = child
        self._copied = copied
        self._greeting = b""
        self._ready = False

    def greet(self, context: object, work: Work) -> None:
        """Tell it what it is for."""
        self._greeting = packed_request((context, work, _MEMORY))
        self._child.send(self._greeting)

    def begin(self, request: bytes) -> None:
        self._child.send(packed_request(("read", request, "")))
        self.waiting += 1

    def result(self) -> bytes | None:
        """The next answer; None where it cannot come from here any more."""
        self.waiting -= 1
        if self.runs:
            with suppress(OSError, EOFError, DamagedValueError):  # slow, gone, or not what was asked for
                if not self._ready:
                    self._ready = plain_answer(self._child.receive(_START)) == Ready()
                answer = plain_answer(self._child.receive(_SECONDS))
                if isinstance(answer, Member):
                    self._answered(len(answer.data))
                    return answer.data
        self.end()
        return None

    def _answered(self, size: int) -> None:
        """Another process takes the place of one that holds much, as soon as nothing is waited for."""
        self.leaving |= size > _MUCH and not self._copied
        if self.leaving and not self.waiting:
            self.end()
            with suppress(OSError):  # the system has no more of them
                self._child = ChildProcess(_LARGEST)
                self._child.send(self._greeting)
                self.runs, self.leaving, self._ready = True, False, False

    def end(self) -> None:
        if self.runs:
            self.runs = False
            self._child.end()


def _started(expected: int, first: Callable[[], None] | None, *, waits: bool) -> list[_Process]:
    """The processes: copies of this one where it can be copied, else started for many requests only."""
    wanted = min(os.cpu_count() or 1, _MOST_PROCESSES)
    copies = may_copy(expected)
    if wanted < 2 or not (copies or expected >= WORTH_STARTING):
        return []
    processes: list[_Process] = []
    further = int(waits and expected >= _TOO_MANY_TO_COPY)
    with suppress(OSError):  # the system has no more of them
        serve = partial(serve_as_copy, first) if copies else None
        processes.extend(_Process(ChildProcess(_LARGEST, serve), copied=copies) for _ in range(wanted + further))
    return processes
