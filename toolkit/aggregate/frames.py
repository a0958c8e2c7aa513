"""The master's tables as data frames and CSV files, for analyses of the consultants' own."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from io import StringIO
from typing import TYPE_CHECKING

from toolkit.aggregate.layout import (
    BODY,
    COLLECTED,
    CONSEQUENCES,
    FACTS,
    FINDINGS,
    FUNDS,
    GROUPS,
    LINES,
    PROBLEMS,
    RATES,
    SELF_SCORES,
    SOURCES,
    SUMMARY,
    UNITS,
)
from toolkit.aggregate.reading import read_master
from toolkit.aggregate.region import FIRST_ROW
from toolkit.excel.addresses import parse_cell
from toolkit.model import Value
from toolkit.text import plain

if TYPE_CHECKING:
    from pandas import DataFrame

TABLES = (
    *(SUMMARY, LINES, RATES, FUNDS, UNITS, PROBLEMS, FACTS, CONSEQUENCES, SELF_SCORES, GROUPS, COLLECTED),
    *(FINDINGS, SOURCES, BODY),
)
STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""A text that begins so is calculated by a spreadsheet that opens the CSV, unless an apostrophe stands before it."""


def master_frames(data: bytes) -> Mapping[str, "DataFrame"]:
    """Sheet → data frame under the sheet's headings; numbers stay Decimal, blanks are None. Total rows are kept.

    Raises:
        UnreadableFileError: the bytes are no workbook.
    """
    from pandas import DataFrame

    return {name: DataFrame(rows, columns=headings, dtype=object) for name, (headings, rows) in _tables(data).items()}


def master_csv(data: bytes) -> Mapping[str, bytes]:
    """File name → CSV with a byte order mark, so that Excel and WPS open Chinese rightly; no text becomes a formula.

    Raises:
        UnreadableFileError: the bytes are no workbook.
    """
    return {f"{name}.csv": _written(headings, rows) for name, (headings, rows) in _tables(data).items()}


def _tables(data: bytes) -> dict[str, tuple[list[str], list[dict[str, Value]]]]:
    """Sheet → its headings and its rows."""
    cells: dict[str, dict[tuple[int, int], Value]] = {name: {} for name in TABLES}
    for address, value in read_master(data).items():
        sheet, _, ref = address.partition("!")
        if sheet in cells:
            cells[sheet][parse_cell(ref)] = value
    return {name: _under_headings(found) for name, found in cells.items() if found}


def _written(headings: Sequence[str], rows: Iterable[Mapping[str, Value]]) -> bytes:
    text = StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(headings)
    writer.writerows([_plain(row[heading]) for heading in headings] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _under_headings(cells: Mapping[tuple[int, int], Value]) -> tuple[list[str], list[dict[str, Value]]]:
    """The headings, which stand right above the first row of data, and the rows under them."""
    head = FIRST_ROW - 1
    headings = {column: str(value) for (row, column), value in sorted(cells.items()) if row == head}
    rows = sorted({row for row, column in cells if row >= FIRST_ROW and column in headings})
    records = [{heading: cells.get((row, column)) for column, heading in headings.items()} for row in rows]
    return list(dict.fromkeys(headings.values())), records


def _plain(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return plain(value)
    text = str(value)
    return f"'{text}" if text.startswith(STARTS_FORMULA) else text
