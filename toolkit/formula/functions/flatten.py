"""What functions over many values pick out of their arguments."""

from collections.abc import Iterable
from decimal import Decimal

from toolkit.formula.arrays import Area, OpenArray, Operand, cells_of
from toolkit.formula.coerce import number_in, to_logical, to_number
from toolkit.model.values import ErrorValue, Value


def numbers_in(operands: Iterable[Operand]) -> list[Decimal] | ErrorValue:
    """The numbers of areas, and single arguments turned into numbers; the first error instead of them.

    In areas and arrays texts and logical values are passed over; typed directly, ``SUM(1,"2",TRUE)``, they count.
    """
    found: list[Decimal] = []
    for operand in operands:
        if type(operand) is Decimal:
            found.append(operand)
            continue
        error = _take(operand, found) if isinstance(operand, tuple) else _take_single(operand, found)
        if error is not None:
            return error
        if type(operand) is OpenArray:
            found += [cell for cell in operand[-1] if type(cell) is Decimal] * operand.repeats
    return found


def _take(area: Area, found: list[Decimal]) -> ErrorValue | None:
    for row in area:
        for cell in row:
            if type(cell) is Decimal:
                found.append(cell)
            elif isinstance(cell, ErrorValue):
                return cell
    return None


def _take_single(value: Value, found: list[Decimal]) -> ErrorValue | None:
    number = to_number(value)
    if isinstance(number, ErrorValue):
        return number
    found.append(number)
    return None


def logicals_in(operands: Iterable[Operand]) -> list[bool] | ErrorValue:
    """The conditions among the arguments; texts and blanks in areas are passed over; #VALUE! when none is left."""
    found: list[bool] = []
    for operand in operands:
        if not isinstance(operand, tuple):
            logical = to_logical(operand)
            if isinstance(logical, ErrorValue):
                return logical
            found.append(logical)
            continue
        for cell in cells_of(operand):
            if isinstance(cell, ErrorValue):
                return cell
            if isinstance(cell, bool | Decimal):
                found.append(bool(cell))
    return found or ErrorValue.VALUE


def names_nothing(operands: Iterable[Operand]) -> bool:
    """Whether a name or function among the arguments is unknown: to count nothing would be a silent wrong number."""
    return any(operand is ErrorValue.NAME for operand in operands)


def counted_numbers(operands: Iterable[Operand]) -> int:
    """How many numbers there are; typed directly, logical values and texts that look like numbers count too."""
    count = 0
    for operand in operands:
        if isinstance(operand, tuple):
            count += sum(type(cell) is Decimal for cell in cells_of(operand))
            if type(operand) is OpenArray:
                count += sum(type(cell) is Decimal for cell in operand[-1]) * operand.repeats
        elif isinstance(operand, str):
            count += number_in(operand) is not None
        else:
            count += not isinstance(operand, ErrorValue)
    return count
