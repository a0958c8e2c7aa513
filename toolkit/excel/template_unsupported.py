"""What a template's sheet holds that cannot come along: it points at cells by address, and rows move."""

from collections.abc import Iterator

from toolkit.excel.addresses import parse_area, parse_cell
from toolkit.excel.parts import WorkbookParts
from toolkit.excel.template_parts import closure
from toolkit.ooxml.parse import Element, children, parse_xml

_PARTS = {
    "chart": "图表", "chartEx": "图表", "ctrlProp": "窗体控件", "control": "控件", "oleObject": "嵌入对象",
    "table": "超级表（表格对象）", "pivotTable": "数据透视表", "slicer": "切片器", "timeline": "日程表",
}  # fmt: skip
_ELEMENTS = {"sparkline": "迷你图", "cfRule": "数据条、图标集等新式条件格式"}
_EXTENSION = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
_COMMENT = "批注"

Unsupported = tuple[str, int, int]
"""Chinese name, row and column from 1; 0 and 0 where it has no place of its own."""


def unsupported(parts: WorkbookParts, sheet: str) -> tuple[Unsupported, ...]:
    """Everything on a sheet that cannot be kept, each with the cell it stands on."""
    path = parts.worksheet_part(sheet)
    return tuple(sorted({*_of_parts(parts, path), *_of_sheet(parts, path)})) if path else ()


def _of_parts(parts: WorkbookParts, path: str) -> Iterator[Unsupported]:
    for part, kind in closure(parts, path).items():
        if kind in _PARTS:
            yield _PARTS[kind], *_place(parts, path, part)
        elif kind == "comments":
            for comment in parse_xml(part, parts.contents[part]).iter("{*}comment"):
                yield _COMMENT, *parse_cell(comment.get("ref") or "A1")


def _of_sheet(parts: WorkbookParts, path: str) -> Iterator[Unsupported]:
    root = parse_xml(path, parts.contents[path])
    for tag, what in _ELEMENTS.items():
        for element in root.iter(f"{{{_EXTENSION}}}{tag}"):
            holder = element if tag == "sparkline" else element.getparent()
            area = next(holder.iter("{*}sqref"), None) if holder is not None else None
            yield what, *(_corner(area.text) if area is not None else (0, 0))


def _place(parts: WorkbookParts, sheet: str, part: str) -> tuple[int, int]:
    own = parse_xml(part, parts.contents[part]) if part in parts.contents else None
    if own is not None:
        refs = [own.get("ref"), *(location.get("ref") for location in children(own, "location"))]
        if found := next((ref for ref in refs if ref), None):
            return _corner(found)
    return next(_anchors(parts, sheet, part), (0, 0))


def _anchors(parts: WorkbookParts, sheet: str, part: str) -> Iterator[tuple[int, int]]:
    """Where the sheet or one of its drawings shows a part: the innermost element with an anchor around its relation."""
    for holder in (sheet, *closure(parts, sheet)):
        names = {name for name, (_, target) in parts.relations(holder).items() if target == part}
        if not names or holder not in parts.contents:
            continue
        for element in parse_xml(holder, parts.contents[holder]).iter():
            if names & set(map(str, element.attrib.values())):
                yield from _anchor_around(element)


def _anchor_around(element: Element) -> Iterator[tuple[int, int]]:
    for outer in (element, *element.iterancestors()):
        begin = next(outer.iter("{*}from"), None)
        if begin is not None:
            row, column = (next(begin.iter(f"{{*}}{tag}"), None) for tag in ("row", "col"))
            if row is not None and column is not None:
                yield int(row.text or 0) + 1, int(column.text or 0) + 1
            return


def _corner(areas: str | None) -> tuple[int, int]:
    return parse_area((areas or "A1").split()[0])[:2]
