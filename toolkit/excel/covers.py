"""Which cells text boxes, shapes and pictures lie upon, so that a person sees those and not the cells."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from toolkit.excel.addresses import MAX_COLUMN, MAX_ROW
from toolkit.excel.book import Cell, Doubt, filled_within
from toolkit.excel.parts import WorkbookParts
from toolkit.ooxml.parse import Element, children, full_text, iterate_xml, whole_number

Corners = tuple[int, int, int, int]
"""First row, first column, last row, last column."""
_DRAWN = frozenset({"sp", "pic", "graphicFrame", "grpSp"})
_USUAL_COLUMN, _USUAL_ROW = 609_600, 190_500
"""Width and height of a cell nobody has changed. Units: English metric units (914,400 an inch)."""
_PIXEL, _POINT, _DIGIT = 9_525, 12_700, 7
"""English metric units of a pixel and a point; pixels of a digit in the usual font, by which columns are measured."""
_COLUMNS = re.compile(rb"<(?:\w+:)?(sheetFormatPr|col)\b([^>]*)>")
_ROWS, _PREFIXED_ROWS = re.compile(rb"<row\s([^>]*)>"), re.compile(rb"<\w+:row\s([^>]*)>")
_SAID = {
    name: re.compile(rb"""\b%s\s*=\s*["']([^"']*)""" % name)
    for name in (b"r", b"ht", b"hidden", b"min", b"max", b"width", b"defaultColWidth", b"defaultRowHeight")
}
_LARGEST_KEPT = 100_000
_MOST_KEPT = 1_000  # columns and rows of a sheet
_MOST = 1_000
"""Areas of one drawing that are told apart; of more, all that lies between the outermost counts as covered."""


def covered_areas(parts: WorkbookParts, sheet_part: str) -> tuple[Corners, ...]:
    """Areas of cells of which half, or as much as half a usual cell, lies under something drawn on a worksheet."""
    content = parts.contents[sheet_part]
    if b"drawing" not in content:
        return ()
    paths = [path for kind, path in parts.relations(sheet_part).values() if kind == "drawing"]
    found = [part for path in paths if (part := parts.part(path))]
    sizes = _sizes(content) if found else (_Lines(), _Lines())
    return tuple(area for part in found for area in _areas(*part, sizes))


def covered(cells: Mapping[tuple[int, int], Cell], areas: Sequence[Corners]) -> dict[tuple[int, int], Doubt]:
    """Those of these cells that hold something and are covered."""
    return dict.fromkeys(filled_within(cells, areas), Doubt.COVERED)


@dataclass(frozen=True, slots=True)
class _Lines:
    """How wide columns or how high rows are, by their number from 0; of all others ``usual``."""

    sizes: tuple[int, ...] = ()
    usual: int = 1

    def counts(self, number: int) -> int:
        """How much of a line has to be covered so that what stands in it may not be seen."""
        return min(self.size(number), self.usual) // 2

    def size(self, number: int) -> int:
        return self.sizes[number] if number < len(self.sizes) else self.usual

    def start(self, number: int) -> int:
        """Where a line begins."""
        return sum(self.sizes[:number]) + max(0, number - len(self.sizes)) * self.usual

    def at(self, distance: int) -> tuple[int, int]:
        """The line at a distance from the first one's beginning, and how far in it."""
        for number, size in enumerate(self.sizes):
            if distance < size:
                return number, distance
            distance -= size
        return len(self.sizes) + distance // self.usual, distance % self.usual


_Sizes = tuple[_Lines, _Lines]
"""Of columns, of rows."""


def _sizes(sheet: bytes) -> _Sizes:
    """Columns and rows of a worksheet as its part says them."""
    columns = _COLUMNS.findall(sheet[: max(0, sheet.find(b"sheetData"))])
    rows = (_ROWS if b"<row" in sheet else _PREFIXED_ROWS).findall(sheet)
    read = _known_sizes if len(columns) + len(rows) <= _MOST_KEPT else _read_sizes
    return read(tuple(columns), tuple(rows))


def _read_sizes(said_of_columns: tuple[tuple[bytes, bytes], ...], said_of_rows: tuple[bytes, ...]) -> _Sizes:
    columns: dict[int, int] = {}
    rows: dict[int, int] = {}
    usual = [_USUAL_COLUMN, _USUAL_ROW]
    for element, said in said_of_columns:
        if element == b"col":
            first, last = (min(whole_number(_text(said, end)), MAX_COLUMN) for end in (b"min", b"max"))
            size = 0 if _is_hidden(said) else _width(_text(said, b"width"), usual[0])
            columns |= dict.fromkeys(range(first, last + 1), size)
        else:
            usual = [
                _width(_text(said, b"defaultColWidth"), usual[0]), _height(_text(said, b"defaultRowHeight"), usual[1])
            ]  # fmt: skip
    for said in said_of_rows:
        size = 0 if _is_hidden(said) else _height(_text(said, b"ht"), usual[1])
        rows[min(whole_number(_text(said, b"r")), MAX_ROW)] = size
    return _lines(columns, usual[0]), _lines(rows, usual[1])


