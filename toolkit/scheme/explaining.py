"""A scheme as people read it: the indicator table of a report's annex, and one indicator with its score curve."""

from dataclasses import dataclass
from decimal import Decimal

from toolkit.formula import evaluate
from toolkit.model import FieldType, Indicator, Scheme, Value
from toolkit.rules import FULL_MARK, rule_for
from toolkit.text import percent, plain

TABLE_HEADINGS = ("编号", "一级指标", "二级指标", "三级指标", "分值", "评分规则", "评分标准", "目标值", "佐证")
_RATES = tuple(Decimal(n) / 100 for n in (0, 50, 60, 70, 80, 90, 95, 98, 100, 110, 130, 150, 200))
_NUMBERS = tuple(Decimal(n) for n in (0, 1, 2, 3, 4, 5, 8, 10, 20, 50, 100))


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """A value, as shown, and the score it earns. Units: 分."""

    shown: str
    score: Decimal
    because: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """One indicator explained: its rule, its formula as it stands in the workbook, what it needs, what it gives."""

    indicator: Indicator
    rule: str
    source: str
    curve: tuple[CurvePoint, ...]


def indicator_table(scheme: Scheme) -> tuple[tuple[str, ...], ...]:
    """Rows under :data:`TABLE_HEADINGS`, one an indicator."""
    return tuple(
        (
            one.code,
            one.dimension,
            one.group,
            one.name,
            plain(one.full_mark),
            rule_for(one).label,
            one.standard,
            one.target,
            "、".join(one.evidence),
        )
        for one in scheme.indicators
    )


def explain_indicator(indicator: Indicator) -> Explanation:
    """Explain an indicator; the curve is over its first value, the others held at their best known or blank.

    Dates have no curve.
    """
    rule = rule_for(indicator)
    return Explanation(indicator, rule.label, rule.source, tuple(_curve(indicator)))


def _curve(indicator: Indicator) -> list[CurvePoint]:
    first = indicator.inputs[0]
    rest: dict[str, Value] = {one.local: one.choices[0] if one.choices else None for one in indicator.inputs[1:]}
    points = []
    for value in _samples(indicator):
        values = {first.local: value, **rest}
        score = evaluate(indicator.formula, {**values, FULL_MARK: indicator.full_mark})
        if isinstance(score, Decimal):
            because = rule_for(indicator).because(values, indicator.full_mark, score)
            points.append(CurvePoint(_shown(value, first.type), score, because))
    return points


def _samples(indicator: Indicator) -> tuple[Value, ...]:
    first = indicator.inputs[0]
    if first.choices:
        return first.choices
    if first.type is FieldType.DATE:
        return ()
    if first.type is FieldType.RATE:
        return _RATES
    return tuple(sorted({*_NUMBERS, *_limits(indicator)}))


def _limits(indicator: Indicator) -> set[Decimal]:
    """Values around the target, where a rule over numbers changes."""
    numbers = {Decimal(text) for _, text in indicator.rule_parameters if text.replace(".", "", 1).isdecimal()}
    return {
        factor * number for number in numbers for factor in (Decimal("0.5"), Decimal("0.9"), Decimal(1), Decimal("1.1"))
    }


def _shown(value: Value, kind: FieldType) -> str:
    if not isinstance(value, Decimal):
        return str(value)
    return percent(value, 0) if kind is FieldType.RATE else plain(value)
