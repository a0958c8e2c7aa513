"""A copy of a document with Word comments at given places; nothing else of it changes."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import accumulate

from toolkit.ooxml.parse import serialise
from toolkit.word.body import P, body_blocks, grid_rows, own_paragraphs
from toolkit.word.merging.comments import Comments
from toolkit.word.merging.words import Opened
from toolkit.word.package import DOCUMENT, Node, parse, read_parts, w, write_parts

_RUN, _TEXT = w("r"), w("t")


@dataclass(frozen=True, slots=True, order=True)
class Spot:
    """A paragraph, or a cell of a table, counted from 1 as :mod:`toolkit.word.body` walks."""

    paragraph: int = 0
    table: int = 0
    row: int = 0
    column: int = 0


def with_comments(
    docx: bytes,
    lines: Mapping[Spot, Sequence[str]],
    when: datetime,
    author: str,
    marked: Mapping[Spot, Sequence[str]] | None = None,
) -> bytes:
    """The document with one comment a spot; a spot that is not there is left out.

    ``marked``: words of a spot that its comment is about; without, or where they are not found, it is about all of it.

    Raises:
        TemplateError: the bytes are not a ``.docx``.
    """
    parts = read_parts(docx)
    root = parse(parts[DOCUMENT])
    comments = Comments.of(Opened(parts, {}, {}), when, author)
    places = _places(root, {spot.table for spot in lines})
    for spot in sorted(lines):
        if paragraphs := places.get(spot):
            words = [text for text in (marked or {}).get(spot, ()) if text]
            paragraph, runs = _around(paragraphs, words)
            comments.add(paragraph, lines[spot], runs)
    comments.close()
    parts[DOCUMENT] = serialise(root)
    return write_parts(parts)


def _around(paragraphs: Sequence[Node], words: Sequence[str]) -> tuple[Node, tuple[Node, Node] | None]:
    """The paragraph that holds some words, and its first and last run that do; the first paragraph without them."""
    for paragraph in paragraphs:
        runs = [node for node in paragraph if node.tag == _RUN]
        texts = ["".join(item.text or "" for item in run.iter(_TEXT)) for run in runs]
        ends = list(accumulate(map(len, texts)))
        whole = "".join(texts)
        spans = [(at, at + len(text) - 1) for text in words if (at := whole.find(text)) >= 0]
        if spans:
            first = bisect_right(ends, min(start for start, _ in spans))
            last = bisect_right(ends, max(end for _, end in spans))
            return paragraph, (runs[first], runs[last])
    return paragraphs[0], None


def _places(root: Node, tables: set[int]) -> dict[Spot, list[Node]]:
    places: dict[Spot, list[Node]] = {}
    paragraphs = number = 0
    for node in body_blocks(root):
        if node.tag == P:
            paragraphs += 1
            places[Spot(paragraphs)] = [node]
            continue
        rows = list(grid_rows(node))
        if not any(rows):
            continue
        number += 1
        for row, cells in enumerate(rows if number in tables else (), 1):
            for column, cell in enumerate(cells, 1):
                if cell is not None:
                    places[Spot(0, number, row, column)] = list(own_paragraphs(cell))
    return places
