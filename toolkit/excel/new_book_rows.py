"""The rows of a new sheet as XML, straight from its cells: a master workbook of 1,000 projects has two million."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import cached_property
from itertools import groupby, islice, product
from operator import itemgetter

from toolkit.excel.addresses import column_letters, parse_area
from toolkit.excel.cell_xml import STARTS_A_FORMULA, text_xml
from toolkit.excel.new_book import ROW, Look, NewCell, NewRow, NewSheet, Own, OwnCell, RowPattern
from toolkit.excel.stored_formula import stored_formula
from toolkit.model import ErrorValue, Value

StyleOf = Callable[[Look, bool], int]
"""Index of a look's style in the workbook; True for the one that keeps a text a text when somebody edits it."""
_TOGETHER = 50  # rows that are put together
_MOST_SHARED = 20_000
"""Texts that sheets share; one that is met when the table is full or closed stands in its cell."""
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" uniqueCount="%d">'
)


class SharedTexts:
    """The table of texts that all sheets share; it grows while rows are written, up to a size."""

    def __init__(self) -> None:
        self._cells: dict[str, str] = {}
        self._most = _MOST_SHARED

    def closed(self) -> "SharedTexts":
        """The texts shared so far, to which none is added: what rows are written as depends on none before them."""
        known = SharedTexts()
        known._cells, known._most = self._cells.copy(), 0
        return known

    def cell(self, text: str) -> str:
        """A text as the rest of a cell, behind its style."""
        known = self._cells.get(text)
        if known is not None:
            return known
        if len(self._cells) >= self._most:
            return f' t="inlineStr"><is><t xml:space="preserve">{text_xml(text)}</t></is></c>'
        return self._cells.setdefault(text, f' t="s"><v>{len(self._cells)}</v></c>')

    def xml(self) -> bytes:
        """The table's part, in the order of the texts' numbers."""
        items = "".join(f'<si><t xml:space="preserve">{text_xml(text)}</t></si>' for text in self._cells)
        return f"{_HEAD % len(self._cells)}{items}</sst>".encode()


class _Place:
    """A place of a row where each row has a cell of its own, as XML so far.

    The XML of a row is cut at each number of the row, so that joining the parts with the number gives the whole.

    Attributes:
        first, last: numbers of the parts that hold the cell behind its address; several where its formula has the row.
        style, quoted: the attribute with the cell's style; the one for texts that look like formulas.
        formula: the ``<f>`` element, or "".
        number: what stands before a number in the last part. end, after: behind a number, and behind any other cell.
        blank: the cell with nothing in it.
        met: what is no number and no text of the row's own, as parts; there are few different ones.
    """

    __slots__ = ("after", "blank", "end", "first", "formula", "last", "met", "number", "quoted", "style")

    def __init__(self, first: int, style: str, quoted: str, formula: str) -> None:
        self.style, self.quoted = f'"{style}', f'"{quoted}'
        self.formula = _formula(formula) if formula else ""
        parts = f"{self.style}>{self.formula}<v>".split(ROW)
        self.first, self.last, self.number = first, first + len(parts) - 1, parts[-1]
        self.end = self.after = self.blank = ""
        self.met: dict[Value, list[str]] = {}

    def ends_before(self, rest: str) -> None:
        """Take note of what stands between the cell and the next number of a row."""
        self.after, self.end, self.blank = rest, f"</v></c>{rest}", f"{self.style}/>{rest}"


class _Shape:
    """A pattern as XML.

    Attributes:
        parts: of a row, cut at its number; what rows have of their own is still missing.
        places: where that stands. heights: height → the part with the row's height.
    """

    __slots__ = ("heights", "parts", "places")

    def __init__(self, parts: list[str], places: list[_Place]) -> None:
        self.parts, self.places = parts, places
        self.heights: dict[float, str] = {}

    def parts_of(self, height: float) -> list[str]:
        """The parts of a row with a height. Units: points."""
        found = self.parts.copy()
        own = self.heights.get(height)
        if own is None:
            own = self.heights[height] = f'" ht="{height:.16G}" customHeight="1">{found[1]}'
        found[1] = own
        return found


