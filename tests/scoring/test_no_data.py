"""What an indicator earns that has no value is a line of the scheme, for all or for one."""

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.checks.worked_case import case
from toolkit.model import LineState, NoData, ReadState, ScoreLine
from toolkit.scoring import score_project


@pytest.mark.parametrize(
    ("everywhere", "here", "state", "words"),
    [
        (NoData.ZERO, None, LineState.NO_DATA, "按规定得0.00分"),
        (NoData.NOT_APPLICABLE, None, LineState.NOT_APPLICABLE, "没有完成值，按方案作不适用"),
        (NoData.ASK, None, LineState.PENDING, "等待评价人核定"),
        (NoData.ZERO, NoData.ASK, LineState.PENDING, "等待评价人核定"),
        (NoData.ASK, NoData.ZERO, LineState.NO_DATA, "按规定得0.00分"),
    ],
)
def test_the_scheme_says_what_no_value_means(
    everywhere: NoData, here: NoData | None, state: LineState, words: str
) -> None:
    made = case({"实际到位资金": "", "说明_B101": ""})
    own = tuple(replace(one, no_data=here) if one.code == "B101" else one for one in made.scheme.indicators)
    scheme = replace(made.scheme, no_data=everywhere, indicators=own)
    line = next(one for one in score_project(scheme, made.project, made.submission, ()).lines if one.code == "B101")
    assert (line.state, line.score) == (state, Decimal(0))
    assert words in line.because


FORMULAS = {
    "empty": '=IF(N(实际产出数)=0,"",质量达标产出数/实际产出数)',
    "error": "=质量达标产出数/实际产出数",
}


@pytest.mark.parametrize("formula", FORMULAS.values(), ids=FORMULAS)
@pytest.mark.parametrize(
    ("treatment", "state"),
    [
        (NoData.ZERO, LineState.NO_DATA),
        (NoData.NOT_APPLICABLE, LineState.NOT_APPLICABLE),
        (NoData.ASK, LineState.PENDING),
    ],
)
def test_a_value_that_cannot_be_computed_is_no_value(formula: str, treatment: NoData, state: LineState) -> None:
    line = _line_of("B101", {"质量达标产出数": "3", "说明_B101": ""}, formula, treatment)
    assert (line.state, line.score) == (state, Decimal(0))
    assert state is not LineState.NO_DATA or "按现有数据算不出" in line.because


def test_what_could_not_be_read_is_not_called_missing() -> None:
    made = case({"说明_D101": ""})
    refused = replace(made.submission.readings["完成值_D101"], state=ReadState.REJECTED, value=None)
    submission = replace(made.submission, readings={**made.submission.readings, "完成值_D101": refused})
    lines = score_project(made.scheme, made.project, submission, ()).lines
    said = {line.code: line.because for line in lines}
    assert said["D101"] == "填报的完成值不能采用且无说明，按规定得0.00分"


def test_what_a_unit_explains_waits_for_an_evaluator_whatever_the_scheme_says() -> None:
    line = _line_of("B101", {"质量达标产出数": "3", "说明_B101": "尚未统计"}, FORMULAS["error"], NoData.ZERO)
    assert line.state is LineState.PENDING


def test_a_value_that_can_be_computed_is_scored() -> None:
    line = _line_of("B101", {"质量达标产出数": "3", "实际产出数": "4"}, FORMULAS["empty"], NoData.ASK)
    assert (line.state, line.inputs[0].value) == (LineState.SCORED, Decimal("0.75"))


def _line_of(code: str, typed: dict[str, str], formula: str, treatment: NoData) -> ScoreLine:
    made = case(typed)
    own = next(one for one in made.scheme.indicators if one.code == code)
    other = replace(own, inputs=(replace(own.inputs[0], formula=formula),))
    indicators = tuple(other if one.code == code else one for one in made.scheme.indicators)
    scheme = replace(made.scheme, no_data=treatment, indicators=indicators)
    return next(one for one in score_project(scheme, made.project, made.submission, ()).lines if one.code == code)


@pytest.mark.parametrize(
    ("note", "told"),
    [
        ("尚未通水；\n待投用后调查。", "责任单位说明：尚未通水； 待投用后调查。等待评价人核定"),
        ("因" * 200, f"责任单位说明：{'因' * 100}…。等待评价人核定"),
    ],
)
def test_what_waits_for_an_evaluator_stands_with_what_the_unit_said(note: str, told: str) -> None:
    made = case({"完成值_D101": "", "说明_D101": note})
    lines = score_project(made.scheme, made.project, made.submission, ()).lines
    line = next(line for line in lines if line.code == "D101")
    assert line.state is LineState.PENDING
    assert line.because.startswith(told)
