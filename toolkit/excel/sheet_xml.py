"""One worksheet part read in one pass: cells, merges, validations, protection, what is hidden."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from toolkit.excel.addresses import MAX_COLUMN, MAX_ROW, column_index, parse_area
from toolkit.excel.book import Cell, CellKind, CellStyle, Validation
from toolkit.excel.package import Limits, refuse
from toolkit.excel.shared_formula import shift_formula
from toolkit.excel.xml_parts import Element, children, full_text, is_true, iterate_xml, local_name, rich_text, unescape
from toolkit.model.values import ErrorValue, Value, date_to_serial

_TAGS = ("row", "mergeCells", "dataValidations", "sheetProtection", "cols")
_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]{0,14})", re.ASCII)
_DAYS_1904 = 1462
_ERRORS = {error.value: error for error in ErrorValue}
_BLANK, _NUMBER, _DATE, _TEXT = CellKind.BLANK, CellKind.NUMBER, CellKind.DATE, CellKind.TEXT


@dataclass(slots=True)
class SheetContent:
    """What a worksheet part says; filled while it is read."""

    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    validations: list[Validation] = field(default_factory=list)
    protected: bool = False
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class SheetContext:
    """What a worksheet part refers to in the rest of the workbook."""

    strings: Sequence[str] = ()
    styles: Sequence[CellStyle] = (CellStyle(),)
    date1904: bool = False
    limits: Limits = field(default_factory=Limits)


def number_from_text(text: str) -> Decimal | None:
    """The decimal a person typed, from the text of the binary double in the file; None when it is no number.

    ``0.10000000000000001`` gives 0.1, the shortest decimal that is the same double.
    """
    if _INTEGER.fullmatch(text):
        return Decimal(text)
    try:
        shortest = repr(float(text)) if text.isascii() and "_" not in text else "nan"
    except ValueError:
        return None
    number = Decimal(shortest.removesuffix(".0"))
    return number if number.is_finite() else None


def read_sheet(name: str, content: bytes, context: SheetContext) -> SheetContent:
    """Everything a worksheet part holds.

    Raises:
        UnreadableFileError: damaged XML, an address off the sheet, more cells or merges than the limits allow.
    """
    sheet = SheetContent()
    rows = _Rows(name, sheet, context)
    readers: dict[str, Callable[[Element], None]] = {
        "row": rows.read,
        "mergeCells": lambda element: _read_merges(element, sheet, context.limits),
        "dataValidations": lambda element: _read_validations(element, sheet),
        "sheetProtection": lambda element: _read_protection(element, sheet),
        "cols": lambda element: _read_columns(element, sheet),
    }
    for element in iterate_xml(name, content, *_TAGS):
        readers[local_name(element)](element)
    return sheet


class _Rows:
    """Reads the rows of one sheet; remembers where it is and the shared formulas met so far."""

    def __init__(self, name: str, sheet: SheetContent, context: SheetContext) -> None:
        self.name = name
        self.sheet = sheet
        self.context = context
        self.row = 0
        self.shared: dict[str, tuple[int, int, str]] = {}
        self.decoders: Mapping[str, Callable[[str], tuple[Value, CellKind]]] = {
            "s": self._shared_string,
            "str": lambda text: (unescape(text), _TEXT),
            "b": lambda text: (text in ("1", "true"), CellKind.BOOLEAN),
            "e": lambda text: (_ERRORS.get(text, ErrorValue.VALUE), CellKind.ERROR),
            "d": self._iso_date,
        }

    def read(self, element: Element) -> None:
        """Put the cells of one row element into the sheet."""
        text = element.get("r")
        self.row = self._row_number(text) if text else self.row + 1
        if is_true(element.get("hidden")):
            self.sheet.hidden_rows.add(self.row)
        column = 0
        cells = self.sheet.cells
        for item in element:
            column = self._place(item.get("r"), column)
            cells[self.row, column] = self._cell(item, column)
        if len(cells) > self.context.limits.cells:
            raise refuse(f"工作表单元格过多（超过 {self.context.limits.cells} 个）")

    def _row_number(self, text: str) -> int:
        if not (text.isascii() and text.isdigit() and len(text) <= 7 and 1 <= int(text) <= MAX_ROW):
            raise refuse(f"工作表中有超出范围的行号 {text[:20]}")
        return int(text)

    def _place(self, ref: str | None, previous: int) -> int:
        """The cell's column; the row is taken from its address too, should it differ from the row element's."""
        if ref is None:
            if previous >= MAX_COLUMN:
                raise refuse("工作表中有超出范围的列")
            return previous + 1
        letters = ref.rstrip("0123456789")
        digits = ref[len(letters) :]
        if digits != str(self.row):
            self.row = self._row_number(digits)
        try:
            return column_index(letters)
        except ValueError as error:
            raise refuse(f"工作表中有超出范围的单元格地址 {ref[:20]}") from error

    def _cell(self, item: Element, column: int) -> Cell:
        style = self._style(item.get("s"))
        formula: str | None = None
        value: Value = None
        kind, cached = _BLANK, False
        for child in item:
            tag = child.tag
            if tag.endswith("}v"):
                value, kind = self._value(child.text or "", item.get("t"), style)
                cached = kind is not _BLANK
            elif tag.endswith("}f"):
                formula = self._formula(child, column)
            elif tag.endswith("}is"):
                value, kind, cached = rich_text(child), _TEXT, True
        return Cell(self.row, column, value, kind, formula, cached and formula is not None, style)

    def _style(self, text: str | None) -> CellStyle:
        styles = self.context.styles
        if not text:
            return styles[0]
        index = int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0
        return styles[index] if index < len(styles) else styles[0]

    def _value(self, text: str, kind: str | None, style: CellStyle) -> tuple[Value, CellKind]:
        if kind is not None and kind in self.decoders:
            return self.decoders[kind](text)
        if not text.strip():
            return None, _BLANK
        number = number_from_text(text.strip())
        if number is None:
            return text, _TEXT
        if style.is_date:
            return (number + _DAYS_1904 if self.context.date1904 else number), _DATE
        return number, _NUMBER

    def _shared_string(self, text: str) -> tuple[Value, CellKind]:
        if not text:
            return None, _BLANK
        try:
            index = int(text)
            return self.context.strings[index if index >= 0 else len(self.context.strings)], _TEXT
        except (ValueError, IndexError) as error:
            raise refuse(f"文件内部条目 {self.name[:80]} 引用了不存在的文字") from error

    def _iso_date(self, text: str) -> tuple[Value, CellKind]:
        try:
            moment = datetime.fromisoformat(text.strip())
            day = date_to_serial(date(moment.year, moment.month, moment.day))
        except ValueError:
            return text, _TEXT
        seconds = moment.hour * 3600 + moment.minute * 60 + moment.second
        return day + Decimal(seconds) / 86400 if seconds else day, _DATE

    def _formula(self, element: Element, column: int) -> str:
        text, index = unescape(element.text or ""), element.get("si")
        if element.get("t") == "dataTable":
            return f"=TABLE({element.get('r1') or ''},{element.get('r2') or ''})"
        if element.get("t") == "shared" and index:
            if text:
                self.shared[index] = (self.row, column, text)
            elif index in self.shared:
                row, first, text = self.shared[index]
                text = shift_formula(text, self.row - row, column - first)
        return f"={text}" if text else ""


def _read_merges(element: Element, sheet: SheetContent, limits: Limits) -> None:
    items = children(element, "mergeCell")
    if len(items) > limits.merges:
        raise refuse("工作表合并单元格过多")
    try:
        sheet.merges += [parse_area(item.get("ref") or "") for item in items]
    except ValueError as error:
        raise refuse("工作表中有无效的合并区域") from error


def _read_validations(element: Element, sheet: SheetContent) -> None:
    """Both kinds: Excel keeps rules that look at another sheet in an extension, with the texts one level deeper."""
    for item in children(element, "dataValidation"):
        areas = item.get("sqref") or " ".join(full_text(child) for child in children(item, "sqref"))
        formulas = {local_name(child): full_text(child) for child in item}
        rule = Validation(
            areas=tuple(areas.split()),
            type=item.get("type") or "none",
            formula1=formulas.get("formula1", ""),
            formula2=formulas.get("formula2", ""),
            operator=item.get("operator") or "between",
            allow_blank=is_true(item.get("allowBlank")),
        )
        sheet.validations.append(rule)


def _read_protection(element: Element, sheet: SheetContent) -> None:
    sheet.protected = is_true(element.get("sheet"))


def _read_columns(element: Element, sheet: SheetContent) -> None:
    for item in children(element, "col")[:MAX_COLUMN]:
        first, last = item.get("min") or "", item.get("max") or ""
        if is_true(item.get("hidden")) and first.isdigit() and last.isdigit() and len(first + last) <= 10:
            columns = range(max(int(first), 1), min(int(last), MAX_COLUMN) + 1)
            if columns and not {columns[0], columns[-1]} <= sheet.hidden_columns:
                sheet.hidden_columns.update(columns)
