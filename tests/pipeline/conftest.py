"""Workspaces of the samples, made once by the real command and copied for tests that change something."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Jixiao = Callable[..., Any]


def call(*words: str | Path, code: int | None = 0) -> Any:
    """Run the command as a user would and give back its JSON."""
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
def demo_made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    """The Nantong demonstration: its folder and what the command printed."""
    folder = tmp_path_factory.mktemp("demo") / "南通"
    return folder, call("demo", folder)


@pytest.fixture
def demo_copy(demo_made: tuple[Path, dict[str, Any]], tmp_path: Path) -> Path:
    """A copy to spoil."""
    return Path(shutil.copytree(demo_made[0], tmp_path / "副本"))


@pytest.fixture(scope="session")
def sample_made(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """A sample's workspace, made and run once per session."""
    made: dict[str, Path] = {}

    def make(name: str) -> Path:
        if name not in made:
            folder = tmp_path_factory.mktemp("sample") / name
            call("init", folder, "--sample", name)
            call("run", "-w", folder)
            made[name] = folder
        return made[name]

    return make
