"""A whole round for rosters of several sizes: seeded returns, every step measured, docs/scale.md written anew.

    python benchmarks/growth.py 39 390            some minutes
    python benchmarks/growth.py 39 390 5000       about a quarter of an hour where nothing else runs
    python benchmarks/growth.py 39 390 5000 --random

Each project answers as the sample's project whose row it repeats, with the mistakes that are made there on purpose, and
with amounts that are the double, the threefold and so on: no two projects have the same. ``--random`` types something
by chance into every cell instead: hardly an answer agrees with another, and a return has several times as many
findings as a unit's. Both have their own table in docs/scale.md.

Of every step: seconds by the clock, CPU seconds of the command with all its processes, and the most that all of them
together held at one moment (PSS, looked at ten times a second: shared pages count once). A step that was measured is
not measured again: after an interruption the same command goes on where it stopped, as long as the program is the same
(``--anew`` begins again). Workspaces and figures lie in the folder of temporary files. Needs psutil.

Page numbers are not laid out; of LibreOffice's time nothing is ours. ``verify`` is left out of rosters larger than
1,000: its part that grows is the second engine, which is a step here (generated and returned workbooks).
"""

import argparse
import json
import math
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl
import psutil

from toolkit.cache import program_state
from toolkit.demo_data import UnitAnswers, play, read_returns
from toolkit.excel.sheet_patch import patch_cells
from toolkit.model import FieldType, Layout, Slot, SlotRole
from toolkit.pipeline import load

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "samples" / "nantong-2024"
REFEREE = "第二引擎复算"
FIRST, AGAIN = "status（首次）", "status（再次）"
SINGLE = "单项目报告（第一份到最后一份）"
STEPS = ("generate", "collect", "check", REFEREE, "score", "aggregate", "report", SINGLE, FIRST, AGAIN, "verify")
LARGE, WHOLE = 1_000, 5_000
GOALS = (
    ("生成", ("generate",), 15),
    ("读取、核查、第二引擎复算", ("collect", "check", REFEREE), 150),
    ("总表（评分之后）", ("aggregate",), 10),
    (SINGLE, (SINGLE,), 60),
    ("整条 report 命令，含整体报告和校核", ("report",), 60),
)
"""Of 5,000 projects: what, the commands that do it, seconds by the clock on two cores.

What the master says of each project beside its score is worked out by ``score`` (ADR 0058), which keeps all results for
it (ADR 0077) and has a row above.
"""
MEMORY, EXPONENT = 1500, 1.05
REPORT = ROOT / "docs" / "scale.md"
MARKS = {
    False: ("<!-- 测得的表：开始 -->", "<!-- 测得的表：结束 -->"),
    True: ("<!-- 随机填写时测得的表：开始 -->", "<!-- 随机填写时测得的表：结束 -->"),
}
"""Whether cells are filled in by chance → where the table stands."""
_SEED, _AT_ONCE = 2024, 390
_LOOK = 0.1


class Repeated(NamedTuple):
    """A project of the sample that one of a larger roster repeats: its id, and how many times as large amounts are."""

    project: str
    times: int


def sample_rows() -> tuple[list[list[Any]], int]:
    """Rows of the sample's roster, and which of them has the headings."""
    book = openpyxl.load_workbook(SAMPLE / "项目清单.xlsx")
    rows = [[cell.value for cell in row] for row in book.worksheets[0].iter_rows()]
    return rows, next(index for index, row in enumerate(rows) if "序号" in row)


