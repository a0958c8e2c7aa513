"""How time and memory of each step grow with the roster: seeded returns, a round through each command.

    python benchmarks/growth.py 39 390             prints a table; about a minute
    python benchmarks/growth.py 39 390 3900        about a quarter of an hour

Times are CPU seconds of a command with all its processes, memory the most that one of them held.
"""

import json
import math
import random
import resource
import shutil
import subprocess
import sys
import tempfile
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import openpyxl

from toolkit.excel.sheet_patch import patch_cells
from toolkit.model import FieldType, Slot, SlotRole
from toolkit.pipeline import load

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "samples" / "nantong-2024"
STEPS = ("generate", "collect", "status（首次）", "status（再次）", "check", "score", "aggregate")
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


def measured(*words: str | Path) -> tuple[float, float]:
    """CPU seconds of a command with its processes, and megabytes of the largest of them."""
    command = [sys.executable, "-m", "toolkit", *map(str, words), "--json"]
    script = (
        "import json, resource, subprocess, sys\n"
        "done = subprocess.run(sys.argv[1:], capture_output=True)\n"
        "used = resource.getrusage(resource.RUSAGE_CHILDREN)\n"
        "print(json.dumps([used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, done.returncode]))\n"
    )
    done = subprocess.run([sys.executable, "-c", script, *command], capture_output=True, check=True, cwd=ROOT)
    seconds, megabytes, code = json.loads(done.stdout)
    assert code in (0, 1), words
    return seconds, megabytes


def round_of(count: int) -> dict[str, tuple[float, float]]:
    """Every step for a roster of some size."""
    with tempfile.TemporaryDirectory() as place:
        folder, listed = Path(place) / "工作区", Path(place) / "项目清单.xlsx"
        listed.write_bytes(roster(count))
        measured("init", folder, "--roster", listed, "--scheme", SAMPLE / "方案.xlsx")
        taken = {"generate": measured("generate", "-w", folder)}
        fill(folder)
        for step in STEPS[1:]:
            taken[step] = measured(step.partition("（")[0], "-w", folder)
        shutil.rmtree(folder)
    return taken


def exponent(small: float, large: float, factor: float) -> float:
    return math.log(large / small) / math.log(factor)


def table(counts: list[int]) -> str:
    """A Markdown table: a line for every step, its exponent between the two largest rosters."""
    taken = {count: round_of(count) for count in counts}
    lines = [
        f"| 步骤 | {' | '.join(f'{count} 个项目' for count in counts)} | 时间指数 |",
        f"|---|{'---|' * (len(counts) + 1)}",
    ]
    for step in STEPS:
        cells = [f"{taken[count][step][0]:.2f} s，{taken[count][step][1]:.0f} MB" for count in counts]
        grown = exponent(taken[counts[-2]][step][0], taken[counts[-1]][step][0], counts[-1] / counts[-2])
        lines.append(f"| {step} | {' | '.join(cells)} | {grown:.2f} |")
    return "\n".join(lines)


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    print(table([int(word) for word in sys.argv[1:]] or [39, 390]))
