"""Where printed pages end, so that no indicator is cut in two and its dimension is named again on the next page."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from toolkit.excel.template_plan import TemplateSheet
from toolkit.generate.placed import Placed

_POINTS_A_CHARACTER = 5.25  # 7 pixels of the standard font at 96 dpi
_POINTS_A_COLUMN = 3.75
_SAFETY = 0.95  # printers and WPS break a little earlier than Excel


def page_breaks(sheet: TemplateSheet, heights: Mapping[int, float], placed: Sequence[Placed]) -> tuple[int, ...]:
    """The rows after which a new page starts; none for a sheet whose rows stand by themselves.

    Only cells a person answers, and what belongs to them, hold rows together: the text of a higher level may be cut.
    """
    tied = {
        row for one in placed if one.rows > 1 and not one.divisible for row in range(one.row, one.row + one.rows - 1)
    }
    if not any(one.rows > 1 for one in placed):
        return ()
    room = _page_height(sheet) - sum(heights.get(row, 0.0) for row in range(1, sheet.title_rows + 1))
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
    width = sum(one * _POINTS_A_CHARACTER + _POINTS_A_COLUMN for one in sheet.column_widths)
    page_width, page_height = sheet.page
    return page_height * max(1.0, width / page_width) * _SAFETY


def split_at_breaks(placed: Sequence[Placed], breaks: Sequence[int]) -> list[Placed]:
    """Cells that reach over the end of a page cut there, their text repeated."""
    result = []
    for one in placed:
        inside = [row for row in breaks if one.row <= row < one.row + one.rows - 1]
        starts = [one.row, *(row + 1 for row in inside)]
        ends = [*inside, one.row + one.rows - 1]
        result += [replace(one, row=start, rows=end - start + 1) for start, end in zip(starts, ends, strict=True)]
    return result
