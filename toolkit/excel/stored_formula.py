"""Formulas as they stand in a file: newer functions carry a mark (``_xlfn.``) there that nobody sees in Excel.

XlsxWriter looks for each of 150 newer functions in every formula: half the time a master workbook takes. Whether it
would change a formula depends on the functions called in it alone, and these are few combinations in all.
"""

import re
from functools import cache

_CALLED = re.compile(r"[\w.]+\(")
_EXPANDED = "_xlfn."


def stored_formula(formula: str) -> str:
    """The text of ``<f>`` for a formula as people write it (``=SUM(A1:A3)``)."""
    if _EXPANDED in formula or not _stays(frozenset(_CALLED.findall(formula))):
        return _marked(formula)
    return formula.removeprefix("{").removeprefix("=").removesuffix("}")


@cache
def _stays(called: frozenset[str]) -> bool:
    """Whether a formula with these calls is written as it is."""
    calls = " ".join(sorted(called))
    return _marked(calls) == calls


def _marked(formula: str) -> str:
    from xlsxwriter.worksheet import Worksheet

    marked: str = Worksheet()._prepare_formula(formula, True)  # noqa: SLF001 - XlsxWriter has no public way
    return marked
