"""What the library of 问题与建议 says of the Nantong sample, counted again from what the units type, without it."""

from datetime import date
from decimal import Decimal
from functools import cache

import pytest
from evaluations import evaluation

from tests.problems.judged_rows import hits_of
from toolkit.formula.fields import field_values
from toolkit.problems import ProblemCase, application_of, judged, summary, tallies, words
from toolkit.scoring import score_project

D = Decimal
OWN = evaluation("nantong-2024")


@cache
def cases() -> tuple[ProblemCase, ...]:
    made = []
    returned = OWN.submissions()
    for project in OWN.roster.projects:
        own = [one for one in OWN.opinions if one.project == project.id]
        verified = {one.item: one.verified for one in own if not one.indicator}
        submission = returned.get(project.id)
        fields = field_values(OWN.scheme, submission, verified)
        sheet = score_project(OWN.scheme, project, submission, own) if submission else None
        made.append(ProblemCase(OWN.scheme, project, fields, sheet, (), submission))
    return tuple(made)


@cache
def by_code():
    return {tally.row.code: tally for tally in tallies(OWN.scheme, [judged(case, OWN.roster) for case in cases()])}


def typed(key: str) -> dict[str, str]:
    return {project: cells[key] for project, cells in OWN.typed.items() if cells.get(key)}


def verified(key: str) -> dict[str, str]:
    """As typed, evaluators' values instead where they set one."""
    code = key.rpartition("_")[2]
    judged = {one.project: str(one.verified) for one in OWN.opinions if one.indicator == code and one.item == "完成值"}
    return typed(key) | judged


def money(key: str) -> dict[str, Decimal]:
    judged = {one.project: one.verified for one in OWN.opinions if not one.indicator and one.item == key}
    return {project: D(text) for project, text in typed(key).items()} | judged


def days(key: str) -> dict[str, date]:
    return {project: date.fromisoformat(text) for project, text in typed(key).items()}


def test_security_before_everything_else():
    events = {project: int(text) for project, text in verified("完成值_D303").items() if int(D(text)) > 0}
    assert {hit.project for hit in by_code()["H14"].hits} == set(events)
    assert by_code()["H14"].total == sum(events.values()) == 16
    assert len(events) == 15
    exams = {project: text for project, text in verified("完成值_C203").items() if text in {"是", "否"}}
    failed = {project for project, text in exams.items() if text == "否"}
    assert {hit.project for hit in by_code()["H13"].hits} == failed
    assert (len(failed), len(by_code()["H13"].population)) == (7, 30)


def test_built_before_approval_outside_the_plan_and_twice():
    for code, key in (("H01", "要点3_A102"), ("H04", "要点2_A101"), ("H05", "要点3_A101")):
        unmet = {project for project, text in typed(key).items() if text == "不符合"}
        assert {hit.project for hit in by_code()[code].hits} == unmet, code
    assert [len(by_code()[code].hits) for code in ("H01", "H04", "H05")] == [2, 1, 2]


def test_late_acceptance():
    planned, real = days("计划初验日期"), days("初验日期")
    late = {project: (real[project] - planned[project]).days for project in real if real[project] > planned[project]}
    assert {hit.project: hit.amount for hit in by_code()["P01"].hits} == late
    assert len(late) == 29
    assert sorted(late.values(), reverse=True)[:4] == [130, 92, 75, 68]


def test_money_that_came_and_was_not_spent_and_what_the_audit_took_off():
    arrived, spent = money("实际到位资金"), money("实际支出资金")
    left = {project: arrived[project] - spent[project] for project in spent if arrived[project] > spent[project]}
    assert {hit.project: hit.amount for hit in by_code()["M01"].hits} == left
    assert by_code()["M01"].total == D("662.34")
    audited = money("审计核减后合同金额")
    contracts = {project.id: project.contract_amount for project in OWN.roster.projects}
    cut = {project: contracts[project] - value for project, value in audited.items() if value < contracts[project]}
    assert {hit.project: hit.amount for hit in by_code()["M04"].hits} == cut
    assert (len(cut), round(sum(cut.values()), 2)) == (24, D("287.58"))
    assert words(summary(by_code()["M01"], OWN.roster)).startswith("38个项目到位未支出共662.34万元")


def test_little_used_systems_and_late_payments():
    users, active = typed("注册用户数"), typed("月活跃用户数")
    low = {project for project in users if D(active[project]) / D(users[project]) < D("0.4")}
    assert {hit.project for hit in by_code()["P12"].hits} == low
    assert len(low) == 4
    late = {project for project, text in verified("完成值_C303").items() if text == "否"}
    assert {hit.project for hit in by_code()["M30"].hits} == late
    assert len(late) == 13


def test_every_lost_point_of_every_project_is_told():
    for case in cases():
        if case.sheet is None:
            assert hits_of(case) == ()
            continue
        lost = sum((line.effective_mark - line.score for line in case.sheet.lines), D(0))
        assert sum((hit.lost for hit in hits_of(case)), D(0)) == lost
    assert sum((tally.lost for tally in by_code().values()), D(0)) == D("431.95")


def test_no_advice_is_given_to_more_than_a_quarter_of_the_projects_for_what_breaks_the_rules():
    grave = [tally for tally in by_code().values() if tally.row.problem_class.rank == 0]
    assert {tally.row.code for tally in grave if len(tally.hits) > len(cases()) / 4} <= {"H14"}


@pytest.mark.parametrize(
    ("project", "consequence"), [("37", "暂停"), ("38", "暂停"), ("1", "支持"), ("5", "整改后安排")]
)
def test_what_follows(project: str, consequence: str):
    case = next(one for one in cases() if one.project.id == project)
    applied = application_of(OWN.scheme, project, case.sheet, hits_of(case))
    assert applied is not None
    assert applied.consequence == consequence
