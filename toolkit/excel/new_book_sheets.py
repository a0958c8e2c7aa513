"""The sheets of a new workbook as parts of its file: the short ones in their order, the long ones behind them."""

import re
from collections.abc import Iterator, Mapping
from itertools import chain

from toolkit.excel.addresses import cell_name
from toolkit.excel.new_book import NewSheet
from toolkit.excel.new_book_links import relations, relations_part, with_links
from toolkit.excel.new_book_long import Apart, BegunSheets, is_long, long_rows, second_half
from toolkit.excel.new_book_rows import RowWriter, StyleOf
from toolkit.ooxml.blocks import compressed
from toolkit.ooxml.package import PackageWriter, deflate

LEVEL = 6
"""Of compression: half the size of the fastest, for a tenth of the time rows take."""
_HELD = 2_000_000  # bytes of a part that is compressed as a whole, which makes it a quarter smaller
_DIMENSION = re.compile(rb"<dimension [^>]*/>")


class SheetParts:
    """The parts of all sheets; they share a table of texts, which are numbered as they are met.

    Those of long sheets come first: their rows are written beside all that follows.
    """

    def __init__(
        self,
        sheets: Mapping[str, NewSheet],
        empty: Mapping[str, bytes],
        style_of: StyleOf,
        begun: BegunSheets,
        apart: Apart,
    ) -> None:
        """Begin with the rows of long sheets.

        Args:
            sheets: by the names of their parts.
            empty: these parts, without rows.
            style_of: indices of styles.
            begun: those of the long sheets whose rows are being written already.
            apart: how some of the others' rows are written in a copy of this process.
        """
        self._sheets, self._empty = sheets, empty
        self._style_of, self._shared = style_of, begun.shared
        left = long_rows((sheet for sheet in sheets.values() if sheet.name not in begun.rows), style_of, begun.shared)
        self._long = {**begun.rows, **left}
        short = (sheet for sheet in sheets.values() if not is_long(sheet))
        self._given = begun.given, second_half(left.values(), short, apart)

    def shared_texts(self) -> bytes:
        """The part with the texts of all sheets, once they are written."""
        return self._shared.xml()

    def add(self, package: PackageWriter, name: str) -> None:
        """Write the part of a sheet into the file, unless it is a long one."""
        if not is_long(self._sheets[name]):
            before, after = self._around(name)
            rows = (row.encode() for row in self._writer(name).rows())
            add_part(package, name, chain((before,), rows, after))
            self._add_relations(package, name)

    def add_long(self, package: PackageWriter) -> None:
        """Write the parts of the long sheets into the file."""
        for name, sheet in self._sheets.items():
            if rows := self._long.get(sheet.name):
                before, after = self._around(name)
                package.add_long(name, rows.blocks(before, after, self._given))
                self._add_relations(package, name)

    def _writer(self, name: str) -> RowWriter:
        return RowWriter(self._sheets[name], self._style_of, self._shared)

    def _around(self, name: str) -> tuple[bytes, Iterator[bytes]]:
        """A sheet's part before its rows, with the area they take, and behind them."""
        sheet = self._sheets[name]
        before, _, rest = self._empty[name].partition(b"<sheetData")
        after = rest.partition(b"</sheetData>")[2] if rest.startswith(b">") else rest.partition(b"/>")[2]
        held = max(row for row, _ in sheet.cells), max(column for _, column in sheet.cells)
        last = max(held[0], sheet.table.first + sheet.table.count - 1) if sheet.table else held[0]
        used = f'<dimension ref="A1:{cell_name(last, held[1])}"/>'.encode()
        linked = with_links(after, sheet.links) if sheet.links and any(sheet.links()) else (after,)
        return _DIMENSION.sub(used, before) + b"<sheetData>", chain((b"</sheetData>",), linked)

    def _add_relations(self, package: PackageWriter, name: str) -> None:
        """Write where the links of a sheet lead."""
        links = self._sheets[name].links
        if links and any(links()):
            add_part(package, relations_part(name), relations(links))


def add_part(package: PackageWriter, name: str, content: Iterator[bytes]) -> None:
    """A part as a whole, in the small; one too long to be held, piece by piece."""
    held, size = [], 0
    for piece in content:
        held.append(piece)
        size += len(piece)
        if size > _HELD:
            package.add_long(name, compressed(chain(held, content)))
            return
    package.add(deflate(name, b"".join(held), LEVEL))
