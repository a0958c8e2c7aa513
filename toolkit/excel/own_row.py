"""Formulas read for the cell they stand in: their own row left open, relative names moved to their place."""

import re
from dataclasses import replace
from functools import lru_cache, partial

from toolkit.excel.addresses import MAX_ROW, parse_area
from toolkit.excel.book import NameTarget
from toolkit.formula import Compiled, Formula, compile_formula, parse
from toolkit.formula.tree import Reference, moved

OWN_ROW = MAX_ROW - 1
"""Stands for a formula's own row in compiled formulas; no workbook reaches so far down."""
_QUOTED = re.compile(r"""("(?:[^"]|"")*"|'(?:[^']|'')*')""")
_REFERENCE = re.compile(
    r"(?<![\w.!$:\]'])(\$?[A-Za-z]{1,3})(\$?)([0-9]+)(?::(\$?[A-Za-z]{1,3})([0-9]+))?(?![\w.(!:$\[])"
)
_ASKS_FOR_ROWS = re.compile(r"ROW|COLUMN|SUMIF\(|\[", re.IGNORECASE)


@lru_cache(maxsize=16_384)
def compiled_for(formula: str, row: int) -> Compiled:
    """A formula of an ordinary cell; the rows of a table share one compiled formula.

    Raises:
        FormulaSyntaxError: the text is not a formula.
    """
    return _compiled(without_own_row(formula, row))


@lru_cache(maxsize=65_536)
def _compiled(text: str) -> Compiled:
    return compile_formula(text, arrays=False)


def without_own_row(formula: str, row: int) -> str:
    """The formula with references to its own row at ``OWN_ROW``.

    Formulas that ask for the number of a row, name a column of a table, or stretch an area (SUMIF) stay as they are.
    """
    digits = str(row)
    if digits not in formula or _ASKS_FOR_ROWS.search(formula):
        return formula
    if '"' not in formula and "'" not in formula:
        return _REFERENCE.sub(partial(_moved, digits), formula)
    parts = _QUOTED.split(formula)
    parts[::2] = (_REFERENCE.sub(partial(_moved, digits), part) if digits in part else part for part in parts[::2])
    return "".join(parts)


def _moved(row: str, found: re.Match[str]) -> str:
    """A cell or an area of the own row; an area from a fixed row down to the own one ends at it."""
    first, fixed, first_row, last, last_row = found.groups()
    if fixed:
        reaches = last_row == row and len(first_row) <= len(row) and int(first_row) <= int(row)
        return f"{first}${first_row}:{last}{OWN_ROW}" if reaches else found[0]
    if first_row != row or (last and last_row != row):
        return found[0]
    return f"{first}{OWN_ROW}:{last}{OWN_ROW}" if last else f"{first}{OWN_ROW}"


def for_place(text: str, place: tuple[int, int]) -> Formula:
    """The formula of a name as it reads for the cell that uses it: the file keeps it as it reads in A1."""
    formula = parse(text)
    if all(all(reference.fixed) for reference in formula.cells):
        return formula
    return replace(formula, tree=moved(formula.tree, place[0] - 1, place[1] - 1))


def corners_of(target: NameTarget, place: tuple[int, int]) -> tuple[int, int, int, int]:
    """First row, first column, last row and last column of a name that is a plain area."""
    tree = for_place(target.moving, place).tree if target.moving else None
    if not isinstance(tree, Reference):
        return parse_area(target.ref)
    return tree.row, tree.column, tree.last_row, tree.last_column
