"""Figures that are made when a report asks for them: of thousands of projects nearly all of them are asked for once.

What is held is what cells hold; address and printed text are put to it here. Values and looks are those of the drawn
cells: ``tests/aggregate/test_asked_figures.py`` holds both against each other.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any, TypeVar

from toolkit.aggregate.drawn import Words
from toolkit.aggregate.own_rows import OwnPlaces
from toolkit.aggregate.problem_sheets import amount_cell
from toolkit.aggregate.region import FIRST_ROW, Region
from toolkit.excel.new_book import Look
from toolkit.formula.fields import FieldValues, SingleValues
from toolkit.model import ErrorValue, FactFigures, Field, FieldType, Figure, Finding, SaidHit, Value
from toolkit.text import amount
from toolkit.text.values import shown

Key = TypeVar("Key")
Made = TypeVar("Made")
LATEST = 8
"""Projects of which what was made is kept: a report asks for facts, fields and findings again and again."""


class Asked(Mapping[Key, Made]):
    """What is made of each of some keys when it is asked for."""

    __slots__ = ("_keys", "_make")

    def __init__(self, keys: Collection[Key], make: Callable[[Key], Made]) -> None:
        """``make``: gives what belongs to one of the keys."""
        self._keys, self._make = keys, make

    def __getitem__(self, key: Key) -> Made:
        if key not in self._keys:
            raise KeyError(key)
        return self._make(key)

    def __contains__(self, key: object) -> bool:
        return key in self._keys

    def __iter__(self) -> Iterator[Key]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)


@dataclass(frozen=True, slots=True)
class OwnLines:
    """The lines of one entry as they stand below one another on sheet 指标得分.

    Attributes:
        first: row of the first one.
        places: indicator code → which of them, counted from 0.
    """

    region: Region
    first: int
    places: Mapping[str, int]

    def address(self, heading: str, code: str) -> str:
        """A cell of an indicator's line."""
        return self.region.address(heading, self.first + self.places[code])


class _OfLines(Mapping[str, Made]):
    """Indicator code → what is made of its cell in a column."""

    __slots__ = ("_heading", "_own")

    def __init__(self, own: OwnLines, heading: str) -> None:
        self._own, self._heading = own, heading

    def __contains__(self, code: object) -> bool:
        return code in self._own.places

    def __iter__(self) -> Iterator[str]:
        return iter(self._own.places)

    def __len__(self) -> int:
        return len(self._own.places)


class LineAddresses(_OfLines[str]):
    """Indicator code → the address of its cell."""

    __slots__ = ()

    def __getitem__(self, code: str) -> str:
        return self._own.address(self._heading, code)


class LineFigures(_OfLines[Figure]):
    """Indicator code → its cell as a figure. Units: 分."""

    __slots__ = ("_values", "_words")

    def __init__(self, own: OwnLines, heading: str, values: Sequence[Decimal | None], words: Words) -> None:
        """``values``: what the cells of the lines hold, one after another."""
        super().__init__(own, heading)
        self._values, self._words = values, words

    def __getitem__(self, code: str) -> Figure:
        value, text = self._words.said(self._values[self._own.places[code]], Look.SCORE)
        return Figure(value, self._own.address(self._heading, code), text)


def facts_by_project(
    hits: Sequence[SaidHit], region: Region, key: Callable[[str], Value], words: Words
) -> Mapping[str, tuple[FactFigures, ...]]:
    """Project id → what holds for it, in the order of the rows on sheet 问题明细.

    Args:
        hits: the rows.
        region: the table.
        key: project id → what stands in column 项目序号.
        words: how values are printed.
    """
    places = OwnPlaces(region, [said.hit.project for said in hits], key)

    @lru_cache(LATEST)
    def made(project: str) -> tuple[FactFigures, ...]:
        return tuple(_fact(hits[row - FIRST_ROW], at, words) for row, at in places.of(project))

    return Asked(places.projects, made)


