"""What the master workbook (汇总总表) says, as figures that know their cell: all that reports are allowed to print."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from toolkit.model.assessment import FactFigures, GroupFigures, ProblemFigures, SelfFigures, YearFigures
from toolkit.model.figure import Figure
from toolkit.model.finding import Finding
from toolkit.model.listed import ListedProject
from toolkit.model.problem import Application
from toolkit.model.roster import Project
from toolkit.model.score import ScoreSheet


@dataclass(frozen=True, slots=True)
class FundFigures:
    """One project's money and rates on sheet 资金核查; a Figure without value prints ``—``.

    Units: the scheme's money unit; rates as percentages in the text, fractions in the value.
    """

    contract: Figure
    audited: Figure
    budget: Figure
    arrived: Figure
    spent: Figure
    cumulative: Figure
    arrival_rate: Figure
    execution_rate: Figure
    saving_rate: Figure


@dataclass(frozen=True, slots=True)
class ProjectFigures:
    """One project (or the evaluation as a whole) with everything a report says about it.

    Attributes:
        project: None for an evaluation scored as a whole.
        returned: a readable workbook came back.
        sheet: the score sheet behind the figures.
        total, rank: from sheet 汇总.
        dimensions: first-level indicator → its score.
        indicators: indicator code → its score (sheet 指标得分).
        dimension_marks, indicator_marks: the mark each counts for (计分值), after renormalisation.
        explanations, opinions: indicator code → cell with 得分说明, with 评价理由 (sheet 指标得分).
        values: indicator code → what its score rests on, in the order of its inputs; only where one thing is scored.
        notes: indicator code → what the unit wrote beside it, only where one project is scored alone.
        weights: first-level indicator → its weight (分值) for this project.
        self_marks: indicator code → the self score as the unit wrote it, where it gave one.
        findings: of this project, most serious first.
    """

    project: Project | None
    name: str
    unit: str
    returned: bool
    sheet: ScoreSheet
    total: Figure
    grade: str
    rank: Figure
    dimensions: Mapping[str, Figure]
    indicators: Mapping[str, Figure]
    dimension_marks: Mapping[str, Figure]
    indicator_marks: Mapping[str, Figure]
    explanations: Mapping[str, str]
    opinions: Mapping[str, str]
    weights: Mapping[str, Figure]
    funds: FundFigures
    findings: tuple[Finding, ...]
    values: Mapping[str, tuple[Figure, ...]] = field(default_factory=dict)
    self_marks: Mapping[str, Figure] = field(default_factory=dict)
    notes: Mapping[str, Figure] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ScoreRateFigures:
    """A dimension's or an indicator's full mark, average score and score rate over all scored projects.

    Attributes:
        effective_mark: the average mark it counts for (计分值): the rate is ``average`` over it.
    """

    code: str
    name: str
    full_mark: Figure
    effective_mark: Figure
    average: Figure
    rate: Figure


@dataclass(frozen=True, slots=True)
class CategoryFigures:
    """Projects to which the same indicators apply, from sheet 分类得分率.

    Attributes:
        name: the 项目类型 of its projects, or 第1类, where types do not tell the categories apart.
        ids: its projects. scored: how many of them have a score.
        indicators: codes of what applies.
        dimensions: the first-level indicators that apply. total: their sum.
    """

    name: str
    ids: frozenset[str]
    scored: Figure
    indicators: tuple[str, ...]
    dimensions: tuple[ScoreRateFigures, ...]
    total: ScoreRateFigures


@dataclass(frozen=True, slots=True)
class UnitFigures:
    """One responsible unit over its projects."""

    unit: str
    projects: Figure
    contract: Figure
    average: Figure
    errors: Figure


@dataclass(frozen=True, slots=True)
class BodyLine:
    """A row of sheet 整体核查: heading → figure; ``listed`` is None for a row of sums."""

    listed: ListedProject | None
    figures: Mapping[str, Figure]
    grade: str = ""


@dataclass(frozen=True, slots=True)
class BodyFigures:
    """The body that is examined as a whole, from sheet 整体核查.

    Attributes:
        lines: its projects in the order of the list.
        total: over all. counts: over how many projects each sum is. evaluated, others: over those that are
            evaluated too, and over the others.
    """

    lines: tuple[BodyLine, ...]
    total: BodyLine
    counts: BodyLine
    evaluated: BodyLine
    others: BodyLine


@dataclass(frozen=True, slots=True)
class MasterFigures:
    """The master workbook's content for reports.

    Attributes:
        overall: named single figures: 项目数, 单位数, 已报送数, 未报送数, 已评分数, 平均得分, 最高得分, 最低得分,
            合同金额合计, 预算资金合计, 实际到位合计, 实际支出合计, 累计支付合计, 资金到位率, 预算执行率,
            须更正数, 请核实数, 提示数 (of what units sent). Where one thing is scored its 综合得分 stands for
            平均得分, 最高得分 and 最低得分.
        grades: grade → number of projects, in the order of the bands.
        projects: what has a score, in roster order; a single entry 整体 when the evaluation is scored as a whole.
        unscored: the other projects, in roster order; their total and rank print — and their grade is 未评分.
        kinds: kind of problem → number of findings.
        funds: project id → funds, for every project of the roster.
        dimensions, indicators, total: over everything scored; total is the sum of the first-level indicators.
        categories: the same for each category of projects; none where the same indicators apply to all.
        fund_totals, fund_counts: the sums under them, and over how many projects each is.
        problems, remedies: finding → cell with 问题, with 处理办法 (sheet 问题清单).
        sha256: of the workbook's bytes.
        problem_rows: rows of 问题与建议 over all projects, the gravest first.
        facts: project id (整体 for the evaluation as a whole) → what holds for it, the gravest first.
        causes: code of a problem → project id → the causes an evaluator chose there.
        advice: code of a problem → what evaluators advise on it, each text once.
        applications: project id → what follows (结果应用). consequences: 结果应用 → number of projects.
        collected: project id → field → figure, without a value for a text (sheet 采集数据).
        self_scores, self_indicators: self score against verified score by project, by indicator. self_total: over all.
        groups: projects by type and by size of contract.
        body: what is examined as a whole; None where there is no 整体核查清单.
        years: what can be compared with last year, projects in roster order; none where there was no last year.
    """

    overall: Mapping[str, Figure]
    grades: Mapping[str, Figure]
    kinds: Mapping[str, Figure]
    projects: tuple[ProjectFigures, ...]
    unscored: tuple[ProjectFigures, ...]
    funds: Mapping[str, FundFigures]
    fund_totals: FundFigures
    fund_counts: FundFigures
    dimensions: tuple[ScoreRateFigures, ...]
    indicators: tuple[ScoreRateFigures, ...]
    total: ScoreRateFigures
    categories: tuple[CategoryFigures, ...]
    units: tuple[UnitFigures, ...]
    findings: tuple[Finding, ...]
    problems: Mapping[Finding, str]
    remedies: Mapping[Finding, str]
    sha256: str
    problem_rows: tuple[ProblemFigures, ...] = ()
    facts: Mapping[str, tuple[FactFigures, ...]] = field(default_factory=dict)
    causes: Mapping[str, Mapping[str, Sequence[str]]] = field(default_factory=dict)
    advice: Mapping[str, Sequence[str]] = field(default_factory=dict)
    applications: Mapping[str, Application] = field(default_factory=dict)
    consequences: Mapping[str, Figure] = field(default_factory=dict)
    collected: Mapping[str, Mapping[str, Figure]] = field(default_factory=dict)
    self_scores: tuple[SelfFigures, ...] = ()
    self_indicators: tuple[SelfFigures, ...] = ()
    self_total: SelfFigures | None = None
    groups: tuple[GroupFigures, ...] = ()
    body: BodyFigures | None = None
    years: tuple[YearFigures, ...] = ()
