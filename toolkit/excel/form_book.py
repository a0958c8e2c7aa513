"""An official form as a workbook to print: the form's grid, text wrapped, rows as high as their text.

Text never becomes a formula. A text that would need a row higher than Excel allows goes on in further rows.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from typing import Any

from toolkit.excel.cell_xml import STARTS_A_FORMULA, visible_text
from toolkit.excel.table_sheet import lines_needed
from toolkit.model.printed_form import FormCell, FormLook, FormTable, PrintedForm
from toolkit.ooxml.fixed_day import FIXED_DAY

_SONG, _HEI = "宋体", "黑体"
_PLAIN_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,14})(?:\.\d{1,6})?", re.ASCII)
_LINE, _AIR, _LEAST, _MOST_LINES = 14.5, 6.0, 22.0, 24
"""Points of a line, above and below it, of the lowest row; lines one row may have before the text is parted."""
_TITLE, _TEXT = 18, 10
_CELL = {"font_name": _SONG, "font_size": _TEXT, "text_wrap": True, "valign": "vcenter", "border": 1}
_LOOKS: dict[FormLook, dict[str, Any]] = {
    FormLook.LABEL: {**_CELL, "font_name": _HEI, "align": "center"},
    FormLook.SHORT: {**_CELL, "align": "center"},
    FormLook.LONG: {**_CELL, "align": "left"},
}


@dataclass(frozen=True, slots=True)
class _Piece:
    """A part of a cell as it stands on the sheet: rows and columns from 0, ``first`` and ``last`` of its text."""

    cell: FormCell
    row: int
    column: int
    down: int
    text: str
    first: bool = True
    last: bool = True


def form_workbook(form: PrintedForm) -> bytes:
    """The workbook, a sheet a table; the same form gives the same bytes."""
    import xlsxwriter

    buffer = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(buffer, options) as workbook:
        workbook.set_properties({"title": visible_text(form.title), "created": FIXED_DAY})
        formats = _Formats(workbook)
        for number, table in enumerate(form.tables):
            lines = form.lines if number == 0 else ()
            notes = form.notes if number == len(form.tables) - 1 else ()
            title = form.title if number == 0 else table.name
            _write_table(workbook.add_worksheet(table.name), table, formats, (title, *lines), notes)
    return buffer.getvalue()


class _Formats:
    """Formats of the workbook, each made once."""

    def __init__(self, workbook: Any) -> None:  # noqa: ANN401  XlsxWriter has no types
        self._workbook = workbook
        self._made: dict[str, Any] = {}

    def of(self, **look: object) -> Any:  # noqa: ANN401
        key = repr(sorted(look.items()))
        if key not in self._made:
            self._made[key] = self._workbook.add_format(look)
        return self._made[key]

    def cell(self, piece: _Piece) -> Any:  # noqa: ANN401
        look = dict(_LOOKS[piece.cell.look])
        look |= {} if piece.first else {"top": 0, "valign": "top"}
        look |= {} if piece.last else {"bottom": 0}
        return self.of(**look, quote_prefix=piece.text.startswith(STARTS_A_FORMULA))


def _write_table(
    sheet: Any,  # noqa: ANN401
    table: FormTable,
    formats: _Formats,
    above: Sequence[str],
    notes: Sequence[str],
) -> None:
    width = len(table.widths) - 1
    for column, size in enumerate(table.widths):
        sheet.set_column(column, column, size)
    for row, text in enumerate(above):
        look = {"font_name": _HEI, "font_size": _TITLE, "align": "center"} if row == 0 else {"font_name": _SONG}
        _put(
            sheet,
            (row, 0, row, width),
            visible_text(text),
            formats.of(**{"valign": "vcenter", "font_size": 11, **look}),
        )
        sheet.set_row(row, 36 if row == 0 else 20)
    heights, pieces = _laid_out(table)
    start = len(above)
    for piece in pieces:
        last = piece.column + piece.cell.across - 1
        area = (start + piece.row, piece.column, start + piece.row + piece.down - 1, last)
        _put(sheet, area, piece.text, formats.cell(piece))
    for row, height in enumerate(heights, start):
        sheet.set_row(row, height)
    _write_notes(sheet, table, formats, start + len(heights), notes)
    _set_up_page(sheet, table, start)


def _write_notes(sheet: Any, table: FormTable, formats: _Formats, row: int, notes: Sequence[str]) -> None:  # noqa: ANN401
    look = formats.of(font_name=_SONG, font_size=9, text_wrap=True, valign="top")
    for number, note in enumerate(notes, row):
        _put(sheet, (number, 0, number, len(table.widths) - 1), visible_text(note), look)
        sheet.set_row(number, _AIR + _LINE * lines_needed(note, sum(table.widths)))


def _set_up_page(sheet: Any, table: FormTable, start: int) -> None:  # noqa: ANN401
    sheet.set_paper(9)
    sheet.set_portrait()
    sheet.fit_to_pages(1, 0)
    sheet.center_horizontally()
    sheet.set_margins(left=0.5, right=0.5, top=0.7, bottom=0.7)
    sheet.set_footer("&C第 &P 页 共 &N 页")
    sheet.hide_gridlines(2)
    if table.heading:
        sheet.repeat_rows(start + table.heading[0], start + table.heading[1])


def _put(sheet: Any, area: tuple[int, int, int, int], text: str, look: Any) -> None:  # noqa: ANN401
    """Write a cell or a merged area: a text that is a plain number as one, every other as text."""
    first_row, first_column, last_row, last_column = area
    if (first_row, first_column) != (last_row, last_column):
        sheet.merge_range(*area, "", look)
    if _PLAIN_NUMBER.fullmatch(text):
        sheet.write_number(first_row, first_column, float(text), look)
    elif text:
        sheet.write_string(first_row, first_column, text, look)
    else:
        sheet.write_blank(first_row, first_column, None, look)


def _laid_out(table: FormTable) -> tuple[list[float], list[_Piece]]:
    """Heights of the sheet's rows, and the cells: a row with a very long text becomes several."""
    placed = list(table.placed())
    parts: dict[tuple[int, int], list[str]] = {}
    counts = [1] * len(table.rows)
    for row, column, cell in placed:
        if cell.down == 1 and cell.look is FormLook.LONG:
            width = sum(table.widths[column : column + cell.across])
            parts[row, column] = list(_parted(visible_text(cell.text), width))
            counts[row] = max(counts[row], len(parts[row, column]))
    starts = [sum(counts[:row]) for row in range(len(counts) + 1)]
    pieces: list[_Piece] = []
    for row, column, cell in placed:
        down = starts[row + cell.down] - starts[row]
        own = parts.get((row, column), [])
        if len(own) > 1:
            pieces += _pieces(replace(cell, down=1), starts[row], column, own, down)
        else:
            pieces.append(_Piece(cell, starts[row], column, down, visible_text(cell.text)))
    return _heights(table, pieces, starts[-1]), pieces


