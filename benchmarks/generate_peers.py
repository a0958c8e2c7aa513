"""Stamping against the libraries a user might pick instead, in one run: the same workbook, the same cells.

``python benchmarks/generate_peers.py [N]`` (default 30). The packages are installed into a temporary folder; without
node, npm, pip or a network the peers are skipped with the reason. A peer's last output is read back and what it lost
of the workbook it was given is said: only peers whose output is whole are rivals. xlsx-populate and xlsx-template
cannot read texts that stand in their cells, as openpyxl writes them, and get the workbook as exceljs saves it, which
is without the one defined name that holds a text (the identity) instead of cells.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from statistics import median

from openpyxl import load_workbook

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.generate import evaluation, many, seconds
from toolkit.excel.addresses import parse_area
from toolkit.excel.book import Cell, Sheet
from toolkit.excel.cell_xml import Cached
from toolkit.excel.read import read_workbook
from toolkit.generate import compile_collection
from toolkit.generate.compiling import compile_template
from toolkit.generate.stamping import places_filled
from toolkit.model.identity import Identity

NPM = ("exceljs", "xlsx-populate", "xlsx-template")
XLTPL = "xltpl"
# exceljs asks for a version of a small package that some mirrors do not hold.
PACKAGE = {"private": True, "overrides": {"typedarray.prototype.slice": "1.0.5"}}


def install(peer: str, folder: Path) -> str:
    """Install one package; the reason when that fails."""
    npm = shutil.which("npm")
    if peer in NPM and not (npm and shutil.which("node")):
        return "node and npm are not installed"
    folder.mkdir()
    (folder / "package.json").write_text(json.dumps(PACKAGE))
    by_npm = [npm, "install", "--no-audit", "--no-fund", "--prefix", str(folder), peer]
    by_pip = [sys.executable, "-m", "pip", "install", "--target", str(folder), peer]
    command = by_npm if peer in NPM else by_pip
    done = subprocess.run(command, capture_output=True, text=True, timeout=180, check=False)
    errors = [line for line in done.stderr.splitlines() if "error" in line.lower()]
    return "" if done.returncode == 0 else (errors or ["not installed"])[-1]


def tagged(data: bytes, cells: list[tuple[str, str, object]], tag: str) -> bytes:
    """The workbook with a peer's placeholders in the cells."""
    book = load_workbook(BytesIO(data))
    for number, (sheet, cell, _) in enumerate(cells):
        book[sheet][cell].value = tag.format(f"v{number}")
    output = BytesIO()
    book.save(output)
    return output.getvalue()


def lost(ours: bytes, theirs: bytes, cells: list[tuple[str, str, object]]) -> list[str]:
    """What of our workbook is missing from theirs."""
    first, second = read_workbook(ours), read_workbook(theirs)
    words = []
    if missing := first.names.keys() - second.names.keys():
        words.append(f"{len(missing)} names ({', '.join(sorted(missing)[:2])})")
    for sheet in first.sheets:
        other = second.sheet(sheet.name)
        if other is None or other.state is not sheet.state:
            words.append(f"sheet {sheet.name}")
            continue
        if sheet.protected != other.protected:
            words.append(f"protection of {sheet.name}")
        if set(sheet.merges) != set(other.merges):
            words.append(f"merges of {sheet.name}")
        if _validated(sheet) != _validated(other):
            words.append(f"validations of {sheet.name}")
        formulas = sum(bool(cell.formula) for cell in sheet.cells.values())
        if formulas != sum(bool(cell.formula) for cell in other.cells.values()):
            words.append(f"formulas of {sheet.name}")
    wrong = [cell for name, cell, value in cells if not _same(second.cell(name, cell), value)]
    return [*words, *([f"{len(wrong)} values"] if wrong else [])]


def _validated(sheet: Sheet) -> set[tuple[str, int, int]]:
    """Every cell with a validation, however the file groups them."""
    return {
        (rule.type, row, column)
        for rule in sheet.validations
        for area in rule.areas
        for top, left, bottom, right in [parse_area(area)]
        for row in range(top, bottom + 1)
        for column in range(left, right + 1)
    }


