"""综合评价情况: totals, grades, ranking, units, and what can be concluded from them."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import TypeVar

from toolkit.model import PROVISIONAL, Figure, LineState, ProjectFigures, ScoreRateFigures
from toolkit.report.facts import ReportFacts
from toolkit.report.wording import Sentence, chained, in_quotes, listed, quoted, say
from toolkit.text import plain
from toolkit.text.grades import band_words

_Row = dict[str, object]
_T = TypeVar("_T")
SHOWN = 3
_HALF_A_CENT = Decimal("0.005")


def dimension_rows(facts: ReportFacts) -> list[_Row]:
    """First-level indicators with full mark, (average) score and score rate."""
    return [{"名称": rate.name, **rate_cells(rate)} for rate in facts.figures.dimensions]


def category_rows(facts: ReportFacts) -> list[_Row]:
    """The same for each category of projects, with the sum under each."""
    return [
        {"类别": category.name, "项目数": category.scored, "名称": rate.name, **rate_cells(rate)}
        for category in facts.figures.categories
        for rate in (*category.dimensions, category.total)
    ]


def rate_cells(rate: ScoreRateFigures) -> _Row:
    """What tables show of a dimension or an indicator: 得分率 is 得分 over 计分值."""
    return {"分值": rate.full_mark, "计分值": rate.effective_mark, "得分": rate.average, "得分率": rate.rate}


def marks(facts: ReportFacts, rate: ScoreRateFigures) -> Sentence:
    """分值14.00分，; with the mark it counts for where that is another: 分值14.00分，平均计分值14.17分，.

    Where weights differ from project to project, only the average mark has a number.
    """
    counted = "计分值" if facts.only else "平均计分值"
    if rate.full_mark.value is None:
        return say(counted, rate.effective_mark, "分，") if rate.effective_mark.value is not None else ()
    if rate.effective_mark.value in (rate.full_mark.value, None):
        return say("分值", rate.full_mark, "分，")
    return say("分值", rate.full_mark, f"分，{counted}", rate.effective_mark, "分，")


def own_marks(full: Figure, effective: Figure | None) -> Sentence:
    """The same for one project."""
    if effective is None or effective.value in (full.value, None):
        return say("分值", full, "分，")
    return say("分值", full, "分，折算后计分值", effective, "分，")


def grade_rows(facts: ReportFacts) -> list[_Row]:
    """Grades, best first, with their range in words and the number of projects."""
    bands = sorted(facts.scheme.grade_bands, reverse=True)
    ranges = band_words(bands)
    counts = facts.figures.grades
    return [
        {"名称": band.name, "区间": words, "项目数": counts[band.name]}
        for band, words in zip(bands, ranges, strict=True)
        if band.name in counts
    ]


def project_rows(facts: ReportFacts, projects: Sequence[ProjectFigures]) -> list[_Row]:
    """Projects with everything the ranking and the score annex show."""
    names = [dimension.name for dimension in facts.figures.dimensions]
    return [
        {
            "序号": project.project.id if project.project else "",
            "立项年度": f"{project.project.year}年" if project.project else "",
            "名称": project.name,
            "单位": project.unit,
            "合同": project.funds.contract,
            "各项": [_dimension_score(project, name) for name in names],
            "总分": project.total,
            "暂": PROVISIONAL if project.sheet.provisional else "",
            "等级": project.sheet.shown_grade,
            "排名": project.rank,
            "报送": "已报送" if project.returned else "未报送",
        }
        for project in projects
    ]


def _dimension_score(project: ProjectFigures, name: str) -> Figure | str | None:
    """What does not apply to a project has earned nothing, which is not 0."""
    weight = project.weights.get(name)
    return "—" if weight and weight.value == 0 else project.dimensions.get(name)


def unit_rows(facts: ReportFacts, *, by_score: bool = True) -> list[_Row]:
    """Responsible units, in roster order or best average first; without an average last."""
    units = list(facts.figures.units)
    if by_score:
        units.sort(key=lambda unit: -(unit.average.value or Decimal(-1)))
    return [
        {
            "名称": unit.unit,
            "项目数": unit.projects,
            "合同": unit.contract,
            "平均得分": unit.average,
            "须更正": unit.errors,
        }
        for unit in units
    ]


def conclusions(facts: ReportFacts) -> list[Sentence]:
    """The results in a few sentences, the total first."""
    first = _single_result(facts, facts.only) if facts.only else _average_result(facts)
    settled = _judged(facts)
    which = "" if len(settled) == len(facts.figures.dimensions) else "已全部评定的"
    found = [first, extremes(settled, f"从{which}一级指标看，")]
    return [sentence for sentence in found if sentence]


def _judged(facts: ReportFacts) -> list[ScoreRateFigures]:
    """First-level indicators of which nothing awaits its evaluator: what counts as 0 until then is no low score."""
    lines = (line for one in facts.scored for line in one.sheet.own_lines)
    open_ones = {line.dimension for line in lines if line.state is LineState.PENDING}
    return [rate for rate in facts.figures.dimensions if rate.name not in open_ones]


def extremes(rates: Sequence[ScoreRateFigures], opening: str) -> Sentence:
    """Which score rates are highest and lowest; () when there is nothing to compare."""
    known = [rate for rate in rates if rate.rate.value is not None]
    if len(known) < 2:
        return ()
    best, worst = most_and_least(known, lambda one: one.rate.value or Decimal(0))
    if best[0].rate.value == worst[0].rate.value:
        return say(opening, "各项得分率相同，均为", best[0].rate, "。")
    if (best[0].rate.value or 0) - (worst[0].rate.value or 0) <= _rounding(best) + _rounding(worst):
        return ()
    return say(
        opening, _at_rate(best), "得分率最高，", _is(best), "；", _at_rate(worst), "得分率最低，", _is(worst), "。"
    )


def _rounding(rates: Sequence[ScoreRateFigures]) -> Decimal:
    """How far rates may be from the true ones, their scores being rounded: 0.2 percentage points of 2.5分."""
    marks = [rate.effective_mark.value for rate in rates if rate.effective_mark.value]
    return _HALF_A_CENT / min(marks) if marks else Decimal(0)


def most_and_least(rows: Sequence[_T], value: Callable[[_T], Decimal]) -> tuple[list[_T], list[_T]]:
    """All rows with the highest value, and all with the lowest."""
    values = [value(row) for row in rows]
    high, low = max(values), min(values)
    pairs = [*zip(rows, values, strict=True)]
    return [row for row, own in pairs if own == high], [row for row, own in pairs if own == low]


def grade_counts(facts: ReportFacts) -> Sentence:
    """“优”16个、“良”16个; a grade that no project has is not told."""
    parts = [say(in_quotes(name), number, "个") for name, number in facts.figures.grades.items() if number.value]
    return chained(parts)


def with_scores(projects: Sequence[ProjectFigures], most: int = SHOWN) -> Sentence:
    """《甲》（98.53分）、《乙》（98.04分）."""
    shown = ((project, "（暂" if project.sheet.provisional else "（") for project in projects[:most])
    return chained([say(quoted([project.name]), start, project.total, "分）") for project, start in shown])


def result(who: str, project: ProjectFigures) -> Sentence:
    """本项目综合得分86.30分，绩效等级为“良”。 While evaluators still have to judge, both are called provisional."""
    kind, grade = ("综合得分暂为", "绩效等级暂定为") if project.sheet.provisional else ("综合得分", "绩效等级为")
    return say(f"{who}{kind}", project.total, f"分{_graded(grade, project.grade)}。")


def _graded(words: str, grade: str) -> str:
    """Behind a score: the grade, or nothing where the scheme has none."""
    return f"，{words}{in_quotes(grade)}" if grade else ""


def _single_result(facts: ReportFacts, only: ProjectFigures) -> Sentence:
    kind, grade = ("综合得分暂为", "绩效等级暂定为") if only.sheet.provisional else ("综合得分", "绩效等级为")
    end = f"分（满分{plain(facts.scheme.total_mark)}分）{_graded(grade, only.grade)}。"
    if only.project:
        return say(f"经评价，{quoted([only.name])}{kind}", only.total, end)
    return say("经评价，", facts.figures.overall["项目数"], f"个项目合并评分，{kind}", only.total, end)


def _average_result(facts: ReportFacts) -> Sentence:
    overall = facts.figures.overall
    if not facts.scored:
        return ("各项目均没有可评分的资料，未评分。",)
    best, worst = overall["最高得分"], overall["最低得分"]
    return say(
        "已评分的" if facts.unscored else "参评的",
        overall["已评分数"],
        f"个项目平均得分{'暂为' if facts.provisional else ''}",
        overall["平均得分"],
        "分，最高",
        best,
        f"分，为{_scoring(facts, best)}；最低",
        worst,
        f"分，为{_scoring(facts, worst)}。",
        say("按绩效等级分，", grade_counts(facts), "。") if facts.figures.grades else "",
    )


def _scoring(facts: ReportFacts, total: Figure) -> str:
    return quoted((line.name for line in facts.scored if line.total.value == total.value), SHOWN)


def _at_rate(rates: Sequence[ScoreRateFigures]) -> str:
    most = SHOWN if len(rates) > SHOWN + 1 else len(rates)  # 等 must not hide a single one
    return listed((in_quotes(rate.name) for rate in rates), most)


def _is(rates: Sequence[ScoreRateFigures]) -> Sentence:
    figure: Figure = rates[0].rate
    return say("均为" if len(rates) > 1 else "为", figure)
