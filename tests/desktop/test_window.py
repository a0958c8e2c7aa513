"""The real window off-screen over a real engine, on a small evaluation."""

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

pytest.importorskip("PySide6", reason="没有安装 PySide6（pip install .[desktop]）")
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from toolkit import pipeline
from toolkit.desktop.appearance import dress
from toolkit.desktop.client import EngineClient, engine_command
from toolkit.desktop.state.forms import fields_of, offered_on
from toolkit.desktop.state.linking import Link, evaluation_in
from toolkit.desktop.state.steps import NAMES, SECTIONS
from toolkit.desktop.window import MainWindow


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("window") / "南昌"
    pipeline.initialise(folder, "nanchang-2022", datetime(2026, 1, 5).astimezone())
    return folder


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[MainWindow]:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    made = MainWindow(EngineClient())
    qtbot.addWidget(made)
    made.show()
    yield made
    made.close()


def rest(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: window.at_rest, timeout=60_000)


def test_a_round_on_a_small_evaluation(qtbot: QtBot, window: MainWindow, workspace: Path) -> None:
    window.page("开始").open(str(workspace))
    rest(qtbot, window)
    assert window.session.board["counts"]["projects"] == 1
    window.turn_to("汇总并出报告")
    deliver = window.page("汇总并出报告")
    qtbot.mouseClick(deliver.button, Qt.MouseButton.LeftButton)
    rest(qtbot, window)
    assert deliver.files.rows.count == 2, window.session.history  # the master, and the one report of a single project
    assert "完成" in deliver.result.text()
    for name in (*NAMES, *SECTIONS):
        window.turn_to(name)
        rest(qtbot, window)
        shown = window.shown
        assert shown
        assert not [one.text() for one in shown.findChildren(QLabel, "error") if one.isVisible()
                    and "有须更正" not in one.text()], name  # fmt: skip
    window.turn_to("工作组")
    rest(qtbot, window)
    window.page("工作组").tabs.setCurrentIndex(1)
    rest(qtbot, window)
    assert {row["state"] for row in window.page("工作组").states.rows.rows} == {"未评"}
    scores = window.page("评分")
    assert scores.projects.rows.row(0)["total"] == "93.50"
    scores.projects.view.selectRow(0)
    assert len(scores.lines.rows.rows) == 39


def test_a_second_window_is_told_who_has_the_evaluation(qtbot: QtBot, window: MainWindow, workspace: Path) -> None:
    window.page("开始").open(str(workspace))
    rest(qtbot, window)
    other = MainWindow(EngineClient())
    qtbot.addWidget(other)
    other.page("开始").open(str(workspace))
    assert "已在另一个窗口中打开" in other.page("开始")._trouble.text()
    other.close()


def test_a_link_of_the_master_opens_the_project_also_in_a_window_that_has_it_open(
    qtbot: QtBot, window: MainWindow, workspace: Path
) -> None:
    window.page("开始").open(str(workspace))
    rest(qtbot, window)
    link = Link(evaluation_in(str(workspace)), "1")
    other = MainWindow(EngineClient())
    qtbot.addWidget(other)
    assert not other.follow(link)
    other.close()
    window.watch.changed.emit()
    rest(qtbot, window)
    assert window.shown is window.page("核查")
    assert window.page("核查").table.rows.chosen == {"project": "1"}
    assert window.follow(Link("PJ-不认识", "1"))
    assert "还没有打开过" in window.page("开始")._trouble.text()


def test_an_operation_is_filled_in_carried_out_and_told(qtbot: QtBot, window: MainWindow, workspace: Path) -> None:
    window.page("开始").open(str(workspace))
    archive = window.page("归档")
    window.turn_to("归档")
    rest(qtbot, window)
    panel = archive.open_operation("archive make")
    qtbot.mouseClick(panel.start, Qt.MouseButton.LeftButton)
    assert panel.result.trouble.text() == "请填写“归档包写到哪里”。"
    panel.fields["file"].put("../年度归档.zip")
    qtbot.mouseClick(panel.start, Qt.MouseButton.LeftButton)
    rest(qtbot, window)
    file = workspace.parent / "年度归档.zip"
    assert file.is_file()
    assert any("归档件数" in line for line in panel.result.words.text().splitlines()), panel.result.trouble.text()
    panel = archive.open_operation("archive verify")
    panel.fields["file"].put(str(file))
    qtbot.mouseClick(panel.start, Qt.MouseButton.LeftButton)
    rest(qtbot, window)
    assert panel.result.words.text().startswith("完成。")


def test_settings_are_written_where_the_scheme_stays_sound(qtbot: QtBot, window: MainWindow, workspace: Path) -> None:
    before = (workspace / "方案.xlsx").read_bytes()
    window.page("开始").open(str(workspace))
    window.turn_to("设置")
    rest(qtbot, window)
    settings = window.page("设置")
    settings.typed["总分"].setText("九十")
    qtbot.mouseClick(settings.keep, Qt.MouseButton.LeftButton)
    rest(qtbot, window)
    assert "没有保存" in settings._trouble.text()
    assert (workspace / "方案.xlsx").read_bytes() == before
    settings.typed["总分"].setText("100")
    settings.typed["联系人"].setText("=李四")
    qtbot.mouseClick(settings.keep, Qt.MouseButton.LeftButton)
    rest(qtbot, window)
    assert "已写入 方案.xlsx：联系人" in settings._words.text(), settings._trouble.text()
    assert settings.typed["联系人"].text() == "=李四"


