"""One indicator of one project → one score line."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from toolkit.formula import compile_formula
from toolkit.formula.fields import FieldValues
from toolkit.model import (
    ErrorValue,
    Indicator,
    IndicatorInput,
    LineState,
    NoData,
    Opinion,
    Reading,
    ReadState,
    Scheme,
    ScoreInput,
    ScoreLine,
    Submission,
    Value,
)
from toolkit.model.opinion import NOT_APPLICABLE
from toolkit.rules import KINDS, rule_for
from toolkit.text import score
from toolkit.text.values import shown

_NO_DATA = {
    NoData.ZERO: LineState.NO_DATA,
    NoData.NOT_APPLICABLE: LineState.NOT_APPLICABLE,
    NoData.ASK: LineState.PENDING,
}
_WORDS = 100
"""Characters of a unit's explanation that are told where its indicator waits."""
AWAITED = "等待评价人核定（须有理由、佐证和复核人），暂计0分"
UNCOUNTED = "，不参与计分"
"""Said of 不适用, unless the scheme gives the full mark for it."""
REPORTED, JUDGED, DERIVED = "单位填报", "评价核定", "公式计算"


def score_line(
    scheme: Scheme,
    indicator: Indicator,
    fields: FieldValues,
    submission: Submission | None,
    opinions: Sequence[Opinion],
) -> ScoreLine:
    """Score one indicator from the values that stand after verification."""
    places = scheme.score_places
    own = {opinion.item: opinion for opinion in opinions if opinion.indicator == indicator.code}
    inputs = tuple(_input(asked, fields, submission, own) for asked in indicator.inputs)
    result = _defined(indicator, inputs)
    state = _state(indicator, inputs, submission, own, result) or _NO_DATA[indicator.no_data or scheme.no_data]
    earned = result if state is LineState.SCORED and result is not None else Decimal(0)
    return _line(indicator, inputs, state, earned, own, places, submission)


def _defined(indicator: Indicator, inputs: Sequence[ScoreInput]) -> Decimal | None:
    """What the rule gives; None where it gives no number, or would give another one if a computed value were there.

    A rule takes a missing value for nothing and gives 0, but a value that could not be computed is unknown, not bad.
    """
    values: dict[str, Value] = {item.local: item.value for item in inputs}
    result = _evaluate(indicator, values)
    for item in inputs:
        if item.source == DERIVED and not _is_value(item.value):
            others = {_evaluate(indicator, {**values, item.local: instead}) for instead in (Decimal(0), Decimal(1))}
            if others != {result}:
                return None
    return result


def _is_value(value: Value) -> bool:
    return value not in (None, "") and not isinstance(value, ErrorValue)


def _evaluate(indicator: Indicator, values: Mapping[str, Value]) -> Decimal | None:
    result = compile_formula(indicator.formula).evaluate({"分值": indicator.full_mark, **values})
    return result if isinstance(result, Decimal) else None


def _input(
    asked: IndicatorInput, fields: FieldValues, submission: Submission | None, own: Mapping[str, Opinion]
) -> ScoreInput:
    if asked.local in own:
        value, source = own[asked.local].verified, JUDGED
    elif asked.formula:
        value, source = fields.derived(asked.formula), DERIVED
    else:
        value, source = (submission.value(asked.key) if submission else None), REPORTED
    return ScoreInput(asked.local, asked.label, value, shown(value, asked.type, asked.unit, blank="未填"), source)


def _state(
    indicator: Indicator,
    inputs: Sequence[ScoreInput],
    submission: Submission | None,
    own: Mapping[str, Opinion],
    result: Decimal | None,
) -> LineState | None:
    """How the line stands; None when there is no value and nobody says why."""
    if any(opinion.verified == NOT_APPLICABLE for opinion in own.values()):
        return LineState.NOT_APPLICABLE
    if result is not None and any(_is_value(item.value) for item in inputs):
        return LineState.SCORED
    if any(asked.by_evaluator for asked in indicator.inputs) or _explained(indicator, submission):
        return LineState.PENDING
    return None


