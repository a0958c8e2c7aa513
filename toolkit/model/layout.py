"""取数地址簿: where every field stands in a compiled collection workbook, and what every other cell holds."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from toolkit.model.scheme_words import FieldType


class SlotRole(StrEnum):
    """What a named cell is for."""

    INPUT = "填报"
    PREFILLED = "预填"
    CALCULATED = "计算"


@dataclass(frozen=True, slots=True)
class Slot:
    """One named cell of the collection workbook.

    Attributes:
        key: defined name (``实际到位资金``, ``完成值_A101``); for a table cell ``支付明细_金额_3``, which is none.
        sheet, cell: address in the workbook as generated; names follow the cell when the unit inserts rows.
        role: INPUT (typed by the unit), PREFILLED (put in by us, may be corrected), CALCULATED (formula).
        formula: Excel text with ``=`` when CALCULATED, as it stands in the cell.
        indicator: indicator code when the cell belongs to the indicator table.
        table, column, row: when the cell belongs to a repeated table: name, field key, 1-based row.
    """

    key: str
    sheet: str
    cell: str
    role: SlotRole
    type: FieldType
    label: str
    unit: str = ""
    required: bool = False
    formula: str = ""
    indicator: str = ""
    choices: tuple[str, ...] = ()
    table: str = ""
    column: str = ""
    row: int = 0


@dataclass(frozen=True, slots=True)
class TableArea:
    """A repeated table: rows ``first_row``..``last_row``; ``columns`` maps field key → column letters."""

    name: str
    sheet: str
    first_row: int
    last_row: int
    columns: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Layout:
    """Everything known about a generated workbook.

    Attributes:
        version: template version and scheme hash, as written into the identity.
        slots: by key.
        tables: by name.
        fixed: (sheet, cell) → content of every cell that is no slot: label text, or formula with ``=``.
        sheets: sheet names in order, hidden ones included.
    """

    version: str
    slots: Mapping[str, Slot]
    tables: Mapping[str, TableArea] = field(default_factory=lambda: MappingProxyType({}))
    fixed: Mapping[tuple[str, str], str] = field(default_factory=lambda: MappingProxyType({}))
    sheets: tuple[str, ...] = ()
