"""What a project report says, and the chapters on single projects in the verification report."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TypeAlias

from toolkit.model import PROVISIONAL, WHOLE_EVALUATION, LineState, ProjectFigures, ScoreLine
from toolkit.model.material import PROJECT_CHAPTERS
from toolkit.model.opinion import INDEPENDENT
from toolkit.report import funds, library, material, own_problems, problems
from toolkit.report.contents import remarks_of
from toolkit.report.facts import ReportFacts
from toolkit.report.indicator_lines import because
from toolkit.report.losses import lost_sentence
from toolkit.report.one_page import one_page
from toolkit.report.project_charts import project_charts
from toolkit.report.scores import own_marks, result
from toolkit.report.setting import evaluation_words, numbering
from toolkit.report.signed_off import own_review
from toolkit.report.wording import Sentence, in_quotes, listed, one_line, ordinal, say
from toolkit.report.years import own_years
from toolkit.text import score
from toolkit.text.unjudged import nobody
from toolkit.word.charts import ChartSpec

_Row = dict[str, object]
_MarkedLine: TypeAlias = tuple[ScoreLine, _Row]
"""A line of the score sheet with its marks as a template prints them."""
_UNLISTED = 5


def project_words(
    facts: ReportFacts,
    project: ProjectFigures,
    evaluation: Mapping[str, object] | None = None,
    charts: Mapping[str, ChartSpec] | None = None,
) -> dict[str, object]:
    """The names the template of the project report may use.

    ``evaluation`` are the words of every report (:func:`evaluation_words`), where there are many of them; ``charts``
    those of this project, where they are known.
    """
    lines = [(line, _marks(facts, project, line)) for line in project.sheet.own_lines]
    return {
        **(evaluation or evaluation_words(facts)),
        **numbering(),
        "项目": project_row(project),
        "资金": [
            {"名称": name, "数值": figure, "单位": unit or "—"}
            for name, figure, unit in funds.pairs(facts, project.funds)
        ],
        "一级指标": _dimensions(facts, project),
        "合计": _totals(facts, project),
        "适用情况": _applying(facts, project),
        "素材": {part.name: material.of_project(facts, _id(project), part.name) for part in PROJECT_CHAPTERS},
        "结论": [*material.of_project(facts, _id(project), "结论"), *_conclusion(facts, project)],
        **one_page(facts, project),
        "备注": remarks_of(facts, project.project) if project.project else (),
        "有图": dict.fromkeys(project_charts(facts, project) if charts is None else charts, True),
        "问题行": own_problems.project_rows(facts, project),
        "原因未核定": library.causes_open(facts, project),
        "分档督办": own_problems.is_supervised(facts),
        "小额失分": own_problems.small_losses(facts, project),
        "填报行": own_problems.own_filling(facts, project),
        "指标分析": _chapters(project, lines),
        **own_years(facts, project),
        "问题": problems.rows(problems.own_problems(facts, project)),
        **own_review(facts, _id(project) or WHOLE_EVALUATION),
        "评分表": [_sheet_row(facts, project, line, marks) for line, marks in lines],
    }


def people(line: ScoreLine) -> str:
    """吴敏、李浩独立打分: who judged and who looked again; "" where the rule alone did."""
    if line.reviewer == INDEPENDENT:
        return f"{line.evaluator}{INDEPENDENT}"
    return "、".join(one for one in (line.evaluator, line.reviewer) if one)


def _id(project: ProjectFigures) -> str:
    return project.project.id if project.project else ""


def project_row(project: ProjectFigures) -> _Row:
    """A project's facts and result."""
    own = project.project
    return {
        "序号": own.id if own else "",
        "名称": project.name,
        "单位": project.unit,
        "立项年度": f"{own.year}年" if own else "—",
        "类型": (own.project_type if own else "") or "—",
        "合同": project.funds.contract,
        "总分": project.total,
        "暂": PROVISIONAL if project.sheet.provisional else "",
        "等级": project.sheet.shown_grade,
        "排名": project.rank,
        "报送": "已报送" if project.returned else "未报送",
        "已报送": project.returned,
        "已评分": project.total.value is not None,
        "已完成": project.sheet.complete,
        "折算": project.sheet.renormalised,
    }


