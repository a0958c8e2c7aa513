"""Indicators of some projects only: what the others earn for them, and what their total is made of."""

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.checks.worked_case import case
from toolkit.model import LineState, NotApplicable, Scheme, ScoreSheet
from toolkit.scoring import score_project

MADE = case({"实际到位资金": "200", "实际支出资金": "190", "完成值_C101": "18"})
OTHERS = '=项目类型="没有这一类"'


def scheme_with(*, only_for_others: str, total: str = "100") -> Scheme:
    """The small scheme without the discretionary indicator, one of its indicators for other projects."""
    own = (one for one in MADE.scheme.indicators if one.code != "A102")
    indicators = tuple(replace(one, applies_when=OTHERS) if one.code == only_for_others else one for one in own)
    return replace(MADE.scheme, indicators=indicators, total_mark=Decimal(total))


def scored(scheme: Scheme) -> ScoreSheet:
    return score_project(scheme, MADE.project, MADE.submission, ())


def test_where_the_others_make_up_the_total_an_indicator_of_other_projects_counts_for_nothing() -> None:
    """75 points apply and the total is 75: the line bears no mark, and no other line is scaled."""
    sheet = scored(scheme_with(only_for_others="C101", total="75"))
    left_out = next(line for line in sheet.lines if line.code == "C101")
    assert (left_out.state, left_out.score, left_out.effective_mark) == (LineState.NOT_APPLICABLE, 0, 0)
    assert not left_out.applies
    assert left_out.because == "按方案的适用条件，本项目不评价该指标"
    assert all(line.effective_mark == line.full_mark for line in sheet.lines if line is not left_out)


@pytest.mark.parametrize(
    ("treatment", "earned", "counted"),
    [(NotApplicable.FULL_MARK, "15", "15"), (NotApplicable.ZERO, "0", "15"), (NotApplicable.RENORMALISE, "0", "0")],
)
def test_where_its_mark_is_missing_in_the_total_the_scheme_says_what_it_earns(
    treatment: NotApplicable, earned: str, counted: str
) -> None:
    scheme = replace(scheme_with(only_for_others="C101", total="90"), not_applicable=treatment)
    line = next(line for line in scored(scheme).lines if line.code == "C101")
    assert (line.score, line.effective_mark) == (Decimal(earned), Decimal(counted))
    assert not line.applies


def test_the_sums_of_a_dimension_are_those_of_its_lines() -> None:
    sheet = scored(scheme_with(only_for_others="none"))
    assert [(one.name, one.full_mark, one.score) for one in sheet.dimensions] == [
        (name, Decimal(mark), sum(line.score for line in sheet.lines if line.dimension == name))
        for name, mark in (("决策", 10), ("过程", 30), ("产出", 25), ("效益", 25))
    ]
    by_code = {line.code: line.score for line in sheet.lines}
    assert sheet.dimensions[1].score == by_code["B101"] + by_code["B102"] == Decimal("19.00") + Decimal("8.00")
