"""结果应用: what follows for each project, by the scheme's rules."""

from toolkit.model import Consequence, ProjectFigures
from toolkit.report import listing
from toolkit.report.facts import ReportFacts
from toolkit.report.wording import Sentence, chained, say

_Row = dict[str, object]
_IN_BRIEF = 20
"""Projects that a row of the brief report names: of thousands nobody looks for more there."""


def consequence_counts(facts: ReportFacts) -> Sentence:
    """支持17个，整改后安排16个 …; () where the scheme has no rules."""
    if not facts.has_many_projects and facts.figures.applications:
        own = next(iter(facts.figures.applications.values()))
        return (f"按评价方案规定的结果应用规则，本项目列入“{own.consequence}”。",)
    found = [
        say(f"{name}", figure, "个")
        for name, figure in facts.figures.consequences.items()
        if figure.value and facts.figures.applications
    ]
    return say("按评价方案规定的结果应用规则，", chained(found), "。") if found else ()


def consequence_rows(facts: ReportFacts) -> list[_Row]:
    """Consequence, measure and grounds with all projects they are for, the gravest first."""
    return [
        {"应用": consequence.value, "措施": measure, "依据": because, "项目": _named(names)}
        for (consequence, measure, because), names in _grouped(facts).items()
    ]


def _grouped(facts: ReportFacts) -> dict[tuple[Consequence, str, str], list[str]]:
    """Numbers and names of the projects that the same follows for, on the same grounds; the gravest first."""
    applied = facts.figures.applications
    found: dict[tuple[Consequence, str, str], list[str]] = {}
    for consequence in reversed(Consequence):
        for project in facts.roster.projects:
            own = applied.get(project.id)
            if own and own.consequence is consequence:
                key = consequence, own.measure, own.because
                found.setdefault(key, []).append(f"{project.id} {project.name}")
    return found


def consequences_in_brief(facts: ReportFacts) -> list[_Row]:
    """What follows for projects that are not just supported, with measure and names, the gravest first."""
    return [
        {"应用": consequence.value, "措施": measure, "项目": _first_names(names)}
        for (consequence, measure, _), names in _grouped(facts).items()
        if consequence is not Consequence.SUPPORT
    ]


def _first_names(names: list[str]) -> str:
    """Names as the brief report has room for them."""
    others = len(names) - _IN_BRIEF
    return "、".join(names[:_IN_BRIEF]) + (f"等{len(names)}个项目，见整体报告（完整版）" if others > 0 else "")


def _named(names: list[str]) -> str:
    others = len(listing.rest(names))
    return "、".join(listing.first(names)) + (f"等{len(names)}个项目，见汇总总表《结果应用》" if others else "")


def consequence_of(facts: ReportFacts, project: ProjectFigures) -> str:
    """What follows for one project in a line; "" where no rule fits."""
    own = facts.figures.applications.get(project.project.id) if project.project else None
    return f"{own.consequence}：{own.measure.rstrip('。')}。依据：{own.because}。" if own else ""
