"""What is kept between commands is never stale, can be deleted or damaged at any moment, and changes no result."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from tests.pipeline.conftest import call
from toolkit import checks, pipeline, resources, scoring
from toolkit.cache import user_secret
from toolkit.collect import Cause, read_return
from toolkit.collect.context import refusal
from toolkit.errors import SchemeError
from toolkit.excel.files import sha256_of
from toolkit.excel.sheet_patch import patch_cells
from toolkit.model import CellRef, Finding, Severity
from toolkit.model.figure import Figure
from toolkit.model.identity import Identity
from toolkit.pipeline import kept_results
from toolkit.pipeline.examine import checking
from toolkit.pipeline.examine import scoring as scoring_step
from toolkit.pipeline.examine.results import Results, results
from toolkit.pipeline.intake.returned import returns
from toolkit.pipeline.plan import evaluation, kept_plan, readings, remembering, side_by_side
from toolkit.pipeline.plan.readings import Readings
from toolkit.pipeline.plan.state import plan_state
from toolkit.pipeline.plan.workspace import CACHE_FILE
from toolkit.pipeline.verdict import Verified
from toolkit.report.told import told
from toolkit.word.open_document import OpenDocument
from toolkit.word.render import WordTemplate

NOW = datetime(2024, 12, 25, 9, tzinfo=UTC)


def files_of(folder: Path) -> dict[str, str]:
    """Digest of every file that a person sees."""
    paths = (path for path in folder.rglob("*") if path.is_file() and ".jixiao" not in path.parts)
    return {str(one.relative_to(folder)): sha256_of(one.read_bytes()) for one in paths if "台账" not in one.name}


def outcomes_of(folder: Path) -> tuple[object, ...]:
    evaluation = pipeline.load(folder)
    found = returns(evaluation)
    return found.counting, found.receipts, found.refused, found.findings, evaluation.template.layout


def test_every_result_is_the_same_with_and_without_what_is_kept(sample_made, tmp_path):
    folder = Path(shutil.copytree(sample_made("suzhou-anhui-2023"), tmp_path / "副本"))
    kept, boards = folder / CACHE_FILE, []
    assert kept.exists()
    made, read = files_of(folder), outcomes_of(folder)
    for spoil in (lambda: None, kept.unlink, lambda: kept.write_bytes(b"damaged" * 5_000)):
        spoil()
        boards += [call("status", "-w", folder), call("status", "-w", folder)]
        assert outcomes_of(folder) == read
        call("run", "-w", folder)
        assert files_of(folder) == made
    assert all(board == boards[0] for board in boards)


def test_a_second_command_reads_no_original_and_compiles_nothing(demo_copy, monkeypatch):
    first = outcomes_of(demo_copy)

    def refuse(*_: object) -> None:
        raise AssertionError("worked out again")

    monkeypatch.setattr("toolkit.collect.read_return", refuse)
    monkeypatch.setattr("toolkit.pipeline.intake.returned.read_texts", refuse)
    monkeypatch.setattr(remembering, "compile_template", refuse)
    assert outcomes_of(demo_copy) == first


def test_a_second_run_renders_only_documents_that_say_something_else(sample_made, tmp_path, monkeypatch):
    folder = Path(shutil.copytree(sample_made("suzhou-anhui-2023"), tmp_path / "副本"))
    rendered: list[str] = []

    def counted(template: WordTemplate, words: Mapping[str, object]) -> OpenDocument:
        rendered.append(template.name)
        return opened(template, words)

    opened = WordTemplate.open
    monkeypatch.setattr(WordTemplate, "open", counted)
    monkeypatch.setattr(side_by_side, "can_copy", lambda: False)
    pipeline.run(pipeline.load(folder), NOW)
    made = files_of(folder / "07-评价报告")
    rendered.clear()
    pipeline.run(pipeline.load(folder), NOW)
    assert rendered == []
    assert files_of(folder / "07-评价报告") == made
    template = folder / "模板" / "整体报告（完整版）.docx"
    template.parent.mkdir(exist_ok=True)
    template.write_bytes(resources.document_template_path(template.name).read_bytes() + b"\n")
    pipeline.run(pipeline.load(folder), NOW)
    assert rendered == [template.name]


def test_what_documents_say_is_told_apart():
    figure = Figure(Decimal("1.0"), "汇总!G5", "1.0")
    said = [
        {"甲": "乙"},
        {"甲": "乙", "丙": ""},
        {"甲": ("乙",)},
        {"甲": ["乙", ""]},
        {"甲": 1},
        {"甲": True},
        {"甲": Decimal(1)},
        {"甲": Decimal("1.0")},
        {"甲": figure},
        {"甲": replace(figure, at="汇总!G6")},
        {"甲": replace(figure, value=Decimal("1.00"))},
        {"甲": replace(figure, text="1.00")},
        {"甲": None},
        {"甲": "None"},
        {"s1:甲s1:乙": ""},
    ]
    assert len({told(words) for words in said}) == len(said)
    assert told({"甲": figure}) == told({"甲": replace(figure)})
    assert told({"甲": object()}) is None


def test_any_change_of_what_a_reading_depends_on_has_it_read_anew(demo_made):
    evaluation = pipeline.load(demo_made[0])
    workspace, layout = evaluation.workspace, evaluation.template.layout
    identity = Identity(workspace.evaluation_id, workspace.key)
    receipt = next(iter(returns(evaluation).receipts.values()))

    def found(*, scheme=evaluation.scheme, roster=evaluation.roster, at=layout, of=identity, name=receipt.name) -> bool:
        readings = Readings(workspace.cache, scheme, roster, at, of, read_return)
        readings.find([(receipt.sha256, name)])
        return readings.known(receipt.sha256) is not None

    first, *others = evaluation.roster.projects
    slot = next(iter(layout.slots))
    assert found()
    assert not found(name="另一个名称.xlsx")
    assert not found(scheme=replace(evaluation.scheme, money_unit="元"))
    assert not found(roster=replace(evaluation.roster, projects=(replace(first, name="另一个"), *others)))
    assert not found(at=replace(layout, version="other"))
    assert not found(at=replace(layout, slots={**layout.slots, slot: replace(layout.slots[slot], cell="ZZ9")}))
    assert not found(of=replace(identity, evaluation="PJ"))
    assert not found(of=replace(identity, key=b"other"))


def test_another_program_has_everything_worked_out_anew(demo_made, monkeypatch):
    evaluation = pipeline.load(demo_made[0])
    receipt = next(iter(returns(evaluation).receipts.values()))
    monkeypatch.setattr(readings, "program_state", lambda: "a later version")
    later = pipeline.load(demo_made[0])
    later.readings.find([(receipt.sha256, receipt.name)])
    assert later.known_outcome(receipt.sha256) is None


@pytest.mark.parametrize("cause", list(Cause))
def test_verdicts_on_a_moment_are_not_kept(demo_copy, cause):
    evaluation = pipeline.load(demo_copy)
    evaluation.remember(refusal(cause, "表.xlsx", "0" * 64, "原因"))
    evaluation.readings.save()
    later = pipeline.load(demo_copy)
    later.readings.find([("0" * 64, "表.xlsx")])
    passing = {Cause.TOO_SLOW, Cause.CRASHED, Cause.OUR_FAULT, Cause.ALTERED}
    assert (later.known_outcome("0" * 64) is None) == (cause in passing)


def test_a_board_follows_every_change_that_can_bear_on_it(demo_copy):
    workspace = pipeline.Workspace.open(demo_copy)
    states = [plan_state(workspace, NOW.date())]

    def changed(path: Path, data: bytes) -> None:
        before = path.read_bytes() if path.exists() else None
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
        states.append(plan_state(workspace, NOW.date()))
        path.write_bytes(before) if before is not None else path.unlink()
        assert plan_state(workspace, NOW.date()) == states[0]

    for path in (workspace.scheme, workspace.roster, workspace.opinions, next(workspace.originals.iterdir())):
        changed(path, path.read_bytes() + b"\x00")
    changed(workspace.templates / "采集表模板.xlsx", b"PK")
    changed(demo_copy / "以后才有的评分册" / "一.xlsx", b"PK")
    states.append(plan_state(workspace, NOW.date().replace(year=2025)))
    call("choose", "1", next(iter(_sha256_of(demo_copy, "1"))), "--by", "张三", "--reason", "试", "-w", demo_copy)
    states.append(plan_state(workspace, NOW.date()))
    assert len(set(states)) == len(states)


def _sha256_of(folder: Path, project: str) -> set[str]:
    found = returns(pipeline.load(folder)).receipts
    return {found[project].sha256}


def test_a_board_shows_a_corrected_return_at_once(sample_made, tmp_path):
    folder = Path(shutil.copytree(sample_made("suzhou-anhui-2023"), tmp_path / "副本"))
    before = call("status", "-w", folder)
    evaluation = pipeline.load(folder)
    counting = returns(evaluation)
    project = next(iter(counting.receipts))
    original = (evaluation.workspace.originals / counting.receipts[project].sha256).read_bytes()
    slot = evaluation.template.layout.slots["累计支付金额"]
    changed = patch_cells(original, {(slot.sheet, slot.cell): 0})
    assert read_return(changed, "表.xlsx", evaluation.collecting).accepted
    (folder / "改后.xlsx").write_bytes(changed)
    call("collect", folder / "改后.xlsx", "-w", folder)
    after = call("status", "-w", folder)
    (folder / CACHE_FILE).unlink()
    assert after == call("status", "-w", folder) != before


def test_a_board_that_is_kept_needs_neither_scheme_nor_libraries(demo_made):
    call("status", "-w", demo_made[0])
    folder = str(demo_made[0])
    code = f"""
