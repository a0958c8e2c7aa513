"""A workbook as plain values: what stands in every cell, and nothing that needs a spreadsheet library."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from toolkit.excel.addresses import cell_name, parse_area, parse_cell
from toolkit.model.values import Value


class CellKind(StrEnum):
    """What a cell holds; a formula cell is of the kind of its cached value."""

    BLANK = "空白"
    NUMBER = "数值"
    DATE = "日期"
    TEXT = "文本"
    BOOLEAN = "逻辑值"
    ERROR = "错误值"


class SheetState(StrEnum):
    """Whether a user can see a sheet; the values are the file's."""

    VISIBLE = "visible"
    HIDDEN = "hidden"
    VERY_HIDDEN = "veryHidden"


class BookFlag(StrEnum):
    """Things in a file that a collection workbook never has."""

    MACROS = "宏代码"
    EXTERNAL_LINKS = "外部工作簿链接"
    EMBEDDED_OBJECTS = "嵌入对象或控件"
    DDE = "动态数据交换（DDE）"
    CONNECTIONS = "外部数据连接"
    STRICT = "严格 OOXML 格式"


class Doubt(StrEnum):
    """Why the content stored for a cell may not be what a person sees there."""

    TWICE = "文件里同一个格写了不止一次"
    TWO_CONTENTS = "同一个格里存有不止一份内容"
    MIXED_RUNS = "格内有划掉、上标、下标或看不见的字"
    ANOTHER_FORMAT = "条件格式可能使显示的内容与所存的不同"
    COVERED = "格上压着文本框、形状或图片"


@dataclass(frozen=True, slots=True)
class CellStyle:
    """What a cell's style says that matters for its content; ``id`` is the file's own index.

    ``struck``: its content is crossed out. ``repeated``: it is shown again and again until the cell is full.
    ``unseen``: it has the colour of what is behind it, or no size, or is drawn as symbols.
    """

    id: int = 0
    number_format: str = "General"
    locked: bool = True
    is_date: bool = False
    struck: bool = False
    repeated: bool = False
    unseen: bool = False


class Cell(NamedTuple):
    """One cell that stands in the file, blank ones with a style included.

    A named tuple, as names and validations are: a returned workbook has thousands, and this is built much faster.

    Attributes:
        row, column: counted from 1.
        value: dates are serial numbers of the 1900 system, also in a workbook that counts from 1904.
        formula: text with ``=``, shared formulas written out for this cell; "" when the file withholds the text;
            None when the cell holds no formula.
        cached: the formula's value stands in the file. False means the workbook was never calculated.
    """

    row: int
    column: int
    value: Value
    kind: CellKind
    formula: str | None
    cached: bool
    style: CellStyle

    @property
    def ref(self) -> str:
        """The address, e.g. ``C5``."""
        return cell_name(self.row, self.column)

    @property
    def number_format(self) -> str:
        """The number format's code, e.g. ``0.00%``."""
        return self.style.number_format

    @property
    def locked(self) -> bool:
        """Whether sheet protection would keep the cell from being changed."""
        return self.style.locked


def filled_within(
    cells: Mapping[tuple[int, int], Cell], areas: Iterable[tuple[int, int, int, int]]
) -> Iterator[tuple[int, int]]:
    """The places, within areas of first row, first column, last row, last column, whose cell holds something."""
    for top, left, bottom, right in areas:
        if (bottom - top + 1) * (right - left + 1) < len(cells):
            inside = [(row, column) for row in range(top, bottom + 1) for column in range(left, right + 1)]
        else:
            inside = [place for place in cells if top <= place[0] <= bottom and left <= place[1] <= right]
        yield from (place for place in inside if place in cells and cells[place].value is not None)


