"""Long sheets of a new workbook: sections of their rows, written by this process and by a copy of it.

Before they are written, the table of shared texts takes in those of their first rows and is closed. What a row is
written as then depends on none before it, so that sections can be written beside one another. The bytes are the same
without a copy.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from io import BytesIO
from itertools import accumulate, chain
from typing import TypeAlias

from toolkit.excel.new_book import LongTable, NewSheet
from toolkit.excel.new_book_rows import RowWriter, SharedTexts
from toolkit.ooxml.blocks import Blocks, compressed, joined
from toolkit.ooxml.package import Member, PackageLimits, PackageWriter, member_of, read_members

Apart: TypeAlias = Callable[[Callable[[], bytes]], Callable[[], bytes | None]]
"""Begins some work in a copy of this process; what comes back gives its bytes, None where there is no such copy."""
_LONG = 20_000  # rows of a table whose sheet is long
_SECTION = 5_000  # rows that are compressed by themselves
_LOOKS, _SEEN = 50, 40  # at a table before the table of texts is closed, and rows that are seen each time
_WORTH_A_COPY = 400_000  # cells of rows
_OURS = PackageLimits(*[2**40] * 4)
"""What a copy of this process writes is as large as it is."""


def not_apart(_work: Callable[[], bytes]) -> Callable[[], None]:
    """No copy of this process is made."""
    return lambda: None


def is_long(sheet: NewSheet) -> bool:
    """Whether a sheet's rows are written in sections, behind all sheets that are not long."""
    return sheet.table is not None and sheet.table.count >= _LONG


@dataclass(frozen=True, slots=True)
class Section:
    """Rows of a long sheet's table: so many from the n-th on, counted from 0.

    Attributes:
        name: what it is called where a copy gives it back.
        cells: about how many its rows have.
    """

    name: str
    writer: RowWriter
    start: int
    count: int
    cells: int

    def blocks(self) -> Iterator[Blocks]:
        """The rows, compressed."""
        return compressed(row.encode() for row in self.writer.some(self.start, self.count))


@dataclass(frozen=True, slots=True)
class LongPart:
    """A long sheet's part: its name, what stands before its rows, its rows, and what stands behind them."""

    name: str
    before: bytes
    table: LongTable
    writer: RowWriter
    after: Iterable[bytes]

    def share_texts(self) -> None:
        """Share the texts of the rows around the table and of some all over it: what many rows say is among them."""
        seen = (self.writer.some(look * self.table.count // _LOOKS, _SEEN) for look in range(_LOOKS))
        for _ in chain(self.writer.before(), *seen):
            pass

    def sections(self) -> Iterator[Section]:
        """The table's rows."""
        first = next(self.table.rows(0))
        cells = sum(1 for _ in first.cells(self.table.first))  # what is the same in all rows is written, too
        for start in range(0, self.table.count, _SECTION):
            count = min(_SECTION, self.table.count - start)
            yield Section(f"{self.name}/{start}", self.writer, start, count, count * cells)

    def blocks(self, given: "Given") -> Iterator[Blocks]:
        """The part, compressed; sections that a copy was given are taken from it."""
        yield from compressed((self.before, *map(str.encode, self.writer.before())))
        for section in self.sections():
            written = given.blocks(section)
            yield from section.blocks() if written is None else (written,)
        yield from compressed(chain(map(str.encode, self.writer.after()), self.after))


class Given:
    """Sections that a copy of this process writes; its answer is waited for when one of them is first asked for."""

    def __init__(self, sections: Sequence[Section], apart: Apart) -> None:
        self._names = {section.name for section in sections}
        self._answer = apart(partial(_written, sections)) if sections else lambda: None

    def blocks(self, section: Section) -> Blocks | None:
        """A section's rows, compressed; None where it is to be written here."""
        member = self._members.get(section.name) if section.name in self._names else None
        return Blocks(member.crc, member.size, member.payload) if member else None

    @cached_property
    def _members(self) -> Mapping[str, Member]:
        written = self._answer()
        return read_members(written, _OURS) if written else {}


def add_long_parts(package: PackageWriter, parts: Sequence[LongPart], shared: SharedTexts, apart: Apart) -> None:
    """Write the parts of all long sheets.

    Args:
        package: the file.
        parts: in the order in which they are written.
        shared: the texts that sheets share; closed afterwards.
        apart: how some of it is written in a copy of this process.
    """
    for part in parts:
        part.share_texts()
    shared.close()
    given = Given(_second_half([section for part in parts for section in part.sections()]), apart)
    for part in parts:
        package.add_long(part.name, part.blocks(given))


def _second_half(sections: Sequence[Section]) -> Sequence[Section]:
    """The last sections, with half of the cells; none where a copy of this process is not worth it."""
    whole = sum(section.cells for section in sections)
    before = accumulate(section.cells for section in sections)
    later = [section for section, reached in zip(sections, before, strict=True) if reached > whole / 2]
    return later if whole / 2 >= _WORTH_A_COPY else ()


def _written(sections: Iterable[Section]) -> bytes:
    """A file with a member for each section, which is its rows, compressed."""
    target = BytesIO()
    package = PackageWriter(target)
    for section in sections:
        package.add(member_of(section.name, joined(section.blocks())))
    package.close()
    return target.getvalue()
