"""The table on the screen: whole rows are selected, what is shown is never edited, Ctrl+C copies."""

from collections.abc import Callable, Hashable, Iterator, Sequence

from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt
from PySide6.QtGui import QColor, QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from toolkit.desktop.appearance import colours
from toolkit.desktop.state.row_content import Row
from toolkit.desktop.state.rows import Rows
from toolkit.desktop.widgets.rows_model import RowsModel

_ROW_HEIGHT, _CHARACTER = 30, 9
_LEAST_ROWS = 3
"""Rows that are seen in the lowest window; a page that has no room for them scrolls."""
_WAITING, _NONE_LEFT = "正在读取……", "没有符合条件的行；清除搜索和筛选可看到全部"


class RowsView(QTableView):
    """Shows a model's rows, and words where there are none; knows which rows a person has selected."""

    def __init__(self, name: str, rows: Rows, model: RowsModel, empty: str, copy: Callable[[], None]) -> None:
        """Make it.

        Args:
            name: what the table is called, for people who hear the screen.
            rows: its content.
            model: the same for Qt.
            empty: what to say where there are no rows.
            copy: what Ctrl+C does.
        """
        super().__init__()
        self._rows, self._empty, self._copy = rows, empty, copy
        self.waits = False
        self.setAccessibleName(name)
        self.setModel(model)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setWordWrap(False)
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(_ROW_HEIGHT)
        self.setMinimumHeight((_LEAST_ROWS + 1) * _ROW_HEIGHT)
        self._set_up_headings(model)

    def _set_up_headings(self, model: RowsModel) -> None:
        header, columns = self.horizontalHeader(), self._rows.columns
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        if columns[-1].right:
            widest = max(range(len(columns)), key=lambda place: columns[place].width)
            header.setSectionResizeMode(widest, QHeaderView.ResizeMode.Stretch)
        else:
            header.setStretchLastSection(True)
        header.setHighlightSections(False)
        header.setSectionsClickable(True)
        for place, column in enumerate(columns):
            self.setColumnWidth(place, column.width * _CHARACTER + 16)
        self._no_selection = QItemSelectionModel(model, self)
        header.setSelectionModel(self._no_selection)  # a header looks through all rows for columns selected whole

    def show_sorting(self, section: int, *, descending: bool) -> None:
        """An arrow in the heading of the column that rows are sorted by."""
        header = self.horizontalHeader()
        header.setSortIndicatorShown(True)
        header.setSortIndicator(section, Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder)

    def chosen_places(self) -> list[int]:
        """Where the selected rows stand, top to bottom."""
        ranges = self.selectionModel().selection().toList()
        places = sorted({(part.top(), part.bottom()) for part in ranges})
        return [place for top, bottom in places for place in range(top, bottom + 1)]

    def chosen_rows(self, most: int | None = None) -> list[Row]:
        """Rows a person has selected, top to bottom; with ``most`` no more than the first so many."""
        return [self._rows.row(place) for place in self.chosen_places()[:most] if not self._rows.is_head(place)]

    def chosen_identities(self) -> list[Hashable]:
        """What the selected rows are known by."""
        return [self._rows.identity(row) for row in self.chosen_rows()]

    def choose_places(self, places: Sequence[int]) -> None:
        """Select these rows and no others, those beneath one another in one step."""
        selection, model = QItemSelection(), self.model()
        for first, last in _runs(places):
            selection.select(model.index(first, 0), model.index(last, 0))
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().select(selection, flags.ClearAndSelect | flags.Rows)
        if places:
            self.selectionModel().setCurrentIndex(model.index(places[0], 0), flags.NoUpdate)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802, D102
        super().paintEvent(event)
        if not self._rows.shown:
            words = _WAITING if self.waits else _NONE_LEFT if self._rows.rows else self._empty
            painter = QPainter(self.viewport())
            painter.setPen(QColor(colours().quiet))
            area = self.viewport().rect().adjusted(24, 8, -24, -8)
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, words)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802, D102
        if event.matches(QKeySequence.StandardKey.Copy):
            self._copy()
            return
        super().keyPressEvent(event)


def _runs(places: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Places beneath one another as first and last."""
    for start, place in enumerate(places):
        if not start or places[start - 1] != place - 1:
            end = start
            while end + 1 < len(places) and places[end + 1] == places[end] + 1:
                end += 1
            yield place, places[end]
