"""Rows, widths and measures of a worksheet part into which cells are put; what refers to nothing any more goes."""

from typing import Any, TypeAlias

from toolkit.excel.additions.mapping import SheetMap
from toolkit.excel.addresses import cell_name, parse_cell
from toolkit.ooxml.relations import OFFICE

Node: TypeAlias = Any  # an lxml element
NS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_ID = f"{{{OFFICE}}}id"


def row_of(root: Node, rows: dict[int, Node], number: int) -> Node:
    """A row's element, made in its place where there is none."""
    if number not in rows:
        data = root.find(f"{NS}sheetData")
        made = data.makeelement(f"{NS}row", {"r": str(number)})
        later = min((other for other in rows if other > number), default=0)
        data.append(made) if not later else rows[later].addprevious(made)
        rows[number] = made
    rows[number].attrib.pop("spans", "")
    return rows[number]


def widths(root: Node, root_now: Node, places: SheetMap) -> None:
    """The columns as wide as they were."""
    there = root_now.find(f"{NS}cols")
    if there is None:
        there = root_now.makeelement(f"{NS}cols")
        root_now.find(f"{NS}sheetData").addprevious(there)
    known = [(int(item.get("min", "0")), int(item.get("max", "0")), item) for item in root.iter(f"{NS}col")]
    last = max((int(item.get("max", "0")) for item in there), default=0)
    for column in places.own:
        number = places.placed[column]
        item = next((item for first, final, item in known if first <= column <= final), None)
        if item is not None and item.get("width") and number > last:
            kept = {key: item.get(key, "") for key in ("width", "customWidth", "hidden") if item.get(key)}
            there.append(there.makeelement(f"{NS}col", {"min": str(number), "max": str(number), **kept}))
    if not len(there):
        root_now.remove(there)


def measure(root: Node) -> None:
    """The area a sheet says it uses."""
    dimension = root.find(f"{NS}dimension")
    places = [parse_cell(cell.get("r", "A1")) for cell in root.iter(f"{NS}c")]
    if dimension is not None and places:
        last = cell_name(max(row for row, _ in places), max(column for _, column in places))
        dimension.set("ref", f"A1:{last}")


def forget(root: Node, key: str) -> None:
    """Take out what refers to a relation that was not copied; a page set-up only forgets its printer."""
    for node in [node for node in root.iter() if isinstance(node.tag, str) and node.get(_ID) == key]:
        if node.tag == f"{NS}pageSetup":
            del node.attrib[_ID]
        else:
            node.getparent().remove(node)
