"""A process that can be killed: frames of bytes over its standard input and output, answers within a time.

It is started by its own command, not re-imported from the calling program: a script without a ``__main__`` guard, a
window with threads and a frozen program can all start one. A command that has not begun any thread may ask for a copy
of itself instead, where the system makes copies at no cost (Linux): that saves the start of another interpreter. On
Windows the process is in a job that limits its memory and ends with us; elsewhere it limits its own address space.
"""

import os
import queue
import select
import signal
import struct
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from time import monotonic
from typing import IO, NoReturn

from toolkit.processes import READ_WORKER, is_installed_program

_LENGTH = struct.Struct(">Q")
_SETTLING = 2.0
"""What the threads of a process that is gone have to end in; then this one can be copied again. Units: seconds."""
_KEEPING = {"MALLOC_TOP_PAD_": str(4 << 20), "MALLOC_TRIM_THRESHOLD_": str(16 << 20)}
"""How much memory given back a process keeps for itself, where the system's library is glibc; others take no notice.

The text of a document is written anew a dozen times while it is made: to ask for its pages each time is a tenth of the
work. Units: bytes.
"""
_MOST_OPEN = 4096
"""A copy closes what was open up to this number."""
_AT_ONCE = 1 << 20
"""How much is asked of a pipe in one go. Units: bytes."""


class ChildProcess:
    """A worker process and the two pipes to it."""

    def __init__(self, most: int, serve: Callable[[], None] | None = None) -> None:
        """Start it.

        Args:
            most: largest frame taken from it. Units: bytes.
            serve: what a copy of this process does (see :func:`can_copy`); None starts a program of its own.

        Raises:
            OSError: the system starts no process.
        """
        self._process = _started() if serve is None else _Copy(serve)
        self._requests: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._frames: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._most = most
        self._threads: tuple[threading.Thread, ...] = ()

    def send(self, frame: bytes) -> None:
        """Hand over a frame; a process that does not take it in is told by its answer that does not come."""
        if not self._threads:  # not before: until then another copy of this process can be made
            self._threads = tuple(threading.Thread(target=work, daemon=True) for work in (self._send, self._receive))
            for thread in self._threads:
                thread.start()
        self._requests.put(frame)

    def receive(self, seconds: float) -> bytes:
        """The next frame.

        Raises:
            TimeoutError: none came in time.
            EOFError: it has ended, or sent more than it may.
        """
        try:
            frame = self._frames.get(timeout=seconds)
        except queue.Empty:
            raise TimeoutError from None
        if frame is None:
            raise EOFError
        return frame

    def end(self) -> None:
        """Kill it and wait until it is gone."""
        self._process.kill()
        self._requests.put(None)
        for pipe in (self._process.stdin, self._process.stdout):
            with suppress(OSError):  # what was still to be written cannot be
                if pipe is not None:
                    pipe.close()
        self._process.wait()
        for thread in self._threads:
            thread.join(_SETTLING)

    def _send(self) -> None:
        with suppress(OSError, ValueError):  # it has ended, or the pipe was closed under us
            while self._process.stdin is not None and (frame := self._requests.get()) is not None:
                write_frame(self._process.stdin, frame)

    def _receive(self) -> None:
        with suppress(OSError, ValueError):  # the pipe was closed under us
            pipe = self._process.stdout
            while pipe is not None and (frame := read_frame(pipe, self._most)) is not None:
                self._frames.put(frame)
        self._frames.put(None)


class _Copy:
    """A copy of this process that does one thing and ends, with the two pipes to it as :class:`subprocess.Popen`."""

    def __init__(self, serve: Callable[[], None]) -> None:
        (requests, ours), (theirs, answers) = os.pipe(), os.pipe()
        self._id = os.fork()
        if self._id == 0:
            _live(serve, requests, answers)
        os.close(requests)
        os.close(answers)
        self.stdin, self.stdout = os.fdopen(ours, "wb"), os.fdopen(theirs, "rb")

    def kill(self) -> None:
        os.kill(self._id, signal.SIGKILL)

    def wait(self) -> None:
        with suppress(ChildProcessError):  # it was waited for before
            os.waitpid(self._id, 0)


def _live(serve: Callable[[], None], requests: int, answers: int) -> NoReturn:
    """The life of a copy: its two pipes and nothing else that was open, no way back into what it was copied from."""
    try:
        os.dup2(requests, 0)
        os.dup2(answers, 1)
        os.closerange(3, _MOST_OPEN)
        serve()
    finally:
        os._exit(0)


