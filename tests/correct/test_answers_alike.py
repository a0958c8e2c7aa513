"""Whether two returns answer the same: a blank is a blank, however it came about."""

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.checks.worked_case import case
from toolkit.correct.rounds import answers_alike
from toolkit.model import ReadState, Submission, Value

KEY = "预算资金"
BASE = case({}).submission


def answered(state: ReadState, value: Value = None, original: str = "") -> Submission:
    reading = replace(BASE.readings[KEY], state=state, value=value, original=original)
    return replace(BASE, readings={KEY: reading})


NOT_ASKED = replace(BASE, readings={})
BLANK = answered(ReadState.BLANK)
SPACES = answered(ReadState.BLANK, original="  ")
NONE = answered(ReadState.NONE, original="无")
REJECTED = answered(ReadState.REJECTED, original="三百左右")
AMOUNT = answered(ReadState.VALUE, Decimal(300), "300")


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        (NOT_ASKED, BLANK, True),
        (BLANK, SPACES, True),
        (BLANK, NONE, False),
        (AMOUNT, answered(ReadState.VALUE, Decimal("300.00"), "300.00万元"), True),  # the number counts, not its shape
        (AMOUNT, answered(ReadState.VALUE, Decimal("300.01"), "300.01"), False),
        (REJECTED, answered(ReadState.REJECTED, original=" 三百左右 "), True),
        (REJECTED, answered(ReadState.REJECTED, original="四百左右"), False),
        (REJECTED, BLANK, False),
    ],
)
def test_two_answers(one: Submission, other: Submission, *, alike: bool) -> None:
    assert answers_alike(one, other, KEY) is alike
    assert answers_alike(other, one, KEY) is alike
