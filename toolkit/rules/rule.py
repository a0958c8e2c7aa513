"""What every scoring rule kind is: parameters, one formula, words.

A kind is one file of this folder and one line of ``catalogue.KINDS``. The formula is the only arithmetic: it stands in
the collection workbook, is evaluated by ``toolkit.formula`` and printed in the report. The numbers in a sentence come
from the same formula's parts.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import ClassVar

from pydantic import BaseModel, ConfigDict, Field

from toolkit.formula import evaluate
from toolkit.model import ErrorValue, FieldType, Value
from toolkit.rules.quantity import Deducted, Quantity, Rounding, YesNo, percent_places
from toolkit.text import percent, plain, readable, round_half_up, score

FULL_MARK = "分值"
"""Local name of the indicator's full mark in every rule formula."""
ACTUAL = "完成值"
"""Local name of the one value of a single-value rule."""
NO_DATA = "未提供数据，按0分计"
_QUOTED = 20  # characters of a text that stands where a number should


@dataclass(frozen=True, slots=True)
class RuleInput:
    """One value a rule needs, before it is bound to an indicator; see :class:`toolkit.model.IndicatorInput`."""

    local: str
    label: str
    type: FieldType
    unit: str = ""
    choices: tuple[str, ...] = ()
    formula: str = ""
    by_evaluator: bool = False
    is_degree: bool = False


@dataclass(frozen=True, slots=True)
class Example:
    """What the manual shows of a kind: parameters, values and 评价要点 as a consultant writes them, full mark in 分."""

    parameters: str
    values: str
    full_mark: str = "6"
    checkpoints: str = ""


class Rule(BaseModel, ABC):
    """A scoring rule with its parameters.

    Class attributes:
        kind, label: English and Chinese name of the kind.
        source: document the kind is known from.
        example: for the manual.
        reading: how its parameters are understood where they can be understood in two ways, for the manual.
    """

    model_config = ConfigDict(
        frozen=True, extra="forbid", validate_by_name=True, validate_by_alias=True, defer_build=True
    )
    kind: ClassVar[str]
    label: ClassVar[str]
    source: ClassVar[str]
    example: ClassVar[Example]
    reading: ClassVar[str] = ""

    derived: tuple[tuple[str, str], ...] = Field(default=(), exclude=True)
    """(local name, Excel text over field keys) of inputs that are calculated."""
    judged: YesNo = Field(default=False, alias="由评价人评定")

    @abstractmethod
    def needs(self) -> tuple[RuleInput, ...]:
        """The values the rule needs, in the order shown."""

    @abstractmethod
    def body(self) -> str:
        """The score before rounding: Excel text without ``=`` over local names, between 0 and 分值. Units: 分."""

    @abstractmethod
    def standard(self, full_mark: Decimal) -> str:
        """评分标准 in words. Units: 分."""

    @abstractmethod
    def happened(self, case: "Case") -> str:
        """What happened, in words, up to and without the score."""

    def formula(self, places: int = 2) -> str:
        """The score as Excel text over local names, rounded to the scheme's decimals. Units: 分."""
        return f"=ROUND({self.body()},{places})"

    def inputs(self) -> tuple[RuleInput, ...]:
        """The values the rule needs, with formulas for those derived from fields."""
        formulas = dict(self.derived)
        return tuple(
            replace(need, formula=formulas.get(need.local, ""), by_evaluator=need.by_evaluator or self.judged)
            for need in self.needs()
        )

    def because(self, values: Mapping[str, Value], full_mark: Decimal, points: Decimal, places: int = 2) -> str:
        """One Chinese sentence a reader can recompute: what was measured, what was taken off, what remains.

        Args:
            values: by local name, as used in the formula.
            full_mark: Units: 分.
            points: the score. Units: 分.
            places: decimals of a score in the scheme.
        """
        case = Case(values, full_mark, points, places)
        missing = not any(_has(values.get(need.local)) for need in self.needs())
        return NO_DATA if missing else f"{self.happened(case)}，得{case.points(points)}分"

    def misfits(self, full_mark: Decimal) -> tuple[str, ...]:
        """What does not fit the indicator's full mark, as Chinese sentences; () when all is well. Units: 分."""
        return () if full_mark > 0 else ("分值应大于0",)


