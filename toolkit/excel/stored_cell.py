"""What a file of another format stores of a cell beside its value, where a reader of values leaves that out."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from toolkit.excel.book import CellStyle
from toolkit.model.values import ErrorValue

ERROR_CODES = {
    0: ErrorValue.NULL, 7: ErrorValue.DIV0, 15: ErrorValue.VALUE, 23: ErrorValue.REF, 29: ErrorValue.NAME,
    36: ErrorValue.NUM, 42: ErrorValue.NA,
}  # fmt: skip
"""Errors as .xls and .xlsb number them. Source: [MS-XLS] 2.5.10 (BErr)."""


@dataclass(frozen=True, slots=True)
class StoredCell:
    """How a cell is formatted (None: not known), its formula and the error it shows.

    ``formula``: text with ``=``; "" for one whose text is not read; None where there is none.
    """

    style: CellStyle | None = None
    formula: str | None = None
    error: ErrorValue | None = None


StoredSheets: TypeAlias = Mapping[str, Mapping[tuple[int, int], StoredCell]]
"""By the name of the sheet, row and column from 1."""
