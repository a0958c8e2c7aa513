"""Values of indicators that are too large to be true (MAGN-03): slips that earn full marks."""

from collections.abc import Mapping
from dataclasses import replace

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
