"""Conditional indicators: do their conditions suit the roster, and do those that apply make up the total."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import islice, product

from toolkit.formula import FormulaSyntaxError, evaluate, parse
from toolkit.formula.operands import operands
from toolkit.formula.tree import Binary, Name, Text, walk
from toolkit.model import (
    Content,
    Finding,
    Indicator,
    NotApplicable,
    Project,
    Roster,
    Scheme,
    Sentence,
    Severity,
    Stated,
    Value,
)
from toolkit.rules import applies, roster_values
from toolkit.scheme.bonus import is_bonus
from toolkit.scheme.findings import did_you_mean, say
from toolkit.scheme.prefilled_choices import check_prefilled_choices

_MOST_KINDS = 64
_NAMED = 3
_SHARE_OUT = "调整分值或适用条件，使每类项目适用的指标分值合计等于总分"


def has_alternatives(scheme: Scheme) -> bool:
    """Full marks exceed the total: no project is meant to be scored by all indicators."""
    return sum((indicator.full_mark for indicator in scheme.indicators), Decimal(0)) > scheme.total_mark


def check_kinds(scheme: Scheme) -> list[Finding]:
    """A finding for every kind of project, as the conditions name them, whose marks do not make up the total."""
    conditions = [indicator.applies_when for indicator in scheme.indicators]
    every = every_kind(conditions) if any(map(_leaves_others, conditions)) else kinds(conditions)
    return [finding for kind in every for finding in _kind(scheme, kind, _mark(scheme, kind))]


def check_projects(scheme: Scheme, roster: Roster) -> list[Finding]:
    """Warnings about conditions, and answers put in beforehand, that do not suit the roster.

    A column that is not there would leave an indicator to every project. Where a scheme holds alternatives, a
    项目类型 that no condition names would leave only the indicators for all projects.
    """
    marks = _marks(scheme, roster) if has_alternatives(scheme) else ()
    return [*_columns(scheme, roster), *check_prefilled_choices(scheme, roster), *marks]


def _columns(scheme: Scheme, roster: Roster) -> list[Finding]:
    columns = {name.casefold(): name for project in roster.projects for name in roster_values(project)}
    return [
        say(
            "ROSTER-08",
            indicator.origin,
            Sentence.of(
                "指标{code}的适用条件引用了“{column}”，项目清单没有这一列，该指标会对所有项目适用",
                {"code": indicator.code, "column": name},
            ),
            did_you_mean(name, columns.values(), f"项目清单的列有：{'、'.join(columns.values())}"),
            severity=Severity.WARNING,
            about=indicator.code,
            found=indicator.applies_when,
        )
        for indicator in scheme.indicators
        if _reads(indicator)
        for name in operands(indicator.applies_when)
        if name.casefold() not in columns
    ]


def _marks(scheme: Scheme, roster: Roster) -> list[Finding]:
    """One warning for all projects whose marks come to the same wrong total: they have one cause."""
    readable = [indicator for indicator in scheme.indicators if not indicator.applies_when or _reads(indicator)]
    of_mark: dict[Decimal, list[Project]] = {}
    for project in roster.projects:
        own = [indicator for indicator in readable if applies(indicator, project)]
        mark = sum((indicator.full_mark for indicator in own), Decimal(0))
        regular = sum((indicator.full_mark for indicator in own if not is_bonus(indicator)), Decimal(0))
        if scheme.total_mark not in (mark, regular):  # points beyond the total are told of the scheme
            of_mark.setdefault(mark, []).append(project)
    return [_unlike_total(scheme, mark, projects) for mark, projects in of_mark.items()]


def _unlike_total(scheme: Scheme, mark: Decimal, projects: Sequence[Project]) -> Finding:
    named = "".join(f"“{project.name}”" for project in projects[:_NAMED])
    more = f"等{len(projects)}个项目" if len(projects) > _NAMED else ""
    found = say(
        "ROSTER-07",
        projects[0].origin,
        _unlike(f"项目{named}{more}", mark, scheme.total_mark),
        "核对项目清单里的项目类型等列与方案《指标》的适用条件是否一致",
        severity=Severity.WARNING,
        found=Stated(mark),
        expected=Stated(scheme.total_mark),
    )
    return replace(found, related=tuple(project.origin for project in projects[1:]))


def _kind(scheme: Scheme, kind: Mapping[str, Value], mark: Decimal) -> Iterator[Finding]:
    if mark == scheme.total_mark:
        return
    shared_out = scheme.not_applicable is NotApplicable.RENORMALISE and mark < scheme.total_mark
    who = "、".join(f"{name}为{f'“{value}”' if value else '其他'}" for name, value in kind.items())
    hint = "得分将按比例折算到总分；不想折算的，补足这类项目的指标" if shared_out else _SHARE_OUT
    yield say(
        "SCHEME-20",
        next(indicator.origin for indicator in scheme.indicators if indicator.applies_when),
        _unlike(f"{who}的项目，", mark, scheme.total_mark),
        hint,
        severity=Severity.NOTE if shared_out else Severity.ERROR,
        found=Stated(mark),
        expected=Stated(scheme.total_mark),
    )


def _unlike(whose: str, mark: Decimal, total: Decimal) -> Sentence:
    words: dict[str, Content] = {"whose": whose, "found": Stated(mark), "expected": Stated(total)}
    return Sentence.of("{whose}适用的指标分值合计{found}分，不是总分{expected}分", words)


def _mark(scheme: Scheme, kind: Mapping[str, Value]) -> Decimal:
    return sum(
        (indicator.full_mark for indicator in scheme.indicators if suits(indicator.applies_when, kind)), Decimal(0)
    )


def suits(condition: str, kind: Mapping[str, Value]) -> bool:
    """Whether an indicator with this condition applies to such projects; one without, or with a mistake, does."""
    return not _is_read(condition) or evaluate(condition, kind) is not False


def _reads(indicator: Indicator) -> bool:
    return _is_read(indicator.applies_when)


def _is_read(condition: str) -> bool:
    """Whether there is a condition, one that can be read; a draft may have others, said where they stand."""
    try:
        return bool(condition) and bool(parse(condition))
    except FormulaSyntaxError:
        return False


def _leaves_others(condition: str) -> bool:
    """Whether an indicator is meant for all projects but some (``项目类型<>"维护"``): others are a kind then."""
    nodes = walk(parse(condition).tree) if _is_read(condition) else ()
    return any(isinstance(node, Binary) and node.operator == "<>" for node in nodes)


def every_kind(conditions: Iterable[str]) -> list[dict[str, Value]]:
    """The kinds of projects that conditions name, and projects that no condition names."""
    named = list(kinds(conditions))
    return [*named, dict.fromkeys(named[0] if named else (), "")]


def kinds(conditions: Iterable[str]) -> Iterator[dict[str, Value]]:
    """Every combination of the values that conditions compare roster columns with; no more than 64."""
    named: dict[str, dict[str, None]] = {}
    for condition in conditions:
        for node in walk(parse(condition).tree) if _is_read(condition) else ():
            if isinstance(node, Binary) and node.operator in ("=", "<>"):
                names = [side.name for side in (node.left, node.right) if isinstance(side, Name)]
                texts = [side.value for side in (node.left, node.right) if isinstance(side, Text)]
                if names and texts:
                    named.setdefault(names[0], {})[texts[0]] = None
    for values in islice(product(*named.values()), _MOST_KINDS) if named else ():
        yield dict(zip(named, values, strict=True))
