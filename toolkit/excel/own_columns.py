"""What a person added to a workbook the toolkit writes again: columns and sheets of their own are not lost."""

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation

from toolkit.excel.book import Book
from toolkit.excel.table import Table, TableRow, read_table
from toolkit.excel.table_sheet import Column, TableSheet
from toolkit.model import CellRef
from toolkit.text.folding import compared

_WIDTH = 20


@dataclass(frozen=True, slots=True)
class Carried:
    """A sheet to be written anew.

    Attributes:
        sheet: with the person's columns behind its own.
        same: the workbook says all of it already and need not be written.
        left: rows with something in the person's columns that the sheet has no longer.
    """

    sheet: TableSheet
    same: bool
    left: int


def carried(sheet: TableSheet, book: Book, workbook: str, key: Sequence[str]) -> Carried:
    """The sheet with the columns a person added to it, matched by the cells under ``key``."""
    own = [column.heading for column in sheet.columns]
    table = read_table(book, workbook, sheet.name, own)
    more = [heading for heading in table.headings if heading not in own]
    places = [own.index(heading) for heading in key]
    found = {tuple(compared(row.text(heading)) for heading in key): row for row in table.rows}
    rows, used = [], set()
    for row in sheet.rows:
        about = tuple(compared(row[place]) for place in places)
        before = found.get(about)
        used.add(about)
        rows.append((*row, *(before.text(heading) if before else "" for heading in more)))
    columns = (*sheet.columns, *(Column(heading, _WIDTH) for heading in more))
    typed = None if sheet.typed is None else sheet.typed | set(more)
    made = replace(sheet, columns=columns, rows=rows, typed=typed)
    left = sum(about not in used and any(map(row.text, more)) for about, row in found.items())
    return Carried(made, _same(made, table), left)


def other_sheets(book: Book, sheets: Sequence[TableSheet]) -> list[str]:
    """Sheets a person added."""
    names = {compared(sheet.name) for sheet in sheets}
    return [sheet.name for sheet in book.sheets if compared(sheet.name) not in names and not sheet.name.startswith("_")]


@dataclass(frozen=True, slots=True)
class RowDifference:
    """A cell that says something else than it would be written with; ``heading`` is "" for a whole row.

    Attributes:
        typed: a person types in this column, and what was read from it last is ``expected``.
    """

    at: CellRef
    key: str
    heading: str
    expected: str
    found: str
    typed: bool = False


def row_differences(
    sheet: TableSheet, book: Book, workbook: str, key: Sequence[str], typed: Container[str] = ()
) -> Iterator[RowDifference]:
    """What a sheet a person may have sorted and added to no longer says, row by row.

    ``typed`` columns are theirs to fill in; they differ where something else was read from them before. ``key`` ()
    compares row by row in the order written.
    """
    own = [column.heading for column in sheet.columns]
    table = read_table(book, workbook, sheet.name, own)
    if table.unreadable:
        yield RowDifference(CellRef(workbook, sheet.name), "", "", sheet.name, "")
        return
    places = [own.index(heading) for heading in key]
    rows = [row for row in sheet.rows if any(row)]
    wanted = {_key(row, places, number): row for number, row in enumerate(rows)}
    texts = ([row.text(heading) for heading in own] for row in table.rows)
    found = {_key(row, places, number): at for number, (row, at) in enumerate(zip(texts, table.rows, strict=True))}
    for about, row in wanted.items():
        shown = "、".join(map(str, about))
        if about not in found:
            yield RowDifference(CellRef(workbook, sheet.name), shown, "", shown, "")
            continue
        for heading, text in zip(own, row, strict=False):
            here = found[about].text(heading)
            theirs = heading in typed
            if not _alike(here, text.strip()) and (text.strip() or not theirs):
                yield RowDifference(found[about].at(heading), shown, heading, text, here, theirs)
    for about, at in found.items():
        if about not in wanted:
            shown = "、".join(map(str, about))
            yield RowDifference(at.at(own[0]), shown, "", "", shown)


def _key(row: Sequence[str], places: Sequence[int], number: int) -> tuple[str, ...]:
    return tuple(compared(row[place]) for place in places) or (str(number + 1),)


def _same(sheet: TableSheet, table: Table) -> bool:
    rows = [row for row in sheet.rows if any(row)]
    headings = [column.heading for column in sheet.columns]
    return len(rows) == len(table.rows) and all(
        _equal(found, headings, row) for found, row in zip(table.rows, rows, strict=True)
    )


def _equal(found: TableRow, headings: Sequence[str], row: Sequence[str]) -> bool:
    texts = zip(headings, row, strict=False)
    return all(_alike(found.text(heading), text.strip()) for heading, text in texts)


def _alike(one: str, other: str) -> bool:
    """Texts or numbers that are equal: a program shows 3 for 3.0."""
    try:
        return one == other or Decimal(one) == Decimal(other)
    except InvalidOperation:
        return compared(one) == compared(other)
