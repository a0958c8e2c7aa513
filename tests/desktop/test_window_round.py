"""The whole round of a sample through the window only, a person's clicks and drops over a real engine.

In the suite the refusals only, on 江苏 2022; ``make window`` plays 南通 2024 (39 projects, 38 files) in a real window.
"""

import os
import random
import re
import shutil
import statistics
import sys
import time
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("PySide6", reason="没有安装 PySide6（pip install .[desktop]）")
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QPushButton
from pytestqt.qtbot import QtBot

from tests.pipeline.conftest import call, call_apart
from toolkit.desktop.client import EngineClient, engine_command
from toolkit.desktop.pages.new_evaluation import NewEvaluation
from toolkit.desktop.widgets import page as page_widgets
from toolkit.desktop.widgets.page import Page
from toolkit.desktop.window import MainWindow
from toolkit.excel.read import read_workbook
from toolkit.excel.sheet_patch import patch_cells
from toolkit.model.identity import CORRECTION_SHEET

IS_FULL = bool(os.environ.get("JIXIAO_FULL"))
SAMPLE, PROJECTS = ("nantong-2024", 39) if IS_FULL else ("jiangsu-2022", 1)
MOMENTS, SEED = 10, 2024
STOPPED_WITHIN = 0.3
"""Units: seconds; the middle of ten stops, so that a machine busy with other things does not decide."""
PATIENCE = 240_000
OF_ITS_RUN = re.compile(rb"\d{4}-\d\d-\d\d \d\d:\d\d|\b[0-9a-f]{64}\b")
FULL_DISK = (
    "import errno, os, toolkit.operations.engine as engine\n"
    "def full(_old, new, **_kw): raise OSError(errno.ENOSPC, 'No space left on device', str(new))\n"
    "os.replace = full\n"
    "engine.main()"
)


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[MainWindow]:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "设置"))
    made = MainWindow(EngineClient())
    qtbot.addWidget(made)
    made.show()
    yield made
    made.close()


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An evaluation with its forms sent and its returns read, by the command line."""
    folder = tmp_path_factory.mktemp("round") / "评价"
    call("init", folder, "--sample", SAMPLE)
    for command in ("generate", "send", "collect"):
        call(command, "-w", folder)
    return folder


@pytest.fixture
def ready(played: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(played, tmp_path / "评价"))


def rest(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: window.at_rest, timeout=PATIENCE)


def page(qtbot: QtBot, window: MainWindow, name: str) -> Page:
    window.turn_to(name)
    rest(qtbot, window)
    return window.page(name)


def press(qtbot: QtBot, window: MainWindow, shown: Page, words: str) -> None:
    buttons = [made for made in shown.findChildren(QPushButton) if made.accessibleName() == words]
    qtbot.mouseClick(buttons[0], Qt.MouseButton.LeftButton)
    rest(qtbot, window)
    assert not shown._trouble.isVisible(), shown._trouble.text()


def drop(qtbot: QtBot, window: MainWindow, *paths: Path) -> list[dict]:
    """Let files fall on the drop zone; what the table says of each."""
    intake = page(qtbot, window, "收件")
    carried = QMimeData()
    carried.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    no_button, no_key = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    action = Qt.DropAction.CopyAction
    QApplication.sendEvent(intake.zone, QDragEnterEvent(QPoint(9, 9), action, carried, no_button, no_key))
    QApplication.sendEvent(intake.zone, QDropEvent(QPointF(9, 9), action, carried, no_button, no_key))
    rest(qtbot, window)
    return list(intake.files.rows.rows)


def new_evaluation(qtbot: QtBot, window: MainWindow, folder: Path) -> None:
    """The wizard, filled in while it is open."""

    def fill() -> None:
        wizard = QApplication.activeModalWidget()
        assert isinstance(wizard, NewEvaluation)
        wizard.source.setCurrentIndex(wizard.source.findData(SAMPLE))
        wizard.place.setText(str(folder))
        qtbot.mouseClick(wizard.buttons.button(QDialogButtonBox.StandardButton.Ok), Qt.MouseButton.LeftButton)

    QTimer.singleShot(200, fill)
    start = page(qtbot, window, "开始")
    press(qtbot, window, start, "新建评价…")


def corrected(sent_back: Path, into: Path) -> list[Path]:
    """What the units send back: the correction workbooks with an explanation for every line that was asked."""
    into.mkdir()
    made = []
    for workbook in sorted(sent_back.rglob("*.xlsx")):
        data = workbook.read_bytes()
        sheet = read_workbook(data).sheet(CORRECTION_SHEET)
        if sheet is None:
            continue
        rows = [row for (row, column), cell in sheet.cells.items() if column == 9 and "-" in str(cell.value or "")]
        file = into / f"改好_{workbook.name}"
        file.write_bytes(patch_cells(data, {(CORRECTION_SHEET, f"H{row}"): "已与合同核对，属实" for row in rows}))
        made.append(file)
    return made


def facts(folder: Path) -> dict[str, object]:
    """What two workspaces are compared by: findings, scores, files by name, what the ledger holds."""
    from toolkit.pipeline.plan.workspace import Workspace

    with Workspace.open(folder).ledger() as ledger:
        events = [(event.label, event.project, event.unit) for event in ledger.events()]
    return gist(folder) | {"events": sorted(events)}


def gist(folder: Path) -> dict[str, object]:
    """The same without the ledger, in which a run that was stopped stands too."""
    return {
        "findings": call("check", "-w", folder, code=None)["findings"],
        "scores": call("score", "-w", folder)["projects"],
        "files": sorted(contents(folder)),
        "originals": sorted(path.name for path in (folder / "04-原件").rglob("*") if path.is_file()),
    }


def contents(folder: Path) -> dict[str, object]:
    """Every file a person sees, by its name, the ledger left out; of workbooks and documents their parts."""
    files = {str(path.relative_to(folder)): path for path in sorted(folder.rglob("*")) if path.is_file()}
    hidden = (".jixiao", "04-原件", "03-收件箱", "台账")
    return {name: parts_of(path) for name, path in files.items() if not name.startswith(hidden)}


def parts_of(file: Path) -> object:
    """What a file holds, without the minute it was written in and without digests, of which that is a part."""
    if not zipfile.is_zipfile(file):
        return file.read_bytes()
    with zipfile.ZipFile(file) as package:
        names = [name for name in package.namelist() if name != "docProps/core.xml"]
        return {name: zlib.crc32(OF_ITS_RUN.sub(b"", package.read(name))) for name in names}


@pytest.mark.skipif(not IS_FULL, reason="a whole round beside the command line takes minutes: make window")
def test_the_whole_round_gives_what_the_command_line_gives(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, other, desk = tmp_path / "窗口", tmp_path / "命令行", tmp_path / "桌面"
    new_evaluation(qtbot, window, folder)
    assert window.session.board["counts"]["projects"] == PROJECTS
    shutil.move(folder / "03-收件箱", desk)
    (folder / "03-收件箱").mkdir()
    shutil.copytree(folder, other, ignore=shutil.ignore_patterns("窗口.lock"))

    dispatch = page(qtbot, window, "下发")
    press(qtbot, window, dispatch, "生成采集表")
    press(qtbot, window, dispatch, "生成并打包下发")
    returned = sorted(desk.iterdir())
    rows = drop(qtbot, window, *returned)
    assert len(rows) == len(returned)

    check = page(qtbot, window, "核查")
    press(qtbot, window, check, "重新核查")
    waived = decide(qtbot, window, check)
    correction = page(qtbot, window, "整改")
    press(qtbot, window, correction, "生成整改表")
    back = corrected(folder / "08-退回整改", tmp_path / "更正")
    assert back
    assert {row["state"] for row in drop(qtbot, window, *back)} == {"accepted"}
    assert page(qtbot, window, "评审").table.rows.count > 0
    opened = deliver_all(qtbot, window, monkeypatch)
    assert Path(opened[0]).suffix in (".xlsx", ".docx")

    for command in ("generate", "send"):
        call(command, "-w", other)
    call("collect", *returned, "-w", other)
    call("check", "-w", other, code=None)
    call("resolve", waived["project"], waived["code"], "--waive", "--by", "张三", "--reason", "已与合同核对", "--cell",
         f"{waived['sheet']}!{waived['cell']}", "-w", other)  # fmt: skip
    call("check", "-w", other, code=None)
    call("correct", "-w", other)
    call("collect", *back, "-w", other)
    call("run", "-w", other)
    assert facts(folder) == facts(other)
    assert contents(folder) == contents(other)


def decide(qtbot: QtBot, window: MainWindow, check: Page) -> dict:
    """Waive the first finding that has a cell, take it back, waive it again, put it into the ledger."""
    rows = [check.table.rows.row(at) for at in range(check.table.rows.count)]
    place = next(at for at, row in enumerate(rows) if row["label"] == "请核实" and row["project"] and row["cell"])
    found = dict(rows[place])
    check.table.view.selectRow(place)
    rest(qtbot, window)
    assert check.preview.model.rowCount() > 0
    check.decision.action_box.setCurrentText("豁免")
    check.decision.by.setText("张三")
    check.decision.reason.setText("已与合同核对")
    for words in ("处理选中", "撤销", "处理选中"):
        press(qtbot, window, check, words)
    assert (
        check.table.rows.row(check.table.rows.place_of(check.table.rows.identity(found)))["decided"] == "豁免（张三）"
    )
    press(qtbot, window, check, "记入台账")
    assert (check.decision.by.text(), check.decision.reason.text()) == ("张三", ""), "the next row has its own reason"
    press(qtbot, window, check, "重新核查")
    return found


def deliver_all(qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    opened: list[str] = []
    monkeypatch.setattr(page_widgets, "open_file", lambda path: opened.append(path) or "")
    last = page(qtbot, window, "汇总并出报告")
    press(qtbot, window, last, "汇总并出报告")
    assert "完成" in last.result.text()
    for number in range(last.files.rows.count):
        last.files.view.activated.emit(last.files.model.index(number, 0))
    assert len(opened) == last.files.rows.count >= 2
    assert all(Path(file).stat().st_size for file in opened)
    return opened


@pytest.mark.skipif(not IS_FULL, reason="ten moments of 39 projects: make window")
def test_stopped_at_any_moment_it_goes_on_to_the_same_end(
    qtbot: QtBot, window: MainWindow, ready: Path, tmp_path: Path
) -> None:
    """Ten stops at random moments of a run, each gone on from; the end is what the command line makes in one go."""
    untouched = Path(shutil.copytree(ready, tmp_path / "不停"))
    started = time.monotonic()
    call_apart("run", "-w", untouched)
    length = time.monotonic() - started
    window.page("开始").open(str(ready))
    last = page(qtbot, window, "汇总并出报告")
    chance = random.Random(SEED)  # noqa: S311  moments, no secrets
    stops: list[tuple[float, str]] = []
    while len(stops) < MOMENTS:
        started = time.monotonic()
        qtbot.mouseClick(last.button, Qt.MouseButton.LeftButton)
        moment = started + chance.uniform(0, length)
        qtbot.waitUntil(lambda: window.session.running is None or time.monotonic() > moment, timeout=PATIENCE)  # noqa: B023
        if window.session.running is None:
            length = time.monotonic() - started  # what has been read is remembered: a run gets shorter
        else:
            stops.append(stopped(qtbot, window))
        rest(qtbot, window)
        assert call("ledger", "verify", "-w", ready)["problems"] == []
    assert statistics.median(taken for taken, _ in stops) < STOPPED_WITHIN, stops
    press(qtbot, window, last, "汇总并出报告")
    assert gist(ready) == gist(untouched), stops
    assert contents(ready) == contents(untouched), stops


def stopped(qtbot: QtBot, window: MainWindow) -> tuple[float, str]:
    """Press 停止: seconds until nothing runs, and what was under way."""
    assert window.session.running
    words = window.session.running.words
    pressed = time.monotonic()
    qtbot.mouseClick(window._stop, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.session.running is None, timeout=20_000)
    return time.monotonic() - pressed, words


def test_a_hostile_file_is_refused_with_a_reason_and_stops_nothing(
    qtbot: QtBot, window: MainWindow, ready: Path, tmp_path: Path
) -> None:
    window.page("开始").open(str(ready))
    bomb = tmp_path / "=cmd|报送.xlsx"
    bomb.write_bytes(b"PK\x03\x04" + b"\0" * 4000)
    empty = tmp_path / "空.xlsx"
    empty.touch()
    rows = drop(qtbot, window, bomb, empty)
    assert {row["state"] for row in rows} == {"refused"}
    assert all(row["reason"] for row in rows)
    assert window._client.idle


def test_a_locked_evaluation_can_be_seen_but_not_changed(qtbot: QtBot, window: MainWindow, ready: Path) -> None:
    window.page("开始").open(str(ready))
    rest(qtbot, window)
    other = MainWindow(EngineClient())
    qtbot.addWidget(other)
    other.show()
    other.page("开始").open(str(ready))
    rest(qtbot, other)
    shown = page(qtbot, other, "核查")
    assert shown.table.rows.count
    button = next(made for made in shown.findChildren(QPushButton) if made.accessibleName() == "重新核查")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert "已在另一个窗口中打开" in shown._trouble.text()
    assert other.session.running is None
    other.close()


def test_a_full_disk_is_said_with_what_to_do(
    qtbot: QtBot, tmp_path: Path, ready: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "设置"))
    assert engine_command()[0] == sys.executable
    made = MainWindow(EngineClient(command=[sys.executable, "-X", "utf8", "-c", FULL_DISK]))
    qtbot.addWidget(made)
    made.page("开始").open(str(ready))
    shown = page(qtbot, made, "汇总并出报告")
    qtbot.mouseClick(shown.button, Qt.MouseButton.LeftButton)
    rest(qtbot, made)
    assert "磁盘空间不足" in shown._trouble.text()
    assert "腾出空间" in shown._trouble.text()
    made.close()
