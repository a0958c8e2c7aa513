"""One window per evaluation: a lock in its folder that names who has it open."""

from pathlib import Path

from PySide6.QtCore import QLockFile


class WorkspaceLock:
    """Holds the lock of at most one folder; the system frees it when the program ends."""

    def __init__(self) -> None:
        self._lock: QLockFile | None = None

    def take(self, workspace: str) -> str:
        """Lock a folder; who has it already, in one Chinese sentence, else ""."""
        self.give_back()
        lock = QLockFile(str(Path(workspace) / ".jixiao" / "窗口.lock"))
        lock.setStaleLockTime(0)
        if lock.tryLock(100):
            self._lock = lock
            return ""
        number, host, _ = lock.getLockInfo()
        who = f"这个评价已在另一个窗口中打开（电脑 {host}，进程 {number}）。"
        return f"{who}这里只能查看；要改动，请先关闭那个窗口再重新打开。"

    @property
    def held(self) -> bool:
        """The folder is ours to change."""
        return self._lock is not None

    def give_back(self) -> None:
        """Free the folder."""
        if self._lock is not None:
            self._lock.unlock()
            self._lock = None
