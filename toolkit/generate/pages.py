"""Where printed pages end, so that no indicator is cut in two and its dimension is named again on the next page."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from toolkit.excel.template_plan import TemplateSheet
from toolkit.generate.placed import Placed

_POINTS_A_PIXEL = 0.75
_COLUMN_PADDING = 5  # pixels
_TABLE_HEAD = 4  # rows of a table that make no sense at the foot of a page without the next: title, headings, example
_SAFETY = 0.95  # printers and WPS break a little earlier than Excel


def page_breaks(
    sheet: TemplateSheet,
    heights: Mapping[int, float],
    placed: Sequence[Placed],
    blocks: Sequence[tuple[int, int]] = (),
) -> tuple[int, ...]:
    """The rows after which a new page starts; none for a sheet whose rows stand by themselves.

    Cells a person answers, and what belongs to them, hold rows together; the text of a higher level may be cut.

    Args:
        sheet: the template's page and column widths.
        heights: points, by output row.
        placed: all cells.
        blocks: first and last row of tables that stay whole where a page can hold them, otherwise their beginning.
    """
    room = _page_height(sheet) - sum(heights.get(row, 0.0) for row in range(1, sheet.title_rows + 1))
    tied = {row for first, last in _held(placed) for row in range(first, last)}
    for first, last in blocks:
        fits = sum(heights.get(row, 0.0) for row in range(first, last + 1)) <= room
        tied |= set(range(first, last if fits else first + _TABLE_HEAD))
    return _filled_pages(sheet, heights, tied, room) if tied or any(cell.rows > 1 for cell in placed) else ()


def _held(placed: Sequence[Placed]) -> Iterator[tuple[int, int]]:
    return ((cell.row, cell.row + cell.rows - 1) for cell in placed if not cell.divisible)


def _filled_pages(sheet: TemplateSheet, heights: Mapping[int, float], tied: set[int], room: float) -> tuple[int, ...]:
    breaks: list[int] = []
    filled, last_chance = 0.0, 0
    for row in sorted(heights):
        if row <= sheet.title_rows:
            continue
        filled += heights[row]
        if filled > room and last_chance:
            breaks.append(last_chance)
            filled = sum(heights[later] for later in range(last_chance + 1, row + 1))
            last_chance = 0
        if row not in tied:
            last_chance = row
    return tuple(breaks)


def _page_height(sheet: TemplateSheet) -> float:
    """Points of sheet that fit on a page once it is scaled to one page's width."""
    width = sum(width * sheet.digit + _COLUMN_PADDING for width in sheet.column_widths) * _POINTS_A_PIXEL
    page_width, page_height = sheet.page
    return page_height * max(1.0, width / page_width) * _SAFETY


def split_at_breaks(placed: Sequence[Placed], breaks: Sequence[int]) -> list[Placed]:
    """Cells that reach over the end of a page cut there, their text repeated."""
    result = []
    for cell in placed:
        inside = [row for row in breaks if cell.row <= row < cell.row + cell.rows - 1]
        starts = [cell.row, *(row + 1 for row in inside)]
        ends = [*inside, cell.row + cell.rows - 1]
        result += [replace(cell, row=start, rows=end - start + 1) for start, end in zip(starts, ends, strict=True)]
    return result
