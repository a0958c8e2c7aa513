"""Every cell of the workbook as generated that is no slot: its place, content and squeezed content.

Worked out once for all files of a batch.
"""

from collections import Counter
from collections.abc import Container, Iterator
from dataclasses import dataclass

from toolkit.collect.anchors import address
from toolkit.model import Layout, TableArea
from toolkit.text.folding import squeeze

EXAMPLE = "示例"
"""Stands in front of the row of a table that shows how to fill it in, as the templates write it."""


@dataclass(frozen=True, slots=True)
class FixedText:
    """One cell as generated.

    Attributes:
        count: how many cells of its sheet hold the same.
        example: the table whose row of examples the cell belongs to, "" for none.
    """

    row: int
    column: int
    content: str
    squeezed: str
    count: int
    example: str = ""


@dataclass(frozen=True, slots=True)
class FixedTexts:
    """All of them by sheet, in order of place."""

    by_sheet: dict[str, tuple[FixedText, ...]]


def fixed_texts(layout: Layout, passing: Container[tuple[str, str]] = ()) -> FixedTexts:
    """The fixed cells of a layout; those without content and the numbers of table rows are left out.

    So are the cells of ``passing``, in which forms that were sent out say other words and ask the same.

    Rows of a table are the unit's: it may delete, add and number them.
    """
    tables = list(layout.tables.values())
    examples = dict(_examples(layout))
    contents = [
        (sheet, *address(ref), content, squeeze(content))
        for (sheet, ref), content in layout.fixed.items()
        if content and (sheet, ref) not in passing
    ]
    counts = Counter((sheet, squeezed) for sheet, _, _, _, squeezed in contents)
    by_sheet: dict[str, list[FixedText]] = {}
    for sheet, row, column, content, squeezed in contents:
        if content.isdigit() and any(_is_row_of(table, sheet, row) for table in tables):
            continue
        example = examples.get((sheet, row), "")
        by_sheet.setdefault(sheet, []).append(
            FixedText(row, column, content, squeezed, counts[sheet, squeezed], example)
        )
    return FixedTexts({sheet: tuple(texts) for sheet, texts in by_sheet.items()})


def _is_row_of(table: TableArea, sheet: str, row: int) -> bool:
    return sheet == table.sheet and table.first_row <= row <= table.last_row


def _examples(layout: Layout) -> Iterator[tuple[tuple[str, int], str]]:
    """Sheet and row of every table's row of examples, which is the one above its first row, and the table's name."""
    above = {(table.sheet, table.first_row - 1): name for name, table in layout.tables.items()}
    for (sheet, ref), content in layout.fixed.items():
        place = sheet, address(ref)[0]
        if place in above and squeeze(content) == EXAMPLE:
            yield place, above[place]
