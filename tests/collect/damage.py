"""What people and programs do to a workbook, done to its parts: rows, columns, names, sheets, identity.

Each tool takes a workbook's bytes and gives another's, moving what Excel would move (cells, merges, formats, names).
"""

import re
import zipfile
from collections.abc import Callable, Container
from io import BytesIO

from lxml import etree

from toolkit.excel.addresses import cell_name, parse_cell

_NS = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
Place = tuple[int, int]
Move = Callable[[Place], Place | None]


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(files: dict[str, bytes]) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def edited(data: bytes, part: str, edit: Callable) -> bytes:
    """One part's XML tree changed in place by a function."""
    files = parts(data)
    root = etree.fromstring(files[part])
    edit(root)
    files[part] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return packed(files)


def sheet_part(data: bytes, sheet: str) -> str:
    files = parts(data)
    book = etree.fromstring(files["xl/workbook.xml"])
    relation = next(one.get(_REL) for one in book.iterfind(".//m:sheet", _NS) if one.get("name") == sheet)
    targets = etree.fromstring(files["xl/_rels/workbook.xml.rels"])
    target = next(one.get("Target") for one in targets if one.get("Id") == relation)
    return "xl/" + target.removeprefix("/xl/")


def rows_inserted(data: bytes, sheet: str, before: int, count: int = 1) -> bytes:
    return _moved(data, sheet, lambda at: (at[0] + count, at[1]) if at[0] >= before else at)


def rows_deleted(data: bytes, sheet: str, first: int, count: int = 1) -> bytes:
    def move(at: Place) -> Place | None:
        if first <= at[0] < first + count:
            return None
        return (at[0] - count, at[1]) if at[0] >= first else at

    return _moved(data, sheet, move)


def columns_inserted(data: bytes, sheet: str, before: int) -> bytes:
    return _moved(data, sheet, lambda at: (at[0], at[1] + 1) if at[1] >= before else at)


def _moved(data: bytes, sheet: str, move: Move) -> bytes:
    data = edited(data, sheet_part(data, sheet), lambda root: _move_cells(root, move))
    return edited(data, "xl/workbook.xml", lambda root: _move_names(root, sheet, move))


def _move_cells(root, move: Move) -> None:
    rows: dict[int, list] = {}
    table = root.find("m:sheetData", _NS)
    for cell in table.iterfind(".//m:c", _NS):
        place = move(parse_cell(cell.get("r")))
        if place:
            cell.set("r", cell_name(*place))
            rows.setdefault(place[0], []).append(cell)
    for row in list(table):
        table.remove(row)
    for number in sorted(rows):
        row = etree.SubElement(table, f"{{{_NS['m']}}}row", r=str(number))
        row.extend(rows[number])
    for merge in list(root.iterfind(".//m:mergeCell", _NS)):
        area = _area(merge.get("ref"), move)
        merge.set("ref", area) if area else merge.getparent().remove(merge)
    for formatting in list(root.iterfind(".//m:conditionalFormatting", _NS)):
        areas = [area for ref in formatting.get("sqref").split() if (area := _area(ref, move))]
        formatting.set("sqref", " ".join(areas)) if areas else formatting.getparent().remove(formatting)


def _move_names(root, sheet: str, move: Move) -> None:
    for name in root.iterfind(".//m:definedName", _NS):
        owner, mark, ref = (name.text or "").partition("!")
        if mark and owner.strip("'") == sheet and re.fullmatch(r"\$?[A-Z]+\$?\d+(:\$?[A-Z]+\$?\d+)?", ref):
            area = _area(ref.replace("$", ""), move)
            name.text = f"{owner}!{area}" if area else f"{owner}!#REF!"


def _area(ref: str, move: Move) -> str | None:
    first, _, last = ref.partition(":")
    (top, left), (bottom, right) = parse_cell(first), parse_cell(last or first)
    corners = [move((row, column)) for row in range(top, bottom + 1) for column in range(left, right + 1)]
    kept = [corner for corner in corners if corner]
    if not kept:
        return None
    ends = cell_name(*min(kept)), cell_name(*max(kept))
    return ends[0] if ends[0] == ends[1] and not last else ":".join(ends)


def without_names(data: bytes, keep: str = "") -> bytes:
    """All defined names gone, as some converters do; those matching a pattern stay."""

    def edit(root) -> None:
        for name in list(root.iterfind(".//m:definedName", _NS)):
            if not keep or not re.fullmatch(keep, name.get("name")):
                name.getparent().remove(name)

    return edited(data, "xl/workbook.xml", edit)


def without_identity(data: bytes) -> bytes:
    """Seal gone from all three places: sheet emptied, property and name removed."""
    data = edited(data, sheet_part(data, "_标识"), lambda root: _clear(root, {f"B{row}" for row in range(2, 8)}))
    data = without_names(data, keep="(?!jixiao_identity).*")
    return packed({**parts(data), "docProps/custom.xml": NO_PROPERTIES})


NO_PROPERTIES = (
    b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"'
    b' xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"/>'
)


