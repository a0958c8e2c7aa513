"""The commands as people type them, with what they print as JSON."""

import io
import json
import os
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any
from unittest.mock import patch

from toolkit.cli.app import main


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
        cwd=Path(__file__).parents[1],
        env={**os.environ, "PYTHONUTF8": "1"},
    )
    assert code is None or done.returncode == code, done.stderr.decode()
    return json.loads(done.stdout)