import sys
from datetime import datetime
from pathlib import Path
from toolkit import checks, pipeline, resources, scoring
from toolkit.cache import user_secret
folder = Path({folder!r})
pipeline.status_of(folder, pipeline.clock(folder, datetime.now().astimezone()))
heavy = ("openpyxl", "pandas", "docx", "docxtpl", "lxml", "xlsxwriter", "toolkit.scheme", "toolkit.pipeline.board")
print([name for name in heavy if name in sys.modules])
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=True, cwd=Path(__file__).parents[2], env=os.environ
    )
    assert json.loads(done.stdout.decode().replace("'", '"')) == []


def test_the_first_board_of_an_evaluation_is_kept_too(sample_made, tmp_path, monkeypatch):
    folder = Path(shutil.copytree(sample_made("suzhou-anhui-2023"), tmp_path / "副本"))
    (folder / "评审意见.xlsx").unlink()
    board = pipeline.status_of(folder, NOW)
    monkeypatch.setattr("toolkit.pipeline.kept_results._results", lambda *_: None)
    assert pipeline.status_of(folder, NOW) == board


def test_a_check_is_not_made_again_until_something_it_rests_on_changes(demo_copy, monkeypatch):
    made = []
    checked = kept_results._checked
    monkeypatch.setattr(kept_results, "_checked", lambda *asked: made.append(checked(*asked)) or made[-1])
    listed = demo_copy / "05-核查结果" / "问题清单.xlsx"
    first = pipeline.check_of(demo_copy, NOW)
    written = listed.read_bytes()
    assert (pipeline.check_of(demo_copy, NOW), len(made)) == (first, 1)
    listed.unlink()
    assert (pipeline.check_of(demo_copy, NOW), listed.read_bytes(), len(made)) == (first, written, 2)
    assert (pipeline.check_of(demo_copy, NOW.replace(year=2025)).findings, len(made)) == (first.findings, 3)


