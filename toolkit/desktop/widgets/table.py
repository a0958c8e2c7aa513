"""A table of :class:`~toolkit.desktop.state.rows.Rows`: search, filters, sorting, copying."""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QColor, QGuiApplication, QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from toolkit.desktop.appearance import colours
from toolkit.desktop.state.rows import Row, Rows, text_of

_Index = QModelIndex | QPersistentModelIndex
_ROW_HEIGHT, _CHARACTER, _TYPING, _SHORTLY = 30, 9, 120, 20
_FOLDED_AT_ONCE = 2000
_GAP = "\u2002"
"""Between a number at the right of its column and the words of the next."""
_ALL, _WAITING = "全部", "正在读取……"


class RowsModel(QAbstractTableModel):
    """What is shown of the rows, for Qt; ``colour`` gives a row's words their colour by name."""

    def __init__(self, rows: Rows, colour: Callable[[Row, str], str], parent: QWidget) -> None:
        super().__init__(parent)
        self._rows = rows
        self._colour = colour

    def change(self, how: Callable[[], None]) -> None:
        """Change what is shown."""
        self.beginResetModel()
        how()
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008, N802, D102
        return 0 if parent.isValid() else len(self._rows.shown)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008, N802, D102
        return 0 if parent.isValid() else len(self._rows.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> object:  # noqa: N802, D102
        if orientation is not Qt.Orientation.Horizontal:
            return None
        column = self._rows.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{column.heading}{_GAP}" if column.right else column.heading
        return _aligned(right=column.right) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:  # noqa: D102
        column = self._rows.columns[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _aligned(right=column.right)
        row = self._rows.row(index.row())
        if self._rows.is_head(index.row()):
            return _head_data(text_of(row.get(column.key)), role)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            text = text_of(row.get(column.key))
            return f"{text}{_GAP}" if column.right and role == Qt.ItemDataRole.DisplayRole else text
        if role == Qt.ItemDataRole.ForegroundRole:
            name = self._colour(row, column.key)
            return QColor(getattr(colours(), name)) if name else None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{column.heading}：{text_of(row.get(column.key)) or '空'}"
        return None


def _head_data(words: str, role: int) -> object:
    """The line above a group: bold words on a ground of their own."""
    if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
        return words
    if role == Qt.ItemDataRole.BackgroundRole:
        return QColor(colours().raised)
    if role == Qt.ItemDataRole.FontRole:
        font = QGuiApplication.font()
        font.setBold(True)
        return font
    return None


def _aligned(*, right: bool) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


class Table(QWidget):
    """Search field, filters, the table, and a line that counts what is shown."""

    chosen = Signal(object)
    opened = Signal(object)

    def __init__(
        self,
        name: str,
        rows: Rows,
        *,
        filters: Sequence[tuple[str, str]] = (),
        groups: Sequence[tuple[str, str]] = (),
        choose_first: bool = False,
        colour: Callable[[Row, str], str] = lambda _row, _key: "",
        empty: str = "没有内容",
    ) -> None:
        """Make an empty table.

        Args:
            name: what the table is called, for people who hear the screen.
            rows: its content.
            filters: (label, key) of columns that get a list of their values.
            groups: (label, key) of columns that rows can be put together by.
            choose_first: select the first row when nothing is selected, so that what stands beside is not empty.
            colour: name of a colour of :class:`~toolkit.desktop.appearance.Colours` for a cell; "" for none.
            empty: what to say where there are no rows.
        """
        super().__init__()
        self.rows, self._name, self._empty, self._choose_first = rows, name, empty, choose_first
        self._filters: dict[str, QComboBox] = {}
        self.model = RowsModel(rows, colour, self)
        self.view = self._view(name)
        self.search = self._search(name)
        self._unfilled: list[str] = []
        self._settling = QTimer(self, singleShot=True, interval=0)
        self._settling.timeout.connect(self._settle)
        self._kept: list[Hashable] = []
        self._restoring = QTimer(self, singleShot=True, interval=0)
        self._restoring.timeout.connect(lambda: self._restore(self._kept))
        self.bar = bar = QHBoxLayout()
        bar.setContentsMargins(0, 0, 0, 0)
        bar.addWidget(self.search, 1)
        for label, key in filters:
            bar.addWidget(self._filter(label, key))
        self._groups = self._grouping(groups) if groups else None
        if self._groups:
            bar.addWidget(self._groups)
        self._count, self._export = QLabel(""), QPushButton("导出…")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        self._ends = (QWidget(), QWidget())
        self._ends[0].setLayout(bar)
        self._ends[1].setLayout(self._foot(name))
        layout.addWidget(self._ends[0])
        layout.addWidget(self.view, 1)
        layout.addWidget(self._ends[1])
        self._say_count()

    def wait(self) -> None:
        """Rows have been asked for: an empty table says that they are on their way."""
        self.view.waits = True
        self.view.viewport().update()

    def make_bare(self) -> None:
        """For a short list that needs neither search nor export."""
        for part in self._ends:
            part.hide()

    def _foot(self, name: str) -> QHBoxLayout:
        """How many rows are shown, and the button that exports them."""
        self._count.setObjectName("quiet")
        self._export.setObjectName("small")
        self._export.setAccessibleName(f"导出{name}")
        self._export.clicked.connect(lambda _checked: self._choose_export())
        foot = QHBoxLayout()
        foot.setContentsMargins(0, 0, 0, 0)
        foot.addWidget(self._count, 1)
        foot.addWidget(self._export)
        return foot

    def load(self, rows: Iterable[Mapping[str, object]]) -> None:
        """Show other rows; the chosen ones stay chosen where they are still there."""
        kept = self.chosen_identities()
        self.view.waits = False
        self.model.change(lambda: self.rows.load(rows))
        self._unfilled = list(self._filters)
        self._settling.start()
        self._say_count()
        if len(self.rows.rows) > _FOLDED_AT_ONCE:
            self._kept = kept
            self._restoring.start()
        else:
            self._restore(kept)

    def _settle(self) -> None:
        """Fill a filter's list, then fold rows for searching: a little at a time, while nothing else is to be done."""
        if self._unfilled:
            key = self._unfilled.pop(0)
            self._fill(self._filters[key], key)
            self._settling.start()
        elif self.rows.fold(_FOLDED_AT_ONCE):
            self._settling.start()

    def chosen_rows(self) -> list[Row]:
        """Rows a person has selected, top to bottom."""
        selection = self.view.selectionModel().selectedRows()
        places = sorted(index.row() for index in selection if not self.rows.is_head(index.row()))
        return [self.rows.row(place) for place in places]

    def use_filters(self, kept: Mapping[str, Any]) -> None:
        """Search, choose and group as it was kept; fields and lists show it."""
        while self._unfilled:
            self._settle()
        for field in (self.search, *self._filters.values(), *filter(None, [self._groups])):
            field.blockSignals(True)
        self.search.setText(str(kept.get("search", "")))
        for key, box in self._filters.items():
            box.setCurrentIndex(max(0, box.findData(dict(kept.get("chosen", {})).get(key, ""))))
        if self._groups:
            self._groups.setCurrentIndex(max(0, self._groups.findData(kept.get("grouped_by", ""))))
        for field in (self.search, *self._filters.values(), *filter(None, [self._groups])):
            field.blockSignals(False)
        self._change(lambda: self.rows.use_filters(kept))

    def export(self, path: str) -> None:
        """Write what is shown to a CSV file that Excel and WPS open as it stands."""
        Path(path).write_text(self.rows.csv(), encoding="utf-8-sig", newline="")

    def _choose_export(self) -> None:
        from toolkit.desktop.widgets import choosing

        path = choosing.new_file(self, f"导出{self._name}", f"{self._name}.csv", "CSV 表格 (*.csv)")
        if not path:
            return
        try:
            self.export(path)
        except OSError as fault:
            self._count.setText(f"没有导出：{fault.strerror}。换一个文件夹，或关闭打开着它的程序。")
        else:
            self._count.setText(f"已导出 {self.rows.count} 行：{path}")

    def _grouping(self, groups: Sequence[tuple[str, str]]) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(f"{self._name}分组")
        box.addItem("不分组", "")
        for label, key in groups:
            box.addItem(f"按{label}分组", key)
        box.currentIndexChanged.connect(lambda _: self._change(lambda: self.rows.group(box.currentData() or "")))
        return box

    def chosen_identities(self) -> list[Hashable]:
        """What the selected rows are known by."""
        return [self.rows.identity(row) for row in self.chosen_rows()]

    def _view(self, name: str) -> "_CopyingView":
        view = _CopyingView(self.rows, self._empty)
        view.setAccessibleName(name)
        view.setModel(self.model)
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setWordWrap(False)
        view.setShowGrid(False)
        view.setAlternatingRowColors(True)
        view.verticalHeader().hide()
        view.verticalHeader().setDefaultSectionSize(_ROW_HEIGHT)
        header = view.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        if self.rows.columns[-1].right:
            widest = max(range(len(self.rows.columns)), key=lambda place: self.rows.columns[place].width)
            header.setSectionResizeMode(widest, QHeaderView.ResizeMode.Stretch)
        else:
            header.setStretchLastSection(True)
        header.setHighlightSections(False)
        header.setSectionsClickable(True)
        header.sectionClicked.connect(self._sort)
        for place, column in enumerate(self.rows.columns):
            view.setColumnWidth(place, column.width * _CHARACTER + 16)
        view.selectionModel().selectionChanged.connect(lambda *_: self.chosen.emit(self.chosen_rows()))
        view.activated.connect(self._open)
        return view

    def _open(self, index: QModelIndex) -> None:
        if not self.rows.is_head(index.row()):
            self.opened.emit(self.rows.row(index.row()))

    def _search(self, name: str) -> QLineEdit:
        field = QLineEdit()
        field.setPlaceholderText("搜索（空格分开几个词）")
        field.setAccessibleName(f"在{name}中搜索")
        field.setClearButtonEnabled(True)
        waiting = QTimer(self, singleShot=True, interval=_TYPING)
        waiting.timeout.connect(lambda: self._find(field.text(), waiting))
        field.textChanged.connect(lambda _: waiting.start(_TYPING))
        return field

    def _find(self, words: str, waiting: QTimer) -> None:
        """Search once the rows have been folded, which goes on in small steps: folding them all now would be long."""
        if self._settling.isActive():
            waiting.start(_SHORTLY)
        else:
            self._change(lambda: self.rows.find(words))

    def _filter(self, label: str, key: str) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(f"按{label}筛选")
        box.addItem(f"{label}：{_ALL}", "")
        box.currentIndexChanged.connect(lambda _: self._change(lambda: self.rows.choose(key, box.currentData() or "")))
        self._filters[key] = box
        return box

    def _fill(self, box: QComboBox, key: str) -> None:
        before = box.currentData()
        box.blockSignals(True)
        while box.count() > 1:
            box.removeItem(1)
        for value in self.rows.values(key):
            box.addItem(value, value)
        box.setCurrentIndex(max(0, box.findData(before)))
        box.blockSignals(False)

    def _sort(self, section: int) -> None:
        key = self.rows.columns[section].key
        descending = self.rows.sorted_by == key and not self.rows.descending
        order = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
        self.view.horizontalHeader().setSortIndicatorShown(True)
        self.view.horizontalHeader().setSortIndicator(section, order)
        self._change(lambda: self.rows.sort(key, descending=descending))

    def _change(self, how: Callable[[], None]) -> None:
        kept = self.chosen_identities()
        self.model.change(how)
        self._restore(kept)
        self._say_count()

    def _restore(self, kept: Sequence[Hashable]) -> None:
        """Select again what was selected, many rows in one step."""
        places = self.rows.places_of(kept)
        if not places and self._choose_first:
            places = [place for place in range(min(2, len(self.rows.shown))) if not self.rows.is_head(place)][:1]
        selection = QItemSelection()
        for place in places:
            selection.select(self.model.index(place, 0), self.model.index(place, 0))
        flags = QItemSelectionModel.SelectionFlag
        self.view.selectionModel().select(selection, flags.ClearAndSelect | flags.Rows)
        if places:
            self.view.selectionModel().setCurrentIndex(self.model.index(places[0], 0), flags.NoUpdate)

    def _say_count(self) -> None:
        shown, total = self.rows.count, len(self.rows.rows)
        words = f"{shown} 行" if shown == total else f"{shown} 行（共 {total} 行）"
        self._count.setText(words if total else "")
        self._export.setVisible(bool(total))


class _CopyingView(QTableView):
    """Ctrl+C copies the selected rows with headings, as text a spreadsheet takes in columns."""

    def __init__(self, rows: Rows, empty: str) -> None:
        super().__init__()
        self._rows, self._empty = rows, empty
        self.waits = False

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        super().paintEvent(event)
        if not self._rows.shown:
            words = "没有符合条件的行；清除搜索和筛选可看到全部" if self._rows.rows else self._empty
            words = _WAITING if self.waits else words
            painter = QPainter(self.viewport())
            painter.setPen(QColor(colours().quiet))
            area = self.viewport().rect().adjusted(24, 8, -24, -8)
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, words)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if event.matches(QKeySequence.StandardKey.Copy):
            places = sorted(index.row() for index in self.selectionModel().selectedRows())
            QGuiApplication.clipboard().setText(self._rows.tsv(places or None))
            return
        super().keyPressEvent(event)
