"""``jixiao scheme import``: the indicator table of a document as a scheme workbook, with what was understood."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from toolkit.collect.worker import IsolatedReader, WorkerLimits
from toolkit.errors import UnreadableFileError, WorkspaceError
from toolkit.excel.files import write_atomic
from toolkit.pipeline.outcome import Json
from toolkit.proof.document import Document, Table
from toolkit.proof.transfer import READ, document_of, read_plain
from toolkit.scheme.imported_workbook import imported_workbook
from toolkit.scheme.importing import OPEN, ImportedTable, continues, understand
from toolkit.scheme.importing_columns import Grid
from toolkit.text import plain

_LIMITS = WorkerLimits(seconds=60, memory=1_500_000_000)
_MOST_BYTES = 200_000_000


@dataclass(frozen=True, slots=True)
class SchemeImport:
    """What was understood.

    Attributes:
        number: of the table in the document. found: numbers of all tables of indicators in it.
        written: the scheme workbook; None for a preview.
    """

    file: Path
    number: int
    found: tuple[int, ...]
    table: ImportedTable
    written: Path | None = None

    @property
    def open_rules(self) -> int:
        """Indicators whose rule a person has to choose."""
        return sum(indicator.rule == OPEN for indicator in self.table.indicators)

    def as_json(self) -> Json:
        """``{"file", "table", "tables", "columns", "indicators", "total", "doubts", "open_rules", "written"}``."""
        return {
            "file": str(self.file),
            "table": self.number,
            "tables": list(self.found),
            "columns": list(self.table.columns),
            "indicators": [
                {
                    "code": indicator.code,
                    "dimension": indicator.dimension,
                    "group": indicator.group,
                    "name": indicator.name,
                    "full_mark": plain(indicator.full_mark),
                    "target": indicator.target,
                    "rule": indicator.rule,
                    "points": indicator.points.split("\n") if indicator.points else [],
                    "standard": indicator.standard,
                    "row": indicator.row,
                    "doubts": list(indicator.doubts),
                }
                for indicator in self.table.indicators
            ],
            "total": plain(self.table.total),
            "doubts": list(self.table.doubts),
            "open_rules": self.open_rules,
            "written": str(self.written) if self.written else "",
        }


def import_scheme(file: Path, to: Path | None = None, number: int = 0) -> SchemeImport:
    """Read the indicator table of a Word document, a workbook, a PDF or a text; write it as a scheme where asked.

    Args:
        file: the document; opened in a process of its own.
        to: the scheme workbook to write; None for a preview.
        number: of the table; 0 for the one with most indicators.

    Raises:
        WorkspaceError: no such file, the scheme is there already, or there is no table of indicators.
        UnreadableFileError: the file cannot be read.
    """
    if to is not None and to.suffix.lower() != ".xlsx":
        raise WorkspaceError("方案工作簿的文件名应以 .xlsx 结尾", where=to, what_to_do="例如 方案.xlsx")
    if to is not None and to.exists():
        raise WorkspaceError("文件已经存在，没有覆盖", where=to, what_to_do="换一个文件名")
    understood = {at: table for at, grid in _grids(_document(file)) if (table := understand(grid))}
    if not understood or (number and number not in understood):
        listed = f"有指标的表：第{'、'.join(map(str, understood))}个"
        advice = listed if understood else "表头应有“三级指标”（或“指标名称”）和“分值”两列"
        words = f"第{number}个表不是指标表" if number else "没有找到指标表"
        raise WorkspaceError(words, where=file, what_to_do=advice)
    chosen = number or max(understood, key=lambda at: (len(understood[at].indicators), _richness(understood[at]), -at))
    table = understood[chosen]
    if to is not None:
        write_atomic(to, imported_workbook(table, file.stem))
    return SchemeImport(file, chosen, tuple(understood), table, to)


def _richness(table: ImportedTable) -> int:
    return len(table.columns)


def _document(file: Path) -> Document:
    if not file.is_file():
        raise WorkspaceError("找不到文件", where=file, what_to_do="核对路径和文件名")
    if file.stat().st_size > _MOST_BYTES:
        raise WorkspaceError("文件过大，没有读取", where=file, what_to_do="只留指标表所在的部分，另存后再用")
    with IsolatedReader(None, _LIMITS, read_plain) as reader:
        answer: tuple[Any, ...] = reader.plain(file.read_bytes(), file.name)
    if answer[0] != READ:
        raise UnreadableFileError(str(answer[1]), where=file, what_to_do=str(answer[2]))
    return document_of(answer)


def _grids(document: Document) -> Iterator[tuple[int, Grid]]:
    """Tables by number: one that goes on under 续表 whole, those of a sheet together (a blank row parts them)."""
    by_sheet: dict[str, tuple[int, list[list[str | None]]]] = {}
    number, rows, between = 0, list[list[str | None]](), list[str]()
    for block in document.blocks:
        if not isinstance(block, Table):
            between.append(block.text)
            continue
        below = [[None if cell.merged else cell.text for cell in row] for row in block.rows]
        if block.place.sheet:
            by_sheet.setdefault(block.place.sheet, (block.number, []))[1].extend(below)
        elif continues(rows, below, between):
            rows += below
        else:
            if rows:
                yield number, rows
            number, rows = block.number, below
        between = []
    if rows:
        yield number, rows
    yield from by_sheet.values()