def test_a_change_of_one_return_has_that_project_alone_checked_and_scored_again(demo_copy, monkeypatch):
    def made() -> tuple[Results, list[str]]:
        done: list[str] = []
        evaluation = pipeline.load(demo_copy)

        def checked(case, check=checks.check_submission):
            done.append(case.project.id)
            return check(case)

        def scored(scheme, project, *others, score=scoring.score_project):
            done.append(project.id)
            return score(scheme, project, *others)

        monkeypatch.setattr(checking, "check_submission", checked)
        monkeypatch.setattr(scoring_step, "score_project", scored)
        return results(evaluation, NOW.date()), done

    first = made()[0]
    again, done = made()
    assert (again.examined.findings, again.examined.reports, again.sheets, done) == (
        first.examined.findings, first.examined.reports, first.sheets, [],
    )  # fmt: skip
    evaluation, counting = pipeline.load(demo_copy), first.examined.returns
    project = next(iter(counting.receipts))
    slot = evaluation.template.layout.slots["累计支付金额"]
    original = (evaluation.workspace.originals / counting.receipts[project].sha256).read_bytes()
    (demo_copy / "改后.xlsx").write_bytes(patch_cells(original, {(slot.sheet, slot.cell): 0}))
    call("collect", demo_copy / "改后.xlsx", "-w", demo_copy)
    changed, done = made()
    assert (set(done), changed.sheets == first.sheets) == ({project}, False)


