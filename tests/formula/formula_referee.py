"""Formulas calculated by LibreOffice: workbooks written with openpyxl, recalculated headless, raw values read back."""

import random
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from lxml import etree
from openpyxl import Workbook
from openpyxl.workbook.defined_name import DefinedName
from random_formulas import NAMES, SHEET, random_cells, random_formula

from toolkit.excel.libreoffice import recalculate
from toolkit.formula import Area, FormulaSyntaxError, compile_formula, parse, spell
from toolkit.formula.environment import MappingEnvironment
from toolkit.formula.references import address_of, column_number
from toolkit.formula.tree import Missing, Node, children, walk
from toolkit.model.values import ErrorValue, Value

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_STRINGS = "xl/sharedStrings.xml"
_FIRST_ROW, _COLUMN = 101, "Z"  # beside every area, so that no area is cut down to the formula's own row


@dataclass(frozen=True)
class Book:
    """One data sheet and the formulas calculated over it."""

    cells: dict[str, Value]
    formulas: tuple[str, ...]


@dataclass(frozen=True)
class Refereed:
    """One formula over cells: our value, LibreOffice's value, and the text LibreOffice saved."""

    formula: str
    cells: dict[str, Value]
    ours: Value
    theirs: Value
    saved: str


class SheetEnvironment:
    """The data sheet and its names, as LibreOffice sees them."""

    def __init__(self, cells: dict[str, Value]) -> None:
        self._cells = MappingEnvironment({f"{SHEET}!{address}": value for address, value in cells.items()})

    def name(self, name: str) -> Value | Area:
        if name not in NAMES:
            return ErrorValue.NAME
        first, _, last = NAMES[name].partition(":")
        _, row, column = address_of(first)
        if not last:
            return self._cells.cell(SHEET, row, column)
        _, last_row, last_column = address_of(last)
        return self._cells.area(SHEET, row, column, last_row, last_column)

    def cell(self, sheet: str | None, row: int, column: int) -> Value:
        return self._cells.cell(sheet, row, column)

    def area(self, sheet: str | None, row: int, column: int, last_row: int, last_column: int) -> Area:
        return self._cells.area(sheet, row, column, last_row, last_column)


def random_books(count: int, *, seed: int, each: int = 1_000) -> list[Book]:
    """Books with so many random formulas in all."""
    books = []
    for first in range(0, count, each):
        rng = random.Random(seed + first)  # noqa: S311  # the same formulas every time, no secrets
        size = min(each, count - first)
        books.append(Book(random_cells(rng), tuple(random_formula(rng) for _ in range(size))))
    return books


def refereed(books: Sequence[Book], folder: Path) -> list[Refereed]:
    """Every formula calculated by both, all books in one LibreOffice call."""
    paths = [folder / f"book{number}.xlsx" for number in range(len(books))]
    for path, book in zip(paths, books, strict=True):
        write(book, path)
    results = recalculate(paths, folder / "recalculated", timeout=600)
    return [
        Refereed(formula, book.cells, ours, theirs, saved)
        for path, book in zip(paths, books, strict=True)
        for formula, ours, (theirs, saved) in zip(book.formulas, ours_of(book), read(results[path]), strict=True)
    ]


def ours_of(book: Book) -> list[Value]:
    environment = SheetEnvironment(book.cells)
    values: list[Value] = []
    for row, formula in enumerate(book.formulas, _FIRST_ROW):
        try:
            place = (row, column_number(_COLUMN))
            values.append(compile_formula(formula, arrays=False).evaluate(environment, place=place))
        except FormulaSyntaxError as error:
            raise AssertionError(f"{formula}: {error}") from error
    return values


def write(book: Book, path: Path) -> None:
    workbook = Workbook()
    data, sheet = workbook.active, workbook.create_sheet("公式")
    data.title = SHEET
    for address, value in book.cells.items():
        cell = data[address]
        if isinstance(value, ErrorValue):
            cell.value, cell.data_type = value.value, "e"
        elif isinstance(value, str):
            cell.value, cell.data_type = value, "s"
        else:
            cell.value = value
    for name, place in NAMES.items():
        first, _, last = place.partition(":")
        target = f"{SHEET}!${first[0]}${first[1:]}" + (f":${last[0]}${last[1:]}" if last else "")
        workbook.defined_names[name] = DefinedName(name, attr_text=target)
    for row, formula in enumerate(book.formulas, _FIRST_ROW):
        sheet[f"{_COLUMN}{row}"] = f"={formula}"
    workbook.save(path)


