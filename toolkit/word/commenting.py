"""A copy of a document with Word comments at given places; nothing else of it changes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from toolkit.ooxml.parse import serialise
from toolkit.word.body import P, body_blocks, grid_rows
from toolkit.word.merging.comments import Comments
from toolkit.word.merging.words import Opened
from toolkit.word.package import DOCUMENT, Node, parse, read_parts, write_parts


@dataclass(frozen=True, slots=True, order=True)
class Spot:
    """A paragraph, or a cell of a table, counted from 1 as :mod:`toolkit.word.body` walks."""

    paragraph: int = 0
    table: int = 0
    row: int = 0
    column: int = 0


def with_comments(docx: bytes, lines: Mapping[Spot, Sequence[str]], when: datetime, author: str) -> bytes:
    """The document with one comment a spot; a spot that is not there is left out.

    Raises:
        TemplateError: the bytes are not a ``.docx``.
    """
    parts = read_parts(docx)
    root = parse(parts[DOCUMENT])
    comments = Comments.of(Opened(parts, {}, {}), when, author)
    places = _places(root, {spot.table for spot in lines})
    for spot in sorted(lines):
        paragraph = places.get(spot)
        if paragraph is not None:
            comments.add(paragraph, lines[spot])
    comments.close()
    parts[DOCUMENT] = serialise(root)
    return write_parts(parts)


def _places(root: Node, tables: set[int]) -> dict[Spot, Node]:
    places: dict[Spot, Node] = {}
    paragraphs = number = 0
    for node in body_blocks(root):
        if node.tag == P:
            paragraphs += 1
            places[Spot(paragraphs)] = node
            continue
        rows = list(grid_rows(node))
        if not any(rows):
            continue
        number += 1
        for row, cells in enumerate(rows if number in tables else (), 1):
            for column, cell in enumerate(cells, 1):
                paragraph = None if cell is None else next(cell.iter(P), None)
                if paragraph is not None:
                    places[Spot(0, number, row, column)] = paragraph
    return places
