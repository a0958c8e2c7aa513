"""A table of :class:`~toolkit.desktop.state.rows.Rows`: search, filters, sorting, copying."""

from collections.abc import Callable, Generator, Hashable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from toolkit.desktop.state.row_content import AT_ONCE, Content, Row, ended
from toolkit.desktop.state.rows import Rows, Shown
from toolkit.desktop.turns import Turns
from toolkit.desktop.widgets.narrowing_bar import NarrowingBar
from toolkit.desktop.widgets.rows_model import RowsModel
from toolkit.desktop.widgets.rows_view import RowsView

_Prepare = Callable[[Row], object]
_MOST_TOLD = 1000
"""Rows that are told when the selection changes: what stands beside a table shows the first of them."""


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
        self.rows, self._name, self.empty, self._choose_first = rows, name, empty, choose_first
        self.model = RowsModel(rows, colour, self)
        self.view = RowsView(name, rows, self.model, empty, self.copy)
        self.bar = NarrowingBar(name, filters, groups)
        self.search = self.bar.search
        self._showing, self._settling = Turns(self), Turns(self)
        self._giving, self._freeing = Turns(self), Turns(self)
        self._unfilled: list[str] = []
        self._kept: list[Hashable] = []
        self._coming: tuple[Content, _Prepare | None] | None = None
        self._old: list[Content] = []
        self._count, self.export_button = QLabel(""), QPushButton("导出…")
        self._foot = self._filled_foot()
        self._connect()
        self._lay_out()
        self._say_count()

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.bar)
        layout.addWidget(self.view, 1)
        layout.addWidget(self._foot)

    def _connect(self) -> None:
        self.bar.searched.connect(self.search_for)
        self.bar.picked.connect(self._pick)
        self.bar.grouped.connect(self._group)
        self.view.horizontalHeader().sectionClicked.connect(self.sort)
        self.view.selectionModel().selectionChanged.connect(lambda *_: self.chosen.emit(self.chosen_rows(_MOST_TOLD)))
        self.view.activated.connect(self._open)
        self.export_button.clicked.connect(lambda _checked: self._choose_export())

    def _filled_foot(self) -> QWidget:
        """How many rows are shown, and the button that exports them."""
        self._count.setObjectName("quiet")
        self.export_button.setObjectName("small")
        self.export_button.setAccessibleName(f"导出{self._name}")
        foot = QWidget()
        row = QHBoxLayout(foot)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._count, 1)
        row.addWidget(self.export_button)
        return foot

    def wait(self) -> None:
        """Rows have been asked for: an empty table says that they are on their way."""
        self.view.waits = True
        self.view.viewport().update()

    def make_bare(self) -> None:
        """For a short list that needs neither search nor export."""
        for part in (self.bar, self._foot):
            part.hide()

    def load(self, rows: Iterable[Mapping[str, object]], prepare: _Prepare | None = None) -> None:
        """Show other rows; the chosen ones stay chosen where they are still there.

        Args:
            rows: what is to be shown.
            prepare: completes a row before it is shown; called for each.
        """
        self._coming = (Content(list(rows)), prepare)
        self.show_again()

    @property
    def is_working(self) -> bool:
        """What is to be shown is still being worked out."""
        return self._showing.running

    def show_again(self) -> None:
        """Show rows by what is searched, chosen, sorted and grouped now: few of them at once, many in turns."""
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
        kept, before = self._kept or self.view.chosen_identities(), self.rows.content
        self._coming, self.view.waits = None, False
        self.model.change(lambda: self.rows.take(made))
        if made.content is not before:
            self._unfilled = list(self.bar.filters)
            self._old.append(before)
            self._freeing.run(self._discarded(), bool)
        self._say_count()
        if made.content.is_numbered or len(made.content.rows) <= AT_ONCE:
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
            self._fill(key, values)
            yield
        yield from self.rows.settling()

    def _fill(self, key: str, values: Sequence[str]) -> None:
        self.bar.fill(key, values, self.rows.chosen.get(key, ""))

    def _restore_kept(self, _: object) -> None:
        """Select again what was selected before many rows came, unless something else has been selected meanwhile."""
        kept, self._kept = self._kept, []
        if kept and not self.view.chosen_places():
            self._restore(kept)

    def _restore(self, kept: Sequence[Hashable]) -> None:
        """Select again what was selected."""
        places = self.rows.places_of(kept)
        if not places and self._choose_first:
            places = [place for place in range(min(2, len(self.rows.shown))) if not self.rows.is_head(place)][:1]
        self.view.choose_places(places)

    def chosen_rows(self, most: int | None = None) -> list[Row]:
        """Rows a person has selected, top to bottom; with ``most`` no more than the first so many."""
        return self.view.chosen_rows(most)

    def use_filters(self, kept: Mapping[str, Any]) -> None:
        """Search, choose and group as it was kept; fields and lists show it."""
        while self._unfilled:
            key = self._unfilled.pop(0)
            self._fill(key, self.rows.values(key))
        self.bar.show_filters(kept)
        self.rows.take_filters(kept)
        self.show_again()

    def search_for(self, words: str) -> None:
        """Show rows that contain every word."""
        self.rows.search = words
        self.show_again()

    def _pick(self, key: str, value: str) -> None:
        self.rows.pick(key, value)
        self.show_again()

    def _group(self, key: str) -> None:
        self.rows.grouped_by = key
        self.show_again()

    def sort(self, section: int) -> None:
        """Sort by a column, the other way round when it is sorted by it already."""
        key = self.rows.columns[section].key
        descending = self.rows.sorted_by == key and not self.rows.descending
        self.view.show_sorting(section, descending=descending)
        self.rows.sorted_by, self.rows.descending = key, descending
        self.show_again()

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
            for some in self.rows.tsv_lines(self.view.chosen_places() or None):
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

    def _open(self, index: QModelIndex) -> None:
        if not self.rows.is_head(index.row()):
            self.opened.emit(self.rows.row(index.row()))

    def _say_count(self) -> None:
        shown, total = self.rows.count, len(self.rows.rows)
        words = f"{shown} 行" if shown == total else f"{shown} 行（共 {total} 行）"
        self._count.setText(words if total else "")
        self.export_button.setVisible(bool(total))
