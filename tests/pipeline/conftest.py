"""Workspaces of the samples, made once by the real command and copied for tests that change something."""

import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from filelock import FileLock

from toolkit.cli.app import main

Jixiao = Callable[..., Any]
PLACE = "<folder>"
"""Stands for the folder in what a command printed, which is read again from a copy of it."""


def call(*words: str | Path, code: int | None = 0) -> Any:
    """Carry out the command in this process, without its start, and give back its JSON."""
    printed, told = io.StringIO(), io.StringIO()
    argv = ["jixiao", *map(str, words), "--json"]
    with patch.object(sys, "argv", argv), redirect_stdout(printed), redirect_stderr(told):
        try:
            main()
            left: int | str | None = 0
        except SystemExit as leaving:
            left = leaving.code or 0
    assert code is None or left == code, told.getvalue()
    return json.loads(printed.getvalue())


def call_apart(*words: str | Path, code: int | None = 0) -> Any:
    """Run the command as a user would, in a process of its own, and give back its JSON."""
    done = subprocess.run(
        [sys.executable, "-m", "toolkit", *map(str, words), "--json"],
        capture_output=True,
        check=False,
        cwd=Path(__file__).parents[2],
        env={**os.environ, "PYTHONUTF8": "1"},
    )
    assert code is None or done.returncode == code, done.stderr.decode()
    return json.loads(done.stdout)


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, Callable[[Path], None]], Path]:
    """Gives a folder's copy for this process; the folder is made by whichever of the test processes asks first."""
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own

    def folder(name: str, make: Callable[[Path], None]) -> Path:
        made = shared / "made" / name
        with FileLock(shared / f"{name}.lock"):
            if not made.exists():
                half = shared / "half" / name
                make(half)
                made.parent.mkdir(exist_ok=True)
                half.rename(made)
        return Path(shutil.copytree(made, tmp_path_factory.mktemp("copy") / name))

    return folder


@pytest.fixture(scope="session")
def demo_made(made_once: Callable[[str, Callable[[Path], None]], Path]) -> tuple[Path, dict[str, Any]]:
    """The Nantong demonstration: its folder and what the command printed."""

    def make(folder: Path) -> None:
        folder.mkdir(parents=True)
        said = call_apart("demo", folder / "南通")
        (folder / "said.json").write_text(json.dumps(said).replace(str(folder), PLACE), encoding="utf-8")

    copy = made_once("demo", make)
    said = (copy / "said.json").read_text(encoding="utf-8")
    return copy / "南通", json.loads(said.replace(PLACE, str(copy)))


@pytest.fixture
def demo_copy(demo_made: tuple[Path, dict[str, Any]], tmp_path: Path) -> Path:
    """A copy to spoil."""
    return Path(shutil.copytree(demo_made[0], tmp_path / "副本"))


@pytest.fixture(scope="session")
def sample_made(made_once: Callable[[str, Callable[[Path], None]], Path]) -> Callable[[str], Path]:
    """A sample's workspace, made and run once by the commands."""
    made: dict[str, Path] = {}

    def make(folder: Path) -> None:
        call("init", folder, "--sample", folder.name)
        call("run", "-w", folder)

    def sample(name: str) -> Path:
        if name not in made:
            made[name] = made_once(name, make)
        return made[name]

    return sample
