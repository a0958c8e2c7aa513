"""Where a formula's names and cells get their values."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Protocol

from toolkit.formula.arrays import Area, Operand, Place
from toolkit.formula.references import address_of, column_letters
from toolkit.formula.tree import LAST_COLUMN, LAST_ROW
from toolkit.model.values import ErrorValue, Value

MAX_AREA = 1_000_000  # cells we are willing to look up one by one
NO_VALUES: Mapping[str, Operand] = MappingProxyType({})
"""The values of a scope whose environment answers everything itself."""


class Environment(Protocol):
    """Answers what names and cells hold. Rows and columns count from 1; ``sheet`` is None for the formula's own."""

    def name(self, name: str) -> Operand:
        """The value of a defined name, ``Sheet1!name`` or ``表[列]``; ``ErrorValue.NAME`` when there is none."""
        ...

    def cell(self, sheet: str | None, row: int, column: int) -> Value:
        """The value of one cell."""
        ...

    def area(self, sheet: str | None, row: int, column: int, last_row: int, last_column: int) -> Area:
        """The values of an area, row by row; blank rows and columns at its end may be left out."""
        ...


class MappingEnvironment:
    """An environment over a plain mapping.

    Keys are names, ``表[列]`` keys, and addresses without ``$`` (``A1``, ``Sheet1!A1``). A name that is not there
    is #NAME?, an address that is not there is a blank cell. Names match in any case, as in Excel.
    """

    __slots__ = ("_values",)

    def __init__(self, values: Mapping[str, Operand]) -> None:
        self._values = values

    def name(self, name: str) -> Operand:
        """The value under a name."""
        values = self._values
        if name in values:
            return values[name]
        wanted = name.casefold()
        for key in values:
            if key.casefold() == wanted:
                return values[key]
        _, on_sheet, bare = name.rpartition("!")
        return self.name(bare) if on_sheet else ErrorValue.NAME

    def cell(self, sheet: str | None, row: int, column: int) -> Value:
        """The value under an address; blank when there is none."""
        address = f"{column_letters(column)}{row}"
        value = self._values.get(address if sheet is None else f"{sheet}!{address}")
        return None if isinstance(value, tuple) else value

    def area(self, sheet: str | None, row: int, column: int, last_row: int, last_column: int) -> Area:
        """The values of all addresses within an area; whole columns and rows end where the mapping ends."""
        if last_row == LAST_ROW or last_column == LAST_COLUMN:
            last_row, last_column = self._last_used(sheet, row, column, last_row, last_column)
        if (last_row - row + 1) * (last_column - column + 1) > MAX_AREA:
            return ((ErrorValue.NUM,),)
        return tuple(
            tuple(self.cell(sheet, r, c) for c in range(column, last_column + 1)) for r in range(row, last_row + 1)
        )

    def _last_used(self, sheet: str | None, row: int, column: int, last_row: int, last_column: int) -> tuple[int, int]:
        places = [place for key in self._values if (place := address_of(key)) and place[0] == sheet]
        inside = [(r, c) for _, r, c in places if row <= r <= last_row and column <= c <= last_column]
        bottom = max((r for r, _ in inside), default=row)
        right = max((c for _, c in inside), default=column)
        return bottom, right


class Scope:
    """What a compiled formula runs in: values by name, an environment behind them, its day and its place.

    Attributes:
        values: the mapping the formula is evaluated over; NO_VALUES when there is an environment instead.
        today: what TODAY() is.
        place: row and column of the cell the formula stands in; None for a formula without one.
    """

    __slots__ = ("_environment", "place", "today", "values")

    def __init__(
        self,
        values: Mapping[str, Operand],
        environment: Environment | None,
        today: date | None,
        place: Place | None = None,
    ) -> None:
        self.values = values
        self._environment = environment
        self.today = today
        self.place = place

    @property
    def environment(self) -> Environment:
        """What answers for cells, areas and names not among the values; made only when it is asked for."""
        if self._environment is None:
            self._environment = MappingEnvironment(self.values)
        return self._environment
