"""Stamping and reading beside openpyxl, in one run, on the same workbooks, contents compared.

    python benchmarks/stamp_and_read.py            39 and 1,000 workbooks; at 1,000 every 25th one is paired
    python benchmarks/stamp_and_read.py --full     every one is paired (several minutes)
    python benchmarks/stamp_and_read.py --plain    a plain synthetic template instead of the 39 projects' real one

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
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Border, Font, PatternFill, Protection, Side
from openpyxl.utils.datetime import to_excel
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from toolkit.excel.book import Book, CellKind
from toolkit.excel.read import read_workbook
from toolkit.excel.stamp import Stamp, compile_stamp
from toolkit.generate.compiling import compile_template
from toolkit.model.values import ErrorValue
from toolkit.scheme import read_scheme

SHEETS = ("封面与填报说明", "项目基本信息", "立项与采购合同", "资金情况", "指标信息", "佐证材料清单", "填报自检")
INDICATORS = 60
Slots = dict[str, tuple[str, str]]


def real_template() -> tuple[bytes, Slots]:
    """The collection workbook of the sample with 39 projects."""
    root = Path(__file__).parents[1]
    scheme = read_scheme((root / "samples" / "nantong-2024" / "方案.xlsx").read_bytes(), "方案.xlsx").scheme
    compiled = compile_template((root / "workbook_templates" / "采集表模板.xlsx").read_bytes(), scheme)
    slots = {key: (slot.sheet, slot.cell) for key, slot in compiled.layout.slots.items() if not slot.formula}
    return compiled.data, slots


def template() -> tuple[bytes, Slots]:
    """Seven sheets, 60 indicator rows, about 290 formulas and 390 cells to fill, styled, named, locked and checked."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    slots: Slots = {}
    for number, name in enumerate(SHEETS):
        sheet = book.create_sheet(name)
        rows, formulas, inputs = (INDICATORS, 3, 4) if name == "指标信息" else (25, 4 if number == 6 else 1, 1)
        for row in range(2, rows + 2):
            _row(sheet, row, formulas, inputs)
            for column in range(3, 3 + inputs):
                cell = sheet.cell(row, column)
                slots[f"{name}_{row}_{column}"] = (name, cell.coordinate)
                sheet.add_data_validation(_rule(cell.coordinate))
        sheet.protection.enable()
        sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=8)
        red = PatternFill("solid", bgColor="FFFFC7CE")
        sheet.conditional_formatting.add(f"C2:C{rows + 1}", FormulaRule(formula=['C2=""'], fill=red))
    for name, (sheet_name, ref) in slots.items():
        book.defined_names[name] = DefinedName(name, attr_text=f"'{sheet_name}'!${ref[0]}${ref[1:]}")
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue(), slots


def _rule(ref: str) -> DataValidation:
    """One rule an input cell, as the generated workbooks have them: every cell tells what belongs in it."""
    rule = DataValidation(type="decimal", operator="greaterThanOrEqual", formula1="0", allow_blank=True)
    rule.promptTitle, rule.prompt = "填写说明", "以万元为单位，保留两位小数；没有发生的填 0。"
    rule.showInputMessage = rule.showErrorMessage = True
    rule.add(ref)
    return rule


def _row(sheet, row: int, formulas: int, inputs: int) -> None:
    thin = Side(style="thin", color="FFBFBFBF")
    for column in range(1, 3 + inputs + formulas):
        cell = sheet.cell(row, column)
        cell.border = Border(top=thin, bottom=thin, left=thin, right=thin)
        if column <= 2:
            cell.value = f"第 {row} 行说明文字：评分标准与取数口径"
            cell.font = Font(name="宋体", size=10, bold=column == 1)
        elif column < 3 + inputs:
            cell.fill = PatternFill("solid", "FFFFF2CC")
            cell.protection = Protection(locked=False)
        else:
            cell.value = f'=IF(C{row}="","",ROUND(C{row}/{column},4))'
            cell.number_format = "0.00%"


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
    data, slots = template() if "--plain" in sys.argv[1:] else real_template()
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
