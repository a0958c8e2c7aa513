"""Values of indicators that are too large to be true (MAGN-03): slips that earn full marks."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import pytest

from tests.checks.worked_case import SCHEME, case
from toolkit.checks import Case, check_submission
from toolkit.model import FieldType, Finding, Severity


def _found(given: Case) -> list[Finding]:
    return [finding for finding in check_submission(given).findings if finding.code == "MAGN-03"]


def _rated(changes: Mapping[str, str], formula: str) -> Case:
    """The worked case with a rate of its own over what was typed."""
    known = case(changes)
    first = next(indicator for indicator in SCHEME.indicators if indicator.code == "C101")
    (asked,) = first.inputs
    rated = replace(first, inputs=(replace(asked, type=FieldType.RATE, formula=formula, unit=""),))
    others = tuple(one for one in SCHEME.indicators if one is not first)
    return replace(known, scheme=replace(SCHEME, indicators=(*others, rated)))


@pytest.mark.parametrize(("typed", "told"), [("1400", 0), ("1500", 1), ("30000", 1)])
def test_a_rate_of_five_times_the_whole_is_asked_about(typed: str, told: int) -> None:
    found = _found(_rated({"实际支出资金": typed, "预算资金": "300"}, "=实际支出资金/预算资金"))
    assert len(found) == told
    if typed == "1500":
        assert "500.00%，是由填报数据算出的，远超过100%" in found[0].message


def test_a_rate_that_is_a_field_has_words_of_its_own() -> None:
    assert not _found(_rated({"实际支出资金": "30000"}, "=预算执行率"))


def test_what_follows_from_an_amount_in_doubt_is_only_noted() -> None:
    """The unit of the amount is the cause; that is told and corrected."""
    given = _rated({"实际支出资金": "30000", "预算资金": "300"}, "=实际支出资金/预算资金")
    (before,) = _found(given)
    doubt = Finding("READ-45", Severity.WARNING, given.at("实际支出资金"), "疑似以元填报", project="1")
    (after,) = _found(replace(given, submission=replace(given.submission, notes=(doubt,))))
    assert (before.severity, after.severity) == (Severity.WARNING, Severity.NOTE)


@pytest.mark.parametrize(
    ("mark", "parameters", "told"),
    [
        ("88.4", (("分段", "≥90:3, ≥80:2.5, 其余:0"),), 0),
        ("8840", (("分段", "≥90:3, ≥80:2.5, 其余:0"),), 1),
        ("640", (("分段", "≥600:3, ≥500:2, 其余:0"),), 0),
    ],
)
def test_a_mark_above_100_is_asked_about_where_the_standard_knows_none(
    mark: str, parameters: tuple[tuple[str, str], ...], told: int
) -> None:
    known = case({"完成值_C101": mark})
    first = next(indicator for indicator in SCHEME.indicators if indicator.code == "C101")
    marked = replace(first, inputs=(replace(first.inputs[0], unit="分"),), rule_parameters=parameters, target="")
    others = tuple(one for one in SCHEME.indicators if one is not first)
    given = replace(known, scheme=replace(SCHEME, indicators=(*others, marked)))
    assert [finding.message for finding in _found(given)] == (
        [f"指标C101“{first.name}”的{first.inputs[0].label}{mark}分，超过100分"] if told else []
    )


def _timed(seconds: str, formula: str) -> list[Finding]:
    """An indicator of seconds with a target of 3, in place of C101."""
    known = case({"完成值_C101": seconds})
    first = next(indicator for indicator in SCHEME.indicators if indicator.code == "C101")
    timed = replace(
        first,
        inputs=(replace(first.inputs[0], unit="秒"),),
        rule_kind="reverse_target",
        rule_parameters=(("目标", "3"),),
        formula=formula,
    )
    others = tuple(one for one in SCHEME.indicators if one is not first)
    return _found(replace(known, scheme=replace(SCHEME, indicators=(*others, timed))))


SMALLER_IS_BETTER, LARGER_IS_BETTER = "=IF(完成值<=3,分值,0)", "=IF(完成值>=3,分值,0)"


@pytest.mark.parametrize(("seconds", "told"), [("2.5", 0), ("9", 0), ("149", 0), ("150", 1), ("1500", 1)])
def test_milliseconds_in_a_cell_of_seconds_are_asked_about(seconds: str, told: int) -> None:
    """1500 in a cell of seconds scored 0, and nobody was asked."""
    assert len(_timed(seconds, SMALLER_IS_BETTER)) == told
    assert not _timed(seconds, LARGER_IS_BETTER), "more than the target is no slip where more is better"


def test_the_question_says_what_it_rests_on() -> None:
    (found,) = _timed("1500", SMALLER_IS_BETTER)
    assert found.severity is Severity.WARNING
    assert "是目标3秒的500倍，按规则得0分，疑似计量单位或小数点填错" in found.message


ANSWERS = ("很满意", "满意", "一般", "不满意", "很不满意")


def _answered(*counts: str) -> list[Finding]:
    """A questionnaire in place of C101, with the number of answers of each kind ("" for a blank)."""
    known = case({})
    first = next(indicator for indicator in SCHEME.indicators if indicator.code == "C101")
    asked, reading = first.inputs[0], known.submission.readings["完成值_C101"]
    survey = replace(
        first,
        rule_kind="likert_weighted",
        inputs=tuple(replace(asked, local=one, key=f"{one}_C101") for one in ANSWERS),
    )
    given = {
        f"{name}_C101": replace(reading, key=f"{name}_C101", value=Decimal(count) if count else None)
        for name, count in zip(ANSWERS, counts, strict=True)
    }
    submission = replace(known.submission, readings={**known.submission.readings, **given})
    others = tuple(one for one in SCHEME.indicators if one is not first)
    checked = replace(known, submission=submission, scheme=replace(SCHEME, indicators=(*others, survey)))
    return [finding for finding in check_submission(checked).findings if finding.code == "MAGN-04"]


@pytest.mark.parametrize(
    ("counts", "why"),
    [
        (("60", "30", "10", "0", "0"), ""),
        (("60.0", "30", "10", "0", "0"), ""),
        (("0", "0", "0", "0", "0"), "各档都填0份，按规则得0分"),
        (("0", "0", "0", "0", ""), ""),  # a blank is MISS-02's
        (("0.6", "0.3", "0.1", "0", "0"), "“很满意”填0.6份，不是整数，像是填了占比"),
        (("60", "0.3", "10", "0", "0"), "“满意”填0.3份，不是整数，像是填了占比"),
    ],
)
def test_answers_that_are_none_or_no_numbers_are_asked_about(counts: tuple[str, ...], why: str) -> None:
    """A questionnaire of five zeros scored 0.00, one of shares was told as 有效问卷1份; neither was asked about."""
    found = _answered(*counts)
    assert [why] * len(found) == [finding.message.partition("的问卷")[2] for finding in found]
    assert bool(found) == bool(why)
