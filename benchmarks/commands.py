"""Commands on 39 projects the first time, again, and after one changed return; what they say and write is the same.

    python benchmarks/commands.py              the demonstration; three minutes
    python benchmarks/commands.py --samples    each sample with what is kept, and without it

Times are CPU seconds with all processes, beside them seconds by the clock: two cores are kept busy by some commands.
Contents' page numbers, which LibreOffice lays out, are told apart.
"""

import hashlib
import os
import shutil
import sys
import tempfile
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from growth import ROOT, Used, measured

from toolkit.excel.sheet_patch import patch_cells
from toolkit.pipeline import load
from toolkit.pipeline.intake.returned import returns
from toolkit.pipeline.plan.workspace import CACHE_FILE

SAMPLES = sorted(path.name for path in (ROOT / "samples").iterdir() if (path / "方案.xlsx").is_file())
ANSWERS = {"status": 0.35, "check": 0.5, "verify": 1.5}
"""Commands that answer, and how long they may take when nothing has changed. Units: CPU seconds."""
_DEMO = 4.5
"""How long a demonstration may take. Units: seconds by the clock on two cores."""
_CHANGED = 1.5
"""The same of a run after one changed return."""


class Row(NamedTuple):
    """A line of the report; a goal is None where there is none.

    Units: CPU seconds; megabytes; ``clock``: seconds by the clock, where the goal is one of two cores together.
    """

    name: str
    used: Used
    goal: float | None = None
    memory: float | None = None
    clock: float | None = None

    @property
    def reached(self) -> bool | None:
        """Whether every goal was reached; None where there is none."""
        used = self.used
        goals = ((used.seconds, self.goal), (used.megabytes, self.memory), (used.clock, self.clock))
        asked = [taken <= most for taken, most in goals if most is not None]
        return all(asked) if asked else None

    def __str__(self) -> str:
        goals = ((self.goal, "s"), (self.memory, "MB"), (self.clock, "s（时钟，两个核）"))
        goal = "，".join(f"≤ {most} {unit}" for most, unit in goals if most is not None) or "—"
        reached = {True: "达到", False: "未达到", None: "—"}[self.reached]
        used = f"{self.used.seconds:.2f} s（时钟 {self.used.clock:.2f} s），{self.used.megabytes:.0f} MB"
        return f"| {self.name} | {used} | {goal} | {reached} |"


def written(folder: Path) -> dict[str, str]:
    """The digest of every file that people see; ledger and receipts carry the time."""
    paths = (path for path in folder.rglob("*") if path.is_file() and ".jixiao" not in path.parts)
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in paths
        if "台账" not in path.name
    }


def said(used: Used) -> Any:
    """What a command said, without the seconds that its stages took and without the folder."""
    return {name: value for name, value in used.said.items() if name not in ("seconds", "master", "reports")}


def forgotten(folder: Path) -> None:
    """Nothing is kept any more."""
    (folder / CACHE_FILE).unlink(missing_ok=True)


def answers(folder: Path) -> list[Row]:
    """The commands that answer: first, again, and once more with nothing kept; each time the same."""
    rows = []
    for name, goal in ANSWERS.items():
        first, again = measured(name, "-w", folder), measured(name, "-w", folder)
        forgotten(folder)
        assert said(first) == said(again) == said(measured(name, "-w", folder)), name
        rows += [Row(f"{name}（运行以后第一次）", first), Row(f"{name}（再次）", again, goal)]
    return rows


def changed_return(folder: Path) -> None:
    """Another return of one project, with one amount changed, in the inbox."""
    evaluation = load(folder)
    known = returns(evaluation)
    project = min(known.receipts)
    slot = evaluation.template.layout.slots["累计支付金额"]
    amount = known.counting[project].value(slot.key)
    assert isinstance(amount, Decimal)
    data = (evaluation.workspace.originals / known.receipts[project].sha256).read_bytes()
    (evaluation.workspace.inbox / "改后.xlsx").write_bytes(
        patch_cells(data, {(slot.sheet, slot.cell): amount - Decimal("0.01")})
    )


def runs(folder: Path) -> list[Row]:
    """``run`` with nothing changed, and after one changed return; with what is kept and without."""
    before = written(folder)
    again = measured("run", "-w", folder)
    assert written(folder) == before
    changed_return(folder)
    after = measured("run", "-w", folder)
    made = written(folder)
    forgotten(folder)
    assert said(after) == said(measured("run", "-w", folder))
    assert written(folder) == made != before
    return [Row("run（没有变化，文书不在缓存中）", again), Row("run（一份报送件改变以后）", after, clock=_CHANGED)]


def demo(folder: Path) -> list[Row]:
    """The demonstration from nothing: as the first thing a user does on a computer, again, and with pages laid out."""
    rows = [
        Row("demo（全新，本机第一次运行，不排页码）", measured("demo", folder.with_name("第一次")), clock=_DEMO),
        Row("demo（全新，不排页码）", measured("demo", folder), clock=_DEMO),
    ]
    if shutil.which("soffice"):
        rows.append(Row("demo（全新，LibreOffice 排页码）", measured("demo", folder.with_name("排页码"), pages=True)))
    return rows


def sample(name: str, folder: Path) -> None:
    """A sample's round: commands say and write the same with what is kept and without."""
    measured("init", folder, "--sample", name)
    measured("run", "-w", folder)
    made = written(folder)
    first = {command: said(measured(command, "-w", folder)) for command in ANSWERS}
    again = {command: said(measured(command, "-w", folder)) for command in ANSWERS}
    forgotten(folder)
    measured("run", "-w", folder)
    anew = {}
    for command in ANSWERS:
        forgotten(folder)
        anew[command] = said(measured(command, "-w", folder))
    assert first == again == anew, name
    assert written(folder) == made, name
    sys.stdout.write(f"{name}：{'、'.join(ANSWERS)}、run 有缓存与没有缓存相同（{len(made)} 个文件）\n")


def rows(folder: Path) -> list[Row]:
    """Every line, on a demonstration made in a folder that is not there yet, by a user of whom nothing is kept."""
    os.environ["XDG_STATE_HOME"] = str(folder.with_name("用户"))
    return [*demo(folder), *answers(folder), *runs(folder)]


def main() -> None:
    with tempfile.TemporaryDirectory() as place:
        if "--samples" in sys.argv[1:]:
            for name in SAMPLES:
                sample(name, Path(place) / name)
        else:
            sys.stdout.write("\n".join(map(str, rows(Path(place) / "演示"))) + "\n")


if __name__ == "__main__":
    main()
