"""Where a table stands on a sheet of the master: formulas, figures and verification all ask here for addresses."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from toolkit.excel.addresses import cell_name, column_letters

TITLE_ROW, NOTE_ROW, HEADING_ROW, FIRST_ROW = 1, 2, 3, 4
"""Every sheet: title, one line about its content, headings, data."""


EXACT_PLACES = 10
"""Decimals that a quotient of scores keeps in any program's arithmetic."""


@dataclass(frozen=True, slots=True)
class Region:
    """A table of a sheet: ``headings`` from column A on, data rows from ``first_row`` (at least one, perhaps blank)."""

    sheet: str
    headings: tuple[str, ...]
    rows: int
    first_row: int = FIRST_ROW
    _columns: dict[str, int] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._columns.update({heading: number for number, heading in enumerate(self.headings, 1)})

    @property
    def last_row(self) -> int:
        """Last data row."""
        return self.first_row + max(self.rows, 1) - 1

    @property
    def sum_row(self) -> int:
        """The row under the data."""
        return self.last_row + 1

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
        return f"{self.sheet}!{cell_name(row, self.column(heading))}"

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


def criterion(text: str) -> str:
    """A text as criterion of COUNTIFS and its kin, matching exactly that text whatever it holds, in quotes."""
    exact = f"={_escaped(text)}" if text[:1] in ("<", ">", "=") else _escaped(text)
    return quoted(exact)


def criterion_within(text: str) -> str:
    """The same, matching every cell that holds the text somewhere."""
    return quoted(f"*{_escaped(text)}*")


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
