"""Numbers out of text, by a grammar that refuses whatever it does not know word for word.

``numeral := [¥|人民币] [sign] (digits | groups of three) [. digits] [unit]`` and nothing before or after it.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

from toolkit.text.folding import fold

MONEY_UNITS = {
    "元": Decimal(1), "圆": Decimal(1), "元整": Decimal(1), "元人民币": Decimal(1),
    "千元": Decimal(10) ** 3, "万": Decimal(10) ** 4, "万元": Decimal(10) ** 4, "万元整": Decimal(10) ** 4,
    "百万元": Decimal(10) ** 6, "千万元": Decimal(10) ** 7, "亿": Decimal(10) ** 8, "亿元": Decimal(10) ** 8,
}  # fmt: skip
"""How many 元 one of each money unit is. Units: 元."""

_NUMBER = r"[+-]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?|[+-]?\.[0-9]+"
_NUMERAL = re.compile(rf"(?P<sign>¥|人民币)?\s*(?P<number>{_NUMBER})\s*(?P<unit>[^\s0-9.,+\-][^0-9]*)?")
_RANGE = re.compile(rf"(?:{_NUMBER})\s*[^\s0-9.,]{{0,3}}\s*(?:-|~|—|–|至|到)+\s*(?:{_NUMBER})\s*\S{{0,3}}")
_APPROXIMATE = re.compile(r"^(?:大?约|大概|近|将近|接近|预计|估计|≈)|(?:左右|上下)\S{0,2}$|[0-9](?:多|余|许|来)")
_COMPARED = re.compile(
    r"^(?:[<>≥≤≧≦=]|不低于|不少于|不高于|不超过|不小于|不大于|至少|至多|最多|最少|超过|大于|小于|低于|高于)|以[上下内]$"
)
_LONGEST = 40
_MOST_DIGITS = 15  # what a cell can hold exactly; more is an identity card, an account, a phone list


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number found in text. ``unit`` is the text after it, "" for none; ``rules`` the reading rules applied."""

    number: Decimal
    unit: str
    rules: tuple[str, ...]


def parse_numeral(text: str) -> Numeral | None:
    """The one number a text consists of, or None when it is anything else.

    Units: the number as written; a unit behind it is handed back, not applied.
    """
    plain = fold(text)
    match = _NUMERAL.fullmatch(plain) if len(plain) <= _LONGEST else None
    if match is None:
        return None
    digits = match["number"]
    if sum(char.isdigit() for char in digits) > _MOST_DIGITS:
        return None
    rules = ["READ-02"] if plain != text.strip() else []
    rules += ["READ-03"] if "," in digits else []
    rules += ["READ-15"] if match["sign"] else []
    return Numeral(Decimal(digits.replace(",", "")), (match["unit"] or "").strip(), tuple(rules))


def why_no_number(text: str) -> str:
    """The code of the reading rule that says why a text is no number: about, compared, a range, or just words."""
    plain = fold(text)[:200]
    if _RANGE.fullmatch(plain):
        return "READ-23"
    if _COMPARED.search(plain):
        return "READ-22"
    if _APPROXIMATE.search(plain):
        return "READ-21"
    return "READ-24"
