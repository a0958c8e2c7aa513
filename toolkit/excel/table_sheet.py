"""Workbooks of plain tables for people to edit: title, frozen header, wrapped text, drop-downs.

Text never becomes a formula.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from io import BytesIO
from typing import Any

from toolkit.excel.addresses import column_letters
from toolkit.excel.cell_xml import STARTS_A_FORMULA, visible_text
from toolkit.excel.long_rows import ASIDE, LONG, LongRows, Shown, height_of, with_long_rows
from toolkit.ooxml.fixed_day import FIXED_DAY
from toolkit.text import plain

_FONT = "微软雅黑"
_INK, _PAPER, _LINE = "#1F3864", "#D9E2F3", "#8EA9DB"
_PLAIN_NUMBER = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?", re.ASCII)
_MOST_DIGITS = 15
_SHORT = 13
"""Columns up to this width hold codes and words; they are centred."""
_BROADEST = 2.1
"""Units of a column's width a Chinese character takes."""
_SMALL = 10 / 9
"""How much more of the smaller letters of a hint a width holds."""
_SPARE_ROWS = 300
"""Rows below the last one in which drop-downs still work."""
_LIST_SHEET = "_选项"
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
        strict: nothing but a choice may be typed; otherwise the list only helps.
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
    strict: bool = True


@dataclass(frozen=True, slots=True)
class CellRule:
    """What one cell may hold, where it differs from row to row: choices, or a number between two bounds."""

    choices: tuple[str, ...] = ()
    least: Decimal | None = None
    most: Decimal | None = None


