"""A sheet of XlsxWriter that takes formulas quicker and writes the same.

XlsxWriter looks for each of 150 newer functions in every formula: half the time a master workbook takes. Whether it
would change a formula depends on the functions called in it alone, and these are few combinations in all.
"""

import re
from functools import cache

from xlsxwriter.worksheet import Worksheet

_CALLED = re.compile(r"[\w.]+\(")
_EXPANDED = "_xlfn."


class FormulaSheet(Worksheet):  # type: ignore[misc]  # XlsxWriter has no annotations
    """Passes on only formulas that call a function XlsxWriter has to mark."""

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        if _EXPANDED in formula or not _stays(frozenset(_CALLED.findall(formula))):
            marked: str = super()._prepare_formula(formula, expand_future_functions)
            return marked
        return formula.removeprefix("{").removeprefix("=").removesuffix("}")


@cache
def _stays(called: frozenset[str]) -> bool:
    """Whether a formula with these calls is written as it is."""
    calls = " ".join(sorted(called))
    expanded: str = Worksheet()._prepare_formula(calls, True)  # noqa: SLF001 - as it calls it itself
    return expanded == calls
