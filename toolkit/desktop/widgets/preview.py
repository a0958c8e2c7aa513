"""The sheet around a cell as a grid: the cell marked, related cells coloured, formula and value told below."""

from collections.abc import Callable, Iterable, Mapping

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication
from PySide6.QtWidgets import QTableView, QVBoxLayout, QWidget

from toolkit.desktop.appearance import colours
from toolkit.desktop.widgets.elements import label, tip
from toolkit.operations import Json

_Index = QModelIndex | QPersistentModelIndex


_ACROSS = {
    "left": Qt.AlignmentFlag.AlignLeft,
    "center": Qt.AlignmentFlag.AlignHCenter,
    "right": Qt.AlignmentFlag.AlignRight,
}


def _tip(cell: Json, at: str) -> str:
    formula = f"　公式：{cell['formula']}" if cell["formula"] else ""
    return tip(f"{at}　{cell['shown']}{formula}")


def _font(cell: Json, _at: str) -> QFont | None:
    if not cell.get("bold"):
        return None
    font = QGuiApplication.font()
    font.setBold(True)
    return font


def _alignment(cell: Json, _at: str) -> Qt.AlignmentFlag:
    usual = "right" if cell["kind"] in ("数值", "日期") else "left"
    return _ACROSS[cell.get("across") or usual] | Qt.AlignmentFlag.AlignVCenter


_TOLD: Mapping[int, Callable[[Json, str], object]] = {
    Qt.ItemDataRole.DisplayRole: lambda cell, _at: cell["shown"],
    Qt.ItemDataRole.ToolTipRole: _tip,
    Qt.ItemDataRole.FontRole: _font,
    Qt.ItemDataRole.TextAlignmentRole: _alignment,
}
_PIXELS_A_CHARACTER, _PIXELS_A_POINT, _WIDEST, _HIGHEST = 7.5, 1.4, 420, 90


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
            return self._ground(cell, at)
        if cell is None:
            return None
        if role == Qt.ItemDataRole.ForegroundRole:
            return self._ink(cell, is_marked=self._is_marked(at))
        return _TOLD[role](cell, at) if role in _TOLD else None

    @staticmethod
    def is_at(cell: Json, at: str) -> bool:
        """Whether a cell of the cut stands at an address."""
        return f"{letters(cell['column'])}{cell['row']}" == at

    def _is_marked(self, at: str) -> bool:
        return at in self._marked or at in self._related

    def _ground(self, cell: Json | None, at: str) -> QColor | None:
        chosen = colours()
        if self._is_marked(at):
            return QColor(chosen.marked if at in self._marked else chosen.related)
        return QColor(f"#{cell['fill']}") if cell and cell.get("fill") else None

    @staticmethod
    def _ink(cell: Json, *, is_marked: bool) -> object:
        """The file's own colour on the file's own fill; on the window's ground the window's, so that it can be read."""
        if not cell.get("fill") or is_marked:
            return None
        if cell.get("ink"):
            return QColor(f"#{cell['ink']}")
        return QColor("#000000" if QColor(f"#{cell['fill']}").lightness() > 128 else "#ffffff")


class Preview(QWidget):
    """The grid and a line under it."""

    def __init__(self) -> None:
        super().__init__()
        self.model = SheetModel(self)
        self.view = QTableView()
        self.view.setModel(self.model)
        self.view.setAccessibleName("单元格预览")
        self.view.setWordWrap(True)
        self.view.verticalHeader().setDefaultSectionSize(24)
        self.view.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.view.setSelectionMode(QTableView.SelectionMode.NoSelection)
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
        for place, width in enumerate(cut["widths"]):
            self.view.setColumnHidden(place, not width)
            self.view.setColumnWidth(place, min(_WIDEST, int(width * _PIXELS_A_CHARACTER) + 6))
        for place, height in enumerate(cut["heights"]):
            self.view.setRowHidden(place, not height)
            self.view.setRowHeight(place, min(_HIGHEST, max(22, int(height * _PIXELS_A_POINT))))
        formula = next((cell["formula"] for cell in cut["cells"] if self.model.is_at(cell, marked)), "")
        self.words.setText(f"{words}　公式：{formula}" if formula else words)
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
