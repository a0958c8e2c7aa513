"""Workbooks of the second engine kept for the next file of the same form (ADR 0047).

All returns of an evaluation have the same formulas and names and differ in what was typed into them. Opening one in the
second engine costs four times what putting the other values into one that is open costs. What this way finds can only
be that both engines agree; wherever they do not, or a file has anything unusual, its bytes are opened and calculated
anew, and only what comes of that is told. So it depends on no other file what is told of a file.
"""

import re
from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from toolkit.excel.book import Book, BookFlag, Cell, Doubt, NameTarget
from toolkit.excel.calculation import Calculation
from toolkit.excel.second_workbook import agree, put_all, unknown
from toolkit.model import Value

_At = tuple[int, int]
_Place = tuple[str, int, int]
_MOST_FORMS, _MOST_CELLS, _MOST_USES = 8, 20_000, 200
"""Workbooks kept, cells of one, files it answers for: its engine takes 20 kB more with each."""
_BESIDE_VALUES = re.compile(r"\b(?:CELL|INFO|INDIRECT|RAND|RANDBETWEEN|RANDARRAY|NOW|TODAY)\s*\(|\[", re.IGNORECASE)
"""Formulas that depend on more than values and formulas: on formats, texts that name cells, a moment, other files."""
_READ_OTHERWISE = frozenset({Doubt.TWICE, Doubt.TWO_CONTENTS, Doubt.MIXED_RUNS})
"""Two readers may take different contents for that of such a cell."""


@dataclass(frozen=True, slots=True)
class Form:
    """What a workbook consists of besides the values in its cells, as far as formulas depend on it.

    Attributes:
        sheets: names, and hidden rows, which SUBTOTAL leaves out.
        formulas: by place.
        names: of the whole workbook.
    """

    sheets: tuple[tuple[str, frozenset[int]], ...]
    formulas: Mapping[_Place, str]
    names: Mapping[str, NameTarget]


def form_of(book: Book) -> Form | None:
    """The form of a workbook; None where some of it can be read in two ways, or refers to other files."""
    usual = not book.date1904 and BookFlag.EXTERNAL_LINKS not in book.flags
    for sheet in book.sheets:
        plain = not sheet.array_formulas and not sheet.tables and not sheet.names
        usual = usual and plain and _READ_OTHERWISE.isdisjoint(sheet.doubts.values())
    formulas = {
        (sheet.name, *at): cell.formula
        for sheet in book.sheets
        for at, cell in sheet.cells.items()
        if cell.formula is not None
    }
    if not usual or not all(formulas.values()):  # "" is a formula the file withholds
        return None
    return Form(tuple((sheet.name, sheet.hidden_rows) for sheet in book.sheets), formulas, book.names)


class KeptForms:
    """The workbooks kept in this process, the last ones used."""

    def __init__(self) -> None:
        self._kept: deque[_KeptForm] = deque(maxlen=_MOST_FORMS)

    def agrees(self, form: Form, book: Book, ours: Calculation) -> bool:
        """Whether the second engine is known to come to our values; False says nothing yet."""
        kept = next((kept for kept in self._kept if kept.fits(form)), None)
        if kept is None:
            return False
        self._kept.remove(kept)
        same = False
        with suppress(Exception):  # the file's own workbook is opened then; what the library says of that counts
            same = kept.agrees(book, ours)
            if kept.uses < _MOST_USES:
                self._kept.append(kept)
        return same

    def keep(self, form: Form, book: Book, theirs: Any) -> None:  # noqa: ANN401
        """Keep an evaluated workbook in which the second engine came to our values."""
        texts = "\n".join((*form.formulas.values(), *(name.ref for name in form.names.values() if not name.sheet)))
        if not _BESIDE_VALUES.search(texts) and sum(len(sheet.cells) for sheet in book.sheets) <= _MOST_CELLS:
            self._kept.append(_KeptForm(form, book, theirs, texts.casefold()))


class _KeptForm:
    """One workbook in the second engine and the cells that stand in it now.

    Attributes:
        uses: files it answered for.
    """

    def __init__(self, form: Form, book: Book, theirs: Any, texts: str) -> None:  # noqa: ANN401
        self.uses = 0
        self._form, self._theirs, self._texts = form, theirs, texts
        self._cells = _cells_of(book)

    def fits(self, form: Form) -> bool:
        """Whether a file has the same sheets and formulas, and the same names as far as formulas use them."""
        mine = self._form
        return mine.sheets == form.sheets and mine.formulas == form.formulas and self._same_names(form.names)

    def _same_names(self, names: Mapping[str, NameTarget]) -> bool:
        mine = self._form.names
        if mine.keys() != names.keys():
            return False
        differing = (name for name, target in names.items() if target != mine[name])
        return all(name.casefold() not in self._texts for name in differing)

    def agrees(self, book: Book, ours: Calculation) -> bool:
        """Put the file's values in, evaluate, and compare every formula."""
        self.uses += 1
        changed = list(self._changed(book))
        if not all(_read_alike(value) for _, value in changed):
            return False
        put_all(self._theirs, changed)
        self._cells = _cells_of(book)
        self._theirs.evaluate_all()
        return all(
            not unknown(theirs := self._theirs.get_value(*place)) and agree(ours.value(*place), theirs)
            for place in self._form.formulas
        )

    def _changed(self, book: Book) -> Iterator[tuple[_Place, Value]]:
        """Cells with another value than stands in the second engine, and those that are no more."""
        for sheet in book.sheets:
            before = self._cells[sheet.name]
            for at, cell in sheet.cells.items():
                old = before.get(at)
                if old is not cell and cell.formula is None and _differ(old.value if old else None, cell.value):
                    yield (sheet.name, *at), cell.value
            for at in before.keys() - sheet.cells.keys():
                yield (sheet.name, *at), None


def _cells_of(book: Book) -> dict[str, Mapping[_At, Cell]]:
    return {sheet.name: sheet.cells for sheet in book.sheets}


def _differ(first: Value, second: Value) -> bool:
    return type(first) is not type(second) or first != second


def _read_alike(value: Value) -> bool:
    """Whether no reader can take a content otherwise: an error, a text with blanks around it or signs as codes."""
    if isinstance(value, str):
        return value != "" and value == value.strip() and "_x" not in value and "\r" not in value
    return value is None or isinstance(value, bool | Decimal)
