"""Originals and ledger on our own disk: whatever is altered there is found, named, and stops nothing else."""

import os
import shutil
import sqlite3
import stat
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from toolkit import pipeline
from toolkit.errors import LedgerError
from toolkit.handover import parse_log
from toolkit.ledger import Anchor, Event, Ledger
from toolkit.ledger.chain import link_hash
from toolkit.ledger.kinds import FileReceived, Initialised
from toolkit.pipeline.plan.ledger_ends import ANCHOR_FILE, RECEIPTS
from toolkit.pipeline.plan.logs import FOLDER, OWN
from toolkit.pipeline.plan.workspace import IDENTITY_FILE

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
    own_log = workspace / FOLDER / OWN
    for path in (*workspace.glob("台账.sqlite3*"), workspace / ANCHOR_FILE, own_log, workspace / RECEIPTS):
        path.unlink()
    assert problems(workspace) == []
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


def test_what_a_killed_program_did_not_keep_of_its_ledger_the_next_one_keeps(workspace: Path) -> None:
    """Killed between an event and the files beside the ledger that tell how far it reached."""
    space = pipeline.Workspace.open(workspace)
    with Ledger.open(space.ledger_place, space.key) as ledger:
        ledger.record(Initialised(), at=NOW, once="the last of a killed program")
        end = ledger.anchor()
    assert space.anchor != end
    pipeline.load(workspace)
    assert space.anchor == end
    assert end.hash in (workspace / FOLDER / OWN).read_text(encoding="utf-8").splitlines()[-1]


def alter(folder: Path, *statements: str) -> None:
    """What somebody with a database program does."""
    with sqlite3.connect(folder / "台账.sqlite3") as connection:
        for trigger in ("event_no_update", "event_no_delete"):
            connection.execute(f"DROP TRIGGER IF EXISTS {trigger}")
        for statement in statements:
            connection.execute(statement)


def cut(count: int, *gone: str, sealed: bool = False) -> Callable[[Path], None]:
    """Cut the last events off, with the key seal what is left, and take files away that know better."""

    def attack(folder: Path) -> None:
        space = pipeline.Workspace.open(folder)
        with space.ledger() as ledger:
            shorter = ledger.events()[-1 - count]
        alter(folder, f"DELETE FROM event WHERE seq > {shorter.seq}")  # noqa: S608
        if sealed:
            end = Anchor(shorter.seq, shorter.hash)
            with space.ledger() as ledger, ledger.batch():
                ledger._database.append((), end, ledger._seal(end))
        remove(*gone)(folder)

    return attack


def remove(*names: str) -> Callable[[Path], None]:
    def attack(folder: Path) -> None:
        for name in names:
            for path in folder.glob(name):
                path.unlink()

    return attack


def altered(*statements: str) -> Callable[[Path], None]:
    return lambda folder: alter(folder, *statements)


