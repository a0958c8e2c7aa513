"""Generating collection workbooks, against openpyxl's load, fill and save, in one run at equal content.

``python benchmarks/generate.py [N ...]`` (default 39 1000): ms a workbook, the paired ratio, growth and memory.
The openpyxl side loads the same compiled workbook and writes the same cells; both results are read back and compared.
"""

import resource
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from math import log
from pathlib import Path
from statistics import median

from openpyxl import load_workbook

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from toolkit.excel.cell_xml import Cached
from toolkit.excel.read import read_workbook
from toolkit.generate import CollectionTemplate, compile_collection, generate_all
from toolkit.generate.compiling import compile_template
from toolkit.generate.stamping import _places
from toolkit.model import Project, Scheme
from toolkit.model.identity import Identity
from toolkit.resources import sample_dir, template_path
from toolkit.scheme import read_roster, read_scheme

PEER_SAMPLE = 15  # openpyxl is measured on so many workbooks: its cost a workbook does not change


def evaluation() -> tuple[bytes, Scheme, list[Project]]:
    folder = sample_dir("nantong-2024")
    scheme = read_scheme((folder / "方案.xlsx").read_bytes(), "方案.xlsx").scheme
    roster = read_roster((folder / "项目清单.xlsx").read_bytes(), "项目清单.xlsx", "万元").roster
    assert scheme
    assert roster
    return template_path("采集表模板.xlsx").read_bytes(), scheme, list(roster.projects)


def many(projects: list[Project], count: int) -> list[Project]:
    return [replace(projects[number % len(projects)], id=str(number + 1)) for number in range(count)]


def by_openpyxl(data: bytes, template: CollectionTemplate, places: dict[str, tuple[str, str]], one: Project) -> bytes:
    book = load_workbook(BytesIO(data))
    for name, value in template._values(one):
        if name in places and not isinstance(value, Cached):
            sheet, cell = places[name]
            book[sheet][cell].value = value
            if isinstance(value, str):
                book[sheet][cell].data_type = "s"
    output = BytesIO()
    book.save(output)
    return output.getvalue()


def seconds(work: Callable[[Project], object], projects: list[Project]) -> list[float]:
    spent = []
    for one in projects:
        start = time.process_time()
        work(one)
        spent.append(time.process_time() - start)
    return spent


def same_content(ours: bytes, theirs: bytes) -> bool:
    """Equal values and formulas in every cell; what only a stamp can do (cached results, identity parts) set aside."""
    first, second = read_workbook(ours), read_workbook(theirs)
    for sheet in first.sheets:
        other = second.sheet(sheet.name)
        for cell in sheet.cells.values():
            found = other.at(cell.ref) if other else None
            blank = found is None or (found.value is None and found.formula is None)
            if cell.formula:
                if found is None or found.formula != cell.formula:
                    return False
            elif cell.value is None or cell.value == "":
                if not blank and found and found.value:
                    return False
            elif found is None or found.value != cell.value:
                return False
    return True


def main() -> None:
    counts = [int(text) for text in sys.argv[1:]] or [39, 1000]
    data, scheme, projects = evaluation()
    start = time.process_time()
    template = compile_collection(data, scheme, Identity("benchmark", b"key"))
    print(f"compile once: {(time.process_time() - start) * 1000:.0f} ms")
    compiled = compile_template(data, scheme)
    places = _places(compiled, scheme)
    assert same_content(template.stamp(projects[0]), by_openpyxl(compiled.data, template, places, projects[0]))
    peer = median(seconds(lambda one: by_openpyxl(compiled.data, template, places, one), many(projects, PEER_SAMPLE)))
    print(f"{'workbooks':>10} {'stamp ms':>9} {'openpyxl ms':>12} {'ratio':>6} {'total s':>8}")
    totals = {}
    for count in counts:
        spent = seconds(template.stamp, many(projects, count))
        totals[count] = sum(spent)
        each = median(spent)
        print(f"{count:>10} {each * 1000:>9.2f} {peer * 1000:>12.1f} {peer / each:>6.1f} {sum(spent):>8.2f}")
    if len(counts) > 1:
        low, high = min(counts), max(counts)
        print(f"growth exponent {log(totals[high] / totals[low]) / log(high / low):.3f}")
    tracemalloc.start()
    for one in many(projects, 200):
        template.stamp(one)
    print(f"peak memory of 200 stampings: {tracemalloc.get_traced_memory()[1] / 1e6:.1f} MB")
    tracemalloc.stop()
    two_processes(template, many(projects, 2000))
    print(f"largest memory of this process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def two_processes(template: CollectionTemplate, projects: list[Project]) -> None:
    """Wall time of writing a folder alone and with a helper, by turns; needs two idle cores to mean anything."""
    spent: dict[int, list[float]] = {1: [], 2: []}
    for processes in (1, 2, 1, 2):
        with tempfile.TemporaryDirectory() as folder:
            start = time.perf_counter()
            generate_all(projects, Path(folder), template, processes=processes)
            spent[processes].append(time.perf_counter() - start)
    alone, shared = min(spent[1]), min(spent[2])
    print(f"{len(projects)} files on disk: one process {alone:.2f} s, two {shared:.2f} s, ratio {alone / shared:.2f}")


if __name__ == "__main__":
    main()
