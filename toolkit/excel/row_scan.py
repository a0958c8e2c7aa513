"""The rows of a worksheet read straight from the text, for parts written the way Excel, WPS and openpyxl write them.

Many times as fast as a parser. It either accounts for every character between the first and the last row, or says no;
then a real parser reads the part, so nothing odd is ever half understood. The text of one cell says all of it, but for
shared texts and formulas, so what it came to is remembered: of the returns of one evaluation nine cells in ten are the
same, whatever program saved them.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from toolkit.excel.addresses import MAX_ROW, column_index
from toolkit.excel.book import Cell
from toolkit.excel.cell_values import CellDecoder, text_number
from toolkit.excel.xml_parts import resolved, unescape, usual_text, without_indents

_CELL = re.compile(
    r'r="([A-Z]{1,3})([1-9][0-9]{0,6})"(?: s="([0-9]{1,8})")?(?: t="(n|s|str|b|e|d|inlineStr)")?'
    r"(?:/>|>(?:<f([^<>]*?)(?:/>|>([^<]*)</f>))?"
    r'(?:<v>([^<]*)</v>|<v ?/>|<is><t(?: xml:space="preserve")?>([^<]*)</t></is>)?</c>)'
)
"""What follows ``<c``."""
_HEAD = re.compile(r'(?:<row r="[1-9][0-9]{0,6}"[^<>]*/>)*(?:<row r="[1-9][0-9]{0,6}"[^<>]*(?<!/)>)?')
_ROW = re.compile(r'<row r="([0-9]+)"([^<>]*)>')
_ATTRIBUTE = re.compile(r'([A-Za-z0-9:]+)="([^"&]*)"')
_HIDDEN = re.compile(r' hidden="(?:1|true)"| ht="[0-3](?:\.[0-9]+)?"')
_LONGEST_HEAD = 200
_ROW_ENDS = b"</row>"
_PIECE = 1_000_000
"""Bytes of rows that are looked through at a time."""

Cells = dict[tuple[int, int], Cell]


def scan_rows(head: bytes, body: bytes, decoder: CellDecoder) -> tuple[Cells, set[int]] | None:
    """The cells of a sheet and the numbers of its hidden rows; None to leave the part to a parser.

    Args:
        head: the part up to and including ``<sheetData>``.
        body: what follows, up to ``</sheetData>``.
        decoder: makes cells of texts.

    Raises:
        UnreadableFileError: a shared string that does not exist.
    """
    count = body.count(b"<c ")
    if count > decoder.context.limits.cells:
        return None
    scan = _Scan(decoder)
    for piece in _pieces(body):
        text = usual_text(head, piece)
        if text is None or not scan.take(without_indents(text)):
            return None
    # A cell that stands there twice is for the parser, which says so.
    return (scan.cells, scan.hidden) if len(scan.cells) == count else None


def _pieces(body: bytes) -> Iterator[bytes]:
    """Rows of a sheet some at a time: the sheets of a large evaluation are never held as text as a whole."""
    start = 0
    while (end := body.find(_ROW_ENDS, start + _PIECE)) >= 0:
        end += len(_ROW_ENDS)
        yield body[start:end]
        start = end
    yield body[start:]


class _Scan:
    """The rows of one sheet as they are scanned.

    Attributes:
        cells, hidden: the cells and the numbers of the hidden rows so far.
    """

    def __init__(self, decoder: CellDecoder) -> None:
        self.cells: Cells = {}
        self.hidden: set[int] = set()
        self._rows: set[int] = set()
        self._decoder = decoder

    def take(self, text: str) -> bool:
        """Add the rows of a text; False where something in it is not usual."""
        *rows, rest = text.split("</row>")
        return all(map(self._take_row, rows)) and self._take_heading(rest) == 0

    def _take_heading(self, text: str) -> int | None:
        """The number of the row whose cells follow, 0 for none; None where something else stands there."""
        read = _known_heading(text) if len(text) <= _LONGEST_HEAD else _heading(text)
        # A row that stands there twice is for the parser too.
        if read is None or not self._rows.isdisjoint(read.rows):
            return None
        self._rows.update(read.rows)
        self.hidden.update(read.hidden)
        return read.open

    def _take_row(self, text: str) -> bool:
        head, *pieces = text.split("<c ")
        row = self._take_heading(head)
        if not row:
            return False
        # Kept flat: this loop runs once for every cell of every returned workbook.
        cells, decoder = self.cells, self._decoder
        known = decoder.context.known
        for piece in pieces:
            found = known[piece] or _decoded(piece, decoder)
            if found is None:
                return False
            place, cell, shared = found
            if place[0] != row:
                return False
            cells[place] = cell if shared is None else decoder.shared(cell, shared)
        return True


class _Heading(NamedTuple):
    """What stands before the first cell of a row: rows without cells, then the row itself.

    Attributes:
        open: the row whose cells follow, 0 for none.
        rows, hidden: all of them, and those of them that are hidden.
    """

    open: int
    rows: frozenset[int]
    hidden: frozenset[int]


def _heading(text: str) -> _Heading | None:
    """None when anything else stands there, or a row twice."""
    if not _HEAD.fullmatch(text):
        return None
    found = [(int(number), attributes) for number, attributes in _ROW.findall(text)]
    rows = frozenset(number for number, _ in found)
    if len(rows) < len(found) or max(rows, default=0) > MAX_ROW:
        return None
    hidden = frozenset(number for number, attributes in found if _HIDDEN.search(attributes))
    return _Heading(0 if not found or found[-1][1].endswith("/") else found[-1][0], rows, hidden)


_known_heading = lru_cache(4096)(_heading)


def _decoded(text: str, decoder: CellDecoder) -> tuple[tuple[int, int], Cell, int | None] | None:
    """A cell's place, the cell from its text, and the number of its shared text; None when the text is no usual one."""
    match = _CELL.fullmatch(text)
    column = _column(match[1]) if match else 0
    if match is None or not column:
        return None
    _, digits, style, kind, about, formula, value, inline = match.groups()
    if value is not inline and (inline is None) is (kind == "inlineStr"):
        return None
    place, value, attributes = (int(digits), column), _plain(value), _attributes(about) if about else {}
    written = None if about is None else decoder.formula(place, attributes, _plain(formula) or "")
    shared = text_number(value) if kind == "s" and value else None
    if shared is not None:
        value, kind = None, None
    found = place, decoder.cell(place, style, kind, written, value, _text(inline)), shared
    if "t" not in attributes:  # a shared formula is told by others, and an array formula is noted beside its cell
        decoder.context.known.keep(text, found)
    return found


def _column(letters: str) -> int:
    """The number of a column, 0 when there is no such column."""
    try:
        return column_index(letters)
    except ValueError:
        return 0


def _plain(text: str | None) -> str | None:
    return resolved(text) if text else text


def _text(text: str | None) -> str | None:
    return unescape(resolved(text)) if text else text


def _attributes(text: str) -> dict[str, str]:
    return dict(_ATTRIBUTE.findall(text))
