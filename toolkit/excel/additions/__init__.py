"""What a person added to a workbook of ours, carried over into the newly generated one: sheets and columns.

In: the workbook as generated last, as the person left it, as generated now. Out: :class:`Carried`: the new workbook
with the person's sheets (formats, charts, notes) and columns beside the same rows, formulas pointing at the same cells,
and what could not be carried.
"""

from toolkit.excel.additions.carrying import Carried, carry_additions, with_sheets_of

__all__ = ["Carried", "carry_additions", "with_sheets_of"]