_known_sizes = lru_cache(16)(_read_sizes)
"""All forms of an evaluation have the same columns and rows, as long as nobody has moved them."""


def _text(attributes: bytes, name: bytes) -> str | None:
    found = _SAID[name].search(attributes)
    return found[1].decode("latin-1") if found else None


def _is_hidden(attributes: bytes) -> bool:
    return b"hidden" in attributes and _text(attributes, b"hidden") in ("1", "true")


def _lines(sizes: Mapping[int, int], usual: int) -> _Lines:
    usual = max(usual, 1)
    return _Lines(tuple(sizes.get(number, usual) for number in range(1, max(sizes, default=0) + 1)), usual)


def _width(text: str | None, otherwise: int) -> int:
    """A width in characters. Source: ECMA-376 part 1, 18.3.1.13 (col)."""
    number = _number(text)
    return otherwise if number is None else int((256 * number + 128 // _DIGIT) / 256 * _DIGIT) * _PIXEL


def _height(text: str | None, otherwise: int) -> int:
    number = _number(text)
    return otherwise if number is None else int(number * _POINT)


def _number(text: str | None) -> float | None:
    return float(text) if text and re.fullmatch(r"[0-9]{1,6}(?:\.[0-9]{1,20})?", text) else None


def _areas(name: str, content: bytes, sizes: _Sizes) -> tuple[Corners, ...]:
    read = _known_areas if len(content) <= _LARGEST_KEPT else _read_areas
    return read(name, content, sizes)


def _read_areas(name: str, content: bytes, sizes: _Sizes) -> tuple[Corners, ...]:
    areas: list[Corners] = []
    for anchor in iterate_xml(name, content, "twoCellAnchor", "oneCellAnchor", "absoluteAnchor"):
        drawn = any(
            element.tag.rpartition("}")[2] in _DRAWN for element in anchor.iter() if isinstance(element.tag, str)
        )
        area = _area(anchor, *sizes) if drawn else None
        if area:
            areas.append(area)
        if len(areas) > _MOST:
            areas = [_around(areas)]
    return tuple(areas)


def _around(areas: Sequence[Corners]) -> Corners:
    """The smallest area that holds all of these."""
    tops, lefts, bottoms, rights = zip(*areas, strict=True)
    return min(tops), min(lefts), max(bottoms), max(rights)


_known_areas = lru_cache(16)(_read_areas)
"""All forms of an evaluation have the same drawings, as long as nobody has drawn on them."""


def _area(anchor: Element, columns: _Lines, rows: _Lines) -> Corners | None:
    """The cells between two corners; None where they say nothing usable."""
    across = _span(_corner(anchor, "from", "col"), _corner(anchor, "to", "col"), _extent(anchor, "x"), columns)
    down = _span(_corner(anchor, "from", "row"), _corner(anchor, "to", "row"), _extent(anchor, "y"), rows)
    return (down[0] + 1, across[0] + 1, down[1] + 1, across[1] + 1) if across and down else None


def _span(
    start: tuple[int, int] | None, end: tuple[int, int] | None, extent: tuple[int, int] | None, lines: _Lines
) -> tuple[int, int] | None:
    """First and last line that count as covered between two ends, or by what begins somewhere and is so long."""
    if start is None:
        start = lines.at(extent[0]) if extent else None
    if end is None and start is not None and extent:
        end = lines.at(lines.start(start[0]) + min(start[1], lines.size(start[0])) + extent[1])
    if start is None or end is None:
        return None
    first = start[0] + (lines.size(start[0]) - start[1] < lines.counts(start[0]))
    last = end[0] - (end[1] < max(1, lines.counts(end[0])))
    return (first, last) if first <= last else None


def _corner(anchor: Element, name: str, line: str) -> tuple[int, int] | None:
    """A column or row and the offset in it, from 0."""
    found = next(iter(children(anchor, name)), None)
    if found is None:
        return None
    texts = [next((full_text(item) for item in children(found, part)), "") for part in (line, f"{line}Off")]
    number, offset = (int(text) if text.strip().isdecimal() and len(text) < 12 else 0 for text in texts)
    return min(number, MAX_ROW), offset


def _extent(anchor: Element, axis: str) -> tuple[int, int] | None:
    """Where something anchored to no cell begins (else 0), and how long it is."""
    size, place = (next(iter(children(anchor, name)), None) for name in ("ext", "pos"))
    if size is None:
        return None
    length, start = size.get(f"c{axis}") or "", (place.get(axis) if place is not None else None) or "0"
    if not (length.isdecimal() and len(length) < 12):
        return None
    return (int(start) if start.isdecimal() and len(start) < 12 else 0), int(length)
