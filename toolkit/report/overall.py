"""What the two overall reports (完整版, 简版) say; the templates choose how much of it."""

from collections.abc import Sequence
from itertools import groupby

from toolkit.model import Finding, Indicator, ProjectFigures
from toolkit.report import (
    adjustments,
    consequences,
    contents,
    first_page,
    funds,
    indicators,
    library,
    listing,
    material,
    practices,
    problems,
    remarks,
    scores,
    setting,
    statements,
)
from toolkit.report.chart_plan import overall_charts
from toolkit.report.facts import ReportFacts
from toolkit.report.hearing import hearing_words
from toolkit.report.heat_map import heat_map
from toolkit.report.self_review import self_review
from toolkit.report.signed_off import review_words
from toolkit.report.wording import one_line, ordinal, quoted
from toolkit.report.years import year_words

_EXTREME_PROJECTS = 5
_BRIEF_PROBLEMS = 8
_ALL_RANKED = 20


def overall_words(facts: ReportFacts) -> dict[str, object]:
    """The names the templates of the overall reports may use."""
    own = problems.rows(problems.problems(facts))
    written = material.chapters(facts)
    return {
        **setting.evaluation_words(facts),
        **_scores(facts),
        **_funds(facts),
        "素材": written,
        "结论": [*written["结论"], *scores.conclusions(facts)],
        "对象": quoted([facts.roster.projects[0].name]),
        "责任单位": "、".join(dict.fromkeys(project.unit for project in facts.roster.projects)),
        "指标体系": _system(facts),
        "依据清单": "；".join(f"{number}　{source}" for number, source in enumerate(setting.sources(facts.scheme), 1)),
        "分值构成": _weights(facts),
        "有二级指标": any(indicator.group for indicator in facts.scheme.indicators),
        "维度分析": indicators.dimension_chapters(facts),
        "多项最低": indicators.often_lowest(facts),
        "经验": [*practices.practices(facts), *written["经验"]],
        "问题": own,
        "资金节序": ordinal(len(facts.figures.dimensions) + 1),
        **_library_words(facts),
        "项目内容": contents.rows(facts) if contents.has_contents(facts) else [],
        "有目标": contents.has_goals(facts),
        **contents.of_only_project(facts),
        "结论陈述": statements.statements(facts),
        **first_page.first_page(facts),
        "结果应用": consequences.consequence_rows(facts),
        "结果应用概况": consequences.consequence_counts(facts),
        "结果应用重点": consequences.consequences_in_brief(facts) if facts.has_many_projects else [],
        **self_review(facts),
        **_last_year(facts),
        **heat_map(facts),
        **hearing_words(facts),
        **review_words(facts),
        "主要问题": own[:_BRIEF_PROBLEMS],
        "说明": [*remarks.remarks(facts), *written["其他说明"]],
        "收件情况": setting.received(facts),
        **_finding_words(facts),
        "有图": dict.fromkeys(overall_charts(facts), True),  # a template asks {% if 有图.等级分布 is defined %}
        "指纹": setting.digests(facts),
    }


def left_out(facts: ReportFacts) -> tuple[Finding, ...]:
    """What a run says of overall reports that do not list every project or every finding."""
    findings = problems.listed_findings(facts.of_units())
    return listing.shortened(len(facts.roster.projects), len(findings))


def _library_words(facts: ReportFacts) -> dict[str, object]:
    """Problems by class, with their causes, advice and terms."""
    return {
        "填报问题": library.filling(facts),
        "问题分类": library.chapters(facts),
        "问题分列": library.classes_told(facts),
        "其余失分": library.unexplained(facts),
        "有须暂停": library.suspends(facts),
        "原因未核定": library.causes_open(facts),
        "建议分类": library.advice(facts),
        "办理次序": library.schedule(facts),
    }


def _finding_words(facts: ReportFacts) -> dict[str, object]:
    """What the checks found, and which of them were adjusted."""
    return {
        "核查结果": problems.severity_counts(facts),
        "问题清单": problems.finding_rows(facts, facts.of_units()),
        "核查设置": adjustments.adjustment_rows(facts),
        "不属于项目的问题": any(not finding.project for finding in facts.of_units()),
    }


def _scores(facts: ReportFacts) -> dict[str, object]:
    ranked = facts.ranked()
    return {
        "一级指标": scores.dimension_rows(facts),
        "合计": scores.rate_cells(facts.figures.total),
        "分类得分": scores.category_rows(facts),
        "等级": scores.grade_rows(facts),
        "排名": _project_rows(facts, ranked),
        "等级分布": scores.grade_counts(facts),
        "显示两端": len(ranked) > 2 * _EXTREME_PROJECTS,
        "只列两端": len(ranked) > _ALL_RANKED,
        "前列": scores.project_rows(facts, ranked[:_EXTREME_PROJECTS]),
        "后列": scores.project_rows(facts, ranked[-_EXTREME_PROJECTS:]),
        "汇总": _project_rows(facts, _in_roster_order(facts)),
        "单位": scores.unit_rows(facts),
        "清单单位": scores.unit_rows(facts, by_score=False),
        "有联合项目": any(len(project.units) > 1 for project in facts.roster.projects),
    }


