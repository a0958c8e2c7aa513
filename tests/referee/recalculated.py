"""Whole workbooks of the samples, calculated by us and by LibreOffice, formula by formula."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from toolkit.errors import UnreadableFileError
from toolkit.excel.book import Book
from toolkit.excel.calculation import Calculation
from toolkit.excel.libreoffice import recalculate
from toolkit.excel.read import read_workbook
from toolkit.model import Value
from toolkit.pipeline.plan.workspace import Workspace

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


def workbooks(space: Workspace, most: int) -> list[Path]:
    """The master and, evenly spread, at most so many generated and returned workbooks each."""
    generated = sorted(space.workbooks.glob("*.xlsx"))
    returned = sorted(path for path in space.inbox.rglob("*.xlsx") if _readable(path))
    return [space.master, *_spread(generated, most), *_spread(returned, most)]


def refereed(sources: Mapping[str, Sequence[Path]], folder: Path) -> dict[str, Outcome]:
    """Every formula of each sample's workbooks calculated by both; the files' kept results are compared too.

    LibreOffice starts once for all samples.
    """
    copies = {
        name: [_copied(path, folder / f"{name}-{at}.xlsx") for at, path in enumerate(sources[name])] for name in sources
    }
    together = [copy for of_sample in copies.values() for copy in of_sample]
    results = recalculate(together, folder / "recalculated", timeout=60 + PER_FILE * len(together))
    assert set(results) == set(together), "LibreOffice could not open a workbook"
    return {name: _outcome(sources[name], copies[name], results) for name in sources}


def _copied(path: Path, to: Path) -> Path:
    to.write_bytes(path.read_bytes())
    return to


def _outcome(sources: Sequence[Path], copies: Sequence[Path], results: Mapping[Path, Path]) -> Outcome:
    books = ((read_workbook(copy.read_bytes()), read_workbook(results[copy].read_bytes())) for copy in copies)
    compared = [
        each for path, (ours, theirs) in zip(sources, books, strict=True) for each in _compare(path.name, ours, theirs)
    ]
    return Outcome(len(copies), len(compared), tuple(each for each in compared if not _agreed(each)))


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
