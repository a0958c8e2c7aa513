"""A scheme as people read it: the indicator table of a report's annex, and one indicator with its score curve."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from toolkit.formula import evaluate
from toolkit.model import Indicator, Scheme
from toolkit.rules import CHECKPOINTS, FULL_MARK, Rule, rule_for
from toolkit.scheme.trial_values import trials
from toolkit.text import plain

TABLE_HEADINGS = ("编号", "一级指标", "二级指标", "三级指标", "分值", "评分规则", "评分标准", "目标值", "佐证")


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

    @property
    def parameters(self) -> str:
        """What the column 规则参数 says: ``目标=95%；条件=≥``."""
        return "；".join(f"{name}={text}" for name, text in self.indicator.rule_parameters if name != CHECKPOINTS)


def indicator_table(scheme: Scheme) -> tuple[tuple[str, ...], ...]:
    """Rows under :data:`TABLE_HEADINGS`, one an indicator."""
    return tuple(
        (
            indicator.code,
            indicator.dimension,
            indicator.group,
            indicator.name,
            plain(indicator.full_mark),
            rule_for(indicator).label,
            indicator.standard,
            indicator.target,
            "、".join(indicator.evidence),
        )
        for indicator in scheme.indicators
    )


def explain_indicator(indicator: Indicator) -> Explanation:
    """Explain an indicator, with its score over the whole range of its values."""
    rule = rule_for(indicator)
    return Explanation(indicator, rule.label, rule.source, tuple(_curve(indicator, rule)))


def _curve(indicator: Indicator, rule: Rule) -> Iterator[CurvePoint]:
    for shown, values in trials(indicator):
        score = evaluate(indicator.formula, {**values, FULL_MARK: indicator.full_mark})
        if isinstance(score, Decimal):
            yield CurvePoint(shown, score, rule.because(values, indicator.full_mark, score))
