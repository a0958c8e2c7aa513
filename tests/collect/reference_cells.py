"""What other libraries find in a workbook, as JSON: run as a program, since some of them hang or die on odd files.

``{sheet: {"row,column": [value, …]}}``; numbers as numbers, dates as ``null`` (each library has its own), errors and
blanks left out.
"""

import json
import sys
from collections.abc import Iterator
from datetime import date, time, timedelta
from io import BytesIO
from pathlib import Path

Found = Iterator[tuple[str, int, int, object]]


def by_openpyxl(data: bytes) -> Found:
    import openpyxl

    for sheet in openpyxl.load_workbook(BytesIO(data), data_only=True).worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                yield sheet.title, cell.row, cell.column, cell.value


def by_calamine(data: bytes) -> Found:
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_filelike(BytesIO(data))
    # It fails on chart sheets.
    for name in (sheet.name for sheet in book.sheets_metadata if str(sheet.typ).endswith("WorkSheet")):
        for row, values in enumerate(book.get_sheet_by_name(name).to_python(skip_empty_area=False), 1):
            yield from ((name, row, column, value) for column, value in enumerate(values, 1))


def by_xlrd(data: bytes) -> Found:
    import xlrd

    book = xlrd.open_workbook(file_contents=data, logfile=sys.stderr)
    for sheet in book.sheets():
        for row in range(sheet.nrows):
            for column in range(sheet.ncols):
                cell = sheet.cell(row, column)
                if cell.ctype in (1, 2, 3, 4):
                    value = bool(cell.value) if cell.ctype == 4 else date.min if cell.ctype == 3 else cell.value
                    yield sheet.name, row + 1, column + 1, value


def main() -> None:
    data, tool = Path(sys.argv[1]).read_bytes(), sys.argv[2]
    cells: dict[str, dict[str, object]] = {}
    for sheet, row, column, value in {"openpyxl": by_openpyxl, "calamine": by_calamine, "xlrd": by_xlrd}[tool](data):
        if value not in (None, ""):
            shown = None if isinstance(value, date | time | timedelta) else value
            cells.setdefault(sheet, {})[f"{row},{column}"] = shown
    sys.stdout.write(json.dumps(cells))


if __name__ == "__main__":
    main()
