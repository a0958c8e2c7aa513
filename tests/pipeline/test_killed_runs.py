"""A run that is killed at any moment and started again ends as if nobody had killed it.

The program of a run that was switched off has no chance to tidy up: what it left on the disk is all the next one finds.
Before, a person had edited a report and a third return had come in, so that everything is there that could get lost.
Each moment apart with ``make killed``.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.pipeline.killed_runs import IN_A_ROW

FULL = bool(os.environ.get("JIXIAO_FULL"))
APART = 60 if FULL else 0
OF_EACH = 12 if FULL else 1
ALL_OR_FEW = () if FULL else ("send", "resolve", "report --draft", "people new", "handover")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows 没有 fork；同一程序在 Linux、macOS 上核对")
def test_a_run_killed_again_and_again_ends_like_one_that_never_was(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.pipeline.killed_runs", str(tmp_path), str(APART)]
    done = subprocess.run(
        command, cwd=Path(__file__).parents[2], env={**os.environ, "PYTHONUTF8": "1"}, stdout=-1, check=True
    )
    said = json.loads(done.stdout)
    assert said["moments"] > 100
    assert said["times"] == IN_A_ROW
    assert said["different"] == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows 没有 fork；同一程序在 Linux、macOS 上核对")
def test_every_command_that_writes_killed_and_run_again_ends_like_one_that_never_was(tmp_path: Path) -> None:
    """Each at moments drawn by chance, in the course of a whole evaluation."""
    command = [sys.executable, "-m", "tests.pipeline.killed_commands", str(tmp_path), str(OF_EACH), *ALL_OR_FEW]
    done = subprocess.run(
        command, cwd=Path(__file__).parents[2], env={**os.environ, "PYTHONUTF8": "1"}, stdout=-1, check=True
    )
    said = json.loads(done.stdout)
    assert sum(said["moments"].values()) > 1000
    assert said["different"] == []
