"""Which documents an evaluation gets: their names, when each is made and why not, which charts it can show."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from types import MappingProxyType

from toolkit.excel.files import safe_file_name, unique_names
from toolkit.model import ProjectFigures
from toolkit.model.document_kind import DocumentKind
from toolkit.report.chart_plan import OVERALL_CHARTS, overall_charts
from toolkit.report.facts import ReportFacts
from toolkit.report.overall import overall_words
from toolkit.report.project import project_words
from toolkit.report.project_charts import PROJECT_CHARTS, project_charts
from toolkit.report.setting import evaluation_words, numbering
from toolkit.report.verification import verification_words
from toolkit.word.charts import ChartSpec

PROJECT_REPORT = "绩效评价报告"
"""What a project's report is called behind its name."""
CHARTS: Mapping[DocumentKind, Sequence[str]] = MappingProxyType(
    {
        DocumentKind.FULL: OVERALL_CHARTS,
        DocumentKind.BRIEF: OVERALL_CHARTS,
        DocumentKind.PROJECT: PROJECT_CHARTS,
    }
)
"""The charts each kind of report can show; one there is nothing to compare in is not drawn."""
_TITLE, _LONG_TITLE = 60, 80
"""Characters of a title that leave room for what follows in a file name, and of one that nothing follows."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A document by its name and kind; what it says and draws is worked out when it is made."""

    name: str
    kind: DocumentKind
    words: Callable[[], Mapping[str, object]]
    charts: Callable[[], Mapping[str, ChartSpec]]


def report_names(facts: ReportFacts) -> tuple[str, ...]:
    """File names of all documents, in the order in which they are told of; they may be made in another."""
    return tuple(one.name for one in planned_documents(facts))


def planned_documents(facts: ReportFacts) -> list[Planned]:
    """All documents in the order in which they are told of, under safe names."""
    title = facts.scheme.title[:_TITLE]
    overall, charts = cache(partial(overall_words, facts)), cache(partial(overall_charts, facts))
    every = cache(partial(evaluation_words, facts))

    def words() -> Mapping[str, object]:
        return {**overall(), **numbering()}

    if _single(facts):
        alone = Planned(f"{title}报告", DocumentKind.FULL, words, charts)
        further = [_verification(facts)] if facts.roster.listed and _has_verification(facts) else []
        return _named([alone, *further])
    planned = [Planned(f"{title}{kind}", kind, words, charts) for kind in (DocumentKind.FULL, DocumentKind.BRIEF)]
    if _has_verification(facts):
        planned.append(_verification(facts))
    own = {line.project.id: line for line in (*facts.scored, *facts.unscored) if line.project}
    for project in (each for each in facts.roster.projects if each.id in own):
        one = own[project.id]
        name = f"{project.file_number}_{one.name[:_TITLE]}{PROJECT_REPORT}"
        drawn = cache(partial(project_charts, facts, one))
        own_words = partial(_own_words, facts, one, every, drawn)
        planned.append(Planned(name, DocumentKind.PROJECT, own_words, drawn))
    return _named(planned)


def _own_words(
    facts: ReportFacts,
    project: ProjectFigures,
    every: Callable[[], Mapping[str, object]],
    drawn: Callable[[], Mapping[str, ChartSpec]],
) -> Mapping[str, object]:
    return project_words(facts, project, every(), drawn())


def _verification(facts: ReportFacts) -> Planned:
    words = partial(verification_words, facts)
    return Planned(facts.verification_title[:_LONG_TITLE], DocumentKind.VERIFICATION, words, dict)


def _named(planned: Sequence[Planned]) -> list[Planned]:
    names = unique_names(safe_file_name(f"{each.name}.docx") for each in planned)
    return [replace(each, name=name) for name, each in zip(names, planned, strict=True)]


def _single(facts: ReportFacts) -> bool:
    """One project alone gets one report: three would say the same."""
    return not facts.has_many_projects


def _has_verification(facts: ReportFacts) -> bool:
    """Whether the scheme names a body to be verified, and something of it is there."""
    unit = facts.verification_unit
    return bool(unit) and (bool(facts.roster.listed) or unit in facts.roster.units())
