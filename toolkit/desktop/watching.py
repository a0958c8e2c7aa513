"""Changes made to the folder by other programs: a file dropped into the inbox, the scheme saved in Excel."""

import os
from collections.abc import Generator, Iterator
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

from toolkit.desktop.turns import Turns

_WORKBOOKS = ("方案.xlsx", "项目清单.xlsx", "评审意见.xlsx", "上年数据.xlsx", "预填.xlsx")
_WATCHED = (*_WORKBOOKS, "模板", "03-收件箱", ".jixiao/窗口.打开")
_QUIET, _LOOK_AGAIN, _AT_ONCE = 500, 5000, 100
_PASSING = ("~$", ".~lock", ".tmp")
State = tuple[tuple[str, int, int], ...]


class FolderWatch(QObject):
    """Tells once things have come to rest. Network drives tell nothing: the folder is also looked at now and then."""

    changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._folder = ""
        self._known: State | None = None
        self._seen: State | None = None
        self._was_stirred = False
        self._looking = Turns(self)
        self._watcher = QFileSystemWatcher(self)
        self._quiet = QTimer(self, singleShot=True, interval=_QUIET)
        self._again = QTimer(self, interval=_LOOK_AGAIN)
        self._watcher.fileChanged.connect(lambda _: self._stirred())
        self._watcher.directoryChanged.connect(lambda _: self._stirred())
        self._quiet.timeout.connect(self._look)
        self._again.timeout.connect(self._look)

    def follow(self, folder: str) -> None:
        """Watch another folder; its present state is looked up in turns (a network is slow)."""
        self._folder, self._known, self._seen, self._was_stirred = folder, None, None, False
        self._watch()
        self._looking.run(scanning(folder), self._compare)
        self._again.start()

    def _stirred(self) -> None:
        self._was_stirred = True
        self._quiet.start()

    def _watch(self) -> None:
        """A file replaced by another of its name is no longer watched: watch it again, and its folder beside it."""
        watched = {*self._watcher.files(), *self._watcher.directories()}
        wanted = [self._folder, *(str(Path(self._folder) / name) for name in _WATCHED)]
        missing = [path for path in wanted if path not in watched and Path(path).exists()]
        if missing:
            self._watcher.addPaths(missing)

    def _look(self) -> None:
        if not self._looking.running:
            self._watch()
            self._looking.run(scanning(self._folder), self._compare)

    def _compare(self, now: State) -> None:
        """Tell when the folder differs and stands still: a slow copy is told when it has ended."""
        if self._known is None and not self._was_stirred:
            self._known = now
        elif now == self._known:
            return
        elif now != self._seen:
            self._seen = now
            self._quiet.start()
        else:
            self._known = now
            self.changed.emit()


def scanning(folder: str) -> Generator[None, None, State]:
    """Name, size and time of change of what matters, passing files of Excel, WPS and LibreOffice left out."""
    found: list[tuple[str, int, int]] = []
    for name in _WATCHED:
        path = os.path.join(folder, name)  # noqa: PTH118  (text: thousands of them, again and again)
        try:
            for number, (entry, stat) in enumerate(_stats(path, name)):
                if not entry.startswith(_PASSING[:2]) and not entry.endswith(_PASSING[2]):
                    found.append((entry, stat.st_size, stat.st_mtime_ns))
                if number % _AT_ONCE == _AT_ONCE - 1:
                    yield
        except OSError:
            continue
        yield
    return tuple(sorted(found))


def _stats(path: str, name: str) -> Iterator[tuple[str, os.stat_result]]:
    """The files of a folder, or the file."""
    if not os.path.isdir(path):  # noqa: PTH112
        yield name, os.stat(path)  # noqa: PTH116
        return
    with os.scandir(path) as entries:
        for entry in entries:
            yield entry.name, entry.stat()