def read(path: Path) -> list[tuple[Value, str]]:
    """The values of the formula sheet as stored, whatever their number format, and the formulas."""
    with zipfile.ZipFile(path) as package:
        root = etree.fromstring(package.read("xl/worksheets/sheet2.xml"))
        shared = package.read(_STRINGS) if _STRINGS in package.namelist() else b"<sst/>"
        strings = ["".join(item.itertext(f"{_MAIN}t")) for item in etree.fromstring(shared)]
    cells = [cell for cell in root.iter(f"{_MAIN}c") if cell.get("r").startswith(_COLUMN)]
    return [(_stored(cell, strings), cell.findtext(f"{_MAIN}f")) for cell in cells]


def _stored(cell: etree._Element, strings: list[str]) -> Value:
    text = cell.findtext(f"{_MAIN}v")
    match cell.get("t", "n"):
        case "b":
            return text == "1"
        case "e":
            return ErrorValue(text)
        case "s":
            return strings[int(text)]
        case "str":
            return text or ""
        case _:
            return None if text is None else Decimal(text)


OTHER_CODES: dict[tuple[str, ErrorValue], ErrorValue] = {
    ("SQRT", ErrorValue.NUM): ErrorValue.VALUE,
    ("LARGE", ErrorValue.NUM): ErrorValue.VALUE,
    ("SMALL", ErrorValue.NUM): ErrorValue.VALUE,
    ("MEDIAN", ErrorValue.NUM): ErrorValue.VALUE,
    ("INDEX", ErrorValue.REF): ErrorValue.VALUE,
    ("VLOOKUP", ErrorValue.REF): ErrorValue.VALUE,
    ("HLOOKUP", ErrorValue.REF): ErrorValue.VALUE,
    ("POWER", ErrorValue.DIV0): ErrorValue.NUM,
    ("^", ErrorValue.DIV0): ErrorValue.NUM,
}
"""Function or operator and the error Excel documents for it → the error LibreOffice stores instead."""


def known_difference(found: Refereed) -> str | None:
    """Which documented difference in the kind of error a disagreement is; None when it is none."""
    if not isinstance(found.ours, ErrorValue) or not isinstance(found.theirs, ErrorValue):
        return None
    arising = errors_arising(found.formula, SheetEnvironment(found.cells))
    for maker, error in arising:
        if error is found.ours and OTHER_CODES.get((maker, error)) is found.theirs:
            return f"{maker} {error}"
    meeting = {error for _, error in arising} | {OTHER_CODES.get(source) for source in arising}
    return "two errors meet" if {found.ours, found.theirs} <= meeting else None


def errors_arising(formula: str, environment: SheetEnvironment) -> set[tuple[str, ErrorValue]]:
    """Every error within a formula that no operand hands up, with the function, operator or "cell" it comes from."""
    arising = set()
    for node in walk(parse(formula).tree):
        error = _error_of(node, environment)
        if error is not None and error not in {_error_of(part, environment) for part in children(node)}:
            arising.add((getattr(node, "function", getattr(node, "operator", "cell")), error))
    return arising


def _error_of(node: Node, environment: SheetEnvironment) -> ErrorValue | None:
    text = spell(node) if children(node) else f"SUM({spell(node)})"  # the first error in a cell or area
    value = None if isinstance(node, Missing) else compile_formula(text, arrays=False).evaluate(environment)
    return value if isinstance(value, ErrorValue) else None


def agree(ours: Value, theirs: Value) -> bool:
    """Equal at 1e-9 relative; LibreOffice's logical values are numbers, so TRUE and 1 are taken as one."""
    if isinstance(ours, bool | Decimal) and isinstance(theirs, bool | Decimal):
        a, b = Decimal(ours), Decimal(theirs)
        return abs(a - b) <= max(abs(a), abs(b), Decimal("1e-3")) * Decimal("1e-9")
    if ours == "" or theirs == "":
        return ours in ("", None) and theirs in ("", None)
    return ours == theirs
