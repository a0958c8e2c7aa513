"""How time and memory of each step grow with the roster: seeded returns, a round through each command.

    python benchmarks/growth.py 39 390             prints two tables; about two minutes
    python benchmarks/growth.py 39 390 3900        about half an hour

Times are CPU seconds of a command with all its processes, memory the most that one of them held. The second table
goes on to 5,000 projects in the straight line through the two largest rosters: reckoned, not measured. Page numbers are
not laid out; of LibreOffice's time nothing is ours.
"""

import json
import math
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl

from toolkit.excel.sheet_patch import patch_cells
from toolkit.model import FieldType, Slot, SlotRole
from toolkit.pipeline import load

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "samples" / "nantong-2024"
STEPS = ("generate", "collect", "status（首次）", "status（再次）", "check", "score", "aggregate", "report", "verify")
WHOLE = 5_000
GOALS = (
    ("生成", ("generate",), 15),
    ("读取、核查", ("collect", "check"), 150),
    ("总表", ("aggregate",), 10),
    ("单项目报告", ("report",), 60),
)
"""Of 5,000 projects: what, the commands that do it, seconds."""
MEMORY, EXPONENT = 1500, 1.05
_SEED = 2024


def roster(count: int) -> bytes:
    """The sample's roster, its projects repeated under other numbers and names."""
    book = openpyxl.load_workbook(SAMPLE / "项目清单.xlsx")
    sheet = book.worksheets[0]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    head = next(index for index, row in enumerate(rows) if "序号" in row)
    number, name = rows[head].index("序号"), rows[head].index("项目名称")
    known = [row for row in rows[head + 1 :] if str(row[number] or "").isdigit()]
    sheet.delete_rows(head + 2, sheet.max_row)
    for place in range(count):
        row = list(known[place % len(known)])
        row[number], row[name] = place + 1, f"{row[name]}（{place // len(known) + 1}）"
        sheet.append(row)
    data = BytesIO()
    book.save(data)
    return data.getvalue()


def typed(slot: Slot, chance: random.Random) -> Decimal | str:
    """Something a unit might type into a cell."""
    if slot.choices:
        return chance.choice(slot.choices)
    if slot.type is FieldType.TEXT:
        return f"说明{chance.randrange(10**6)}"
    if slot.type is FieldType.DATE:
        return Decimal(45_300 + chance.randrange(300))
    return Decimal(chance.randrange(1, 100)) / (100 if slot.type is FieldType.RATE else 1)


def fill(folder: Path) -> None:
    """Every generated workbook, filled in, into the inbox."""
    template = load(folder).template
    slots = [slot for slot in template.layout.slots.values() if slot.role is SlotRole.INPUT]
    for path in sorted((folder / "01-采集表").glob("*.xlsx")):
        chance = random.Random(f"{_SEED} {path.name}")  # noqa: S311 - the same values each time
        values = {(slot.sheet, slot.cell): typed(slot, chance) for slot in slots}
        (folder / "03-收件箱" / path.name).write_bytes(patch_cells(path.read_bytes(), values))


class Used(NamedTuple):
    """CPU seconds of a command with its processes, megabytes of the largest of them, and what it said."""

    seconds: float
    megabytes: float
    said: Any


def measured(*words: str | Path, pages: bool = False) -> Used:
    """A command carried out in a process of its own; ``pages``: contents get page numbers."""
    command = [sys.executable, "-m", "toolkit", *map(str, words), "--json"]
    script = (
        "import json, resource, subprocess, sys\n"
        "done = subprocess.run(sys.argv[1:], capture_output=True)\n"
        "used = resource.getrusage(resource.RUSAGE_CHILDREN)\n"
        "seconds, megabytes = used.ru_utime + used.ru_stime, used.ru_maxrss / 1024\n"
        "print(json.dumps([seconds, megabytes, done.returncode, done.stdout.decode()]))\n"
    )
    environment = os.environ if pages else {**os.environ, "JIXIAO_PAGES": "0"}
    done = subprocess.run(
        [sys.executable, "-c", script, *command], capture_output=True, check=True, cwd=ROOT, env=environment
    )
    seconds, megabytes, code, said = json.loads(done.stdout)
    assert code in (0, 1), words
    return Used(seconds, megabytes, json.loads(said))


def round_of(count: int, steps: Sequence[str] = STEPS) -> dict[str, Used]:
    """The first steps for a roster of some size."""
    with tempfile.TemporaryDirectory() as place:
        folder, listed = Path(place) / "工作区", Path(place) / "项目清单.xlsx"
        listed.write_bytes(roster(count))
        measured("init", folder, "--roster", listed, "--scheme", SAMPLE / "方案.xlsx")
        taken = {"generate": measured("generate", "-w", folder)}
        fill(folder)
        for step in steps[1:]:
            taken[step] = measured(step.partition("（")[0], "-w", folder)
        shutil.rmtree(folder)
    return taken


def answered(count: int) -> Used:
    """``status`` of as many returns, asked a second time."""
    again = "status（再次）"
    return round_of(count, STEPS[: STEPS.index(again) + 1])[again]


def exponent(small: float, large: float, factor: float) -> float:
    return math.log(large / small) / math.log(factor)


def table(counts: list[int], taken: dict[int, dict[str, Used]]) -> str:
    """A Markdown table: a line for every step, its exponent between the two largest rosters."""
    lines = [
        f"| 步骤 | {' | '.join(f'{count} 个项目' for count in counts)} | 时间指数 |",
        f"|---|{'---|' * (len(counts) + 1)}",
    ]
    for step in STEPS:
        cells = [f"{taken[count][step][0]:.2f} s，{taken[count][step][1]:.0f} MB" for count in counts]
        grown = exponent(taken[counts[-2]][step][0], taken[counts[-1]][step][0], counts[-1] / counts[-2])
        lines.append(f"| {step} | {' | '.join(cells)} | {grown:.2f} |")
    return "\n".join(lines)


def reckoned_on(counts: list[int], taken: dict[int, dict[str, Used]]) -> str:
    """A Markdown table: what 5,000 projects would take, beside the goals."""
    small, large = counts[-2:]
    lines = [f"| {WHOLE} 个项目（推算） | 用时 | 内存 | 时间指数 | 目标 | 结果 |", "|---|---|---|---|---|---|"]
    for name, steps, goal in GOALS:
        before, after = (sum(taken[count][step].seconds for step in steps) for count in (small, large))
        held = [max(taken[count][step].megabytes for step in steps) for count in (small, large)]
        grown = exponent(before, after, large / small)
        seconds = after + (after - before) / (large - small) * (WHOLE - large)
        megabytes = held[1] + (held[1] - held[0]) / (large - small) * (WHOLE - large)
        reached = "达到" if seconds <= goal and megabytes <= MEMORY and grown <= EXPONENT else "未达到"
        what = f"≤ {goal} s，≤ {MEMORY} MB，≤ {EXPONENT}"
        lines.append(f"| {name} | {seconds:.0f} s | {megabytes:.0f} MB | {grown:.2f} | {what} | {reached} |")
    return "\n".join(lines)


def main() -> None:
    counts = [int(word) for word in sys.argv[1:]] or [39, 390]
    taken = {count: round_of(count) for count in counts}
    sys.stdout.write(f"{table(counts, taken)}\n\n{reckoned_on(counts, taken)}\n")


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    main()
