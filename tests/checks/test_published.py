"""The facts in the published sheets: what is odd and wrong is found, what is odd and right is left alone."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from tests.samples.evaluations import evaluation
from toolkit.checks import Case, check_submission
from toolkit.model import CellRef, Finding, Layout, Reading, ReadState, Severity, Value
from toolkit.scheme import lint_scheme


def _found(name: str, project: str, changes: Mapping[str, Value] | None = None):
    sample = evaluation(name)
    submission = sample.submissions()[project]
    readings = dict(submission.readings)
    for key, value in (changes or {}).items():
        was = readings.get(key)
        readings[key] = replace(was, value=value) if was else Reading(key, CellRef(), ReadState.VALUE, value)
    known = sample.roster.project(project)
    assert known is not None
    case = Case(sample.scheme, known, replace(submission, readings=readings), Layout("t", {}))
    return check_submission(case).findings


def _codes(found: tuple[Finding, ...], least: Severity = Severity.WARNING) -> set[str]:
    return {one.code for one in found if one.severity.rank <= least.rank}


def test_suzhou_anhui_overpaid_rows_and_rows_that_only_look_odd() -> None:
    found = {
        one.id: _codes(_found("suzhou-anhui-2023", one.id)) for one in evaluation("suzhou-anhui-2023").roster.projects
    }
    assert {project for project, codes in found.items() if "FUND-01" in codes} == {"7", "17"}
    assert not any(found[project] for project in ("3", "10", "13", "15"))


def test_suzhou_jiangsu_both_funding_identities_hold_and_a_slip_in_either_is_found() -> None:
    assert not _codes(_found("suzhou-jiangsu-2023", "1")) & {"J01", "J02", "J03"}
    sample = evaluation("suzhou-jiangsu-2023").submissions()["1"]
    for key in ("指标结余数", "资金结余结转数"):
        was = sample.value(key)
        assert isinstance(was, Decimal)
        assert _codes(_found("suzhou-jiangsu-2023", "1", {key: was + 1})) >= {"J01" if key == "指标结余数" else "J02"}


def test_suzhou_jiangsu_weights_are_no_equal_shares() -> None:
    (finding,) = [one for one in lint_scheme(evaluation("suzhou-jiangsu-2023").scheme) if one.code == "SCHEME-33"]
    assert str(finding.found) == "8/1/4/4/2"


def test_suzhou_jiangsu_fifteen_named_sixteen_listed() -> None:
    (finding,) = [one for one in _found("suzhou-jiangsu-2023", "1") if one.severity is not Severity.NOTE]
    assert finding.code == "J07"
    assert str(finding.found) == "验收一年后支付尾款的项目数＝15个，“子项名称”共列16项"
    assert str(finding.expected) == "验收一年后支付尾款的项目数＝“子项名称”所列项数"


def test_jiangsu_a_phrase_for_a_rate_is_half_the_marks_and_not_partly_achieved() -> None:
    """公布表: 预算执行率 “部分达成并具有一定效果”, 1.5 of 3. The phrase as no number: see test_published_end_to_end."""
    (finding,) = [one for one in _found("jiangsu-2022", "1") if one.code == "TEXT-04"]
    assert (finding.indicator, finding.found, finding.expected) == ("B101", "部分达成", "未达成")
    assert "50" in finding.message
