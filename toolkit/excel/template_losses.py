"""Proof, at each compile, that what a consultant set up in the template is in the workbook built from it."""

from collections.abc import Collection, Iterator, Mapping

from toolkit.excel.addresses import parse_area
from toolkit.excel.parts import WorkbookParts
from toolkit.ooxml.parse import Element, children, local_name, parse_xml

_PAGE = ("orientation", "paperSize", "fitToWidth", "fitToHeight", "scale")
_DEFAULTS = {"orientation": ("default", "portrait"), "fitToWidth": ("1",), "fitToHeight": ("1",), "scale": ("100",)}


def losses(template: bytes, built: bytes, kept: Mapping[str, Collection[int]]) -> list[tuple[str, str]]:
    """(sheet, what is missing or different) for columns, page set-up, headers, frozen panes, titles and pictures.

    Args:
        template: what the consultant made.
        built: what became of it.
        kept: sheet → template rows that are in the built workbook; what a scheme has no use for is no loss.
    """
    before, after = WorkbookParts(template), WorkbookParts(built)
    found: list[tuple[str, str]] = []
    for _, item, path in before.worksheets:
        name = item.get("name") or ""
        if name not in kept:
            continue
        place = after.worksheet_part(name)
        lost = list(_sheet_losses(before, path, after, place, kept[name])) if place else ["工作表"]
        found += [(name, words) for words in lost]
    return found


def _sheet_losses(
    before: WorkbookParts, path: str, after: WorkbookParts, place: str, kept: Collection[int]
) -> Iterator[str]:
    old, new = parse_xml(path, before.contents[path]), parse_xml(place, after.contents[place])
    if any(abs(width - _widths(new).get(index, -1.0)) > 0.01 for index, width in _widths(old).items()):
        yield "列宽"
    if _page(old) != _page(new):
        yield "页面设置"
    for tag, words in {"headerFooter": "页眉页脚", "pageMargins": "页边距", "printOptions": "打印选项"}.items():
        if _flat(old, tag) != _flat(new, tag):
            yield words
    if _pane(old) != _pane(new):
        yield "冻结窗格"
    formats = [item for item in children(old, "conditionalFormatting") if _reaches(item.get("sqref") or "", kept)]
    if formats and not children(new, "conditionalFormatting"):
        yield "条件格式"
    if _pictures(before, path) != _pictures(after, place):
        yield "图片和形状"


def _reaches(areas: str, rows: Collection[int]) -> bool:
    """Whether one of the areas (``B5:B9 D5``) covers one of the rows."""
    spans = [parse_area(area) for area in areas.split()]
    return any(first <= row <= last for first, _, last, _ in spans for row in rows)


def _widths(sheet: Element) -> dict[int, float]:
    """Column → width, for columns whose width is set; sheets never have thousands of their own."""
    return {
        index: float(column.get("width") or 0)
        for columns in children(sheet, "cols")
        for column in children(columns, "col")
        if column.get("width")
        for index in range(int(column.get("min") or 1), min(int(column.get("max") or 1), 256) + 1)
    }


def _page(sheet: Element) -> dict[str, str]:
    return {
        key: value
        for setup in children(sheet, "pageSetup")
        for key in _PAGE
        if (value := setup.get(key)) and value not in _DEFAULTS.get(key, ())
    }


def _flat(sheet: Element, tag: str) -> list[tuple[str, dict[str, str], str]]:
    return [
        (local_name(item), {str(key): str(value) for key, value in item.attrib.items()}, item.text or "")
        for element in children(sheet, tag)
        for item in element.iter()
    ]


def _pane(sheet: Element) -> list[str | None]:
    return [pane.get("topLeftCell") for pane in sheet.iter("{*}pane")]


def _pictures(parts: WorkbookParts, path: str) -> list[tuple[str, int]]:
    """Kinds of attached parts, and how many pictures and shapes each drawing holds."""
    wanted = ("drawing", "vmlDrawing", "image")
    attached = [part for kind, part in parts.relations(path).values() if kind in wanted and _shown(parts, path, part)]
    return sorted(
        (part, len(parse_xml(part, parts.contents[part])) if part in parts.contents else 1) for part in attached
    )


def _shown(parts: WorkbookParts, path: str, part: str) -> bool:
    """True when the sheet itself names the relation: comments hang on a drawing of their own, which is not kept."""
    named = {
        str(value)
        for tag in ("drawing", "legacyDrawingHF", "picture")
        for element in children(parse_xml(path, parts.contents[path]), tag)
        for value in element.attrib.values()
    }
    return any(target == part and key in named for key, (_, target) in parts.relations(path).items())
