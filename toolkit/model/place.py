"""Where something stands: the origin every value carries from the moment it is read."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class CellRef:
    """One cell, as a user finds it again: file name, sheet name, A1 address. Parts not known are ""."""

    workbook: str = ""
    sheet: str = ""
    cell: str = ""

    def __str__(self) -> str:
        """Return 《资金情况》C5 style text for messages."""
        sheet = f"《{self.sheet}》" if self.sheet else ""
        return f"{self.workbook}{sheet}{self.cell}"
