"""The master workbook of many projects beside XlsxWriter, in one run, every cell the same.

    python benchmarks/master.py             1,000 projects with 40 indicators each
    python benchmarks/master.py 10000       the size of the goal; some minutes

Ours is everything from the plan to the finished file: drawing, formulas' results, compressing. XlsxWriter's is its own
calls alone, in its fastest way (rows written out at once, ``constant_memory``), for the same cells, formulas with their
results, looks and heights. Times are CPU time. Memory is what the largest resident size grows by while the file is
written, after the plan and all modules are there.
"""

import random
import re
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import groupby
from pathlib import Path
from time import process_time
from typing import Any
from xml.sax.saxutils import unescape

import xlsxwriter
from growth import SAMPLE

from toolkit.aggregate import MasterPlan
from toolkit.aggregate.master import draw
from toolkit.excel.cell_xml import STARTS_A_FORMULA, visible_text
from toolkit.excel.new_book import Look, NewBook, NewCell
from toolkit.excel.new_book_styles import look_properties
from toolkit.excel.new_book_writer import write_book_into
from toolkit.formula.fields import field_values
from toolkit.model import (
    Balance,
    CellRef,
    ErrorValue,
    Field,
    FieldType,
    Project,
    Reading,
    ReadState,
    Roster,
    Submission,
    Value,
)
from toolkit.scheme import read_scheme
from toolkit.scoring import score_project

DIFFERENT = 40
"""Projects with figures of their own; further ones repeat them under their own number and name."""
_SEED = 2024
_BATCH = 1_000
_CELL = re.compile(r'<c r="([A-Z]+\d+)"(?: s="\d+")?(?: t="(\w+)")?(?:/>|>(?:<f>(.*?)</f>)?(.*?)</c>)', re.DOTALL)
_TEXT = re.compile(r"<t[^>]*>(.*?)</t>", re.DOTALL)
_VALUE = re.compile(r"<v>(.*?)</v>", re.DOTALL)


def plan_of(count: int) -> MasterPlan:
    """The sample's scheme over seeded returns."""
    scheme = read_scheme((SAMPLE / "方案.xlsx").read_bytes(), "方案.xlsx").scheme
    projects = [
        Project(
            str(n),
            2020 + n % 5,
            f"市第{n % 90}局",
            (f"市第{n % 90}局",),
            f"数字政府第{n}号平台建设",
            Decimal(100 + n % 900),
        )
        for n in range(1, count + 1)
    ]
    returned = [_submission(list(scheme.fields), n) for n in range(DIFFERENT)]
    fields = [field_values(scheme, submission, {}) for submission in returned]
    sheets = [score_project(scheme, projects[0], submission, ()) for submission in returned]
    numbered = list(enumerate(projects))
    return MasterPlan(
        scheme,
        Roster(tuple(projects)),
        {one.id: replace(sheets[n % DIFFERENT], project=one.id, name=one.name, unit=one.unit) for n, one in numbered},
        {one.id: returned[n % DIFFERENT] for n, one in numbered},
        {one.id: fields[n % DIFFERENT] for n, one in numbered},
        evaluation="e",
    )


def _submission(fields: list[Field], seed: int) -> Submission:
    chance = random.Random(f"{_SEED} {seed}")  # noqa: S311 - the same values each time
    at = CellRef("回执.xlsx")
    values = {field.key: _typed(field, chance) for field in fields if not field.table and not field.formula}
    readings = {key: Reading(key, at, ReadState.VALUE, value) for key, value in values.items()}
    return Submission(str(seed), "a" * 64, "回执.xlsx", readings, Balance())


def _typed(field: Field, chance: random.Random) -> Value:
    if field.choices:
        return chance.choice(field.choices)
    if field.type is FieldType.TEXT:
        return f"说明{chance.randrange(10**6)}"
    if field.type is FieldType.DATE:
        return Decimal(45_300 + chance.randrange(300))
    return Decimal(chance.randrange(1, 100)) / (100 if field.type is FieldType.RATE else 1)


