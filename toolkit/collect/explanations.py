"""单位说明: what a unit wrote beside the findings it was sent, read from sheet 退回整改单 of a returned workbook."""

from toolkit.collect.normalise import original_text
from toolkit.excel.book import Book
from toolkit.excel.correction_book import read_answers
from toolkit.model.identity import CORRECTION_SHEET
from toolkit.text.folding import visible

_LONGEST = 1_000
"""Characters that are kept; the original keeps the rest."""


def read_explanations(book: Book) -> dict[tuple[str, str], str]:
    """(finding code, slot key or sheet) → words; of several lines about one place all words, in their order."""
    sheet = book.sheet(CORRECTION_SHEET)
    found: dict[tuple[str, str], list[str]] = {}
    for mark, cell in read_answers(sheet) if sheet else ():
        code, _, key = mark.partition(" ")
        if words := visible(original_text(cell)):
            found.setdefault((code, key), []).append(words)
    return {key: "；".join(dict.fromkeys(words))[:_LONGEST] for key, words in found.items()}
