"""Workbooks that people type in and the toolkit writes again: nothing a person added is lost."""

from collections.abc import Sequence
from pathlib import Path

from toolkit.errors import UnreadableFileError
from toolkit.excel.own_columns import carried, other_sheets
from toolkit.excel.read import read_workbook
from toolkit.excel.table_sheet import TableSheet, table_workbook
from toolkit.pipeline.plan.outputs import Outputs

Keyed = tuple[TableSheet, Sequence[str]]
"""A sheet and the headings its rows are known by."""


def rewrite(outputs: Outputs, path: Path, sheets: Sequence[Keyed]) -> bool:
    """Write a workbook anew; whether it was written.

    Columns a person added stay, matched by the rows' keys. A workbook that says everything already is left as it is.
    Sheets a person added, and notes in rows that are gone, are kept in a dated copy.

    Raises:
        FileBusyError: the file is open in another program.
    """
    if not path.is_file():
        return outputs.put(path, table_workbook([sheet for sheet, _ in sheets]))
    present = path.read_bytes()
    try:
        book = read_workbook(present)
    except UnreadableFileError:  # its owner has been told; what is there is kept
        outputs.keep_copy(path, present)
        return outputs.put(path, table_workbook([sheet for sheet, _ in sheets]))
    made = [carried(sheet, book, path.name, key) for sheet, key in sheets]
    if all(written.same for written in made):
        return False
    if other_sheets(book, [sheet for sheet, _ in sheets]) or any(written.left for written in made):
        outputs.keep_copy(path, present)
    outputs.note(path, present)
    return outputs.put(path, table_workbook([written.sheet for written in made]))
