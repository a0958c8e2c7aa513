"""The widget of a form's field by its kind: a line, a box to mark, a choice, a file, several files."""

from collections.abc import Callable, Sequence
from typing import Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from toolkit.desktop.state.forms import Field
from toolkit.desktop.widgets import choosing
from toolkit.desktop.widgets.elements import button
from toolkit.operations import Kind

_LINES, _NONE = 4, "（不选）"


class FieldWidget(Protocol):
    """What a form asks of the widget of a field."""

    def value(self) -> object:
        """What was typed or chosen."""

    def put(self, value: object) -> None:
        """Fill it in."""


def widget_of(field: Field) -> QWidget:
    """The widget of a field; all of them are :class:`FieldWidget`."""
    makers: dict[Kind, Callable[[Field], QWidget]] = {
        Kind.FLAG: _Box,
        Kind.CHOICE: _Choice,
        Kind.FILE: FileField,
        Kind.NEW_FILE: FileField,
        Kind.FOLDER: FileField,
        Kind.PATHS: PathsField,
    }
    usual = _Offered if field.choices else _Line
    made = makers.get(field.kind, usual)(field)
    made.setToolTip(field.hint)
    return made


class _Line(QLineEdit):
    def __init__(self, field: Field) -> None:
        super().__init__(str(field.default or ""))
        self.setAccessibleName(field.label)
        self.setPlaceholderText("年-月-日，如 2026-12-31" if field.kind is Kind.DATE else field.hint)

    def value(self) -> object:
        return self.text()

    def put(self, value: object) -> None:
        self.setText(str(value))


class _Box(QCheckBox):
    def __init__(self, field: Field) -> None:
        super().__init__(field.hint or field.label)
        self.setAccessibleName(field.label)
        self.setChecked(bool(field.default))

    def value(self) -> object:
        return self.isChecked()

    def put(self, value: object) -> None:
        self.setChecked(bool(value))


class _Choice(QComboBox):
    def __init__(self, field: Field) -> None:
        super().__init__()
        self.setAccessibleName(field.label)
        self.addItems([*([] if field.required or field.default else [_NONE]), *field.choices])
        self.setCurrentText(str(field.default or self.itemText(0)))

    def value(self) -> object:
        return "" if self.currentText() == _NONE else self.currentText()

    def put(self, value: object) -> None:
        self.setCurrentText(str(value))


class _Offered(QComboBox):
    """A line with texts to choose from; others may be typed."""

    def __init__(self, field: Field) -> None:
        super().__init__()
        self.setEditable(True)
        self.setAccessibleName(field.label)
        self.addItems(["", *field.choices])
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        if line := self.lineEdit():
            line.setPlaceholderText(field.hint)
            line.setAccessibleName(field.label)

    def value(self) -> object:
        return self.currentText()

    def put(self, value: object) -> None:
        self.setCurrentText(str(value))


class FileField(QWidget):
    """A path, typed or chosen."""

    def __init__(self, field: Field) -> None:
        super().__init__()
        self._field = field
        self.line = _Line(field)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.line, 1)
        choose = button("选择…", self._choose)
        choose.setAccessibleName(f"选择{field.label}")
        row.addWidget(choose)

    def _choose(self) -> None:
        title = f"选择{self._field.label}"
        if self._field.kind is Kind.FOLDER:
            path = choosing.folder(self, title)
        elif self._field.kind is Kind.NEW_FILE:
            path = choosing.new_file(self, title)
        else:
            path = choosing.file(self, title)
        if path:
            self.line.setText(path)

    def value(self) -> object:
        """The path."""
        return self.line.text()

    def put(self, value: object) -> None:
        """Fill it in."""
        self.line.setText(str(value))


class PathsField(QWidget):
    """Files and folders, dropped or chosen; :attr:`changed` tells that there are others."""

    changed = Signal()

    def __init__(self, field: Field) -> None:
        super().__init__()
        self.setAcceptDrops(True)
        self.list = QListWidget()
        self.list.setAccessibleName(field.label)
        self.list.setMaximumHeight(self.list.fontMetrics().height() * (_LINES + 2))
        buttons = QVBoxLayout()
        for words, do in (
            ("选择文件…", self._choose_files),
            ("选择文件夹…", self._choose_folder),
            ("清空", self.clear),
        ):
            buttons.addWidget(button(words, do, "small"))
        buttons.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.list, 1)
        row.addLayout(buttons)

    def value(self) -> object:
        """The paths."""
        return [self.list.item(place).text() for place in range(self.list.count())]

    def put(self, value: object) -> None:
        """Add paths that are not there yet."""
        known = {self.list.item(place).text() for place in range(self.list.count())}
        paths: Sequence[object] = value if isinstance(value, list | tuple) else [value]
        self.list.addItems([str(path) for path in paths if str(path) not in known])
        self.changed.emit()

    def clear(self) -> None:
        """Take all of them away."""
        self.list.clear()
        self.changed.emit()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802, D102
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802, D102
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self.put([url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()])

    def _choose_files(self) -> None:
        paths = choosing.files(self, "选择文件")
        self.put(paths)

    def _choose_folder(self) -> None:
        folder = choosing.folder(self, "选择文件夹")
        if folder:
            self.put([folder])
