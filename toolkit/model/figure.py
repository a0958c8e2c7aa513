"""A number as it is printed in a report, with the master workbook cell it comes from."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Figure:
    """One printed number.

    A template prints it by its name alone, ``{{ 项目.总分 }}``; the report then carries an invisible bookmark
    with the address.

    Attributes:
        value: the exact value; None where the master workbook has none (the text then says why, e.g. "不适用").
        at: its cell in the master workbook, sheet and address, e.g. "汇总!G5".
        text: as displayed, already rounded and formatted, e.g. "93.50", "97.26%", "11,738.08".

    Units: value as in the master workbook (万元, 分, fraction 0–1).
    """

    value: Decimal | None
    at: str
    text: str

    def __str__(self) -> str:
        return self.text

    def __reduce__(self) -> tuple[type["Figure"], tuple[Decimal | None, str, str]]:
        """As other processes are told of it: the fields of a frozen value are looked up anew for each."""
        return Figure, (self.value, self.at, self.text)
