"""Texts made from texts and numbers: replacing, repeating, characters by number, fixed decimals, addresses."""

import re
from decimal import Decimal

from toolkit.formula.coerce import MAX_TEXT, ONE, whole
from toolkit.formula.functions.chinese_numerals import chinese_digits, chinese_numeral
from toolkit.formula.functions.declare import Takes, function
from toolkit.formula.functions.math import round_half_up
from toolkit.formula.functions.number_format import format_value
from toolkit.formula.references import column_letters
from toolkit.formula.tree import LAST_COLUMN, LAST_ROW
from toolkit.model.values import ErrorValue, Value

TEXT, NUMBER, LOGICAL = Takes.TEXT, Takes.NUMBER, Takes.LOGICAL
_UNPRINTABLE = re.compile(r"[\x00-\x1f]")
_WORDS = re.compile(r"[^\W\d_]+")
_NEEDS_QUOTES = re.compile(r"[^\w.]|^\d")
_MOST_DECIMALS = 127
_MOST_NUMERAL = 10**15


@function("REPLACE", TEXT, NUMBER, NUMBER, TEXT)
def replace(text: str, start: Decimal, count: Decimal, new: str) -> Value:
    """With a text in place of so many characters from a position on."""
    first, size = whole(start) - 1, whole(count)
    if first < 0 or size < 0:
        return ErrorValue.VALUE
    result = text[:first] + new + text[first + size :]
    return result if len(result) <= MAX_TEXT else ErrorValue.VALUE


@function("REPT", TEXT, NUMBER)
def repeat(text: str, times: Decimal) -> Value:
    """A text so many times."""
    count = whole(times)
    return text * count if 0 <= count * len(text) <= MAX_TEXT and count >= 0 else ErrorValue.VALUE


@function("CHAR", NUMBER)
def character(number: Decimal) -> Value:
    """The character of a number in the code page of Chinese Windows."""
    code = whole(number)
    if not 1 <= code <= 0xFFFF:
        return ErrorValue.VALUE
    try:
        return code.to_bytes(1 if code < 256 else 2, "big").decode("gb18030")
    except UnicodeDecodeError:
        return ErrorValue.VALUE


@function("CODE", TEXT)
def code(text: str) -> Value:
    """The number of the first character in the code page of Chinese Windows."""
    if not text:
        return ErrorValue.VALUE
    found = text[0].encode("gb18030", "replace")
    return Decimal(int.from_bytes(found, "big")) if len(found) <= 2 else Decimal(63)


@function("PROPER", TEXT)
def proper(text: str) -> Value:
    """With a capital at the beginning of every word."""
    return _WORDS.sub(lambda word: word[0][0].upper() + word[0][1:].lower(), text)


@function("CLEAN", TEXT)
def clean(text: str) -> Value:
    """Without characters that cannot be printed, line breaks too."""
    return _UNPRINTABLE.sub("", text)


@function("FIXED", NUMBER, NUMBER, LOGICAL, required=1)
def fixed(number: Decimal, decimals: Decimal = Decimal(2), plain: bool = False) -> Value:
    """A number as text with so many decimals, in thousands unless ``plain``."""
    places = whole(decimals)
    if places > _MOST_DECIMALS:
        return ErrorValue.VALUE
    rounded: Decimal = round_half_up(number, decimals)
    behind = "." + "0" * places if places > 0 else ""
    return format_value(rounded, ("0" if plain else "#,##0") + behind)


@function("NUMBERSTRING", NUMBER, NUMBER)
def numeral(number: Decimal, kind: Decimal) -> Value:
    """A whole number in Chinese: 1 一百二十三, 2 壹佰贰拾叁, 3 一二三."""
    value: Decimal = round_half_up(number, Decimal(0))
    if not 0 <= value < _MOST_NUMERAL or whole(kind) not in (1, 2, 3):
        return ErrorValue.NUM
    digits = str(int(value))
    return chinese_digits(digits) if whole(kind) == 3 else chinese_numeral(digits, formal=whole(kind) == 2)


@function("HYPERLINK", TEXT, Takes.VALUE, required=1)
def link(target: str, shown: Value = None) -> Value:
    """What a cell with a link shows."""
    return target if shown is None else shown


@function("ADDRESS", NUMBER, NUMBER, NUMBER, LOGICAL, TEXT, required=2)
def address(
    row: Decimal, column: Decimal, fixed_parts: Decimal = ONE, by_letters: bool = True, sheet: str | None = None
) -> Value:
    """The address of a cell as text: 1 $B$3, 2 B$3, 3 $B3, 4 B3; addresses by numbers (R1C1) are not supported."""
    down, across, kind = whole(row), whole(column), whole(fixed_parts)
    if not (1 <= down <= LAST_ROW and 1 <= across <= LAST_COLUMN and 1 <= kind <= 4 and by_letters):
        return ErrorValue.VALUE
    place = f"{'$' if kind in (1, 3) else ''}{column_letters(across)}{'$' if kind in (1, 2) else ''}{down}"
    if not sheet:
        return place
    return (f"'{sheet.replace(chr(39), chr(39) * 2)}'" if _NEEDS_QUOTES.search(sheet) else sheet) + f"!{place}"