class NameTarget(NamedTuple):
    """What a defined name stands for.

    Attributes:
        sheet, ref: ``资金情况`` and ``C5`` or ``C5:D9``; "" and the formula text when it is no plain area
            (``#REF!`` when what it pointed at was deleted).
        moving: the formula text of a plain area with a part that is not fixed by ``$``: as it reads in cell A1, moving
            along with the cell that uses the name; "" when all is fixed.
    """

    sheet: str
    ref: str
    moving: str = ""

    @property
    def anchor(self) -> tuple[int, int] | None:
        """Row and column of the (top left) cell, None when the name points at no cell."""
        return parse_area(self.ref)[:2] if self.sheet else None


class Validation(NamedTuple):
    """A data validation rule: ``areas`` as ``("C5", "C7:C9")``, ``type`` as in the file (list, decimal, date …)."""

    areas: tuple[str, ...]
    type: str
    formula1: str = ""
    formula2: str = ""
    operator: str = "between"


class Table(NamedTuple):
    """A table of a sheet (插入 → 表格), to which formulas refer by its name and its columns' names.

    Attributes:
        area: first row, first column, last row, last column, with its rows of headings and totals.
        columns: their names, from left to right.
        headings, totals: how many rows of each.
    """

    name: str
    area: tuple[int, int, int, int]
    columns: tuple[str, ...]
    headings: int = 1
    totals: int = 0


@dataclass(frozen=True, slots=True)
class Sheet:
    """One worksheet.

    Attributes:
        cells: by (row, column), only what stands in the file.
        merges: merged areas as (first row, first column, last row, last column).
        protected: sheet protection is on.
        names: defined names that are valid on this sheet only (Excel makes them when a sheet is copied).
        doubts: cells whose content may not be what a person sees there.
        zeros_hidden: the sheet shows nothing where a 0 stands.
        array_formulas: cell of an array formula → the area it fills.
    """

    name: str
    state: SheetState = SheetState.VISIBLE
    cells: Mapping[tuple[int, int], Cell] = field(default_factory=dict)
    merges: tuple[tuple[int, int, int, int], ...] = ()
    validations: tuple[Validation, ...] = ()
    protected: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    names: Mapping[str, NameTarget] = field(default_factory=dict)
    doubts: Mapping[tuple[int, int], Doubt] = field(default_factory=dict)
    zeros_hidden: bool = False
    array_formulas: Mapping[tuple[int, int], str] = field(default_factory=dict)
    tables: tuple[Table, ...] = ()

    def at(self, ref: str) -> Cell | None:
        """The cell at an A1 address, None when nothing stands there."""
        return self.cells.get(parse_cell(ref))

    def value(self, ref: str) -> Value:
        """The value at an A1 address; None for a blank cell."""
        cell = self.at(ref)
        return cell.value if cell else None


@dataclass(frozen=True, slots=True)
class Book:
    """One workbook.

    Attributes:
        sheets: worksheets in the file's order, hidden ones included; chart sheets are left out.
        names: defined names of the whole workbook.
        properties: custom document properties as text.
        date1904: the file counted its days from 1904 (its serial numbers are converted).
        flags: what the file carries beside cells, see :class:`BookFlag`.
        modified: when it was last saved, as its properties say it (``2024-03-05T08:00:00Z``); "" when they do not.
    """

    sheets: tuple[Sheet, ...]
    names: Mapping[str, NameTarget] = field(default_factory=dict)
    properties: Mapping[str, str] = field(default_factory=dict)
    date1904: bool = False
    flags: tuple[BookFlag, ...] = ()
    modified: str = ""
    _by_name: dict[str, Sheet] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._by_name.update({sheet.name.casefold(): sheet for sheet in reversed(self.sheets)})

    def sheet(self, name: str) -> Sheet | None:
        """The worksheet of that name (letter case makes no difference, as in Excel); None when there is none."""
        return self._by_name.get(name.casefold())

    def cell(self, sheet: str, ref: str) -> Cell | None:
        """The cell at an address of a sheet, None when nothing stands there."""
        found = self.sheet(sheet)
        return found.at(ref) if found else None

    def named_cell(self, name: str) -> Cell | None:
        """The (top left) cell a defined name points at."""
        target = self.names.get(name)
        return self.cell(target.sheet, target.ref.partition(":")[0]) if target and target.sheet else None
