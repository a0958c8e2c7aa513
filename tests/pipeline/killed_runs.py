"""Runs that are killed at chosen moments, and what the workspace holds once one of them came to its end.

A moment is a number: the so-manyeth time that ``run`` touches the disk (opens a file to write, renames, removes, makes
a folder, opens a database). Python's audit hook counts them, so the same number is the same moment in every run. A
process of its own carries this out, because it divides itself: ``python -m tests.pipeline.killed_runs`` loads the
program once, and each run begins without waiting for it.
"""

import json
import os
import random
import shutil
import signal
import sqlite3
import sys
import traceback
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from docx import Document

from tests.pipeline.hostile_evaluation import answered, plan
from toolkit import pipeline
from toolkit.model import Severity
from toolkit.pipeline.deliver.verifying import verify
from toolkit.pipeline.plan.ledger_ends import RECEIPTS

NOW = datetime(2024, 10, 20, 9, tzinfo=UTC)
LATER = NOW + timedelta(days=1)
SENTENCE = "经现场核查，平台运行平稳。"
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT
_TOUCHES = {"os.rename", "os.remove", "os.mkdir", "sqlite3.connect"}
_DATABASES = ("台账.sqlite3", "缓存.sqlite3")
"""Their bytes tell how often they were opened; the ledger is compared by its events."""
IN_A_ROW = 4


def prepare(folder: Path) -> None:
    """Two of three projects returned and reported, one report edited by hand, the third return and one again came."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    for name, data in plan(3).items():
        (folder.parent / name).write_bytes(data)
    pipeline.initialise(folder, (folder.parent / "项目清单.xlsx", folder.parent / "方案.xlsx"), NOW)
    evaluation = pipeline.load(folder)
    pipeline.generate(evaluation, NOW)
    first, second, third = evaluation.roster.projects
    for project in (first, second):
        inbox = evaluation.workspace.inbox / f"{project.id}.xlsx"
        inbox.write_bytes(answered(evaluation.template, project))
    pipeline.run(evaluation, NOW)
    report = next(evaluation.workspace.reports.glob("001_*.docx"))
    document = Document(str(report))
    document.paragraphs[-1].insert_paragraph_before(SENTENCE)
    document.save(str(report))
    (evaluation.workspace.inbox / "3.xlsx").write_bytes(answered(evaluation.template, third))


def moments_of(folder: Path) -> int:
    """How often a whole run touches the disk; carries it out."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.write(writing, str(_run(folder, 0)).encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as answer:
        count = int(answer.read())
    os.waitpid(child, 0)
    return count


def killed(folder: Path, moment: int) -> bool:
    """Run in a process that is killed at a moment, 0 for never; False when it came to its end before."""
    child = os.fork()
    if child == 0:
        _run(folder, moment)
        os._exit(0)
    ended = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert ended in (0, -signal.SIGKILL), ended
    return ended != 0


def touching(moment: int) -> Callable[[], int]:
    """From now on count how often this process touches the disk, and kill it at a moment; what tells the count.

    Copies it makes of itself are neither counted nor killed: who kills one that reads a file tries another thing.
    """
    counted, own = 0, os.getpid()

    def watch(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal counted
        if os.getpid() == own and (event in _TOUCHES or (event == "open" and _writes(arguments))):
            counted += 1
            if counted == moment:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(watch)
    return lambda: counted


def _run(folder: Path, moment: int) -> int:
    """Run; the process is killed at its so-manyeth touch. How many there were."""
    try:
        evaluation = pipeline.load(folder)
        counted = touching(moment)
        pipeline.run(evaluation, LATER)
    except BaseException:  # noqa: BLE001 - the child of a fork must not go on as its parent
        traceback.print_exc()
        os._exit(1)
    return counted()


def _writes(arguments: tuple[object, ...]) -> bool:
    path, _, flags = arguments
    return isinstance(flags, int) and bool(flags & _WRITING) and not str(path).endswith(".pyc")


def state(folder: Path) -> dict[str, bytes]:
    """Every file by its bytes, and the events of the ledger in their order.

    Left out: the receipts, which say how far the ledger was whenever files came in, so that a run more is a line more;
    and passing files of the killed process, which the next runs sweep away when they are ten minutes old.
    """
    files = (path for path in folder.rglob("*") if path.is_file() and not path.name.startswith(_DATABASES))
    held = {str(path.relative_to(folder)): path.read_bytes() for path in files if path.suffix != ".tmp"}
    held.pop(RECEIPTS, None)
    with sqlite3.connect(folder / _DATABASES[0]) as ledger:
        events = ledger.execute("SELECT * FROM event ORDER BY seq").fetchall()
    return held | {"台账": json.dumps(events).encode()}


def differences(folder: Path, expected: dict[str, bytes]) -> list[str]:
    """What is another than in the workspace whose run was never killed, and what ``verify`` calls wrong."""
    found = state(folder)
    other = [name for name in sorted({*found, *expected}) if found.get(name) != expected.get(name)]
    wrong = [
        finding.message
        for finding in verify(pipeline.load(folder), LATER).findings
        if finding.severity is Severity.ERROR
    ]
    return other + wrong


def in_a_row(prepared: Path, moments: Iterable[int], expected: dict[str, bytes]) -> tuple[int, list[str]]:
    """Killed at one moment after the other in the same workspace, then run to the end; how often, what is another."""
    folder = _copy(prepared, "row")
    times = sum(killed(folder, moment) for moment in moments)
    assert not killed(folder, 0)
    return times, differences(folder, expected)


def alone(prepared: Path, moments: Iterable[int], expected: dict[str, bytes]) -> Iterator[str]:
    """Each moment in a copy of its own: killed once, run again."""
    for moment in moments:
        folder = _copy(prepared, "alone")
        assert killed(folder, moment), moment
        assert not killed(folder, 0), moment
        yield from (f"{moment}: {difference}" for difference in differences(folder, expected))


def _copy(prepared: Path, name: str) -> Path:
    copy = prepared.parent / name
    shutil.rmtree(copy, ignore_errors=True)
    return Path(shutil.copytree(prepared, copy))


def main(folder: Path, apart: int) -> None:
    """Print as JSON how many moments a run has, how often runs in a row were killed, and what was another then."""
    prepared = folder / "prepared"
    prepare(prepared)
    whole = _copy(prepared, "whole")
    known = moments_of(whole)
    expected = state(whole)
    seeded = random.Random(20241020)  # noqa: S311 - repeatable
    times, different = in_a_row(prepared, seeded.sample(range(1, known // 2), IN_A_ROW), expected)
    different += alone(prepared, sorted(seeded.sample(range(1, known), apart)), expected)
    json.dump({"moments": known, "times": times, "different": different}, sys.stdout, ensure_ascii=False)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
