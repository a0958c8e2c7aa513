"""What the words of a table's row say of it: what it is called, whether it stands for all others."""

from collections.abc import Sequence

from toolkit.proof.document import Cell, Table
from toolkit.proof.once import once
from toolkit.text.patterns import Pattern

_OTHERS = Pattern(r"其[余他][0-9,，]+(?:[个项家所户类]|[\u4e00-\u9fff]{2})")
_LAST_ROWS = 3
"""That of the others may have a sum and a count below it."""


def first_words(row: Sequence[Cell]) -> str:
    """The first cell that holds anything, as labels are compared; "" for a blank row."""
    return next((cell.label for cell in row if cell.label), "")


def row_name(row: Sequence[Cell]) -> str:
    """The first cell that holds words and no number, as labels are compared; "" for none."""
    return next((cell.label for cell in row if cell.label and not cell.is_numeric), "")


def is_of_others(text: str) -> bool:
    """Whether a row is about all that have no row of their own."""
    return _OTHERS.match(text.strip()) is not None


@once
def is_shortened(table: Table) -> bool:
    """Whether a table's last rows say that there are others which have no row: 其余4500个项目，见汇总总表."""
    return any(is_of_others(cell.text) for row in table.rows[-_LAST_ROWS:] for cell in row)
