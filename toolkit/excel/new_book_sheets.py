"""The sheets of a new workbook as parts of its file: one after another, of a long workbook also beside one another.

All sheets share a table of texts, which are numbered as they are met. Once that table is full, a sheet depends on none
before it: those that are still to be written are divided between this process and a copy of it. The bytes are the same.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from io import BytesIO
from itertools import chain
from typing import TypeAlias

from toolkit.excel.addresses import cell_name
from toolkit.excel.new_book import NewSheet
from toolkit.excel.new_book_links import with_links
from toolkit.excel.new_book_rows import RowWriter, SharedTexts, StyleOf
from toolkit.ooxml.blocks import PIECE
from toolkit.ooxml.package import Member, PackageLimits, PackageWriter, deflate, read_members

Apart: TypeAlias = Callable[[Callable[[], bytes]], Callable[[], bytes | None]]
"""Begins some work in a copy of this process; what comes back gives its bytes, None where there is no such copy."""
LEVEL = 6
"""Of compression: half the size of the fastest, for a tenth of the time rows take."""
_HELD = 2_000_000  # bytes of a part that is compressed as a whole, which makes it a quarter smaller
_WORTH_A_COPY = 400_000  # cells of rows
_DIMENSION = re.compile(rb"<dimension [^>]*/>")
_OURS = PackageLimits(*[2**40] * 4)
"""What a copy of this process writes is as large as it is."""


def not_apart(_work: Callable[[], bytes]) -> Callable[[], None]:
    """No copy of this process is made."""
    return lambda: None


class SheetParts:
    """The parts of all sheets, asked for in their order."""

    def __init__(
        self,
        sheets: Mapping[str, NewSheet],
        empty: Mapping[str, bytes],
        style_of: StyleOf,
        shared: SharedTexts,
        apart: Apart,
    ) -> None:
        """Args: sheets and their parts without rows, by the parts' names; styles; the texts; how a copy is asked."""
        self._sheets, self._empty = sheets, empty
        self._style_of, self._shared, self._apart = style_of, shared, apart
        self._divided = False
        self._given: Sequence[str] = ()
        self._answer: Callable[[], bytes | None] = lambda: None
        self._written: Mapping[str, Member] = {}

    def add(self, package: PackageWriter, name: str) -> None:
        """Write a sheet's part into the file, unless the copy has written it."""
        if name in self._given:
            self._given = ()
            written = self._answer()
            self._written = read_members(written, _OURS) if written else {}
        if name in self._written:
            package.add(self._written[name])
        else:
            add_part(package, name, self._content(name))

    def _content(self, name: str) -> Iterator[bytes]:
        sheet = self._sheets[name]
        rows = RowWriter(sheet, self._style_of, self._shared).rows()
        for piece in _with_rows(self._empty[name], sheet, rows):
            yield piece
            if self._shared.full and not self._divided:
                self._divide(name)

    def _divide(self, current: str) -> None:
        """Give the copy about half of what is left while this process goes on with the current sheet."""
        self._divided = True
        names = list(self._sheets)
        left = names[names.index(current) + 1 :]
        given, ours, theirs = [], _cells(self._sheets[current]), 0
        for name in sorted(left, key=lambda name: -_cells(self._sheets[name])):
            size = _cells(self._sheets[name])
            if theirs <= ours:
                given.append(name)
                theirs += size
            else:
                ours += size
        if theirs >= _WORTH_A_COPY:
            self._given = given
            self._answer = self._apart(partial(self._written_apart, given))

    def _written_apart(self, names: Iterable[str]) -> bytes:
        """A file with the parts of some sheets."""
        target = BytesIO()
        package = PackageWriter(target)
        for name in names:
            add_part(package, name, self._content(name))
        package.close()
        return target.getvalue()


def _cells(sheet: NewSheet) -> int:
    """About how many cells the rows of a sheet have: what is the same in all of them is written, too."""
    first = next(sheet.table.rows(0), None) if sheet.table else None
    return sum(1 for _ in first.cells(1)) * sheet.table.count if sheet.table and first else 0


def add_part(package: PackageWriter, name: str, content: Iterator[bytes]) -> None:
    """A part as a whole, in the small; one too long to be held, piece by piece."""
    held, size = [], 0
    for piece in content:
        held.append(piece)
        size += len(piece)
        if size > _HELD:
            package.add_long(name, _pieces(chain(held, content)))
            return
    package.add(deflate(name, b"".join(held), LEVEL))


def _pieces(content: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes in pieces of one length."""
    waiting = bytearray()
    for piece in content:
        waiting += piece
        while len(waiting) >= PIECE:
            yield bytes(waiting[:PIECE])
            del waiting[:PIECE]
    if waiting:
        yield bytes(waiting)


def _with_rows(part: bytes, sheet: NewSheet, rows: Iterable[str]) -> Iterator[bytes]:
    """A sheet's part with its rows, and with the area they take."""
    before, _, rest = part.partition(b"<sheetData")
    after = rest.partition(b"</sheetData>")[2] if rest.startswith(b">") else rest.partition(b"/>")[2]
    held = max(row for row, _ in sheet.cells), max(column for _, column in sheet.cells)
    last = max(held[0], sheet.table.first + sheet.table.count - 1) if sheet.table else held[0]
    used = f'<dimension ref="A1:{cell_name(last, held[1])}"/>'.encode()
    yield _DIMENSION.sub(used, before)
    yield b"<sheetData>"
    yield from (row.encode() for row in rows)
    yield b"</sheetData>"
    yield from with_links(after, sheet.links) if sheet.links and any(sheet.links()) else (after,)
