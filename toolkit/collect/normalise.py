"""A cell's content into the value its slot asks for, by an explicit grammar. The rest is sent back.

In: a :class:`toolkit.excel.book.Cell` (or None) and what the slot expects. Out: a state, a value, the rules applied.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from toolkit.collect.answers import SENTINEL_RULES, pick, sentinel, yes_or_no
from toolkit.collect.dates import NoDateError, date_of_number, parse_date
from toolkit.collect.numerals import Numeral, parse_numeral, why_no_number
from toolkit.collect.rates import rate_of_number, rate_of_numeral
from toolkit.excel.book import Cell, CellKind
from toolkit.excel.cell_values import as_excel_compares
from toolkit.excel.displayed import Shown, appearance
from toolkit.model import ErrorValue, FieldType, ReadState, Slot, SlotRole, Value, serial_to_date
from toolkit.text import plain
from toolkit.text.folding import fold, reorders, without_controls
from toolkit.text.numerals import MONEY_UNITS, PARTS, UNKEPT
from toolkit.text.spelled_amounts import read_spelled_amount


@dataclass(frozen=True, slots=True)
class Expectation:
    """What a slot wants: kind of value, unit of measure (``万元``, ``%``, ``个``; "" for none), allowed answers.

    ``calculated``: the form computes it. Its number is a result, whether or not the format of the file shows a formula.
    """

    type: FieldType
    unit: str = ""
    choices: tuple[str, ...] = ()
    calculated: bool = False


@dataclass(frozen=True, slots=True)
class Normal:
    """Content after normalisation. ``value`` is None unless ``state`` is VALUE; ``rules`` are codes of READING_RULES.

    Units: amounts in the slot's unit, rates as fractions, dates as serial numbers of the 1900 system.
    """

    state: ReadState
    value: Value = None
    rules: tuple[str, ...] = ()


_BLANK = Normal(ReadState.BLANK)
_DURATIONS = {
    "毫秒": Decimal("0.001"), "ms": Decimal("0.001"), "秒": Decimal(1), "秒钟": Decimal(1), "s": Decimal(1),
    "分钟": Decimal(60), "min": Decimal(60), "小时": Decimal(3600), "个小时": Decimal(3600), "h": Decimal(3600),
}  # fmt: skip
"""Units: seconds. A day is not among them: of work or of the clock, nobody knows."""
_TERMS = {"月": Decimal(1), "个月": Decimal(1), "年": Decimal(12)}
"""Units: months."""
_MEASURE_WORD = re.compile(r"[个项场次人件处台套份册期批座栋户门条笔家名天年月日]|人次|场次|公里|小时|分钟")


def expectation(slot: Slot, money_unit: str) -> Expectation:
    """What a slot expects; an amount without a unit of its own is in the scheme's money unit."""
    unit = slot.unit or (money_unit if slot.type is FieldType.AMOUNT else "")
    return Expectation(slot.type, unit, slot.choices, slot.role is SlotRole.CALCULATED)


def normalise(cell: Cell | None, want: Expectation) -> Normal:
    """The state and value of one cell. Never raises for anything a user can type."""
    if cell is None or (cell.value is None and cell.formula is None):
        return _BLANK
    if cell.formula is not None and not cell.cached:
        return Normal(ReadState.NOT_CALCULATED, rules=("READ-31",))
    if isinstance(cell.value, ErrorValue):
        return Normal(ReadState.ERROR, rules=("READ-30",))
    return _within_scale(_as_shown(cell, want) or _of_content(cell, want))


def _as_shown(cell: Cell, want: Expectation) -> Normal | None:
    """What a number format makes of the content, where that is not what is stored; None where it is.

    A 0 that the format leaves out is still the 0 somebody typed; it is read, and named among the hidden cells.
    """
    seen = appearance(cell.style.number_format, cell.value)
    if seen.shown is not Shown.AS_STORED and not (cell.value == 0 and seen.shown is Shown.NOT_AT_ALL):
        return _rejected("READ-39")
    if seen.unit and isinstance(cell.value, Decimal) and want.type is FieldType.AMOUNT and seen.unit != want.unit:
        return _converted(Numeral(cell.value, seen.unit, ()), want) or _rejected("READ-32")
    return None


