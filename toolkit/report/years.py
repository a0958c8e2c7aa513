"""与上年对比: the same project and the same indicator in both years; nothing where there was no last year."""

from collections.abc import Iterable
from decimal import Decimal

from toolkit.model import ProjectFigures, YearFigures
from toolkit.report import listing
from toolkit.report.facts import ReportFacts

TOTAL, RATE, FIGURE = "总分", "指标得分率", "采集数据"
_MOST = 20
_Row = dict[str, object]


def year_words(facts: ReportFacts) -> dict[str, object]:
    """Names of the overall report: 上年总分, one row a project, and 上年指标, what moved most."""
    units = {project.id: project.unit for project in facts.roster.projects}
    names = {project.id: project.name for project in facts.roster.projects}

    def rows(years: Iterable[YearFigures]) -> list[_Row]:
        return [_row(year) | {"单位": units[year.project], "项目": names[year.project]} for year in years]

    totals = [year for year in facts.figures.years if year.kind == TOTAL]
    moved = [year for year in facts.figures.years if year.kind == RATE and year.move.value]
    most = sorted(moved, key=lambda year: abs(year.move.value or Decimal(0)), reverse=True)[:_MOST]
    shown, others = rows(listing.first(totals)), len(listing.rest(totals))
    return {"上年总分": listing.closed(shown, others, "汇总总表《年度对比》", name="项目"), "上年指标": rows(most)}


def own_years(facts: ReportFacts, project: ProjectFigures) -> dict[str, object]:
    """Names of a project's report: 上年对比, its total, indicators and figures that changed."""
    own = project.project.id if project.project else ""
    years = facts.years.get(own, ())
    return {"上年对比": [_row(year) for year in years if year.kind == TOTAL or year.move.value]}


def _row(year: YearFigures) -> _Row:
    return {
        "类别": year.kind,
        "编号": year.code,
        "名称": year.name,
        "计量单位": "%" if year.kind == RATE else year.unit or "—",
        "上年": year.before,
        "本年": year.now,
        "变动": year.move,
    }
