"""What is written into a cell: plain values and formulas as the XML after a cell's address and style."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from toolkit.model.values import ErrorValue, date_to_serial
from toolkit.ooxml.printable import escaped, kept_as_it_is, storable_in_xml

StampValue: TypeAlias = Decimal | int | str | bool | date | None
LONGEST_TEXT = 32_767  # characters; Excel calls a workbook with a longer one damaged
STARTS_A_FORMULA = tuple("=+-@\t\r\n＝＋－＠")
"""What a program may take for a formula when a cell is edited, or its text copied into a CSV file."""

_ORDINARY = re.compile(r"[^\x00-\x1f&<>_\ud800-\udfff\ufffe\uffff]*")
"""Texts that stand in XML as they are."""


_USUAL_LENGTH = 25


@dataclass(frozen=True, slots=True)
class Cached:
    """A result for a formula cell: the formula stays, its value in the file becomes this; None takes it away."""

    value: StampValue | ErrorValue


@dataclass(frozen=True, slots=True)
class FormulaChange:
    """A formula put into a cell, ``=`` or not, with the value it shows; None when it was never calculated."""

    text: str
    cached: StampValue | ErrorValue = None


@dataclass(frozen=True, slots=True)
class Raw:
    """Text put into the file as it is, with the file's own type letter (n, s, str, b, e, d); for odd files in tests."""

    text: str
    type: str = "n"


CellChange: TypeAlias = StampValue | ErrorValue | Cached | FormulaChange | Raw


def visible_text(text: str) -> str:
    r"""The text with characters that XML cannot hold made visible: ``\x07`` gives ␇, half a surrogate pair �.

    Line ends become ``\n`` and an over-long text is cut with ``…``, since Excel would call the file damaged.
    """
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = storable_in_xml(text, _symbol)
    return text if len(text) <= LONGEST_TEXT else text[: LONGEST_TEXT - 1] + "…"


def _symbol(letter: str) -> str:
    code = ord(letter)
    return chr(0x2400 + code) if code < 0x20 else "\ufffd"


def text_xml(text: str) -> str:
    """A text as XML character data that reads back as the same text in Excel."""
    if len(text) <= LONGEST_TEXT and _ORDINARY.fullmatch(text):
        return text
    return kept_as_it_is(escaped(visible_text(text)))


def number_text(number: Decimal | int) -> str:
    """A number as it stands in the file: every digit of the decimal, exponents only for extreme sizes.

    Raises:
        ValueError: infinite or not a number.
    """
    if isinstance(number, int):
        return str(number)
    text = str(number)
    if "E" not in text and number.is_finite() and len(text) <= _USUAL_LENGTH:
        return text
    if not number.is_finite():
        raise ValueError(f"{number} cannot stand in a cell")
    return format(number, "f") if -30 < number.adjusted() < 30 else text


def value_xml(value: CellChange, formula: str = "") -> str:
    """The rest of a ``<c r=… s=…`` element, type attribute and closing tag included.

    A text is always a text, whatever it begins with. The empty text leaves the cell blank.

    Args:
        value: what the cell is to hold.
        formula: the ``<f>`` element already in the cell; kept by :class:`Cached`, dropped by everything else.

    Raises:
        ValueError: a number that is infinite, a date before 1900.
    """
    if isinstance(value, str):
        # Written first and without <f>: this is the way most cells take.
        if not value:
            return "/>"
        return f' t="inlineStr"><is><t xml:space="preserve">{text_xml(value)}</t></is></c>'
    if isinstance(value, Decimal):
        return f"><v>{number_text(value)}</v></c>"
    if isinstance(value, Cached):
        return _with_formula(formula, value.value)
    if isinstance(value, FormulaChange):
        return _with_formula(f"<f>{text_xml(value.text.removeprefix('='))}</f>", value.cached)
    if isinstance(value, Raw):
        kind = "" if value.type == "n" else f' t="{escaped(value.type).replace(chr(34), "&quot;")}"'
        return f"{kind}><v>{text_xml(value.text)}</v></c>"
    return _with_formula("", value)


def _with_formula(formula: str, value: StampValue | ErrorValue) -> str:
    kind, text = _typed(value)
    content = formula if text is None else f"{formula}<v>{text}</v>"
    return f"{kind}>{content}</c>" if content else "/>"


def _typed(value: StampValue | ErrorValue) -> tuple[str, str | None]:
    """The type attribute and the text of ``<v>``; None for no ``<v>``."""
    if value is None:
        return "", None
    if isinstance(value, bool):
        return ' t="b"', "1" if value else "0"
    if isinstance(value, Decimal | int):
        return "", number_text(value)
    if isinstance(value, date):
        return "", number_text(date_to_serial(value))
    if isinstance(value, ErrorValue):
        return ' t="e"', value.value
    return ' t="str"', text_xml(value)