def test_a_changed_return_changes_its_own_report_and_those_on_the_whole_as_if_all_were_made_anew(demo_copy):
    evaluation = pipeline.load(demo_copy)
    counting = returns(evaluation)
    project = min(counting.receipts)
    slot = evaluation.template.layout.slots["累计支付金额"]
    original = (evaluation.workspace.originals / counting.receipts[project].sha256).read_bytes()
    amount = counting.counting[project].value(slot.key)
    assert isinstance(amount, Decimal)
    pipeline.run(evaluation, NOW)
    before, findings = files_of(demo_copy / "07-评价报告"), len(results(evaluation, NOW.date()).examined.findings)
    (demo_copy / "改后.xlsx").write_bytes(patch_cells(original, {(slot.sheet, slot.cell): amount - Decimal("0.01")}))
    call("collect", demo_copy / "改后.xlsx", "-w", demo_copy)
    evaluation = pipeline.load(demo_copy)
    pipeline.run(evaluation, NOW)
    assert len(results(evaluation, NOW.date()).examined.findings) > findings, "rows of the sheets have moved"
    after = files_of(demo_copy / "07-评价报告")
    changed = {name for name in after if after[name] != before.get(name) and name.endswith(".docx")}
    assert [name[:3] for name in changed if name[:3].isdigit()] == [f"{int(project):03d}"]
    assert 1 < len(changed) <= 4
    (demo_copy / CACHE_FILE).unlink()
    pipeline.run(pipeline.load(demo_copy), NOW)
    assert files_of(demo_copy / "07-评价报告") == after


def test_a_check_that_broke_is_run_again(demo_copy, monkeypatch):
    def broken(_: object) -> None:
        raise ZeroDivisionError

    def broke() -> int:
        found = results(pipeline.load(demo_copy), NOW.date()).examined.findings
        return sum(finding.code == "BROKE-00" for finding in found)

    monkeypatch.setattr(checking, "entry_key", lambda *_: "nothing of this is known yet")
    with monkeypatch.context() as patched:
        check = replace(checks.runner.CHECKS[0], look=broken, needs=())
        patched.setattr(checks.runner.check_submission, "__defaults__", ((check,),))
        assert broke() > 0
    assert broke() == 0


