"""Whole workbooks of the samples, calculated by us and by LibreOffice, formula by formula."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

from toolkit import pipeline
from toolkit.errors import UnreadableFileError
from toolkit.excel.book import Book
from toolkit.excel.calculation import Calculation
from toolkit.excel.libreoffice import recalculate
from toolkit.excel.read import read_workbook
from toolkit.model import Value
from toolkit.pipeline.plan.workspace import Workspace

NOW = datetime(2025, 3, 1, 9, tzinfo=UTC)
CLOSE = Decimal("1e-9")
PER_FILE = 4.0
"""Seconds LibreOffice is given for one workbook, on a busy machine."""


@dataclass(frozen=True)
class Disagreement:
    """One formula cell on which the two differ, or whose kept result is neither."""

    file: str
    sheet: str
    cell: str
    formula: str
    ours: Value
    kept: Value
    theirs: Value


@dataclass(frozen=True)
class Outcome:
    """How many workbooks and formulas were compared, and where they differ."""

    workbooks: int
    formulas: int
    disagreements: tuple[Disagreement, ...]


def played(folder: Path, sample: str) -> Workspace:
    """A sample's workspace after everything up to the master: workbooks generated and returned."""
    assert pipeline.initialise(folder, sample, NOW).ok
    evaluation = pipeline.load(folder)
    pipeline.generate(evaluation, NOW)
    pipeline.collect(evaluation, (), NOW)
    pipeline.aggregate(evaluation, NOW)
    return evaluation.workspace


def workbooks(space: Workspace, most: int) -> list[Path]:
    """The master and, evenly spread, at most so many generated and returned workbooks each."""
    generated = sorted(space.workbooks.glob("*.xlsx"))
    returned = sorted(path for path in space.inbox.rglob("*.xlsx") if _readable(path))
    return [space.master, *_spread(generated, most), *_spread(returned, most)]


def refereed(sources: Sequence[Path], folder: Path) -> Outcome:
    """Every formula of the workbooks calculated by both; the files' kept results are compared too."""
    copies = {folder / f"{number}.xlsx": path for number, path in enumerate(sources)}
    for copy, path in copies.items():
        copy.write_bytes(path.read_bytes())
    results = recalculate(copies, folder / "recalculated", timeout=60 + PER_FILE * len(copies))
    assert set(results) == set(copies), "LibreOffice could not open a workbook"
    formulas, found = 0, []
    for copy, path in copies.items():
        ours, theirs = read_workbook(copy.read_bytes()), read_workbook(results[copy].read_bytes())
        compared = list(_compare(path.name, ours, theirs))
        formulas += len(compared)
        found += [cell for cell in compared if not _agreed(cell)]
    return Outcome(len(copies), formulas, tuple(found))


def agree(value: Value, other: Value) -> bool:
    """Equal at 1e-9 relative; LibreOffice's logical values are numbers, and a blank text is no cell to it."""
    if isinstance(value, bool | Decimal) and isinstance(other, bool | Decimal):
        a, b = Decimal(value), Decimal(other)
        return abs(a - b) <= CLOSE * max(abs(a), abs(b))
    return value == other or (value in ("", None) and other in ("", None))


def _compare(name: str, book: Book, recalculated: Book) -> Iterator[Disagreement]:
    for (sheet, cell), ours in Calculation(book).results():
        source, result = book.cell(sheet, cell), recalculated.cell(sheet, cell)
        assert source is not None
        kept = source.value if source.cached else ours
        yield Disagreement(name, sheet, cell, source.formula or "", ours, kept, result.value if result else None)


def _agreed(cell: Disagreement) -> bool:
    return agree(cell.ours, cell.theirs) and agree(cell.ours, cell.kept)


def _readable(path: Path) -> bool:
    try:
        read_workbook(path.read_bytes())
    except UnreadableFileError:
        return False
    return True


def _spread(paths: Sequence[Path], most: int) -> list[Path]:
    step = max(1, -(-len(paths) // most))
    return list(paths[::step])
