"""One program at a time changes an evaluation: whoever comes second waits, and is told for whom (ADR 0075).

The lock is the system's own, on a small file beside the evaluation's identity: it ends with the program that holds it,
however that ends, and with the copies of itself which that program may have left at work. What stands in the file is
for people: who is at work here, at what, since when.
"""

import getpass
import json
import os
import platform
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from toolkit.errors import WorkspaceError

TURN_FILE = ".jixiao/正在进行.lock"
PATIENCE = 1800
"""How long to wait for others. Units: seconds."""
_PAUSE = 0.2
_LOCKED_BYTE = 1 << 30
"""Far behind what stands in the file: Windows lets nobody else read a byte that is locked."""


@contextmanager
def turn(root: Path, doing: str, now: datetime, told: Callable[[str], None]) -> Iterator[None]:
    """Have an evaluation alone while something in it is changed.

    A folder in which nothing can be written, or whose disk knows no locks, is not waited for: what is written there
    says itself what is wrong.

    Args:
        root: the evaluation's folder.
        doing: what is about to be done, in Chinese, as others who wait are told.
        now: the time.
        told: called once with who is waited for, in one Chinese sentence; not called where nobody is.

    Raises:
        WorkspaceError: somebody else was at work all the time.
    """
    opened = _taken(root / TURN_FILE, told)
    if opened is None:
        yield
        return
    try:
        _write_note(opened, doing, now)
        yield
    finally:
        _given_back(root / TURN_FILE, opened)


def _taken(path: Path, told: Callable[[str], None]) -> int | None:
    """The lock's open file once it is ours; None where there can be no lock."""
    until, waiting = time.monotonic() + PATIENCE, False
    while True:
        try:
            opened = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
        except OSError:
            return None
        try:
            if not _lock(opened):
                os.close(opened)
                return None
            if _is_at(path, opened):
                return opened
        except BlockingIOError:
            if not waiting:
                told(f"正在等待：{_holder(path)}；完成后接着进行")
            waiting = True
        os.close(opened)
        if time.monotonic() > until:
            advice = "等它完成或停止它，再重新运行；这一次什么也没有做"
            raise WorkspaceError(f"等了{PATIENCE // 60}分钟，{_holder(path)}", where=path.parents[1], what_to_do=advice)
        time.sleep(_PAUSE if waiting else 0)


def _is_at(path: Path, opened: int) -> bool:
    """Whether the locked file is still the one of this name: whoever had it before has removed it."""
    try:
        return os.path.samestat(os.fstat(opened), path.stat())
    except FileNotFoundError:
        return False


def _given_back(path: Path, opened: int) -> None:
    with suppress(OSError):  # Windows removes no file that is open; a read-only folder keeps what it has
        path.unlink()
    with suppress(OSError):
        _unlock(opened)
    os.close(opened)


def _write_note(opened: int, doing: str, now: datetime) -> None:
    note = {"who": _user(), "host": platform.node(), "pid": os.getpid(), "doing": doing, "since": f"{now:%H:%M}"}
    with suppress(OSError):  # a full disk
        os.ftruncate(opened, 0)
        os.write(opened, json.dumps(note, ensure_ascii=False).encode())


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # a system that knows no name for us
        return ""


def _holder(path: Path) -> str:
    """Who has the turn, as far as the file says."""
    try:
        note = json.loads(path.read_text(encoding="utf-8"))
        who, host, doing = (str(note[name])[:60] for name in ("who", "host", "doing"))
        return f"{who or '另一个人'}（电脑 {host}，进程 {int(note['pid'])}）自{str(note['since'])[:5]}起正在“{doing}”"
    except (OSError, ValueError, KeyError, TypeError):
        return "另一个程序正在改动这个评价"


if sys.platform == "win32":
    import msvcrt

    def _lock(opened: int) -> bool:
        os.lseek(opened, _LOCKED_BYTE, os.SEEK_SET)
        try:
            msvcrt.locking(opened, msvcrt.LK_NBLCK, 1)
        except PermissionError:
            raise BlockingIOError from None
        except OSError:
            return False
        finally:
            os.lseek(opened, 0, os.SEEK_SET)
        return True

    def _unlock(opened: int) -> None:
        os.lseek(opened, _LOCKED_BYTE, os.SEEK_SET)
        msvcrt.locking(opened, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _lock(opened: int) -> bool:
        """Lock; False where the disk knows no locks.

        Raises:
            BlockingIOError: another program has it.
        """
        try:
            fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise
        except OSError:
            return False
        return True

    def _unlock(opened: int) -> None:
        fcntl.flock(opened, fcntl.LOCK_UN)