def resident(what: str) -> float:
    """``VmRSS`` or ``VmHWM`` of this process. Units: MB."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return int(next(line for line in lines if line.startswith(what)).split()[1]) / 1024


def ours(plan: MasterPlan, path: Path) -> tuple[float, float]:
    """Seconds and megabytes that the workbook takes."""
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")  # the largest size is counted anew
    before, began = resident("VmRSS"), process_time()
    with path.open("wb") as target:
        write_book_into(target, draw(plan).book)
    return process_time() - began, resident("VmHWM") - before


@dataclass(slots=True)
class Clock:
    """CPU seconds of the parts that count."""

    seconds: float = 0.0

    def __enter__(self) -> None:
        self._began = process_time()

    def __exit__(self, *_: object) -> None:
        self.seconds += process_time() - self._began

    _began: float = 0.0


def theirs(book: NewBook, path: Path) -> float:
    """Seconds XlsxWriter takes for the same cells; drawing them does not count."""
    clock = Clock()
    with clock:
        target = xlsxwriter.Workbook(str(path), {"constant_memory": True})
        formats = {
            (look, quoted): target.add_format(
                look_properties(look, book.money_format) | ({"quote_prefix": True} if quoted else {})
            )
            for look in Look
            for quoted in (False, True)
        }
    for sheet in book.sheets:
        worksheet = target.add_worksheet(sheet.name)
        rows = (
            (row, [(place[1], cell) for place, cell in own])
            for row, own in groupby(sheet.every_cell(), lambda one: one[0][0])
        )
        while batch := list(next_of(rows)):
            with clock:
                for row, cells in batch:
                    worksheet.set_row(row - 1, sheet.heights.get(row, 30.0))
                    for column, cell in cells:
                        write(worksheet, row - 1, column - 1, cell, formats)
    with clock:
        target.close()
    return clock.seconds


def next_of(rows: Iterator[Any]) -> Iterator[Any]:
    yield from (row for _, row in zip(range(_BATCH), rows, strict=False))


def write(worksheet: Any, row: int, column: int, cell: NewCell, formats: dict[tuple[Look, bool], Any]) -> None:
    """One cell by XlsxWriter."""
    value, look, formula = cell
    if formula:
        shown = value.value if isinstance(value, ErrorValue) else float(value) if isinstance(value, Decimal) else value
        worksheet.write_formula(row, column, formula, formats[look, False], "" if shown is None else shown)
    elif value is None or value == "":
        worksheet.write_blank(row, column, None, formats[look, False])
    elif isinstance(value, Decimal):
        worksheet.write_number(row, column, float(value), formats[look, False])
    elif isinstance(value, str):
        worksheet.write_string(row, column, visible_text(value), formats[look, value.startswith(STARTS_A_FORMULA)])
    else:
        worksheet.write_boolean(row, column, value, formats[look, False])


def cells_of(path: Path) -> Iterator[tuple[str, str, str, object]]:
    """Part, address, formula and value of every cell that holds something."""
    with zipfile.ZipFile(path) as package:
        shared = package.read("xl/sharedStrings.xml").decode() if "xl/sharedStrings.xml" in package.namelist() else ""
        texts = ["".join(_TEXT.findall(one)) for one in shared.split("<si>")[1:]]
        for name in sorted(one for one in package.namelist() if one.startswith("xl/worksheets/sheet")):
            with package.open(name) as part:
                for row in _rows(part):
                    for at, kind, formula, rest in _CELL.findall(row):
                        if formula or rest:
                            yield name, at, unescape(formula), _read(kind, rest, texts)


def _rows(part: Any) -> Iterator[str]:
    waiting = b""
    while more := part.read(1_000_000):
        *rows, waiting = (waiting + more).split(b"</row>")
        yield from (row.decode() for row in rows)


def _read(kind: str, rest: str, texts: list[str]) -> object:
    if kind == "inlineStr":
        return unescape("".join(_TEXT.findall(rest)))
    found = _VALUE.search(rest)
    shown = found[1] if found else ""
    if kind == "s":
        return unescape(texts[int(shown)])
    return float(f"{float(shown):.14g}") if not kind and shown else unescape(shown)  # XlsxWriter writes 16 digits


@dataclass(frozen=True, slots=True)
class Result:
    """What was measured. Units: CPU seconds, MB."""

    cells: int
    ours: float
    theirs: float
    megabytes: float
    size: float


def measured(count: int, folder: Path) -> Result:
    """Both ways, every cell compared."""
    plan = plan_of(count)
    ours(plan_of(20), folder / "前.xlsx")  # what is made once for the whole process
    seconds, megabytes = ours(plan, folder / "甲.xlsx")
    peer = theirs(draw(plan).book, folder / "乙.xlsx")
    number = 0
    for mine, other in zip(cells_of(folder / "甲.xlsx"), cells_of(folder / "乙.xlsx"), strict=True):
        assert mine == other, (mine, other)
        number += 1
    return Result(number, seconds, peer, megabytes, (folder / "甲.xlsx").stat().st_size / 1e6)


def main() -> None:
    counts = [int(word) for word in sys.argv[1:]] or [1_000]
    for count in counts:
        with tempfile.TemporaryDirectory() as place:
            found = measured(count, Path(place))
        sys.stdout.write(
            f"{count} 个项目×40 指标，{found.cells} 格：本工具 {found.ours:.1f} s，XlsxWriter {found.theirs:.1f} s，"
            f"{found.theirs / found.ours:.1f}×；比基线多 {found.megabytes:.0f} MB；文件 {found.size:.1f} MB\n"
        )


if __name__ == "__main__":
    main()
