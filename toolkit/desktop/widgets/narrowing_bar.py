"""Above a table: the search field, lists of values to filter by, a list of columns to group by."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QWidget

_TYPING = 120
"""Units: milliseconds of rest after which what has been typed is searched."""
_SEARCHED = 8
"""Characters of the search field on the smallest screen."""
_LATIN = 1.8
"""Latin letters as wide as a Chinese one."""
NARROWEST = 90
"""Units: pixels of a list on a small screen, which leaves room to the search field."""
_LIST_WIDTH = 9
"""Characters of a filter's list, whatever stands in it: measuring two thousand names takes long."""
_ALL = "全部"


class NarrowingBar(QWidget):
    """Tells what a person searches, chooses and groups; the table acts upon it."""

    searched = Signal(str)
    picked = Signal(str, str)
    grouped = Signal(str)

    def __init__(self, name: str, filters: Sequence[tuple[str, str]], groups: Sequence[tuple[str, str]]) -> None:
        """Make it for the table of a name; ``filters`` and ``groups`` are (label, key) of columns."""
        super().__init__()
        self.search = self._search(name)
        self.filters = {key: self._filter(label, key) for label, key in filters}
        self.groups = self._grouping(name, groups) if groups else None
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(self.search, 1)
        for box in (*self.filters.values(), *filter(None, [self.groups])):
            self._row.addWidget(box)

    def add(self, widget: QWidget) -> None:
        """Put something of the page's own behind the rest."""
        self._row.addWidget(widget)

    def fill(self, key: str, values: Sequence[str], chosen: str) -> None:
        """Offer the values of a column; nothing is told of it."""
        box = self.filters[key]
        box.blockSignals(True)
        words = [box.itemText(0), *values]
        box.clear()
        box.addItems(words)
        box.setCurrentIndex(max(0, box.findText(chosen)) if chosen else 0)
        box.blockSignals(False)

    def show_filters(self, kept: Mapping[str, Any]) -> None:
        """Fields and lists as a filter was kept; nothing is told of it."""
        fields = (self.search, *self.filters.values(), *filter(None, [self.groups]))
        for field in fields:
            field.blockSignals(True)
        self.search.setText(str(kept.get("search", "")))
        for key, box in self.filters.items():
            box.setCurrentIndex(max(0, box.findText(str(dict(kept.get("chosen", {})).get(key, "")))))
        if self.groups:
            self.groups.setCurrentIndex(max(0, self.groups.findData(kept.get("grouped_by", ""))))
        for field in fields:
            field.blockSignals(False)

    def _search(self, name: str) -> QLineEdit:
        field = QLineEdit()
        field.setPlaceholderText("搜索（空格分开几个词）")
        field.setAccessibleName(f"在{name}中搜索")
        field.setClearButtonEnabled(True)
        field.setMinimumWidth(field.fontMetrics().horizontalAdvance("国") * _SEARCHED)
        waiting = QTimer(self, singleShot=True, interval=_TYPING)
        waiting.timeout.connect(lambda: self.searched.emit(field.text()))
        field.textChanged.connect(lambda _: waiting.start(_TYPING))
        return field

    def _filter(self, label: str, key: str) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(f"按{label}筛选")
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(max(_LIST_WIDTH, int(len(f"{label}：{_ALL}") * _LATIN)))
        box.setMinimumWidth(NARROWEST)
        box.addItem(f"{label}：{_ALL}")
        box.currentIndexChanged.connect(lambda place: self.picked.emit(key, box.currentText() if place > 0 else ""))
        return box

    def _grouping(self, name: str, groups: Sequence[tuple[str, str]]) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(f"{name}分组")
        box.setMinimumWidth(NARROWEST)
        box.addItem("不分组", "")
        for label, key in groups:
            box.addItem(f"按{label}分组", key)
        box.currentIndexChanged.connect(lambda _: self.grouped.emit(box.currentData() or ""))
        return box
