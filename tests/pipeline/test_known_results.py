"""What ``score`` kept of a whole round is what is worked out; after a change of anything it rests on it is not used."""

import sqlite3
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.pipeline.test_kept_master import CHANGES
from toolkit import pipeline
from toolkit.collect import Outcome
from toolkit.model import Reading
from toolkit.pipeline.deliver.master_book import plan_master
from toolkit.pipeline.examine import known_results as module
from toolkit.pipeline.examine.known_results import known_results, results_state
from toolkit.pipeline.examine.results import Results, results
from toolkit.pipeline.plan import readings
from toolkit.pipeline.plan.evaluation import Evaluation
from toolkit.pipeline.plan.workspace import CACHE_FILE

NOW = datetime(2024, 12, 25, 9, tzinfo=UTC)
OF_LOSSES = ("a cause of a loss", "a fact of a loss")


@pytest.fixture
def worked_out(monkeypatch: pytest.MonkeyPatch) -> list[Results]:
    """What was worked out, not found."""
    made: list[Results] = []

    def noted(*asked: object) -> Results:
        made.append(results(*asked))
        return made[-1]

    monkeypatch.setattr(module, "results", noted)
    return made


@pytest.fixture
def folder(demo_copy: Path, worked_out: list[Results], monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace that was scored a moment ago; four projects share an entry."""
    monkeypatch.setattr(module, "_TOGETHER", 4)
    pipeline.aggregate(pipeline.load(demo_copy), NOW)
    pipeline.score(pipeline.load(demo_copy), NOW)
    worked_out.clear()
    return demo_copy


def known(folder: Path, now: datetime = NOW) -> tuple[Evaluation, Results]:
    evaluation = pipeline.load(folder)
    return evaluation, known_results(evaluation, now.date(), results_state(evaluation, now.date()))


def said(evaluation: Evaluation, found: Results) -> tuple[object, ...]:
    examined, plan = found.examined, plan_master(evaluation, found)
    return examined.findings, examined.to_correct(), dict(examined.reports), found.sheets, plan.fields, plan.assessment


def test_what_was_kept_is_what_is_worked_out(folder, worked_out):
    evaluation, found = known(folder)
    assert worked_out == []
    assert said(evaluation, found) == said(evaluation, results(evaluation, NOW.date()))
    assert found.examined.findings
    assert found.examined.to_correct()


def test_the_master_is_the_same_with_it_and_without(folder, worked_out):
    def aggregated() -> bytes:
        evaluation = pipeline.load(folder)
        evaluation.workspace.master.unlink()
        pipeline.aggregate(evaluation, NOW)
        return evaluation.workspace.master.read_bytes()

    found = aggregated()
    assert worked_out == []
    (folder / CACHE_FILE).unlink()
    assert aggregated() == found
    assert len(worked_out) == 1


def test_where_nothing_has_changed_returns_are_not_unpacked(folder, monkeypatch):
    """But for one, to know whether units listed evidence."""
    unpacked: list[object] = []
    real = readings.from_plain_text

    def noted(text: bytes, kind: type[object]) -> object:
        unpacked.append(kind)
        return real(text, kind)

    monkeypatch.setattr(readings, "from_plain_text", noted)
    evaluation, found = known(folder)
    plan_master(evaluation, found)
    assert unpacked.count(Outcome) > len(found.examined.returns.compared) > 1
    assert unpacked.count(Mapping[str, Reading]) == 1
    results(evaluation, NOW.date())
    assert unpacked.count(Mapping[str, Reading]) == len(found.examined.returns.compared)


@pytest.mark.parametrize("name", [name for name in CHANGES if name not in OF_LOSSES])
def test_it_is_worked_out_anew_after_a_change_of_anything_it_rests_on(folder, worked_out, name):
    CHANGES[name](folder)
    known(folder)
    assert len(worked_out) == 1


def test_it_is_worked_out_anew_on_another_day(folder, worked_out):
    known(folder, NOW + timedelta(days=1))
    assert len(worked_out) == 1


@pytest.mark.parametrize("name", OF_LOSSES)
def test_what_is_written_of_losses_changes_no_result(folder, worked_out, name):
    CHANGES[name](folder)
    known(folder)
    assert worked_out == []


def cut(data: bytes) -> bytes:
    return data[:-1]


def altered(data: bytes) -> bytes:
    return data[:-1] + bytes([data[-1] ^ 1])


@pytest.mark.parametrize("what", ["outline", "sheets", "told"])
@pytest.mark.parametrize("harm", [cut, altered])
def test_what_is_not_there_or_not_whole_is_worked_out(folder, worked_out, what: str, harm: Callable[[bytes], bytes]):
    evaluation = pipeline.load(folder)
    expected = said(evaluation, results(evaluation, NOW.date()))
    kept = module._KeptRound(evaluation.workspace.cache, results_state(evaluation, NOW.date()))
    with sqlite3.connect(folder / CACHE_FILE) as connection:
        key = kept._key(what, 0)
        ((data,),) = connection.execute("SELECT data FROM entry WHERE key = ?", (key,)).fetchall()
        connection.execute("UPDATE entry SET data = ? WHERE key = ?", (harm(data), key))
    assert said(*known(folder)) == expected
    assert len(worked_out) == (what != "told")


def test_a_change_while_it_is_worked_out_keeps_nothing(demo_copy, worked_out, monkeypatch):
    real = results

    def meanwhile(evaluation: Evaluation, *asked: object) -> Results:
        found = real(evaluation, *asked)
        (demo_copy / "上年数据.xlsx").write_bytes((demo_copy / "评审意见.xlsx").read_bytes())
        return found

    with monkeypatch.context() as patched:
        patched.setattr(module, "results", meanwhile)
        pipeline.score(pipeline.load(demo_copy), NOW)
    (demo_copy / "上年数据.xlsx").unlink()
    known(demo_copy)
    assert len(worked_out) == 1
