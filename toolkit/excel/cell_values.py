"""From the texts in a worksheet part to cells: values, kinds, styles, formulas."""

import re
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Context, Decimal
from math import isfinite
from typing import TypeAlias

from toolkit.excel.book import Cell, CellKind, CellStyle, Doubt
from toolkit.excel.parts import Limits
from toolkit.excel.remembered import Remembered
from toolkit.excel.shared_formula import shift_formula
from toolkit.excel.xml_parts import unescape
from toolkit.model.values import ERRORS, ErrorValue, Value, date_to_serial
from toolkit.ooxml.package import refuse
from toolkit.ooxml.parse import whole_number

# Up to 15 digits a double gives back exactly what was typed.
_ZERO = Decimal(0)  # a double can be -0.0, which every program shows as 0
_SHORT = re.compile(r"-?(?:0|[1-9][0-9]{0,8})(?:\.[0-9]{0,5}[1-9])?", re.ASCII)
_EXCEL = Context(prec=15, rounding=ROUND_HALF_UP)
_made = tuple.__new__  # a named tuple's own constructor takes twice the time
_DAYS_1904 = 1462
_BLANK, _NUMBER, _DATE, _TEXT = CellKind.BLANK, CellKind.NUMBER, CellKind.DATE, CellKind.TEXT


KnownCells: TypeAlias = Remembered[tuple[tuple[int, int], Cell, int | None]]
"""Places and cells by the text that says them, of workbooks with the same styles.

With each stands the number of its shared text, which another workbook may have given to another text.
"""


@dataclass(frozen=True, slots=True)
class SheetContext:
    """What a worksheet part refers to in the rest of the workbook.

    Attributes:
        mixed: numbers of the texts with parts that do not read on; see :func:`xml_parts.mixed_runs`.
        misleading: numbers of the conditional styles that show a content otherwise than it is stored.
        known: cells met before in workbooks with the same styles that count days alike.
    """

    strings: Sequence[str] = ()
    mixed: frozenset[int] = frozenset()
    styles: Sequence[CellStyle] = (CellStyle(),)
    date1904: bool = False
    limits: Limits = field(default_factory=Limits)
    misleading: frozenset[int] = frozenset()
    known: KnownCells = field(default_factory=Remembered)


def text_number(text: str) -> int:
    """The number of a shared text; one that no table of texts reaches where it is none."""
    return whole_number(text, sys.maxsize)


def number_from_text(text: str) -> Decimal | None:
    """The decimal a person typed, from the text of the binary double in the file; None when it is no number.

    ``0.10000000000000001`` gives 0.1, the shortest decimal that is the same double.
    """
    if _SHORT.fullmatch(text):
        return Decimal(text) or _ZERO
    try:
        shortest = repr(float(text)) if text.isascii() and "_" not in text else "nan"
    except ValueError:
        return None
    number = Decimal(shortest.removesuffix(".0")) or _ZERO
    return number if number.is_finite() else None


def as_excel_compares(number: Decimal) -> Decimal:
    """A calculated number as Excel shows and compares it: 15 significant digits.

    Excel computes with binary doubles: ``=48.46+46.09+7.65`` is stored as 102.20000000000002 and equals 102.2 on every
    sheet. Only results of formulas are read this way; what a person typed stays exact.
    Source: Excel specifications and limits, "number precision: 15 digits".
    """
    if len(number.as_tuple().digits) <= _EXCEL.prec:
        return number
    double = float(number)  # its shortest text may end in a 5 that is none: 0.9139985014985015 is a little less
    rounded = (Decimal(double) if isfinite(double) else number).normalize(_EXCEL)
    return rounded.quantize(Decimal(1)) if 0 < int(rounded.as_tuple().exponent) <= _EXCEL.prec else rounded