class AnsweringCopy:
    """A copy of this process that gives one frame and ends.

    No thread takes it in, so that further copies can be made meanwhile: it waits in the copy until it is asked for.
    """

    def __init__(self, serve: Callable[[], None]) -> None:
        """Begin; ``serve`` as of :class:`ChildProcess`.

        Raises:
            OSError: the system starts no process.
        """
        self._process = _Copy(serve)

    def answer(self, most: int, seconds: float) -> bytes | None:
        """The frame, and nothing is left of the copy; None where it has ended without one, or gives none in time.

        Args:
            most: its largest size. Units: bytes.
            seconds: how long it may take from now on.
        """
        pipe, last = self._process.stdout.fileno(), monotonic() + seconds
        try:
            size = _LENGTH.unpack(_taken(pipe, _LENGTH.size, last))[0]
            return bytes(_taken(pipe, size, last)) if size <= most else None
        except (OSError, EOFError):
            return None
        finally:
            self._process.kill()
            self._process.stdin.close()
            self._process.stdout.close()
            self._process.wait()


def _taken(pipe: int, size: int, last: float) -> bytearray:
    """So many bytes from a pipe.

    Raises:
        TimeoutError: they have not come at the time ``last``.
        EOFError: there are no more.
    """
    taken, ready = bytearray(), select.poll()
    ready.register(pipe, select.POLLIN)
    while len(taken) < size:
        if not ready.poll(max(0.0, last - monotonic()) * 1000):
            raise TimeoutError
        if not (some := os.read(pipe, min(size - len(taken), _AT_ONCE))):
            raise EOFError
        taken += some
    return taken


def can_copy() -> bool:
    """Whether a process may be copied: on Linux, before it has threads, whose locks a copy would keep for ever."""
    return sys.platform == "linux" and threading.active_count() == 1


def _started() -> subprocess.Popen[bytes]:
    paths = os.pathsep.join(filter(None, sys.path))
    environment = {**_KEEPING, **os.environ, "PYTHONPATH": paths, "PYTHONUTF8": "1"}
    flags = getattr(subprocess, "CREATE_NO_WINDOW", 0)
    return subprocess.Popen(  # noqa: S603  our own program
        worker_command(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        creationflags=flags,
    )


def worker_command() -> Sequence[str]:
    """The one command a worker is started with."""
    if is_installed_program():
        return [sys.executable, READ_WORKER]
    return [sys.executable, "-P", "-X", "utf8", "-c", "from toolkit.collect.serving import serve; serve()"]


def own_pipes() -> tuple[IO[bytes], IO[bytes]]:
    """The worker's end: frames in and out; whatever a library prints goes nowhere."""
    requests, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nothing, stream)
    return requests, answers


def write_frame(pipe: IO[bytes], frame: bytes) -> None:
    """A frame with its length before it."""
    pipe.write(_LENGTH.pack(len(frame)))
    pipe.write(frame)
    pipe.flush()


def read_frame(pipe: IO[bytes], most: int | None = None) -> bytes | None:
    """The next frame; None at the end, or where a frame is larger than it may be."""
    head = pipe.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (size,) = _LENGTH.unpack(head)
    if most is not None and size > most:
        return None
    frame = pipe.read(size)
    return frame if len(frame) == size else None


def address_space() -> int:
    """What this process has of it, on Linux. Units: bytes."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    return pages * os.sysconf("SC_PAGE_SIZE")


def limit_memory(size: int) -> None:
    """Keep this process below a size. Units: bytes. Where the system offers nothing, its time limit has to do."""
    if sys.platform == "win32":
        _limit_by_job(size)
        return
    import resource

    with suppress(ValueError, OSError):  # macOS takes no such limit, and nobody may ask for more than the hard one
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (size, hard))


def _limit_by_job(size: int) -> None:
    """Put this process into a job object with a memory limit; not tried on Windows here.

    Source: Win32 API, JOBOBJECT_EXTENDED_LIMIT_INFORMATION (class 9), JOB_OBJECT_LIMIT_PROCESS_MEMORY (0x100),
    JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE (0x2000).
    """
    import ctypes

    kernel = ctypes.WinDLL("kernel32", use_last_error=True)  # type: ignore[attr-defined,unused-ignore]
    kernel.CreateJobObjectW.restype = kernel.GetCurrentProcess.restype = ctypes.c_void_p
    handle = ctypes.c_void_p
    kernel.SetInformationJobObject.argtypes = (handle, ctypes.c_int, ctypes.c_void_p, ctypes.c_uint32)
    kernel.AssignProcessToJobObject.argtypes = (handle, handle)
    job = kernel.CreateJobObjectW(None, None)
    limits = (ctypes.c_size_t * (144 // ctypes.sizeof(ctypes.c_size_t)))()
    ctypes.cast(limits, ctypes.POINTER(ctypes.c_uint32))[4] = 0x100 | 0x2000
    limits[14] = size
    kernel.SetInformationJobObject(job, 9, limits, ctypes.sizeof(limits))
    kernel.AssignProcessToJobObject(job, kernel.GetCurrentProcess())
