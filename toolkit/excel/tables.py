"""Tables of a workbook (插入 → 表格): how a file holds them, and which cells ``表[列]`` means."""

import re
from functools import lru_cache

from toolkit.excel.addresses import parse_area
from toolkit.excel.book import Table
from toolkit.excel.parts import WorkbookParts
from toolkit.excel.xml_parts import unescape
from toolkit.formula.references import read_table
from toolkit.formula.tokens import Kind, Token
from toolkit.formula.tree import TableReference
from toolkit.model.values import ErrorValue
from toolkit.ooxml.package import refuse
from toolkit.ooxml.parse import Element, children, parse_xml

_ESCAPED = re.compile("'(.)", re.DOTALL)
_MOST = 1_000  # tables of one sheet
_ALL, _DATA, _HEADERS, _TOTALS, _THIS_ROW = "#all", "#data", "#headers", "#totals", "#this row"

Corners = tuple[int, int, int, int]
"""First row, first column, last row, last column."""


def read_tables(parts: WorkbookParts, sheet_part: str) -> tuple[Table, ...]:
    """The tables of a worksheet; one whose part is missing or says nothing usable is left out."""
    if b"tablePart" not in parts.contents[sheet_part]:
        return ()
    paths = [path for kind, path in parts.relations(sheet_part).values() if kind == "table"]
    if len(paths) > _MOST:
        raise refuse(f"一张工作表里的表格过多（{len(paths)} 个）")
    found = [_table(parse_xml(*part)) for path in paths if (part := parts.part(path))]
    return tuple(table for table in found if table)


def _table(root: Element) -> Table | None:
    try:
        area = parse_area(root.get("ref") or "")
        headings, totals = int(root.get("headerRowCount", "1")), int(root.get("totalsRowCount", "0"))
    except ValueError:
        return None
    columns = [
        item.get("name") or "" for group in children(root, "tableColumns") for item in children(group, "tableColumn")
    ]
    if len(columns) != area[3] - area[1] + 1 or not 0 <= headings + totals <= area[2] - area[0] + 1:
        return None
    name = root.get("displayName") or root.get("name") or ""
    return Table(name, area, tuple(map(unescape, columns)), headings, totals)


@lru_cache(maxsize=4096)
def table_reference(key: str) -> TableReference:
    """A structured reference as an environment is asked for it.

    Raises:
        FormulaSyntaxError: the brackets say neither a column nor a part.
    """
    return read_table(Token(Kind.TABLE, key, 1))


def cells_meant(reference: TableReference, table: Table, row: int | None) -> Corners | ErrorValue:
    """The cells of a table that a reference means; ``row`` is the formula's own, None on another sheet.

    #REF! for a column or part the table does not have, #VALUE! for ``@`` beside no row of data.
    Source: Excel help, "Using structured references with Excel tables"; ECMA-376 part 1, 18.17.2.
    """
    rows, columns = _rows(reference.items, table, row), _columns(reference.columns, table)
    if isinstance(rows, ErrorValue):
        return rows
    return columns if isinstance(columns, ErrorValue) else (rows[0], columns[0], rows[1], columns[1])


def _rows(items: tuple[str, ...], table: Table, row: int | None) -> tuple[int, int] | ErrorValue:
    top, _, bottom, _ = table.area
    data = (top + table.headings, bottom - table.totals)
    wanted = {item.strip().lower() for item in items} or {_DATA}
    if _THIS_ROW in wanted:
        return (row, row) if row is not None and data[0] <= row <= data[1] else ErrorValue.VALUE
    parts = {
        _ALL: (top, bottom),
        _DATA: data,
        _HEADERS: (top, data[0] - 1),
        _TOTALS: (data[1] + 1, bottom),
    }
    if not wanted <= set(parts):
        return ErrorValue.REF
    found = [parts[item] for item in wanted]
    first, last = min(start for start, _ in found), max(end for _, end in found)
    return (first, last) if first <= last else ErrorValue.REF


def _columns(names: tuple[str, ...], table: Table) -> tuple[int, int] | ErrorValue:
    known = {name.casefold(): place for place, name in reversed(list(enumerate(table.columns, table.area[1])))}
    found = [known.get(_ESCAPED.sub(r"\1", name).strip().casefold()) for name in names]
    places = [place for place in found if place is not None]
    if len(places) < len(found):
        return ErrorValue.REF
    return (min(places), max(places)) if places else (table.area[1], table.area[3])
