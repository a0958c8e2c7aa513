"""A form of an older scheme in which indicators had other codes: they are known by their names.

A code that now means another indicator, or none, is no reason to guess: which old code is which new one is asked of a
person (:func:`read_old_form` says what to ask), and only what was confirmed is read under today's code.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from toolkit.collect.context import CollectContext, Outcome, refusal
from toolkit.collect.filled import read_filled
from toolkit.collect.opening import CannotOpenError, open_return
from toolkit.collect.reading import read_opened
from toolkit.excel.book import Book, Sheet, SheetState
from toolkit.excel.files import sha256_of
from toolkit.model import Scheme
from toolkit.text.folding import squeeze
from toolkit.text.slot_keys import under_codes

_CODE = re.compile(r"\s*(\S{1,20})\s*\n\s*(\S.*)", re.DOTALL)
"""``A101\\n立项依据充分性``: how a form names an indicator."""
_NO_LONGER = "（旧）"
"""Put behind a code of the old form that a confirmed one takes the place of."""


@dataclass(frozen=True, slots=True)
class Recoding:
    """What is read under which code.

    Attributes:
        codes: code in the old form → code in the present scheme, as a person confirmed it.
    """

    context: CollectContext
    codes: Mapping[str, str]


def read_recoded(data: bytes, file_name: str, recoding: Recoding) -> Outcome:
    """The form's answers under today's codes; a function for a worker process, as ``read_return``."""
    sha256 = sha256_of(data)
    try:
        opened = open_return(data, file_name)
    except CannotOpenError as error:
        return refusal(error.cause, file_name, sha256, str(error))
    book = recoded(opened.book, recoding.codes)
    return read_opened(replace(opened, book=book), file_name, sha256, recoding.context)


def read_old_form(data: bytes, file_name: str, context: CollectContext) -> tuple[tuple[tuple[str, ...], ...], ...]:
    """What is filled in (:func:`read_filled`), and which indicators bear another code now; for a worker process."""
    try:
        book = open_return(data, file_name).book
    except CannotOpenError:
        return (), ()
    return read_filled(data, file_name, context), other_codes(book, context.scheme)


def other_codes(book: Book, scheme: Scheme) -> tuple[tuple[str, str, str], ...]:
    """Old code, name, today's code, where exactly one indicator of either side bears the name."""
    today: dict[str, set[str]] = {}
    for indicator in scheme.indicators:
        today.setdefault(squeeze(indicator.name), set()).add(indicator.code)
    found = dict.fromkeys(_named(book))
    return tuple(
        (code, name, next(iter(codes)))
        for code, name in found
        if (codes := today.get(squeeze(name), set())) and code not in codes
        and len(codes) == 1 and sum(squeeze(name) == squeeze(other) for _, other in found) == 1
    )  # fmt: skip


def _named(book: Book) -> Iterator[tuple[str, str]]:
    sheets = (sheet for sheet in book.sheets if sheet.state is SheetState.VISIBLE)
    for cell in (cell for sheet in sheets for _, cell in sorted(sheet.cells.items())):
        match = _CODE.fullmatch(cell.value) if isinstance(cell.value, str) and cell.formula is None else None
        if match:
            yield match[1], match[2].strip()


def recoded(book: Book, codes: Mapping[str, str]) -> Book:
    """The book with other codes in its defined names and in the cells that name indicators."""
    taken = set(codes.values()) - codes.keys()
    every = {**{code: code + _NO_LONGER for code in taken}, **codes}
    names = {under_codes(name, every): target for name, target in book.names.items()}
    return replace(book, names=names, sheets=tuple(_of_sheet(sheet, every) for sheet in book.sheets))


def _of_sheet(sheet: Sheet, codes: Mapping[str, str]) -> Sheet:
    cells = {}
    for place, cell in sheet.cells.items():
        match = _CODE.fullmatch(cell.value) if isinstance(cell.value, str) and cell.formula is None else None
        cells[place] = cell._replace(value=f"{codes[match[1]]}\n{match[2]}") if match and match[1] in codes else cell
    return replace(sheet, cells=cells)
