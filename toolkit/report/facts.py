"""What reports are made from, and the questions every report asks of it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Protocol, TypeVar

from toolkit.model import (
    CategoryFigures,
    Field,
    Figure,
    Finding,
    MasterFigures,
    Opinion,
    Project,
    ProjectFigures,
    ReportRole,
    Roster,
    Scheme,
    ScoreLine,
    SelfFigures,
    YearFigures,
)
from toolkit.model.consulted import Hearing
from toolkit.model.material import Passage
from toolkit.model.opinion import INDEPENDENT
from toolkit.model.signed_off import SignedProject
from toolkit.text.problem_kinds import of_the_plan

NO_EVIDENCE = "EVID-07"
"""Code of the finding that no file of evidence came at all."""
VERIFICATION_UNIT = "整体核查单位"
"""Row of sheet 方案 that names the unit whose own projects get a report of their own."""

VERIFICATION_TITLE = "整体核查报告名称"
"""Row of sheet 方案 with the title of that report."""


class _OfProject(Protocol):
    @property
    def project(self) -> str:
        """Id of the project it is about."""


_Own = TypeVar("_Own", bound=_OfProject)


@dataclass(frozen=True)
class ReportFacts:
    """Everything the reports of one evaluation say.

    Attributes:
        scheme, roster: the words: titles, indicators, standards, names.
        figures: the numbers, each with its cell in the master workbook.
        report_date: the date printed on covers.
        opinions: what evaluators decided, for findings about values they verified.
        check_titles: code of a built-in check → what it looks at, for the annex on changed checks.
        material: what people wrote for chapters and projects (报告素材).
        hearing: what units said of the draft; None where none was asked.
        signed: how far the review of each project is signed; () where nobody has signed anything.
        disclosure: what 工作组.xlsx says about a client whose own projects are evaluated.
    """

    scheme: Scheme
    roster: Roster
    figures: MasterFigures
    report_date: date
    opinions: tuple[Opinion, ...] = ()
    check_titles: Mapping[str, str] = field(default_factory=dict)
    material: tuple[Passage, ...] = ()
    hearing: Hearing | None = None
    signed: tuple[SignedProject, ...] = ()
    disclosure: str = ""

    @property
    def scored(self) -> tuple[ProjectFigures, ...]:
        """What has a score: the projects, or the evaluation as a whole."""
        return self.figures.projects

    @property
    def only(self) -> ProjectFigures | None:
        """The one thing scored, when there is nothing to compare it with."""
        return self.scored[0] if len(self.scored) == 1 else None

    def figures_of(self, project: str) -> ProjectFigures | None:
        """What a project scored, by its id; None for one without a score."""
        return self._by_id.get(project)

    @cached_property
    def _by_id(self) -> Mapping[str, ProjectFigures]:
        return {one.project.id: one for one in self.scored if one.project}

    @cached_property
    def renormalised(self) -> bool:
        """Some project's marks of indicators that do not apply went to its other indicators."""
        return any(line.sheet.renormalised for line in self.scored)

    @cached_property
    def provisional(self) -> bool:
        """Evaluators still have to judge: totals, averages and the numbers of projects by grade can change."""
        return any(project.sheet.provisional for project in self.scored)

    @cached_property
    def has_independent_marks(self) -> bool:
        """Several people marked some line, each alone."""
        return any(line.reviewer == INDEPENDENT for project in self.scored for line in project.sheet.own_lines)

    @cached_property
    def has_evaluators(self) -> bool:
        """Some score was given by a person."""
        return any(line.evaluator for project in self.scored for line in project.sheet.own_lines)

    @cached_property
    def full_marks(self) -> Mapping[str, Figure]:
        """Indicator → its full mark, as the master has it."""
        return {rate.code: rate.full_mark for rate in reversed(self.figures.indicators)}

    def fields_of(self, role: ReportRole) -> Sequence[Field]:
        """The scheme's single fields with a 报告用途, in order."""
        return self._fields.get(role, ())

    @cached_property
    def _fields(self) -> Mapping[ReportRole, Sequence[Field]]:
        found: dict[ReportRole, list[Field]] = {}
        for own in self.scheme.fields:
            if own.role is not None and not own.table:
                found.setdefault(own.role, []).append(own)
        return found

    def lines_of(self, code: str) -> Sequence[tuple[ProjectFigures, ScoreLine]]:
        """The scored projects whose evaluation an indicator was part of, each with its line."""
        return self._lines.get(code, ())

    @cached_property
    def _lines(self) -> Mapping[str, Sequence[tuple[ProjectFigures, ScoreLine]]]:
        found: dict[str, list[tuple[ProjectFigures, ScoreLine]]] = {}
        for project in self.scored:
            for code, line in {line.code: line for line in reversed(project.sheet.own_lines)}.items():
                found.setdefault(code, []).append((project, line))
        return found

    @cached_property
    def places(self) -> Mapping[str, Mapping[str, int]]:
        """Problem → project it is told to → its place among them, the gravest first, from 0."""
        found: dict[str, dict[str, int]] = {}
        for row in self.figures.problem_rows:
            if row.tally.row.code not in found:
                own = found[row.tally.row.code] = {}
                for place, hit in enumerate(row.tally.hits):
                    own.setdefault(hit.project, place)
        return found

    @cached_property
    def self_scores(self) -> Mapping[str, SelfFigures]:
        """Project id → its self score against its verified score."""
        return {score.code: score for score in reversed(self.figures.self_scores)}

    @cached_property
    def years(self) -> Mapping[str, Sequence[YearFigures]]:
        """Project id → what can be compared with last year."""
        return _by_project(self.figures.years)

    @cached_property
    def signatures(self) -> Mapping[str, Sequence[SignedProject]]:
        """Project id → how far its review is signed."""
        return _by_project(self.signed)

    @cached_property
    def passages(self) -> Mapping[str, Sequence[Passage]]:
        """Project id → what people wrote about it."""
        return _by_project(self.material)

    @cached_property
    def verified(self) -> Mapping[tuple[str, str, str], Opinion]:
        """Project, indicator and item → the last opinion on it."""
        return {(one.project, one.indicator, one.item): one for one in self.opinions}

    def opinions_on(self, project: str, indicator: str) -> Sequence[Opinion]:
        """The opinions on an indicator of a project, given their ids, in order."""
        return self._opinions.get((project, indicator), ())

    @cached_property
    def _opinions(self) -> Mapping[tuple[str, str], Sequence[Opinion]]:
        found: dict[tuple[str, str], list[Opinion]] = {}
        for one in self.opinions:
            found.setdefault((one.project, one.indicator), []).append(one)
        return found

    @property
    def categorised(self) -> bool:
        """Indicators differ from project to project, and so do the weights of what stands above them."""
        return bool(self.figures.categories)

    def category_of(self, project: ProjectFigures) -> CategoryFigures | None:
        """The projects to which the same indicators apply; None where there is only one category."""
        own = project.project.id if project.project else ""
        return next((category for category in self.figures.categories if own in category.ids), None)

    def applying(self, code: str) -> str:
        """The categories an indicator applies to, in words; "" where it applies to all."""
        categories = self.figures.categories
        own = [category.name for category in categories if code in category.indicators]
        return "" if len(own) == len(categories) else "、".join(own)

    @property
    def has_many_projects(self) -> bool:
        """The roster lists more than one project."""
        return len(self.roster.projects) > 1

    @cached_property
    def has_evidence_files(self) -> bool:
        """Some file of evidence was received; else the lists in the workbooks were held against nothing."""
        came = any(project.returned for project in (*self.scored, *self.unscored))
        return came and not any(finding.code == NO_EVIDENCE for finding in self.figures.findings)

    @property
    def verification_unit(self) -> str:
        """The unit of the verification report; "" when the scheme names none."""
        return self.scheme.settings.get(VERIFICATION_UNIT, "").strip()

    @property
    def verification_title(self) -> str:
        """The title of the verification report: the scheme's own, else with unit and year."""
        own = self.scheme.settings.get(VERIFICATION_TITLE, "").strip()
        return own or f"{self.verification_unit[:60]}{self.scheme.year}年度项目整体核查报告"

    def not_returned(self) -> tuple[ProjectFigures, ...]:
        """Scored projects without a readable workbook."""
        return tuple(line for line in self.scored if line.project and not line.returned)

    @property
    def unscored(self) -> tuple[ProjectFigures, ...]:
        """Projects that nothing is known about, so that they have no score."""
        return self.figures.unscored

    def ranked(self) -> tuple[ProjectFigures, ...]:
        """Scored projects, best first; equal totals in roster order."""
        return tuple(sorted(self.scored, key=lambda line: -(line.total.value or 0)))

    def of_units(self) -> tuple[Finding, ...]:
        """Findings about what units sent; scheme, roster and opinions are no unit's problem."""
        return tuple(finding for finding in self.figures.findings if not of_the_plan(finding))

    def names(self, projects: set[str]) -> Iterator[Project]:
        """Projects of the roster among these ids, in roster order."""
        return (project for project in self.roster.projects if project.id in projects)


def _by_project(items: Iterable[_Own]) -> dict[str, list[_Own]]:
    found: dict[str, list[_Own]] = {}
    for item in items:
        found.setdefault(item.project, []).append(item)
    return found
