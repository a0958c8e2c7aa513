"""Headings under other names are read as the proper ones."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from toolkit.excel.addresses import cell_name
from toolkit.excel.book import Book, Cell, Sheet
from toolkit.excel.table import HEADER_DEPTH, Table, read_table
from toolkit.model import CellRef, ErrorValue, Finding, Sentence, Severity
from toolkit.scheme.columns import ALIASES, Columns
from toolkit.scheme.findings import nearest, say
from toolkit.text.folding import compared


def read_sheet(book: Book, workbook: str, name: str, columns: Columns) -> Table:
    """Read one sheet by its headings or their aliases; an absent optional sheet has no rows and no findings."""
    present = any(compared(sheet.name) == compared(name) for sheet in book.sheets)
    if columns.sheet_optional and not present:
        return Table((), ())
    sheets = tuple(
        _in_our_words(sheet, name, columns) if compared(sheet.name) == compared(name) else sheet
        for sheet in book.sheets
    )
    table = read_table(replace(book, sheets=sheets), workbook, name, columns.required, optional=columns.optional)
    sheet = next((sheet for sheet in sheets if compared(sheet.name) == compared(name)), None)
    return (
        replace(table, findings=(*table.findings, *_near_headings(table, workbook, sheet, columns))) if sheet else table
    )


def _near_headings(table: Table, workbook: str, sheet: Sheet, columns: Columns) -> Iterator[Finding]:
    """A heading nobody reads though one like it is missing: its whole column would be passed over."""
    wanted = columns.required if columns.further else columns.every()
    absent = [heading for heading in wanted if heading not in table.headings]
    own = [heading for heading in table.headings if heading not in columns.every()]
    header = _header_row(sheet, set(map(compared, columns.every())))
    for heading in own:
        meant = nearest(heading, absent)
        if not meant:
            continue
        column = next((at[1] for at, cell in sheet.cells.items() if at[0] == header and _says(cell, heading)), 1)
        at = CellRef(workbook, sheet.name, cell_name(header, column))
        words = Sentence.of(
            "《{name}》没有“{meant}”列，“{heading}”列没有读取", {"name": sheet.name, "meant": meant, "heading": heading}
        )
        yield say("SCHEME-11", at, words, f"是否想写“{meant}”？", severity=Severity.WARNING, found=heading)


def _says(cell: Cell, heading: str) -> bool:
    return isinstance(cell.value, str) and compared(cell.value) == compared(heading)


def _spoken(sheet: Sheet) -> Sheet:
    """A formula without a usable value counts as its text: field names mean nothing to Excel in this workbook."""
    typed = {at: cell for at, cell in sheet.cells.items() if cell.formula and isinstance(cell.value, ErrorValue | None)}
    return replace(
        sheet, cells={**sheet.cells, **{at: cell._replace(value=cell.formula) for at, cell in typed.items()}}
    )


def _in_our_words(sheet: Sheet, name: str, columns: Columns) -> Sheet:
    """The sheet with one line of headings under their proper names."""
    return _proper(_one_line_of_headings(_spoken(sheet), name, columns), name, columns)


def _one_line_of_headings(sheet: Sheet, name: str, columns: Columns) -> Sheet:
    """Headings over several lines (cells merged down, 联系方式 over 联系人 and 电话) as their lowest line says them."""
    known = _known(name, columns)
    first = _first_line(sheet, _header_row(sheet, known), known)
    last = max((bottom for top, _, bottom, _ in sheet.merges if top == first), default=first)
    if last == first and _are_headings_below(sheet, first, known):
        last = first + 1
    if not first < last <= HEADER_DEPTH:
        return sheet
    said = {
        column: cell for (row, column), cell in sorted(sheet.cells.items())
        if first <= row <= last and cell.value is not None
    }  # fmt: skip
    others = {at: cell for at, cell in sheet.cells.items() if not first <= at[0] <= last}
    return replace(sheet, cells=others | {(last, column): cell._replace(row=last) for column, cell in said.items()})


def _first_line(sheet: Sheet, row: int, known: set[str]) -> int:
    """Where the headings begin: above the line with most of them, 序号 may be merged down from another one."""
    above = [top for top, left, bottom, _ in sheet.merges
             if top < row <= bottom and _names(sheet.cells.get((top, left)), known)]  # fmt: skip
    return min(above, default=row)


def _names(cell: Cell | None, known: set[str]) -> bool:
    return cell is not None and isinstance(cell.value, str) and compared(cell.value) in known


def _are_headings_below(sheet: Sheet, first: int, known: set[str]) -> bool:
    """Whether a heading that reaches over several columns has known headings under it."""
    areas = [area for area in sheet.merges if area[0] == area[2] == first and area[3] > area[1]]
    below = [sheet.cells.get((first + 1, column)) for _, left, _, right in areas for column in range(left, right + 1)]
    return any(_names(cell, known) for cell in below)


def _known(name: str, columns: Columns) -> set[str]:
    return {*map(compared, columns.every()), *map(compared, ALIASES.get(name, {}))}


def _proper(sheet: Sheet, name: str, columns: Columns) -> Sheet:
    aliases = {compared(alias): proper for alias, proper in ALIASES.get(name, {}).items()}
    header = _header_row(sheet, _known(name, columns))
    in_row = {compared(str(cell.value)) for (row, _), cell in sheet.cells.items() if row == header}
    changed = {at: _renamed(cell, aliases, in_row) for at, cell in sheet.cells.items() if at[0] == header}
    return replace(sheet, cells={**sheet.cells, **changed})


def _header_row(sheet: Sheet, known: set[str]) -> int:
    counts = dict.fromkeys(range(1, HEADER_DEPTH + 1), 0)
    for (row, _), cell in sheet.cells.items():
        if row in counts and isinstance(cell.value, str) and compared(cell.value) in known:
            counts[row] += 1
    return max(counts, key=lambda row: (counts[row], -row))


def _renamed(cell: Cell, aliases: Mapping[str, str], in_row: set[str]) -> Cell:
    proper = aliases.get(compared(str(cell.value))) if isinstance(cell.value, str) else None
    return cell._replace(value=proper) if proper and compared(proper) not in in_row else cell
