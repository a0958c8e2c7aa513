"""Plain text with tab-separated tables, in the two shapes programs write them.

A row a line, its cells parted by tabs; or a cell a line, each beginning with a tab, an empty line between rows.
"""

import re
from collections.abc import Iterator

from toolkit.proof.document import Document
from toolkit.proof.reading.blocks import Blocks
from toolkit.proof.reading.levels import numbered_level
from toolkit.proof.reading.wrapped_lines import unwrapped
from toolkit.text.patterns import Pattern

_MARK = Pattern(r"\[bookmark:[^\]]*\]|</?p>")
_GAP = 2
"""Empty lines that part a table from what follows it."""


def read_text(text: str, name: str = "文字.txt") -> Document:
    """A document from text."""
    blocks = Blocks()
    for kind, lines in _runs(unwrapped(_MARK.sub("", text).replace("\r\n", "\n").split("\n"))):
        if kind == "rows":
            _row_lines(blocks, lines)
        elif kind == "cells":
            for rows in _cell_lines(lines):
                blocks.table(rows)
        else:
            for line in lines:
                if words := line.strip():
                    blocks.paragraph(words, numbered_level(words))
    return Document(name, "txt", tuple(blocks.done))


def _runs(lines: list[str]) -> Iterator[tuple[str, list[str]]]:
    """Lines that belong together: text, rows with tabs inside, cells that begin with a tab."""
    at = 0
    while at < len(lines):
        kind = _kind(lines, at)
        end = at + 1
        while end < len(lines) and _goes_on(lines, end, kind):
            end += 1
        yield kind, lines[at:end]
        at = end


def _kind(lines: list[str], at: int) -> str:
    line = lines[at]
    if line.startswith("\t") and "\t" not in line[1:].rstrip("\t"):
        return "cells"
    return "rows" if "\t" in line.strip() or (line.startswith("\t") and line.strip()) else "text"


def _goes_on(lines: list[str], at: int, kind: str) -> bool:
    line = lines[at]
    if kind == "rows":
        if "\t" in line:
            return True
        return not line.strip() and any("\t" in text.strip() for text in lines[at + 1 : at + 2])
    if kind == "text":
        return "\t" not in line
    if line.startswith("\t"):
        return True
    if not line.strip():
        following = lines[at : at + 4]
        tab = next((place for place, text in enumerate(following) if text.startswith("\t")), None)
        return tab is not None and all(len(text) <= 40 for text in following[:tab])
    # Words of a cell that go on: short, and the next cell is near.
    near = any(text.startswith("\t") for text in lines[at + 1 : at + 3])
    return near or (bool(lines[at - 1].strip()) and len(line) < 200 and bool(line.strip()))


def _row_lines(blocks: Blocks, lines: list[str]) -> None:
    """Rows with tabs; a row whose columns do not fit the ones before begins another table."""
    rows: list[list[str]] = []
    for line in (line for line in lines if line.strip()):
        cells = [cell.strip() for cell in line.split("\t")]
        if rows and _begins_anew(rows, cells):
            blocks.table(_in_columns(rows))
            rows = []
        rows.append(cells)
    if rows:
        blocks.table(_in_columns(rows))


def _begins_anew(rows: list[list[str]], cells: list[str]) -> bool:
    """A row of headings after rows with numbers: a second table begins."""
    had_numbers = any(re.fullmatch(r"[\d.,]+", cell) for row in rows for cell in row[1:])
    words = [cell for cell in cells if cell]
    is_head = len(words) > 2 and not any(re.search(r"\d", cell) for cell in words)
    return (
        had_numbers
        and is_head
        and (len(cells) != len(rows[-1]) or (words[0] in ("项目", "序号") or words[0].endswith("名称")))
    )


def _in_columns(rows: list[list[str]]) -> list[list[str]]:
    """Rows moved under the columns of the others where tabs were lost on the way."""
    width = max(map(len, rows))
    full = [row for row in rows if len(row) == width]
    numeric = [2 * sum(_is_number(row[column]) for row in full) > len(full) for column in range(width)]
    heads = [index for index, text in enumerate(rows[0]) if text]
    return [_moved(row, width, numeric, heads) for row in rows]


def _moved(row: list[str], width: int, numeric: list[bool], heads: list[int]) -> list[str]:
    filled = [text for text in row if text]
    places = [index for index, text in enumerate(row) if text]
    if len(heads) < width and len(filled) == len(heads) > 1 and places != heads and row[0]:
        spread = [""] * width
        for index, text in zip(heads, filled, strict=True):
            spread[index] = text
        return spread
    while row and not row[-1]:
        row = row[:-1]
    missing = [""] * (width - len(row))
    left, right = [*row, *missing], [*missing, *row]
    return right if _fit(right, numeric) > _fit(left, numeric) else left


def _fit(cells: list[str], numeric: list[bool]) -> int:
    """How many cells are numbers where the column holds numbers, and words where it holds words."""
    return sum(_is_number(text) == is_number for text, is_number in zip(cells, numeric, strict=True) if text)


def _is_number(text: str) -> bool:
    return re.fullmatch(r"[\d,.]+%?", text) is not None


def _cell_lines(lines: list[str]) -> Iterator[list[list[str | None]]]:
    """Tables from cells a line; short rows that are parted by more than one empty line are one row."""
    rows = list(_loose_rows(lines))
    width = max((len(cells) for _, cells in rows[:4]), default=0)
    table: list[list[str | None]] = []
    for gap, cells in rows:
        short = table and len(table[-1]) < width
        if short and gap != 1 and len(table[-1]) + len(cells) <= width:
            table[-1].extend(cells)
        elif table and gap >= _GAP:
            yield _aligned(table, width)
            table, width = [list(cells)], len(cells)
        else:
            table.append(list(cells))
            width = max(width, len(cells)) if len(table) < 4 else width
    if table:
        yield _aligned(table, width)


def _loose_rows(lines: list[str]) -> Iterator[tuple[int, list[str]]]:
    """Cells up to an empty line that a tab follows, with the number of empty lines before."""
    cells: list[str] = []
    empty = before = 0
    for line in lines:
        if not line.strip() and not line.startswith("\t"):
            empty += 1
        elif line.startswith("\t"):
            if empty and cells:
                yield before, cells
                cells, before = [], empty
            cells.append(line.strip())
            empty = 0
        else:
            if cells:
                cells[-1] = f"{cells[-1]}\n{line.strip()}".strip()
            empty = 0
    if cells:
        yield before, cells


def _aligned(table: list[list[str | None]], width: int) -> list[list[str | None]]:
    """A last row of two cells, a label and a number, has the number under the last column."""
    last = table[-1]
    if len(last) == 2 and width > 2:
        table[-1] = [last[0], *[None] * (width - 2), last[1]]
    return table