def _dimensions(facts: ReportFacts, project: ProjectFigures) -> list[_Row]:
    category = facts.category_of(project)
    return [
        {
            "名称": rate.name,
            "分值": project.weights.get(rate.name),
            "计分值": project.dimension_marks.get(rate.name),
            "得分": project.dimensions.get(rate.name),
            "平均": rate.average,
        }
        for rate in (category or facts.figures).dimensions
    ]


def _totals(facts: ReportFacts, project: ProjectFigures) -> _Row:
    """The line under the first-level indicators: what stands above it, added up."""
    category = facts.category_of(project)
    weights = [figure.value for figure in project.weights.values() if figure.value is not None]
    return {
        "分值": score(sum(weights, Decimal(0))),
        "计分值": score(facts.scheme.total_mark),
        "平均": category.total.average if category else facts.figures.overall["平均得分"],
    }


def _applying(facts: ReportFacts, project: ProjectFigures) -> str:
    """Which of the scheme's indicators the project is not evaluated by; "" where it is by all."""
    category = facts.category_of(project)
    left_out = [one.name for one in facts.scheme.indicators if category and one.code not in category.indicators]
    if not left_out:
        return ""
    names = listed(map(in_quotes, left_out), _UNLISTED, "指标")
    return f"按评价方案的适用条件，只适用于其他类别项目的{names}不列入本项目的评价。"


def _conclusion(facts: ReportFacts, project: ProjectFigures) -> list[Sentence]:
    overall, total = facts.figures.overall, project.total.value
    if total is None:
        return [("本项目没有可评分的数据，未评分、未定等级，补报采集表后再行核查和评分。",)]
    first = result("本项目", project)
    average = overall["平均得分"]
    if not facts.only and total is not None and average.value is not None:
        words = "高于" if total > average.value else "低于" if total < average.value else "等于"
        mean = say(f"得分{words}全部参评项目的平均得分（", average, "分），")
        first = say(first, mean, "在", overall["已评分数"], "个项目中列第", project.rank, "位。")
    return [say(first, lost_sentence(project.sheet.own_lines))]


def _chapters(project: ProjectFigures, lines: Sequence[_MarkedLine]) -> list[_Row]:
    chapters: list[_Row] = []
    if project.total.value is None:
        return chapters
    for number, name in enumerate(dict.fromkeys(line.dimension for line, _ in lines), 1):
        own = [(line, marks) for line, marks in lines if line.dimension == name]
        got, full = project.dimensions[name], project.weights[name]
        opening = say(own_marks(full, project.dimension_marks.get(name)), "得", got, "分。")
        chapters.append(
            {
                "序": ordinal(number),
                "名称": name,
                "概述": say(opening, lost_sentence([line for line, _ in own])),
                "行": [_analysis_row(project, line, marks) for line, marks in own],
            }
        )
    return chapters


def _analysis_row(project: ProjectFigures, line: ScoreLine, marks: _Row) -> _Row:
    return {
        "名称": line.name,
        **marks,
        "说明": because(project, line) or "—",
    }


def _sheet_row(facts: ReportFacts, project: ProjectFigures, line: ScoreLine, marks: _Row) -> _Row:
    values = "；".join(f"{asked.label}：{one_line(asked.shown) or '未填'}" for asked in line.inputs)
    judged_by = people(line)
    own = facts.opinions_on(project.sheet.project, line.code)
    evidence = "；".join(dict.fromkeys(one_line(opinion.evidence) for opinion in own if opinion.evidence))
    return {
        "编号": line.code,
        "一级": line.dimension,
        "名称": line.name,
        **marks,
        "规则": line.rule,
        "取值": values or "—",
        "评价人": f"{judged_by}（佐证{evidence}）" if judged_by and evidence else judged_by or nobody(line.state),
    }


def _marks(facts: ReportFacts, project: ProjectFigures, line: ScoreLine) -> _Row:
    return {
        "分值": facts.full_marks.get(line.code, "—"),
        "计分值": project.indicator_marks.get(line.code, "—"),
        "得分": _score(project, line),
    }


def _score(project: ProjectFigures, line: ScoreLine) -> object:
    if line.state is LineState.NOT_APPLICABLE and not line.score:
        return "不适用"
    return "待评定" if line.state is LineState.PENDING else project.indicators.get(line.code, "—")