SWAP = (
    "UPDATE event SET seq = -1 WHERE seq = 3",
    "UPDATE event SET seq = 3 WHERE seq = 4",
    "UPDATE event SET seq = 4 WHERE seq = -1",
)
LEDGER, LOG = "台账.sqlite3*", f"{FOLDER}/{OWN}"
ATTACKS = {
    **{f"the last {count} events cut": (cut(count), "台账末尾缺少事件") for count in (1, 2, 7)},
    **{f"the last {count} cut and sealed": (cut(count, sealed=True), "截去末尾") for count in (1, 2, 7)},
    "cut, sealed, without anchor": (cut(2, ANCHOR_FILE, sealed=True), "本机日志（.jixiao/日志/本机.jsonl）中还有"),
    "cut, sealed, without anchor and log": (cut(2, ANCHOR_FILE, LOG, sealed=True), "与台账回执不符"),
    "the anchor taken away": (remove(ANCHOR_FILE), "不见了"),
    "the ledger deleted": (remove(LEDGER), "可能被删除重建"),
    "ledger and anchor deleted": (remove(LEDGER, ANCHOR_FILE), "台账缺少第 1 条起"),
    "ledger, anchor and log deleted": (remove(LEDGER, ANCHOR_FILE, LOG), "与台账回执不符"),
    "two events swapped": (altered(*SWAP), "第 3 条事件不在原来的位置"),
    "a decision altered": (
        altered("UPDATE event SET subject = subject || 'x' WHERE seq = 2"),
        "第 2 条事件的内容被改动过",
    ),
    "details altered": (altered("UPDATE event SET detail = '{}' WHERE seq = 2"), "第 2 条事件的内容被改动过"),
    "an event taken out": (altered("DELETE FROM event WHERE seq = 3"), "第 4 条事件之前有事件被删除"),
    "a hash altered": (altered("UPDATE event SET hash = replace(hash, '0', '1') WHERE seq = 3"), "第 3 条"),
    "the note of the end altered": (altered("UPDATE head SET seq = seq - 1"), "台账末尾"),
    "the note of the end gone": (altered("DELETE FROM head"), "台账末尾"),
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_whatever_is_done_to_the_ledger_is_named(workspace: Path, attack: str) -> None:
    act, words = ATTACKS[attack]
    act(workspace)
    found = problems(workspace)
    assert any(words in message for message in found), found


def test_a_line_altered_in_the_own_log_is_named(workspace: Path) -> None:
    log = workspace / FOLDER / OWN
    log.write_bytes(log.read_bytes().replace(b"read", b"Read", 1))
    assert ["本机日志" in words for words in problems(workspace)] == [True]


def test_a_log_that_was_not_written_to_its_end_is_no_crime(workspace: Path) -> None:
    log = workspace / FOLDER / OWN
    log.write_bytes(log.read_bytes()[:-40])
    assert problems(workspace) == []


def test_half_written_files_are_swept_away_however_deep(workspace: Path) -> None:
    left = workspace / ".jixiao" / "已生成" / "x" / f".{'c' * 16}.tmp"
    left.parent.mkdir(parents=True)
    left.write_bytes(b"half")
    os.utime(left, (1, 1))
    pipeline.load(workspace)
    assert not left.exists()


def test_a_key_that_everybody_could_read_is_hidden_again(workspace: Path) -> None:
    (workspace / IDENTITY_FILE).chmod(0o644)
    pipeline.Workspace.open(workspace)
    assert stat.S_IMODE((workspace / IDENTITY_FILE).stat().st_mode) == 0o600


def test_an_event_nobody_wrote_is_named_where_the_key_made_its_hash_fit(workspace: Path) -> None:
    """Commands that read it stop with its place; the verification names it beside everything else."""
    space = pipeline.Workspace.open(workspace)
    with space.ledger() as ledger:
        (last,) = ledger.own_events(after=ledger.anchor().seq - 1)
    columns = (last.at, "chosen", "1", "", "ab", '{"文件名":"a","指定人":"张三","理由":"","批准":"是"}', "forged")
    digest = link_hash(last.hash, columns, space.key)
    end = Anchor(last.seq + 1, digest)
    with space.ledger() as ledger, ledger.batch():
        ledger._database.append((Event(end.seq, *columns, last.hash, digest),), end, ledger._seal(end))
    assert any("多出不认识的“批准”" in words for words in problems(workspace))
    with pytest.raises(LedgerError, match="多出不认识的“批准”") as raised:
        pipeline.status(pipeline.load(workspace), NOW)
    assert f"第 {end.seq} 条" in raised.value.where


def test_text_of_a_unit_with_its_own_line_ends_stays_one_event(workspace: Path) -> None:
    name = "采集\u2028表\x85.xlsx"
    space = pipeline.Workspace.open(workspace)
    with space.ledger() as ledger:
        ledger.record(FileReceived(file=name, size=1, folder=""), at=NOW, once="x", subject="0" * 64)
    assert not any("本机日志" in words for words in problems(workspace))
    log = (workspace / FOLDER / OWN).read_bytes()
    assert parse_log("x", log).findings == ()
