"""What goes into a master workbook, and its rows: one entry a project, and one for an evaluation scored as a whole."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

import toolkit
from toolkit.formula.fields import FieldValues, SingleValues
from toolkit.model import (
    WHOLE_EVALUATION,
    Assessment,
    Finding,
    LineState,
    PriorYear,
    Project,
    Roster,
    Scheme,
    ScoredObject,
    ScoreLine,
    ScoreSheet,
    Severity,
    Submission,
    Value,
)

RETURNED, NOT_RETURNED = "已报送", "未报送"
COMPLETE, UNSCORED = "已完成", "未评分"
NOTHING = "—"
_LONGEST_NAME = 60
"""Characters of a category's name that a table has room for; criteria of COUNTIFS end at 255."""


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A file the figures rest on; ``received`` is the time as text, told by whoever keeps the ledger."""

    project: str
    file_name: str
    sha256: str
    received: str


@dataclass(frozen=True, slots=True)
class MasterPlan:
    """Everything a master workbook is made from; equal plans give equal bytes.

    Attributes:
        sheets: project id → score sheet; one under 整体 when the evaluation is scored as a whole.
        submissions: project id → what came back; a project without one is shown as 未报送.
        fields: project id → verified field values, calculated fields computed anew.
        findings: of projects, files, scheme and roster, in any order.
        sources: the files that count.
        tool_version: of the program, as printed on sheet 数据来源.
        assessment: problems, the facts behind them, consequences.
        evaluation: its id, for links that open the window at a project; "" for none.
        prior: what last year's evaluation found.
    """

    scheme: Scheme
    roster: Roster
    sheets: Mapping[str, ScoreSheet]
    submissions: Mapping[str, Submission]
    fields: Mapping[str, SingleValues | FieldValues]
    findings: tuple[Finding, ...] = ()
    sources: tuple[SourceRow, ...] = ()
    tool_version: str = toolkit.__version__
    assessment: Assessment = field(default_factory=Assessment)
    evaluation: str = ""
    prior: PriorYear = field(default_factory=PriorYear)

    @property
    def whole(self) -> bool:
        """The evaluation is scored as a whole."""
        return self.scheme.scored_object is ScoredObject.WHOLE

    @property
    def one_score(self) -> bool:
        """There is nothing to compare: one project, or all scored as one."""
        return self.whole or len(self.roster.projects) == 1


def key_of(project: str) -> Value:
    """A project's id as it stands in cells: a number where it reads as one, so that it sorts as people expect."""
    return Decimal(project) if project.isascii() and project.isdecimal() and project[0] != "0" else project


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of sheet 汇总; ``project`` is None for the evaluation as a whole, ``sheet`` for what has no score.

    ``scoring_words`` is 已完成, 待评定n项, 未评分 (no indicator has any data), or — for what is not scored by itself.
    """

    id: str
    project: Project | None
    name: str
    unit: str
    sheet: ScoreSheet | None
    scoring_words: str
    returned: bool
    findings: tuple[Finding, ...]

    @property
    def key(self) -> Value:
        """The id as it stands in cells."""
        return key_of(self.id)

    @property
    def returned_words(self) -> str:
        """已报送 or 未报送; — for the evaluation as a whole."""
        if self.project is None:
            return NOTHING
        return RETURNED if self.returned else NOT_RETURNED

    @property
    def renormalised(self) -> bool:
        """Full marks of indicators that do not apply went to the others."""
        return self.sheet is not None and self.sheet.renormalised

    def count(self, severity: Severity) -> int:
        """How many findings of one severity."""
        return sum(finding.severity is severity for finding in self.findings)


def entries(plan: MasterPlan) -> tuple[Entry, ...]:
    """Rows of sheet 汇总: the evaluation as a whole first if it is scored so, then the projects in roster order."""
    found: dict[str, list[Finding]] = {}
    for finding in sorted(plan.findings, key=Finding.sort_key):
        found.setdefault(finding.project, []).append(finding)
    rows = [_project_entry(plan, project, tuple(found.get(project.id, ()))) for project in plan.roster.projects]
    whole = plan.sheets.get(WHOLE_EVALUATION)
    if not plan.whole or whole is None:
        return tuple(rows)
    about = tuple(found.get(WHOLE_EVALUATION, ()))
    first = Entry(
        WHOLE_EVALUATION, None, whole.name, whole.unit, whole, _scoring_words(whole), returned=True, findings=about
    )
    return (first, *rows)


def _project_entry(plan: MasterPlan, project: Project, found: tuple[Finding, ...]) -> Entry:
    unit = "、".join(project.units) or project.unit
    sheet = None if plan.whole else plan.sheets.get(project.id)
    words = NOTHING if plan.whole else _scoring_words(sheet)
    scored = sheet if sheet and sheet.has_data else None
    return Entry(project.id, project, project.name, unit, scored, words, project.id in plan.submissions, found)


def _scoring_words(sheet: ScoreSheet | None) -> str:
    if sheet is None or not sheet.has_data:
        return UNSCORED
    pending = sum(line.state is LineState.PENDING for line in sheet.lines)
    return f"待评定{pending}项" if pending else COMPLETE


def lines(rows: Iterable[Entry]) -> Iterator[tuple[Entry, ScoreLine]]:
    """Rows of sheet 指标得分: what applies to each project."""
    return ((entry, line) for entry in rows if entry.sheet for line in entry.sheet.own_lines)


@dataclass(frozen=True, slots=True)
class Category:
    """Projects to which the same indicators apply; ``weights``: first-level indicator → its weight. Units: 分."""

    name: str
    projects: frozenset[str]
    indicators: tuple[str, ...]
    weights: Mapping[str, Decimal]


def categories(plan: MasterPlan) -> tuple[Category, ...]:
    """In order of appearance; a single one where the same applies to all."""
    members: dict[tuple[str, ...], list[str]] = {}
    for project, sheet in plan.sheets.items():
        members.setdefault(tuple(line.code for line in sheet.own_lines), []).append(project)
    names = _category_names(plan, list(members.values()))
    return tuple(
        Category(name, frozenset(ids), codes, _weights(plan.scheme, codes))
        for name, (codes, ids) in zip(names, members.items(), strict=True)
    )


def _weights(scheme: Scheme, codes: tuple[str, ...]) -> dict[str, Decimal]:
    weights: dict[str, Decimal] = {}
    for indicator in scheme.indicators:
        if indicator.code in codes:
            weights[indicator.dimension] = weights.get(indicator.dimension, Decimal(0)) + indicator.full_mark
    return weights


def _category_names(plan: MasterPlan, members: list[list[str]]) -> list[str]:
    """项目类型 of the projects, where it tells the categories apart; else 第1类, 第2类."""
    kinds = {project.id: project.project_type for project in plan.roster.projects}
    types = [dict.fromkeys(kinds.get(project_id, "") for project_id in ids) for ids in members]
    distinct = sum(map(len, types)) == len({name for own in types for name in own})
    joined = ["、".join(own) for own in types]
    if distinct and all(all(own) for own in types) and all(len(name) <= _LONGEST_NAME for name in joined):
        return joined
    return [f"第{number}类" for number in range(1, len(members) + 1)]


def score_places(plan: MasterPlan) -> int:
    """Decimals of totals: those of the scheme, or more where a full mark given for 不适用 has more."""
    exponents = {line.score.as_tuple().exponent for sheet in plan.sheets.values() for line in sheet.lines if line.score}
    return max([plan.scheme.score_places, *(-exponent for exponent in exponents if isinstance(exponent, int))])