def _explained(indicator: Indicator, submission: Submission | None) -> bool:
    """A blank value with an explanation, or 不适用 claimed by the unit, waits for an evaluator."""
    if submission is None:
        return False
    readings = [submission.readings.get(asked.key) for asked in indicator.inputs]
    claimed = any(reading is not None and reading.state is ReadState.NOT_APPLICABLE for reading in readings)
    return claimed or _says_something(submission.readings.get(indicator.name_for("说明")))


def _own_words(indicator: Indicator, submission: Submission | None) -> str:
    """What the unit wrote beside an indicator, on one line and not at length; "" for nothing."""
    reading = submission.readings.get(indicator.name_for("说明")) if submission else None
    text = " ".join(str(reading.value).split()).rstrip("。；") if reading and _says_something(reading) else ""
    return text if len(text) <= _WORDS else f"{text[:_WORDS]}…"


def _claimed(indicator: Indicator, submission: Submission | None) -> Decimal | None:
    """What the unit gave itself for an indicator."""
    given = submission.value(indicator.name_for("自评分")) if submission else None
    return given if isinstance(given, Decimal) else None


def _is_refused(indicator: Indicator, submission: Submission | None) -> bool:
    """Whether something stands in the place of a value that could not be read as one."""
    readings = (submission.readings.get(asked.key) for asked in indicator.inputs) if submission else ()
    return any(reading is not None and reading.state is ReadState.REJECTED for reading in readings)


def _says_something(reading: Reading | None) -> bool:
    return reading is not None and reading.state is ReadState.VALUE


def _line(
    indicator: Indicator,
    inputs: tuple[ScoreInput, ...],
    state: LineState,
    result: Decimal,
    own: Mapping[str, Opinion],
    places: int,
    submission: Submission | None,
) -> ScoreLine:
    opinion = next(iter(own.values()), None)
    return ScoreLine(
        code=indicator.code,
        dimension=indicator.dimension,
        group=indicator.group,
        name=indicator.name,
        full_mark=indicator.full_mark,
        effective_mark=indicator.full_mark,
        score=result,
        state=state,
        rule=KINDS[indicator.rule_kind].label,
        formula=indicator.formula,
        inputs=inputs,
        because=_because(indicator, inputs, state, result, own, places, submission),
        reason=opinion.reason if opinion else "",
        evaluator=opinion.evaluator if opinion else "",
        reviewer=opinion.reviewer if opinion else "",
        note=_own_words(indicator, submission),
        claimed=_claimed(indicator, submission),
    )


def _because(
    indicator: Indicator,
    inputs: Sequence[ScoreInput],
    state: LineState,
    result: Decimal,
    own: Mapping[str, Opinion],
    places: int,
    submission: Submission | None,
) -> str:
    match state:
        case LineState.NOT_APPLICABLE:
            judged = any(opinion.verified == NOT_APPLICABLE for opinion in own.values())
            return f"{'经核定不适用' if judged else '没有完成值，按方案作不适用'}{UNCOUNTED}"
        case LineState.NO_DATA:
            computed = any(asked.formula for asked in indicator.inputs)
            what = "完成值由填报数据算出，按现有数据算不出" if computed else "未填报完成值"
            what = "填报的完成值不能采用" if _is_refused(indicator, submission) else what
            return f"{what}且无说明，按规定得{score(Decimal(0), places)}分"
        case LineState.PENDING:
            words = _own_words(indicator, submission)
            told = f"责任单位说明：{words}。" if words else ""
            return f"{told}{AWAITED}"
        case LineState.SCORED:
            values: dict[str, Value] = {asked.local: asked.value for asked in inputs}
            return rule_for(indicator).because(values, indicator.full_mark, result, places)
