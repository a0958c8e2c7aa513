"""绩效目标申报表 and last year's forms → values put into the collection workbook beforehand, 待核实.

In: the cells of such a form, the scheme, 预填.xlsx as it stands. Out: proposals with the cell each comes from, labels
nobody has mapped yet, and 预填.xlsx with both: its sheet 对照 is the mapping that later imports use. What a person
wrote there is never changed.
"""

from toolkit.earlier_forms.book import FILE, HINT, PrefillBook, PrefillRow, State, prefill_workbook, read_prefill
from toolkit.earlier_forms.reading import FormReading, Proposal, read_form

__all__ = [
    "FILE",
    "HINT",
    "FormReading",
    "PrefillBook",
    "PrefillRow",
    "Proposal",
    "State",
    "prefill_workbook",
    "read_form",
    "read_prefill",
]
