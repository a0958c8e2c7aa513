"""A master workbook read back, whoever saved it last."""

from collections.abc import Mapping
from dataclasses import dataclass

from toolkit.excel.addresses import cell_name
from toolkit.excel.book import Book
from toolkit.excel.calculation import Calculation
from toolkit.excel.parts import MASTER_LIMITS
from toolkit.excel.read import read_workbook
from toolkit.model import Value


@dataclass(frozen=True, slots=True)
class OpenMaster:
    """A master workbook that was opened: its bytes, its cells, and what formulas saved without a result come to."""

    data: bytes
    book: Book
    calculation: Calculation

    def values(self) -> dict[str, Value]:
        """Address (``汇总!K4``) → value of every cell that is not blank."""
        return {
            f"{sheet.name}!{cell_name(row, column)}": value
            for sheet in self.book.sheets
            for row, column in sheet.cells
            if (value := self.calculation.value(sheet.name, row, column)) is not None
        }


def open_master(data: bytes) -> OpenMaster:
    """Open a master workbook.

    Results kept in the file are taken as they are; formulas saved without one (by openpyxl, say) are evaluated.

    Raises:
        UnreadableFileError: the bytes are no workbook.
    """
    book = read_workbook(data, limits=MASTER_LIMITS)
    return OpenMaster(data, book, Calculation(book, trust_results=True))


def read_master(data: bytes) -> Mapping[str, Value]:
    """Address (``汇总!K4``) → value of every cell that is not blank; see :func:`open_master`.

    Raises:
        UnreadableFileError: the bytes are no workbook.
    """
    return open_master(data).values()
