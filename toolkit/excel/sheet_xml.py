"""One worksheet part read in one pass: cells, merges, validations, protection, what is hidden."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TypeAlias

from toolkit.excel.addresses import MAX_COLUMN, MAX_ROW, column_index, parse_area
from toolkit.excel.book import Cell, Doubt, Validation, filled_within
from toolkit.excel.cell_values import CellDecoder, SheetContext
from toolkit.excel.parts import Limits
from toolkit.excel.row_scan import scan_rows
from toolkit.excel.xml_parts import has_sections, in_main, mixed_runs, rich_text
from toolkit.ooxml.package import refuse
from toolkit.ooxml.parse import Element, children, full_text, is_true, iterate_xml, local_name, whole_number

_TAGS = ("row", "mergeCells", "dataValidations", "sheetProtection", "cols", "sheetData", "sheetView")
_CONDITIONAL = "conditionalFormatting"
_KINDS = frozenset([None, "n", "s", "str", "b", "e", "d", "inlineStr"])
_NO_WIDTH, _NO_HEIGHT = 1.0, 4.0  # below these nothing is seen of a cell; Units: characters, points
_OPEN, _CLOSE = b"<sheetData>", b"</sheetData>"
_ROW = re.compile(rb"<(?:[^\s<>/:]*:)?row[\s/>]")
_LARGEST_KEPT = 300_000  # bytes

Area: TypeAlias = tuple[int, int, int, int]
"""First row, first column, last row, last column."""


@dataclass(slots=True)
class SheetContent:
    """What a worksheet part says; filled while it is read."""

    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    validations: list[Validation] = field(default_factory=list)
    protected: bool = False
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    doubts: dict[tuple[int, int], Doubt] = field(default_factory=dict)
    zeros_hidden: bool = False
    array_formulas: Mapping[tuple[int, int], str] = field(default_factory=dict)


def read_sheet(name: str, content: bytes, context: SheetContext) -> SheetContent:
    """Everything a worksheet part holds.

    Raises:
        UnreadableFileError: damaged XML, an address off the sheet, more cells or merges than the limits allow.
    """
    sheet = SheetContent()
    decoder = CellDecoder(name, context)
    rest = _scan(content, sheet, decoder)
    usual = rest is not content and len(rest) <= _LARGEST_KEPT
    frame = _frame(name, rest, context.misleading, context.limits) if usual else None
    if frame is not None:
        sheet.merges, sheet.validations = list(frame.merges), list(frame.validations)
        sheet.protected, sheet.zeros_hidden = frame.protected, frame.zeros_hidden
        sheet.hidden_columns = set(frame.hidden_columns)
        areas, tables = frame.areas, frame.tables
    else:
        if rest is content:  # what a scan noted before it gave up is not for the parser
            decoder = CellDecoder(name, context)
        areas, tables = _parse(name, rest, sheet, _Rows(sheet, decoder).read, context)
    sheet.doubts = decoder.doubts | _within(sheet, areas)
    sheet.array_formulas = decoder.array_formulas
    if tables != (1, 0):
        # Two tables of cells, or one that no program shows: which cells a person sees cannot be told.
        sheet.doubts.update(dict.fromkeys(sheet.cells, Doubt.TWICE))
    return sheet


@dataclass(frozen=True, slots=True)
class _Frame:
    """What a worksheet part says besides its rows: areas shown otherwise than stored, tables shown and not shown."""

    merges: tuple[Area, ...]
    validations: tuple[Validation, ...]
    protected: bool
    zeros_hidden: bool
    hidden_columns: frozenset[int]
    areas: tuple[Area, ...]
    tables: tuple[int, int]


@lru_cache(64)
def _frame(name: str, content: bytes, misleading: frozenset[int], limits: Limits) -> _Frame | None:
    """The same of all forms of an evaluation, as long as no other program has saved them; None where it has rows."""
    if _ROW.search(content):
        return None
    sheet = SheetContent()
    areas, tables = _parse(name, content, sheet, _no_rows, SheetContext(limits=limits, misleading=misleading))
    merges, validations, columns = tuple(sheet.merges), tuple(sheet.validations), frozenset(sheet.hidden_columns)
    return _Frame(merges, validations, sheet.protected, sheet.zeros_hidden, columns, areas, tables)


def _no_rows(_: Element) -> None:
    raise AssertionError("rows are looked for before a frame is read")


def _parse(
    name: str, content: bytes, sheet: SheetContent, read_row: Callable[[Element], None], context: SheetContext
) -> tuple[tuple[Area, ...], tuple[int, int]]:
    """Take in what the parser finds; the areas shown otherwise than stored, the tables of cells shown and not shown."""
    readers: dict[str, Callable[[Element], None]] = {
        "row": read_row,
        "mergeCells": lambda element: _read_merges(element, sheet, context.limits),
        "dataValidations": lambda element: _read_validations(element, sheet),
        "sheetProtection": lambda element: _read_protection(element, sheet),
        "cols": lambda element: _read_columns(element, sheet),
        "sheetView": lambda element: _read_view(element, sheet),
    }
    tables = [0, 0]
    readers["sheetData"] = lambda element: _count(element, tables)
    areas: list[Area] = []
    readers[_CONDITIONAL] = lambda element: _misleading_areas(element, context.misleading, areas)
    conditional = context.misleading or b"showValue" in content
    for element in iterate_xml(name, content, *_TAGS, *([_CONDITIONAL] if conditional else [])):
        readers[local_name(element)](element)
    return tuple(areas), (tables[0], tables[1])


def _count(element: Element, tables: list[int]) -> None:
    tables[not _is_shown(element)] += 1


def _misleading_areas(element: Element, misleading: frozenset[int], areas: list[Area]) -> None:
    """Areas in which a condition can give another format, or a bar or an icon stands for the number."""
    numbers = [rule.get("dxfId") or "" for rule in element.iter("{*}cfRule")]
    pictures = (*element.iter("{*}dataBar"), *element.iter("{*}iconSet"))
    if any(number.isdecimal() and len(number) < 7 and int(number) in misleading for number in numbers) or any(
        picture.get("showValue") in ("0", "false") for picture in pictures
    ):
        written = element.get("sqref") or next((item.text for item in element.iter("{*}sqref")), "")
        try:
            areas += [parse_area(area) for area in (written or "").split()]
        except ValueError as error:
            raise refuse("工作表中有无效的条件格式区域") from error


def _within(sheet: SheetContent, areas: Sequence[Area]) -> dict[tuple[int, int], Doubt]:
    return dict.fromkeys(filled_within(sheet.cells, areas), Doubt.ANOTHER_FORMAT)


def _is_shown(table: Element) -> bool:
    """Whether a table of cells stands where programs look for it: right under the root."""
    root = table.getparent()
    return in_main(table) and root is not None and root.getparent() is None and in_main(root)


def _scan(content: bytes, sheet: SheetContent, decoder: CellDecoder) -> bytes:
    """Take the rows out of a part written in the usual way; what is left goes to the parser."""
    start, end = content.find(_OPEN), content.rfind(_CLOSE)
    # A comment or CDATA could hide a second, false table of rows.
    if not 0 <= start < end or has_sections(content):
        return content
    start += len(_OPEN)
    scanned = scan_rows(content[:start], content[start:end], decoder)
    if scanned is None:
        return content
    sheet.cells, sheet.hidden_rows = scanned
    return content[:start] + content[end:]


class _Rows:
    """Reads the rows of one sheet from their elements, whatever they look like; remembers where it is."""

    def __init__(self, sheet: SheetContent, decoder: CellDecoder) -> None:
        self.sheet = sheet
        self.decoder = decoder
        self.row = 0
        self._rows: set[int] = set()

    def read(self, element: Element) -> None:
        """Put the cells of one row element into the sheet."""
        text = element.get("r")
        self.row = number = _row_number(text) if text else self.row + 1
        if is_true(element.get("hidden")) or _is_below(element.get("ht"), _NO_HEIGHT):
            self.sheet.hidden_rows.add(self.row)
        parent = element.getparent()
        # What is of another namespace, or elsewhere, is not shown; of a row written twice nobody knows what is.
        odd = number in self._rows or not in_main(element) or parent is None or not _is_shown(parent)
        self._rows.add(number)
        column = 0
        cells, doubts = self.sheet.cells, self.decoder.doubts
        for item in element:
            if local_name(item) == "extLst":
                continue
            if local_name(item) == "AlternateContent":
                self._read_alternatives(item)
                continue
            column = self._column(item.get("r"), column)
            place = (self.row, column)
            if odd or place in cells or self.row != number or not in_main(item) or local_name(item) != "c":
                doubts[place] = Doubt.TWICE
            cells[place] = self._cell(item, place)
        limit = self.decoder.context.limits.cells
        if len(cells) > limit:
            raise refuse(f"工作表单元格过多（超过 {limit} 个）")

    def _read_alternatives(self, element: Element) -> None:
        """Cells written once for one program and otherwise for another: which of them is seen cannot be told."""
        for item in element.iter("{*}c"):
            place = (self.row, self._column(item.get("r"), 0))
            self.sheet.cells[place] = self._cell(item, place)
            self.decoder.doubts[place] = Doubt.TWICE

    def _column(self, ref: str | None, previous: int) -> int:
        """The cell's column; the row is taken from its address too, should it differ from the row element's."""
        if ref is None:
            if previous >= MAX_COLUMN:
                raise refuse("工作表中有超出范围的列")
            return previous + 1
        letters = ref.rstrip("0123456789")
        digits = ref[len(letters) :]
        if digits != str(self.row):
            self.row = _row_number(digits)
        try:
            return column_index(letters)
        except ValueError as error:
            raise refuse(f"工作表中有超出范围的单元格地址 {ref[:20]}") from error

    def _cell(self, item: Element, place: tuple[int, int]) -> Cell:
        formula, value, inline = None, None, None
        for child in item:
            tag = local_name(child)
            if tag == "v":
                value = child.text or ""
            elif tag == "f":
                attributes = {str(key): str(text) for key, text in child.attrib.items()}
                formula = self.decoder.formula(place, attributes, child.text or "")
            elif tag == "is":
                inline = rich_text(child)
                if mixed_runs(child):
                    self.decoder.doubts.setdefault(place, Doubt.MIXED_RUNS)
        if _has_two_contents(item):
            self.decoder.doubts[place] = Doubt.TWO_CONTENTS
        return self.decoder.cell(place, item.get("s"), item.get("t"), formula, value, inline)


def _has_two_contents(item: Element) -> bool:
    """Whether a cell holds more than its one formula and its one value in the place its type says."""
    tags = [local_name(child) for child in item if local_name(child) != "extLst"]
    wanted = {"f", "is"} if item.get("t") == "inlineStr" else {"f", "v"}
    written = [child for child in item if local_name(child) != "v" or child.text or len(child)]
    return (
        len(tags) > len(set(tags))
        or not {local_name(child) for child in written} <= wanted | {"extLst"}
        or any(not in_main(child) or (len(child) > 0 and local_name(child) in ("v", "f")) for child in item)
        or item.get("t") not in _KINDS
    )


def _is_below(size: str | None, least: float) -> bool:
    """Whether a height or width leaves nothing to be seen."""
    try:
        return size is not None and float(size) < least
    except ValueError:
        return False


def _row_number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 7 and 1 <= int(text) <= MAX_ROW):
        raise refuse(f"工作表中有超出范围的行号 {text[:20]}")
    return int(text)


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
    for item in element:
        texts = {str(child.tag).rpartition("}")[2]: child.text or full_text(child) for child in item}
        rule = Validation(
            tuple((item.get("sqref") or texts.get("sqref", "")).split()),
            item.get("type") or "none",
            texts.get("formula1", ""),
            texts.get("formula2", ""),
            item.get("operator") or "between",
        )
        sheet.validations.append(rule)


def _read_protection(element: Element, sheet: SheetContent) -> None:
    sheet.protected = is_true(element.get("sheet"))


def _read_view(element: Element, sheet: SheetContent) -> None:
    sheet.zeros_hidden |= element.get("showZeros") in ("0", "false")


def _read_columns(element: Element, sheet: SheetContent) -> None:
    for item in children(element, "col")[:MAX_COLUMN]:
        first, last = whole_number(item.get("min")), whole_number(item.get("max"))
        hidden = is_true(item.get("hidden")) or _is_below(item.get("width"), _NO_WIDTH)
        if hidden and first and last:
            columns = range(first, min(last, MAX_COLUMN) + 1)
            if columns and not {columns[0], columns[-1]} <= sheet.hidden_columns:
                sheet.hidden_columns.update(columns)
