"""A workbook template read as plain values, for planning; openpyxl and the toolkit's own reader each see a part."""

from dataclasses import replace
from operator import itemgetter
from typing import TYPE_CHECKING, Any, TypeAlias

from toolkit.errors import TemplateError
from toolkit.excel.loaded import loaded
from toolkit.excel.parts import WorkbookParts
from toolkit.excel.read import read_workbook
from toolkit.excel.template_plan import TemplateCell, TemplateSheet
from toolkit.excel.template_unsupported import unsupported

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

LoadedTemplate: TypeAlias = "Workbook"
"""A template as openpyxl sees it."""

_STANDARD_WIDTH = 8.43
_NARROW_FONTS = ("Calibri", "Times New Roman")
_A4 = (595.0, 842.0)  # points


def read_template(data: bytes, book: "LoadedTemplate | None" = None) -> tuple[TemplateSheet, ...]:
    """The template's sheets in order.

    Args:
        data: the template.
        book: the same as openpyxl sees it, where it was loaded already; it stays as it is.

    Raises:
        TemplateError: the file is no workbook.
    """
    book, parts = book or load_template(data), WorkbookParts(data)
    covered = _covered_texts(data)
    return tuple(
        replace(
            _read_sheet(sheet, _digit(book)),
            covered=covered.get(sheet.title, ()),
            unsupported=unsupported(parts, sheet.title),
        )
        for sheet in book.worksheets
    )


def _covered_texts(data: bytes) -> dict[str, tuple[tuple[int, int], ...]]:
    """Sheet → cells with a tag that lie hidden under a merged cell; openpyxl forgets them while loading."""
    found = {}
    for sheet in read_workbook(data).sheets:
        inside = {
            (row, column)
            for top, left, bottom, right in sheet.merges
            for row in range(top, bottom + 1)
            for column in range(left, right + 1)
            if (row, column) != (top, left)
        }
        texts = {place: cell.value for place, cell in sheet.cells.items() if place in inside}
        found[sheet.name] = tuple(sorted(place for place, text in texts.items() if "{{" in str(text)))
    return found


def load_template(data: bytes) -> "LoadedTemplate":
    """The template as openpyxl sees it.

    Raises:
        TemplateError: the file is no workbook.
    """
    try:
        return loaded(data)
    except Exception as error:  # openpyxl raises anything from KeyError to BadZipFile
        raise TemplateError("采集表模板不是可读取的 .xlsx 工作簿", what_to_do="请用 Excel 重新另存模板") from error


def _digit(book: "Workbook") -> float:
    """Pixels a digit of the standard font is wide: column widths count them."""
    font = book._fonts[0]  # type: ignore[attr-defined]  # noqa: SLF001 - the first font is the standard one
    wide = 0.507 if font.name in _NARROW_FONTS else 0.556
    return float(round(float(font.sz or 11) * 96 / 72 * wide))


def _read_sheet(sheet: "Worksheet", digit: float) -> TemplateSheet:
    spans = {(area.min_row, area.min_col): area for area in sheet.merged_cells.ranges}
    covered = {place for area in spans.values() for place in area.cells} - spans.keys()
    cells = {}
    there: dict[tuple[int, int], Any] = sheet._cells  # noqa: SLF001 - going by rows adds cells
    for place, cell in sorted(there.items(), key=itemgetter(0)):
        if place in covered or not (cell.has_style or cell.value is not None):
            continue
        area = spans.get(place)
        width, height = (area.size["columns"], area.size["rows"]) if area else (1, 1)
        text = "" if cell.value is None else str(cell.value)
        cells[place] = TemplateCell(text, width, height, float(cell.font.sz or 11), _fill_of(cell))
    heights = {number: float(row.height) for number, row in sheet.row_dimensions.items() if row.height}
    titles = int(str(sheet.print_title_rows).rpartition("$")[2]) if sheet.print_title_rows else 0
    widths = _column_widths(sheet)
    return TemplateSheet(sheet.title, cells, heights, widths, sheet.max_row, _page(sheet), titles, digit)


def _page(sheet: "Worksheet") -> tuple[float, float]:
    short, long = _A4
    width, height = (long, short) if sheet.page_setup.orientation == "landscape" else (short, long)
    margins = sheet.page_margins
    return width - (margins.left + margins.right) * 72, height - (margins.top + margins.bottom) * 72


def _fill_of(cell: Any) -> str:  # noqa: ANN401 - openpyxl's cells share no useful type
    color = cell.fill.fgColor.rgb if cell.fill.fill_type == "solid" else None
    return color[-6:] if isinstance(color, str) else ""


def _column_widths(sheet: "Worksheet") -> tuple[float, ...]:
    widths = [_STANDARD_WIDTH] * sheet.max_column
    # One <col> element may stand for several columns; openpyxl keeps it under the first letter only.
    for dimension in sheet.column_dimensions.values():
        first, last = dimension.min or dimension.index, dimension.max or dimension.index
        for index in range(int(first), min(int(last), sheet.max_column) + 1):
            widths[index - 1] = float(dimension.width)
    return tuple(widths)
