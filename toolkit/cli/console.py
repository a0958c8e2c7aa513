"""The console the command runs in: its encoding, and whether it vanishes with the command."""

import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager


def speak_utf8() -> None:
    """Standard output and error are UTF-8 whatever the console is: ``--json > file`` reads the same everywhere."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


@contextmanager
def own_console() -> Iterator[None]:
    """Keep a window that a double click has opened until a person has read it."""
    try:
        yield
    finally:
        if is_own_console():
            sys.stderr.write("\n按回车键关闭窗口……")
            sys.stderr.flush()
            sys.stdin.readline()


def is_own_console() -> bool:
    """The console holds this program alone (Windows): it closes with it. Not tried on Windows here.

    Source: Win32 API, GetConsoleProcessList.
    """
    import ctypes

    kernel = getattr(ctypes, "windll", None)  # only on Windows
    processes = (ctypes.c_uint32 * 2)()
    return kernel is not None and int(kernel.kernel32.GetConsoleProcessList(processes, 2)) == 1
