"""The samples through real workbooks: stamped, filled in as units do, read back, checked and scored."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cache

import pytest
from evaluations import SAMPLES, evaluation

from toolkit.checks import Case, check_submission
from toolkit.collect import CollectContext, ReturnState, read_return
from toolkit.demo_data import play, read_returns
from toolkit.generate import compile_collection, prefilled
from toolkit.model import Finding, Severity, Submission
from toolkit.model.identity import Identity
from toolkit.resources import template_path
from toolkit.scoring import score_project, score_whole

SEED = 2024
IDENTITY = Identity("样例", b"0" * 32)


@dataclass(frozen=True)
class Played:
    """What came back: submissions and all findings by project id, refused projects with the reason."""

    submissions: dict[str, Submission]
    findings: dict[str, list[Finding]]
    refused: dict[str, str]


@cache
def played(name: str) -> Played:
    one = evaluation(name)
    template = compile_collection(template_path("采集表模板.xlsx").read_bytes(), one.scheme, IDENTITY)
    sent = {project.id: prefilled(one.scheme, project) for project in one.roster.projects}
    context = CollectContext(one.scheme, one.roster, template.layout, sent, IDENTITY.evaluation, IDENTITY.key)
    result = Played({}, {}, {})
    answers = read_returns((SAMPLES / name / "填报.xlsx").read_bytes())
    for file in play(answers, template, one.roster.projects, SEED):
        outcome = read_return(file.data, file.name, context)
        if outcome.submission is None:
            assert outcome.state is ReturnState.REFUSED
            result.refused[file.project] = outcome.reason
            continue
        assert outcome.project == file.project
        project = one.roster.project(outcome.project)
        report = check_submission(Case(one.scheme, project, outcome.submission, template.layout))
        result.submissions[outcome.project] = outcome.submission
        result.findings[outcome.project] = list(report.findings)
    return result


def errors(name: str) -> dict[str, set[str]]:
    """Codes of what units must correct, by project; projects without any are left out."""
    found = {
        project: {one.code for one in findings if one.severity is Severity.ERROR}
        for project, findings in played(name).findings.items()
    }
    return {project: codes for project, codes in found.items() if codes}


@pytest.mark.parametrize(
    ("name", "total"), [("nanchang-2022", "93.50"), ("jiangsu-2022", "98.50"), ("suzhou-jiangsu-2023", "80.00")]
)
def test_the_published_score_survives_the_workbook(name: str, total: str):
    one = evaluation(name)
    sheet = score_project(one.scheme, one.roster.projects[0], played(name).submissions["1"], one.opinions)
    assert sheet.total == Decimal(total)


def test_the_17_suzhou_workbooks_give_94_and_the_published_payments():
    one, submissions = evaluation("suzhou-anhui-2023"), played("suzhou-anhui-2023").submissions
    assert score_whole(one.scheme, one.roster, submissions, one.opinions).total == 94
    assert sum(each.value("本年支付金额") for each in submissions.values()) == Decimal("36940706.54")


def test_the_check_finds_projects_7_and_17_paid_above_their_contracts():
    found = played("suzhou-anhui-2023").findings
    over = {project: one.message for project, all_found in found.items() for one in all_found if one.code == "FUND-01"}
    assert set(over) == {"7", "17"}
    assert "19,433.22" in over["7"]
    assert "71,040.00" in over["17"]


def test_what_suzhou_left_out_is_missing():
    found = errors("suzhou-anhui-2023")
    assert "MISS-01" in found["6"]
    assert not {"8", "9"} & set(found), "“\\” says there is no audited amount; it is no mistake"


@pytest.mark.parametrize("name", ["nanchang-2022", "suzhou-jiangsu-2023"])
def test_honest_single_evaluations_have_nothing_to_correct(name: str):
    assert errors(name) == {}


def test_only_the_nantong_units_that_slip_are_asked_to_correct():
    slips = {answers.mistake: project for project, answers in _nantong_answers().items() if answers.mistake}
    asked = errors("nantong-2024")
    assert set(asked) == {slips[kind] for kind in ("公式被覆盖", "漏填必填", "累计支付超合同", "数字格写文字")}
    assert "FUND-01" in asked[slips["累计支付超合同"]]
    assert "RATE-04" in asked[slips["公式被覆盖"]]
    assert asked[slips["漏填必填"]] == {"MISS-01"}
    assert set(played("nantong-2024").refused) == {slips["非工作簿"]}


def test_slips_that_can_be_read_are_read_right():
    submissions, typed = played("nantong-2024").submissions, evaluation("nantong-2024").typed
    for project, answers in _nantong_answers().items():
        if answers.mistake in {"金额带单位", "全角数字", "千分位"}:
            key = answers.mistake_key
            assert submissions[project].value(key) == Decimal(typed[project][key])


def _nantong_answers():
    return read_returns((SAMPLES / "nantong-2024" / "填报.xlsx").read_bytes())
