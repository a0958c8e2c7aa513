"""A verified value as an evaluator types it → a value of the kind asked for. Strict: evaluators can retype."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from toolkit.model import NUMERIC_TYPES, FieldType, Value, date_to_serial
from toolkit.model.opinion import NOT_APPLICABLE
from toolkit.text.days import read_day
from toolkit.text.numerals import UNKEPT, read_figure

_HIGHEST_RATE = 10
"""A rate above 1000 % is a percentage typed without its sign."""


class UnreadableValueError(ValueError):
    """What was typed is no value of the kind asked for; the message says so in Chinese."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What kind of value an item takes."""

    type: FieldType
    choices: tuple[str, ...] = ()


def verified_value(value: Value, text: str, asked: Asked) -> Value:
    """The value in the units used throughout: rates as fractions, dates as serial numbers.

    Raises:
        UnreadableValueError: it is no such value.
    """
    if text == NOT_APPLICABLE:
        return NOT_APPLICABLE
    if asked.type in NUMERIC_TYPES:
        return _number(value, text, asked.type)
    if asked.type is FieldType.DATE:
        return value if isinstance(value, Decimal) else _date(text)
    if asked.choices and text not in asked.choices:
        raise UnreadableValueError(f"“{text}”不在可选项内（{'、'.join(asked.choices)}）")
    return text


def _number(value: Value, text: str, kind: FieldType) -> Decimal:
    number = value if isinstance(value, Decimal) else _decimal(text)
    if not abs(number) < UNKEPT:
        raise UnreadableValueError(f"“{text[:40]}”过大，单元格只能准确保存15位")
    if kind is FieldType.RATE and abs(number) > _HIGHEST_RATE:
        raise UnreadableValueError(f"比率“{text}”请带百分号填写，例如98%")
    return number


def _decimal(text: str) -> Decimal:
    figure = read_figure(text)
    if figure is not None and figure.plain and figure.unit not in ("", "%"):
        raise UnreadableValueError(f"“{text}”请只写数，不写单位“{figure.unit}”")
    if figure is None or not figure.plain:
        raise UnreadableValueError(f"“{text}”不是数值")
    return figure.base if figure.unit else figure.value


def _date(text: str) -> Decimal:
    written = read_day(text)
    if written is None or not (written.year and written.day):
        raise UnreadableValueError(f"“{text}”不是日期，请写成2024-09-30")
    try:
        return date_to_serial(date(written.year, written.month, written.day))
    except ValueError:
        raise UnreadableValueError(f"“{text}”不是存在的日期") from None
