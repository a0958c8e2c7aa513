"""The sheet around a cell as a grid: the cell marked, related cells coloured, formula and value told below."""

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QTableView, QVBoxLayout, QWidget

from toolkit.desktop.appearance import colours
from toolkit.desktop.widgets.page import label

_Index = QModelIndex | QPersistentModelIndex
Json = dict[str, Any]


class SheetModel(QAbstractTableModel):
    """A cut of a sheet, as operation ``view preview`` gives it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.cut: Json = {"top": 1, "left": 1, "bottom": 0, "right": 0, "cells": [], "merges": []}
        self._cells: dict[tuple[int, int], Json] = {}
        self._marked: set[str] = set()
        self._related: set[str] = set()

    def show(self, cut: Json, marked: str, related: Iterable[str]) -> None:
        """Show another cut."""
        self.beginResetModel()
        self.cut = cut
        self._cells = {(cell["row"], cell["column"]): cell for cell in cut["cells"]}
        self._marked, self._related = {marked}, set(related)
        self.endResetModel()

    def cell(self, row: int, column: int) -> Json | None:
        """The cell at a place of the grid."""
        return self._cells.get((row + self.cut["top"], column + self.cut["left"]))

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008, N802, D102
        return 0 if parent.isValid() else int(self.cut["bottom"] - self.cut["top"] + 1)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008, N802, D102
        return 0 if parent.isValid() else int(self.cut["right"] - self.cut["left"] + 1)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> object:  # noqa: N802, D102
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation is Qt.Orientation.Vertical:
            return str(section + self.cut["top"])
        return letters(section + self.cut["left"])

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:  # noqa: D102
        at = f"{letters(index.column() + self.cut['left'])}{index.row() + self.cut['top']}"
        cell = self.cell(index.row(), index.column())
        if role == Qt.ItemDataRole.BackgroundRole:
            chosen = colours()
            colour = chosen.marked if at in self._marked else chosen.related if at in self._related else ""
            return QColor(colour) if colour else None
        if cell is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return cell["shown"]
        if role == Qt.ItemDataRole.ToolTipRole:
            formula = f"　公式：{cell['formula']}" if cell["formula"] else ""
            return f"{at}　{cell['shown']}{formula}"
        if role == Qt.ItemDataRole.TextAlignmentRole and cell["kind"] in ("数值", "日期"):
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None


class Preview(QWidget):
    """The grid and a line under it."""

    def __init__(self) -> None:
        super().__init__()
        self.model = SheetModel(self)
        self.view = QTableView()
        self.view.setModel(self.model)
        self.view.setAccessibleName("单元格预览")
        self.view.setWordWrap(False)
        self.view.verticalHeader().setDefaultSectionSize(24)
        self.view.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.words = label("选中一条发现，这里显示它所在的表格", "quiet")
        self.words.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.words)
        layout.addWidget(self.view, 1)

    def show_cut(self, cut: Json, marked: str, related: Iterable[str], words: str) -> None:
        """Show a cut with its cell in the middle."""
        self.view.clearSpans()
        self.model.show(cut, marked, related)
        for top, left, bottom, right in cut["merges"]:
            row, column = max(0, top - cut["top"]), max(0, left - cut["left"])
            height, width = bottom - cut["top"] - row + 1, right - cut["left"] - column + 1
            if (height > 1 or width > 1) and height > 0 and width > 0:
                self.view.setSpan(row, column, height, width)
        for place in range(self.model.columnCount()):
            self.view.setColumnWidth(place, int(cut["widths"][place] * 8) if cut.get("widths") else 96)
        self.words.setText(words)
        for row in range(self.model.rowCount()):
            for column in range(self.model.columnCount()):
                if f"{letters(column + cut['left'])}{row + cut['top']}" == marked:
                    self.view.scrollTo(self.model.index(row, column), QTableView.ScrollHint.PositionAtCenter)
                    self.view.setCurrentIndex(self.model.index(row, column))

    def say(self, words: str) -> None:
        """Say why there is nothing to show."""
        self.model.show({"top": 1, "left": 1, "bottom": 0, "right": 0, "cells": [], "merges": []}, "", ())
        self.words.setText(words)


def letters(column: int) -> str:
    """28 → ``AB``."""
    name = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name
