"""Every command that writes, killed at chosen moments of a whole evaluation, and run again.

A moment is the so-manyeth time that a command touches the disk, as in ``killed_runs``. The evaluation goes through its
whole life, command by command; each is killed in copies of the folder as it stood before it, run again there, and the
copy compared with the folder in which nobody killed it. The program divides itself, so this is a process of its own:
``python -m tests.pipeline.killed_commands FOLDER MOMENTS [COMMAND …]``; without commands all of them are killed.
"""

import io
import json
import os
import random
import shutil
import signal
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from types import SimpleNamespace
from unittest.mock import patch

from docx import Document

from tests.collect.returned import place, slot_key, typed
from tests.pipeline.hostile_evaluation import answered, plan
from tests.pipeline.killed_runs import SENTENCE, touching
from toolkit import pipeline
from toolkit.cli import options
from toolkit.cli.app import main as jixiao
from toolkit.excel.sheet_patch import patch_cells
from toolkit.pipeline.dispatch import handing_over
from toolkit.pipeline.plan.ledger_ends import RECEIPTS

NOW = datetime(2024, 10, 20, 9, tzinfo=UTC)
SPACE = "评价"
_DATABASES = ("台账.sqlite3", "缓存.sqlite3")
FINE = (0, 1)
"""Exit codes of a command that came to its end; 1 where there is something to correct."""


class Clock(datetime):
    """It stands still: what is made twice is the same to the byte only in the same minute."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
        return NOW if tz is None else NOW.astimezone(tz)


@dataclass(frozen=True)
class Step:
    """A command, and what people do before it."""

    words: tuple[str, ...]
    before: Callable[[Path], None] = lambda _: None


def _two_came(folder: Path) -> None:
    """One return that is right and one with an amount that is not what its parts come to."""
    evaluation = pipeline.load(folder / SPACE)
    first, second, _ = evaluation.roster.projects
    amount = slot_key("累计支付金额")
    wrong = patch_cells(answered(evaluation.template, second), {place(amount): typed(amount, "123")})
    (evaluation.workspace.inbox / "1.xlsx").write_bytes(answered(evaluation.template, first))
    (evaluation.workspace.inbox / "2.xlsx").write_bytes(wrong)


def _third_came(folder: Path) -> None:
    evaluation = pipeline.load(folder / SPACE)
    third = evaluation.roster.projects[2]
    (evaluation.workspace.inbox / "3.xlsx").write_bytes(answered(evaluation.template, third))


def _report_edited(folder: Path) -> None:
    report = next((folder / SPACE).glob("07-*/001_*.docx"))
    document = Document(str(report))
    document.paragraphs[-1].insert_paragraph_before(SENTENCE)
    document.save(str(report))


SIGNED = ("--by", "张三", "--reason", "已核对凭证")
NOTE = ("--by", "王五", "--text", "请补充依据", "--project", "1", "--indicator", "A101")
STORY = (
    Step(("generate",)),
    Step(("send", "--drafts")),
    Step(("collect",), _two_came),
    Step(("check",)),
    Step(("resolve", "2", "FUND-09", "--waive", *SIGNED)),
    Step(("correct", "--warnings")),
    Step(("collect",), _third_came),
    Step(("score",)),
    Step(("aggregate",)),
    Step(("report",)),
    Step(("report", "--draft", "征求意见稿"), _report_edited),
    Step(("run",)),
    Step(("scorebooks", "--scorers", "甲某、乙某")),
    Step(("adjudicate",)),
    Step(("opinions",)),
    Step(("fieldwork",)),
    Step(("remind", "--drafts")),
    Step(("people", "new")),
    Step(("people", "plan")),
    Step(("people", "notes", *NOTE)),
    Step(("export", "../导出")),
    Step(("ledger", "export", "../台账.xlsx")),
    Step(("handover", "../移交", "--to", "张三", "--projects", "1")),
    Step(("archive", "make", "../归档.zip")),
)
"""An evaluation from its forms to its archive; what stands first in the words is what a test names."""


def prepare(folder: Path) -> None:
    """A new evaluation of three projects."""
    for name, data in plan(3).items():
        (folder / name).write_bytes(data)
    pipeline.initialise(folder / SPACE, (folder / "项目清单.xlsx", folder / "方案.xlsx"), NOW)


def carried_out(folder: Path, words: tuple[str, ...], moment: int) -> tuple[int, int]:
    """A command's exit code and how often it touched the disk, in a process of its own; (-9, 0) where it was killed."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.write(writing, json.dumps(_command(folder, words, moment)).encode())
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as answer:
        said = answer.read()
    os.waitpid(child, 0)
    code, touches = json.loads(said) if said else (-signal.SIGKILL, 0)
    return code, touches


