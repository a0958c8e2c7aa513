"""The one number an answer consists of. What is about, between, compared or in words is no answer."""

import re
from dataclasses import dataclass
from decimal import Decimal

from toolkit.excel.cell_values import as_excel_compares
from toolkit.text.folding import fold
from toolkit.text.numerals import MONEY_UNITS, Figure, Hedge, read_figure

_LONGEST = 40
_MOST_DIGITS = 15  # what a cell can hold exactly; more before the point is an identity card, an account, a phone list
_COMPARED = re.compile("^=|以[上下内]$")
_STOPS = "。;,、 "
_UNIT_IN_BRACKETS = re.compile(rf"(?<=[0-9])\s*\(({'|'.join(sorted(MONEY_UNITS, key=len, reverse=True))})\)$")
_APPROXIMATE = re.compile(r"^(?:大?约|大概|近|将近|接近|预计|估计|≈)|(?:左右|上下)\S{0,2}$|[0-9](?:多|余|许|来)")


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number found in text. ``unit`` is the text after it, "" for none; ``rules`` the reading rules applied."""

    number: Decimal
    unit: str
    rules: tuple[str, ...] = ()


_FULL_STOP_WITHIN = re.compile(r"^([^.。]*\d)。(\d[^.。]*)$")
"""270。5, as Chinese input on a telephone writes the point of a number."""
_UNIT_APART = re.compile(r"(?<=[万亿千百])\s+(?=元)")
"""270 万 元."""


def parse_numeral(text: str) -> Numeral | None:
    """The one number a text consists of, or None when it is anything else.

    Units: the number as written; a unit behind it is handed back, not applied.
    """
    folded = _FULL_STOP_WITHIN.sub(r"\1.\2", fold(text))
    # "'" makes a text of a number in Excel, here typed where it already was one; a full stop ends no number.
    plain = _UNIT_APART.sub("", _UNIT_IN_BRACKETS.sub(r"\1", folded.removeprefix("'").rstrip(_STOPS)))
    figure = read_figure(plain) if len(plain) <= _LONGEST else None
    if figure is None or not figure.exact or figure.in_words:
        return None
    if sum(char.isdigit() for char in plain.partition(".")[0]) > _MOST_DIGITS:
        return None
    rules = ["READ-02"] if folded != text.strip() else []
    rules += ["READ-03"] if figure.grouped else []
    rules += ["READ-15"] if figure.currency or plain != folded else []
    # Typed into a cell of numbers, 102.20000000000002 becomes 102.2: so does it here.
    return Numeral(as_excel_compares(figure.value), figure.unit, tuple(rules))


def why_no_number(text: str) -> str:
    """The code of the reading rule that says why a text is no number: about, compared, a range, or just words."""
    plain = fold(text)[:200]
    figure = read_figure(plain)
    if figure is None:
        return "READ-22" if _COMPARED.search(plain) else "READ-21" if _APPROXIMATE.search(plain) else "READ-24"
    return _code(figure)


def _code(figure: Figure) -> str:
    if figure.upper is not None:
        return "READ-23"
    return {Hedge.EXACT: "READ-24", Hedge.ABOUT: "READ-21"}.get(figure.hedge, "READ-22")