def test_findings_of_proof_reading_are_dismissed_for_good(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    report = tmp_path / "报告.txt"
    report.write_text(
        "一、资金情况\n项目预算100万元，其中软件60万元，硬件50万元。\n评价日期：2024年2月30日。\n", encoding="utf-8"
    )
    window.turn_to("校核")
    proof = window.page("校核")
    proof.zone.dropped.emit([str(report)])
    rest(qtbot, window)
    found = proof.table.rows.count
    assert found, proof._trouble.text()
    proof.table.view.selectAll()
    proof.decision.setCurrentText("忽略")
    proof._decide()
    assert "须写明理由" in proof._trouble.text()
    proof.reason.setText("样例")
    proof._decide()
    rest(qtbot, window)
    assert {row["decided"] for row in proof.table.rows.rows} == {"忽略（样例）"}, proof._trouble.text()
    proof.zone.dropped.emit([str(report)])
    rest(qtbot, window)
    assert proof.table.rows.count == 0


def test_everything_that_takes_the_keyboard_has_a_name(window: MainWindow) -> None:
    from PySide6.QtGui import QAccessible

    for name in NAMES:
        page = window.page(name)
        for wanted in offered_on(name):
            panel = page.open_operation(wanted.name)
            assert panel.fields.keys() == {field.name for field in fields_of(wanted)}
    unnamed = []
    for widget in window.findChildren(QWidget):
        if isinstance(widget, QAbstractButton | QComboBox | QLineEdit) and widget.focusPolicy():
            heard = QAccessible.queryAccessibleInterface(widget)
            name = heard.text(QAccessible.Text.Name) if heard else ""
            if not name and widget.parent() is not None and not widget.objectName().startswith("qt_"):
                unnamed.append((type(widget).__name__, widget.objectName()))
    assert unnamed == []


def test_chinese_can_be_drawn_and_both_looks_are_dressed(qapp: QApplication) -> None:
    assert QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese)
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # a window of an earlier test need not be dressed anew
    for dark in (False, True):
        dress(qapp, dark=dark)
        assert (qapp.palette().window().color().lightness() < 128) is dark
    dress(qapp, dark=False)


def test_no_call_into_qt_loses_a_reference_to_none(qtbot: QtBot) -> None:
    """PySide6 6.12.0 on Python 3.11 drops one at every void call and crashes after some thousand."""
    label = QLabel()
    qtbot.addWidget(label)
    before = sys.getrefcount(None)
    for number in range(1000):
        label.setText(str(number))
    assert sys.getrefcount(None) > before - 200


def test_the_window_loads_nothing_heavy() -> None:
    code = (
        "import sys, toolkit.desktop.window, toolkit.desktop.application;"
        "print([name for name in ('openpyxl', 'pandas', 'lxml', 'docx', 'pydantic', 'typer', 'toolkit.pipeline')"
        " if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("name", ["json.py", "toolkit.py", "queue.py"])
def test_a_file_of_the_folder_the_window_was_started_in_never_stands_in_for_a_module(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("raise SystemExit(9)", encoding="utf-8")
    done = subprocess.run(engine_command(), cwd=tmp_path, input=b"", capture_output=True, check=True)
    assert done.stdout.startswith(b'{"event": "ready"')


def test_the_wizard_takes_own_workbooks_names_and_dates_and_checks_them_meanwhile(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    from toolkit import resources
    from toolkit.desktop.pages import new_evaluation

    sample = resources.sample_dir("nanchang-2022")
    wizard = new_evaluation.NewEvaluation(window.session, window)
    qtbot.addWidget(wizard)
    wizard.show()
    build = wizard.buttons.button(new_evaluation.QDialogButtonBox.StandardButton.Ok)
    wizard.place.setText(str(tmp_path / "评价"))
    wizard.roster.setText(str(sample / "项目清单.xlsx"))
    wizard.scheme.setText(str(sample / "方案.xlsx"))
    rest(qtbot, window)
    assert "没有发现问题，共1个项目" in wizard.said.text()
    assert wizard.names.fields["评价年度"].text() == "2022"
    wizard.names.fields["委托单位"].clear()
    qtbot.keyClicks(wizard.names.fields["报送截止日"], "x")
    qtbot.waitUntil(lambda: bool(wizard.faults.faults), timeout=20_000)
    assert "请填写委托单位" in wizard.said.text()
    assert not build.isEnabled()
    qtbot.mouseClick(wizard.faults.buttons[0], Qt.MouseButton.LeftButton)
    assert wizard.names.fields["报送截止日"].selectedText().endswith("x")
    qtbot.keyClicks(wizard.names.fields["报送截止日"], "2023-02-20")
    qtbot.keyClicks(wizard.names.fields["委托单位"], "Z")
    qtbot.waitUntil(lambda: not wizard.faults.faults and window.at_rest, timeout=20_000)
    qtbot.mouseClick(build, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(wizard.folder), timeout=60_000)
    window.page("开始").open(wizard.folder)
    window.turn_to("设置")
    rest(qtbot, window)
    typed = window.page("设置").typed
    assert (typed["委托单位"].text(), typed["报送截止日"].text()) == ("Z", "2023-02-20")