def _fact(said: SaidHit, at: Callable[[str], str], words: Words) -> FactFigures:
    cell = amount_cell(said.hit)
    (money, money_text), (lost, lost_text) = words.said(cell.value, cell.look), words.said(said.hit.lost, Look.SCORE)
    return FactFigures(
        said.hit,
        said.text,
        at("事实"),
        Figure(money, at("数额"), money_text),
        Figure(lost, at("失分"), lost_text),
        said.evidence,
        said.cause,
        said.remark.advice if said.remark else "",
    )


class FindingAddresses(Mapping[Finding, str]):
    """Finding → the address of its cell under a heading of sheet 问题清单."""

    def __init__(self, findings: Sequence[Finding], own: "OwnFindings", heading: str) -> None:
        """``findings``: all there are, in the order of the rows."""
        self._findings, self._own, self._heading = findings, own, heading

    def __getitem__(self, finding: Finding) -> str:
        return self._own(finding.project)[finding](self._heading)

    def __contains__(self, finding: object) -> bool:
        return isinstance(finding, Finding) and finding in self._own(finding.project)

    def __iter__(self) -> Iterator[Finding]:
        return iter(dict.fromkeys(self._findings))

    def __len__(self) -> int:
        return len(set(self._findings))


OwnFindings = Callable[[str], Mapping[Finding, Callable[[str], str]]]
"""Project id → its findings, each with what gives the address of its cell under a heading."""


def own_findings(findings: Sequence[Finding], region: Region, key: Callable[[str], Value]) -> OwnFindings:
    """Finds the rows of a project's findings.

    Args:
        findings: all there are, in the order of the rows.
        region: the table.
        key: project id → what stands in column 项目序号.
    """
    places = OwnPlaces(region, (finding.project for finding in findings), key)

    @lru_cache(LATEST)
    def of_project(project: str) -> Mapping[Finding, Callable[[str], str]]:
        return {findings[row - FIRST_ROW]: at for row, at in places.of(project)}

    return of_project


class CollectedFigures(Mapping[str, Figure]):
    """Field → its cell on sheet 采集数据 as it is said, without its unit; only what a project has."""

    __slots__ = ("_columns", "_made", "_region", "_row", "_values")

    def __init__(
        self,
        region: Region,
        row: int,
        columns: Mapping[str, tuple[Field, str]],
        values: SingleValues | FieldValues | None,
    ) -> None:
        """``columns``: field → the field and its heading. ``values``: of the project whose row it is."""
        self._region, self._row, self._columns, self._values = region, row, columns, values
        self._made: dict[str, Figure | None] = {}

    def _figure(self, key: str) -> Figure | None:
        """None where nothing is said of a field: it is blank, or an error."""
        value = self._values.value(key) if self._values and key in self._columns else None
        if value is None or value == "" or isinstance(value, ErrorValue):
            return None
        field, heading = self._columns[key]
        return _collected(field, value, self._region.address(heading, self._row))

    def _known(self, key: str) -> Figure | None:
        """A report asks for each of its fields again and again."""
        if key not in self._made:
            self._made[key] = self._figure(key)
        return self._made[key]

    def __getitem__(self, key: str) -> Figure:
        found = self._known(key)
        if found is None:
            raise KeyError(key)
        return found

    def get(self, key: str, default: object = None) -> Any:  # noqa: ANN401  as a mapping's
        """As of any mapping; without raising and catching an error for each field that is not there."""
        found = self._known(key)
        return default if found is None else found

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and self._known(key) is not None

    def __iter__(self) -> Iterator[str]:
        return (key for key in self._columns if key in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)


def _collected(field: Field, value: Value, at: str) -> Figure:
    """A date is said in words, while its cell holds a serial number."""
    if not isinstance(value, Decimal):
        return Figure(None, at, str(value))
    if field.type is FieldType.AMOUNT:
        return Figure(value, at, amount(value))
    return Figure(value, at, shown(value, field.type, ""))
