"""Every formula of a workbook calculated twice: by the toolkit's own engine, and by formualizer, which others wrote.

Two engines that agree have no fault in common by chance. The second one is optional; it is never asked for a number
that is printed, only whether it comes to the same. It runs in the killable worker. In two things it is known not to do
as Excel does (0.13.0), and is helped over them: it compares doubles to the last digit, where Excel compares 15; and it
does not take a text such as "1,052.93" for a number in arithmetic.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from toolkit.excel.addresses import cell_name
from toolkit.excel.book import Book
from toolkit.excel.calculation import Calculation
from toolkit.excel.kept_forms import KeptForms, form_of
from toolkit.excel.read import read_workbook
from toolkit.excel.second_workbook import agree, as_value, opened, put, rounded, unknown
from toolkit.model import ErrorValue, Value

ENGINE = "formualizer"
_NOT_COMPARED = re.compile(r"\b(?:TODAY|NOW|RAND|RANDBETWEEN|NUMBERSTRING)\s*\(", re.IGNORECASE)
"""Formulas whose value belongs to a moment, and functions the second engine does not have."""
_GROUPED = re.compile(r"\s*(?:-?\d{1,3}(?:,\d{3})+(?:\.\d+)?|[(（]\d[\d,.]*[)）]|\d[\d.]*/\d[\d./]*)\s*")
"""A text that one engine takes for a number and the other does not: 1,052.93, (2.2), 300/300."""
_ANSWERED = re.compile(r"\b(?:IFERROR|ISERROR|ISNUMBER)\s*\(", re.IGNORECASE)
_ROUNDS = 4
"""How often the second engine is helped on: cells behind one that was helped are calculated anew each time."""
_MOST = 100
"""Differences of one workbook that are named; the number of all of them is told."""
_LONGEST = 200

Place = tuple[str, int, int]
PlainDifference = tuple[str, str, str, str, str]
"""Sheet, address, formula, our value, the other engine's."""


@dataclass(frozen=True, slots=True)
class Recalculated:
    """What two engines made of one workbook.

    Attributes:
        formulas: cells with a formula.
        left_out: formulas the second engine was not asked about, or does not know.
        differing: cells where the two come to different values.
        differences: the first of them.
    """

    formulas: int
    left_out: int
    differing: int
    differences: tuple[PlainDifference, ...]


def second_engine() -> str:
    """Name and version of the second engine; "" where it is not installed."""
    try:
        return f"{ENGINE} {version(ENGINE)}"
    except PackageNotFoundError:
        return ""


def recalculate(data: bytes, file_name: str = "", context: None = None) -> tuple[Any, ...]:  # noqa: ARG001
    """Calculate a workbook with both engines; the fields of :class:`Recalculated` as plain values.

    It has the shape of a worker's read function. The second engine refuses a workbook as a whole that refers to other
    files; its words are then all that comes back.
    """
    book = read_workbook(data)
    ours, form = Calculation(book), form_of(book)
    if form is not None and _kept.agrees(form, book, ours):
        return (len(form.formulas), 0, 0, ())
    try:
        both = _Both(book, ours, data)
        if both.compare() and form is not None:
            _kept.keep(form, book, both.theirs)
    except Exception as refused:  # noqa: BLE001  whatever another library raises over a file is its verdict on it
        return (str(refused)[:200],)
    named = tuple(both.difference(place) for place in both.differing[:_MOST])
    return (len(both.formulas), len(both.left_out), len(both.differing), named)


_kept = KeptForms()


class _Both:
    """One workbook in both engines.

    Attributes:
        formulas: place of every formula.
        left_out: those that are not compared.
        differing: those where the engines come to different values, after :meth:`compare`.
        theirs: the workbook in the second engine.
    """

    def __init__(self, book: Book, ours: Calculation, data: bytes) -> None:
        self.formulas = {
            (sheet.name, row, column): cell.formula
            for sheet in book.sheets
            for (row, column), cell in sheet.cells.items()
            if cell.formula
        }
        self.left_out = {place for place, formula in self.formulas.items() if _NOT_COMPARED.search(formula)}
        self.differing: list[Place] = []
        self.theirs = opened(data)
        self._book, self._ours = book, ours

    @cached_property
    def _grouped(self) -> bool:
        """Whether some cell holds such a text; asked only where the engines differ."""
        values = (cell.value for sheet in self._book.sheets for cell in sheet.cells.values())
        return any(isinstance(value, str) and _GROUPED.fullmatch(value) for value in values)

    def compare(self) -> bool:
        """Find where the engines differ, helping the second one over what it is known not to do.

        Whether they came to the same everywhere and without help.
        """
        for place in self.left_out:
            put(self.theirs, place, self._ours.value(*place))
        self.theirs.evaluate_all()
        self.differing = self._of(set(self.formulas) - self.left_out)
        if not self.differing:
            return not self.left_out
        for _ in range(_ROUNDS):
            if not self.differing or not self._helped():
                break
            self.theirs.evaluate_all()
            self.differing = self._of(set(self.differing) - self.left_out)
        return False

    def difference(self, place: Place) -> PlainDifference:
        """A difference, for people."""
        sheet, row, column = place
        theirs = as_value(self.theirs.get_value(*place))
        formula = self.formulas[place][:_LONGEST]
        return sheet, cell_name(row, column), formula, _shown(self._ours.value(*place)), _shown(theirs)

    def _of(self, places: set[Place]) -> list[Place]:
        """Those of these places where the values differ, in order; what the second engine does not know is left out."""
        found = {place: self.theirs.get_value(*place) for place in places}
        self.left_out |= {place for place, theirs in found.items() if unknown(theirs)}
        compared = sorted(places - self.left_out)
        return [place for place in compared if not agree(self._ours.value(*place), found[place])]

    def _helped(self) -> bool:
        """Put numbers of 15 digits where agreeing formulas gave more, and ours where grouped text gave an error.

        An error that the formula itself answers (IFERROR) is not seen any more, only that the engines differ.
        """
        differing = set(self.differing)
        long = {
            place: short
            for place in set(self.formulas) - differing - self.left_out
            if (short := rounded(self.theirs.get_value(*place))) is not None
        }
        texts = {
            place
            for place in differing
            if self._grouped and (_ANSWERED.search(self.formulas[place]) or self._failed(place))
        }
        for place, short in long.items():
            self.theirs.set_value(*place, short)
        for place in texts:
            put(self.theirs, place, self._ours.value(*place))
        self.left_out |= texts
        return bool(long or texts)

    def _failed(self, place: Place) -> bool:
        """Whether one engine has #VALUE! where the other has a number."""
        both = (as_value(self.theirs.get_value(*place)), self._ours.value(*place))
        return ErrorValue.VALUE in both and any(isinstance(value, Decimal) for value in both)


def _shown(value: Value) -> str:
    return "（空）" if value in (None, "") else str(value)
