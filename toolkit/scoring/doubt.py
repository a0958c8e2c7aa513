"""A value in doubt gives no score: a line that would be another one once the doubt is settled waits for it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from toolkit.formula.fields import FieldValues, leaves
from toolkit.model import Indicator, LineState, Scheme, ScoreLine, Submission


@dataclass(frozen=True, slots=True)
class Basis:
    """What lines are scored from: a project's return and its fields as verified."""

    submission: Submission | None
    fields: FieldValues


def held_back(
    scheme: Scheme, indicator: Indicator, line: ScoreLine, otherwise: ScoreLine, told: Basis, meant: Basis
) -> ScoreLine:
    """The line, or one that waits where it is another one (``otherwise``) if the doubted values are not as told.

    A rate of two amounts that were both typed in 元 is the same either way, and keeps its score.
    """
    same = (line.state, line.score) == (otherwise.state, otherwise.score)
    if same or not line.state.counts:
        return line
    named = "、".join(dict.fromkeys(_doubted(scheme, indicator, told, meant)))
    words = f"填报的{named}有疑问（见问题清单），待核实，暂计0分"
    return replace(line, state=LineState.PENDING, score=Decimal(0), because=words)


def _doubted(scheme: Scheme, indicator: Indicator, told: Basis, meant: Basis) -> Iterator[str]:
    """The labels of the doubted values that an indicator stands on."""
    for asked in indicator.inputs:
        if not asked.formula:
            if _typed(told, asked.key) != _typed(meant, asked.key):
                yield asked.label
            continue
        for field in leaves(scheme.fields, asked.formula, told.fields.judged):
            if told.fields.values.get(field.key) != meant.fields.values.get(field.key):
                yield field.label


def _typed(basis: Basis, key: str) -> object:
    return basis.submission.value(key) if basis.submission else None
