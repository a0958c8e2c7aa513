"""A workbook to be written from nothing, as plain values: cells with results, charts, print set-up."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from toolkit.model import Value


class Look(StrEnum):
    """What a cell is, for its font, colour and number format."""

    TITLE = "title"
    NOTE = "note"
    HEADING = "heading"
    SUBHEADING = "subheading"
    TEXT = "text"
    CENTRED = "centred"
    SMALL = "small"
    WHOLE = "whole"
    SCORE = "score"
    PROVISIONAL_SCORE = "provisional score"
    PROVISIONAL = "provisional"
    AMOUNT = "amount"
    RATE = "rate"
    FACTOR = "factor"
    DAY = "day"
    PLAIN = "plain"
    MISSING = "missing"
    SUM_TEXT = "sum text"
    SUM_WHOLE = "sum whole"
    SUM_SCORE = "sum score"
    SUM_PROVISIONAL_SCORE = "sum provisional score"
    SUM_AMOUNT = "sum amount"
    SUM_RATE = "sum rate"


class Shade(StrEnum):
    """Colours that say how good or how serious something is."""

    GREEN = "green"
    BLUE = "blue"
    AMBER = "amber"
    RED = "red"


class NewCell(NamedTuple):
    """One cell. ``value`` is the formula's result when there is a formula (with ``=``).

    ``empty_look`` is its look when that result is the empty text; None for the same.

    A named tuple, not a dataclass: a master workbook of 1,000 projects has half a million.
    """

    value: Value
    look: Look
    formula: str = ""
    empty_look: Look | None = None


@dataclass(frozen=True, slots=True)
class Highlight:
    """Cells of an area that hold exactly ``text`` (or, with ``above``, a number above it) are shaded."""

    area: str
    shade: Shade
    text: str = ""
    above: int | None = None


class ChartKind(StrEnum):
    """Native chart kinds; the values are the writer's."""

    COLUMN = "column"
    BAR = "bar"
    RADAR = "radar"


@dataclass(frozen=True, slots=True)
class NewChart:
    """One native chart over two areas given with their sheet (``图表!$A$5:$A$9``).

    Attributes:
        at: top left cell.
        size: Units: pixels, width and height.
        number_format, axis_format: of the data labels and of the value axis.
        top: end of the value axis, None for automatic.
        labels, upright_labels: whether values are written at the columns, and whether they stand on end.
    """

    kind: ChartKind
    title: str
    categories: str
    values: str
    at: str
    size: tuple[int, int]
    number_format: str = "0.00"
    axis_format: str = "0"
    top: float | None = None
    labels: bool = True
    upright_labels: bool = False


@dataclass(frozen=True, slots=True)
class NewSheet:
    """One sheet.

    Attributes:
        cells: by (row, column), counted from 1.
        merges: areas shown as one cell; their content stands in the first cell.
        widths: column → width in characters. heights: row → points.
        hidden_columns: columns kept out of sight.
        freeze: rows and columns that stay in view.
        filter: area with drop-down filters, "" for none.
        heading_rows: first and last row repeated on every printed page.
        print_area: "" for everything.
        links: cell → address that a click on it opens, and what is said beforehand; the cell looks as any other.
    """

    name: str
    cells: Mapping[tuple[int, int], NewCell]
    merges: tuple[str, ...] = ()
    widths: Mapping[int, float] = field(default_factory=dict)
    heights: Mapping[int, float] = field(default_factory=dict)
    hidden_columns: frozenset[int] = frozenset()
    freeze: tuple[int, int] = (0, 0)
    filter: str = ""
    heading_rows: tuple[int, int] | None = None
    print_area: str = ""
    highlights: tuple[Highlight, ...] = ()
    charts: tuple[NewChart, ...] = ()
    one_page: bool = False
    links: Mapping[tuple[int, int], tuple[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class NewBook:
    """A whole workbook; ``money_format`` is the number format of amounts."""

    title: str
    sheets: tuple[NewSheet, ...]
    money_format: str = "#,##0.00"
