"""The formulas and names of an OpenDocument workbook (.ods), written as Excel writes them, and how its cells look.

Values come from calamine, which gives neither. ``of:=ROUND([.B2]/[$资金.C2];4)`` becomes ``=ROUND(B2/资金!C2,4)``.
Source: OASIS OpenDocument 1.2 part 2, 5.8 (references), 5.13 (arrays); part 1, 19.658 (named ranges).
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from toolkit.excel.addresses import MAX_COLUMN, MAX_ROW
from toolkit.excel.book import CellStyle, NameTarget
from toolkit.excel.stored_cell import StoredCell
from toolkit.model.values import ERRORS, ErrorValue
from toolkit.ooxml.package import Member, inflate, read_members, refuse, with_contents
from toolkit.ooxml.parse import Element, full_text, local_name, parse_xml, whole_number

_CONTENT = "content.xml"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_VALUE_TYPE = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}value-type"
_PREFIX = re.compile(r"(?:of|oooc|msoxl):")
_MAKER = re.compile(
    r"(?<![\w.])(?:ORG\.(?:GNUMERIC|LIBREOFFICE|OPENOFFICE)|COM\.MICROSOFT|LEGACY)\.(?=[A-Z][A-Z0-9.]*\()"
)
"""What stands before a function that OpenFormula does not know, or that this program reckons in its own way."""
_PIECE = re.compile(r'(?P<text>"(?:[^"]|"")*")|\[(?P<place>(?:\'(?:[^\']|\'\')*\'|[^\]\'])*)\]|(?P<sign>[;|~{}])')
_PART = re.compile(
    r"(?P<file>'(?:[^']|'')*'#)?(?:\$?(?P<sheet>'(?:[^']|'')*'|[^.'#:]+))?"
    r"\.(?P<cell>\$?[A-Z]{1,3}\$?[0-9]+|(?P<line>\$?[A-Z]{1,3}|\$?[0-9]+))"
)
_PLAIN_NAME = re.compile(r"[^\W\d]\w*")
_MOST = 200_000
"""Cells with a formula or a look of their own."""
_LARGEST = 50_000_000  # Units: bytes, inflated

Place = tuple[int, int]


@dataclass(slots=True)
class OpenDocument:
    """What calamine leaves out: formulas, errors, looks of cells by sheet and place, and what the names stand for.

    Of looks only those that change what a cell means: shown as a percentage, crossed out.
    """

    cells: dict[str, dict[Place, StoredCell]] = field(default_factory=dict)
    names: dict[str, NameTarget] = field(default_factory=dict)


def read_open_document(data: bytes) -> OpenDocument:
    """The formulas, names and looks of an .ods file.

    Raises:
        UnreadableFileError: damaged, or built to do harm.
    """
    root = _content(read_members(data))
    found, struck = OpenDocument(), _struck_styles(root)
    left = _MOST
    for table in root.iter(f"{_TABLE}table"):
        of_sheet = found.cells.setdefault(table.get(f"{_TABLE}name") or "", {})
        for place, cell in _cells(table, struck):
            left -= 1
            if left < 0:
                raise refuse(f"工作簿的公式和带格式的单元格过多（超过 {_MOST} 个）")
            of_sheet[place] = cell
    for item in root.iter(f"{_TABLE}named-range"):
        of_sheet_only = any(local_name(owner) == "table" for owner in item.iterancestors())
        if not of_sheet_only and (target := _target(item.get(f"{_TABLE}cell-range-address") or "")):
            found.names[item.get(f"{_TABLE}name") or ""] = target
    return found


def _content(members: Mapping[str, Member]) -> Element:
    member = members.get(_CONTENT)
    if member is None:
        raise refuse("文件内部缺少 content.xml")
    return parse_xml(_CONTENT, inflate(member, _LARGEST))


def without_indents(data: bytes) -> bytes:
    """The same file with nothing but elements between its rows and cells; Gnumeric indents, calamine stumbles.

    Raises:
        UnreadableFileError: as :func:`read_open_document`.
    """
    members = read_members(data)
    root = _content(members)
    for element in root.iter(f"{_TABLE}*"):
        element.text = (element.text or "").strip() or None
        for child in element:
            child.tail = (child.tail or "").strip() or None
    return with_contents(members, {_CONTENT: etree.tostring(root, encoding="UTF-8", xml_declaration=True)})


def _cells(table: Element, struck: frozenset[str]) -> Iterator[tuple[Place, StoredCell]]:
    """Every cell of a sheet that says more than its value; one that stands for several is each of them."""
    row = 1
    for element in table.iter(f"{_TABLE}table-row"):
        times = _times(element, "number-rows-repeated")
        written = list(_of_row(element, struck))
        for number in range(row, min(row + times, MAX_ROW + 1)) if written else ():
            yield from (((number, column), cell) for columns, cell in written for column in columns)
        row += times


def _of_row(element: Element, struck: frozenset[str]) -> Iterator[tuple[range, StoredCell]]:
    """What stands in a row, with the columns it stands in."""
    column = 1
    for cell in element:
        times = _times(cell, "number-columns-repeated")
        if cell.get(f"{_TABLE}formula") or cell.get(f"{_OFFICE}value-type"):
            stored = _stored(cell, struck)
            if stored != StoredCell():
                yield range(column, min(column + times, MAX_COLUMN + 1)), stored
        column += times


def _stored(cell: Element, struck: frozenset[str]) -> StoredCell:
    formula, seen = cell.get(f"{_TABLE}formula"), full_text(cell)
    # Which number format shows a percentage makes no difference.
    percent = cell.get(f"{_OFFICE}value") is not None and seen.rstrip().endswith("%")
    crossed = cell.get(f"{_TABLE}style-name") in struck
    style = CellStyle(number_format="0.00%" if percent else "General", struck=crossed)
    return StoredCell(
        style if percent or crossed else None,
        excel_formula(formula) if formula else None,
        ERRORS.get(seen, _said_error(cell)) if formula else None,
    )


def _said_error(cell: Element) -> ErrorValue | None:
    return ErrorValue.VALUE if cell.get(_VALUE_TYPE) == "error" else None


def _struck_styles(root: Element) -> frozenset[str]:
    """The names of the styles that cross out what stands in a cell."""
    return frozenset(
        style.get(f"{_STYLE}name") or ""
        for style in root.iter(f"{_STYLE}style")
        for said in style.iter(f"{_STYLE}text-properties")
        if said.get(f"{_STYLE}text-line-through-style", "none") != "none"
    )


def _times(element: Element, attribute: str) -> int:
    return max(1, whole_number(element.get(f"{_TABLE}{attribute}"), 1))


def excel_formula(text: str) -> str:
    """A formula as Excel writes it, with ``=``."""
    prefix = _PREFIX.match(text)
    body = text[prefix.end() :] if prefix else text
    if prefix and prefix[0] == "msoxl:":
        return body
    depth = 0
    pieces, last = [], 0
    for match in _PIECE.finditer(body):
        pieces.append(_MAKER.sub("", body[last : match.start()]))
        last = match.end()
        sign = match["sign"] or ""
        depth += (sign == "{") - (sign == "}")
        pieces.append(match["text"] or _sign(sign, in_array=depth > 0) or _reference(match["place"] or ""))
    return "".join([*pieces, _MAKER.sub("", body[last:])])


def _sign(sign: str, *, in_array: bool) -> str:
    if in_array:
        return {";": ",", "|": ";"}.get(sign, sign)
    return {";": ",", "~": ","}.get(sign, sign)


def _reference(text: str) -> str:
    """``$资金.B2:.C3`` as ``资金!B2:C3``, ``.A:.A`` as ``A:A``; what is no place on a sheet is a lost one."""
    parts = [_PART.fullmatch(part) for part in _corners(text)]
    if not parts or not all(parts):
        return "#REF!"
    lines = sum(part["line"] is not None for part in parts if part)
    if lines and (lines, len(parts)) != (2, 2):
        return "#REF!"
    first = parts[0]
    cells = ":".join(part["cell"] for part in parts if part)
    if first is None or not first["sheet"]:
        return cells
    sheet = first["sheet"].strip("'").replace("''", "'")
    sheet = f"[1]{sheet}" if first["file"] else sheet
    quoted = sheet if _PLAIN_NAME.fullmatch(sheet) else "'" + sheet.replace("'", "''") + "'"
    return f"{quoted}!{cells}"


def _corners(text: str) -> list[str]:
    """The one or two ends of a reference; a colon inside a quoted name ends nothing."""
    match = re.fullmatch(r"((?:'(?:[^']|'')*'|[^':])+)(?::(.+))?", text)
    return [part for part in match.groups() if part] if match else []


def _target(address: str) -> NameTarget | None:
    """What a named range stands for; None when that is no area of one sheet."""
    parts = [_PART.fullmatch(part) for part in _corners(address)]
    if not parts or not all(parts) or parts[0] is None or not parts[0]["sheet"] or parts[0]["file"]:
        return None
    if any(part["line"] for part in parts if part):
        return None
    sheet = parts[0]["sheet"].strip("'").replace("''", "'")
    return NameTarget(sheet, ":".join(part["cell"].replace("$", "") for part in parts if part))
