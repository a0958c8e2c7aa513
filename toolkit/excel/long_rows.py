"""Rows of a long plain table as XML, straight from their texts: ten thousand of them in a tenth of a second.

XlsxWriter and openpyxl keep an object for every cell. Where a sheet has hundreds of rows they write everything but
these, which are put in afterwards, each text inline, looking as those of short sheets do.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from toolkit.excel.addresses import cell_name, column_letters
from toolkit.excel.cell_xml import value_xml
from toolkit.ooxml.package import Member, inflate, read_members, with_contents

LONG = 500
"""Sheets with at least so many rows are written this way."""
ASIDE = 200
"""First column, counted from 0, of the cells that show the styles' numbers in a sheet's first row."""
TALLEST = 400
"""Units: points; Excel's limit is 409."""
_ASIDE_CELL = re.compile(rb'<c r="([A-Z]+1)" s="([0-9]+)"(?: t="n")?(?:/>|></c>)')
_SPANS = re.compile(rb'(<row r="[0-9]+") spans="[^"]*"')
_DIMENSION = re.compile(rb"<dimension [^>]*/>")
_END = b"</sheetData>"


class Shown(NamedTuple):
    """What a cell shows: its text, the name of its look, whether it is a number as it stands, the lines it takes."""

    text: str
    look: str
    number: bool
    lines: int


@dataclass(frozen=True, slots=True)
class LongRows:
    """Rows to be put in.

    Attributes:
        first: number of the first row. width: number of columns.
        shown: place of the column, its text, True in the last row → what the cell shows.
        tallest: height no row exceeds. Units: points.
    """

    first: int
    width: int
    rows: Sequence[Sequence[str]]
    shown: Callable[[int, str, bool], Shown]
    tallest: int = TALLEST


def height_of(lines: int, tallest: int = TALLEST) -> int:
    """Height of a row with so many lines. Units: points."""
    return min(tallest, 6 + 15 * lines)


def with_long_rows(data: bytes, looks: Sequence[str], sheets: Mapping[int, LongRows]) -> bytes:
    """The workbook with rows put into some sheets, by their place counted from 1.

    The first row of each of these sheets shows the styles of ``looks`` from :data:`ASIDE` on; these cells go.
    """
    members = read_members(data)
    names = {f"xl/worksheets/sheet{place}.xml": rows for place, rows in sheets.items()}
    return with_contents(members, {name: _filled(members[name], looks, rows) for name, rows in names.items()})


def _filled(member: Member, looks: Sequence[str], rows: LongRows) -> bytes:
    aside = {cell_name(1, ASIDE + 1 + place).encode(): look for place, look in enumerate(looks)}
    part = inflate(member)
    styles = {aside[cell]: int(style) for cell, style in _ASIDE_CELL.findall(part) if cell in aside}
    bare = _ASIDE_CELL.sub(lambda cell: b"" if cell[1] in aside else cell[0], part)
    before, end, after = _SPANS.sub(rb"\1", bare).partition(_END)
    used = f'<dimension ref="A1:{cell_name(rows.first + len(rows.rows) - 1, rows.width)}"/>'.encode()
    content = "".join(_rows_xml(rows, styles)).encode()
    return b"".join((_DIMENSION.sub(used, before, 1), content, end, after))


def _rows_xml(rows: LongRows, styles: Mapping[str, int]) -> Iterator[str]:
    letters = [column_letters(column + 1) for column in range(rows.width)]
    known: dict[tuple[int, str, bool], tuple[str, int]] = {}  # most texts of a long table stand in it many times
    for number, row in enumerate(rows.rows, rows.first):
        is_last, lines, cells = number == rows.first + len(rows.rows) - 1, 1, []
        for column, text in enumerate(_padded(row, rows.width)):
            key = (column, text, is_last)
            if key not in known:
                known[key] = _cell_xml(rows.shown(*key), styles)
            content, taken = known[key]
            lines = max(lines, taken)
            cells.append(f'<c r="{letters[column]}{number}"{content}')
        yield f'<row r="{number}" ht="{height_of(lines, rows.tallest)}" customHeight="1">{"".join(cells)}</row>'


def _padded(row: Sequence[str], width: int) -> Iterable[str]:
    return row if len(row) == width else (*row[:width], *("",) * (width - len(row)))


def _cell_xml(shown: Shown, styles: Mapping[str, int]) -> tuple[str, int]:
    """A cell from its style on, and the lines it takes."""
    content = f"><v>{shown.text}</v></c>" if shown.number else value_xml(shown.text)
    return f' s="{styles[shown.look]}"{content}', shown.lines
