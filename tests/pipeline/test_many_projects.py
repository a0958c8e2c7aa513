"""However many projects there are: few returns are held at a time, and several are worked on side by side."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.pipeline.test_kept_results import NOW
from toolkit import pipeline
from toolkit.aggregate import build_master
from toolkit.checks import check_batch
from toolkit.pipeline.deliver.master_book import plan_master
from toolkit.pipeline.examine import checking
from toolkit.pipeline.examine.results import results
from toolkit.pipeline.intake.returned import returns
from toolkit.pipeline.plan import readings, side_by_side
from toolkit.pipeline.plan.evaluation import Evaluation
from toolkit.pipeline.plan.workspace import CACHE_FILE

FEW = 3


@pytest.fixture
def folder(demo_copy) -> Path:
    (demo_copy / CACHE_FILE).unlink(missing_ok=True)
    return demo_copy


@pytest.fixture
def few_held(monkeypatch) -> None:
    monkeypatch.setattr(readings.Readings.__init__, "__defaults__", (FEW,))
    monkeypatch.setattr(checking, "MOST_HELD", FEW)


def everything(evaluation: Evaluation) -> tuple[object, ...]:
    found = results(evaluation, NOW.date())
    reports, plan = found.examined.reports, plan_master(evaluation, found)
    return found.examined.findings, dict(reports), reports.unsound, found.sheets, plan.fields, plan.assessment


def test_what_several_projects_come_to_is_the_same_one_after_another_and_side_by_side(folder, monkeypatch):
    asked: list[bytes] = []
    begin = side_by_side._Process.begin
    monkeypatch.setattr(side_by_side, "WORTH_STARTING", 0)
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    monkeypatch.setattr(side_by_side._Process, "begin", lambda self, data: asked.append(data) or begin(self, data))
    evaluation = pipeline.load(folder)
    beside = everything(evaluation)
    together = len(returns(evaluation).counting) + len(evaluation.roster.projects)
    assert len(asked) == together
    (folder / CACHE_FILE).unlink()
    monkeypatch.setattr("os.cpu_count", lambda: 1)
    assert everything(pipeline.load(folder)) == beside
    assert len(asked) == together


def test_processes_that_end_early_or_find_nothing_kept_change_no_result(folder, monkeypatch):
    expected = everything(pipeline.load(folder))
    monkeypatch.setattr(side_by_side, "WORTH_STARTING", 0)
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    begin = side_by_side._Process.begin

    def ends(process: side_by_side._Process, request: bytes) -> None:
        begin(process, request)
        if process.waiting == FEW:
            process._child._process.kill()

    with monkeypatch.context() as patched:
        patched.setattr(side_by_side._Process, "begin", ends)
        (folder / CACHE_FILE).unlink()
        assert everything(pipeline.load(folder)) == expected
    (folder / CACHE_FILE).unlink()
    (folder / CACHE_FILE).mkdir()  # nothing can be kept
    assert everything(pipeline.load(folder)) == expected


@pytest.mark.parametrize(("count", "most", "held"), [(3, 500, 500), (500, 500, 500), (501, 500, 20), (9, 3, 3)])
def test_of_more_results_than_can_be_held_those_asked_for_last_are(count, most, held):
    """None of five hundred would still be held when its turn comes again after five thousand."""
    assert readings.held_of(count, most) == held


@pytest.mark.usefixtures("few_held")
def test_few_returns_and_reports_are_held_at_a_time(folder, monkeypatch):
    held: list[int] = []
    evaluation = pipeline.load(folder)
    whole = readings.Readings.known

    def counted(self: readings.Readings, sha256: str) -> object:
        found = whole(self, sha256)
        held.append(len(self._whole))
        return found

    monkeypatch.setattr(readings.Readings, "known", counted)
    found = results(evaluation, NOW.date())
    counting, reports = found.examined.returns.counting, found.examined.reports
    assert [project for project, _ in counting.items()] == [project for project, _ in reports.items()]
    assert len(counting) > FEW
    assert max(held) == FEW
    assert len(found.examined.reports._held) == FEW


@pytest.mark.usefixtures("few_held")
def test_what_is_no_longer_held_or_kept_is_read_from_its_original_again(folder):
    evaluation = pipeline.load(folder)
    before = returns(evaluation).counting
    first = {project: before[project] for project in before}
    (folder / CACHE_FILE).unlink()
    assert dict(before) == first
    assert first == dict(returns(pipeline.load(folder)).counting)


def test_the_master_is_made_from_a_part_of_what_was_returned(folder):
    evaluation = pipeline.load(folder)
    plan = plan_master(evaluation, results(evaluation, NOW.date()))
    whole = replace(plan, submissions=dict(returns(evaluation).counting))
    assert plan.submissions != whole.submissions
    assert build_master(plan).data == build_master(whole).data


def test_projects_are_compared_by_a_part_of_what_they_returned(folder):
    evaluation: Evaluation = pipeline.load(folder)
    known = returns(evaluation)
    part, whole = (
        check_batch(evaluation.scheme, evaluation.roster, submissions, known.copies)
        for submissions in (known.compared, dict(known.counting))
    )
    assert part == whole
    assert part.findings
    for project, submission in known.counting.items():
        assert len(known.compared[project].readings) < len(submission.readings) / 2
