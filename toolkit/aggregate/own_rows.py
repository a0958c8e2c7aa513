"""Addresses of a project's own rows on sheets whose rows move: ``问题明细第12号!J3`` is of the third row of project 12.

One finding more of one project moves the rows of all projects below it, on sheets 问题明细 and 问题清单. A figure in a
report is therefore named by its project and by its place among the rows of that project; where the row stands now is
found by the numbers of the projects beside the rows (ADR 0040).
"""

import re
from array import array
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from decimal import Decimal
from functools import partial
from itertools import count

from toolkit.aggregate.layout import FACTS, FINDINGS
from toolkit.aggregate.plan import NOTHING
from toolkit.aggregate.region import FIRST_ROW, HEADING_ROW, Region, part_name
from toolkit.excel.addresses import cell_name, column_letters
from toolkit.model import Value
from toolkit.text import plain

SHEETS = {FACTS: ("事实", "数额", "失分"), FINDINGS: ("问题", "处理办法")}
"""Sheet → headings of the columns that reports print."""
WHOSE = "项目序号"
_LONGEST = 10
"""Characters of a project's number in an address: the name of a bookmark has room for no more."""
_NOT_IN_NAMES = re.compile(r"\W")
_WIDEST = 100


class OwnRows:
    """The rows of a sheet one after another, each with the place by which it is named."""

    def __init__(self, sheet: str) -> None:
        self._sheet = sheet
        self._counted: Counter[str] = Counter()

    def named(self, key: Value) -> str:
        """The sheet that rows of the project with this number are named by; "": by where they stand."""
        number = plain(key) if isinstance(key, Decimal) else str(key or NOTHING)
        return "" if number == NOTHING else f"{self._sheet}第{_NOT_IN_NAMES.sub('_', number)[-_LONGEST:]}号"

    def next(self, name: str) -> int:
        """The place of the next row under a name."""
        self._counted[name] += 1
        return self._counted[name]


class OwnPlaces:
    """Which rows of a table are whose, and by which addresses their cells go."""

    def __init__(self, region: Region, whose: Iterable[str], key: Callable[[str], Value]) -> None:
        """Find them.

        Args:
            region: the table.
            whose: the project id of each row.
            key: project id → what stands in column 项目序号.
        """
        self._region, counted = region, OwnRows(region.sheet)
        self._rows: dict[str, tuple[str, array[int], array[int]]] = {}
        for row, project in enumerate(whose, FIRST_ROW):
            own = self._rows.get(project)
            if own is None:
                own = self._rows[project] = counted.named(key(project)), array("I"), array("I")
            own[1].append(row)
            own[2].append(counted.next(own[0]))

    @property
    def projects(self) -> Collection[str]:
        """The projects that have rows, in the order of their first ones."""
        return self._rows.keys()

    def of(self, project: str) -> Iterator[tuple[int, Callable[[str], str]]]:
        """The rows of a project, each with what gives the address of its cell under a heading."""
        name, rows, places = self._rows.get(project, ("", (), ()))
        for row, place in zip(rows, places, strict=True):
            yield row, partial(self._address, name, row, place)

    def _address(self, name: str, row: int, place: int, heading: str) -> str:
        if not name:
            return self._region.address(heading, row)
        return f"{name}!{cell_name(place, self._region.column(heading))}"


def own_cells(cells: Mapping[str, Value]) -> dict[str, str]:
    """Address of a project's own row → address of the cell where it stands; ``cells`` of a master, by address."""
    return dict(pair for sheet in SHEETS for pair in _of_sheet(sheet, cells))


def _of_sheet(sheet: str, cells: Mapping[str, Value]) -> Iterator[tuple[str, str]]:
    columns = {cells.get(f"{sheet}!{cell_name(HEADING_ROW, number)}"): number for number in range(1, _WIDEST)}
    if WHOSE not in columns:
        return
    whose = column_letters(columns[WHOSE])
    printed = [column_letters(columns[heading]) for heading in SHEETS[sheet] if heading in columns]
    rows = OwnRows(sheet)
    for at, row, key in _keys(sheet, whose, cells):
        if name := rows.named(key):
            place = rows.next(name)
            yield from ((f"{name}!{letters}{place}", f"{at}!{letters}{row}") for letters in printed)


def _keys(sheet: str, whose: str, cells: Mapping[str, Value]) -> Iterator[tuple[str, int, Value]]:
    """Sheet, row and content of the cells of a column, on all sheets that the table goes on on."""
    for number in count(1):
        name, row = part_name(sheet, number), FIRST_ROW
        while (key := cells.get(f"{name}!{whose}{row}")) is not None:
            yield name, row, key
            row += 1
        if row == FIRST_ROW:
            return


def with_own_rows(cells: Mapping[str, Value]) -> dict[str, Value]:
    """The cells of a master, and those that reports print of a project's own rows, by their addresses there."""
    return {**cells, **{at: cells.get(cell) for at, cell in own_cells(cells).items()}}
