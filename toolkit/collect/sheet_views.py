"""Every sheet of a workbook as it looks on a screen, read in the worker: what comes from outside is shown unopened."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any

from toolkit.collect.worker import REFUSED, IsolatedReader
from toolkit.errors import UnreadableFileError
from toolkit.excel.book import Cell, Sheet
from toolkit.excel.looks import Look, SheetLooks, read_looks
from toolkit.excel.read import read_workbook
from toolkit.formula.functions.number_format import format_value
from toolkit.model import ErrorValue

_SAVE_ANEW = "请在 Excel 或 WPS 中打开后，另存为新的 .xlsx"
_KEPT = 4
"""Files whose sheets are remembered: a person looks at many findings of one file in a row."""
Areas = tuple[tuple[int, int, int, int], ...]


@dataclass(frozen=True, slots=True)
class CellView:
    """One cell as it is shown; ``shown`` is its value by its number format. For the rest see ``Cell`` and ``Look``."""

    row: int
    column: int
    shown: str
    kind: str
    formula: str
    format: str
    locked: bool
    fill: str
    ink: str
    bold: bool
    across: str
    wrap: bool

    def as_json(self) -> dict[str, Any]:
        """Plain values by name."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class SheetView:
    """One sheet. Units: widths in characters, heights in points, 0 for hidden ones; ``width``, ``height`` the usual."""

    name: str
    cells: tuple[CellView, ...] = ()
    merges: Areas = ()
    widths: Mapping[int, float] = field(default_factory=dict)
    heights: Mapping[int, float] = field(default_factory=dict)
    width: float = 0.0
    height: float = 0.0


def view_sheets(data: bytes, name: str, _context: object) -> tuple[Any, ...]:
    """Every sheet as plain values; carried out in the worker (see :func:`toolkit.collect.worker.read_plain`)."""
    try:
        sheets = read_workbook(data).sheets
        return tuple(_plain(sheet, read_looks(data, sheet.name)) for sheet in sheets)
    except UnreadableFileError as error:
        return (REFUSED, f"{PurePath(name).name}：{error.message}", error.what_to_do or _SAVE_ANEW)


def _plain(sheet: Sheet, looks: SheetLooks) -> tuple[Any, ...]:
    cells = tuple(_plain_cell(cell, looks.look(cell.style.id)) for _, cell in sorted(sheet.cells.items()))
    sizes = (tuple(looks.widths.items()), tuple(looks.heights.items()), looks.width, looks.height)
    return (sheet.name, cells, tuple(sheet.merges), *sizes)


def _plain_cell(cell: Cell, look: Look) -> tuple[Any, ...]:
    style = (cell.style.number_format, cell.style.locked)
    looks = (look.fill, look.ink, look.bold, look.across, look.wrap)
    return (cell.row, cell.column, shown_value(cell), cell.kind.value, cell.formula or "", *style, *looks)


def shown_value(cell: Cell) -> str:
    """The value as the cell's number format shows it; as it stands where the format is not known."""
    if cell.value is None or isinstance(cell.value, bool):
        return {None: "", True: "TRUE", False: "FALSE"}[cell.value]
    shown = format_value(cell.value, cell.style.number_format)
    return str(cell.value if isinstance(shown, ErrorValue) else shown)


class SheetViewer:
    """Shows sheets of workbooks from outside; its worker stays for the next one and ends with this process."""

    def __init__(self) -> None:
        self._reader = IsolatedReader(None, read=view_sheets)
        self._known: dict[str, tuple[SheetView, ...]] = {}

    def sheets(self, sha256: str, data: bytes, name: str) -> tuple[SheetView, ...]:
        """The sheets of a file, which is known by its hash.

        Raises:
            UnreadableFileError: no workbook, damaged, dangerous, or the worker hung or died over it.
        """
        if sha256 not in self._known:
            answer = self._reader.plain(data, name)
            if answer[:1] == (REFUSED,):
                raise UnreadableFileError(str(answer[1]), what_to_do=str(answer[2]))
            while len(self._known) >= _KEPT:
                self._known.pop(next(iter(self._known)))
            self._known[sha256] = tuple(_view(*sheet) for sheet in answer)
        return self._known[sha256]

    def close(self) -> None:
        """End the worker."""
        self._reader.close()


def _view(name: str, cells: Any, merges: Areas, *sizes: Any) -> SheetView:  # noqa: ANN401  (plain values of a worker)
    widths, heights, width, height = sizes
    return SheetView(name, tuple(CellView(*cell) for cell in cells), merges, dict(widths), dict(heights), width, height)
