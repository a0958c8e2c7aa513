"""The rows of a new sheet as XML, straight from its cells: a master workbook of 1,000 projects has two million."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from itertools import groupby, product
from operator import itemgetter

from toolkit.excel.addresses import column_letters, parse_area
from toolkit.excel.cell_xml import STARTS_A_FORMULA, text_xml
from toolkit.excel.new_book import ROW, LongTable, Look, NewCell, NewRow, NewSheet, Own, OwnCell, RowPattern
from toolkit.excel.stored_formula import stored_formula
from toolkit.model import ErrorValue, Value

StyleOf = Callable[[Look, bool], int]
"""Index of a look's style in the workbook; True for the one that keeps a text a text when somebody edits it."""
_MOST_SHARED = 20_000
"""Texts that sheets share; one that is met when the table is full stands in its cell."""
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" uniqueCount="%d">'
)


class SharedTexts:
    """The table of texts that all sheets share; it grows while rows are written, up to a size."""

    def __init__(self) -> None:
        self._cells: dict[str, str] = {}

    def cell(self, text: str) -> str:
        """A text as the rest of a cell, behind its style."""
        known = self._cells.get(text)
        if known is not None:
            return known
        if len(self._cells) >= _MOST_SHARED:
            return f' t="inlineStr"><is><t xml:space="preserve">{text_xml(text)}</t></is></c>'
        return self._cells.setdefault(text, f' t="s"><v>{len(self._cells)}</v></c>')

    def xml(self) -> bytes:
        """The table's part, in the order of the texts' numbers."""
        items = "".join(f'<si><t xml:space="preserve">{text_xml(text)}</t></si>' for text in self._cells)
        return f"{_HEAD % len(self._cells)}{items}</sst>".encode()


class _Place:
    """A place of a row where each row has a cell of its own, as XML so far.

    Attributes:
        style, quoted: the attribute with the cell's style; the one for texts that look like formulas.
        formula: the ``<f>`` element, or "".
        number: what stands before a number. blank: the cell with nothing in it.
    """

    __slots__ = ("blank", "formula", "number", "quoted", "style")

    def __init__(self, style: str, quoted: str, formula: str) -> None:
        self.style, self.quoted = style, quoted
        self.formula = _formula(formula) if formula else ""
        self.number, self.blank = f"{style}>{self.formula}<v>", f"{style}/>"


class RowWriter:
    """Rows of one sheet as the content of ``<sheetData>``.

    A text is a text whatever it begins with; a formula stands with its result.
    """

    def __init__(self, sheet: NewSheet, style_of: StyleOf, shared: SharedTexts) -> None:
        self._sheet, self._shared = sheet, shared
        self._style = {(look, quoted): f' s="{style_of(look, quoted)}"' for look in Look for quoted in (False, True)}
        self._compiled: dict[RowPattern, tuple[list[str], list[_Place]]] = {}

    def rows(self) -> Iterator[str]:
        """Every row with a cell or a height of its own, in order."""
        table, held = self._sheet.table, list(self._numbered())
        yield from (row for number, row in held if table is None or number < table.first)
        if table is not None:
            yield from self._of_table(table)
            yield from (row for number, row in held if number >= table.first)

    def _numbered(self) -> Iterator[tuple[int, str]]:
        """Number and XML of the rows whose cells are held."""
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

    def _of_table(self, table: LongTable) -> Iterator[str]:
        heights: dict[float, str] = {}
        for number, row in enumerate(table.rows(0), table.first):
            height = heights.get(row.height)
            if height is None:
                height = heights[row.height] = f'" ht="{row.height:.16G}" customHeight="1">'
            text = str(number)
            yield f'<row r="{text}{height}{self._filled(row).replace(ROW, text)}</row>'

    def _filled(self, row: NewRow) -> str:
        """The cells of a row of a table, its number still to be put in."""
        pieces, places = self._compiled.get(row.pattern) or self._compile(row.pattern)
        filled = pieces.copy()
        filled[1::2] = map(self._own, places, row.own)
        return "".join(filled)

    def _compile(self, pattern: RowPattern) -> tuple[list[str], list[_Place]]:
        """What is the same in all rows, cut where a row's own cells stand; and for each of these its XML so far."""
        pieces, places = [""], []
        for column, cell in enumerate(pattern.cells, 1):
            address = f'<c r="{column_letters(column)}{ROW}"'
            if isinstance(cell, OwnCell):
                pieces[-1] += address
                pieces += ["", ""]
                places.append(_Place(self._style[cell.look, False], self._style[cell.look, True], cell.formula))
            elif cell is not None:
                pieces[-1] += address + self._cell(cell)
        return self._compiled.setdefault(pattern, (pieces, places))

    def _own(self, place: "_Place", own: Own) -> str:
        """A row's own cell behind its address."""
        if own.__class__ is Decimal:
            return f"{place.number}{_number(own)}</v></c>"
        if own.__class__ is str and not place.formula:
            if not own:
                return place.blank
            return (place.quoted if own.startswith(STARTS_A_FORMULA) else place.style) + self._shared.cell(own)
        if isinstance(own, NewCell):
            return self._cell(own)
        if own is None and not place.formula:
            return place.blank
        kind, text = _typed(own)
        return f"{place.style}{kind}>{place.formula}<v>{text}</v></c>"

    def _cell(self, cell: NewCell) -> str:
        """A cell behind its address."""
        value, look, formula, _ = cell
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
