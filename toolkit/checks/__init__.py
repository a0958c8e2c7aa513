"""核查: what a returned workbook says against itself, the scheme and the roster.

In: a :class:`Case` (scheme, project, submission, layout).  Out: a :class:`CheckReport` of findings, each with a cell,
and the outcome of every check that ran: passed, found, skipped (why), broke (our fault, shown).

To add a check: one declared function in the file of its subject, its line in ``catalogue.py``, and one case file
with a passing and a failing sheet.
"""

from toolkit.checks.batch import compared_keys
from toolkit.checks.case import CAUSES, FAR_OFF, IN_DOUBT, IN_YUAN, Case
from toolkit.checks.catalogue import SOURCES
from toolkit.checks.merging import SHOWN, folded
from toolkit.checks.outcome import Outcome, Ran
from toolkit.checks.runner import CheckReport, check_batch, check_submission

__all__ = [
    "CAUSES",
    "FAR_OFF",
    "IN_DOUBT",
    "IN_YUAN",
    "SHOWN",
    "SOURCES",
    "Case",
    "CheckReport",
    "Outcome",
    "Ran",
    "check_batch",
    "check_submission",
    "compared_keys",
    "folded",
]