def _of_content(cell: Cell, want: Expectation) -> Normal:
    if isinstance(cell.value, str):
        return _of_text(cell.value, want)
    if isinstance(cell.value, bool):
        return _of_boolean(cell.value, want)
    return _of_number(cell.value, cell, want) if isinstance(cell.value, Decimal) else _BLANK


def _within_scale(normal: Normal) -> Normal:
    """A number with more digits before the point than a cell keeps is nobody's figure: it goes back."""
    too_large = isinstance(normal.value, Decimal) and abs(normal.value) >= UNKEPT
    return _rejected("READ-35") if too_large else normal


def original_text(cell: Cell | None) -> str:
    """A cell's content as text: dates as ``2024-03-05``, numbers without exponent, errors by their code."""
    if cell is None or cell.value is None:
        return ""
    if isinstance(cell.value, bool):
        return "TRUE" if cell.value else "FALSE"
    if isinstance(cell.value, Decimal):
        return _iso(cell.value) if cell.kind is CellKind.DATE else plain(cell.value)
    return str(cell.value)


def _of_text(text: str, want: Expectation) -> Normal:
    if not fold(text):
        return _BLANK
    if reorders(text) and want.type is not FieldType.TEXT:
        return _rejected("READ-38")
    if want.type is FieldType.CHOICE and (choice := pick(text, want.choices)) is not None:
        return _value(choice, *([] if choice == text else ["READ-10"]))
    if state := sentinel(text):
        return Normal(state, rules=(SENTINEL_RULES[state],))
    return _TEXT_READERS[want.type](text, want)


def _free_text(text: str, _: Expectation) -> Normal:
    plain_text = without_controls(text)
    return _value(plain_text.strip(), "READ-20" if plain_text != text or "\ufffd" in text else "")


def _date_text(text: str, _: Expectation) -> Normal:
    try:
        serial, rule = parse_date(text)
    except NoDateError as error:
        return _rejected(error.code)
    return _value(serial, rule)


def _answer_text(text: str, want: Expectation) -> Normal:
    answer = yes_or_no(text) if want.type is FieldType.YESNO else None
    if answer is None:
        return _rejected("READ-26")
    return _value(answer, *([] if answer == text else ["READ-10"]))


def _number_text(text: str, want: Expectation) -> Normal:
    numeral = parse_numeral(text)
    if numeral is None:
        return _in_capitals(text, want) or _rejected(why_no_number(text))
    if not numeral.unit:
        return _value(numeral.number, "READ-01", *numeral.rules)
    if fold(want.unit) == numeral.unit or _counts(numeral.unit, want):
        return _value(numeral.number, "READ-04", *numeral.rules)
    return _converted(numeral, want) or _rejected(_why_other_unit(text, numeral))


def _in_capitals(text: str, want: Expectation) -> Normal | None:
    """An amount in banker's numerals, in the slot's unit; None for anything else."""
    yuan = read_spelled_amount(text) if want.type is FieldType.AMOUNT and want.unit in MONEY_UNITS else None
    return None if yuan is None else _value(yuan / MONEY_UNITS[want.unit], "READ-56")


def _counts(unit: str, want: Expectation) -> bool:
    """A measure word in a cell that names no unit (``12场``): it says what was counted and changes no number."""
    return want.type is FieldType.NUMBER and not want.unit and bool(_MEASURE_WORD.fullmatch(unit))


def _converted(numeral: Numeral, want: Expectation) -> Normal | None:
    """The number in the slot's unit; None when nobody can say how many of it one of the written unit is.

    10000元 where 万元 are asked for, 210分钟 for hours, 36个月 for years, 0.6万 and 0.6万个 for 个.
    """
    families = (MONEY_UNITS,) if want.type is FieldType.AMOUNT else (_DURATIONS, _TERMS, _multiples(want.unit))
    unit, wanted = fold(numeral.unit).casefold(), fold(want.unit)
    units = next((units for units in families if unit in units and wanted in units), None)
    if units is None:
        return None
    value = numeral.number * units[unit] / units[wanted]
    # A third of an hour has no last digit: a cell keeps 15.
    value = value if units is MONEY_UNITS else as_excel_compares(value)
    return _value(value, "READ-04" if units[unit] == units[wanted] else "READ-05", *numeral.rules)


