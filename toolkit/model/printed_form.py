"""An official form as it is printed: tables on one grid of columns, cells that span several."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from toolkit.model.figure import Figure

Words: TypeAlias = tuple[str | Figure, ...]
"""What a cell says: words and figures in order; () is blank."""


class FormLook(StrEnum):
    """What a cell is: words of the form itself, something short, something long."""

    LABEL = "label"
    SHORT = "short"
    LONG = "long"


@dataclass(frozen=True, slots=True)
class FormCell:
    """One cell; ``across`` columns wide, ``down`` rows high."""

    words: Words = ()
    look: FormLook = FormLook.SHORT
    across: int = 1
    down: int = 1

    @property
    def text(self) -> str:
        """Everything it says."""
        return "".join(map(str, self.words))


@dataclass(frozen=True, slots=True)
class FormTable:
    """One table of a form.

    Attributes:
        name: of its sheet in a workbook.
        widths: of the grid's columns. Units: characters of the default font.
        rows: cells from left to right; columns that a cell from above still covers are left out.
        heading: first and last row (from 0) repeated on every page, where there are such.
    """

    name: str
    widths: tuple[float, ...]
    rows: tuple[tuple[FormCell, ...], ...]
    heading: tuple[int, int] | None = None

    def placed(self) -> Iterator[tuple[int, int, FormCell]]:
        """Row and column (from 0) of every cell.

        Raises:
            ValueError: a row does not fill the grid exactly.
        """
        covered: dict[int, int] = {}  # column → rows still covered by a cell above
        for number, row in enumerate(self.rows):
            column = 0
            for cell in row:
                while covered.get(column, 0):
                    column += 1
                yield number, column, cell
                for over in range(column, column + cell.across):
                    if over >= len(self.widths) or covered.get(over, 0):
                        raise ValueError(f"{self.name}: row {number} does not fit the grid at column {over}")
                    covered[over] = cell.down
                column += cell.across
            if any(not covered.get(over, 0) for over in range(len(self.widths))):
                raise ValueError(f"{self.name}: row {number} leaves columns open")
            covered = {over: left - 1 for over, left in covered.items()}


@dataclass(frozen=True, slots=True)
class PrintedForm:
    """A whole form; ``lines`` stand between title and tables, ``notes`` below the tables."""

    title: str
    tables: tuple[FormTable, ...]
    lines: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
