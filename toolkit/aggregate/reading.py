"""A master workbook read back, whoever saved it last."""

from collections.abc import Mapping

from toolkit.excel.addresses import cell_name
from toolkit.excel.book import Book
from toolkit.excel.calculation import Calculation
from toolkit.excel.parts import MASTER_LIMITS
from toolkit.excel.read import read_workbook
from toolkit.model import Value


def read_master(data: bytes) -> Mapping[str, Value]:
    """Address (``汇总!K4``) → value of every cell that is not blank.

    Results kept in the file are taken as they are; formulas saved without one (by openpyxl, say) are evaluated.

    Raises:
        UnreadableFileError: the bytes are no workbook.
    """
    return values_of(read_workbook(data, limits=MASTER_LIMITS))


def values_of(book: Book) -> dict[str, Value]:
    """The same for a workbook already opened."""
    calculation = Calculation(book, trust_results=True)
    return {
        f"{sheet.name}!{cell_name(row, column)}": value
        for sheet in book.sheets
        for row, column in sheet.cells
        if (value := calculation.value(sheet.name, row, column)) is not None
    }
