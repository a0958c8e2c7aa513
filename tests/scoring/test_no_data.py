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
        ("因" * 100, f"责任单位说明：{'因' * 100}。等待评价人核定"),
    ],
)
def test_what_waits_for_an_evaluator_stands_with_what_the_unit_said(note: str, told: str) -> None:
    made = case({"完成值_D101": "", "说明_D101": note})
    lines = score_project(made.scheme, made.project, made.submission, ()).lines
    line = next(line for line in lines if line.code == "D101")
    assert line.state is LineState.PENDING
    assert line.because.startswith(told)


def test_where_the_unit_said_nothing_nothing_is_quoted() -> None:
    made = case({"说明_A102": ""})
    line = next(
        line for line in score_project(made.scheme, made.project, made.submission, ()).lines if line.code == "A102"
    )
    assert (line.state, line.because) == (LineState.PENDING, "等待评价人核定（须有理由、佐证和复核人），暂计0分")


def test_a_rule_that_gives_marks_for_a_blank_earns_none() -> None:
    """Whatever a scheme's formula makes of a blank: nothing was reported, so nothing is earned."""
    made = case({"完成值_D101": "", "说明_D101": ""})
    generous = tuple(replace(one, formula="=分值-N(完成值)") for one in made.scheme.indicators if one.code == "D101")
    sheet = score_project(replace(made.scheme, indicators=generous), made.project, made.submission, ())
    assert [(line.state, line.score) for line in sheet.lines] == [(LineState.NO_DATA, Decimal(0))]


@pytest.mark.parametrize(
    ("formula", "state", "score"),
    [
        ("=IF(N(增长率)<=N(完成值),分值,0)", LineState.NO_DATA, "0"),  # 1 in its place would cost the mark
        ("=IF(增长率>0.5,分值,N(完成值))", LineState.NO_DATA, "0"),  # the text "" is greater than any number
        ("=IF(OR(N(增长率)>9,N(完成值)>0),分值,0)", LineState.SCORED, "15"),  # neither 0 nor 1 changes anything
    ],
    ids=["decides", "decides as a text", "decides nothing"],
)
def test_beside_a_reported_value_one_that_cannot_be_computed_counts_where_it_decides(
    formula: str, state: LineState, score: str
) -> None:
    made = case({"完成值_D101": "0.9", "说明_D101": "", "质量达标产出数": "3", "实际产出数": ""})
    (own,) = (one for one in made.scheme.indicators if one.code == "D101")
    rate = replace(own.inputs[0], local="增长率", key="增长率_D101", formula=FORMULAS["empty"])
    indicator = replace(own, formula=formula, inputs=(*own.inputs, rate))
    scheme = replace(made.scheme, indicators=(indicator,))
    (line,) = score_project(scheme, made.project, made.submission, ()).lines
    assert (line.state, line.score) == (state, Decimal(score))


@pytest.mark.parametrize("row", [1, 2])
def test_one_cell_of_a_table_is_something_to_go_by(row: int) -> None:
    """A form in which only a payment was listed, in whichever row, is no empty form."""
    made = case({"完成值_D101": "", "说明_D101": ""})
    blank = {key: replace(one, state=ReadState.BLANK, value=None) for key, one in made.submission.readings.items()}
    key = f"支付明细_支付金额_{row}"
    listed = blank | {key: replace(blank[key], state=ReadState.VALUE, value=Decimal(1))}
    empty, answered = (
        score_project(made.scheme, made.project, replace(made.submission, readings=readings), ())
        for readings in (blank, listed)
    )
    told = ["采集表没有填报可以评分的内容" in sheet.lines[0].because for sheet in (empty, answered)]
    assert told == [True, False]


def test_words_and_what_was_filled_in_beforehand_are_nothing_to_go_by() -> None:
    made = case({})
    blank = {key: replace(one, state=ReadState.BLANK, value=None) for key, one in made.submission.readings.items()}
    kept = ("项目负责人", "建设内容", "采购方式", "合同金额", "资金到位率", "支付明细_支付摘要_1")
    only = blank | {key: replace(blank[key], state=ReadState.VALUE, value=Decimal(1)) for key in kept}
    sheet = score_project(made.scheme, made.project, replace(made.submission, readings=only), ())
    assert "采集表没有填报可以评分的内容" in sheet.lines[0].because
