"""Cells merged as openpyxl merges them, the outline of a merge worked out once for all merges that look the same.

openpyxl adds borders cell by cell and looks each sum up among all borders of the workbook. How a sum is numbered there
depends only on the numbers of what is added, so it is kept by them.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_SIDES = ("top", "left", "right", "bottom")


def merge_cells(sheet: "Worksheet", areas: Iterable[tuple[int, int, int, int]]) -> None:
    """Merge areas, given as first row, first column, last row and last column; as ``Worksheet.merge_cells`` does."""
    from openpyxl.worksheet.cell_range import CellRange

    known: dict[tuple[int, str, int], int] = {}
    for row1, column1, row2, column2 in areas:
        area = CellRange(min_row=row1, min_col=column1, max_row=row2, max_col=column2)
        _merge(sheet, area, known)


def _merge(sheet: Any, area: Any, known: dict[tuple[int, str, int], int]) -> None:  # noqa: ANN401 - openpyxl's own
    from openpyxl.cell.cell import MergedCell

    cells = sheet._cells  # noqa: SLF001 - looking a cell up adds it
    first = sheet.cell(area.min_row, area.min_col)
    last = cells.get((area.max_row, area.max_col))
    if last is not None:
        _outline(first, ("right", "bottom"), last, known)
    sheet.merged_cells.add(area)
    inside = list(area.cells)[1:]
    for row, column in inside:
        cells[row, column] = MergedCell(sheet, row, column)
    border = first.border
    drawn = [side for side in _SIDES if (line := getattr(border, side)) is None or line.style is not None]
    for side in drawn:
        for place in getattr(area, side):
            _outline(cells[place], (side,), first, known)
    for place in inside:
        _style_of(cells[place]).protectionId = _style_of(first).protectionId


def _outline(cell: Any, sides: tuple[str, ...], like: Any, known: dict[tuple[int, str, int], int]) -> None:  # noqa: ANN401
    """Add some sides of another cell's border to a cell's."""
    from openpyxl.styles import Border

    key = (_style_of(cell).borderId, " ".join(sides), _style_of(like).borderId)
    if key in known:
        _style_of(cell).borderId = known[key]
    else:
        cell.border += Border(**{side: getattr(like.border, side) for side in sides})
        known[key] = _style_of(cell).borderId


def _style_of(cell: Any) -> Any:  # noqa: ANN401
    """The numbers of a cell's font, border and so on; a cell may begin without."""
    from openpyxl.styles.cell_style import StyleArray

    if cell._style is None:  # noqa: SLF001
        cell._style = StyleArray()  # noqa: SLF001
    return cell._style  # noqa: SLF001