def _project_rows(facts: ReportFacts, projects: Sequence[ProjectFigures]) -> list[dict[str, object]]:
    rows = scores.project_rows(facts, listing.first(projects))
    return listing.closed(rows, len(listing.rest(projects)), "汇总总表《汇总》", {"暂": ""})


def _in_roster_order(facts: ReportFacts) -> list[ProjectFigures]:
    order = {project.id: number for number, project in enumerate(facts.roster.projects)}
    return sorted((*facts.scored, *facts.unscored), key=lambda own: order.get(own.project.id, 0) if own.project else 0)


def _last_year(facts: ReportFacts) -> dict[str, object]:
    """The comparison with last year, its section numbered after those there are."""
    before = 4 if len(facts.roster.units()) > 1 else 3 if not facts.only else 1
    claimed = facts.figures.self_total
    return {**year_words(facts), "上年节序": ordinal(before + 1 + bool(claimed and claimed.given.value))}


def _funds(facts: ReportFacts) -> dict[str, object]:
    return {
        "资金": funds.fund_table(facts, facts.roster.projects),
        "资金概况": funds.overview(facts),
        "三率情况": funds.rate_extremes(facts),
        **funds.overpaid(facts, facts.roster.projects),
        "比率": funds.rates(facts),
        "可比支付": funds.compares_payments(facts),
        "采集支付": funds.asks_for_payments(facts),
        "缺失": funds.missing_amounts(facts),
    }


def _system(facts: ReportFacts) -> list[dict[str, object]]:
    """Dimensions with their indicators: full mark, standard, source in words and by its number in the list."""
    numbers = {source: str(number) for number, source in enumerate(setting.sources(facts.scheme), 1)}
    marks = {indicator.code: indicator.full_mark for indicator in facts.figures.indicators}
    scored = {indicator.code: indicator.average for indicator in facts.figures.indicators}
    rates = {dimension.name: dimension.full_mark for dimension in facts.figures.dimensions}
    system: list[dict[str, object]] = []
    for dimension in facts.scheme.dimensions():
        own = [indicator for indicator in facts.scheme.indicators if indicator.dimension == dimension]
        rows = [
            {
                "编号": indicator.code,
                "二级": indicator.group or "—",
                "名称": indicator.name,
                "分值": marks[indicator.code],
                "标准": one_line(indicator.standard) or "—",
                "适用": facts.applying(indicator.code) or "各类",
                "依据": one_line(indicator.source) or "—",
                "依据号": "、".join(numbers[source] for source in setting.sources_of(indicator)) or "—",
                "得分": indicators.pending_cells(facts, indicator.code).get("得分", scored[indicator.code]),
            }
            for indicator in own
        ]
        system.append({"名称": dimension, "分值": rates[dimension], "内容": _content(facts, dimension), "指标": rows})
    return system


def _weights(facts: ReportFacts) -> dict[str, object]:
    """First-level indicators with content and weight, and their sum; where weights differ, one for each category."""
    figures = facts.figures
    blocks = [(category.name, category.dimensions, category.total) for category in figures.categories]
    blocks = blocks or [("分值", figures.dimensions, figures.total)]
    full = [{rate.name: rate.full_mark for rate in (*dimensions, total)} for _, dimensions, total in blocks]
    return {
        "类别": [name for name, _, _ in blocks],
        "行": [
            {"名称": name, "分值": [marks.get(name, "—") for marks in full], "内容": _content(facts, name)}
            for name in (*(rate.name for rate in figures.dimensions), figures.total.name)
        ],
    }


def _content(facts: ReportFacts, dimension: str) -> str:
    """Names of a dimension's indicators by group: 立项（依据、程序）；目标（合理性）."""
    own = [indicator for indicator in facts.scheme.indicators if indicator.dimension == dimension]
    groups = groupby(own, lambda indicator: indicator.group)
    listed = ((group, [f"{indicator.name}{_only(facts, indicator)}" for indicator in items]) for group, items in groups)
    return "；".join(f"{group}（{'、'.join(names)}）" if group else "、".join(names) for group, names in listed) or "—"


def _only(facts: ReportFacts, indicator: Indicator) -> str:
    """［只用于新建、升级改造］ behind an indicator that not every category has."""
    applying = facts.applying(indicator.code)
    return f"［只用于{applying}］" if applying else ""
