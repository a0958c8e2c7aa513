"""What the master says of a project beside its score is worked out once, and anew with whatever it rests on."""

import sqlite3
from contextlib import closing
from decimal import Decimal

import pytest

from tests.pipeline.conftest import call
from tests.pipeline.test_kept_results import NOW
from toolkit import pipeline
from toolkit.aggregate import MasterPlan, build_master
from toolkit.checks import folded
from toolkit.excel.sheet_patch import patch_cells
from toolkit.model import CellRef, Finding, KeyKind, Opinion, Sentence, Severity
from toolkit.pipeline.deliver.master_book import plan_master
from toolkit.pipeline.examine import scoring
from toolkit.pipeline.examine.results import results
from toolkit.pipeline.plan.evaluation import Evaluation
from toolkit.pipeline.plan.workspace import CACHE_FILE


@pytest.fixture
def told(monkeypatch) -> list[str]:
    """Projects that are worked out here, in order."""
    done: list[str] = []
    real = scoring._worked_out

    def noted(scheme, asked, submission):
        done.append(asked.project.id)
        return real(scheme, asked, submission)

    monkeypatch.setattr(scoring, "_worked_out", noted)
    monkeypatch.setattr("os.cpu_count", lambda: 1)
    return done


def planned(folder) -> MasterPlan:
    evaluation = pipeline.load(folder)
    return plan_master(evaluation, results(evaluation, NOW.date()))


def test_a_second_master_works_nothing_out_again(demo_copy, told):
    (demo_copy / CACHE_FILE).unlink(missing_ok=True)
    first = planned(demo_copy)
    assert told == [project.id for project in first.roster.projects]
    told.clear()
    assert build_master(planned(demo_copy)).data == build_master(first).data
    assert told == []


def test_a_score_brings_what_is_told_beside_it(demo_copy, told):
    (demo_copy / CACHE_FILE).unlink(missing_ok=True)
    sheets = pipeline.score(pipeline.load(demo_copy), NOW).sheets
    assert len(told) == len(sheets) > 1
    told.clear()
    assert tuple(planned(demo_copy).sheets.values()) == sheets
    assert told == []


def test_a_finding_that_rows_hang_on_changes_what_is_told_and_no_score(demo_copy, told):
    evaluation = pipeline.load(demo_copy)
    examined = results(evaluation, NOW.date()).examined
    row = next(row for row in evaluation.scheme.problems if row.kind is KeyKind.CHECK)
    project = evaluation.roster.projects[0].id
    found = Finding(row.key, Severity.ERROR, CellRef("采集表.xlsx"), Sentence("有误"), project=project)
    findings = (*examined.findings, found)
    told.clear()
    known = examined.returns
    before = scoring.told_projects(evaluation, known, examined.findings)
    after = scoring.told_projects(evaluation, known, findings)
    assert {one for one in before if before[one] != after[one]} == {project}
    assert told == [project]
    assert scoring.score(evaluation, known, examined.findings) == scoring.score(evaluation, known, findings)
    assert told == [project]


def test_a_changed_return_has_its_project_alone_told_anew(demo_copy, told):
    first = planned(demo_copy)
    told.clear()
    evaluation = pipeline.load(demo_copy)
    source = first.sources[0]
    slot = evaluation.template.layout.slots["累计支付金额"]
    original = (evaluation.workspace.originals / source.sha256).read_bytes()
    (demo_copy / "改后.xlsx").write_bytes(patch_cells(original, {(slot.sheet, slot.cell): 0}))
    call("collect", demo_copy / "改后.xlsx", "-w", demo_copy)
    changed = planned(demo_copy)
    assert told == [source.project]
    assert changed.fields[source.project] != first.fields[source.project]
    (demo_copy / CACHE_FILE).unlink()
    assert build_master(planned(demo_copy)).data == build_master(changed).data


def test_a_verified_value_changes_what_is_told(demo_copy, told, monkeypatch):
    first = planned(demo_copy)
    project = first.sources[0].project
    told.clear()
    verified = Opinion(project, "", "累计支付金额", Decimal(7), "按凭证", evaluator="张三")
    before = Evaluation.opinions.fget
    assert before is not None
    monkeypatch.setattr(Evaluation, "opinions", property(lambda self: (*before(self), verified)))
    again = planned(demo_copy)
    assert (again.fields[project].number("累计支付金额"), told) == (7, [project])
    assert again.fields[project].judged >= {"累计支付金额"}


def test_damaged_entries_are_worked_out_again(demo_copy, told):
    first = planned(demo_copy)
    told.clear()
    with closing(sqlite3.connect(demo_copy / CACHE_FILE)) as connection, connection:
        connection.execute("UPDATE entry SET data = substr(data, 1, 40) || zeroblob(20)")
    assert build_master(planned(demo_copy)).data == build_master(first).data
    assert len(told) == len(first.roster.projects)


def test_findings_are_listed_as_whole_reports_give_them(demo_copy):
    evaluation = pipeline.load(demo_copy)
    examined = results(evaluation, NOW.date()).examined
    listed = set(examined.findings)
    for report in examined.reports.values():
        assert set(folded(report.findings)) <= listed
