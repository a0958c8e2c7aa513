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

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from toolkit import pipeline
from toolkit.desktop.appearance import dress
from toolkit.desktop.client import EngineClient
from toolkit.desktop.state.steps import PAGES
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
    qtbot.waitUntil(lambda: window._client.idle, timeout=60_000)


def test_a_round_on_a_small_evaluation(qtbot: QtBot, window: MainWindow, workspace: Path) -> None:
    window.page("开始").open(str(workspace))
    rest(qtbot, window)
    assert window.session.board["counts"]["projects"] == 1
    window.turn_to("汇总并出报告")
    deliver = window.page("汇总并出报告")
    qtbot.mouseClick(deliver.button, Qt.MouseButton.LeftButton)
    rest(qtbot, window)
    assert deliver.files.count() == 2, window.session.history  # the master, and the one report of a single project
    assert "完成" in deliver.result.text()
    for name in PAGES:
        window.turn_to(name)
        rest(qtbot, window)
        assert not [one.text() for one in window.page(name).findChildren(QLabel, "error") if one.isVisible()
                    and "有须更正" not in one.text()], name  # fmt: skip
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


def test_everything_that_takes_the_keyboard_has_a_name(window: MainWindow) -> None:
    from PySide6.QtGui import QAccessible

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
