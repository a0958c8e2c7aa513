"""A disk that is really full: the evaluation stands on a small disk in memory, and is worked on through the window.

Only root can mount one; ``make window`` does it, the suite has no part of it.
"""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("PySide6", reason="没有安装 PySide6（pip install .[desktop]）")
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.desktop.test_window_round import contents, gist, page, rest
from tests.pipeline.conftest import call
from toolkit.desktop.client import EngineClient
from toolkit.desktop.window import MainWindow

pytestmark = pytest.mark.skipif(not os.environ.get("JIXIAO_FULL"), reason="mounts a disk: make window")
SIZE = 8_000
"""Units: kibibytes."""


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "小盘"
    folder.mkdir()
    mounted = ["mount", "-t", "tmpfs", "-o", f"size={SIZE}k", "tmpfs", str(folder)]
    if subprocess.run(mounted, check=False, capture_output=True).returncode:
        pytest.skip("这台机器不许挂载内存盘")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


def free(disk: Path) -> int:
    """Units: kibibytes."""
    found = os.statvfs(disk)
    return found.f_bavail * found.f_frsize // 1024


@pytest.mark.parametrize("room", [4, 60, 120, 300])
def test_a_full_disk_is_said_and_the_work_goes_on_once_there_is_room(
    qtbot: QtBot, tmp_path: Path, disk: Path, monkeypatch: pytest.MonkeyPatch, room: int
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "设置"))
    whole = tmp_path / "不受干扰"
    call("init", whole, "--sample", "jiangsu-2022")
    for command in ("generate", "send", "collect"):
        call(command, "-w", whole)
    folder = Path(shutil.copytree(whole, disk / "评价"))
    call("run", "-w", whole)
    window = MainWindow(EngineClient())
    qtbot.addWidget(window)
    window.show()
    window.page("开始").open(str(folder))
    shown = page(qtbot, window, "汇总并出报告")
    filler = disk / "别的文件"
    filler.write_bytes(b"\0" * 1024 * (free(disk) - room))
    qtbot.mouseClick(shown.button, Qt.MouseButton.LeftButton)
    rest(qtbot, window)
    said = shown._trouble.text()
    assert "空间不足" in said or "磁盘未满" in said, said  # a file or the ledger comes upon it first
    filler.unlink()
    qtbot.mouseClick(shown.button, Qt.MouseButton.LeftButton)
    rest(qtbot, window)
    assert "完成" in shown.result.text(), shown._trouble.text()
    window.close()
    assert gist(folder) == gist(whole)
    assert contents(folder) == contents(whole)
    assert call("ledger", "verify", "-w", folder)["problems"] == []
    assert not list(folder.rglob("*.tmp"))
