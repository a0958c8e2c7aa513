"""Several experts: the mean, or the mean without the highest and the lowest; the spread and every mark stay."""

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.small_scheme import SMALL_SCHEME
from toolkit.model import Scheme
from toolkit.review import Compared, Mark, compare

MARKED = next(
    (indicator.code, asked.local)
    for indicator in SMALL_SCHEME.indicators
    for asked in indicator.inputs
    if asked.local == "扣分"
)


def compared(marks: tuple[str | None, ...], **settings: str) -> Compared:
    scheme: Scheme = replace(SMALL_SCHEME, settings=settings)
    item = ("1", *MARKED)
    given = [Mark(f"专家{n}", item, None if mark is None else Decimal(mark)) for n, mark in enumerate(marks)]
    return compare(scheme, given)[0]


def test_the_highest_and_the_lowest_are_left_out_where_the_scheme_says_so() -> None:
    marks = ("0.1", "0.1", "0.2", "0.6")
    assert compared(marks, 打分容差="100%").value == Decimal("0.25")
    trimmed = compared(marks, 打分容差="100%", 打分取值="截尾平均")
    assert trimmed.value == Decimal("0.15")
    assert len(trimmed.marks) == 4
    assert compared(("0.1", "0.3"), 打分容差="100%", 打分取值="截尾平均").value == Decimal("0.2")


def test_a_missing_mark_leaves_no_value_and_one_expert_alone_gives_none() -> None:
    assert compared(("0.1", None), 打分容差="100%").value is None
    assert compared(("0.1",)).value is None


@pytest.mark.parametrize(
    ("written", "differs"),
    [("10%", True), ("10", True), ("0.1", True), ("", True), ("60%", False), ("60", False), ("0.6", False)],
)
def test_a_tolerance_is_a_share_however_it_is_written(written: str, *, differs: bool) -> None:
    """Marks half of the range apart: 10 is ten per cent, not ten times the range, in which nothing ever differs."""
    full_mark = next(one.full_mark for one in SMALL_SCHEME.indicators if one.code == MARKED[0])
    assert compared(("0", str(full_mark / 2)), 打分容差=written).differs is differs
