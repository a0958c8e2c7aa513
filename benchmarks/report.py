"""benchmarks/report.md anew: what was measured of the goals for speed, beside which peers.

All ratios are medians over pairs in one run, in CPU time. Commands are measured with their processes, on the sample.
"""

import platform
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import NamedTuple

import commands
import growth
import master
import rustypyxl
from collect import played
from stamp_and_read import stamp_with_openpyxl, template, timed, values_of
from word_render import PROJECTS, RUST, against, against_docxtpl, overall_report, project, project_report

from toolkit.collect import read_batch, read_return
from toolkit.excel.read import read_workbook
from toolkit.excel.second_engine import recalculate
from toolkit.excel.stamp import compile_stamp

PEERS = ("openpyxl", "rustypyxl", "docxtpl", "lxml", "XlsxWriter", "formualizer", "deflate")
ROUNDS = 9
READ_RETURN = 10
"""Units: milliseconds."""
MANY, STATUS_OF_MANY, STATUS_HOLDS = 2_039, 2, 150
"""Units: originals, CPU seconds, megabytes."""
NOT_MEASURED = () if RUST.exists() else ("单项目报告对 rust-docxtpl",)


MASTERS, MASTER_RATIO, MASTER_HOLDS = (1_000, 10_000), 12, 15
"""Projects with 40 indicators each (the goal is of the last, which takes five minutes), times XlsxWriter's time, MB."""
REFEREE = 15
"""Units: milliseconds."""
CALCULATED = 300
"""Units: milliseconds."""
CALCULATE = """
import sys, time
from pathlib import Path
from toolkit import processes
processes.set_up()
from toolkit.excel.calculation import Calculation
from toolkit.excel.read import read_workbook
book = read_workbook(Path(sys.argv[1]).read_bytes())
began = time.process_time()
found = dict(Calculation(book).results())
print((time.process_time() - began) * 1000)
assert found == dict(Calculation(book, trust_results=True).results())
"""
"""What a process does that has met none of the formulas; it says how many milliseconds they took."""

NOT_REACHED = re.compile(r"^\| ([^|]+?) \| ([^|]+?) \|.*\| 未达到 \|$", re.MULTILINE)
"""Of the table of :func:`growth.goals`: what, and how long it took."""


class Line(NamedTuple):
    """What was measured of one work, as it is printed; whether its goal was reached."""

    name: str
    ours: str
    goal: str
    reached: bool
    theirs: str = "—"
    ratio: str = "—"

    def __str__(self) -> str:
        reached = "达到" if self.reached else "未达到"
        return f"| {self.name} | {self.ours} | {self.theirs} | {self.ratio} | {self.goal} | {reached} |"


def paired(ours: Callable[[], object], theirs: Callable[[], object]) -> tuple[float, float, float]:
    """Median milliseconds of both, and the median of their ratio."""
    pairs = [(timed(ours)[0], timed(theirs)[0]) for _ in range(ROUNDS)]
    return median(mine for mine, _ in pairs), median(peer for _, peer in pairs), median(b / a for a, b in pairs)


def by_rustypyxl(path: Path, slots: dict[str, tuple[str, str]], values: dict[str, object]) -> bytes:
    book = rustypyxl.load_workbook(str(path))
    book.set_compression("fast")
    sheets = {name: book[name] for name in book.sheetnames}
    for slot, value in values.items():
        sheet, cell = slots[slot]
        sheets[sheet][cell].value = value if isinstance(value, str) else float(value)
    return bytes(book.save_to_bytes())


def all_of_rustypyxl(path: Path) -> int:
    book = rustypyxl.load_workbook(str(path))
    cells = [
        (cell.value, cell.number_format) for name in book.sheetnames for row in book[name].iter_rows() for cell in row
    ]
    return len(cells) + len(list(book.defined_names))


def workbooks(folder: Path) -> list[Line]:
    data, slots = template()
    path, stamp, values = folder / "表.xlsx", compile_stamp(data, slots), values_of(1, slots)
    path.write_bytes(data)
    rows = [
        ("填表对 rustypyxl（fast）", 4, paired(lambda: stamp.fill(values), lambda: by_rustypyxl(path, slots, values))),
        ("填表对 openpyxl", 150, paired(lambda: stamp.fill(values), lambda: stamp_with_openpyxl(data, slots, values))),
    ]
    return [line(*row) for row in rows]


def documents() -> list[Line]:
    many = {"projects": [project(number) for number in range(PROJECTS)]}
    alone, whole = (project_report(), project(1)), (overall_report(), many)
    rows = [
        line("单项目报告对 docxtpl", 40, against_docxtpl(*alone)),
        line("整体报告对 docxtpl", 18, against_docxtpl(*whole)),
    ]
    if RUST.exists():
        rows.insert(1, line("单项目报告对 rust-docxtpl", 30, against(RUST, *alone)))
    return rows


def line(name: str, goal: float, found: tuple[float, float, float]) -> Line:
    ours, theirs, ratio = found
    return Line(name, f"{ours:.2f} ms", f"≥ {goal:.2f}×", ratio >= goal, f"{theirs:.2f} ms", f"{ratio:.2f}×")


