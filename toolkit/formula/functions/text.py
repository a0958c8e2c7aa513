"""Cutting, joining, searching and converting texts."""

from decimal import Decimal

from toolkit.formula.arrays import Operand, cells_of
from toolkit.formula.coerce import MAX_TEXT, ONE, number_in, to_text, whole
from toolkit.formula.functions.declare import Takes, function
from toolkit.formula.functions.number_format import format_value
from toolkit.formula.functions.wildcard import MAX_PATTERN
from toolkit.formula.functions.wildcard import find as find_pattern
from toolkit.formula.operators import join
from toolkit.model.values import ErrorValue, Value

TEXT, NUMBER, VALUE = Takes.TEXT, Takes.NUMBER, Takes.VALUE


@function("LEN", TEXT)
def length(text: str) -> Value:
    """How many characters."""
    return Decimal(len(text))


@function("LEFT", TEXT, NUMBER, required=1)
def left(text: str, count: Decimal = ONE) -> Value:
    """The first characters."""
    size = whole(count)
    return text[:size] if size >= 0 else ErrorValue.VALUE


@function("RIGHT", TEXT, NUMBER, required=1)
def right(text: str, count: Decimal = ONE) -> Value:
    """The last characters."""
    size = whole(count)
    if size < 0:
        return ErrorValue.VALUE
    return text[max(len(text) - size, 0) :]


@function("MID", TEXT, NUMBER, NUMBER)
def middle(text: str, start: Decimal, count: Decimal) -> Value:
    """Characters from a position on."""
    first, size = whole(start), whole(count)
    if first < 1 or size < 0:
        return ErrorValue.VALUE
    return text[first - 1 : first - 1 + size]


@function("TRIM", TEXT)
def trim(text: str) -> Value:
    """Without spaces at the ends, and with single ones inside; full-width spaces stay."""
    return " ".join(word for word in text.split(" ") if word)


@function("UPPER", TEXT)
def upper(text: str) -> Value:
    """In capitals."""
    return text.upper()


@function("LOWER", TEXT)
def lower(text: str) -> Value:
    """In small letters."""
    return text.lower()


@function("EXACT", TEXT, TEXT)
def exactly_equal(text: str, other: str) -> Value:
    """Whether two texts are equal, capitals told apart."""
    return text == other


@function("CONCATENATE", VALUE, repeats=1)
def concatenate(*values: Value) -> Value:
    """All arguments as one text."""
    result: Value = ""
    for value in values:
        result = join(result, value)
    return result


@function("FIND", TEXT, TEXT, NUMBER, required=2)
def find(wanted: str, text: str, start: Decimal = ONE) -> Value:
    """Where a text occurs, capitals told apart; #VALUE! when it does not."""
    first = whole(start)
    if not 1 <= first <= len(text) + 1:
        return ErrorValue.VALUE
    at = text.find(wanted, first - 1)
    return ErrorValue.VALUE if at < 0 else Decimal(at + 1)


@function("SEARCH", TEXT, TEXT, NUMBER, required=2)
def search(wanted: str, text: str, start: Decimal = ONE) -> Value:
    """Where a text occurs in any case, wildcards allowed; #VALUE! when it does not."""
    first = whole(start)
    if not 1 <= first <= len(text) + 1 or len(wanted) > MAX_PATTERN:
        return ErrorValue.VALUE
    at = find_pattern(wanted, text, first - 1)
    return ErrorValue.VALUE if at is None else Decimal(at + 1)


@function("SUBSTITUTE", TEXT, TEXT, TEXT, NUMBER, required=3)
def substitute(text: str, old: str, new: str, occurrence: Decimal | None = None) -> Value:
    """With one text in place of another, everywhere or at one occurrence."""
    if occurrence is not None and whole(occurrence) < 1:
        return ErrorValue.VALUE
    times = text.count(old) if old else 0
    if occurrence is None:
        too_long = len(text) + times * (len(new) - len(old)) > MAX_TEXT
        return ErrorValue.VALUE if too_long else text.replace(old, new) if old else text
    place = whole(occurrence)
    if place > times:
        return text
    at = -len(old)
    for _ in range(place):
        at = text.find(old, at + len(old))
    result = text[:at] + new + text[at + len(old) :]
    return result if len(result) <= MAX_TEXT else ErrorValue.VALUE


@function("VALUE", VALUE)
def value_of(value: Value) -> Value:
    """The number a text stands for."""
    if value is None or isinstance(value, Decimal):
        return value or Decimal(0)
    number = number_in(value) if isinstance(value, str) else None
    return ErrorValue.VALUE if number is None else number


@function("TEXT", VALUE, TEXT)
def text(value: Value, code: str) -> Value:
    """A value as a number format shows it; a format beyond the supported ones is #VALUE!, never a guess."""
    if isinstance(value, str):
        number = number_in(value)
        value = value if number is None else number
    if isinstance(value, bool):
        return to_text(value)
    return format_value(value, code)


@function("CONCAT", Takes.OPERAND, repeats=1)
def joined(*operands: Operand) -> Value:
    """All values, also those of areas, as one text."""
    return _joined("", [cell for operand in operands for cell in cells_of(operand)])


@function("TEXTJOIN", TEXT, Takes.LOGICAL, Takes.OPERAND, repeats=1)
def joined_with(between: str, skip: bool, *operands: Operand) -> Value:
    """All values as one text with a text between them; empty ones are passed over where that is asked for."""
    cells = [cell for operand in operands for cell in cells_of(operand)]
    return _joined(between, [cell for cell in cells if not skip or cell not in (None, "")])


def _joined(between: str, cells: list[Value]) -> Value:
    texts = [to_text(cell) for cell in cells]
    error = next((made for made in texts if isinstance(made, ErrorValue)), None)
    result = between.join(map(str, texts))
    return error or (result if len(result) <= MAX_TEXT else ErrorValue.VALUE)
