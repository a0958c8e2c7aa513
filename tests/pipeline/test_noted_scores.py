"""Scores stand beside opinions after a run, whichever process noted them."""

from datetime import datetime

import openpyxl
import pytest

from toolkit.collect.child import can_copy
from toolkit.errors import TemplateError
from toolkit.excel.sheet_patch import patch_cells
from toolkit.pipeline import load, run, running
from toolkit.pipeline.examine import noted_scores
from toolkit.pipeline.examine.noted_scores import begin_scores
from toolkit.pipeline.examine.results import results
from toolkit.pipeline.plan.setup import initialise
from toolkit.pipeline.plan.side_by_side import in_a_copy, no_answer

NOW = datetime(2023, 2, 6, 9, 30).astimezone()
SAMPLE = "nanchang-2022"


def noted(folder):
    """A workspace's opinions after a run."""
    initialise(folder, SAMPLE, NOW)
    run(load(folder), NOW)
    return (folder / "评审意见.xlsx").read_bytes()


def test_a_copy_notes_the_same_scores(tmp_path, monkeypatch):
    if not can_copy():
        pytest.skip("processes are copied on Linux alone, before there are threads")
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    answers = []

    def watched(work):
        answer = in_a_copy(work)
        return lambda: answers.append(answer()) or answers[-1]

    monkeypatch.setattr(noted_scores, "in_a_copy", watched)
    by_a_copy = noted(tmp_path / "by a copy")
    monkeypatch.setattr(noted_scores, "in_a_copy", lambda _: no_answer)
    assert answers == [by_a_copy]
    assert noted(tmp_path / "here") == by_a_copy
    evaluation = load(tmp_path / "by a copy")
    found = results(evaluation, NOW.date())
    assert not begin_scores(evaluation, found.sheets)()


def test_a_workbook_that_was_saved_meanwhile_keeps_what_was_saved(tmp_path):
    noted(tmp_path)
    evaluation = load(tmp_path)
    put = begin_scores(evaluation, {})  # the scores would be taken out again
    path = evaluation.workspace.opinions
    saved = patch_cells(path.read_bytes(), {("评审意见", "K4"): "刚写的"})
    path.write_bytes(saved)
    assert put()
    cells = {cell.coordinate: cell.value for row in openpyxl.load_workbook(path)["评审意见"] for cell in row}
    assert cells["K4"] == "刚写的"


def test_scores_are_noted_where_no_report_can_be_made(tmp_path, monkeypatch):
    initialise(tmp_path, SAMPLE, NOW)
    monkeypatch.setattr(running, "write_reports", refused)
    with pytest.raises(TemplateError):
        run(load(tmp_path), NOW)
    evaluation = load(tmp_path)
    found = results(evaluation, NOW.date())
    assert not begin_scores(evaluation, found.sheets)()


def refused(*_: object) -> None:
    """As a template that asks for what no report has."""
    raise TemplateError("模板有误")