def _multiples(unit: str) -> dict[str, Decimal]:
    """What 万 and 亿 before a unit or alone make of it; nothing where the slot names none, or one not of things."""
    counted = fold(unit)
    of_things = counted and counted not in {*PARTS, "分", *_DURATIONS, *_TERMS}
    thousands = {"万": Decimal(10) ** 4, "亿": Decimal(10) ** 8} if of_things else {}
    return {counted: Decimal(1), **{f"{word}{end}": many for word, many in thousands.items() for end in ("", counted)}}


_LIKE_DIGITS = ("O", "o", "l", "I")
"""Letters that a scanner or a hand puts in the place of 0 and 1."""


def _why_other_unit(text: str, numeral: Numeral) -> str:
    reason = why_no_number(text)
    a_unit = numeral.unit in MONEY_UNITS or numeral.unit in ("%", "‰") or len(numeral.unit) <= 2
    return "READ-32" if reason == "READ-24" and a_unit and numeral.unit not in _LIKE_DIGITS else reason


def _rate_text(text: str, _: Expectation) -> Normal:
    numeral = parse_numeral(text)
    if numeral is None or numeral.unit not in ("", "%", "‰"):
        return _rejected(why_no_number(text))
    rate, rule = rate_of_numeral(numeral)
    return _rejected(rule) if rate is None else _value(rate, rule, *numeral.rules)


_TEXT_READERS: dict[FieldType, Callable[[str, Expectation], Normal]] = {
    FieldType.TEXT: _free_text,
    FieldType.AMOUNT: _number_text,
    FieldType.NUMBER: _number_text,
    FieldType.RATE: _rate_text,
    FieldType.DATE: _date_text,
    FieldType.CHOICE: _answer_text,
    FieldType.YESNO: _answer_text,
}


def _of_number(number: Decimal, cell: Cell, want: Expectation) -> Normal:
    is_date, is_percent = cell.kind is CellKind.DATE, "%" in cell.style.number_format
    if want.type is FieldType.DATE:
        return _date_number(number, shown_as_date=is_date)
    if want.type in (FieldType.TEXT, FieldType.CHOICE, FieldType.YESNO):
        text = _iso(number) if is_date else plain(number)
        cut = "READ-58" if abs(number) >= UNKEPT else ""
        return _value(text, cut) if want.type is FieldType.TEXT else _of_text(text, want)
    if is_date or (is_percent and want.type is not FieldType.RATE):
        # 286.5 shown as 1900-10-12, or as 28650%: nobody can tell what the unit saw and meant.
        return _rejected("READ-29")
    if want.type is FieldType.RATE and not want.calculated:
        rate, rule = rate_of_number(number, shown_as_percent=is_percent)
        return _rejected(rule) if rate is None else _value(rate, rule)
    return _value(number)


def _date_number(number: Decimal, *, shown_as_date: bool) -> Normal:
    try:
        serial, rule = date_of_number(number, shown_as_date=shown_as_date)
    except NoDateError as error:
        return _rejected(error.code)
    return _value(serial, rule)


def _of_boolean(answer: bool, want: Expectation) -> Normal:
    if want.type is FieldType.YESNO:
        return _value("是" if answer else "否", "READ-10")
    if want.type is FieldType.TEXT:
        return _value("TRUE" if answer else "FALSE")
    return _rejected("READ-26" if want.type is FieldType.CHOICE else _NO_VALUE[want.type])


_NO_VALUE = {
    FieldType.AMOUNT: "READ-24",
    FieldType.NUMBER: "READ-24",
    FieldType.RATE: "READ-24",
    FieldType.DATE: "READ-27",
}


def _value(value: Value, *rules: str) -> Normal:
    return Normal(ReadState.VALUE, value, tuple(rule for rule in rules if rule))


def _rejected(code: str) -> Normal:
    return Normal(ReadState.REJECTED, rules=(code,))


def _iso(serial: Decimal) -> str:
    try:
        return serial_to_date(serial).isoformat() if serial >= 1 else plain(serial)
    except ValueError:
        return plain(serial)
