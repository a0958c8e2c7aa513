"""A place where files, folders, archives and mails are dropped."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from toolkit.desktop.widgets import choosing
from toolkit.desktop.widgets.elements import button, label


class DropZone(QFrame):
    """Takes what is dropped or chosen; :attr:`dropped` carries a list of paths. It opens none of them."""

    dropped = Signal(list)

    def __init__(self, words: str) -> None:
        super().__init__()
        self.setObjectName("drop")
        self.setAccessibleName(words)
        self.setAcceptDrops(True)
        self.setMinimumHeight(110)
        layout = QVBoxLayout(self)
        layout.addStretch(1)
        layout.addWidget(label(words), 0, Qt.AlignmentFlag.AlignHCenter)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(button("选择文件…", self._choose_files))
        row.addWidget(button("选择文件夹…", self._choose_folder))
        row.addStretch(1)
        layout.addLayout(row)
        layout.addStretch(1)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802, D102
        if event.mimeData().hasUrls():
            self._mark(over=True)
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:  # noqa: ARG002, N802, D102
        self._mark(over=False)

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802, D102
        self._mark(over=False)
        paths = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.dropped.emit(paths)

    def _mark(self, *, over: bool) -> None:
        self.setProperty("over", over)
        self.style().unpolish(self)
        self.style().polish(self)

    def _choose_files(self) -> None:
        paths = choosing.files(self, "选择文件")
        if paths:
            self.dropped.emit(paths)

    def _choose_folder(self) -> None:
        folder = choosing.folder(self, "选择文件夹")
        if folder:
            self.dropped.emit([folder])
