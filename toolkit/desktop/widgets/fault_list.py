"""Faults with their cells, each with a button that goes to where it is put right."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from toolkit.desktop.state.beginning import Fault
from toolkit.desktop.widgets.page import button, label

_MOST = 40
"""Faults shown at once; the rest is counted."""


class FaultList(QScrollArea):
    """Says nothing and takes no room while there are no faults."""

    def __init__(self, go: Callable[[Fault], None]) -> None:
        super().__init__()
        self._go = go
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
        go = button("去填写" if fault.setting else "打开", lambda: self._go(fault), "small")
        go.setAccessibleName(f"{go.text()}：{fault.words}")
        go.setEnabled(bool(fault.setting or fault.path))
        self.buttons.append(go)
        row = QHBoxLayout()
        row.addWidget(words, 1)
        row.addWidget(go, 0, Qt.AlignmentFlag.AlignTop)
        return row
