"""Scores stand beside opinions after a run, whichever process noted them."""

from datetime import datetime

import pytest

from toolkit.collect.child import can_copy
from toolkit.errors import TemplateError
from toolkit.pipeline import load, run, running
from toolkit.pipeline.examine.results import note_scores, results
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

    monkeypatch.setattr(running, "in_a_copy", watched)
    by_a_copy = noted(tmp_path / "by a copy")
    monkeypatch.setattr(running, "in_a_copy", lambda _: no_answer)
    assert answers == [b"noted"]
    assert noted(tmp_path / "here") == by_a_copy
    evaluation = load(tmp_path / "by a copy")
    found = results(evaluation, NOW.date())
    assert not note_scores(evaluation, found.examined.returns, found.sheets)


def test_scores_are_noted_where_no_report_can_be_made(tmp_path, monkeypatch):
    initialise(tmp_path, SAMPLE, NOW)
    monkeypatch.setattr(running, "write_reports", refused)
    with pytest.raises(TemplateError):
        run(load(tmp_path), NOW)
    evaluation = load(tmp_path)
    found = results(evaluation, NOW.date())
    assert not note_scores(evaluation, found.examined.returns, found.sheets)


def refused(*_: object) -> None:
    """As a template that asks for what no report has."""
    raise TemplateError("模板有误")
