"""What a command line starts, and what it does not load for that."""

import subprocess
import sys
from pathlib import Path

import pytest

from toolkit.cli import app, entry, showing, window
from toolkit.collect import serving
from toolkit.operations import engine
from toolkit.operations.trouble import CANNOT_GO_ON


@pytest.mark.parametrize(
    ("words", "started"),
    [
        ("", app.main),
        ("check -w 评价", app.main),
        ("window", showing.main),
        ("window 评价", showing.main),
        ("window 评价 多出的", window.main),
        ("window --help", window.main),
        ("window 评价 --page 核查 --screenshot 图.png", window.main),
        ("--engine", engine.main),
        ("--read-worker", serving.serve),
        ("--engine 多出的", app.main),
    ],
)
def test_each_command_line_starts_its_own(words: str, started: object) -> None:
    assert entry.chosen(words.split()) is started


def test_the_window_is_shown_without_the_parser_and_the_other_commands() -> None:
    code = (
        "import sys; from toolkit.cli import entry; entry.chosen(['window', '评价']);"
        "print([name for name in ('typer', 'rich', 'pydantic', 'toolkit.cli.app') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("start", ["main", "without_console"])
def test_without_the_extra_it_says_how_to_get_it(start: str) -> None:
    code = f"import sys; sys.modules['PySide6'] = None; from toolkit.cli import showing; showing.{start}()"
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", code], capture_output=True, encoding="utf-8", check=False
    )
    assert (done.returncode, done.stdout) == (CANNOT_GO_ON, "")
    assert "PySide6-Essentials" in done.stderr


def test_a_folder_is_given_whole_and_a_link_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert showing.whole("评价") == str(tmp_path / "评价")
    assert showing.whole("jixiao://PJ-1/7") == "jixiao://PJ-1/7"
    assert showing.whole(None) == showing.whole("") == ""
