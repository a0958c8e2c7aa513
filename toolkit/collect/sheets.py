"""Which returned sheet is which: by its name, else by the fixed texts it shares with the one that is missing."""

from collections import defaultdict
from collections.abc import Mapping

from toolkit.excel.book import Book, Sheet
from toolkit.model import Layout
from toolkit.model.identity import CORRECTION_SHEET, MIGRATION_SHEET
from toolkit.text.folding import squeeze

_ENOUGH = 0.5
"""A renamed sheet still carries at least this share of the texts it was generated with."""


def match_sheets(book: Book, layout: Layout) -> dict[str, Sheet]:
    """The returned sheet for every sheet of the layout that is still there, renamed or not.

    A sheet found by its texts must be the best by itself: of two equally good ones (a copy) neither is taken.
    """
    matched = {name: sheet for name in layout.sheets if (sheet := book.sheet(name))}
    missing = [name for name in layout.sheets if name not in matched]
    if not missing:
        return matched
    names = {sheet.name for sheet in matched.values()}
    unknown_sheets = {sheet.name: _texts(sheet) for sheet in book.sheets if sheet.name not in names}
    expected = _expected(layout)
    for name in missing:
        if found := _best(expected.get(name, set()), unknown_sheets):
            matched[name] = next(sheet for sheet in book.sheets if sheet.name == found)
    return matched


def unknown_sheets_of(book: Book, layout: Layout, matched: Mapping[str, Sheet]) -> dict[str, str]:
    """Returned sheets that are none of ours: name → the sheet it is a copy of, "" for a sheet of the unit's own."""
    ours = {CORRECTION_SHEET, MIGRATION_SHEET, *(sheet.name for sheet in matched.values())}
    others = {sheet.name: _texts(sheet) for sheet in book.sheets if sheet.name not in ours and sheet.cells}
    if not others:
        return {}
    expected = _expected(layout)
    return {name: _copied_from(texts, expected) for name, texts in others.items()}


def _copied_from(texts: set[str], expected: Mapping[str, set[str]]) -> str:
    shares = {name: len(known & texts) / len(known) for name, known in expected.items()}
    best = max(shares, key=lambda name: shares[name], default="")
    return best if best and shares[best] >= _ENOUGH else ""


def _best(expected: set[str], unknown_sheets: Mapping[str, set[str]]) -> str:
    shares = sorted(((len(expected & texts), name) for name, texts in unknown_sheets.items()), reverse=True)
    if not shares or not expected or shares[0][0] < len(expected) * _ENOUGH:
        return ""
    tied = len(shares) > 1 and shares[1][0] == shares[0][0]
    return "" if tied else shares[0][1]


def _expected(layout: Layout) -> dict[str, set[str]]:
    texts: dict[str, set[str]] = defaultdict(set)
    for (sheet, _), content in layout.fixed.items():
        if content and not content.startswith("="):
            texts[sheet].add(squeeze(content))
    return texts


def _texts(sheet: Sheet) -> set[str]:
    return {squeeze(cell.value) for cell in sheet.cells.values() if isinstance(cell.value, str)}