def test_a_verdict_follows_every_change_of_what_was_written(demo_copy, monkeypatch):
    workspace, made = pipeline.Workspace.open(demo_copy), []
    verdict = Verified((), "评价")

    def verified(*_: object) -> Verified:
        made.append(verdict)
        return verdict

    def times() -> int:
        pipeline.verify_of(demo_copy, NOW)
        pipeline.verify_of(demo_copy, NOW)
        return len(made)

    monkeypatch.setattr(kept_results, "_verified", verified)
    assert times() == 1
    report = next(workspace.reports.glob("*.docx"))
    for number, path in enumerate((report, workspace.master, next(workspace.originals.iterdir())), 2):
        path.write_bytes(path.read_bytes() + b"\x00")
        assert times() == number
    with closing(sqlite3.connect(demo_copy / "台账.sqlite3")) as ledger, ledger:
        ledger.execute("UPDATE head SET seal = 'forged'")
    assert times() == 5


@pytest.mark.parametrize("code", ["VERIFY-21", "VERIFY-31"])
def test_a_verdict_on_a_moment_is_not_kept(demo_copy, monkeypatch, code):
    finding = Finding(code, Severity.NOTE, CellRef("表.xlsx"), "没有复算", "")
    made = []
    monkeypatch.setattr(kept_results, "_verified", lambda *_: made.append(1) or Verified((finding,), "评价"))
    assert pipeline.verify_of(demo_copy, NOW) == pipeline.verify_of(demo_copy, NOW)
    assert len(made) == 2


def test_nothing_is_believed_that_another_user_or_computer_kept(demo_copy, monkeypatch):
    workspace = pipeline.Workspace.open(demo_copy)
    workspace.cache.put({"key": b"verdict"})
    assert workspace.cache.get("key") == b"verdict"
    monkeypatch.setattr("toolkit.pipeline.plan.workspace.user_secret", lambda: b"another")
    assert workspace.cache.get("key") is None


def test_a_secret_is_made_once_and_is_this_user_s_alone(tmp_path, monkeypatch):
    def secret() -> bytes:
        user_secret.cache_clear()
        return user_secret()

    before = os.environ.get("XDG_STATE_HOME", "")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    made = secret()
    (file,) = (tmp_path / "jixiao").iterdir()
    assert (len(made), secret()) == (32, made)
    assert os.name != "posix" or file.stat().st_mode & 0o777 == 0o600
    file.write_bytes(b"cut")
    assert secret() != made
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))
    assert secret() != secret(), "where none can be kept, each process has its own"
    monkeypatch.setenv("XDG_STATE_HOME", before)
    user_secret.cache_clear()


def test_a_plan_is_read_anew_after_any_change_of_it_and_never_kept_with_mistakes(demo_copy, monkeypatch):
    read = []
    examine = evaluation.examine_plan
    monkeypatch.setattr(evaluation, "examine_plan", lambda *paths: read.append(paths) or examine(*paths))

    def loaded():
        read.clear()
        return pipeline.load(demo_copy), len(read)

    first, _ = loaded()
    again, times = loaded()
    assert times == 0
    assert (again.scheme, again.roster, again.findings) == (first.scheme, first.roster, first.findings)
    assert again.opinion_reading == first.opinion_reading == loaded()[0].opinion_reading

    at = first.roster.projects[0].origin
    name = at.cell.replace(at.cell[0], "D")
    change(demo_copy / "项目清单.xlsx", at.sheet, name, "改过的名称")
    changed, times = loaded()
    assert (times, changed.roster.projects[0].name) == (1, "改过的名称")
    laws = demo_copy / "政策库.csv"
    laws.write_bytes(resources.law_table_path().read_bytes() + b"\n")
    monkeypatch.setattr(kept_plan, "law_table_path", lambda: laws)
    assert loaded()[1] == 1
    change(demo_copy / "项目清单.xlsx", at.sheet, at.cell, "二")
    for _ in range(2):
        with pytest.raises(SchemeError, match="项目清单"):
            pipeline.load(demo_copy)


def change(path: Path, sheet: str, cell: str, text: str) -> None:
    path.write_bytes(patch_cells(path.read_bytes(), {(sheet, cell): text}))
