"""Numbers as people write them in a scheme or roster; nothing else passes, however much Decimal would accept."""

from decimal import Decimal

from toolkit.excel.cell_values import as_excel_compares
from toolkit.text.numerals import read_figure

_TOO_LARGE = Decimal(10) ** 12
_MOST = 10_000
"""Marks of a whole scheme seldom exceed 1000; more is a slip. Units: 分."""


def read_number(text: str) -> Decimal:
    """Read a plain number; full-width digits and thousands separators are accepted.

    A number that was calculated may have every digit a cell keeps, the last of them no one's: 830.4300000000001 is
    830.43, and 33.3333333333333 a number like others.

    Raises:
        ValueError: it is no such number, with the Chinese reason.
    """
    figure = read_figure(text)
    if figure is None or figure.unit or figure.currency or figure.in_words or not figure.exact:
        raise ValueError(f"“{text[:40]}”不是数")
    if not abs(figure.value) < _TOO_LARGE:
        raise ValueError(f"“{text[:40]}”过大")
    return as_excel_compares(figure.value)


def read_mark(text: str) -> Decimal:
    """Read marks, with 分 or without. Units: 分.

    Raises:
        ValueError: it is no such number, or none that can be earned, with the Chinese reason.
    """
    number = read_number(text.removesuffix("分"))
    if not 0 < number <= _MOST:
        raise ValueError(f"“{text}”应大于0")
    return number