def repeated(count: int) -> list[Repeated]:
    """Which project of the sample each of so many projects repeats."""
    rows, head = sample_rows()
    number = rows[head].index("序号")
    known = [str(row[number]) for row in rows[head + 1 :] if str(row[number] or "").isdigit()]
    return [Repeated(known[place % len(known)], place // len(known) + 1) for place in range(count)]


def roster(count: int) -> bytes:
    """The sample's roster, its projects repeated under other numbers and names."""
    book = openpyxl.load_workbook(SAMPLE / "项目清单.xlsx")
    sheet = book.worksheets[0]
    rows, head = sample_rows()
    number, name, contract = (rows[head].index(word) for word in ("序号", "项目名称", "合同金额（万元）"))
    known = {str(row[number]): row for row in rows[head + 1 :]}
    sheet.delete_rows(head + 2, sheet.max_row)
    for place, (project, times) in enumerate(repeated(count), 1):
        row = list(known[project])
        row[number], row[name] = place, f"{row[name]}（{times}）"
        row[contract] = row[contract] and round(row[contract] * times, 2)
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


def fill_at_random(folder: Path) -> None:
    """Every generated workbook, something typed into each cell, into the inbox."""
    template = load(folder).template
    slots = [slot for slot in template.layout.slots.values() if slot.role is SlotRole.INPUT]
    for path in sorted((folder / "01-采集表").glob("*.xlsx")):
        chance = random.Random(f"{_SEED} {path.name}")  # noqa: S311 - the same values each time
        values = {(slot.sheet, slot.cell): typed(slot, chance) for slot in slots}
        (folder / "03-收件箱" / path.name).write_bytes(patch_cells(path.read_bytes(), values))


def fill(folder: Path) -> None:
    """What the sample's units send back, for every project that repeats one of theirs, into the inbox."""
    evaluation = load(folder)
    layout, projects = evaluation.template.layout, evaluation.roster.projects
    answers = read_returns((SAMPLE / "填报.xlsx").read_bytes())
    typed_in = {
        project.id: multiplied(answers[sample.project], sample.times, layout)
        for project, sample in zip(projects, repeated(len(projects)), strict=True)
        if sample.project in answers
    }
    for first in range(0, len(projects), _AT_ONCE):
        for file in play(typed_in, evaluation.template, projects[first : first + _AT_ONCE], _SEED):
            (folder / "03-收件箱" / f"{file.project}-{file.name}").write_bytes(file.data)


def multiplied(answers: UnitAnswers, times: int, layout: Layout) -> UnitAnswers:
    """The same answers with so many times the amounts."""
    amounts = {
        name
        for slot in layout.slots.values()
        if slot.type is FieldType.AMOUNT
        for name in (slot.key, f"{slot.column}_{slot.row}")
    }
    larger = {key: _multiplied(text, times) if key in amounts else text for key, text in answers.typed.items()}
    return replace(answers, typed=larger)


def _multiplied(text: str, times: int) -> str:
    with suppress(InvalidOperation):
        return str(Decimal(text) * times)
    return text


class Used(NamedTuple):
    """What a command took and what it said.

    Attributes:
        seconds: CPU, with its processes.
        megabytes: of the largest process.
        said: its JSON.
        clock: seconds by the clock.
        together: megabytes all its processes held at one moment.
    """

    seconds: float
    megabytes: float
    said: Any
    clock: float
    together: float


def measured(*words: str | Path, pages: bool = False) -> Used:
    """A command carried out in processes of its own; ``pages``: contents get page numbers."""
    return measured_program([sys.executable, "-m", "toolkit", *map(str, words), "--json"], pages=pages)


def measured_program(command: Sequence[str], *, pages: bool = False) -> Used:
    environment = os.environ if pages else {**os.environ, "JIXIAO_PAGES": "0"}
    began, together = time.monotonic(), 0.0
    with tempfile.TemporaryFile() as said, tempfile.TemporaryFile() as complaints:
        process = subprocess.Popen(command, stdout=said, stderr=complaints, cwd=ROOT, env=environment)
        ended = 0
        while not ended:
            together = max(together, held_by(process.pid))
            time.sleep(_LOOK)
            ended, status, used = os.wait4(process.pid, os.WNOHANG)
        process.returncode = os.waitstatus_to_exitcode(status)
        clock = time.monotonic() - began
        said.seek(0)
        complaints.seek(0)
        assert process.returncode in (0, 1), (command, complaints.read().decode())
        largest = used.ru_maxrss / 1024
        seconds = used.ru_utime + used.ru_stime
        return Used(seconds, largest, json.loads(said.read().decode()), clock, max(together, largest))


def held_by(program: int) -> float:
    """Memory of a process and those it started. Units: megabytes."""
    held = 0
    with suppress(psutil.Error):
        first = psutil.Process(program)
        for process in (first, *first.children(recursive=True)):
            with suppress(psutil.Error):
                full = process.memory_full_info()
                held += getattr(full, "pss", full.rss)
    return held / 2**20


def referee(folder: Path) -> Used:
    """The second engine over every generated and returned workbook."""
    script = (
        "import json, sys\n"
        "from pathlib import Path\n"
        "from toolkit import processes\n"
        "processes.set_up()\n"
        "from toolkit.pipeline import load\n"
        "from toolkit.pipeline.deliver.second_opinion import second_opinion\n"
        "from toolkit.pipeline.intake.returned import returns\n"
        "evaluation = load(Path(sys.argv[1]))\n"
        "second = second_opinion(evaluation, returns(evaluation))\n"
        "print(json.dumps([second.engine, second.files, second.formulas, second.differing]))\n"
    )
    return measured_program([sys.executable, "-c", script, str(folder)])


def singles(folder: Path, report: Used) -> Used:
    """The reports of single projects as part of ``report``: from the first one written to the last one in its place."""
    files = [path.stat() for path in (folder / "07-评价报告").glob("[0-9]*.docx")]
    return report._replace(clock=max(file.st_ctime for file in files) - min(file.st_mtime for file in files))


def round_of(
    count: int, steps: Sequence[str] = STEPS, place: Path | None = None, filled_in: Callable[[Path], None] = fill
) -> dict[str, Used]:
    """The steps for a roster of some size; what stands in ``place`` already is not measured again."""
    if place is None:
        with tempfile.TemporaryDirectory() as passing:
            return round_of(count, steps, Path(passing), filled_in)
    folder, notes, filled = place / "工作区", place / "测得.json", place / "已填"
    taken = {step: Used(*used) for step, used in json.loads(notes.read_text("utf-8")).items()} if notes.exists() else {}
    for step in steps:
        if step in taken:
            continue
        if step == "generate":
            shutil.rmtree(folder, ignore_errors=True)
            begin(folder, count)
        elif not filled.exists():
            with ProcessPoolExecutor(1) as apart:  # what it holds would count as held by the commands begun from here
                apart.submit(filled_in, folder).result()
            filled.touch()
        if step == SINGLE:
            used = singles(folder, taken["report"])
        else:
            used = referee(folder) if step == REFEREE else measured(step.partition("（")[0], "-w", folder)
        taken[step] = used._replace(said=used.said if step == steps[-1] else None)
        notes.write_text(json.dumps(taken), encoding="utf-8")
        print(f"{count} {step}: {used.clock:.1f} s, CPU {used.seconds:.1f} s, {used.together:.0f} MB", flush=True)
    shutil.rmtree(folder, ignore_errors=True)
    return taken


def begin(folder: Path, count: int) -> None:
    """A workspace for a roster of some size."""
    with tempfile.TemporaryDirectory() as place:
        listed = Path(place) / "项目清单.xlsx"
        listed.write_bytes(roster(count))
        made = measured("init", folder, "--roster", listed, "--scheme", SAMPLE / "方案.xlsx").said
        assert made["ok"], made  # below 39 projects the sample's list of the whole body names some that are missing


def answered(count: int) -> Used:
    """``status`` of as many returns, asked a second time."""
    return round_of(count, ("generate", "collect", FIRST, AGAIN))[AGAIN]


def exponent(small: float, large: float, factor: float) -> float:
    return math.log(large / small) / math.log(factor)


def table(counts: list[int], taken: dict[int, dict[str, Used]]) -> str:
    """A Markdown table: a line for every step, its exponent (CPU) between the two largest rosters."""
    lines = [
        f"| 步骤 | {' | '.join(f'{count:,} 个项目' for count in counts)} | 时间指数 |",
        f"|---|{'---|' * (len(counts) + 1)}",
    ]
    for step in STEPS:
        used = [taken[count].get(step) for count in counts]
        cells = [_taken(step, one) if one else "—" for one in used]
        known = [(count, _grows(step, one)) for count, one in zip(counts, used, strict=True) if one]
        lines.append(f"| {step} | {' | '.join(cells)} | {_grown(known)} |")
    return "\n".join(lines)


def _taken(step: str, used: Used) -> str:
    clock = f"{used.clock:.1f} s"
    return clock if step == SINGLE else f"{clock}，CPU {used.seconds:.1f} s，{used.together:.0f} MB"


def _grows(step: str, used: Used) -> float:
    """What an exponent is told of: CPU seconds, by the clock what is part of a command."""
    return used.clock if step == SINGLE else used.seconds


def _grown(known: Sequence[tuple[int, float]]) -> str:
    if len(known) < 2:
        return ""
    (few, before), (many, after) = known[-2:]
    return f"{exponent(before, after, many / few):.2f}"


def goals(counts: list[int], taken: dict[int, dict[str, Used]], suffix: str = "") -> str:
    """A Markdown table: 5,000 projects beside the goals; below that in the straight line through the two largest.

    ``suffix``: behind the name of each line, where several tables have these lines.
    """
    count = counts[-1]
    whole = max(count, WHOLE)
    how = "实测" if count >= WHOLE else "按过最大两份名册的直线推算，不是测量"
    lines = [
        f"| {whole:,} 个项目（{how}） | 用时 | 内存合计 | 时间指数 | 目标 | 结果 |",
        "|---|---|---|---|---|---|",
    ]
    for name, steps, goal in GOALS:
        seconds = _at(whole, [(each, sum(taken[each][step].clock for step in steps)) for each in counts])
        megabytes = _at(whole, [(each, max(taken[each][step].together for step in steps)) for each in counts])
        grown = _grown([(each, sum(_grows(step, taken[each][step]) for step in steps)) for each in counts])
        reached = seconds <= goal and megabytes <= MEMORY and (not grown or float(grown) <= EXPONENT)
        what = f"≤ {goal} s，≤ {MEMORY:,} MB，≤ {EXPONENT}"
        told = "达到" if reached else "未达到"
        lines.append(f"| {name}{suffix} | {seconds:.0f} s | {megabytes:.0f} MB | {grown} | {what} | {told} |")
    return "\n".join(lines)


def _at(count: int, known: Sequence[tuple[int, float]]) -> float:
    """What stands at a size, or on the line through the two largest; of one size, in proportion to it."""
    (few, before), (many, after) = known[-2] if len(known) > 1 else (0, 0.0), known[-1]
    return after + (after - before) / (many - few) * (count - many)


def written(counts: list[int], taken: dict[int, dict[str, Used]], *, at_random: bool) -> str:
    """The part of docs/scale.md that is measured."""
    how = (
        "每个项目都有一份按固定种子填写的报送件，各格随机取值，问题比真实报送件多几倍。"
        if at_random
        else "每个项目按样例的一个项目填报，金额放大若干倍，各项目互不相同；样例里有意造成的差错照旧。"
    )
    command = f"python benchmarks/growth.py {' '.join(map(str, counts))}{' --random' * at_random}"
    head = (
        f"由 `{command}` 测得（{datetime.now(UTC):%Y-%m-%d}，"
        f"{os.cpu_count()} 个处理器核，开始时负载 {os.getloadavg()[2]:.1f}；报告不排页码）。"
        "时间为时钟秒数和全部进程的处理器秒数，内存为全部进程同一时刻的合计（PSS）。"
        f"{how}"
        "第二引擎复算下发的和收回的全部采集表（每个项目两份）。"
    )
    begin_mark, end_mark = MARKS[at_random]
    return "\n\n".join(
        (begin_mark, head, table(counts, taken), goals(counts, taken, "（随机填写）" * at_random), end_mark)
    )


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("counts", type=int, nargs="*", default=[39, 390])
    asked.add_argument("--anew", action="store_true", help="measure everything again")
    asked.add_argument("--random", action="store_true", help="something by chance in every cell")
    asked.add_argument("--print", action="store_true", help="print the tables, leave docs/scale.md alone")
    given = asked.parse_args()
    how = "随机" if given.random else "样例"
    places = Path(tempfile.gettempdir()) / "jixiao-growth" / program_state()[:12] / how
    if given.anew:
        shutil.rmtree(places, ignore_errors=True)
    counts = sorted(given.counts)
    taken = {}
    for count in counts:
        place = places / str(count)
        place.mkdir(parents=True, exist_ok=True)
        steps = [step for step in STEPS if step != "verify" or count <= LARGE]
        taken[count] = round_of(count, steps, place, fill_at_random if given.random else fill)
    new = written(counts, taken, at_random=given.random)
    if given.print:
        print(new)
        return
    begin_mark, end_mark = MARKS[given.random]
    before, _, rest = REPORT.read_text("utf-8").partition(begin_mark)
    REPORT.write_text(before + new + rest.partition(end_mark)[2], encoding="utf-8")


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    main()
