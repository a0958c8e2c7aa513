"""Where a table stands on a sheet of the master: formulas, figures and verification all ask here for addresses."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from toolkit.excel.addresses import cell_name, column_letters

TITLE_ROW, NOTE_ROW, HEADING_ROW, FIRST_ROW = 1, 2, 3, 4
"""Every sheet: title, one line about its content, headings, data."""


EXACT_PLACES = 10
"""Decimals that a quotient of scores keeps in any program's arithmetic."""


@dataclass(frozen=True, slots=True)
class Region:
    """A table of a sheet: ``headings`` from column A on, data rows from ``first_row`` (at least one, perhaps blank).

    Attributes:
        starts: the numbers, counted from 0, of the rows that stand first on a sheet: a table with more rows than a
            sheet has goes on on further ones (``问题明细2``). Rows are counted on as if it were one sheet.
    """

    sheet: str
    headings: tuple[str, ...]
    rows: int
    first_row: int = FIRST_ROW
    starts: tuple[int, ...] = (0,)
    _columns: dict[str, int] = field(init=False, repr=False, compare=False, default_factory=dict)
    _parts: list["Region"] = field(init=False, repr=False, compare=False, default_factory=list)

    def __post_init__(self) -> None:
        self._columns.update({heading: number for number, heading in enumerate(self.headings, 1)})
        for number, (start, end) in enumerate(pairwise((*self.starts, self.rows)), 1):
            if len(self.starts) > 1:
                self._parts.append(Region(part_name(self.sheet, number), self.headings, end - start, self.first_row))

    @property
    def parts(self) -> Sequence["Region"]:
        """The table on each of its sheets; itself where there is one."""
        return self._parts or (self,)

    def part_at(self, row: int) -> tuple["Region", int]:
        """The part that a row stands on, and its row there."""
        if not self._parts:
            return self, row
        number = bisect_right(self.starts, row - self.first_row) - 1
        return self._parts[number], row - self.starts[number]

    def added(self, formula: Callable[["Region"], str]) -> str:
        """A sum or a count over all parts, from what it is over one."""
        terms = [formula(part) for part in self.parts]
        return terms[0] if len(terms) == 1 else f"({'+'.join(terms)})"

    @property
    def last_row(self) -> int:
        """Last data row."""
        return self.first_row + max(self.rows, 1) - 1

    @property
    def sum_row(self) -> int:
        """The row under the data."""
        return self.last_row + 1

    def counted(self, heading: str, test: str) -> str:
        """How many cells of a column meet a condition, over all parts."""
        return self.added(lambda part: f"COUNTIF({part.area(heading)},{test})")

    def column(self, heading: str) -> int:
        """Number of a column."""
        return self._columns[heading]

    def here(self, heading: str, row: int | str) -> str:
        """A cell for formulas of the same sheet; the column stays when a formula is copied: ``$K4``.

        ``row`` may be :data:`toolkit.excel.new_book.ROW`, for a formula that many rows have alike.
        """
        return f"${column_letters(self.column(heading))}{row}"

    def address(self, heading: str, row: int) -> str:
        """A cell with its sheet: ``汇总!K4``."""
        part, own = self.part_at(row)
        return f"{part.sheet}!{cell_name(own, self.column(heading))}"

    def area(self, heading: str, first: int | None = None, last: int | None = None) -> str:
        """All data cells of a column, with the sheet: ``汇总!$K$4:$K$42``."""
        letters = column_letters(self.column(heading))
        return f"{self.sheet}!${letters}${first or self.first_row}:${letters}${last or self.last_row}"

    def own_area(self, heading: str) -> str:
        """The same for formulas of the same sheet: ``K$4:K$42``."""
        letters = column_letters(self.column(heading))
        return f"{letters}${self.first_row}:{letters}${self.last_row}"

    def block(self, first_row: int, last_row: int) -> str:
        """Whole rows of the table: ``A3:P42``."""
        return f"A{first_row}:{cell_name(last_row, len(self.headings))}"


def group_starts(counts: Iterable[int], room: int) -> tuple[int, ...]:
    """Where the parts of a table begin whose rows stay together in groups of these sizes."""
    starts, reached = [0], 0
    for count in counts:
        if reached > starts[-1] and reached + count - starts[-1] > room:
            starts.append(reached)
        reached += count
    return tuple(starts)


def row_starts(rows: int, room: int) -> tuple[int, ...]:
    """The same of a table whose rows stand each by itself."""
    return tuple(range(0, max(rows, 1), room))


def part_name(sheet: str, number: int) -> str:
    """The sheet on which the n-th part of a table stands, counted from 1."""
    return sheet if number == 1 else f"{sheet}{number}"


def criterion(text: str) -> str:
    """A text as criterion of COUNTIFS and its kin, matching exactly that text whatever it holds, in quotes."""
    exact = f"={_escaped(text)}" if text[:1] in ("<", ">", "=") else _escaped(text)
    return quoted(exact)


def criterion_in(cell: str, text: str) -> str:
    """The same for a text that a cell holds: the cell, which makes a column's formulas alike, unless more match it."""
    return cell if criterion(text) == quoted(text) else criterion(text)


def criterion_within(cell: str, text: str, around: str) -> str:
    """The same, matching every cell that holds the text somewhere between two ``around``."""
    if _escaped(text) == text:
        return f"{quoted(f'*{around}')}&{cell}&{quoted(f'{around}*')}"
    return quoted(f"*{around}{_escaped(text)}{around}*")


def _escaped(text: str) -> str:
    return "".join(f"~{char}" if char in "~*?" else char for char in text)


def rounded(expression: str, places: int) -> str:
    """A quotient rounded as on paper: what endless fractions lose is put back first, so that ties stay ties."""
    return f"ROUND(ROUND({expression},{EXACT_PLACES}),{places})"


def quoted(text: str) -> str:
    """A text literal of a formula."""
    return '"' + text.replace('"', '""') + '"'


def unique_headings(headings: Sequence[str]) -> tuple[str, ...]:
    """Headings made different by trailing spaces nobody sees: a dimension may be called like a fixed column."""
    taken: list[str] = []
    for heading in headings:
        name = heading
        while name in taken:
            name += " "
        taken.append(name)
    return tuple(taken)
