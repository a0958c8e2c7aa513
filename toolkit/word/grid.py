"""Tables after rendering: columns counted again, short ones kept on a page, what Word would call damaged mended."""

from collections.abc import Sequence
from dataclasses import dataclass

from toolkit.word.package import Node, paragraph_text, w

TBL, TR, TC, P = w("tbl"), w("tr"), w("tc"), w("p")
GRID, GRID_COLUMN, WIDTH, TYPE, VALUE = w("tblGrid"), w("gridCol"), w("w"), w("type"), w("val")
_LAST = (("</w:tr>", "</w:tbl>"), ("</w:p>", "</w:tc>"))
CELL_PROPERTIES, SPAN, CELL_WIDTH = w("tcPr"), w("gridSpan"), w("tcW")
PARAGRAPH_PROPERTIES, STYLE, KEEP = w("pPr"), w("pStyle"), w("keepNext")
SHORT, ONE_LINE, HEAD, HIGH_HEAD = 9, 28, 2, 1
"""Rows, header included, and characters of a cell, of a table that is not spread over two pages; rows at the start
of a longer one that stay with the next: fewer where rows are high, which would leave half a page empty."""


def fit_grids(root: Node) -> None:
    """Make every ``w:tblGrid`` have as many columns as its longest row, keeping the table's width.

    Source: docxtpl's ``fix_tables``, whose results these are; it cannot be used because it repairs broken XML silently.
    """
    for table in root.iter(TBL):
        grid = next(table.iterchildren(GRID), None)
        if grid is None:
            continue
        rows = [list(row.iterchildren(TC)) for row in table.iter(TR)]
        columns = list(grid.iterchildren(GRID_COLUMN))
        spanning = next(table.iter(SPAN), None) is not None
        spans = [sum(map(_span, row)) for row in rows] if spanning else list(map(len, rows))
        fitting = fitted(
            [float(column.get(WIDTH, 0)) for column in columns], [[*map(_cell_width, row)] for row in rows], spans
        )
        if fitting is not None:
            _set_columns(grid, columns, fitting.columns)
            for cell in (cell for row in rows for cell in row) if fitting.scale else ():
                own = _property(cell, CELL_WIDTH)
                own.set(WIDTH, str(int(int(float(own.get(WIDTH, 0))) * fitting.scale)))


@dataclass(frozen=True, slots=True)
class Fitting:
    """Columns of a table whose rows have other columns than its grid. Units: twips.

    Attributes:
        columns: their widths. scale: by which the cells' own widths are multiplied; 0 where they stay as they are.
    """

    columns: list[int]
    scale: float


def fitted(grid: Sequence[float], rows: Sequence[Sequence[int]], spans: Sequence[int]) -> Fitting | None:
    """How the columns of a table follow its rows; None where they fit.

    A repeated column keeps its own width, and the others theirs, all scaled to the table's width: docxtpl spreads the
    columns of the template evenly, which leaves a name as narrow as a number.

    Args:
        grid: widths of its columns.
        rows: of every row's cells, 0 for one that does not say or spans several columns.
        spans: how many columns every row takes.
    """
    missing = max(map(len, rows), default=0) - len(grid)
    columns = _widened(grid, missing) if missing > 0 else [*map(int, grid)]
    surplus = len(columns) - max(spans, default=0)
    if surplus > 0:
        columns = _narrowed(columns, surplus)
    if missing <= 0 and surplus <= 0:
        return None
    model = next((row for row in rows if len(row) == len(columns) and all(row)), None)
    if not model or any(row != model for row in rows):
        return Fitting(columns, 0)
    scale = sum(columns) / sum(model)
    return Fitting([int(width * scale) for width in model], scale)


def _widened(grid: Sequence[float], missing: int) -> list[int]:
    width = sum(grid)
    old, new = width / len(grid) if grid else 0.0, width / (len(grid) + missing)
    return [*(int(column * new / old) if old else int(column) for column in grid), *[int(new)] * missing]


def _narrowed(columns: Sequence[int], surplus: int) -> list[int]:
    left = columns[:-surplus]
    return [column + int(sum(columns[-surplus:]) / len(left)) for column in left]


def _set_columns(grid: Node, columns: list[Node], widths: list[int]) -> None:
    for column in columns[len(widths) :]:
        grid.remove(column)
    for _ in widths[len(columns) :]:
        columns.append(grid.makeelement(GRID_COLUMN))
        grid.append(columns[-1])
    for column, width in zip(columns, widths, strict=False):
        column.set(WIDTH, str(width))


def _span(cell: Node) -> int:
    span = _property(cell, SPAN)
    return 1 if span is None else int(span.get(VALUE))


def _property(cell: Node, tag: str) -> Node:
    """Something a cell says of itself; None where it does not."""
    properties = next(cell.iterchildren(CELL_PROPERTIES), None)
    return None if properties is None else next(properties.iterchildren(tag), None)


def _cell_width(cell: Node) -> int:
    """Units: twips; 0 when the cell does not say."""
    own = _property(cell, CELL_WIDTH)
    return int(float(own.get(WIDTH, 0))) if own is not None and own.get(TYPE) == "dxa" and _span(cell) == 1 else 0


def keep_rows_together(root: Node) -> None:
    """A short table stays on one page; of a long one, neither header and first row nor the last row stand alone."""
    for table in root.iter(TBL):
        rows = table.findall(TR)
        if len(rows) < 2:
            continue
        kept = rows[:-1] if _is_low(rows) else _kept_of_long(rows)
        for paragraph in (paragraph for row in kept for paragraph in row.iter(P)):
            _keep_with_next(paragraph)


def _kept_of_long(rows: list[Node]) -> list[Node]:
    """Header and first row, and the last but one; high rows need no company."""
    if _is_high(rows[1]):
        return rows[:HIGH_HEAD]
    return [*rows[:-1][:HEAD], rows[-2]]


def _is_high(row: Node) -> bool:
    return any(len(paragraph_text(paragraph)) > ONE_LINE for paragraph in row.iter(P))


def _is_low(rows: list[Node]) -> bool:
    """Few rows, none of which takes many lines: a high table kept whole would leave half a page empty."""
    return len(rows) <= SHORT and all(
        len(paragraph_text(paragraph)) <= ONE_LINE for row in rows for paragraph in row.iter(P)
    )


def _keep_with_next(paragraph: Node) -> None:
    properties = next(paragraph.iterchildren(PARAGRAPH_PROPERTIES), None)
    if properties is None:
        properties = paragraph.makeelement(PARAGRAPH_PROPERTIES)
        paragraph.insert(0, properties)
    if next(properties.iterchildren(KEEP), None) is None:
        after_style = 0 if next(properties.iterchildren(STYLE), None) is None else 1
        properties.insert(after_style, properties.makeelement(KEEP))


def needs_mending(xml: str) -> bool:
    """Whether a part has a table that does not end in a row, or a cell that does not end in a paragraph."""
    return any(xml.count(end) != xml.count(f"{before}{end}") for before, end in _LAST)


def mend(root: Node) -> None:
    """Remove tables whose every row fell away, and give cells without a last paragraph one: Word refuses both."""
    for table in [table for table in root.iter(TBL) if next(table.iter(TR), None) is None]:
        table.getparent().remove(table)
    for cell in root.iter(TC):
        if len(cell) == 0 or cell[-1].tag != P:
            cell.append(cell.makeelement(P))