def _pieces(cell: FormCell, row: int, column: int, texts: Sequence[str], down: int) -> Iterator[_Piece]:
    for number, text in enumerate(texts):
        is_last = number == len(texts) - 1
        rows = down - number if is_last else 1
        yield _Piece(cell, row + number, column, rows, text, first=number == 0, last=is_last)


def _heights(table: FormTable, pieces: Sequence[_Piece], rows: int) -> list[float]:
    """A cell over several rows adds to its last row what the others leave it short of."""
    heights = [_LEAST] * rows
    for piece in sorted(pieces, key=lambda each: each.down):
        width = sum(table.widths[piece.column : piece.column + piece.cell.across])
        needed = _AIR + _LINE * lines_needed(piece.text, width)
        covered = range(piece.row, piece.row + piece.down)
        short = needed - sum(heights[row] for row in covered)
        if short > 0:
            heights[covered[-1]] = min(409.0, heights[covered[-1]] + short)
    return heights


def _parted(text: str, width: float) -> Iterator[str]:
    """A text in stretches of at most ``_MOST_LINES`` lines, parted at line ends where there are such."""
    most = int(_MOST_LINES * max(8.0, width - 2.5) / 2.1)
    stretch: list[str] = []
    for line in text.split("\n"):
        for piece in [line[start : start + most] for start in range(0, len(line), most)] or [""]:
            if stretch and lines_needed("\n".join([*stretch, piece]), width) > _MOST_LINES:
                yield "\n".join(stretch)
                stretch = []
            stretch.append(piece)
    yield "\n".join(stretch)
