"""Which cells text boxes, shapes and pictures lie upon, so that a person sees those and not the cells."""

from collections.abc import Mapping, Sequence
from functools import lru_cache

from toolkit.excel.book import Cell, Doubt
from toolkit.excel.parts import WorkbookParts
from toolkit.ooxml.parse import Element, children, full_text, iterate_xml

Corners = tuple[int, int, int, int]
"""First row, first column, last row, last column."""
_DRAWN = frozenset({"sp", "pic", "graphicFrame", "grpSp"})
_USUAL_COLUMN, _USUAL_ROW = 609_600, 190_500
"""Width and height of a cell nobody has changed. Units: English metric units (914,400 an inch)."""
_LARGEST_KEPT = 100_000
_MOST = 1_000
"""Areas of one drawing that are told apart; of more, all that lies between the outermost counts as covered."""


def covered_areas(parts: WorkbookParts, sheet_part: str) -> tuple[Corners, ...]:
    """Areas of cells whose middle lies under something drawn on a worksheet.

    How wide cells are is not asked: where an edge falls within one, it counts as covered from half a usual cell on.
    """
    if b"drawing" not in parts.contents[sheet_part]:
        return ()
    paths = [path for kind, path in parts.relations(sheet_part).values() if kind == "drawing"]
    found = [part for path in paths if (part := parts.part(path))]
    return tuple(area for part in found for area in _areas(*part))


def covered(cells: Mapping[tuple[int, int], Cell], areas: Sequence[Corners]) -> dict[tuple[int, int], Doubt]:
    """Those of these cells that hold something and are covered."""
    return {
        place: Doubt.COVERED
        for place, cell in (cells.items() if areas else ())
        if cell.value is not None
        and any(top <= place[0] <= bottom and left <= place[1] <= right for top, left, bottom, right in areas)
    }


def _areas(name: str, content: bytes) -> tuple[Corners, ...]:
    return _known_areas(name, content) if len(content) <= _LARGEST_KEPT else _read_areas(name, content)


def _read_areas(name: str, content: bytes) -> tuple[Corners, ...]:
    areas: list[Corners] = []
    for anchor in iterate_xml(name, content, "twoCellAnchor", "oneCellAnchor"):
        drawn = any(
            element.tag.rpartition("}")[2] in _DRAWN for element in anchor.iter() if isinstance(element.tag, str)
        )
        area = _area(anchor) if drawn else None
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


def _area(anchor: Element) -> Corners | None:
    """The cells between two corners; None where they say nothing usable."""
    start = _corner(anchor, "from")
    end = _corner(anchor, "to") or (start and _by_size(anchor, start))
    if start is None or end is None:
        return None
    (column, across, row, down), (last_column, to_right, last_row, to_bottom) = start, end
    first = (row + (down > _USUAL_ROW // 2), column + (across > _USUAL_COLUMN // 2))
    last = (last_row - (to_bottom < _USUAL_ROW // 2), last_column - (to_right < _USUAL_COLUMN // 2))
    return (
        (first[0] + 1, first[1] + 1, last[0] + 1, last[1] + 1) if first[0] <= last[0] and first[1] <= last[1] else None
    )


def _corner(anchor: Element, name: str) -> tuple[int, int, int, int] | None:
    """Column, offset in it, row, offset in it, from 0."""
    found = next(iter(children(anchor, name)), None)
    if found is None:
        return None
    texts = [
        next((full_text(item) for item in children(found, part)), "") for part in ("col", "colOff", "row", "rowOff")
    ]
    numbers = [int(text) if text.strip().isdecimal() and len(text) < 12 else 0 for text in texts]
    return numbers[0], numbers[1], numbers[2], numbers[3]


def _by_size(anchor: Element, start: tuple[int, int, int, int]) -> tuple[int, int, int, int] | None:
    """The other corner of something of a given size, among cells of the usual one."""
    size = next(iter(children(anchor, "ext")), None)
    if size is None:
        return None
    width, height = ((size.get(name) or "") for name in ("cx", "cy"))
    if not (width.isdecimal() and height.isdecimal() and max(len(width), len(height)) < 12):
        return None
    right, bottom = start[1] + int(width), start[3] + int(height)
    columns, rows = right // _USUAL_COLUMN, bottom // _USUAL_ROW
    return start[0] + columns, right % _USUAL_COLUMN, start[2] + rows, bottom % _USUAL_ROW