def _clear(root, refs: set[str]) -> None:
    for cell in list(root.iterfind(".//m:c", _NS)):
        if cell.get("r") in refs:
            cell.getparent().remove(cell)


def sheet_renamed(data: bytes, old: str, new: str) -> bytes:
    def edit(root) -> None:
        for sheet in root.iterfind(".//m:sheet", _NS):
            if sheet.get("name") == old:
                sheet.set("name", new)
        for name in root.iterfind(".//m:definedName", _NS):
            name.text = (name.text or "").replace(f"'{old}'!", f"'{new}'!").replace(f"{old}!", f"{new}!")

    return edited(data, "xl/workbook.xml", edit)


def sheet_copied(data: bytes, sheet: str, name: str) -> bytes:
    """A second sheet with the same content; names of the workbook stay with the first, as in Excel."""
    files = parts(data)
    files["xl/worksheets/copied.xml"] = files[sheet_part(data, sheet)]
    kind = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"
    relation = b'<Relationship Id="rIdCopied" Type="' + kind + b'" Target="worksheets/copied.xml"/></Relationships>'
    rels = "xl/_rels/workbook.xml.rels"
    files[rels] = files[rels].replace(b"</Relationships>", relation)

    def edit(root) -> None:
        sheets = root.find("m:sheets", _NS)
        etree.SubElement(sheets, f"{{{_NS['m']}}}sheet", {"name": name, "sheetId": "99", _REL: "rIdCopied"})

    return edited(packed(files), "xl/workbook.xml", edit)


def sheets_reversed(data: bytes) -> bytes:
    def edit(root) -> None:
        sheets = root.find("m:sheets", _NS)
        sheets[:] = reversed(list(sheets))
        for name in list(root.iterfind(".//m:definedName[@localSheetId]", _NS)):
            name.getparent().remove(name)

    return edited(data, "xl/workbook.xml", edit)


def sheet_deleted(data: bytes, gone: str) -> bytes:
    def edit(root) -> None:
        for sheet in list(root.iterfind(".//m:sheet", _NS)):
            if sheet.get("name") == gone:
                sheet.getparent().remove(sheet)
        for name in list(root.iterfind(".//m:definedName", _NS)):
            if name.get("localSheetId"):
                name.getparent().remove(name)
            elif (name.text or "").startswith((f"'{gone}'!", f"{gone}!")):
                name.text = "#REF!"

    return edited(data, "xl/workbook.xml", edit)


def sheet_hidden(data: bytes, sheet: str) -> bytes:
    def edit(root) -> None:
        next(one for one in root.iterfind(".//m:sheet", _NS) if one.get("name") == sheet).set("state", "hidden")

    return edited(data, "xl/workbook.xml", edit)


def merged(data: bytes, sheet: str, area: str) -> bytes:
    """An area merged as Excel does it: only the first cell keeps its content."""

    def edit(root) -> None:
        merges = root.find("m:mergeCells", _NS)
        etree.SubElement(merges, f"{{{_NS['m']}}}mergeCell", ref=area)
        (top, left), (bottom, right) = map(parse_cell, area.split(":"))
        gone = {cell_name(row, column) for row in range(top, bottom + 1) for column in range(left, right + 1)}
        _clear(root, gone - {area.split(":", maxsplit=1)[0]})

    return edited(data, sheet_part(data, sheet), edit)


def rows_hidden(data: bytes, sheet: str, rows: Container[int] = range(1, 1000)) -> bytes:
    def edit(root) -> None:
        for one in root.iterfind(".//{*}sheetData/{*}row"):
            if int(one.get("r")) in rows:
                one.set("hidden", "1")

    return edited(data, sheet_part(data, sheet), edit)


def own_sheet(data: bytes) -> bytes:
    """A sheet of the unit's own with two words on it."""
    data = sheet_copied(data, "承诺与盖章", "附：说明")

    def edit(root) -> None:
        cells = root.find("{*}sheetData")
        for one in list(cells)[1:]:
            cells.remove(one)

    return edited(data, "xl/worksheets/copied.xml", edit)


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    return packed({**parts(data), name: content})


def data_dimension(data: bytes, sheet: str, ref: str) -> bytes:
    def edit(root) -> None:
        for one in root.iterfind("{*}dimension"):
            one.set("ref", ref)

    return edited(data, sheet_part(data, sheet), edit)


def without_addresses(data: bytes, sheet: str) -> bytes:
    """Cells without ``r``, as some writers leave them: every row filled up so that counting gives the column."""

    def edit(root) -> None:
        for one in root.iterfind(".//{*}sheetData/{*}row"):
            known = {cell.get("r").rstrip("0123456789"): cell for cell in one}
            if all(len(letters) == 1 for letters in known):
                last = max(known)
                full = [chr(code) for code in range(ord("A"), ord(last) + 1)]
                made = [known.get(letter) if letter in known else one.makeelement(one[0].tag, {}) for letter in full]
                one[:] = made
                for cell in one:
                    cell.attrib.pop("r", None)

    return edited(data, sheet_part(data, sheet), edit)
