"""Long sheets of a new workbook: sections of their rows, written by this process and by copies of it.

Before its rows are written, the table of shared texts takes in those that many of them say; the sheet shares none that
comes later. What a row is written as then depends on none before it, so that sections can be written beside one
another, and beside all other sheets. The bytes are the same without a copy.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from io import BytesIO
from itertools import accumulate, chain, islice
from typing import Self, TypeAlias

from toolkit.excel.new_book import LongTable, NewSheet
from toolkit.excel.new_book_rows import RowWriter, SharedTexts, StyleOf
from toolkit.ooxml.blocks import Blocks, compressed, joined
from toolkit.ooxml.package import Member, PackageLimits, PackageWriter, member_of, read_members

Apart: TypeAlias = Callable[[Callable[[], bytes]], Callable[[], bytes | None]]
"""Begins some work in a copy of this process; what comes back gives its bytes, None where there is no such copy."""
_LONG = 20_000  # rows of a table whose sheet is long
_SECTION = 5_000  # rows that are compressed by themselves
_LOOKS, _SEEN = 50, 40  # at a table for the texts its rows say, and rows that are seen each time
_WORTH_A_COPY = 400_000  # cells of rows
_SHORT = 2  # how much longer a cell of a short sheet takes: it is made as small as can be
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
class LongRows:
    """The rows of a long sheet: its name, its table, and what writes them with the texts that are shared by then."""

    sheet: str
    table: LongTable
    writer: RowWriter

    @classmethod
    def of(cls, sheet: NewSheet, table: LongTable, style_of: StyleOf, shared: SharedTexts) -> Self:
        """Share the texts of the rows around the table, those it repeats, and those of some rows all over it."""
        open_writer = RowWriter(sheet, style_of, shared)
        for text in table.repeated:
            shared.cell(text)
        seen = (open_writer.some(look * table.count // _LOOKS, _SEEN) for look in range(_LOOKS))
        for _ in chain(open_writer.before(), *seen, open_writer.after()):
            pass
        return cls(sheet.name, table, RowWriter(sheet, style_of, shared.closed()))

    def sections(self) -> Iterator[Section]:
        """The table's rows."""
        cells = _cells_of_a_row(self.table)
        for start in range(0, self.table.count, _SECTION):
            count = min(_SECTION, self.table.count - start)
            yield Section(f"{self.sheet}/{start}", self.writer, start, count, count * cells)

    def blocks(self, before: bytes, after: Iterable[bytes], given: Sequence["Given"]) -> Iterator[Blocks]:
        """The sheet's part, compressed; sections that a copy was given are taken from it.

        ``before``, ``after``: what stands before and behind the rows.
        """
        yield from compressed((before, *map(str.encode, self.writer.before())))
        for section in self.sections():
            written = next((blocks for one in given if (blocks := one.blocks(section))), None)
            yield from section.blocks() if written is None else (written,)
        yield from compressed(chain(map(str.encode, self.writer.after()), after))


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


class BegunSheets:
    """Long sheets whose rows a copy of this process writes while the rest of their workbook is drawn.

    Attributes:
        shared: the texts shared so far. rows: sheet → its rows. given: what the copy writes.
    """

    def __init__(self, sheets: Iterable[NewSheet], style_of: StyleOf, apart: Apart) -> None:
        """Begin with those that are long; their texts are shared before those of other sheets."""
        self.shared = SharedTexts()
        self.rows = long_rows(sheets, style_of, self.shared)
        sections = [section for rows in self.rows.values() for section in rows.sections()]
        self.given = Given(sections if _cells(sections) >= _WORTH_A_COPY else (), apart)


def long_rows(sheets: Iterable[NewSheet], style_of: StyleOf, shared: SharedTexts) -> dict[str, LongRows]:
    """Sheet → its rows, of those that are long; their texts are shared in this order."""
    return {
        sheet.name: LongRows.of(sheet, sheet.table, style_of, shared)
        for sheet in sheets
        if sheet.table is not None and is_long(sheet)
    }


def second_half(rows: Iterable[LongRows], short: Iterable[NewSheet], apart: Apart) -> Given:
    """The last sections, with half of all that is left to write, for a copy; none where it is not worth it.

    ``short``: the sheets that this process writes as a whole.
    """
    sections = [section for one in rows for section in one.sections()]
    here = _SHORT * sum(map(_cells_of_sheet, short))
    before = accumulate((section.cells for section in sections), initial=here)
    half = (here + _cells(sections)) / 2
    later = [section for section, reached in zip(sections, islice(before, 1, None), strict=True) if reached > half]
    return Given(later if _cells(later) >= _WORTH_A_COPY else (), apart)


def _cells_of_sheet(sheet: NewSheet) -> int:
    return len(sheet.cells) + (sheet.table.count * _cells_of_a_row(sheet.table) if sheet.table else 0)


def _cells_of_a_row(table: LongTable) -> int:
    """As of the first; what is the same in all rows is written, too."""
    return sum(1 for row in islice(table.rows(0), 1) for _ in row.cells(table.first))


def _cells(sections: Iterable[Section]) -> int:
    return sum(section.cells for section in sections)


def _written(sections: Iterable[Section]) -> bytes:
    """A file with a member for each section, which is its rows, compressed."""
    target = BytesIO()
    package = PackageWriter(target)
    for section in sections:
        package.add(member_of(section.name, joined(section.blocks())))
    package.close()
    return target.getvalue()
