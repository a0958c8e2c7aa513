"""The manual's twelve steps: every picture is there, every command is one, and followed literally they work."""

import io
import os
import re
import shlex
import shutil
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from unittest.mock import patch

import pytest

from toolkit.cli.app import main
from toolkit.desktop.state.steps import NAMES
from toolkit.operations import OPERATIONS
from toolkit.pipeline import load
from toolkit.pipeline.plan.setup import rehearse
from toolkit.resources import sample_dir

DOCS = Path(__file__).parents[1] / "docs"
TOOLKIT = Path(__file__).parents[1] / "toolkit"
TEXT = (DOCS / "一轮评价.md").read_text("utf-8")
STEPS = re.split(r"^## ", TEXT, flags=re.MULTILINE)[1:]
BLOCKS = [line for block in re.findall(r"```\n(.*?)```", TEXT, re.DOTALL) for line in block.splitlines()]
MAY_FIND = ("people check", "check", "correct", "collect", "verify", "run", "score")
"""Commands that leave with 1 where something is still open; anything above is a failure."""


def test_twelve_steps_each_with_a_picture_a_page_of_the_window_and_what_to_see() -> None:
    assert [int(step.split()[0]) for step in STEPS] == list(range(1, 13))
    for step in STEPS:
        (page, picture), *_ = re.findall(r"!\[(.+?)\]\((.+?)\)", step)
        assert page in NAMES, page
        assert (DOCS / picture).is_file(), picture
        for part in ("- 窗口：", "- 命令：", "看到："):
            assert part in step, (page, part)


def test_every_command_the_manual_names_is_one() -> None:
    named = set(re.findall(r"jixiao ([a-z]+(?: [a-z]+)?)", TEXT))
    known = {operation.name for operation in OPERATIONS} | {"window"}
    assert [words for words in named if words not in known and words.split()[0] not in known] == []


def test_every_button_the_manual_names_is_in_the_window() -> None:
    """What follows an arrow, or stands in quotation marks, on the lines for the window; what is done by hand is not."""
    lines = "\n".join(re.findall(r"^- 窗口：(.*)", TEXT, re.MULTILINE))
    after = [
        name for name in re.findall(r"→ ([^→，；。：（\n]+)", lines) if not name.startswith(("逐条", "点一个", "按"))
    ]
    named = {name.strip() for part in (*after, *re.findall("“(.+?)”", lines)) for name in part.split("、")}
    sources = [path for folder in ("desktop", "operations") for path in (TOOLKIT / folder).rglob("*.py")]
    window = "\n".join(path.read_text("utf-8") for path in sources)
    assert len(named) > 15
    assert [name for name in named if name not in window] == []


def typed(line: str) -> int:
    """Carry out one line as it stands in the manual."""
    program, *words = shlex.split(line)
    assert program == "jixiao"
    with patch.object(sys, "argv", [program, *words]), redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
        try:
            main()
        except SystemExit as leaving:
            return int(leaving.code or 0)
    return 0


@pytest.mark.skipif(not os.environ.get("JIXIAO_FULL"), reason="一轮完整的评价，make manual 时运行")
def test_followed_literally_they_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With roster and scheme of a sample as one's own, in a fresh folder, line by line."""
    sample = "nanchang-2022"
    own = sample_dir(sample)
    for name in ("项目清单.xlsx", "方案.xlsx"):
        shutil.copy(own / name, tmp_path / name)
    monkeypatch.chdir(tmp_path)
    for line in BLOCKS:
        if line.startswith("jixiao collect"):
            rehearse(load(tmp_path / "评价"), sample)
            shutil.copy(own / "评审意见.xlsx", tmp_path / "评价" / "评审意见.xlsx")
        code = typed(line)
        allowed = 1 if any(line.startswith(f"jixiao {name}") for name in MAY_FIND) else 0
        assert code <= allowed, (line, code)
    assert (tmp_path / "归档.zip").is_file()
    assert list((tmp_path / "评价" / "07-评价报告").glob("*.docx"))
