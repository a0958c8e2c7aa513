"""Amounts in Chinese numerals, the banker's (大写) or the everyday ones: 壹佰贰拾万叁仟元整, 三百万元."""

import re
from decimal import Decimal

from toolkit.text.folding import fold

_DIGITS = {char: value for value, char in enumerate("零壹贰叁肆伍陆柒捌玖")}
_TENS = {"拾": 10, "佰": 100, "仟": 1000}
_DIGIT = "[壹贰叁肆伍陆柒捌玖]"
_EVERYDAY = str.maketrans("〇一二两三四五六七八九十百千", "零壹贰贰叁肆伍陆柒捌玖拾佰仟")
_SECTION = f"(?:{_DIGIT}仟零?)?(?:{_DIGIT}佰零?)?(?:{_DIGIT}?拾)?(?:(?<![仟佰万亿]){_DIGIT})?"
"""Below 万. A digit right behind 佰 is another number to some (三百二: 320): whoever means 302 writes 零."""
_AMOUNT = re.compile(
    r"(?:人民币)?(?:\(?大写\)?:?)?(?:人民币)?"
    rf"(?P<yuan>(?:{_SECTION}亿零?)?(?:{_SECTION}万零?)?{_SECTION}|零)[元圆]"
    rf"(?:[整正]|零?(?P<jiao>{_DIGIT})角[整正]?|零?(?:(?P<tenths>{_DIGIT})角)?零?(?P<fen>{_DIGIT})分)?"
)
"""Every place at most once, from high to low: what can be read in one way only."""


def spelled_number(words: str) -> Decimal | None:
    """``壹佰贰拾万叁仟`` → 1203000; None when the signs make no number."""
    total = section = digit = Decimal(0)
    for char in words:
        if char in _DIGITS:
            digit = Decimal(_DIGITS[char])
        elif char in _TENS:
            section, digit = section + (digit or 1) * _TENS[char], Decimal(0)
        elif char == "万":
            total, section, digit = total + (section + digit) * 10_000, Decimal(0), Decimal(0)
        elif char == "亿":
            total, section, digit = (total + section + digit) * 10**8, Decimal(0), Decimal(0)
        else:
            return None
    return total + section + digit


def read_spelled_amount(text: str) -> Decimal | None:
    """The amount that a whole text spells (``人民币叁佰万元整`` → 3000000); None for anything else.

    Units: 元.
    """
    match = _AMOUNT.fullmatch(fold(text).translate(_EVERYDAY))
    if match is None or not match["yuan"] or match["yuan"][0] in "万亿":
        return None
    whole = spelled_number(match["yuan"])
    tenths, hundredths = match["jiao"] or match["tenths"], match["fen"]
    parts = Decimal(_DIGITS.get(tenths, 0)) / 10 + Decimal(_DIGITS.get(hundredths, 0)) / 100
    return None if whole is None else whole + parts
