"""What a sheet looks like: widths, heights, fills, bold letters, alignment; read on demand, for showing it on a screen.

The reader of values (:mod:`toolkit.excel.read`) leaves all of this out, because every return passes through it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from toolkit.excel.addresses import MAX_COLUMN, MAX_ROW
from toolkit.excel.parts import WorkbookParts
from toolkit.ooxml.parse import Element, children, is_true, iterate_xml, parse_xml, whole_number

_WIDTH, _HEIGHT = 8.43, 15.0
"""What Excel gives a column (in characters) and a row (in points) that says nothing."""


@dataclass(frozen=True, slots=True)
class Look:
    """One cell style. ``fill`` and ``ink`` are ``rrggbb``, "" where the style leaves them to the reader.

    ``across``: left, center, right or "" for what the kind of value decides.
    """

    fill: str = ""
    ink: str = ""
    bold: bool = False
    across: str = ""
    wrap: bool = False


@dataclass(frozen=True, slots=True)
class SheetLooks:
    """A sheet's columns and rows that differ from the usual, and the looks of all styles by their number.

    Units: widths in characters, heights in points; a hidden column or row has 0.
    """

    widths: Mapping[int, float] = field(default_factory=dict)
    heights: Mapping[int, float] = field(default_factory=dict)
    width: float = _WIDTH
    height: float = _HEIGHT
    styles: tuple[Look, ...] = (Look(),)

    def look(self, style: int) -> Look:
        """The look of a cell style's number; the usual one where the file does not declare it."""
        return self.styles[style] if 0 <= style < len(self.styles) else Look()


def read_looks(data: bytes, sheet: str) -> SheetLooks:
    """How a sheet of a workbook looks; the usual look for a sheet that is not there.

    Raises:
        UnreadableFileError: as :func:`toolkit.excel.read.read_workbook`.
    """
    parts = WorkbookParts(data)
    found = parts.related("styles")
    styles = _looks(*found) if found else (Look(),)
    path = next((path for _, item, path in parts.worksheets if item.get("name") == sheet), None)
    if path is None:
        return SheetLooks(styles=styles)
    return _sheet(path, parts.contents[path], styles)


def _sheet(name: str, content: bytes, styles: tuple[Look, ...]) -> SheetLooks:
    widths: dict[int, float] = {}
    heights: dict[int, float] = {}
    width, height = _WIDTH, _HEIGHT
    for element in iterate_xml(name, content, "sheetFormatPr", "cols", "row"):
        tag = element.tag.rpartition("}")[2]
        if tag == "sheetFormatPr":
            width = _measure(element.get("defaultColWidth"), _WIDTH)
            height = _measure(element.get("defaultRowHeight"), _HEIGHT)
        elif tag == "cols":
            widths |= _widths(element)
        else:
            number = whole_number(element.get("r"))
            hidden = is_true(element.get("hidden"))
            if 0 < number <= MAX_ROW and (hidden or element.get("ht")):
                heights[number] = 0.0 if hidden else _measure(element.get("ht"), _HEIGHT)
    return SheetLooks(widths, heights, width, height, styles)


def _widths(columns: Element) -> dict[int, float]:
    widths: dict[int, float] = {}
    for item in children(columns, "col")[:MAX_COLUMN]:
        first, last = whole_number(item.get("min")), min(whole_number(item.get("max")), MAX_COLUMN)
        width = 0.0 if is_true(item.get("hidden")) else _measure(item.get("width"), _WIDTH)
        if 0 < first <= last and (last - first < 256 or last == MAX_COLUMN):
            widths |= dict.fromkeys(range(first, min(last, first + 255) + 1), width)
    return widths


def _looks(name: str, content: bytes) -> tuple[Look, ...]:
    root = parse_xml(name, content)
    fills = [_fill(item) for group in children(root, "fills") for item in children(group, "fill")]
    fonts = [_font(item) for group in children(root, "fonts") for item in children(group, "font")]
    formats = [item for group in children(root, "cellXfs") for item in children(group, "xf")]
    return tuple(_look(item, fills, fonts) for item in formats) or (Look(),)


def _look(item: Element, fills: list[str], fonts: list[tuple[str, bool]]) -> Look:
    fill, font = whole_number(item.get("fillId")), whole_number(item.get("fontId"))
    ink, bold = fonts[font] if font < len(fonts) else ("", False)
    alignment = next(iter(children(item, "alignment")), None)
    across = (alignment.get("horizontal") or "") if alignment is not None else ""
    wrap = alignment is not None and is_true(alignment.get("wrapText"))
    known = {"left": "left", "right": "right", "center": "center", "centerContinuous": "center"}
    return Look(fills[fill] if fill < len(fills) else "", ink, bold, known.get(across, ""), wrap)


def _fill(item: Element) -> str:
    """Only a solid fill in a colour given in full is shown; patterns and colours of the theme are left out."""
    for pattern in children(item, "patternFill"):
        if pattern.get("patternType") == "solid":
            return next((_colour(colour) for colour in children(pattern, "fgColor")), "")
    return ""


def _font(item: Element) -> tuple[str, bool]:
    bold = any(found.get("val") not in ("0", "false") for found in children(item, "b"))
    return next((_colour(colour) for colour in children(item, "color")), ""), bold


def _colour(item: Element) -> str:
    given = item.get("rgb") or ""
    return (
        given[-6:].lower() if len(given) in (6, 8) and all(sign in "0123456789abcdefABCDEF" for sign in given) else ""
    )


def _measure(text: str | None, usual: float) -> float:
    try:
        found = float(text) if text and len(text) < 24 else usual
    except ValueError:
        return usual
    return found if 0 <= found <= 409 else usual
