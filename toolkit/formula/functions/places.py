"""Which places of areas meet conditions. A summary asks the same area again in every row: it is indexed once."""

from collections.abc import Sequence
from decimal import Decimal

from toolkit.formula.arrays import Operand, Range, cells_of, is_area, rows_of
from toolkit.formula.coerce import number_in, settle
from toolkit.formula.functions.criteria import Criterion, criterion, equality_key
from toolkit.model.values import ErrorValue, Value

_WORTH_AN_INDEX, _MOST_CELLS = 24, 2_000_000


class _Index:
    """The places of one area by content; numbers written as text stand under both."""

    def __init__(self) -> None:
        self._by_content: dict[Decimal | str, list[int]] | None = None
        self._equal: dict[Decimal | str, frozenset[int]] = {}
        self._searched: dict[str, frozenset[int]] = {}

    def meeting(self, area: Operand, wanted: Value) -> frozenset[int]:
        key = equality_key(wanted)
        if key is not None:
            if key not in self._equal:
                self._equal[key] = frozenset(self._holding(area).get(key, ()))
            return self._equal[key]
        if not isinstance(wanted, str):
            return _searched(area, criterion(wanted))
        if wanted not in self._searched:
            self._searched[wanted] = _searched(area, criterion(wanted))
        return self._searched[wanted]

    def _holding(self, area: Operand) -> dict[Decimal | str, list[int]]:
        if self._by_content is None:
            self._by_content = {}
            for place, cell in enumerate(cells_of(area)):
                number = number_in(cell) if isinstance(cell, str) else cell
                if isinstance(number, Decimal):
                    self._by_content.setdefault(settle(number), []).append(place)
                if isinstance(cell, str):
                    self._by_content.setdefault(cell.upper(), []).append(place)
        return self._by_content


_INDEXES: dict[int, tuple[Operand, _Index]] = {}
"""Of areas that cannot keep their own, with the area, so that no other one can get its identity."""


def meeting(pairs: Sequence[Operand]) -> list[int] | ErrorValue:
    """The places that meet all conditions, counted row by row from 0; pairs are an area and a single value.

    #VALUE! as a condition, which is also what an area of several cells comes to in an ordinary cell, is no condition.
    """
    areas = pairs[::2]
    if len({shape(area) for area in areas}) > 1 or any(wanted is ErrorValue.VALUE for wanted in _conditions(pairs)):
        return ErrorValue.VALUE
    found = [_places(area, wanted) for area, wanted in zip(areas, _conditions(pairs), strict=True)]
    first, *others = sorted(found, key=len)
    return sorted(first.intersection(*others))


def cells_at(area: Operand, places: Sequence[int]) -> list[Value]:
    """The cells of an area at places counted row by row from 0."""
    rows = rows_of(area)
    width = len(rows[0])
    return [rows[place // width][place % width] for place in places]


def unused(*pairs: Operand) -> int:
    """Places of whole columns and rows beyond the used part of the sheet that meet all conditions: blanks."""
    beyond = min((area.beyond if isinstance(area, Range) else 0) for area in pairs[::2])
    return beyond if beyond and all(criterion(wanted)(None) for wanted in _conditions(pairs)) else 0


def _conditions(pairs: Sequence[Operand]) -> tuple[Value, ...]:
    return tuple(pairs[1::2])  # type: ignore[arg-type]  # declared as single values


def shape(operand: Operand) -> tuple[int, int]:
    """Rows and columns."""
    rows = rows_of(operand)
    return len(rows), len(rows[0])


def _places(area: Operand, wanted: Value) -> frozenset[int]:
    height, width = shape(area)
    if not is_area(area) or height * width < _WORTH_AN_INDEX:
        return _searched(area, criterion(wanted))
    return _index_of(area, height * width).meeting(area, wanted)


def _index_of(area: Operand, size: int) -> _Index:
    """An area's index, made once; a range keeps its own for as long as it is there."""
    if isinstance(area, Range):
        if area.places is None:
            area.places = _Index()
        return area.places  # type: ignore[return-value]
    known = _INDEXES.get(id(area))
    if known is None or known[0] is not area:
        if sum(len(rows_of(other)) * len(rows_of(other)[0]) for other, _ in _INDEXES.values()) + size > _MOST_CELLS:
            _INDEXES.clear()
        known = _INDEXES[id(area)] = area, _Index()
    return known[1]


def _searched(area: Operand, meets: Criterion) -> frozenset[int]:
    return frozenset(place for place, cell in enumerate(cells_of(area)) if meets(cell))
