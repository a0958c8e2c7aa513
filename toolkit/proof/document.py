"""A report as the rules see it, whatever kind of file it came in: paragraphs, headings, tables, and their places."""

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

from toolkit.proof.searching import Searched
from toolkit.text.folding import half_width, squeeze
from toolkit.text.patterns import Pattern

_NUMERIC = Pattern(r"[-+]?[¥￥]?[\d,，.]*\d[\d,，.]*\s*(?:%|％|分|个|项|[亿万千百]*元)?")
_SERIALS = ("序号", "编号")
_squeezed = lru_cache(20_000)(squeeze)


@lru_cache(20_000)
def _is_numeric(text: str) -> bool:
    return _NUMERIC.fullmatch(text.strip()) is not None


class Place(NamedTuple):
    """Where something stands; a tuple, since places are compared and looked up all the time.

    Attributes:
        block: number of the paragraph or table among all of them, from 1.
        paragraph: number among the paragraphs outside tables, from 1; 0 in a table.
        table, row, column: from 1; 0 outside tables.
        page: of a PDF, from 1.
        sheet: of a workbook.
        note: 脚注2 or 尾注1 of the last paragraph counted, "" for what stands in the text itself.
    """

    block: int
    paragraph: int = 0
    table: int = 0
    row: int = 0
    column: int = 0
    page: int = 0
    sheet: str = ""
    note: str = ""

    def __str__(self) -> str:
        before = f"第{self.page}页 " if self.page else ""
        if self.sheet:
            return f"{self.sheet} 第{self.row}行第{self.column}列"
        if self.table:
            return f"{before}表格{self.table}第{self.row}行第{self.column}列"
        return f"{before}第{self.paragraph}段{self.note}"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph outside tables; ``level`` is 1 for the highest heading, 0 for text."""

    place: Place
    text: str
    level: int = 0


@dataclass(frozen=True)
class Cell:
    """A cell of a table; one that is covered by the cell left of it or above is ``merged`` and holds no text."""

    place: Place
    text: str
    merged: bool = False

    @cached_property
    def label(self) -> str:
        """Its text as labels are compared."""
        return _squeezed(self.text)

    @cached_property
    def is_numeric(self) -> bool:
        """Whether it holds a number and at most its unit."""
        return _is_numeric(self.text)


@dataclass(frozen=True)
class Table:
    """A table: all rows have the same number of cells.

    Attributes:
        number: among the tables of the document, from 1.
        caption: the paragraph before it that names it.
        unit: of all numbers that carry none, as the line above or the caption says; "" for none.
        heads: how many rows are heading rows, where that is known; else it is seen from the rows.
    """

    place: Place
    number: int
    rows: tuple[tuple[Cell, ...], ...]
    caption: str = ""
    unit: str = ""
    heads: int | None = None

    @cached_property
    def memory(self) -> dict[Hashable, Any]:
        """What several rules work out from it (:mod:`toolkit.proof.once`)."""
        return {}

    @cached_property
    def width(self) -> int:
        """How many columns it has."""
        return len(self.rows[0]) if self.rows else 0

    @cached_property
    def head(self) -> int:
        """How many rows are heading rows: those before the first with a number in a cell of its own, at least 1."""
        if self.heads is not None:
            return self.heads
        for index, row in enumerate(self.rows):
            if index and (any(cell.is_numeric for cell in row[1:]) or self._is_first(row)):
                return index
        return min(1, len(self.rows))

    def _is_first(self, row: tuple[Cell, ...]) -> bool:
        """Whether a row is number 1 below 序号: what is told of it may be no number."""
        return self.rows[0][0].label in _SERIALS and row[0].text.strip() == "1"

    @cached_property
    def headings(self) -> tuple[str, ...]:
        """The words above each column, those of several heading rows joined."""
        return tuple(_heading(self, column) for column in range(self.width))

    def column(self, number: int) -> tuple[Cell, ...]:
        """The cells below the heading of a column, counted from 0."""
        return tuple(row[number] for row in self.rows[self.head :])


@dataclass(frozen=True, slots=True)
class Printed:
    """A number of a report of ours that a bookmark ties to its cell of the master workbook: ``汇总!G5``.

    Attributes:
        start, end: where it stands in the text of its place.
    """

    place: Place
    start: int
    end: int
    at: str


@dataclass(frozen=True, slots=True)
class Changed:
    """The one number of a report of ours that was changed since: its cell, what it says, what it said."""

    at: str
    text: str
    written: str


@dataclass(frozen=True, slots=True)
class Origin:
    """What a report of ours tells of its making; empty for anybody else's.

    Attributes:
        figures: the numbers with a cell.
        intact: whether all of them are as they were written.
        generated: block and row (0 for a paragraph) of text that is as it was written.
        altered: block and row of text of which only digits have changed since.
        changed: the figure that is proven to be the only one that has changed.
    """

    figures: tuple[Printed, ...] = ()
    intact: bool = False
    generated: frozenset[tuple[int, int]] = frozenset()
    altered: frozenset[tuple[int, int]] = frozenset()
    changed: Changed | None = None


@dataclass(frozen=True)
class Document:
    """A report.

    Attributes:
        name: of the file.
        kind: ``docx``, ``pdf``, ``xlsx`` or ``txt``.
        notes: what could not be read, in Chinese.
        origin: of a report of ours, what ties it to the master workbook.
    """

    name: str
    kind: str
    blocks: tuple[Paragraph | Table, ...]
    notes: tuple[str, ...] = ()
    origin: Origin = Origin()

    @cached_property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """The paragraphs outside tables."""
        return tuple(block for block in self.blocks if isinstance(block, Paragraph))

    @cached_property
    def headings(self) -> tuple[Paragraph, ...]:
        """The paragraphs that are headings."""
        return tuple(block for block in self.paragraphs if block.level)

    @cached_property
    def tables(self) -> tuple[Table, ...]:
        """The tables."""
        return tuple(block for block in self.blocks if isinstance(block, Table))

    def texts(self, least: int = 0) -> tuple[tuple[Place, str], ...]:
        """Every paragraph and cell with text, in order; of at least so many characters.

        Most texts are cells with a number: a rule that looks for a sentence says how long the shortest one is.
        """
        if least not in self._texts:
            self._texts[least] = tuple(item for item in self._texts[0] if len(item[1]) >= least)
        return self._texts[least]

    def texts_with(self, *patterns: Pattern, least: int = 0) -> Sequence[tuple[Place, str]]:
        """Those of :meth:`texts` in which one of some patterns may be found: the others lack a word that each needs."""
        return self._of_length(self._searched.fitting(*patterns), least)

    def half_width_with(self, *patterns: Pattern, least: int = 0) -> Sequence[tuple[Place, str]]:
        """Those of :meth:`texts` in which, with marks and digits of half width, a pattern may be found."""
        return self._of_length(self._searched_at_half_width.fitting(*patterns), least)

    def _of_length(self, found: Sequence[tuple[Place, str]], least: int) -> Sequence[tuple[Place, str]]:
        """Those of at least so many characters; one search through all texts serves every length."""
        if found is self.texts():
            return self.texts(least)
        return [item for item in found if len(item[1]) >= least]

    @cached_property
    def _searched(self) -> Searched[tuple[Place, str]]:
        return Searched(self.texts(), [text for _, text in self.texts()])

    @cached_property
    def _searched_at_half_width(self) -> Searched[tuple[Place, str]]:
        return Searched(self.texts(), [half_width(text) for _, text in self.texts()])

    @cached_property
    def _texts(self) -> dict[int, tuple[tuple[Place, str], ...]]:
        every = tuple(
            (item.place, item.text)
            for block in self.blocks
            for item in ([block] if isinstance(block, Paragraph) else _cells(block))
        )
        return {0: every}

    @cached_property
    def memory(self) -> dict[Hashable, Any]:
        """What several readers of the document work out from it (:mod:`toolkit.proof.once`)."""
        return {}


def _cells(table: Table) -> Iterator[Cell]:
    return (cell for row in table.rows for cell in row if cell.text)


def _heading(table: Table, column: int) -> str:
    words: list[str] = []
    for index, row in enumerate(table.rows[: table.head]):
        cell = row[column]
        if cell.merged:
            if table.head == 1:
                continue
            cell = _covering(table, index, column)
        if cell.label and cell.label not in words:
            words.append(cell.label)
    return "".join(words)


def _covering(table: Table, row: int, column: int) -> Cell:
    """The cell that covers a merged one: to the left, or above where a heading of the column stands.

    A heading below another is never wider than that one.
    """
    while table.rows[row][column].merged:
        if row and (column == 0 or not _covered_from_left(table, row - 1, column)):
            row -= 1
        elif column:
            column -= 1
        else:
            break
    return table.rows[row][column]


def _covered_from_left(table: Table, row: int, column: int) -> bool:
    """Whether what stands at a place, or above it, begins in a column to the left."""
    while table.rows[row][column].merged:
        if not row:
            return True
        row -= 1
    return False
