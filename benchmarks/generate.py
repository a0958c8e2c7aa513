"""Generating collection workbooks, against openpyxl's load, fill and save, in pairs at equal content.

``python benchmarks/generate.py [N ...]`` (default 39 1000): ms a workbook, the ratio, growth, threads, memory.
The openpyxl side loads the same compiled workbook and writes the same cells; both results are read back and compared.
"""

import subprocess
import sys
import tempfile
import time
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
from toolkit.generate.stamping import places_filled
from toolkit.model import Project, Scheme
from toolkit.model.identity import Identity
from toolkit.resources import sample_dir, template_path
from toolkit.scheme import read_roster, read_scheme

PAIRS = 25  # workbooks made both ways, one directly after the other


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
    places = places_filled(compiled, scheme, set())
    assert same_content(template.stamp(projects[0]), by_openpyxl(compiled.data, template, places, projects[0]))
    pairs = [
        (
            *seconds(template.stamp, [one]),
            *seconds(lambda one: by_openpyxl(compiled.data, template, places, one), [one]),
        )
        for one in many(projects, PAIRS)
    ]
    ours, theirs = (median(side) * 1000 for side in zip(*pairs, strict=True))
    ratio = median(peer / mine for mine, peer in pairs)
    print(f"{PAIRS} pairs: stamp {ours:.2f} ms, openpyxl {theirs:.1f} ms, ratio {ratio:.1f}")
    totals = {}
    for count in counts:
        totals[count] = sum(seconds(template.stamp, many(projects, count)))
        print(f"{count} workbooks: {totals[count]:.2f} s, {totals[count] / count * 1000:.2f} ms each")
    if len(counts) > 1:
        low, high = min(counts), max(counts)
        print(f"growth exponent {log(totals[high] / totals[low]) / log(high / low):.3f}")
    workers_compared(template, many(projects, 400))
    for count in counts:
        print(f"{count} files on disk, in a process that does nothing else: ", end="", flush=True)
        subprocess.run([sys.executable, __file__, "--alone", str(count)], check=True)


def alone(count: int) -> None:
    data, scheme, projects = evaluation()
    template = compile_collection(data, scheme, Identity("benchmark", b"key"))
    with tempfile.TemporaryDirectory() as folder:
        generate_all(many(projects, count), Path(folder), template)
    # Not getrusage: a child process starts with its parent's maximum.
    most = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
    print(f"{int(most.split()[1]) / 1024:.0f} MB at most")


def workers_compared(template: CollectionTemplate, projects: list[Project]) -> None:
    """Wall time of writing a folder with one thread and with several, by turns; needs idle cores to mean anything."""
    spent: dict[int | None, list[float]] = {1: [], None: []}
    for workers in (1, None) * 5:
        with tempfile.TemporaryDirectory() as folder:
            start = time.perf_counter()
            generate_all(projects, Path(folder), template, workers=workers)
            spent[workers].append(time.perf_counter() - start)
    one, several = min(spent[1]), min(spent[None])
    ratio = f"{one / several:.2f}x"
    print(f"{len(projects)} files on disk: {one:.2f} s with one thread, {several:.2f} s with several, {ratio}")


if __name__ == "__main__":
    alone(int(sys.argv[2])) if "--alone" in sys.argv[1:2] else main()
