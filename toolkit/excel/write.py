"""New workbooks from plain values: nothing a person typed becomes a formula, equal content gives equal bytes."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING

from toolkit.excel.cell_xml import STARTS_A_FORMULA, StampValue, visible_text
from toolkit.excel.loaded import loaded
from toolkit.excel.parts import WorkbookParts
from toolkit.excel.sheet_patch import patch_cells
from toolkit.ooxml.package import inflate, read_members, with_contents
from toolkit.ooxml.parse import children, local_name, parse_xml, serialise

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

_CORE, _STYLES = "docProps/core.xml", "xl/styles.xml"
_FONT_ORDER = (
    "b", "i", "strike", "condense", "extend", "outline", "shadow", "u", "vertAlign", "sz", "color", "name", "family",
    "charset", "scheme",
)  # fmt: skip
"""What a font may hold, in the order the schema fixes; openpyxl writes an order of its own.

Source: ISO/IEC 29500-1, 18.8.22 (CT_Font).
"""
_HEADING_DEPTH = 12
_FORMULA = re.compile(rb"<(?:\w+:)?f[ />]")
_TIMES = re.compile(rb"(<dcterms:(?:created|modified)\b[^>]*>)[^<]*")


_FUTURE = re.compile(
    r"(?<![\w.])(XLOOKUP|MAXIFS|MINIFS|CONCAT|TEXTJOIN|IFS|SWITCH|IFNA|XOR|DAYS|ISOWEEKNUM|RANK\.EQ|STDEV\.[SP]|VAR\.[SP]"
    r"|PERCENTILE\.INC|QUARTILE\.INC|MODE\.SNGL)(?=\()",
    re.IGNORECASE,
)


def stored_formula(formula: str) -> str:
    """A formula as a file keeps it: functions newer than the format carry ``_xlfn.``, or Excel shows #NAME?.

    Source: [MS-XLSX] 2.2.2 (formulas, future-function-list).
    """
    pieces = formula.split('"')  # every other piece is the inside of a text
    pieces[::2] = [_FUTURE.sub(lambda found: f"_xlfn.{found[1].upper()}", piece) for piece in pieces[::2]]
    return '"'.join(pieces)


def put(cell: "Cell", value: StampValue) -> None:
    """Put a value into an openpyxl cell. A text stays a text, also ``=1+1``, ``#N/A`` and what a copy could revive.

    The empty text leaves the cell blank. Dates get the number format yyyy-mm-dd unless the cell has one of its own.
    """
    if not isinstance(value, str):
        shown = cell.number_format
        cell.value = value
        if isinstance(value, date):
            cell.number_format = "yyyy-mm-dd" if shown == "General" else shown
        return
    text = visible_text(value)
    cell.value = text or None
    if text:
        # openpyxl makes a formula of "=…", an error of "#N/A"; the quote prefix keeps Excel from it on editing.
        cell.data_type = "s"
        if text.startswith(STARTS_A_FORMULA):
            cell.quotePrefix = True


def put_rows(sheet: "Worksheet", rows: Iterable[Sequence[StampValue]], *, first_row: int = 1) -> int:
    """Put rows of values into a sheet, from column A on; gives the number of the row after the last one."""
    number = first_row
    for row in rows:
        for column, value in enumerate(row, 1):
            if value is not None:
                put(sheet.cell(number, column), value)  # type: ignore[arg-type]  # never inside a merged area here
        number += 1
    return number


def workbook_bytes(workbook: "Workbook") -> bytes:
    """The workbook as a file that holds no time of day: saved twice, it is the same bytes."""
    stream = BytesIO()
    workbook.save(stream)
    members = read_members(stream.getvalue())
    contents = {
        _CORE: _TIMES.sub(rb"\g<1>1980-01-01T00:00:00Z", inflate(members[_CORE])),
        _STYLES: ordered_fonts(inflate(members[_STYLES])),
    }
    return with_contents(members, contents)


def ordered_fonts(styles: bytes) -> bytes:
    """A styles part whose fonts hold their parts in the order of the schema."""
    root = parse_xml(_STYLES, styles)
    for fonts in children(root, "fonts"):
        for font in fonts:
            font[:] = sorted(font, key=lambda item: _FONT_ORDER.index(local_name(item)))
    return serialise(root)


def with_added_rows(data: bytes, name: str, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A person's own workbook with rows added at the end of one sheet, each text under its heading.

    A sheet that is not there is made; headings it has not are added. For workbooks of consultants only: what openpyxl
    does not know (pictures of a kind, some conditional formats) is lost from it.
    """
    workbook = loaded(data)
    sheet = workbook[name] if name in workbook.sheetnames else workbook.create_sheet(name)
    header, columns = _heading_columns(sheet, headings)
    for number, row in enumerate(rows, max(sheet.max_row, header) + 1):
        for heading, text in zip(headings, row, strict=True):
            put(sheet.cell(number, columns[heading]), text)  # type: ignore[arg-type]  # never inside a merged area here
    return workbook_bytes(workbook)


def _heading_columns(sheet: "Worksheet", headings: Sequence[str]) -> tuple[int, dict[str, int]]:
    """The sheet's heading row and the column of every heading; headings it lacks are written at its end."""
    found: dict[int, dict[str, int]] = {}
    for cells in sheet.iter_rows(max_row=_HEADING_DEPTH):
        for cell in cells:
            if cell.value in headings:
                found.setdefault(int(cell.row or 0), {})[str(cell.value)] = int(cell.column or 0)
    header = max(found, key=lambda row: len(found[row]), default=1)
    columns = found.get(header, {})
    last = max(columns.values(), default=0)
    for heading in (heading for heading in headings if heading not in columns):
        last += 1
        columns[heading] = last
        put(sheet.cell(header, last), heading)  # type: ignore[arg-type]
    return header, columns


def with_cells(data: bytes, name: str, values: Mapping[str, StampValue]) -> bytes:
    """A person's own workbook with some cells of one sheet changed.

    Nothing else is touched where the workbook calculates nothing. Else the results of formulas are left out, so that
    every program calculates them from the new values; see :func:`with_added_rows` for what more is lost.
    """
    if all(map(_is_plain, values.values())) and not _calculates(data):
        return patch_cells(data, {(name, address): value for address, value in values.items()})
    workbook = loaded(data)
    for address, value in values.items():
        put(workbook[name][address], value)
    return workbook_bytes(workbook)


def _is_plain(value: StampValue) -> bool:
    """Whether a value needs no look of its own, as days do, and texts that look like formulas."""
    return value is None or isinstance(value, Decimal) or (isinstance(value, str) and value[:1] not in STARTS_A_FORMULA)


def _calculates(data: bytes) -> bool:
    contents = WorkbookParts(data).contents
    return any(_FORMULA.search(content) for name, content in contents.items() if name.startswith("xl/worksheets/"))


def tables_to_xlsx(tables: Mapping[str, Iterable[Sequence[StampValue]]]) -> bytes:
    """A plain workbook: sheet name → rows of values."""
    from openpyxl import Workbook

    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for name, rows in tables.items():
        put_rows(workbook.create_sheet(name), rows)
    return workbook_bytes(workbook)
