"""Changes made to the folder by other programs: a file dropped into the inbox, the scheme saved in Excel."""

import os
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

_WATCHED = ("方案.xlsx", "项目清单.xlsx", "评审意见.xlsx", "03-收件箱", ".jixiao/窗口.打开")
_QUIET, _LOOK_AGAIN = 500, 5000
_PASSING = ("~$", ".~lock", ".tmp")
State = tuple[tuple[str, int, int], ...]


class FolderWatch(QObject):
    """Tells once things have come to rest. Network drives tell nothing: the folder is also looked at now and then."""

    changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._folder = ""
        self._known: State = ()
        self._seen: State = ()
        self._watcher = QFileSystemWatcher(self)
        self._quiet = QTimer(self, singleShot=True, interval=_QUIET)
        self._again = QTimer(self, interval=_LOOK_AGAIN)
        self._watcher.fileChanged.connect(lambda _: self._quiet.start())
        self._watcher.directoryChanged.connect(lambda _: self._quiet.start())
        self._quiet.timeout.connect(self._look)
        self._again.timeout.connect(self._look)

    def follow(self, folder: str) -> None:
        """Watch another folder."""
        self._folder = folder
        self._known = self._seen = scan(folder)
        self._watch()
        self._again.start()

    def _watch(self) -> None:
        """A file replaced by another of its name is no longer watched: watch it again, and its folder beside it."""
        watched = {*self._watcher.files(), *self._watcher.directories()}
        wanted = [self._folder, *(str(Path(self._folder) / name) for name in _WATCHED)]
        missing = [path for path in wanted if path not in watched and Path(path).exists()]
        if missing:
            self._watcher.addPaths(missing)

    def _look(self) -> None:
        """Tell when the folder differs and stands still: a slow copy is told when it has ended."""
        self._watch()
        now = scan(self._folder)
        if now == self._known:
            return
        if now != self._seen:
            self._seen = now
            self._quiet.start()
            return
        self._known = now
        self.changed.emit()


def scan(folder: str) -> State:
    """Name, size and time of change of what matters, passing files of Excel, WPS and LibreOffice left out."""
    found: list[tuple[str, int, int]] = []
    for name in _WATCHED:
        path = Path(folder) / name
        try:
            entries = list(os.scandir(path)) if path.is_dir() else []
            stats = [(entry.name, entry.stat()) for entry in entries] if entries else [(name, path.stat())]
        except OSError:
            continue
        found += [
            (entry, stat.st_size, stat.st_mtime_ns)
            for entry, stat in stats
            if not entry.startswith(_PASSING[:2]) and not entry.endswith(_PASSING[2])
        ]
    return tuple(sorted(found))
