"""Indicators picked from the library: which ones, with which marks, and the scheme workbook they make.

Marks that are named stay as they are; the others share what is left of the total in steps of half a mark, first
between the first-level indicators, then within each, in proportion to the usual marks of the library.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_FLOOR, Decimal
from types import MappingProxyType

from toolkit.model import Scheme
from toolkit.scheme.columns import CHECKS, CHOICES, EVIDENCE, FIELDS, INDICATORS, PROBLEMS, SETTINGS, SHEETS
from toolkit.scheme.indicator_library import ALWAYS, COMMON, SHARED, Cells, Library, LibraryIndicator, listed
from toolkit.scheme.problem_library import library_tables
from toolkit.scheme.reading import read_scheme
from toolkit.scheme.starter import settings_with
from toolkit.scheme.writing import scheme_workbook
from toolkit.text import plain

TOTAL = Decimal(100)
_STEP, _UNUSUAL = Decimal("0.5"), Decimal(2)
"""Smallest share; weight of an indicator without a usual mark. Units: 分."""
_WORD = re.compile(r"\w+")
_HEADINGS = ("编号", *SHARED[:3], "分值", *SHARED[3:])


@dataclass(frozen=True, slots=True)
class Pick:
    """What is asked for.

    Attributes:
        kind: 建设类, 运维类 or the like: its own indicators and the general ones; "" for all kinds.
        dimension, words: only indicators of this first level, with these words.
        codes: indicators named one by one; with neither kind, dimension nor words, only these.
        without: indicators left out.
        marks: by code of the library or name of a first-level indicator. Units: 分.
    """

    kind: str = ""
    dimension: str = ""
    words: str = ""
    codes: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    marks: Mapping[str, Decimal] = field(default_factory=dict)

    @property
    def filters(self) -> bool:
        """Whether indicators are asked for by what they are like."""
        return bool(self.kind or self.dimension or self.words)


@dataclass(frozen=True, slots=True)
class Chosen:
    """An indicator with its code in the scheme and its mark. Units: 分."""

    code: str
    mark: Decimal
    indicator: LibraryIndicator


def suiting(library: Library, pick: Pick) -> tuple[LibraryIndicator, ...]:
    """Indicators that the filters let through, all where there are none; general ones make room for special ones."""
    found = [indicator for indicator in library.indicators if _suits(indicator, pick)]
    special = {code for indicator in found for code in indicator.instead_of} if pick.kind not in ("", COMMON) else set()
    return tuple(indicator for indicator in found if indicator.code not in special)


def choose(library: Library, pick: Pick) -> tuple[Chosen, ...]:
    """The indicators picked, in the order of their levels, with marks that make up the total.

    Raises:
        ValueError: a code, kind or first-level indicator that is not there, or marks that cannot make up the total.
    """
    faults = _unknown(library, pick)
    if faults:
        raise ValueError("；".join(faults))
    wanted = {*pick.codes}
    if pick.filters or not pick.codes:
        wanted |= {indicator.code for indicator in suiting(library, pick) if indicator.usual is not None}
    wanted -= set(pick.without)
    indicators = [indicator for indicator in _in_order(library) if indicator.code in wanted]
    if not indicators:
        raise ValueError("没有选中任何指标，请放宽条件或写明编号")
    marks = _marks(library, indicators, pick.marks)
    return tuple(
        Chosen(code, marks[indicator.code], indicator)
        for code, indicator in zip(_codes(indicators), indicators, strict=True)
    )


def picked_workbook(
    library: Library, chosen: Sequence[Chosen], named: Mapping[str, str] = MappingProxyType({})
) -> bytes:
    """The scheme: the indicators, and the fields, checks, lists, evidence and problems they need.

    Args:
        library: where all of it comes from.
        chosen: the indicators.
        named: settings that are known, by their name in sheet 方案; the others are those of a new scheme.
    """
    names = _needed(library, chosen)
    fields = [row for row in library.tables[FIELDS] if row.get(ALWAYS) == "是" or row["字段名"] in names]
    known = {row["字段名"] for row in fields}
    everything = {row["字段名"] for row in library.tables[FIELDS]}
    checks = [row for row in library.tables[CHECKS] if _names(row["公式"]) & everything <= known]
    choices = [row for row in library.tables[CHOICES] if row["选项名"] in {row.get("选项", "") for row in fields}]
    asked = {code for each in chosen for code in listed(each.indicator.cells["佐证"])}
    evidence = [row for row in library.tables[EVIDENCE] if row["编号"] in asked]
    sheets = {
        SETTINGS: settings_with(named),
        INDICATORS: [list(_HEADINGS), *(_row(each) for each in chosen)],
        **{name: _table(name, rows) for name, rows in
           ((FIELDS, fields), (CHECKS, checks), (CHOICES, choices), (EVIDENCE, evidence))},
    }  # fmt: skip
    draft = read_scheme(scheme_workbook(sheets), "方案.xlsx").draft
    return scheme_workbook(sheets | (_problems(library, draft) if draft else {}))


def _problems(library: Library, scheme: Scheme) -> dict[str, list[list[str]]]:
    return library_tables(scheme, _table(PROBLEMS, library.tables[PROBLEMS])[1:])


def _suits(indicator: LibraryIndicator, pick: Pick) -> bool:
    kinds = indicator.kinds
    said = f"{indicator.code}{indicator.name}{indicator.group}{indicator.cells['指标解释']}{indicator.cells['依据']}"
    return (
        (not pick.kind or pick.kind in kinds or COMMON in kinds)
        and (not pick.dimension or indicator.dimension == pick.dimension)
        and all(word in said for word in pick.words.split())
    )


def _in_order(library: Library) -> list[LibraryIndicator]:
    """By first level, then second level, each in the order the library begins them."""
    levels = list(dict.fromkeys((indicator.dimension, indicator.group) for indicator in library.indicators))
    first = list(dict.fromkeys(dimension for dimension, _ in levels))
    return sorted(
        library.indicators,
        key=lambda indicator: (first.index(indicator.dimension), levels.index((indicator.dimension, indicator.group))),
    )


def _unknown(library: Library, pick: Pick) -> list[str]:
    codes = {indicator.code for indicator in library.indicators}
    dimensions = tuple(dict.fromkeys(indicator.dimension for indicator in library.indicators))
    faults = [f"指标库没有编号{code}" for code in (*pick.codes, *pick.without) if code not in codes]
    if pick.kind and pick.kind not in library.kinds:
        faults.append(f"没有“{pick.kind}”，可用的有：{'、'.join(library.kinds)}")
    if pick.dimension and pick.dimension not in dimensions:
        faults.append(f"没有一级指标“{pick.dimension}”，可用的有：{'、'.join(dimensions)}")
    named = [name for name in pick.marks if name not in codes and name not in dimensions]
    return faults + [f"分值写给了“{name}”，它既不是指标编号，也不是一级指标" for name in named]


def _marks(
    library: Library, indicators: Sequence[LibraryIndicator], given: Mapping[str, Decimal]
) -> dict[str, Decimal]:
    groups: dict[str, list[LibraryIndicator]] = {}
    for indicator in indicators:
        groups.setdefault(indicator.dimension, []).append(indicator)
    totals = {name: total for name, members in groups.items() if (total := _fixed(name, members, given)) is not None}
    free = {name: library.marks.get(name, TOTAL / 4) for name in groups if name not in totals}
    said = sum(totals.values(), Decimal(0))
    if said != TOTAL and not free:
        raise ValueError(f"写明的分值合计{plain(said)}分，不是总分{plain(TOTAL)}分")
    totals |= _shares(TOTAL - said, free, "各一级指标")
    marks: dict[str, Decimal] = {}
    for name, members in groups.items():
        own = {each.code: given[each.code] for each in members if each.code in given}
        weights = {each.code: each.usual or _UNUSUAL for each in members if each.code not in own}
        rest = totals[name] - sum(own.values(), Decimal(0))
        if rest != 0 and not weights:
            raise ValueError(
                f"“{name}”写明{plain(totals[name])}分，其下指标写明的分值合计{plain(totals[name] - rest)}分"
            )
        marks |= own | _shares(rest, weights, f"“{name}”")
    return marks


def _fixed(name: str, members: Iterable[LibraryIndicator], given: Mapping[str, Decimal]) -> Decimal | None:
    """The mark of a first-level indicator that is named or follows from its members; None where it is free."""
    marks = [given.get(member.code) for member in members]
    own = [mark for mark in marks if mark is not None]
    return given.get(name, sum(own, Decimal(0)) if len(own) == len(marks) else None)


def _shares(total: Decimal, weights: Mapping[str, Decimal], whose: str) -> dict[str, Decimal]:
    """The total in half marks in proportion to weights, largest remainders first, at least half a mark each.

    Raises:
        ValueError: there is not enough.
    """
    if not weights:
        return {}
    if total < _STEP * len(weights):
        raise ValueError(f"{whose}只剩{plain(total)}分，不够分给{len(weights)}个没有写明分值的指标")
    rest, whole = total - _STEP * len(weights), sum(weights.values(), Decimal(0))
    exact = {name: rest * weight / whole for name, weight in weights.items()}
    steps = {name: (share / _STEP).to_integral_value(ROUND_FLOOR) * _STEP for name, share in exact.items()}
    left = rest - sum(steps.values(), Decimal(0))
    for name in sorted(weights, key=lambda name: steps[name] - exact[name]):
        given = min(_STEP, left)
        steps[name], left = steps[name] + given, left - given
    return {name: share + _STEP for name, share in steps.items()}


def _codes(indicators: Sequence[LibraryIndicator]) -> list[str]:
    """A101: the first level as a letter, the second as a digit, then a running number."""
    dimensions = list(dict.fromkeys(indicator.dimension for indicator in indicators))
    groups: dict[str, list[str]] = {name: [] for name in dimensions}
    counts: dict[tuple[str, str], int] = {}
    codes = []
    for indicator in indicators:
        known, at = groups[indicator.dimension], (indicator.dimension, indicator.group)
        if indicator.group not in known:
            known.append(indicator.group)
        counts[at] = counts.get(at, 0) + 1
        letter = chr(ord("A") + dimensions.index(indicator.dimension))
        codes.append(f"{letter}{known.index(indicator.group) + 1}{counts[at]:02d}")
    return codes


def _row(each: Chosen) -> list[str]:
    cells = each.indicator.cells
    return [
        {"编号": each.code, "分值": plain(each.mark)}.get(heading) or cells.get(heading, "") for heading in _HEADINGS
    ]


def _needed(library: Library, chosen: Sequence[Chosen]) -> set[str]:
    """Names in the rules and problems of the indicators, and in the formulas of the fields these name."""
    numbers = {number for each in chosen for number in each.indicator.problems}
    names = {name for each in chosen for name in _names(each.indicator.cells["规则参数"])}
    names |= {
        name
        for row in library.tables[PROBLEMS]
        if row["编号"] in numbers
        for heading in ("成立条件", "数额", "问题表述")
        for name in _names(row.get(heading, ""))
    }
    formulas = {row["字段名"]: row.get("公式", "") for row in library.tables[FIELDS]}
    while True:
        further = {name for field in names & formulas.keys() for name in _names(formulas[field])} - names
        if not further:
            return names
        names |= further


def _names(text: str) -> set[str]:
    return set(_WORD.findall(text))


def _table(sheet: str, rows: Iterable[Cells]) -> list[list[str]]:
    """Rows under the headings every scheme has for the sheet."""
    headings = SHEETS[sheet].every()
    return [list(headings), *([row.get(heading, "") for heading in headings] for row in rows)]