def _command(folder: Path, words: tuple[str, ...], moment: int) -> tuple[int, int]:
    os.chdir(folder / SPACE)
    touches = touching(moment)
    with ExitStack() as held:
        held.enter_context(patch.object(sys, "argv", ["jixiao", *words, "--json"]))
        held.enter_context(patch.object(options, "datetime", Clock))
        held.enter_context(
            patch.object(handing_over, "secrets", SimpleNamespace(token_hex=lambda size: "0" * 2 * size))
        )
        held.enter_context(redirect_stdout(io.StringIO()))
        held.enter_context(redirect_stderr(io.StringIO()))
        try:
            jixiao()
            code = 0
        except SystemExit as leaving:
            code = leaving.code if isinstance(leaving.code, int) else 0
    return code, touches()


def state(folder: Path) -> dict[str, bytes]:
    """Every file by its bytes and every ledger by its events; left out is what ``killed_runs.state`` leaves out."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    held = {
        str(path.relative_to(folder)): path.read_bytes()
        for path in files
        if not path.name.startswith(_DATABASES) and path.suffix != ".tmp" and path.name != RECEIPTS
    }
    for path in files:
        if path.name == _DATABASES[0]:
            with sqlite3.connect(path) as ledger:
                events = ledger.execute("SELECT * FROM event ORDER BY seq").fetchall()
            held[str(path.relative_to(folder))] = json.dumps(events).encode()
    return held


def different(folder: Path, step: Step, moments: list[int], expected: dict[str, bytes]) -> Iterator[str]:
    """What is another where the command was killed at these moments and run again.

    One that had all but ended may refuse to do the same once more.
    """
    for moment in moments:
        copy = _copy(folder, "once more")
        carried_out(copy, step.words, moment)
        done = state(copy) == expected
        code = carried_out(copy, step.words, 0)[0]
        where = f"{' '.join(step.words)} {moment}"
        if code not in FINE and not done:
            yield f"{where}: {code}"
        found = state(copy)
        yield from (f"{where}: {name}" for name in sorted({*found, *expected}) if found.get(name) != expected.get(name))


def _copy(folder: Path, name: str) -> Path:
    copy = folder.with_name(name)
    shutil.rmtree(copy, ignore_errors=True)
    return Path(shutil.copytree(folder, copy))


def main(folder: Path, apart: int, named: tuple[str, ...]) -> None:
    """Print as JSON how many moments each command has, and what was another after it had been killed at some."""
    before = folder / "before"
    before.mkdir()
    prepare(before)
    seeded, known, found = random.Random(20241020), {}, []  # noqa: S311 - repeatable
    for step in STORY:
        step.before(before)
        after = _copy(before, "after")
        code, touches = carried_out(after, step.words, 0)
        known[" ".join(step.words)] = touches
        found += [] if code in FINE else [f"{' '.join(step.words)}: {code}"]
        if not named or {step.words[0], " ".join(step.words[:2])} & {*named}:
            moments = sorted(seeded.sample(range(1, touches + 1), min(apart, touches)))
            found += different(before, step, moments, state(after))
        shutil.rmtree(before)
        after.rename(before)
    json.dump({"moments": known, "different": found}, sys.stdout, ensure_ascii=False)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), tuple(sys.argv[3:]))