@dataclass(frozen=True, slots=True)
class TableSheet:
    """One sheet: a title line, one line how to fill it in, the headings, the rows.

    Attributes:
        rules: by row and column of the rows, counted from 0.
        filtered: the headings carry buttons to filter by.
        typed: headings under which people type, every other cell being locked; None: nothing is locked.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[str]]
    hint: str = ""
    total_row: bool = False
    rules: Mapping[tuple[int, int], CellRule] = field(default_factory=dict)
    filtered: bool = False
    typed: frozenset[str] | None = None


def table_workbook(sheets: Sequence[TableSheet]) -> bytes:
    """Write the sheets as an xlsx file; the same input gives the same bytes."""
    import xlsxwriter

    buffer = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(buffer, options) as workbook:
        workbook.set_properties({"created": FIXED_DAY})
        formats = {name: workbook.add_format(look) for name, look in _LOOKS.items()}
        formats |= {f"{_OPEN}{name}": workbook.add_format({**look, "locked": False}) for name, look in _LOOKS.items()}
        lists = _Lists(workbook)
        for sheet in sheets:
            _write_sheet(workbook.add_worksheet(sheet.name), sheet, formats, lists)
        lists.write()
    long = {place: _long_rows(sheet) for place, sheet in enumerate(sheets, 1) if len(sheet.rows) >= LONG}
    return with_long_rows(buffer.getvalue(), tuple(formats), long) if long else buffer.getvalue()


class _Lists:
    """Drop-downs too long to be written into a validation, each once on a hidden sheet."""

    def __init__(self, workbook: Any) -> None:  # noqa: ANN401
        self._workbook = workbook
        self._columns: dict[tuple[str, ...], int] = {}

    def source(self, choices: tuple[str, ...]) -> list[str] | str:
        """What a validation names: the choices themselves, or where they stand."""
        if len(",".join(choices)) <= _LONGEST_LIST and not any("," in choice for choice in choices):
            return list(choices)
        letters = column_letters(self._columns.setdefault(choices, len(self._columns)) + 1)
        return f"='{_LIST_SHEET}'!${letters}$1:${letters}${len(choices)}"

    def write(self) -> None:
        """Put the lists on their sheet, once all are known."""
        if self._columns:
            sheet = self._workbook.add_worksheet(_LIST_SHEET)
            for choices, column in self._columns.items():
                for row, choice in enumerate(choices):
                    sheet.write_string(row, column, visible_text(choice))
            sheet.hide()


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
    "long hint": {"font_name": _FONT, "font_size": 9, "font_color": "#595959", "valign": "vcenter", "text_wrap": True},
    "header": {**_TEXT, "bold": True, "bg_color": _PAPER, "font_color": _INK, "align": "center"},
    "required": {**_TEXT, "bold": True, "bg_color": _INK, "font_color": "#FFFFFF", "align": "center"},
    "text": {**_TEXT, "indent": 1},
    "short": {**_TEXT, "align": "center"},
    "formula": {**_TEXT, "indent": 1, "quote_prefix": True},
    "number": {**_TEXT, "align": "center"},
    "total": {**_TEXT, "bold": True, "bg_color": _PAPER},
    "total_number": {**_TEXT, "bold": True, "bg_color": _PAPER, "align": "center"},
}


_OPEN = "open "
"""Looks of cells that stay open where a sheet is locked."""


def _write_sheet(worksheet: Any, sheet: TableSheet, formats: Mapping[str, Any], lists: _Lists) -> None:  # noqa: ANN401
    worksheet.set_row(0, 30)
    worksheet.set_row(2, 24)
    worksheet.write_string(0, 0, sheet.title, formats["title"])
    _write_hint(worksheet, sheet, formats)
    for number, column in enumerate(sheet.columns):
        worksheet.set_column(number, number, column.width)
        worksheet.write_string(2, number, column.heading, formats["required" if column.required else "header"])
        _validate(worksheet, number, column, len(sheet.rows), lists)
    if len(sheet.rows) >= LONG:
        for number, form in enumerate(formats.values(), ASIDE):
            worksheet.write_blank(0, number, None, form)
    else:
        for offset, row in enumerate(sheet.rows):
            _write_row(worksheet, 3 + offset, row, sheet, formats, is_last=offset == len(sheet.rows) - 1)
    for (offset, number), rule in sheet.rules.items():
        worksheet.data_validation(3 + offset, number, 3 + offset, number, _validation(rule, lists))
    if sheet.filtered and sheet.rows:
        worksheet.autofilter(2, 0, 2 + len(sheet.rows), len(sheet.columns) - 1)
    worksheet.freeze_panes(3, 0)
    worksheet.set_landscape()
    worksheet.set_paper(_A3 if sum(column.width for column in sheet.columns) > _WIDE else _A4)
    worksheet.fit_to_pages(1, 0)
    worksheet.repeat_rows(2)
    worksheet.set_footer("&C第 &P 页 共 &N 页")
    worksheet.hide_gridlines(2)
    if sheet.typed is not None:
        worksheet.protect("", {"format_columns": True, "format_rows": True, "autofilter": True})


def _write_hint(worksheet: Any, sheet: TableSheet, formats: Mapping[str, Any]) -> None:  # noqa: ANN401
    """The second row; what is longer than the table is broad takes several lines of it, or print would cut it off."""
    lines = lines_needed(sheet.hint, sum(column.width for column in sheet.columns) * _SMALL)
    if lines > 1 and len(sheet.columns) > 1:
        worksheet.merge_range(1, 0, 1, len(sheet.columns) - 1, sheet.hint, formats["long hint"])
        worksheet.set_row(1, 14 * lines)
    else:
        worksheet.write_string(1, 0, sheet.hint, formats["hint"])


def _write_row(
    worksheet: Any,  # noqa: ANN401
    number: int,
    row: Sequence[str],
    sheet: TableSheet,
    formats: Mapping[str, Any],
    *,
    is_last: bool,
) -> None:
    lines = 1
    for index in range(len(sheet.columns)):
        shown = _shown(sheet, index, row[index] if index < len(row) else "", is_last=is_last)
        form = formats[shown.look]
        if shown.number:
            worksheet.write_number(number, index, float(shown.text), form)
        elif shown.text:
            worksheet.write_string(number, index, shown.text, form)
        else:
            worksheet.write_blank(number, index, None, form)
        lines = max(lines, shown.lines)
    worksheet.set_row(number, height_of(lines))


def _long_rows(sheet: TableSheet) -> LongRows:
    def shown(index: int, text: str, is_last: bool) -> Shown:
        return _shown(sheet, index, text, is_last=is_last)

    return LongRows(4, len(sheet.columns), sheet.rows, shown)


def _shown(sheet: TableSheet, index: int, written: str, *, is_last: bool) -> Shown:
    """What a cell shows: in numeric columns a number, anywhere else the text as it is."""
    column, total = sheet.columns[index], is_last and sheet.total_row
    way = _OPEN if column.heading in (sheet.typed or ()) else ""
    text = visible_text(written)
    lines = lines_needed(text, column.width)
    if column.numeric and _is_number(text):
        return Shown(text, way + ("total_number" if total else "number"), number=True, lines=lines)
    look = "text"
    if text:
        look = "formula" if text.startswith(STARTS_A_FORMULA) else ("short" if column.width <= _SHORT else "text")
    return Shown(text, way + ("total" if total else look), number=False, lines=lines)


def lines_needed(text: str, width: float) -> int:
    """Lines a text takes in a column when wrapped; a Chinese character takes two of the width's characters."""
    room = max(2.0, width - 2.5)
    if len(text) * _BROADEST <= room and "\n" not in text:
        return 1  # most cells by far
    return sum(max(1, -int(-_breadth(line) // room)) for line in text.split("\n"))


def _breadth(line: str) -> float:
    if line.isascii():
        return len(line) * 1.1
    return sum(_BROADEST if ord(char) > 0x2E7F else 1.1 for char in line)


def _validation(rule: CellRule, lists: _Lists) -> dict[str, Any]:
    if rule.choices:
        return _list_rule(rule.choices, lists)
    least, most = rule.least or Decimal(0), rule.most or Decimal(0)
    between = {"validate": "decimal", "criteria": "between", "minimum": least, "maximum": most}
    words = f"应为{plain(least)}与{plain(most)}之间的数；不适用的填“不适用”。是否保留？"
    return {**between, "error_type": "warning", "error_title": "请核对", "error_message": words}


def _list_rule(choices: tuple[str, ...], lists: _Lists) -> dict[str, Any]:
    shown = "、".join(choices)[:250]
    source = lists.source(choices)
    return {"validate": "list", "source": source, "error_title": "请从列表中选择", "error_message": shown}


def _validate(worksheet: Any, number: int, column: Column, rows: int, lists: _Lists) -> None:  # noqa: ANN401
    if not column.choices and not column.note:
        return
    rule: dict[str, Any] = {"validate": "any"}
    if column.choices:
        rule = _list_rule(column.choices, lists)
        if not column.strict:
            rule |= {"show_error": False}
    if column.note:
        rule |= {"input_title": column.heading[:32], "input_message": column.note[:255]}
    worksheet.data_validation(3, number, 3 + rows + _SPARE_ROWS, number, rule)


def _is_number(text: str) -> bool:
    """Whether a spreadsheet shows the number of a text as it is written: at most 15 digits, no exponent."""
    return len(text) <= _MOST_DIGITS and _PLAIN_NUMBER.fullmatch(text) is not None
