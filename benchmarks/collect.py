"""Reading what 39 units sent back: beside openpyxl, in hardened batches, and the start of the command.

    python benchmarks/collect.py            250 and 1,000 files
    python benchmarks/collect.py --full     also 10,000

Pairs are one file read both ways directly after each other (CPU time, median ratio): ours gives values, formulas and
names in one pass, openpyxl needs two loads. Batches are wall-clock time with two worker processes, the start of the
workers included, with the CPU time both cores spent beside it; memory is that of the largest worker at the end. The
exponent is that of CPU time over number of files, which other work on the machine does not change.
"""

import math
import resource
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from io import BytesIO
from itertools import cycle, islice
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

import openpyxl
from openpyxl.utils.datetime import to_excel

from toolkit import pipeline
from toolkit.collect import CollectContext, read_batch
from toolkit.errors import UnreadableFileError
from toolkit.excel.book import Book
from toolkit.excel.read import read_workbook

File = tuple[bytes, str]
START = datetime(2024, 11, 1, 9, 0).astimezone()


def played(folder: Path) -> tuple[CollectContext, list[File]]:
    """The sample's inbox and the context to read it in."""
    pipeline.initialise(folder, "nantong-2024", START)
    evaluation = pipeline.load(folder)
    files = [(one.read_bytes(), one.name) for one in sorted(evaluation.workspace.inbox.iterdir())]
    return evaluation.collecting, files


def pairs(files: list[File]) -> None:
    ratios, mismatches, cells = [], 0, 0
    read_workbook(files[0][0])
    for data, _ in files:
        try:
            began = process_time()
            book = read_workbook(data)
            ours = process_time() - began
        except UnreadableFileError:
            continue
        began = process_time()
        values = openpyxl.load_workbook(BytesIO(data), data_only=True)
        formulas = openpyxl.load_workbook(BytesIO(data))
        ratios.append((process_time() - began) / ours)
        counted, wrong = compared(book, values, formulas)
        cells, mismatches = cells + counted, mismatches + wrong
    worst, middle = min(ratios), median(ratios)
    print(
        f"values, formulas, names: {middle:.1f} x openpyxl (least {worst:.1f}), {cells} cells, {mismatches} mismatches"
    )
    assert mismatches == 0


def compared(book: Book, values: openpyxl.Workbook, formulas: openpyxl.Workbook) -> tuple[int, int]:
    """Cells compared, and how many differ in value or formula; names count as cells."""
    cells = wrong = 0
    for sheet in formulas.worksheets:
        ours = book.sheet(sheet.title)
        for row in sheet.iter_rows():
            for cell in row:
                mine = ours.cells.get((cell.row, cell.column)) if ours else None
                shown = values[sheet.title].cell(cell.row, cell.column).value
                formula = cell.value if cell.data_type == "f" else None
                cells += 1
                wrong += not (same(mine.value if mine else None, shown) and (mine.formula if mine else None) == formula)
    missing = set(formulas.defined_names) ^ {name for name in book.names if not name.startswith("_xlnm.")}
    return cells + len(book.names), wrong + len(missing)


def same(ours: object, theirs: object) -> bool:
    if isinstance(theirs, datetime | date | time | timedelta):
        return isinstance(ours, Decimal) and abs(float(ours) - float(to_excel(theirs))) < 1e-6
    if isinstance(theirs, int | float) and not isinstance(theirs, bool):
        return isinstance(ours, Decimal) and math.isclose(float(ours), theirs, rel_tol=1e-12, abs_tol=1e-12)
    return ours in (None, "") if theirs is None else ours == theirs or str(ours) == theirs


def batch(context: CollectContext, files: list[File], count: int) -> float:
    """CPU seconds of a hardened batch, workers and parent; printed with the wall clock and the largest worker."""
    taken: Iterator[File] = islice(cycle(files), count)
    began, used = perf_counter(), cpu()
    accepted = sum(one.accepted for one in read_batch(taken, context))
    spent, used = perf_counter() - began, cpu() - used
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(
        f"{count} files, two workers: {1000 * spent / count:.1f} ms a file, "
        f"{1000 * used / count:.1f} ms of CPU, {accepted} read, {memory:.0f} MB a worker",
        flush=True,
    )
    return used


def cpu() -> float:
    """CPU seconds of this process and of its workers that have ended."""
    usages = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in usages)


def cold_start() -> None:
    times = []
    for _ in range(7):
        began = perf_counter()
        subprocess.run([sys.executable, "-m", "toolkit", "--help"], check=True, stdout=subprocess.DEVNULL)
        times.append(perf_counter() - began)
    print(f"jixiao --help: {min(times):.2f} s at best, {median(times):.2f} s in the middle of {len(times)}")


def main() -> None:
    counts = [250, 1_000, *([10_000] if "--full" in sys.argv else [])]
    with TemporaryDirectory() as folder:
        context, files = played(Path(folder) / "南通")
        pairs(files[:12])
        spent = [batch(context, files, count) for count in counts]
        if "--full" in sys.argv:
            exponent = math.log(spent[-1] / spent[-2]) / math.log(counts[-1] / counts[-2])
            print(f"exponent from {counts[-2]} to {counts[-1]} files: {exponent:.2f}")
    cold_start()


if __name__ == "__main__":
    main()
