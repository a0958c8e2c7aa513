"""Originals and ledger on our own disk: whatever is altered there is found, named, and stops nothing else."""

import os
import shutil
import sqlite3
import stat
from datetime import datetime
from pathlib import Path

import pytest

from toolkit import pipeline
from toolkit.ledger import Anchor
from toolkit.pipeline.plan.workspace import ANCHOR_FILE, IDENTITY_FILE, RECEIPTS

NOW = datetime(2026, 1, 5).astimezone()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("originals") / "宿州"
    pipeline.initialise(folder, "suzhou-anhui-2023", NOW)
    pipeline.collect(pipeline.load(folder), (), NOW)
    return folder


@pytest.fixture
def workspace(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "副本"))


def problems(folder: Path, printed: Anchor | None = None) -> list[str]:
    return [one.message for one in pipeline.verify_ledger(pipeline.Workspace.open(folder), printed).problems]


def test_nothing_is_wrong_with_what_was_left_alone(workspace: Path) -> None:
    assert problems(workspace) == []


def test_an_altered_original_is_named_and_not_used(workspace: Path) -> None:
    before = {row.project: row.returned for row in pipeline.status(pipeline.load(workspace), NOW).rows}
    original = min((workspace / "04-原件").iterdir())
    data = bytearray(original.read_bytes())
    data[len(data) // 2] ^= 1
    original.write_bytes(bytes(data))
    (words,) = problems(workspace)
    assert "被改动过" in words
    assert original.name[:12] in words
    assert ".xlsx" in words
    checked = pipeline.check(pipeline.load(workspace), NOW)
    assert any("存档的原件" in found.message for found in checked.findings)
    after = {row.project: row.returned for row in pipeline.status(pipeline.load(workspace), NOW).rows}
    assert sum(before[project] != after[project] for project in before) == 1


def test_a_missing_original_is_named(workspace: Path) -> None:
    min((workspace / "04-原件").iterdir()).unlink()
    (words,) = problems(workspace)
    assert "不见了" in words
    pipeline.status(pipeline.load(workspace), NOW)


def test_a_deleted_ledger_is_found_also_after_work_has_gone_on(workspace: Path) -> None:
    for path in workspace.glob("台账.sqlite3*"):
        path.unlink()
    assert any("与留存的凭据不符" in words for words in problems(workspace))
    pipeline.collect(pipeline.load(workspace), (), NOW)
    assert any("与留存的凭据不符" in words for words in problems(workspace))


def test_an_older_copy_of_the_ledger_is_found(workspace: Path) -> None:
    shutil.copy(workspace / "台账.sqlite3", workspace / "旧副本")
    pipeline.generate(pipeline.load(workspace), NOW)
    assert problems(workspace) == []
    for path in workspace.glob("台账.sqlite3-*"):
        path.unlink()
    shutil.move(workspace / "旧副本", workspace / "台账.sqlite3")
    assert any("旧的副本" in words for words in problems(workspace))


def test_a_tail_cut_off_with_its_seal_is_found(workspace: Path) -> None:
    """Somebody who has the key can seal a shorter chain again; the anchor beside it still knows more."""
    space = pipeline.Workspace.open(workspace)
    with space.ledger() as ledger:
        shorter = ledger.events()[-4]
    with sqlite3.connect(workspace / "台账.sqlite3") as connection:
        connection.execute("DROP TRIGGER event_no_delete")
        connection.execute("DELETE FROM event WHERE seq > ?", (shorter.seq,))
    end = Anchor(shorter.seq, shorter.hash)
    with space.ledger() as ledger, ledger.batch():
        ledger._database.append((), end, ledger._seal(end))
    assert any("截去末尾" in words for words in problems(workspace))


def test_a_printed_receipt_proves_what_the_folder_alone_cannot(workspace: Path) -> None:
    """Ledger and anchor both put back: only what left the folder shows it."""
    line = (workspace / RECEIPTS).read_text(encoding="utf-8").strip().splitlines()[-1]
    digest = line.rpartition(" ")[2]
    with pipeline.Workspace.open(workspace).ledger() as ledger:
        printed = ledger.anchor()
    assert printed.hash == digest
    assert "收件" in line
    assert problems(workspace, printed) == []
    for path in (*workspace.glob("台账.sqlite3*"), workspace / ANCHOR_FILE):
        path.unlink()
    assert not any("凭据不符" in words for words in problems(workspace))
    assert any("凭据不符" in words for words in problems(workspace, printed))


def test_the_key_is_for_this_user_only(workspace: Path) -> None:
    made = pipeline.Workspace.create(workspace / "新", NOW)
    assert stat.S_IMODE((made.root / IDENTITY_FILE).stat().st_mode) == 0o600


def test_what_a_killed_program_left_half_written_is_swept_away(workspace: Path) -> None:
    left, at_work = workspace / "06-汇总总表" / f".{'a' * 16}.tmp", workspace / f".{'b' * 16}.tmp"
    for path in (left, at_work):
        path.write_bytes(b"half")
    os.utime(left, (1, 1))
    pipeline.load(workspace)
    assert not left.exists()
    assert at_work.exists()
