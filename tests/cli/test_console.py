"""What a console on another system does to the command: its encoding, its window, its version."""

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from toolkit import __version__
from toolkit.cli import console
from toolkit.excel.files import write_atomic
from toolkit.excel.live import FirstThatOpens
from toolkit.operations.trouble import CANNOT_GO_ON, trouble


def test_output_is_utf8_whatever_the_console_is() -> None:
    """A console in GBK died of 𠮷 (a character beyond it)."""
    code = (
        "import sys; from toolkit.cli.console import speak_utf8; speak_utf8();"
        "print('𠮷 ✓ ²'); print('\\ud83d', file=sys.stderr)"
    )
    environment = {**os.environ, "PYTHONIOENCODING": "gbk", "PYTHONUTF8": "0"}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, env=environment)
    assert done.stdout.decode() == "𠮷 ✓ ²\n"
    assert done.stderr.decode() == "\\ud83d\n"


def test_the_version_is_said() -> None:
    done = subprocess.run([sys.executable, "-m", "toolkit", "--version"], capture_output=True, check=True)
    assert done.stdout.decode().strip() == f"绩效核查工具箱 {__version__}"


def test_a_console_opened_by_a_double_click_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(console, "is_own_console", lambda: True)
    monkeypatch.setattr(sys.stdin, "readline", lambda: asked.append("enter") or "", raising=False)
    with pytest.raises(SystemExit), console.own_console():
        raise SystemExit(3)
    assert asked == ["enter"]


class _Program:
    def __init__(self, *, works: bool) -> None:
        self.works, self.shown = works, 0

    def show(self, _path: Path) -> None:
        self.shown += 1
        if not self.works:
            raise OSError("com_error: 类没有注册")


def test_where_excel_is_missing_the_next_program_opens_the_master(tmp_path: Path) -> None:
    """A stand-in for Excel and WPS, which cannot run here."""
    excel, wps, system = _Program(works=False), _Program(works=True), _Program(works=True)
    FirstThatOpens(excel, wps, system).show(tmp_path)
    assert (excel.shown, wps.shown, system.shown) == (1, 1, 0)
    FirstThatOpens(_Program(works=False), _Program(works=False), system).show(tmp_path)
    assert system.shown == 1


@pytest.mark.parametrize("name", ["汇总总表.xlsx", "台账.sqlite3"])
def test_a_full_disk_is_said_with_the_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str) -> None:
    """A stand-in for a full disk: the system's own error, raised where bytes are written."""

    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError) as fault:  # noqa: PT011
        write_atomic(tmp_path / name, b"data")
    said = trouble(fault.value)
    assert said.exit_code == CANNOT_GO_ON
    assert "磁盘空间不足" in said.message
    assert name in said.message
    assert list(tmp_path.iterdir()) == []
