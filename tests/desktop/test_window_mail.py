"""The mail accounts filled in and tried through the window, against real servers on the loopback."""

import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

pytest.importorskip("PySide6", reason="没有安装 PySide6（pip install .[desktop]）")
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from aiosmtpd.smtp import AuthResult, LoginPassword
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QMessageBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.distribute.imap_server import PASSWORD, USER, imap_server
from tests.distribute.mail_server import Handler, free_port, mail_server
from toolkit import pipeline, resources
from toolkit.desktop.client import EngineClient
from toolkit.desktop.pages.settings import SettingsPage
from toolkit.desktop.window import MainWindow
from toolkit.excel.addresses import cell_name
from toolkit.excel.read import read_workbook
from toolkit.excel.sheet_patch import patch_cells


@pytest.fixture
def settings(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SettingsPage]:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    for name in [name for name in os.environ if name.startswith(("JIXIAO_SMTP", "JIXIAO_IMAP"))]:
        monkeypatch.delenv(name)
    window = MainWindow(EngineClient())
    qtbot.addWidget(window)
    window.show()
    window.turn_to("设置")
    qtbot.waitUntil(lambda: window.at_rest, timeout=60_000)
    page = window.page("设置")
    assert isinstance(page, SettingsPage)
    page.tabs.setCurrentIndex(1)
    yield page
    window.close()


def fill(page: SettingsPage, kind: str, **typed: str) -> None:
    for name, words in typed.items():
        field = page.mail[kind][name]
        if isinstance(field, QComboBox):
            field.setCurrentIndex(field.findData(words))
        else:
            assert isinstance(field, QLineEdit)
            field.setText(words)


def tried(qtbot: QtBot, page: SettingsPage) -> tuple[str, bool]:
    """What the page says once the button has been pressed, and whether it is good news."""
    button = next(made for made in page.findChildren(QPushButton) if made.text() == "测试邮箱")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    window = page.window()
    assert isinstance(window, MainWindow)
    qtbot.waitUntil(lambda: window.at_rest, timeout=60_000)
    return page._words.text() or page._trouble.text(), page._words.isVisible()


def test_accounts_are_tried_against_real_servers_and_faults_are_told_for_each(
    qtbot: QtBot, settings: SettingsPage
) -> None:
    def login(_server: object, _session: object, _envelope: object, _how: str, given: LoginPassword) -> AuthResult:
        return AuthResult(handled=False, success=(given.login, given.password) == (b"jixiao", b"right"))

    handler = Handler()
    options = {"authenticator": login, "auth_require_tls": False, "auth_required": True}
    with mail_server(handler, **options) as smtp, imap_server() as imap:
        local = {"host": "127.0.0.1", "security": "none"}
        fill(settings, "smtp", port=str(smtp), user="jixiao", password="right", **{"from": "a@example.com"}, **local)
        fill(settings, "imap", port=str(imap), user=USER, password=PASSWORD, folder="INBOX", **local)
        words, is_good = tried(qtbot, settings)
        assert words.splitlines() == ["发件：登录成功", "收件：登录成功"]
        assert is_good
        fill(settings, "smtp", password="wrong")
        fill(settings, "imap", folder="没有这个文件夹")
        words, is_good = tried(qtbot, settings)
        assert not is_good
        assert all("登录成功" not in line for line in words.splitlines()), words
        assert not handler.boxes
    fill(settings, "smtp", port=str(free_port()), password="right")
    words, is_good = tried(qtbot, settings)
    assert not is_good
    assert all("没有服务" in line for line in words.splitlines()), words
    kept = settings.accounts.file.read_text(encoding="utf-8")
    assert "right" not in kept
    assert PASSWORD not in kept


@pytest.mark.skipif(not os.environ.get("JIXIAO_FULL"), reason="an evaluation is packed and sent: make window")
def test_letters_are_shown_first_and_sent_when_a_person_says_yes(
    qtbot: QtBot, settings: SettingsPage, tmp_path: Path
) -> None:
    folder = tmp_path / "评价"
    rows = rosters_with_address(folder)
    window = settings.window()
    assert isinstance(window, MainWindow)
    handler = Handler()
    with mail_server(handler) as port:
        local = {"host": "127.0.0.1", "security": "none", "from": "a@example.com"}
        fill(settings, "smtp", port=str(port), **local)
        settings._save_mail()
        window.page("开始").open(str(folder))
        window.turn_to("下发")
        qtbot.waitUntil(lambda: window.at_rest, timeout=60_000)
        page = window.page("下发")
        for answer in (QMessageBox.StandardButton.No, QMessageBox.StandardButton.Yes):
            QTimer.singleShot(0, lambda answer=answer: answered(qtbot, page, answer))
            button = next(made for made in page.findChildren(QPushButton) if made.text() == "发送邮件…")
            qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
            qtbot.waitUntil(lambda: window.at_rest, timeout=60_000)
            assert page.mails.rows.count == rows, page._trouble.text()
            assert bool(handler.boxes) is (answer is QMessageBox.StandardButton.Yes)
    assert list(handler.boxes) == ["unit@example.com"]
    assert "已发出" in page._words.text(), page._trouble.text()
    assert {row["words"] for row in page.mails.rows.rows} == {"已发出"}


def answered(qtbot: QtBot, page: QWidget, answer: QMessageBox.StandardButton) -> None:
    """Answer the question as soon as it is asked."""
    asked = QApplication.activeModalWidget()
    if isinstance(asked, QMessageBox):
        qtbot.mouseClick(asked.button(answer), Qt.MouseButton.LeftButton)
    else:
        QTimer.singleShot(50, lambda: answered(qtbot, page, answer))


def rosters_with_address(folder: Path) -> int:
    """An evaluation whose unit has an address; how many units there are."""
    sample = resources.sample_dir("nanchang-2022")
    roster = (sample / "项目清单.xlsx").read_bytes()
    sheet = read_workbook(roster).sheets[0]
    rows: dict[int, dict[int, str]] = {}
    for (row, column), cell in sheet.cells.items():
        rows.setdefault(row, {})[column] = str(cell.value or "")
    head = next(row for row, cells in rows.items() if "责任单位" in cells.values())
    column = next((at for at, words in rows[head].items() if words == "邮箱"), max(rows[head]) + 1)
    changes = {
        (sheet.name, cell_name(head, column)): "邮箱",
        (sheet.name, cell_name(head + 1, column)): "unit@example.com",
    }
    own = folder.parent / "项目清单.xlsx"
    own.write_bytes(patch_cells(roster, changes))
    made = pipeline.initialise(folder, (own, sample / "方案.xlsx"), datetime(2023, 2, 6).astimezone())
    assert made.ok, made.findings
    return 1
