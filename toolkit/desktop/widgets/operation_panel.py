"""One operation in place of a page's content: its fields, a button that starts it, and below what it came to."""

from collections.abc import Mapping
from pathlib import Path
from typing import cast

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from toolkit.desktop.opening import open_file
from toolkit.desktop.state import forms, results
from toolkit.desktop.state.rows import Rows
from toolkit.desktop.state.session import Finished
from toolkit.desktop.widgets.elements import button, label, tip
from toolkit.desktop.widgets.fields import FieldWidget, widget_of
from toolkit.desktop.widgets.table import Table
from toolkit.operations import Operation

_LEAST_FORM, _LEAST_RESULT = 120, 260
"""Units: pixels that stay for the form and for a result with tables where the window is low."""


class OperationPanel(QWidget):
    """:attr:`asked` carries the parameters of what is to be started; :attr:`left` asks for the page again."""

    asked = Signal(dict)
    left = Signal()
    at = Signal(dict)
    """Carries a finding of the result that is to be opened at its cell."""

    def __init__(self, wanted: Operation, folder: str, filled: Mapping[str, object]) -> None:
        """Make the form.

        Args:
            wanted: the operation.
            folder: where files stand that are named without a folder.
            filled: what is known of its fields already.
        """
        super().__init__()
        self.wanted, self._folder = wanted, folder
        self.fields: dict[str, FieldWidget] = {}
        self.start = button(wanted.title, self._ask, "main")
        self.result = ResultView()
        self.result.at.connect(self.at)
        head = QHBoxLayout()
        head.addWidget(label(wanted.title, "heading"))
        head.addStretch(1)
        head.addWidget(button("返回", self.left.emit))
        head.addWidget(self.start)
        told = label(forms.said(wanted, wanted.help), "quiet")
        told.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(head)
        layout.addWidget(told)
        layout.addWidget(_FormArea(self._form(filled)))
        layout.addWidget(self.result, 1)

    def _form(self, filled: Mapping[str, object]) -> QFormLayout:
        form = QFormLayout()
        form.setLabelAlignment(Qt.AlignmentFlag.AlignRight)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        for field in forms.fields_of(self.wanted):
            made = widget_of(field)
            known = cast("FieldWidget", made)
            if field.name in filled:
                known.put(filled[field.name])
            self.fields[field.name] = known
            form.addRow(f"{field.label}{'（必填）' if field.required else ''}", made)
        return form

    def _ask(self) -> None:
        typed = {name: field.value() for name, field in self.fields.items()}
        absent = forms.missing(self.wanted, typed)
        if absent:
            self.result.say(f"请填写{'、'.join(f'“{name}”' for name in absent)}。", is_trouble=True)
            return
        self.result.say(f"“{self.wanted.title}”正在进行……")
        self.asked.emit(forms.parameters_of(self.wanted, typed, self._folder))

    @property
    def files(self) -> list[str]:
        """Files and folders named in the form."""
        given = forms.parameters_of(self.wanted, {name: field.value() for name, field in self.fields.items()})
        return [str(value) for value in given.values() if isinstance(value, str)]

    def show_end(self, finished: Finished) -> None:
        """Show what it came to."""
        if finished.error:
            self.result.say(forms.said(self.wanted, finished.error), is_trouble=True)
        else:
            self.result.show_result(results.shown(self.wanted.name, finished.values), is_ok=finished.ok)


class _FormArea(QScrollArea):
    """A form at its full height where there is room; it scrolls where its result needs the room."""

    def __init__(self, form: QFormLayout) -> None:
        super().__init__()
        whole = QWidget()
        whole.setLayout(form)
        form.setContentsMargins(0, 0, 0, 0)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidget(whole)
        self._whole = whole
        self.setMinimumHeight(min(whole.sizeHint().height(), _LEAST_FORM))

    def sizeHint(self) -> QSize:  # noqa: N802
        return self._whole.sizeHint()


class ResultView(QWidget):
    """Words, tables and files of a result; files open on a double click, and so do findings, at their cells."""

    at = Signal(dict)

    def __init__(self) -> None:
        super().__init__()
        self.words, self.trouble = label("", "quiet"), label("", "error")
        self.tabs = QTabWidget()
        self.files = QListWidget()
        self.files.setAccessibleName("生成的文件")
        self.files.itemActivated.connect(lambda item: self._open(item.data(Qt.ItemDataRole.UserRole)))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        for words in (self.trouble, self.words):
            words.setWordWrap(True)
            layout.addWidget(words)
        layout.addWidget(self.tabs, 1)
        layout.addStretch(0)
        self._clear()

    def _open(self, path: str) -> None:
        trouble = open_file(path)
        self.trouble.setText(trouble)
        self.trouble.setVisible(bool(trouble))

    def _clear(self) -> None:
        while self.tabs.count():
            self.tabs.removeTab(0)
        self.files.clear()
        self.tabs.hide()
        self.words.hide()
        self.trouble.hide()
        self.setMinimumHeight(0)

    def say(self, words: str, *, is_trouble: bool = False) -> None:
        """Show words only."""
        self._clear()
        shown = self.trouble if is_trouble else self.words
        shown.setText(words)
        shown.show()

    def show_result(self, shown: results.Shown, *, is_ok: bool) -> None:
        """Show a result."""
        self.say("\n".join(("完成。" if is_ok else "完成，有需要处理的：", *shown.words)))
        for listing in shown.listings:
            numbered = Rows(listing.columns, lambda row: tuple(row.values()))
            table = Table(listing.title, numbered)
            table.load(listing.rows)
            table.opened.connect(lambda row: self.at.emit(dict(row)) if row.get("sheet") else None)
            self.tabs.addTab(table, f"{listing.title}（{len(listing.rows)}）")
        for path in shown.files:
            item = QListWidgetItem(Path(path).name)
            item.setData(Qt.ItemDataRole.UserRole, path)
            item.setToolTip(tip(path))
            self.files.addItem(item)
        if shown.files:
            self.tabs.addTab(self.files, f"文件（{len(shown.files)}，双击打开）")
        self.tabs.setVisible(bool(self.tabs.count()))
        self.setMinimumHeight(_LEAST_RESULT if self.tabs.count() else 0)
