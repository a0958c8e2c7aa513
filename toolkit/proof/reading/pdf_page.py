"""What stands on a page of a PDF: characters on their base lines, and the straight strokes tables are ruled with.

PDFium parses the file; pdfplumber finds words and tables among what it found. pdfplumber's own parser is written in
Python and takes ten times as long for the same characters. Units: points from the upper left corner of the page as it
is shown.
"""

from collections.abc import Callable, Iterator
from math import pi
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
from pdfplumber.container import Container
from pdfplumber.table import Table, TableFinder
from pdfplumber.utils.text import chars_to_textmap, extract_text

Mapping = dict[str, Any]
"""A character or an edge, as pdfplumber's functions take it."""
Matrix = tuple[float, float, float, float, float, float]
Point = tuple[float, float]
Box = tuple[float, float, float, float]
_ABOVE, _BELOW = 9.0, 2.0
"""The band of a character around its base line, the same for all fonts: characters of a line share one band."""
_STRAIGHT = 0.2
"""An edge that leaves its axis by less is horizontal or vertical."""
_DEEPEST = 6
"""Levels of forms within forms that are followed."""
_MOST_STROKES = 200_000
"""A page with more strokes is a drawing: its tables are not looked for."""
_NO_TEXT = frozenset({0, 0xFFFE, 0xFFFF})
_UPRIGHT = pi / 8


class PdfPage(Container):
    """The characters and edges of one page."""

    def __init__(self, page: pypdfium2.PdfPage) -> None:
        shown = _shown(page)
        width, height = page.get_size()
        self.bbox = (0.0, 0.0, width, height)
        self.width, self.height = width, height
        self._chars = list(_characters(page, shown))
        self._edges = list(_edges(page, shown))  # what the base class keeps its edges in

    @property
    def objects(self) -> dict[str, list[Mapping]]:
        """Its characters, by the name pdfplumber has for them."""
        return {"char": self._chars}

    def rows(self, table: Table) -> list[list[str | None]]:
        """The texts of a table's cells; None where a cell is part of a merged one."""
        rows = [(row.cells, _within(self._chars, row.bbox)) for row in table.rows]
        return [
            [None if cell is None else extract_text(_within(characters, cell)) for cell in cells]
            for cells, characters in rows
        ]

    def tables(self) -> list[Table]:
        """The ruled tables, from top to bottom."""
        if not self._edges or len(self._edges) > _MOST_STROKES:
            return []
        found = TableFinder(self)  # type: ignore[arg-type] # of a page it takes the box and the edges
        return sorted(found.tables, key=lambda table: table.bbox[1])

    def text_lines(self) -> list[Mapping]:
        """Lines with ``text``, ``x0``, ``x1``, ``top`` and ``bottom``."""
        if not self._chars:
            return []
        lines: list[Mapping] = chars_to_textmap(self._chars, layout_bbox=self.bbox).extract_text_lines(
            strip=True, return_chars=False
        )
        return lines


def _within(characters: list[Mapping], box: Box) -> list[Mapping]:
    """Those whose middle is in a box."""
    left, top, right, bottom = box
    return [item for item in characters if left <= item["centre"] < right and top <= item["middle"] < bottom]


def _shown(page: pypdfium2.PdfPage) -> Callable[[float, float], Point]:
    """From the coordinates of the file to those of the page as it is shown, turned as it says."""
    left, bottom, right, top = page.get_cropbox()
    turned = {
        0: lambda x, y: (x - left, top - y),
        90: lambda x, y: (y - bottom, x - left),
        180: lambda x, y: (right - x, y - bottom),
        270: lambda x, y: (top - y, right - x),
    }
    return turned[page.get_rotation() % 360]


