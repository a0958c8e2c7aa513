"""Figures that stand in no single cell: sums, counts and differences of cells of one sheet of the master."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal

from toolkit.excel.addresses import column_letters, parse_cell
from toolkit.model import Figure, Value
from toolkit.text import percent, plain

_PLACE = re.compile(
    r"(?P<sheet>.+)!(?P<first>[A-Z]{1,3}\d+)(?P<sign>[:-])(?P<last>[A-Z]{1,3}\d+)(?:(?P<test>[<>=]0)(?:&(?P<beside>[A-Z]{1,3}\d+:[A-Z]{1,3}\d+)(?P<also>[<>=]0))?)?(?:/(?P<over>[A-Z]{1,3}\d+:[A-Z]{1,3}\d+))?"
)
_TESTS: dict[str, Callable[[Decimal], bool]] = {
    ">0": lambda value: value > 0,
    "<0": lambda value: value < 0,
    "=0": lambda value: value == 0,
}


def reckoned(place: str, values: Mapping[str, Value]) -> Decimal | None:
    """The value of ``表!A1-B1``, ``表!A1:A9`` (sum), ``表!A1:A9>0`` (count) or ``表!A1:A9/B1:B9`` (sum over sum).

    ``表!A1:A9=0&B1:B9>0`` counts rows in which both tests hold. None where cells hold no numbers, or the second sum
    is 0.
    """
    match = _PLACE.fullmatch(place)
    if match is None:
        return None
    sheet, first, last = match["sheet"], match["first"], match["last"]
    if match["sign"] == "-":
        left, right = values.get(f"{sheet}!{first}"), values.get(f"{sheet}!{last}")
        return left - right if isinstance(left, Decimal) and isinstance(right, Decimal) else None
    if match["beside"]:
        columns = ((first, last), tuple(match["beside"].split(":")))
        rows = zip(*([values.get(f"{sheet}!{at}") for at in _cells(*ends)] for ends in columns), strict=False)
        return Decimal(sum(_passes(one, match["test"]) and _passes(other, match["also"]) for one, other in rows))
    numbers = [value for at in _cells(first, last) if isinstance(value := values.get(f"{sheet}!{at}"), Decimal)]
    if match["test"]:
        return Decimal(sum(map(_TESTS[match["test"]], numbers)))
    if not numbers:
        return None
    whole = reckoned(f"{sheet}!{match['over']}", values) if match["over"] else Decimal(1)
    return sum(numbers, Decimal(0)) / whole if whole else None


def difference(later: Figure, earlier: Figure) -> Figure:
    """Days, points or money between two figures of one sheet."""
    value = later.value - earlier.value if later.value is not None and earlier.value is not None else None
    sheet, _, cell = later.at.rpartition("!")
    return Figure(value, f"{sheet}!{cell}-{earlier.at.rpartition('!')[2]}", "—" if value is None else plain(value))


def total(figures: Sequence[Figure], text: Callable[[Decimal], str] = plain) -> Figure:
    """The sum of figures that stand in one column, row below row; words of it by ``text``."""
    value = sum((figure.value for figure in figures if figure.value is not None), Decimal(0))
    return Figure(value, _range(figures), text(value))


def share(parts: Sequence[Figure], wholes: Sequence[Figure]) -> Figure:
    """One column's sum over another's, of the same rows, as a percentage; no value where the second is 0."""
    part, whole = total(parts), total(wholes)
    value = part.value / whole.value if part.value is not None and whole.value else None
    at = f"{part.at}/{whole.at.rpartition('!')[2]}"
    return Figure(value, at, "—" if value is None else percent(value))


def count(figures: Sequence[Figure], test: str) -> Figure:
    """How many figures of a column are ``>0``, ``<0`` or ``=0``."""
    value = Decimal(sum(_TESTS[test](figure.value) for figure in figures if figure.value is not None))
    return Figure(value, f"{_range(figures)}{test}", plain(value))


def count_both(figures: Sequence[Figure], test: str, beside: Sequence[Figure], also: str) -> Figure:
    """In how many rows a figure of one column passes its test and the one beside it, in another column, the other."""
    rows = zip(figures, beside, strict=True)
    value = Decimal(sum(_passes(one.value, test) and _passes(other.value, also) for one, other in rows))
    return Figure(value, f"{_range(figures)}{test}&{_range(beside).rpartition('!')[2]}{also}", plain(value))


def _passes(value: Value, test: str) -> bool:
    return isinstance(value, Decimal) and _TESTS[test](value)


def in_one_column(figures: Sequence[Figure]) -> bool:
    """Whether figures stand in one column without a row between them, so that a range names them."""
    places = [(at.rpartition("!")[0], *parse_cell(at.rpartition("!")[2])) for at in (figure.at for figure in figures)]
    sheet, row, column = places[0]
    return places == [(sheet, row + number, column) for number in range(len(places))]


def _range(figures: Sequence[Figure]) -> str:
    first, last = figures[0].at, figures[-1].at
    return f"{first}:{last.rpartition('!')[2]}"


def _cells(first: str, last: str) -> Iterable[str]:
    """The addresses of a column's cells; none where the two are no cells of one column: a person named them so."""
    try:
        (top, left), (bottom, right) = parse_cell(first), parse_cell(last)
    except ValueError:
        return ()
    return (f"{column_letters(left)}{row}" for row in range(top, bottom + 1)) if left == right else ()