def returned(folder: Path) -> list[Line]:
    """Returns met for the first time after others of their batch: nothing of a file itself is known."""
    context, files = played(folder)
    outcomes = read_batch(files, context)  # in other processes, which leave nothing here
    files = [file for file, outcome in zip(files, outcomes, strict=True) if outcome.accepted]
    for data, name in files[::3]:
        read_return(data, name, context)
    pairs = []
    for number, (data, _) in enumerate(files[1::3]):
        path = folder / f"{number}.xlsx"
        path.write_bytes(data)
        pairs.append((timed(partial(read_workbook, data))[0], timed(partial(all_of_rustypyxl, path))[0]))
    ours, theirs = median(mine for mine, _ in pairs), median(peer for _, peer in pairs)
    whole = median(timed(partial(read_return, data, name, context))[0] for data, name in files[2::3])
    ratio = median(peer / mine for mine, peer in pairs)
    return [
        line("读表对 rustypyxl（取出全部值和格式）", 1 / 1.2, (ours, theirs, ratio)),
        Line("读一份报送件（到读数和提示）", f"{whole:.2f} ms", f"≤ {READ_RETURN} ms", whole <= READ_RETURN),
    ]


def many() -> commands.Row:
    """Where a large evaluation stands, asked a second time."""
    name = f"status（{MANY:,} 份原件，再次）"
    return commands.Row(name, growth.answered(MANY), STATUS_OF_MANY, STATUS_HOLDS)


def masters(folder: Path, count: int) -> list[Line]:
    """The master workbook of many projects; every cell is the same both ways."""
    found = master.measured(count, folder)
    seconds = (found.ours * 1000, found.theirs * 1000, found.theirs / found.ours)
    held, holds = found.megabytes, found.megabytes <= MASTER_HOLDS
    return [
        line(f"总表 {count:,}×40 对 XlsxWriter（constant_memory）", MASTER_RATIO, seconds),
        Line(f"总表 {count:,}×40 比基线多用的内存", f"{held:.0f} MB", f"≤ {MASTER_HOLDS} MB", holds),
    ]


def referee(files: list[bytes]) -> Line:
    """Returns calculated by both engines, opening and reading included; nothing may differ."""
    recalculate(files[0])
    taken = []
    for data in files:
        spent, answer = timed(partial(recalculate, data))
        assert answer[2] == 0, answer
        taken.append(spent)
    whole = median(taken)
    name = "formualizer 复算一份报送件（含读取和本工具复算）"
    return Line(name, f"{whole:.1f} ms", f"≤ {REFEREE} ms", whole <= REFEREE)


def calculated(book: Path) -> Line:
    """Our own engine over a master workbook; every result is the one that stands in the file."""
    command = [sys.executable, "-c", CALCULATE, str(book)]
    whole = median(float(subprocess.check_output(command, cwd=growth.ROOT)) for _ in range(ROUNDS))
    return Line("本工具重算演示的总表", f"{whole:.0f} ms", f"≤ {CALCULATED} ms", whole <= CALCULATED)


def left_over(measured: Sequence[Line | commands.Row]) -> str:
    """What did not reach its goal, by name; what this report does not measure."""
    short = "；".join(row.name for row in measured if row.reached is False)
    unmeasured = f"尚未测量：{'；'.join(NOT_MEASURED)}。" if NOT_MEASURED else ""
    of_the_round = "；".join(f"{name} {used}" for name, used in NOT_REACHED.findall(growth.REPORT.read_text("utf-8")))
    return (
        f"尚未达到：{short or '无'}。{unmeasured}整轮 5,000 个项目另行测量（docs/scale.md），"
        f"尚未达到：{of_the_round or '无'}。"
    )


def main() -> None:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        # first: what this process has held once counts as held by every process it starts
        used = [*commands.rows(folder / "演示"), many()]
        rows = [*workbooks(folder), *returned(folder / "报送件"), *documents()]
        rows.append(referee([path.read_bytes() for path in sorted((folder / "报送件").glob("[0-9]*.xlsx"))]))
        rows.append(calculated(next((folder / "演示" / "06-汇总总表").glob("*.xlsx"))))
        for count in MASTERS:
            rows += masters(folder, count)
    peers = "，".join(f"{name} {version(name)}" for name in PEERS)
    text = [
        "# 速度报告", "", "由 `make bench-report` 重新生成。时间为处理器时间；倍数为同一次运行中成对测得的中位数。", "",
        f"- 日期：{date.today()}；机器：{platform.machine()}，{platform.system()}，Python {platform.python_version()}",  # noqa: DTZ011
        f"- 对照：{peers}", "",
        "| 工作 | 本工具 | 对照 | 倍数 | 目标 | 结果 |", "|---|---|---|---|---|---|", *map(str, rows), "",
        "| 命令（39 个项目，含子进程；有无缓存结果相同） | 用时 | 目标 | 结果 |", "|---|---|---|---|",
        *map(str, used), "",
        left_over([*rows, *used]), "",
    ]  # fmt: skip
    Path(__file__).with_name("report.md").write_text("\n".join(text), encoding="utf-8")
    sys.stdout.write("\n".join(text))


if __name__ == "__main__":
    main()
