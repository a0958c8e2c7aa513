"""The mail accounts filled in and tried through the window, against real servers on the loopback."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("PySide6", reason="没有安装 PySide6（pip install .[desktop]）")
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from aiosmtpd.smtp import AuthResult, LoginPassword
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from tests.distribute.imap_server import PASSWORD, USER, imap_server
from tests.distribute.mail_server import Handler, free_port, mail_server
from toolkit.desktop.client import EngineClient
from toolkit.desktop.pages.settings import SettingsPage
from toolkit.desktop.window import MainWindow


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