class SingleValueRule(Rule):
    """A rule over one 完成值; a value that is no number earns 0 (无数据且无说明)."""

    unit: str = Field(default="", alias="单位")
    rounding: Rounding = Field(default=None, alias="先取整")
    caption: ClassVar[str] = "实际完成值"
    is_degree: ClassVar[bool] = False

    @abstractmethod
    def points(self) -> str:
        """The score of a number 完成值, as Excel text. Units: 分."""

    def body(self) -> str:
        """See :meth:`Rule.body`."""
        return f"IF(ISNUMBER({ACTUAL}),{self.points()},0)"

    def because(self, values: Mapping[str, Value], full_mark: Decimal, points: Decimal, places: int = 2) -> str:
        """See :meth:`Rule.because`; a text earns nothing, and nothing else is said of it."""
        value = values.get(ACTUAL)
        wants_number = self.needs()[0].type in (FieldType.NUMBER, FieldType.RATE)
        if wants_number and isinstance(value, str) and value:
            return f"{self.caption}填的是“{value[:_QUOTED]}”，不是数，得{score(points, places)}分"
        return super().because(values, full_mark, points, places)

    def is_rate(self) -> bool:
        """完成值 is a fraction, typed and shown as a percentage."""
        return True

    def needs(self) -> tuple[RuleInput, ...]:
        """See :meth:`Rule.needs`."""
        kind = FieldType.RATE if self.is_rate() else FieldType.NUMBER
        unit = self.unit or ("%" if self.is_rate() else "")
        return (RuleInput(ACTUAL, self.caption, kind, unit, is_degree=self.is_degree),)

    def rounded(self, expression: str, *, rate: bool) -> str:
        """The expression, rounded first when 先取整 says so."""
        if self.rounding is None:
            return expression
        return f"ROUND({expression},{percent_places(self.rounding) if rate else self.rounding})"

    def value(self) -> str:
        """完成值 as it enters the formula."""
        return self.rounded(ACTUAL, rate=self.is_rate())

    def shown(self, case: "Case") -> str:
        """完成值 in words, with its unit."""
        value = case.values.get(ACTUAL)
        if not isinstance(value, Decimal):
            return f"{self.caption}不是数"
        if not self.is_rate():
            return f"{self.caption}{readable(value)}{self.unit}"
        rounded = case.number(self.value())
        return f"{self.caption}{percent(value)}{'' if rounded == value else f'（取整为{share(rounded)}）'}"

    def said(self, quantity: Quantity) -> str:
        """A quantity that 完成值 is held against, as in the scheme, with the unit of 完成值 where it is no rate."""
        return f"{quantity.words()}{'' if quantity.percent else self.unit}"

    def beyond(self, case: "Case", ratio: str) -> str:
        """（完成率117.37%） behind a quantity above its target; "" for a rate, and for what just reaches it."""
        reached = Decimal(1) if self.is_rate() else case.number(ratio)
        return f"（完成率{percent(reached)}）" if reached > 1 else ""

    def rounding_words(self) -> str:
        """A half sentence for 评分标准; "" without 先取整."""
        if self.rounding is None:
            return ""
        return "（先四舍五入取整）" if self.rounding == 0 else f"（先四舍五入至{self.rounding}位小数）"


class DeductingRule(SingleValueRule):
    """A single-value rule that takes points off, down to nothing or by 扣分封顶 at most."""

    most: Deducted | None = Field(default=None, alias="扣分封顶")

    def after(self, loss: str) -> str:
        """What remains of the full mark, as Excel text. Units: 分."""
        if self.most is not None:
            loss = f"MIN({self.most.formula()},{loss})"
        return f"MAX(0,{FULL_MARK}-{loss})"

    def end_words(self) -> str:
        """扣完为止, or by how much at most."""
        return f"最多扣{self.most.words()}" if self.most else "扣完为止"


@dataclass(frozen=True, slots=True)
class Case:
    """One application of a rule, for its words. Units: 分."""

    values: Mapping[str, Value]
    full_mark: Decimal
    score: Decimal
    places: int = 2

    def points(self, number: Decimal) -> str:
        """A number of points with as many decimals as the scheme's scores have. Units: 分."""
        return score(number, self.places)

    def number(self, expression: str) -> Decimal:
        """A part of the rule's formula, evaluated as the formula itself is; 0 when it is no number."""
        result = evaluate(f"={expression}", {**self.values, FULL_MARK: self.full_mark})
        return result if isinstance(result, Decimal) else Decimal(0)

    def lost(self) -> Decimal:
        """Points not earned. Units: 分."""
        return self.full_mark - self.score


def share(fraction: Decimal) -> str:
    """A fraction as percentage without idle zeros, at most four decimals: 0.94 → ``94%``, 31/31.8 → ``97.4843%``."""
    return f"{plain(round_half_up(fraction * 100, 4))}%"


def points_text(number: Decimal) -> str:
    """A number of percentage points or items, at most two decimals, without idle zeros."""
    return plain(Decimal(score(number)))


def _has(value: Value) -> bool:
    return value is not None and value != "" and not isinstance(value, ErrorValue)