class RowWriter:
    """Rows of one sheet as the content of ``<sheetData>``.

    A text is a text whatever it begins with; a formula stands with its result.
    """

    def __init__(self, sheet: NewSheet, style_of: StyleOf, shared: SharedTexts) -> None:
        self._sheet, self._shared = sheet, shared
        self._style = {(look, quoted): f' s="{style_of(look, quoted)}"' for look in Look for quoted in (False, True)}
        self._shapes: dict[RowPattern, _Shape] = {}

    def rows(self) -> Iterator[str]:
        """Every row with a cell or a height of its own, in order."""
        yield from self.before()
        if self._sheet.table is not None:
            yield from self.some(0, self._sheet.table.count)
        yield from self.after()

    def before(self) -> Iterator[str]:
        """The rows above the table, or all there are."""
        table = self._sheet.table
        return (row for number, row in self._held if table is None or number < table.first)

    def after(self) -> Iterator[str]:
        """The rows under the table."""
        table = self._sheet.table
        return (row for number, row in self._held if table is not None and number >= table.first)

    def some(self, start: int, count: int) -> Iterator[str]:
        """So many rows of the table from the n-th on, counted from 0, several in each text."""
        table = self._sheet.table
        rows = islice(enumerate(table.rows(start), table.first + start), count) if table else iter(())
        while several := "".join([self._row(str(number), row) for number, row in islice(rows, _TOGETHER)]):
            yield several

    @cached_property
    def _held(self) -> tuple[tuple[int, str], ...]:
        """Number and XML of the rows whose cells are held."""
        return tuple(self._numbered())

    def _numbered(self) -> Iterator[tuple[int, str]]:
        sheet, covered = self._sheet, _covered(self._sheet)
        places = sorted([*sheet.cells, *covered])
        by_row = {row: list(own) for row, own in groupby(places, itemgetter(0))}
        letters = {column: column_letters(column) for column in {column for _, column in places}}
        for row in sorted(by_row.keys() | sheet.heights.keys()):
            height = f' ht="{sheet.heights[row]:.16G}" customHeight="1"' if row in sheet.heights else ""
            cells = "".join(
                f'<c r="{letters[place[1]]}{row}"{self._cell(sheet.cells.get(place) or covered[place])}'
                for place in by_row.get(row, ())
            )
            yield row, f'<row r="{row}"{height}>{cells}</row>'

    def _row(self, number: str, row: NewRow) -> str:
        shape = self._shapes.get(row.pattern) or self._shape(row.pattern)
        parts, others = shape.parts_of(row.height), []
        for place, own in zip(shape.places, row.own, strict=True):
            if isinstance(own, Decimal):
                parts[place.last] = f"{place.number}{_number(own)}{place.end}"
            elif isinstance(own, str) and own and not place.formula:
                style = place.quoted if own.startswith(STARTS_A_FORMULA) else place.style
                parts[place.last] = f"{style}{self._shared.cell(own)}{place.after}"
            elif own is None and not place.formula:
                parts[place.last] = place.blank
            else:
                others.append((place, own))
        for place, own in reversed(others):  # there may be more parts, or fewer, than the pattern has
            parts[place.first : place.last + 1] = self._other(place, own)
        return number.join(parts)

    def _other(self, place: _Place, own: Own) -> list[str]:
        """The parts of a cell that is neither a number nor a text of its own."""
        if isinstance(own, NewCell):
            return f'"{self._cell(own)}{place.after}'.split(ROW)
        if own not in place.met:
            kind, text = _typed(own)
            content = f"{kind}>{place.formula}<v>{text}{place.end}"
            place.met[own] = (f"{place.style}{content}" if place.formula or own != "" else place.blank).split(ROW)
        return place.met[own]

    def _shape(self, pattern: RowPattern) -> _Shape:
        """What is the same in all rows of a pattern."""
        written, places = f'<row r="{ROW}', list[_Place]()
        for column, cell in enumerate(pattern.cells, 1):
            address = f'<c r="{column_letters(column)}{ROW}'
            if isinstance(cell, OwnCell):
                first = (written + address).count(ROW)
                place = _Place(first, self._style[cell.look, False], self._style[cell.look, True], cell.formula)
                places.append(place)
                written += f"{address}{place.style}>{place.formula}<v>"
            elif cell is not None:
                written += f'{address}"{self._cell(cell)}'
        parts = f"{written}</row>".split(ROW)
        for place in places:
            place.ends_before(parts[place.last].removeprefix(place.number))
        return self._shapes.setdefault(pattern, _Shape(parts, places))

    def _cell(self, cell: NewCell) -> str:
        """A cell behind its address."""
        value, look, formula = cell
        if formula:
            kind, text = _typed(value)
            return f"{self._style[look, False]}{kind}>{_formula(formula)}<v>{text}</v></c>"
        if value is None or value == "":
            return f"{self._style[look, False]}/>"
        if not isinstance(value, str):
            kind, text = _typed(value)
            return f"{self._style[look, False]}{kind}><v>{text}</v></c>"
        return self._style[look, value.startswith(STARTS_A_FORMULA)] + self._shared.cell(value)


def _formula(formula: str) -> str:
    return f"<f>{ROW.join(map(text_xml, stored_formula(formula).split(ROW)))}</f>"


def _covered(sheet: NewSheet) -> dict[tuple[int, int], NewCell]:
    """Blank cells under the areas shown as one cell, of the same look for the sake of their borders."""
    covered: dict[tuple[int, int], NewCell] = {}
    for area in sheet.merges:
        top, left, bottom, right = parse_area(area)
        blank = NewCell(None, sheet.cells[top, left].look)
        places = product(range(top, bottom + 1), range(left, right + 1))
        covered |= {place: blank for place in places if place not in sheet.cells}
    return covered


def _typed(value: Value) -> tuple[str, str]:
    """The type attribute and the text of ``<v>``; texts that are no formula's result are shared instead."""
    if isinstance(value, Decimal):
        return "", _number(value)
    if isinstance(value, bool):
        return ' t="b"', f"{value:d}"
    if isinstance(value, ErrorValue):
        return ' t="e"', value.value
    return ' t="str"', text_xml(value or "")


def _number(value: Decimal) -> str:
    """The shortest text that gives the same double."""
    text = repr(float(value))
    return text[:-2] if text[-2:] == ".0" else text
