"""What an indicator earns that has no value is a line of the scheme, for all or for one."""

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.checks.worked_case import case
from toolkit.model import LineState, NoData
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
