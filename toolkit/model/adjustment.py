"""What an evaluation decided about a built-in check: off, lowered, or with a tolerance; always with a reason."""

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from toolkit.model.place import CellRef


class Treatment(StrEnum):
    """What is done about a check; the value is the word in sheet 核查设置."""

    OFF = "停用"
    WARNING = "降为请核实"
    NOTE = "降为提示"
    TOLERANCE = "容差"


@dataclass(frozen=True, slots=True)
class Adjustment:
    """One row of sheet 核查设置.

    Attributes:
        code: of the check or cross-check, e.g. ``FUND-09``.
        tolerance: differences up to this are no finding (only with TOLERANCE). Units: those of the figures compared.
        reason: why; the report's annex prints it.
    """

    code: str
    treatment: Treatment
    reason: str
    tolerance: Decimal | None = None
    origin: CellRef = field(default_factory=CellRef)