class CellDecoder:
    """Decodes the cells of one sheet; remembers the shared formulas met so far."""

    def __init__(self, part: str, context: SheetContext) -> None:
        self.part = part
        self.context = context
        self.doubts: dict[tuple[int, int], Doubt] = {}
        self.array_formulas: dict[tuple[int, int], str] = {}
        self._shared: dict[str, tuple[int, int, str]] = {}
        self._styles: dict[str | None, CellStyle] = {None: context.styles[0], "": context.styles[0]}
        self._decoders: Mapping[str, Callable[[str], tuple[Value, CellKind]]] = {
            "s": lambda _: (None, _BLANK),  # without a number
            "str": lambda text: (unescape(text), _TEXT),
            "b": lambda text: (text in ("1", "true"), CellKind.BOOLEAN),
            "e": lambda text: (ERRORS.get(text, ErrorValue.VALUE), CellKind.ERROR),
            "d": _iso_date,
        }

    def cell(
        self,
        place: tuple[int, int],
        style_text: str | None,
        kind_text: str | None,
        formula: str | None,
        content: str | None,
        inline: str | None,
    ) -> Cell:
        """One cell from its attributes, its formula with ``=``, the texts of its value and of its inline string."""
        style = self._styles.get(style_text) or self._style(style_text or "")
        if inline is not None:
            return _made(Cell, (*place, inline, _TEXT, formula, formula is not None, style))
        if content is None:
            return _made(Cell, (*place, None, _BLANK, formula, False, style))
        if kind_text == "s" and content:
            return self.shared(_made(Cell, (*place, None, _BLANK, formula, False, style)), text_number(content))
        value, kind = self._value(content, kind_text, style)
        if formula is not None and isinstance(value, Decimal):
            value = as_excel_compares(value)
        return _made(Cell, (*place, value, kind, formula, formula is not None and kind is not _BLANK, style))

    def shared(self, cell: Cell, number: int) -> Cell:
        """A cell without a value, with the shared text of a number as its value.

        Raises:
            UnreadableFileError: there is no text of that number.
        """
        strings = self.context.strings
        if number >= len(strings):
            raise refuse(f"文件内部条目 {self.part[:80]} 引用了不存在的文字")
        row, column, _, _, formula, _, style = cell
        if number in self.context.mixed:
            self.doubts[row, column] = Doubt.MIXED_RUNS
        return _made(Cell, (row, column, strings[number], _TEXT, formula, formula is not None, style))

    def _style(self, text: str) -> CellStyle:
        styles = self.context.styles
        index = whole_number(text)
        self._styles[text] = styles[index] if index < len(styles) else styles[0]
        return self._styles[text]

    def _value(self, text: str, kind: str | None, style: CellStyle) -> tuple[Value, CellKind]:
        if kind is not None and kind in self._decoders:
            return self._decoders[kind](text)
        stripped = text.strip()
        if not stripped:
            return None, _BLANK
        number = number_from_text(stripped)
        if number is None:
            return text, _TEXT
        if style.is_date:
            return (number + _DAYS_1904 if self.context.date1904 else number), _DATE
        return number, _NUMBER

    def formula(self, place: tuple[int, int], attributes: Mapping[str, str], text: str) -> str:
        """A formula with ``=``, as it reads in this cell; "" when the file withholds its text."""
        if not attributes:
            return f"={unescape(text)}" if text else ""
        text, index = unescape(text), attributes.get("si")
        if attributes.get("t") == "dataTable":
            return f"=TABLE({attributes.get('r1', '')},{attributes.get('r2', '')})"
        if attributes.get("t") == "array":
            self.array_formulas[place] = attributes.get("ref", "")
        if attributes.get("t") == "shared" and index:
            if text:
                self._shared[index] = (*place, text)
            elif index in self._shared:
                row, column, text = self._shared[index]
                text = shift_formula(text, place[0] - row, place[1] - column)
        return f"={text}" if text else ""


def _iso_date(text: str) -> tuple[Value, CellKind]:
    try:
        moment = datetime.fromisoformat(text.strip())
        day = date_to_serial(date(moment.year, moment.month, moment.day))
    except ValueError:
        return text, _TEXT
    seconds = moment.hour * 3600 + moment.minute * 60 + moment.second
    return day + Decimal(seconds) / 86400 if seconds else day, _DATE
