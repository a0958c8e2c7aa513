"""A workbook template read as plain values, and the plan of a workbook to be built from its styles.

The planner (a stage) decides what stands where; only :mod:`toolkit.excel.template_compile` turns a plan into a file.
Rows and columns count from 1. A plan's cell takes the style of one cell of the template, wherever it ends up.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class TemplateCell:
    """One cell of the template: its text, and what is needed to measure and colour it.

    Attributes:
        width, height: columns and rows it covers (merged cells), 1 and 1 otherwise.
        font_size: Units: points.
        fill: RGB of a solid fill as six hex digits, "" for none.
    """

    text: str
    width: int = 1
    height: int = 1
    font_size: float = 11.0
    fill: str = ""


@dataclass(frozen=True, slots=True)
class TemplateSheet:
    """One sheet of the template.

    Attributes:
        cells: (row, column) → cell; cells covered by a merge are absent.
        row_heights: as set in the template, points.
        column_widths: in characters of the standard font, for columns 1..last.
        page: width and height of the printed area of a page, points.
        title_rows: rows repeated on top of every page.
        digit: pixels a digit of the workbook's standard font is wide, the measure of column widths.
        covered: cells with tags that lie hidden under a merged cell.
        unsupported: things on the sheet that cannot be kept, such as 图表: name, row, column (0, 0 without a place).
    """

    name: str
    cells: Mapping[tuple[int, int], TemplateCell]
    row_heights: Mapping[int, float]
    column_widths: tuple[float, ...]
    last_row: int
    page: tuple[float, float] = (770.0, 505.0)
    title_rows: int = 0
    digit: float = 7.0
    covered: tuple[tuple[int, int], ...] = ()
    unsupported: tuple[tuple[str, int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Validation:
    """What may be typed into a cell, and what the person filling in is told.

    Attributes:
        kind: ``list``, ``decimal``, ``date`` or "" for a message only.
        formula1, formula2: list source, or lower and upper bound.
        strict: other input is refused; otherwise only warned about.
    """

    kind: str
    formula1: str = ""
    formula2: str = ""
    title: str = ""
    prompt: str = ""
    error: str = ""
    strict: bool = True


@dataclass(frozen=True, slots=True)
class CellPlan:
    """One cell to be written.

    Attributes:
        like: the template cell whose style it takes.
        value: text or number; text is never taken for a formula.
        formula: Excel text with ``=``; wins over the value.
        fill: RGB to paint it with instead of the template's, "" to keep.
        align: horizontal alignment where the template leaves it open, "" for none.
        link: defined name or address the cell jumps to.
        hidden_when: condition, without ``=``, under which the cell shows nothing whatever it holds; "" for never.
        to_verify: defined name of a value; the cell is coloured while it holds just that. "" for no such value.
    """

    like: tuple[int, int]
    value: str | Decimal | None = None
    formula: str = ""
    fill: str = ""
    number_format: str = ""
    unlocked: bool = False
    align: str = ""
    validation: Validation | None = None
    link: str = ""
    hidden_when: str = ""
    to_verify: str = ""


@dataclass(frozen=True, slots=True)
class SheetPlan:
    """One sheet to be written.

    Attributes:
        like: the template sheet it is built from where it has none of its own name; "" for its own.
        rows: the template row each output row comes from, in order.
        heights: points, by output row.
        merges: first row, first column, last row, last column.
        breaks: rows after which a new page starts.
    """

    name: str
    rows: tuple[int, ...]
    heights: Mapping[int, float]
    cells: Mapping[tuple[int, int], CellPlan]
    merges: tuple[tuple[int, int, int, int], ...] = ()
    breaks: tuple[int, ...] = ()
    like: str = ""


@dataclass(frozen=True, slots=True)
class BookPlan:
    """The whole workbook to be written.

    Attributes:
        names: defined name → reference such as ``'资金情况'!$C$5``, or a quoted text constant.
        hidden_names: those of them that no name list shows.
        hidden_sheet: name and cells (A1 address → text or formula) of a very hidden sheet to be added last.
        properties: custom document properties.
        password: lifts the protection of the sheets; "" for a protection anybody can lift.
    """

    sheets: tuple[SheetPlan, ...]
    names: Mapping[str, str]
    hidden_names: frozenset[str] = frozenset()
    hidden_sheet: tuple[str, Mapping[str, str]] = ("", MappingProxyType({}))
    properties: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    password: str = ""
