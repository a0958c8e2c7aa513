"""What a tag stands for: text, a live formula, or a named cell the unit fills in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeAlias

from toolkit.model import FieldType, Slot, SlotRole


@dataclass(frozen=True, slots=True)
class Content:
    """What one tag puts into its cell.

    Attributes:
        value: text or number; None leaves the cell empty.
        formula: Excel text with ``=``; wins over the value.
        slot: the named cell it becomes (address still open), if any.
        lines: lines kept free for the answer; 0 by its type.
        hidden_when: condition under which the slot shows nothing, whatever it holds.
        upper_bound: defined name of the cell whose value it must not exceed.
        name: defined name of a cell that is no slot.
        number_format: for a cell that is no slot.
        same_as: cells below each other with the same text here become one merged cell; "" never.
        divisible: such a merged cell may be cut where a page ends, its text repeated.
        link: defined name it jumps to.
        areas: defined names of the rectangles this cell is part of.
        extends: areas that reach down to this cell's row, so that rows inserted above it still belong to them.
        legend: the role whose colour this cell of the legend shows.
        takes_rest: among spread contents, the one that gets the columns left over.
        spread: contents laid out to the right over the columns of the tag's merged cell.
    """

    value: str | Decimal | None = None
    formula: str = ""
    slot: Slot | None = None
    lines: int = 0
    hidden_when: str = ""
    upper_bound: str = ""
    help: str = ""
    name: str = ""
    number_format: str = ""
    same_as: str = ""
    divisible: bool = False
    link: str = ""
    areas: tuple[str, ...] = ()
    extends: tuple[str, ...] = ()
    legend: SlotRole | None = None
    takes_rest: bool = False
    spread: tuple["Content", ...] = field(default=())

    @property
    def shown(self) -> str:
        """The text as far as it is known beforehand, for measuring."""
        return "" if self.value is None else str(self.value)


Words: TypeAlias = Mapping[str, Content]
"""What the words of one noun stand for: ``{{ 项.单位 }}`` is the word 单位 of the noun 项."""

NUMBER_FORMATS = {
    FieldType.TEXT: "@",
    # Two places at least, and never fewer than were typed: 11738.078 must not print as 11738.08.
    FieldType.AMOUNT: "#,##0.00####",
    FieldType.NUMBER: "General",
    FieldType.RATE: "0.00%",
    FieldType.DATE: "yyyy-mm-dd",
    FieldType.CHOICE: "@",
    FieldType.YESNO: "@",
}


def slot(key: str, kind: FieldType, label: str, **more: object) -> Slot:
    """A slot whose address is not known yet; CALCULATED when it has a formula, INPUT unless told otherwise."""
    role = more.pop("role", None) or (SlotRole.CALCULATED if more.get("formula") else SlotRole.INPUT)
    return Slot(key=key, sheet="", cell="", role=role, type=kind, label=label, **more)  # type: ignore[arg-type]