def _same(cell: Cell | None, value: object) -> bool:
    found = cell.value if cell else None
    return (found or "") == (value or "") or (isinstance(found, Decimal) and float(found) == value)


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 30
    data, scheme, roster = evaluation()
    template = compile_collection(data, scheme, Identity("benchmark", b"key"))
    compiled = compile_template(data, scheme)
    places = places_filled(compiled, scheme, set())
    projects = many(roster, count)

    def cells(index: int) -> list[tuple[str, str, object]]:
        values = template.values(projects[index]).items()
        known = [(*places[name], value) for name, value in values if name in places and not isinstance(value, Cached)]
        return [(sheet, at, float(value) if isinstance(value, Decimal) else value) for sheet, at, value in known]

    with tempfile.TemporaryDirectory() as place:
        root = Path(place)
        (root / "template.xlsx").write_bytes(compiled.data)
        (root / "tagged.xlsx").write_bytes(tagged(compiled.data, cells(0), "${{{}}}"))
        (root / "xltpl.xlsx").write_bytes(tagged(compiled.data, cells(0), "{{% xv {} %}}"))
        job = {
            "template": str(root / "template.xlsx"),
            "tagged": str(root / "tagged.xlsx"),
            "xltpl": str(root / "xltpl.xlsx"),
            "sheets": list(template.layout.sheets),
            "projects": [cells(index) for index in range(count)],
        }
        for peer in (XLTPL, *NPM):
            # Ours before and after each peer, so that a busy machine slows both sides.
            ours = seconds(template.stamp, projects)
            line = measured(peer, root, job)
            each = median(ours + seconds(template.stamp, projects)) * 1000
            print(f"{peer:>15} {line if isinstance(line, str) else _compared(each, *line)}")


def _compared(ours: float, theirs: float, remark: str) -> str:
    return f"{theirs:8.2f} ms, stamp {ours:.2f} ms: {theirs / ours:5.1f}x  {remark}"


def measured(peer: str, root: Path, job: dict) -> tuple[float, str] | str:
    """Milliseconds a workbook and what to say of the peer, or why there is nothing to say."""
    if reason := install(peer, root / peer):
        return f"skipped: {reason}"
    given = Path(job["template"]).read_bytes()
    said = run(peer, root, job)
    if isinstance(said, str):
        return said
    missing = lost(given, (root / "out.xlsx").read_bytes(), job["projects"][-1])
    if peer == "exceljs":
        for kind in ("template", "tagged"):
            run(peer, root, {**job, "template": job[kind], "projects": [[]]})
            Path(job[kind]).write_bytes((root / "out.xlsx").read_bytes())
    whole = "whole" if not missing else "lost: " + ", ".join(missing[:6])
    return median(said["spent"]), f"{said['version']}  {whole}"


def run(peer: str, root: Path, job: dict) -> dict | str:
    """What the script says, or why it failed."""
    (root / "job.json").write_text(json.dumps(job), encoding="utf-8")
    script = [sys.executable, __file__] if peer == XLTPL else ["node", str(Path(__file__).with_suffix(".js"))]
    command = [*script, peer, str(root / peer), str(root / "job.json"), str(root / "out.xlsx")]
    environ = {**os.environ, "PYTHONPATH": str(root / peer)}
    done = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False, env=environ)
    if done.returncode:
        return f"failed: {[line for line in done.stderr.splitlines() if 'Error' in line][:1]}"
    return json.loads(done.stdout)


def by_xltpl(job: dict, output: str) -> None:
    """What the script for node does, with xltpl: N workbooks from one template that is loaded once."""
    from importlib.metadata import version

    from xltpl.writerx import BookWriter

    writer, spent = BookWriter(job["xltpl"]), []
    for values in job["projects"]:
        start = time.process_time()
        named = {f"v{number}": value for number, (_, _, value) in enumerate(values)}
        writer.render_book([{**named, "tpl_name": sheet, "sheet_name": sheet} for sheet in job["sheets"]])
        writer.save(output)
        spent.append((time.process_time() - start) * 1000)
    print(json.dumps({"version": version(XLTPL), "spent": spent}))


if __name__ == "__main__":
    if sys.argv[1:2] == [XLTPL]:
        by_xltpl(json.loads(Path(sys.argv[3]).read_text(encoding="utf-8")), sys.argv[4])
    else:
        main()
