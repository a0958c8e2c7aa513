"""A table of :class:`~toolkit.desktop.state.rows.Rows`: search, filters, sorting, copying."""

from collections.abc import Callable, Generator, Hashable, Iterable, Iterator, Mapping, Sequence
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
from toolkit.desktop.state.rows import AT_ONCE, Content, Row, Rows, Shown, ended, text_of
from toolkit.desktop.turns import Turns

_Index = QModelIndex | QPersistentModelIndex
_Prepare = Callable[[Row], object]
_ROW_HEIGHT, _CHARACTER, _TYPING = 30, 9, 120
_MOST_TOLD = 1000
"""Rows that are told when the selection changes: what stands beside a table shows the first of them."""
_LATIN, _NARROWEST = 1.8, 90
"""Latin letters as wide as a Chinese one; pixels of the narrowest list."""
_LIST_WIDTH = 9
"""Characters of a filter's list, whatever stands in it: measuring two thousand names takes long."""
_Role, _Flag = Qt.ItemDataRole, Qt.AlignmentFlag
_DISPLAY, _TIP, _ALIGNMENT = int(_Role.DisplayRole), int(_Role.ToolTipRole), int(_Role.TextAlignmentRole)
_FOREGROUND, _HEARD = int(_Role.ForegroundRole), int(_Role.AccessibleTextRole)
_BACKGROUND, _FONT = int(_Role.BackgroundRole), int(_Role.FontRole)
_TOLD = frozenset((_DISPLAY, _TIP, _ALIGNMENT, _FOREGROUND, _HEARD, _BACKGROUND, _FONT))
"""What the model has something to say about; Qt asks for a dozen things of every cell it draws."""
_RIGHT, _LEFT = _Flag.AlignRight | _Flag.AlignVCenter, _Flag.AlignLeft | _Flag.AlignVCenter
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
        if role == _DISPLAY:
            return f"{column.heading}{_GAP}" if column.right else column.heading
        return (_RIGHT if column.right else _LEFT) if role == _ALIGNMENT else None

    def data(self, index: _Index, role: int = _DISPLAY) -> object:  # noqa: D102
        role = int(role)
        if role not in _TOLD:
            return None
        column = self._rows.columns[index.column()]
        if role == _ALIGNMENT:
            return _RIGHT if column.right else _LEFT
        place = index.row()
        row = self._rows.row(place)
        if self._rows.is_head(place):
            return _head_data(text_of(row.get(column.key)), role)
        if role in (_BACKGROUND, _FONT):
            return None
        if role == _FOREGROUND:
            name = self._colour(row, column.key)
            return QColor(getattr(colours(), name)) if name else None
        text = text_of(row.get(column.key))
        if role == _HEARD:
            return f"{column.heading}：{text or '空'}"
        return f"{text}{_GAP}" if column.right and role == _DISPLAY else text


