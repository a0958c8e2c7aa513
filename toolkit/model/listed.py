"""整体核查清单: the projects of one body that are examined as a whole, whether they are evaluated or not."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from toolkit.model.place import CellRef

LISTED_AMOUNTS = ("合同金额", "预算资金", "实际到位资金", "实际支出资金")
"""Amounts the list can have, under the names that fields and sheet 资金核查 use."""


@dataclass(frozen=True, slots=True)
class ListedProject:
    """One row of the list.

    Attributes:
        id: 序号 as text, unique in the list.
        code: 项目编号 as the body's own books have it; "" where there is none.
        year: 立项年度; 0 where it is not written.
        units: responsible units; the body itself where none is written.
        amounts: by their names in ``LISTED_AMOUNTS``, only those that are written. Units: the scheme's money unit.
        done: the day it was completed.
        project: id of the same project on the roster; "" where it is not evaluated.
        known_by: what told that it is the same: 参评序号, 项目编号 or 名称和单位.
        places: heading → its cell, for findings about an amount.
    """

    id: str
    code: str
    year: int
    units: tuple[str, ...]
    name: str
    amounts: Mapping[str, Decimal] = field(default_factory=lambda: MappingProxyType({}))
    done: date | None = None
    remark: str = ""
    project: str = ""
    known_by: str = ""
    origin: CellRef = field(default_factory=CellRef)
    places: Mapping[str, CellRef] = field(default_factory=lambda: MappingProxyType({}))
