"""Formulas of a person's copy as they must read in the new generation: every reference at the same thing."""

import re
from collections.abc import Mapping

from toolkit.excel.additions.mapping import SheetMap
from toolkit.excel.addresses import column_index, column_letters
from toolkit.formula.tokens import FormulaSyntaxError, Kind, tokenize

_END = re.compile(r"(\$?)([A-Za-z]{0,3})(\$?)([0-9]*)")


class GoneError(ValueError):
    """A formula points at something the new generation has no more."""


def pointed(formula: str, sheet: str, maps: Mapping[str, SheetMap]) -> str:
    """A formula with its references moved.

    Args:
        formula: with ``=``.
        sheet: the sheet it stands on.
        maps: sheet → where its columns and rows are; other sheets stay as they are.

    Raises:
        GoneError: what it points at is no more, or it cannot be read.
    """
    try:
        tokens = tokenize(formula.removeprefix("="))
    except FormulaSyntaxError as error:
        raise GoneError(formula) from error
    return "=" + "".join(
        _moved(token.text, sheet, maps) if token.kind is Kind.REFERENCE else token.text for token in tokens
    )


def _moved(text: str, sheet: str, maps: Mapping[str, SheetMap]) -> str:
    named, mark, address = text.rpartition("!")
    target = named[1:-1].replace("''", "'") if named.startswith("'") else named or sheet
    places = maps.get(target)
    if places is None or "#" in address:
        return text
    first, colon, last = address.partition(":")
    if not colon:
        return f"{named}{mark}{_end(first, places)}"
    if _row(first) and _row(first) <= places.data[0] and _row(last) >= places.data[1]:
        ends = (places.data_now[0] - places.data[0] + _row(first), places.data_now[1] - places.data[1] + _row(last))
        return f"{named}{mark}{_end(first, places, ends[0])}:{_end(last, places, ends[1])}"
    return f"{named}{mark}{_end(first, places)}:{_end(last, places)}"


def _row(end: str) -> int:
    match = _END.fullmatch(end)
    return int(match[4] or 0) if match else 0


def _end(end: str, places: SheetMap, row_now: int | None = None) -> str:
    match = _END.fullmatch(end)
    if match is None:
        raise GoneError(end)
    fixed, letters, row_fixed, digits = match.groups()
    if letters:
        column = places.column(column_index(letters.upper()))
        if column is None:
            raise GoneError(end)
        letters = column_letters(column)
    if digits:
        row = row_now if row_now is not None else places.row(int(digits))
        if row is None:
            raise GoneError(end)
        digits = str(row)
    return f"{fixed}{letters}{row_fixed}{digits}"
