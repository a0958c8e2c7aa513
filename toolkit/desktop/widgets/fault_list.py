"""Faults with their cells, each with buttons that go to where it is put right: the field, the cell of the workbook."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from toolkit.desktop.state.beginning import Fault
from toolkit.desktop.widgets.elements import button, label

_MOST = 40
"""Faults shown at once; the rest is counted."""


class FaultList(QScrollArea):
    """Says nothing and takes no room while there are no faults."""

    def __init__(self, fill: Callable[[Fault], None], open_at: Callable[[Fault], None]) -> None:
        super().__init__()
        self._fill, self._open = fill, open_at
        self.faults: tuple[Fault, ...] = ()
        self.buttons: list[QPushButton] = []
        self.setWidgetResizable(True)
        self.setAccessibleName("要改正的问题")
        self.setMinimumHeight(150)
        self.hide()

    def show_faults(self, faults: Sequence[Fault]) -> None:
        """Show these and no others."""
        self.faults, self.buttons = tuple(faults), []
        whole = QWidget()
        layout = QVBoxLayout(whole)
        for number, fault in enumerate(self.faults[:_MOST], 1):
            layout.addLayout(self._row(number, fault))
        if len(self.faults) > _MOST:
            layout.addWidget(label(f"……共 {len(self.faults)} 处，改正前面的再看其余的", "quiet"))
        layout.addStretch(1)
        self.setWidget(whole)
        self.setVisible(bool(self.faults))

    def _row(self, number: int, fault: Fault) -> QHBoxLayout:
        words = label(f"{number}. {fault.words}")
        words.setWordWrap(True)
        row = QHBoxLayout()
        row.addWidget(words, 1)
        for title, go in (("去填写", self._fill), ("打开", self._open)):
            if fault.setting if title == "去填写" else fault.path or not fault.setting:
                row.addWidget(self._button(title, go, fault), 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _button(self, title: str, go: Callable[[Fault], None], fault: Fault) -> QPushButton:
        made = button(title, lambda: go(fault), "small")
        made.setAccessibleName(f"{title}：{fault.words}")
        made.setEnabled(bool(fault.setting or fault.path))
        self.buttons.append(made)
        return made
