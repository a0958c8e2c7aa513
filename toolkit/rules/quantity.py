"""What a consultant writes as a parameter: ``95%``, ``0.5``, ``5%`` of the mark, ``2022年2月``, 是."""

import calendar
import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import BeforeValidator, PlainSerializer

from toolkit.text import chinese_date, plain
from toolkit.text.days import read_day
from toolkit.text.folding import fold
from toolkit.text.numerals import read_figure

_RATE_PLACES = 2
"""A fraction has two decimals more than the percentage points people round to."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as written: ``95%`` keeps its sign so that formula and words read as the consultant wrote them.

    Attributes:
        value: Units: a fraction 0–1 when ``percent``, else the number itself.
    """

    value: Decimal
    percent: bool = False

    def formula(self) -> str:
        """Excel text: ``95%``, ``15``; a negative number stands in brackets."""
        text = self.words()
        return f"({text})" if self.value < 0 else text

    def words(self) -> str:
        """The same for people."""
        return f"{plain(self.value * 100)}%" if self.percent else plain(self.value)


def read_quantity(text: object) -> Quantity:
    """Read a number or a percentage; full-width characters and a trailing 分 are accepted.

    Raises:
        ValueError: it is neither, with the Chinese reason.
    """
    if isinstance(text, Quantity):
        return text
    written = read_figure(fold(text).removesuffix("分").strip())
    if written is None or not written.plain or written.unit not in ("", "%"):
        raise ValueError(f"“{text}”不是数或百分数")
    return Quantity(written.base, percent=True) if written.unit else Quantity(written.value)


@dataclass(frozen=True, slots=True)
class Deduction:
    """Points to take off: ``5%`` is a share of the full mark, ``0.5`` are points."""

    amount: Quantity

    def formula(self) -> str:
        """Excel text in 分: ``分值*5%`` or ``0.5``."""
        return f"分值*{self.amount.formula()}" if self.amount.percent else self.amount.formula()

    def words(self) -> str:
        """``分值的5%`` or ``0.5分``."""
        return f"分值的{self.amount.words()}" if self.amount.percent else f"{self.amount.words()}分"


def read_deduction(text: object) -> Deduction:
    """Read a deduction.

    Raises:
        ValueError: no number, or below 0.
    """
    if isinstance(text, Deduction):
        return text
    amount = read_quantity(text)
    if amount.value < 0:
        raise ValueError(f"“{text}”应写正数，表示扣多少")
    return Deduction(amount)


def read_positive(text: object) -> Quantity:
    """Read a target: a ratio to 0 has no meaning.

    Raises:
        ValueError: no number, or not above 0.
    """
    quantity = read_quantity(text)
    if quantity.value <= 0:
        raise ValueError(f"“{text}”应大于0：它是比率的分母；目标是0的用“反向比率”“计数扣分”或“达标计分”")
    return quantity


def read_not_negative(text: object) -> Quantity:
    """Read a target that may be 0: no complaints, no accidents.

    Raises:
        ValueError: no number, or below 0.
    """
    quantity = read_quantity(text)
    if quantity.value < 0:
        raise ValueError(f"“{text}”不应小于0")
    return quantity


def read_rounding(text: object) -> int | None:
    """Read 先取整: 否 → None, 是 → 0, a number → that many decimals (of percentage points for a rate).

    Raises:
        ValueError: anything else.
    """
    if text is None or isinstance(text, int):
        return text
    written = fold(text)
    if written in {"", "否", "不取整"}:
        return None
    if written in {"是", "取整"}:
        return 0
    if re.fullmatch("0*[0-6]", written):
        return int(written)
    raise ValueError(f"“{text}”应写 是、否 或小数位数（0–6）")


def read_first_day(text: object) -> date:
    """Read the beginning of a window; a month means its first day.

    Raises:
        ValueError: no such day.
    """
    return _read_day(text, last=False)


@dataclass(frozen=True, slots=True)
class Deadline:
    """The end of a window. ``whole_month``: it was written as a month, so that delays too end with a month."""

    day: date
    whole_month: bool = False

    def formula(self, months: int = 0) -> str:
        """Excel text of the last day, or of that day some months later (民法典 第202条: the same day of the month)."""
        if not months:
            return date_formula(self.day)
        return f"{'EOMONTH' if self.whole_month else 'EDATE'}({date_formula(self.day)},{months})"

    def words(self) -> str:
        """``2024年6月30日``."""
        return chinese_date(self.day)


def read_last_day(text: object) -> Deadline:
    """Read the end of a window; a month means its last day.

    Raises:
        ValueError: no such day.
    """
    if isinstance(text, Deadline):
        return text
    day = _read_day(text, last=True)
    written = read_day(text) if isinstance(text, str) else None
    return Deadline(day, whole_month=written is not None and not written.day)


def _read_day(text: object, *, last: bool) -> date:
    if isinstance(text, date):
        return text
    written = read_day(str(text))
    if written is None or not (written.year and written.form):
        raise ValueError(f"“{text}”不是日期，应写成 2024-09-30 或 2024-09")
    if not written.exists:
        raise ValueError(f"“{text}”：没有这一天")
    if written.day:
        return date(written.year, written.month, written.day)
    return date(written.year, written.month, calendar.monthrange(written.year, written.month)[1] if last else 1)


def read_yes(text: object) -> bool:
    """Read 是 or 否.

    Raises:
        ValueError: anything else.
    """
    if isinstance(text, bool):
        return text
    written = fold(text)
    if written not in {"是", "否"}:
        raise ValueError(f"“{text}”应写 是 或 否")
    return written == "是"


def date_formula(day: date) -> str:
    """A day as Excel text, readable and free of any locale: ``DATE(2022,4,30)``."""
    return f"DATE({day.year},{day.month},{day.day})"


def percent_places(places: int) -> int:
    """Decimals of a fraction that is rounded to ``places`` decimals of percentage points."""
    return places + _RATE_PLACES


_as_words = PlainSerializer(lambda one: one.words())
AnyNumber = Annotated[Quantity, BeforeValidator(read_quantity), _as_words]
Positive = Annotated[Quantity, BeforeValidator(read_positive), _as_words]
NotNegative = Annotated[Quantity, BeforeValidator(read_not_negative), _as_words]
Deducted = Annotated[Deduction, BeforeValidator(read_deduction), _as_words]
Rounding = Annotated[int | None, BeforeValidator(read_rounding)]
FirstDay = Annotated[date, BeforeValidator(read_first_day), PlainSerializer(chinese_date)]
LastDay = Annotated[Deadline, BeforeValidator(read_last_day), _as_words]
YesNo = Annotated[bool, BeforeValidator(read_yes)]
