"""Workbooks of plain tables for people to edit: title, frozen header, wrapped text, drop-downs.

Text never becomes a formula.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

from toolkit.excel.cell_xml import STARTS_A_FORMULA, visible_text

_FONT = "微软雅黑"
_INK, _PAPER, _LINE = "#1F3864", "#D9E2F3", "#8EA9DB"
_PLAIN_NUMBER = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?", re.ASCII)
_MOST_DIGITS = 15
_SHORT = 13
"""Columns up to this width hold codes and words; they are centred."""
_SPARE_ROWS = 300
"""Rows below the last one in which drop-downs still work."""
_LONGEST_LIST = 255
"""Excel refuses a list written into the validation itself beyond this length."""
_A3, _A4, _WIDE = 8, 9, 200
"""Columns wider than this in all would be printed too small to read on A4. Units: as :attr:`Column.width`."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Attributes:
        width: Units: characters of the default font; a Chinese character takes two.
        choices: drop-down; () for none.
        note: shown when the cell is selected.
        numeric: numbers are written as numbers (text that is no number stays text).
        required: the heading is marked with another colour.
    """

    heading: str
    width: float = 14
    choices: tuple[str, ...] = ()
    note: str = ""
    numeric: bool = False
    required: bool = False


@dataclass(frozen=True, slots=True)
class TableSheet:
    """One sheet: a title line, one line how to fill it in, the headings, the rows."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[str]]
    hint: str = ""
    total_row: bool = False


def table_workbook(sheets: Sequence[TableSheet]) -> bytes:
    """Write the sheets as an xlsx file; the same input gives the same bytes."""
    import xlsxwriter

    buffer = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(buffer, options) as workbook:
        workbook.set_properties({"created": datetime(1980, 1, 1)})  # noqa: DTZ001  (a fixed mark, no moment)
        formats = {name: workbook.add_format(look) for name, look in _LOOKS.items()}
        for sheet in sheets:
            _write_sheet(workbook.add_worksheet(sheet.name), sheet, formats)
    return buffer.getvalue()


_TEXT = {
    "font_name": _FONT,
    "font_size": 10,
    "text_wrap": True,
    "valign": "vcenter",
    "border": 1,
    "border_color": _LINE,
}
_LOOKS: Mapping[str, dict[str, Any]] = {
    "title": {"font_name": _FONT, "font_size": 16, "bold": True, "font_color": _INK, "valign": "vcenter"},
    "hint": {"font_name": _FONT, "font_size": 9, "font_color": "#595959", "valign": "vcenter"},
    "header": {**_TEXT, "bold": True, "bg_color": _PAPER, "font_color": _INK, "align": "center"},
    "required": {**_TEXT, "bold": True, "bg_color": _INK, "font_color": "#FFFFFF", "align": "center"},
    "text": {**_TEXT, "indent": 1},
    "short": {**_TEXT, "align": "center"},
    "formula": {**_TEXT, "indent": 1, "quote_prefix": True},
    "number": {**_TEXT, "align": "center"},
    "total": {**_TEXT, "bold": True, "bg_color": _PAPER},
    "total_number": {**_TEXT, "bold": True, "bg_color": _PAPER, "align": "center"},
}


def _write_sheet(worksheet: Any, sheet: TableSheet, formats: Mapping[str, Any]) -> None:  # noqa: ANN401
    worksheet.set_row(0, 30)
    worksheet.set_row(2, 24)
    worksheet.write_string(0, 0, sheet.title, formats["title"])
    worksheet.write_string(1, 0, sheet.hint, formats["hint"])
    for number, column in enumerate(sheet.columns):
        worksheet.set_column(number, number, column.width)
        worksheet.write_string(2, number, column.heading, formats["required" if column.required else "header"])
        _validate(worksheet, number, column, len(sheet.rows))
    for offset, row in enumerate(sheet.rows):
        total = sheet.total_row and offset == len(sheet.rows) - 1
        _write_row(worksheet, 3 + offset, row, sheet.columns, formats, total=total)
    worksheet.freeze_panes(3, 0)
    worksheet.set_landscape()
    worksheet.set_paper(_A3 if sum(column.width for column in sheet.columns) > _WIDE else _A4)
    worksheet.fit_to_pages(1, 0)
    worksheet.repeat_rows(2)
    worksheet.set_footer("&C第 &P 页 共 &N 页")
    worksheet.hide_gridlines(2)


def _write_row(
    worksheet: Any,  # noqa: ANN401
    number: int,
    row: Sequence[str],
    columns: Sequence[Column],
    formats: Mapping[str, Any],
    *,
    total: bool,
) -> None:
    lines = 1
    for index, column in enumerate(columns):
        text = visible_text(row[index]) if index < len(row) else ""
        value = _number(text) if column.numeric else None
        if value is not None:
            worksheet.write_number(number, index, value, formats["total_number" if total else "number"])
        elif text:
            look = "formula" if text.startswith(STARTS_A_FORMULA) else ("short" if column.width <= _SHORT else "text")
            worksheet.write_string(number, index, text, formats["total" if total else look])
        else:
            worksheet.write_blank(number, index, None, formats["total" if total else "text"])
        lines = max(lines, lines_needed(text, column.width))
    worksheet.set_row(number, min(400, 6 + 15 * lines))


def lines_needed(text: str, width: float) -> int:
    """Lines a text takes in a column when wrapped; a Chinese character takes two of the width's characters."""
    room = max(2.0, width - 2.5)
    return sum(max(1, -int(-_breadth(line) // room)) for line in text.split("\n"))


def _breadth(line: str) -> float:
    return sum(2.1 if ord(char) > 0x2E7F else 1.1 for char in line)


def _validate(worksheet: Any, number: int, column: Column, rows: int) -> None:  # noqa: ANN401
    if not column.choices and not column.note:
        return
    rule: dict[str, Any] = {"validate": "any"}
    if column.choices and len(",".join(column.choices)) <= _LONGEST_LIST:
        rule = {
            "validate": "list",
            "source": list(column.choices),
            "error_title": "请从列表中选择",
            "error_message": "、".join(column.choices)[:250],
        }
    if column.note:
        rule |= {"input_title": column.heading[:32], "input_message": column.note[:255]}
    worksheet.data_validation(3, number, 3 + rows + _SPARE_ROWS, number, rule)


def _number(text: str) -> float | None:
    """The number a text stands for where a spreadsheet shows it as written: at most 15 digits, no exponent."""
    if not _PLAIN_NUMBER.fullmatch(text) or len(text) > _MOST_DIGITS:
        return None
    return float(text)
