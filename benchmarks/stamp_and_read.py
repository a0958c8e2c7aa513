"""Stamping and reading beside openpyxl, in one run, on the same workbooks, contents compared.

    python benchmarks/stamp_and_read.py            39 and 1,000 workbooks; at 1,000 every 25th one is paired
    python benchmarks/stamp_and_read.py --full     every one is paired (several minutes)

A pair is one workbook done both ways directly after each other; the ratio of a line is the median over its pairs, so a
busy machine slows both sides. Times are CPU times of this process, compression included.
"""

import sys
from collections.abc import Callable
from datetime import date, time
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

import openpyxl
from openpyxl.utils.datetime import to_excel

from toolkit.excel.book import Book, CellKind
from toolkit.excel.read import read_workbook
from toolkit.excel.stamp import Stamp, compile_stamp
from toolkit.generate.compiling import compile_template
from toolkit.model.values import ErrorValue
from toolkit.scheme import read_scheme

Slots = dict[str, tuple[str, str]]


def template() -> tuple[bytes, Slots]:
    """The collection workbook of the sample with 39 projects."""
    root = Path(__file__).parents[1]
    scheme = read_scheme((root / "samples" / "nantong-2024" / "方案.xlsx").read_bytes(), "方案.xlsx").scheme
    compiled = compile_template((root / "workbook_templates" / "采集表模板.xlsx").read_bytes(), scheme)
    slots = {key: (slot.sheet, slot.cell) for key, slot in compiled.layout.slots.items() if not slot.formula}
    return compiled.data, slots


def values_of(project: int, slots: Slots) -> dict[str, Decimal | str]:
    """What one project fills in: two thirds numbers (past the first days of 1900), one third texts."""
    return {
        name: f"项目{project}的说明<第{index}项>" if index % 3 == 0 else Decimal(200_000 + project * 1000 + index) / 100
        for index, name in enumerate(slots)
    }


def stamp_with_openpyxl(data: bytes, slots: Slots, values: dict[str, Decimal | str]) -> bytes:
    book = openpyxl.load_workbook(BytesIO(data))
    for name, value in values.items():
        sheet, ref = slots[name]
        book[sheet][ref].value = value
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def read_with_openpyxl(data: bytes) -> tuple[openpyxl.Workbook, openpyxl.Workbook]:
    return openpyxl.load_workbook(BytesIO(data)), openpyxl.load_workbook(BytesIO(data), data_only=True)


def contents(book: Book) -> list[object]:
    """Every cell that holds something, and what makes a workbook look and behave as it does."""
    return [
        (sheet.name, sheet.protected, sheet.validations, sheet.merges, cell[:6], cell.number_format, cell.locked)
        for sheet in book.sheets
        for cell in sheet.cells.values()
        if cell.kind is not CellKind.BLANK or cell.formula
    ] + sorted((name, target.sheet, target.ref) for name, target in book.names.items())


def same_as_openpyxl(book: Book, loaded: tuple[openpyxl.Workbook, openpyxl.Workbook]) -> bool:
    for sheet in book.sheets:
        formulas, values = (workbook[sheet.name] for workbook in loaded)
        for cell in sheet.cells.values():
            shown = values.cell(cell.row, cell.column).value
            mine = cell.value.value if isinstance(cell.value, ErrorValue) else cell.value
            if isinstance(shown, date | time):
                shown = to_excel(shown)
            equal = float(mine) == shown if isinstance(mine, Decimal) else (mine or None) == shown
            formula = formulas.cell(cell.row, cell.column).value
            if not equal or (cell.formula is not None and cell.formula != formula):
                return False
    return True


def timed(action: Callable[[], object]) -> tuple[float, object]:
    start = process_time()
    result = action()
    return (process_time() - start) * 1000, result


def compare(stamp: Stamp, data: bytes, slots: Slots, count: int, every: int) -> None:
    """Do ``count`` projects our way and every ``every``-th one openpyxl's way too; print two lines."""
    times: dict[str, list[tuple[float, float | None]]] = {"stamp": [], "read": []}
    start = perf_counter()
    for project in range(count):
        values = values_of(project, slots)
        paired = project % every == 0
        ours, stamped = timed(lambda values=values: stamp.fill(values))
        theirs, written = (
            timed(lambda values=values: stamp_with_openpyxl(data, slots, values)) if paired else (None, None)
        )
        times["stamp"].append((ours, theirs))
        ours, book = timed(lambda stamped=stamped: read_workbook(stamped))
        theirs, loaded = timed(lambda stamped=stamped: read_with_openpyxl(stamped)) if paired else (None, None)
        times["read"].append((ours, theirs))
        if paired:
            assert contents(book) == contents(read_workbook(written)), "stamped contents differ"
            assert same_as_openpyxl(book, loaded), "read contents differ"
    for name, pairs in times.items():
        _print_line(name, count, pairs)
    print(f"{'':8}{perf_counter() - start:.1f} s in all; {len(range(0, count, every))} pairs, all contents equal")


def _print_line(name: str, count: int, times: list[tuple[float, float | None]]) -> None:
    pairs = [(ours, theirs) for ours, theirs in times if theirs is not None]
    ratio = median(theirs / ours for ours, theirs in pairs)
    mine, peer = median(ours for ours, _ in times), median(theirs for _, theirs in pairs)
    total = sum(ours for ours, _ in times) / 1000
    print(f"{name:8}{count:>6} {mine:>10.2f} {peer:>12.1f} {ratio:>9.1f}x {total:>10.2f}")


def main() -> None:
    data, slots = template()
    compiling, stamp = timed(lambda: compile_stamp(data, slots))
    book = read_workbook(data)
    cells = [cell for sheet in book.sheets for cell in sheet.cells.values()]
    formulas = sum(cell.formula is not None for cell in cells)
    print(f"{len(book.sheets)} sheets, {len(cells)} cells, {formulas} formulas, {len(slots)} slots, {len(data)} bytes")
    print(f"compiled once in {compiling:.1f} ms\n")
    print(f"{'':8}{'files':>6} {'ours ms':>10} {'openpyxl ms':>12} {'ratio':>10} {'ours s':>10}")
    compare(stamp, data, slots, 39, 1)
    compare(stamp, data, slots, 1000, 1 if "--full" in sys.argv[1:] else 25)


if __name__ == "__main__":
    main()