def _head_data(words: str, role: int) -> object:
    """The line above a group: bold words on a ground of their own."""
    if role in (_DISPLAY, _HEARD):
        return words
    if role == _BACKGROUND:
        return QColor(colours().raised)
    if role == _FONT:
        font = QGuiApplication.font()
        font.setBold(True)
        return font
    return None


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
        self._showing, self._settling = Turns(self), Turns(self)
        self._giving, self._freeing = Turns(self), Turns(self)
        self._unfilled: list[str] = []
        self._kept: list[Hashable] = []
        self._coming: tuple[Content, _Prepare | None] | None = None
        self._old: list[Content] = []
        self._groups = self._grouping(groups) if groups else None
        self.bar = self._filled_bar(filters)
        self._count, self._export = QLabel(""), QPushButton("导出…")
        self._ends = (QWidget(), QWidget())
        self._lay_out(name)
        self._say_count()

    def _filled_bar(self, filters: Sequence[tuple[str, str]]) -> QHBoxLayout:
        bar = QHBoxLayout()
        bar.setContentsMargins(0, 0, 0, 0)
        bar.addWidget(self.search, 1)
        for label, key in filters:
            bar.addWidget(self._filter(label, key))
        if self._groups:
            bar.addWidget(self._groups)
        return bar

    def _lay_out(self, name: str) -> None:
        """What searches and filters above the table, what counts and exports below it."""
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        above, below = self._ends
        above.setLayout(self.bar)
        below.setLayout(self._foot(name))
        layout.addWidget(above)
        layout.addWidget(self.view, 1)
        layout.addWidget(below)

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

    def load(self, rows: Iterable[Mapping[str, object]], prepare: _Prepare | None = None) -> None:
        """Show other rows; the chosen ones stay chosen where they are still there.

        Args:
            rows: what is to be shown.
            prepare: completes a row before it is shown; called for each.
        """
        self._coming = (Content(list(rows)), prepare)
        self._begin()

    def _begin(self) -> None:
        """Work out what is shown: at once for few rows, else in turns."""
        self._settling.stop()
        content, prepare = self._coming or (self.rows.content, None)
        work = self._worked_out(content, prepare)
        if len(content.rows) > AT_ONCE:
            self._showing.run(work, self._take)
        else:
            self._showing.stop()
            self._take(ended(work))

    def _worked_out(self, content: Content, prepare: _Prepare | None) -> Generator[None, None, Shown]:
        if prepare:
            for start in range(0, len(content.rows), AT_ONCE):
                for row in content.rows[start : start + AT_ONCE]:
                    prepare(row)
                yield
        return (yield from self.rows.showing(content))

    def _take(self, made: Shown) -> None:
        """Show what was worked out; what can wait (lists of filters, texts for searching) is done afterwards."""
        kept, before = self._kept or self.chosen_identities(), self.rows.content
        self._coming, self.view.waits = None, False
        self.model.change(lambda: self.rows.take(made))
        if made.content is not before:
            self._unfilled = list(self._filters)
            self._old.append(before)
            self._freeing.run(self._discarded(), bool)
        self._say_count()
        if made.content.is_settled or len(made.content.rows) <= AT_ONCE:
            self._kept = []
            self._restore(kept)
        else:
            self._kept = kept
            self._restore(()) if not kept else None
        self._settling.run(self._settled(), self._restore_kept)

    def _discarded(self) -> Generator[None, None, None]:
        while self._old:
            yield from self._old[-1].discarding()
            self._old.pop()

    def _settled(self) -> Generator[None, None, None]:
        """Fill the filters' lists, then fold rows for searching."""
        yield
        while self._unfilled:
            key = self._unfilled.pop(0)
            values = yield from self.rows.gathering(key)
            self._fill(self._filters[key], key, values)
            yield
        yield from self.rows.settling()

    def _restore_kept(self, _: object) -> None:
        """Select again what was selected before many rows came, unless something else has been selected meanwhile."""
        kept, self._kept = self._kept, []
        if kept and not self.chosen_places():
            self._restore(kept)

    def chosen_rows(self, most: int | None = None) -> list[Row]:
        """Rows a person has selected, top to bottom; with ``most`` no more than the first so many."""
        return [self.rows.row(place) for place in self.chosen_places()[:most] if not self.rows.is_head(place)]

    def chosen_places(self) -> list[int]:
        """Where the selected rows stand, top to bottom."""
        ranges = self.view.selectionModel().selection().toList()
        places = sorted({(part.top(), part.bottom()) for part in ranges})
        return [place for top, bottom in places for place in range(top, bottom + 1)]

    def use_filters(self, kept: Mapping[str, Any]) -> None:
        """Search, choose and group as it was kept; fields and lists show it."""
        while self._unfilled:
            key = self._unfilled.pop(0)
            self._fill(self._filters[key], key, self.rows.values(key))
        for field in (self.search, *self._filters.values(), *filter(None, [self._groups])):
            field.blockSignals(True)
        self.search.setText(str(kept.get("search", "")))
        for key, box in self._filters.items():
            box.setCurrentIndex(max(0, box.findText(str(dict(kept.get("chosen", {})).get(key, "")))))
        if self._groups:
            self._groups.setCurrentIndex(max(0, self._groups.findData(kept.get("grouped_by", ""))))
        for field in (self.search, *self._filters.values(), *filter(None, [self._groups])):
            field.blockSignals(False)
        self.rows.take_filters(kept)
        self._change()

    def export(self, path: str) -> None:
        """Write what is shown to a CSV file that Excel and WPS open as it stands; it is there once it is whole."""
        beside = Path(f"{path}.tmp")

        def written() -> Generator[None, None, str]:
            try:
                with beside.open("w", encoding="utf-8-sig", newline="") as file:
                    for part in self.rows.csv_parts():
                        file.write(part)
                        yield
                beside.replace(path)
            except OSError as fault:
                return f"没有导出：{fault.strerror}。换一个文件夹，或关闭打开着它的程序。"
            return f"已导出 {self.rows.count} 行：{path}"

        self._give(written(), self._count.setText)

    def copy(self) -> None:
        """Put the selected rows on the clipboard, all of them where none is selected."""

        def text() -> Generator[None, None, str]:
            lines: list[str] = []
            for some in self.rows.tsv_lines(self.chosen_places() or None):
                lines += some
                yield
            return "\n".join(lines)

        self._give(text(), QGuiApplication.clipboard().setText)

    def _give(self, work: Generator[None, None, str], then: Callable[[str], object]) -> None:
        """Few rows are given at once, many in turns."""
        if len(self.rows.shown) > AT_ONCE:
            self._giving.run(work, then)
        else:
            then(ended(work))

    def _choose_export(self) -> None:
        from toolkit.desktop.widgets import choosing

        path = choosing.new_file(self, f"导出{self._name}", f"{self._name}.csv", "CSV 表格 (*.csv)")
        if path:
            self.export(path)

    def _grouping(self, groups: Sequence[tuple[str, str]]) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(f"{self._name}分组")
        box.addItem("不分组", "")
        for label, key in groups:
            box.addItem(f"按{label}分组", key)
        box.currentIndexChanged.connect(lambda _: self._group(box.currentData() or ""))
        return box

    def _group(self, key: str) -> None:
        self.rows.grouped_by = key
        self._change()

    def chosen_identities(self) -> list[Hashable]:
        """What the selected rows are known by."""
        return [self.rows.identity(row) for row in self.chosen_rows()]

    def _view(self, name: str) -> "_CopyingView":
        view = _CopyingView(self.rows, self._empty, self.copy)
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
        view.selectionModel().selectionChanged.connect(lambda *_: self.chosen.emit(self.chosen_rows(_MOST_TOLD)))
        self._no_selection = QItemSelectionModel(self.model, self)
        header.setSelectionModel(self._no_selection)  # a header looks through all rows for columns selected whole
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
        waiting.timeout.connect(lambda: self._find(field.text()))
        field.textChanged.connect(lambda _: waiting.start(_TYPING))
        return field

    def _find(self, words: str) -> None:
        self.rows.search = words
        self._change()

    def _filter(self, label: str, key: str) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(f"按{label}筛选")
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(max(_LIST_WIDTH, int(len(f"{label}：{_ALL}") * _LATIN)))
        box.setMinimumWidth(_NARROWEST)  # with large letters on a small screen it may be narrower
        box.addItem(f"{label}：{_ALL}")
        box.currentIndexChanged.connect(lambda place: self._pick(key, box.currentText() if place > 0 else ""))
        self._filters[key] = box
        return box

    def _pick(self, key: str, value: str) -> None:
        self.rows.pick(key, value)
        self._change()

    def _fill(self, box: QComboBox, key: str, values: Sequence[str]) -> None:
        before, place = self.rows.chosen.get(key, ""), 0
        box.blockSignals(True)
        words = [box.itemText(0), *values]
        box.clear()
        box.addItems(words)
        if before:
            place = box.findText(before)
        box.setCurrentIndex(max(0, place))
        box.blockSignals(False)

    def _sort(self, section: int) -> None:
        key = self.rows.columns[section].key
        descending = self.rows.sorted_by == key and not self.rows.descending
        order = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
        self.view.horizontalHeader().setSortIndicatorShown(True)
        self.view.horizontalHeader().setSortIndicator(section, order)
        self.rows.sorted_by, self.rows.descending = key, descending
        self._change()

    def _change(self) -> None:
        """Show the same rows by what is searched, chosen, sorted and grouped now."""
        self._begin()

    def _restore(self, kept: Sequence[Hashable]) -> None:
        """Select again what was selected, rows beneath one another in one step."""
        places = self.rows.places_of(kept)
        if not places and self._choose_first:
            places = [place for place in range(min(2, len(self.rows.shown))) if not self.rows.is_head(place)][:1]
        selection = QItemSelection()
        for first, last in _runs(places):
            selection.select(self.model.index(first, 0), self.model.index(last, 0))
        flags = QItemSelectionModel.SelectionFlag
        self.view.selectionModel().select(selection, flags.ClearAndSelect | flags.Rows)
        if places:
            self.view.selectionModel().setCurrentIndex(self.model.index(places[0], 0), flags.NoUpdate)

    def _say_count(self) -> None:
        shown, total = self.rows.count, len(self.rows.rows)
        words = f"{shown} 行" if shown == total else f"{shown} 行（共 {total} 行）"
        self._count.setText(words if total else "")
        self._export.setVisible(bool(total))


def _runs(places: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Places beneath one another as first and last."""
    for start, place in enumerate(places):
        if not start or places[start - 1] != place - 1:
            end = start
            while end + 1 < len(places) and places[end + 1] == places[end] + 1:
                end += 1
            yield place, places[end]


class _CopyingView(QTableView):
    """Ctrl+C copies the selected rows with headings, as text a spreadsheet takes in columns."""

    def __init__(self, rows: Rows, empty: str, copy: Callable[[], None]) -> None:
        super().__init__()
        self._rows, self._empty, self._copy = rows, empty, copy
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
            self._copy()
            return
        super().keyPressEvent(event)
