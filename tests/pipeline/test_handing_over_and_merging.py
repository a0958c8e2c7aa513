"""Three laptops, no server: projects go out, work comes back, nothing is lost and nothing decided twice."""

import json
import shutil
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from toolkit import pipeline
from toolkit.errors import WorkspaceError
from toolkit.excel.write import with_cells
from toolkit.model import LineState
from toolkit.pipeline.dispatch import handing_over
from toolkit.pipeline.intake.merging import Merged
from toolkit.pipeline.plan.logs import OWN
from toolkit.pipeline.plan.workspace import Workspace
from toolkit.review import filled_rows
from toolkit.review.columns import SHEET

NOW = datetime(2026, 2, 3, 9).astimezone()
LATER = NOW + timedelta(hours=1)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small evaluation with its returns collected."""
    folder = tmp_path_factory.mktemp("laptops") / "首台"
    pipeline.initialise(folder, "nanchang-2022", NOW)
    pipeline.collect(pipeline.load(folder), (), NOW)
    return folder


@pytest.fixture
def first(sample: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "首台"
    shutil.copytree(sample, folder)
    return folder


@pytest.fixture
def second(first: Path, tmp_path: Path) -> Path:
    return handed(first, tmp_path / "李四", "李四")


@pytest.fixture
def third(first: Path, tmp_path: Path) -> Path:
    return handed(first, tmp_path / "王五", "王五")


def handed(first: Path, folder: Path, to: str) -> Path:
    pipeline.hand_over(pipeline.load(first), folder, to, project_of(first), NOW)
    return folder


def project_of(workspace: Path) -> str:
    return pipeline.load(workspace).roster.projects[0].id


def merge(workspace: Path, *paths: Path, now: datetime = LATER) -> Merged:
    return pipeline.merge(pipeline.load(workspace), paths, now)


def judge(workspace: Path, value: str, who: str = "甲") -> None:
    """Type a judgement into the first row of 评审意见.xlsx."""
    path = Workspace.open(workspace).opinions
    pipeline.load(workspace).opinion_reading  # noqa: B018  (writes the workbook where there is none)
    typed = {"I4": value, "J4": "查阅材料", "K4": "E01", "L4": who, "M4": f"{who}的复核人"}
    path.write_bytes(with_cells(path.read_bytes(), SHEET, typed))


def judged(workspace: Path) -> str:
    rows = filled_rows(Workspace.open(workspace).opinions.read_bytes())
    return rows[0]["核定值"] if rows else ""


def codes(merged: Merged) -> set[str]:
    return {finding.code for finding in merged.findings}


def own_log(workspace: Path) -> Path:
    return Workspace.open(workspace).logs / OWN


def rewrite(path: Path, change: Callable[[list[str]], list[str]]) -> None:
    path.write_text("".join(change(path.read_text(encoding="utf-8").splitlines(keepends=True))), encoding="utf-8")


def state(workspace: Path) -> tuple[Any, ...]:
    """What counts here: scores, decisions, disputes."""
    evaluation = pipeline.load(workspace)
    scores = [sheet.total for sheet in pipeline.score(evaluation, NOW).sheets]
    disputes = {(one.thing, frozenset(event.hash for event in one.decisions)) for one in evaluation.disputed}
    return scores, set(evaluation.decided), disputes


def test_a_colleague_goes_on_where_the_first_laptop_was(first: Path, second: Path) -> None:
    ours, theirs = pipeline.load(first), pipeline.load(second)
    assert [sheet.total for sheet in pipeline.score(theirs, NOW).sheets] == [
        sheet.total for sheet in pipeline.score(ours, NOW).sheets
    ]
    assert theirs.workspace.part == {project_of(first)}
    assert pipeline.verify_ledger(theirs.workspace).ok


def test_what_was_written_about_losses_goes_out_and_comes_back(first: Path, tmp_path: Path) -> None:
    pipeline.aggregate(pipeline.load(first), NOW)
    write_about_losses(first, I4="第一台写的事实")
    second = handed(first, tmp_path / "赵六", "赵六")
    handed_out = about_losses(first)
    assert handed_out[0]["事实"] == "第一台写的事实"
    assert sorted(map(str, about_losses(second))) == sorted(map(str, handed_out))
    pipeline.aggregate(pipeline.load(second), NOW)
    write_about_losses(second, J4="监督不力", K5="三个月内整改")
    back = tmp_path / "交回"
    pipeline.hand_back(pipeline.load(second), back, LATER)
    merge(first, back)
    changed = [handed_out[0] | {"原因": "监督不力"}, handed_out[1] | {"建议": "三个月内整改"}, *handed_out[2:]]
    assert about_losses(first) == changed
    again = Workspace.open(first).opinions.read_bytes()
    merge(first, back)
    assert Workspace.open(first).opinions.read_bytes() == again


def write_about_losses(workspace: Path, **cells: str) -> None:
    path = Workspace.open(workspace).opinions
    path.write_bytes(with_cells(path.read_bytes(), "失分情况", cells))  # type: ignore[arg-type]


def about_losses(workspace: Path) -> list[dict[str, str]]:
    return [typed for row in pipeline.load(workspace).written_losses if (typed := row.typed())]


def test_work_comes_back_once_however_often_and_in_whatever_order(
    first: Path, second: Path, third: Path, tmp_path: Path
) -> None:
    judge(second, "2", "李四")
    pipeline.hand_back(pipeline.load(second), tmp_path / "交回", LATER)
    other = tmp_path / "另一台"
    shutil.copytree(first, other)
    merged = merge(first, tmp_path / "交回.zip", third)
    assert merged.ok, merged.findings
    assert merged.rows == 1
    assert judged(first) == "2"
    assert merge(first, third, tmp_path / "交回").logs == ()
    merge(other, third)
    merge(other, tmp_path / "交回")
    merge(other, tmp_path / "交回.zip")
    assert state(other) == state(first)
    assert pipeline.verify_ledger(Workspace.open(first)).ok


def test_two_judgements_of_one_thing_wait_for_a_third_person(
    first: Path, second: Path, third: Path, tmp_path: Path
) -> None:
    assert judged(first) == "1"
    for workspace, value, who in ((second, "0.5", "李四"), (third, "2", "王五")):
        judge(workspace, value, who)
        pipeline.hand_back(pipeline.load(workspace), tmp_path / f"交回{who}", LATER)
    merged = merge(first, tmp_path / "交回李四", tmp_path / "交回王五.zip")
    assert codes(merged) == {"MERGE-07"}
    assert not merged.ok
    (conflict,) = merged.disputes
    assert {event.printed()["核定值"] for event in conflict.decisions} == {"0.5", "2"}
    assert judged(first) == "1", "neither is put into the workbook"
    (sheet,) = pipeline.score(pipeline.load(first), NOW).sheets
    assert [line.code for line in sheet.lines if line.state is LineState.PENDING] == ["D101"], "neither counts"
    assert any(finding.code == "MERGE-07" for finding in pipeline.check(pipeline.load(first), LATER).findings)

    two = next(event for event in conflict.decisions if event.printed()["核定值"] == "2")
    with pytest.raises(WorkspaceError, match="不能自己裁定"):
        pipeline.settle(pipeline.load(first), two.hash[:8], by="王五", reason="我对", now=LATER)
    pipeline.settle(pipeline.load(first), two.hash[:8], by="组长", reason="看过原件", now=LATER)
    assert judged(first) == "2"
    assert merge(first).ok
    merge(second, first)
    assert judged(second) == "2", "the other laptop takes the settlement over"
    assert state(second)[2] == set()


def test_a_later_judgement_that_knew_the_other_replaces_it(first: Path, second: Path, tmp_path: Path) -> None:
    judge(second, "1.5", "李四")
    pipeline.hand_back(pipeline.load(second), tmp_path / "交回", LATER)
    merge(first, tmp_path / "交回")
    judge(first, "0.5", "组长")
    pipeline.hand_back(pipeline.load(first), tmp_path / "发回", LATER)
    merged = merge(second, tmp_path / "发回")
    assert merged.ok, merged.findings
    assert judged(second) == "0.5"


def test_what_was_typed_after_handing_back_is_said(first: Path, second: Path) -> None:
    judge(second, "1.5", "李四")
    merged = merge(first, second)
    assert "MERGE-09" in codes(merged)


def broken_line(lines: list[str]) -> list[str]:
    return [lines[0], lines[1].replace("李四", "李五"), *lines[2:]]


def no_line(lines: list[str]) -> list[str]:
    return [*lines, "不是日志\n"]


def line_gone(lines: list[str]) -> list[str]:
    return [lines[0], *lines[2:]]


@pytest.mark.parametrize(
    ("change", "line"), [(broken_line, "第2行"), (no_line, "第4行"), (line_gone, "第2行"), (lambda _: [], "")]
)
def test_a_changed_log_is_refused_whole(
    first: Path, second: Path, third: Path, change: Callable[[list[str]], list[str]], line: str
) -> None:
    judge(second, "1.5", "李四")
    pipeline.hand_back(pipeline.load(second), second.parent / "交回", LATER)
    back = second.parent / "交回"
    rewrite(back / ".jixiao/日志" / OWN, change)
    before = state(first), sorted(path.name for path in Workspace.open(first).logs.iterdir())
    merged = merge(first, back, third)
    assert codes(merged) == {"MERGE-02"}
    assert line in str(merged.findings[0].at)
    assert merged.logs == ()
    assert (state(first), sorted(path.name for path in Workspace.open(first).logs.iterdir())) == before


def test_one_log_continued_in_two_places_is_located(first: Path, second: Path, tmp_path: Path) -> None:
    copy = tmp_path / "李四的副本"
    shutil.copytree(second, copy)
    judge(second, "1.5", "李四")
    judge(copy, "2", "李四")
    pipeline.hand_back(pipeline.load(second), tmp_path / "交回一", LATER)
    pipeline.hand_back(pipeline.load(copy), tmp_path / "交回二", LATER)
    assert merge(first, tmp_path / "交回一").ok
    merged = merge(first, tmp_path / "交回二")
    assert codes(merged) == {"MERGE-03"}
    assert merged.findings[0].at.cell == "第2行"
    assert merge(first, tmp_path / "交回一", tmp_path / "交回二").logs == ()


def test_a_clock_a_year_off_is_said_and_changes_nothing(first: Path, second: Path, tmp_path: Path) -> None:
    judge(second, "1.5", "李四")
    pipeline.hand_back(pipeline.load(second), tmp_path / "交回", NOW + timedelta(days=365))
    merged = merge(first, tmp_path / "交回")
    assert codes(merged) == {"MERGE-05"}
    assert merged.ok
    assert judged(first) == "1.5"


def test_another_evaluation_is_refused(first: Path, tmp_path: Path) -> None:
    other = tmp_path / "别的评价"
    pipeline.initialise(other, "suzhou-jiangsu-2023", NOW)
    assert codes(merge(first, other)) == {"MERGE-04"}
    empty = tmp_path / "空"
    empty.mkdir()
    assert codes(merge(first, empty)) == {"MERGE-01"}
    damaged = tmp_path / "坏.zip"
    damaged.write_bytes(b"PK\x03\x04 nothing")
    assert codes(merge(first, damaged)) == {"MERGE-01"}
    with pytest.raises(WorkspaceError, match="找不到"):
        merge(first, tmp_path / "没有")


def test_originals_come_along_or_nothing_comes(first: Path, second: Path, tmp_path: Path) -> None:
    paper = tmp_path / "新的佐证.pdf"
    paper.write_bytes(b"%PDF-1.4 paper")
    pipeline.collect(pipeline.load(second), (paper,), LATER)
    back = tmp_path / "交回"
    pipeline.hand_back(pipeline.load(second), back, LATER)
    (original,) = (back / "04-原件").iterdir()
    kept = original.read_bytes()
    original.write_bytes(b"other")
    assert codes(merge(first, back)) == {"MERGE-06"}
    original.unlink()
    assert codes(merge(first, back)) == {"MERGE-06"}
    original.write_bytes(kept)
    assert merge(first, back).originals == 1
    assert pipeline.verify_ledger(Workspace.open(first)).ok
    (Workspace.open(first).originals / original.name).unlink()
    assert not pipeline.verify_ledger(Workspace.open(first)).ok


def test_an_original_of_any_kind_that_did_not_come_is_named(first: Path, second: Path, tmp_path: Path) -> None:
    """A declared form, not only returns."""
    from toolkit.excel.table_sheet import Column, TableSheet, table_workbook

    paper = tmp_path / "申报表.xlsx"
    paper.write_bytes(
        table_workbook([TableSheet("申报表", "申报表", (Column("甲"), Column("乙")), [("项目名称", "某")])])
    )
    pipeline.import_forms(pipeline.load(second), (paper,), "", LATER)
    back = tmp_path / "交回"
    pipeline.hand_back(pipeline.load(second), back, LATER)
    (original,) = (back / "04-原件").iterdir()
    kept = original.read_bytes()
    original.unlink()
    refused = merge(first, back)
    assert codes(refused) == {"MERGE-06"}
    assert "申报表.xlsx（导入申报表或上年自评表）" in refused.findings[0].message
    original.write_bytes(kept)
    assert merge(first, back).originals == 1


def test_a_merged_log_altered_afterwards_shows_in_the_ledger(first: Path, second: Path) -> None:
    merge(first, second)
    (stored,) = [path for path in Workspace.open(first).logs.iterdir() if path.name != OWN]
    rewrite(stored, lambda lines: [lines[0].replace("李四", "李五"), *lines[1:]])
    verdict = pipeline.verify_ledger(Workspace.open(first))
    assert ["李" in problem.message for problem in verdict.problems] == [True]


def test_a_folder_with_something_in_it_is_not_written_to(first: Path, second: Path) -> None:
    with pytest.raises(WorkspaceError, match="已有内容"):
        pipeline.hand_over(pipeline.load(first), second, "王五", project_of(first), NOW)
    with pytest.raises(WorkspaceError, match="没有序号：98、99"):
        pipeline.hand_over(pipeline.load(first), second.parent / "新", "王五", "98-99", NOW)


def test_the_log_as_text_is_the_ledger(first: Path) -> None:
    workspace = Workspace.open(first)
    with workspace.ledger() as ledger:
        events = ledger.own_events()
    lines = [json.loads(line) for line in own_log(first).read_text(encoding="utf-8").splitlines()]
    assert [line[-1] for line in lines] == [event.hash for event in events]


@pytest.mark.parametrize("back", [False, True])
def test_half_a_folder_is_never_handed_over_and_does_not_stand_in_the_way(
    first: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, back: bool
) -> None:
    """The program ends before the folder is whole; what it left is gone after the next time."""
    place = tmp_path / "移交"
    place.mkdir()
    evaluation = pipeline.load(first)

    def hand(folder: Path) -> None:
        if back:
            pipeline.hand_back(evaluation, folder, NOW)
        else:
            pipeline.hand_over(evaluation, folder, "李四", project_of(first), NOW)

    with monkeypatch.context() as patched:
        patched.setattr(handing_over, "_put_in_place", lambda *_: sys.exit(9))
        with pytest.raises(SystemExit):
            hand(place / "李四")
    assert not (place / "李四").exists()
    hand(place / "李四")
    assert sorted(path.name for path in place.iterdir()) == ["李四", "李四.zip"]
    (place / "空的").mkdir()
    monkeypatch.chdir(place / "空的")
    hand(Path())
    names = [sorted(path.name for path in (place / folder).rglob("*")) for folder in ("李四", "空的")]
    assert {*names[0]} == {*names[1]}