def _characters(page: pypdfium2.PdfPage, shown: Callable[[float, float], Point]) -> Iterator[Mapping]:
    text = page.get_textpage()
    turn = page.get_rotation() * pi / 180
    box, x, y = pdfium.FS_RECTF(), pdfium.c_double(), pdfium.c_double()
    high = 0
    try:
        for at in range(text.count_chars()):
            code = pdfium.FPDFText_GetUnicode(text, at)
            if code in _NO_TEXT or (code <= 0x20 and pdfium.FPDFText_IsGenerated(text, at) == 1):
                continue
            if 0xD800 <= code < 0xDC00:
                high = code
                continue
            if 0xDC00 <= code < 0xE000:
                code = 0x10000 + ((high - 0xD800) << 10) + code - 0xDC00 if high else 0xFFFD
            pdfium.FPDFText_GetLooseCharBox(text, at, box)
            pdfium.FPDFText_GetCharOrigin(text, at, x, y)
            first, second = shown(box.left, box.bottom), shown(box.right, box.top)
            base = shown(x.value, y.value)[1]
            yield _character(
                chr(code), (first[0], second[0]), base, _is_upright(pdfium.FPDFText_GetCharAngle(text, at) + turn)
            )
            high = 0
    finally:
        text.close()


def _is_upright(angle: float) -> bool:
    turned = angle % (2 * pi)
    return min(turned, 2 * pi - turned) < _UPRIGHT


def _character(text: str, sides: Point, base: float, upright: bool) -> Mapping:
    left, right = min(sides), max(sides)
    top, bottom = base - _ABOVE, base + _BELOW
    return {
        "text": text,
        "x0": left,
        "x1": right,
        "top": top,
        "bottom": bottom,
        "doctop": top,
        "centre": (left + right) / 2,
        "middle": (top + bottom) / 2,
        "width": right - left,
        "height": bottom - top,
        "size": bottom - top,
        "upright": upright,
    }


def _edges(page: pypdfium2.PdfPage, shown: Callable[[float, float], Point]) -> Iterator[Mapping]:
    for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=_DEEPEST):
        matrices = _matrices(item)
        for start, end in _straight_segments(item.raw):
            edge = _edge(shown(*_moved(start, matrices)), shown(*_moved(end, matrices)))
            if edge is not None:
                yield edge


def _matrices(item: pypdfium2.PdfObject) -> tuple[Matrix, ...]:
    """The object's own matrix and those of the forms around it, from within to without."""
    found: list[Matrix] = []
    holder: pypdfium2.PdfObject | None = item
    while holder is not None:
        found.append(holder.get_matrix().get())
        holder = holder.container
    return tuple(found)


def _moved(point: Point, matrices: tuple[Matrix, ...]) -> Point:
    x, y = point
    for a, b, c, d, e, f in matrices:
        x, y = a * x + c * y + e, b * x + d * y + f
    return x, y


def _straight_segments(path: Any) -> Iterator[tuple[Point, Point]]:  # noqa: ANN401 - a handle of PDFium
    """The straight parts of a path that is painted, closing ones too."""
    fill, stroke = pdfium.c_int(), pdfium.c_int()
    pdfium.FPDFPath_GetDrawMode(path, fill, stroke)
    if not fill.value and not stroke.value:
        return
    begun = before = (0.0, 0.0)
    x, y = pdfium.c_float(), pdfium.c_float()
    for at in range(pdfium.FPDFPath_CountSegments(path)):
        segment = pdfium.FPDFPath_GetPathSegment(path, at)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        here = (x.value, y.value)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            begun = here
        elif kind == pdfium.FPDF_SEGMENT_LINETO:
            yield before, here
        before = here
        if pdfium.FPDFPathSegment_GetClose(segment):
            yield here, begun
            before = begun


def _edge(start: Point, end: Point) -> Mapping | None:
    """A horizontal or vertical edge; none for a slanting one and for a point."""
    (x0, x1), (top, bottom) = sorted((start[0], end[0])), sorted((start[1], end[1]))
    width, height = x1 - x0, bottom - top
    if width < _STRAIGHT:
        orientation, x1 = "v", x0
    elif height < _STRAIGHT:
        orientation, bottom = "h", top
    else:
        return None
    if width < _STRAIGHT and height < _STRAIGHT:
        return None
    return {
        "object_type": "line",
        "orientation": orientation,
        "x0": x0,
        "x1": x1,
        "top": top,
        "bottom": bottom,
        "doctop": top,
        "width": x1 - x0,
        "height": bottom - top,
    }
