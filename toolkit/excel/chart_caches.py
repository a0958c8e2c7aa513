"""What the charts of a workbook show until a program draws them anew: their own copies of the cells' values."""

from collections.abc import Iterator
from typing import NamedTuple

from toolkit.excel.addresses import parse_area
from toolkit.excel.parts import MASTER_LIMITS, WorkbookParts
from toolkit.ooxml.parse import Element, children, full_text, iterate_xml, local_name

_LONGEST = 10_000  # rows a chart may refer to; a whole column is a million


class ChartPoint(NamedTuple):
    """One copied value: text as it stands in the chart, and the cell it was copied from."""

    sheet: str
    row: int
    column: int
    text: str
    is_number: bool


def chart_points(data: bytes) -> Iterator[ChartPoint]:
    """Every copied value of every chart; references that are no plain area are left out.

    Raises:
        UnreadableFileError: not a workbook, or damaged.
    """
    parts = WorkbookParts(data, MASTER_LIMITS)
    for name, content in parts.contents.items():
        if "/charts/" in f"/{name}":
            for element in iterate_xml(name, content, "numRef", "strRef"):
                yield from _points(element, is_number=local_name(element) == "numRef")


def _points(reference: Element, *, is_number: bool) -> Iterator[ChartPoint]:
    sheet, _, area = "".join(map(full_text, children(reference, "f"))).rpartition("!")
    try:
        row, column, last_row, last_column = parse_area(area)
    except ValueError:
        return
    name = sheet[1:-1].replace("''", "'") if sheet.startswith("'") else sheet
    cells = [(r, c) for r in range(row, min(last_row, row + _LONGEST) + 1) for c in range(column, last_column + 1)]
    for cache in reference:
        for point in children(cache, "pt"):
            index = int(point.get("idx") or 0)
            if index < len(cells):
                yield ChartPoint(name, *cells[index], "".join(map(full_text, children(point, "v"))), is_number)
