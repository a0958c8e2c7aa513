"""Which of the workbooks people write a file is, by its sheets: for what is given in place of something else."""

from toolkit.excel.read import read_workbook
from toolkit.scheme.columns import FIELDS, INDICATORS, ROSTER, SETTINGS
from toolkit.scheme.sheet_names import taken_for

_TAG = "{{"


def workbook_kind(data: bytes) -> str:
    """``方案`` or ``项目清单``; "" for any other workbook, and for one that holds a template's tags.

    Raises:
        UnreadableFileError: the bytes are no workbook.
    """
    book = read_workbook(data)
    if any(_TAG in str(cell.value) for sheet in book.sheets for cell in sheet.cells.values()):
        return ""
    if taken_for(book, (), (SETTINGS, INDICATORS, FIELDS)):
        return "方案"
    return "项目清单" if taken_for(book, (), (ROSTER,)) else ""
