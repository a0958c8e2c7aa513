"""The sheets of a master workbook and where their tables stand; nothing else knows an address."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from toolkit.aggregate.fund_columns import FundColumns, fund_columns
from toolkit.aggregate.groups import KIND, groups
from toolkit.aggregate.plan import Category, Entry, MasterPlan, categories, entries, lines, score_places
from toolkit.aggregate.region import FIRST_ROW, Region, group_starts, row_starts, unique_headings
from toolkit.excel.addresses import MAX_ROW
from toolkit.model import LISTED_AMOUNTS, Consequence, Finding, Scheme, ScoreLine, Value

SUMMARY, CHARTS, LINES, RATES, CATEGORIES = "汇总", "图表", "指标得分", "指标得分率", "分类得分率"
FUNDS, UNITS, FINDINGS, SOURCES = "资金核查", "单位汇总", "问题清单", "数据来源"
PROBLEMS, FACTS, CONSEQUENCES = "问题汇总", "问题明细", "结果应用"
SELF_SCORES, GROUPS, COLLECTED, YEAR = "自评复核", "分组对比", "采集数据", "年度对比"
BODY = "整体核查"

BEFORE = ("序号", "立项年度", "责任单位", "项目名称", "合同金额")
AFTER = ("总分", "等级", "排名", "须更正", "请核实", "提示", "报送状态", "评分状态")
EARNED_ALL = "得满分"
"""Column of sheet 指标得分 outside the print: whether a line that counts lost nothing."""
CATEGORY, EVERY_UNIT = "项目类别", "逐个责任单位"
HELPERS = (CATEGORY, EVERY_UNIT, KIND)
"""Columns of sheet 汇总 outside the print that other sheets' formulas look things up in."""
SELF_GIVEN, SELF_COUNTED, SELF_FULL = "自评分", "自评折算分", "自评满分"
"""Columns of sheet 指标得分 outside the print: what a unit gave itself, on the mark that counts, whether all."""
UNIT_NOTE = "单位说明"
"""Column of sheet 指标得分 outside the print, where one thing is scored: what the unit wrote beside an indicator."""
LINE_HEADINGS = (
    "项目序号",
    "项目名称",
    "指标编号",
    "一级指标",
    "二级指标",
    "三级指标",
    "状态",
    "分值",
    "计分值",
    "得分",
    "评分规则",
    "得分说明",
    "评价理由",
    "评价人",
    "复核人",
    "参评",
    "取值项",
)
RATE_HEADINGS = (
    "指标编号",
    "一级指标",
    "二级指标",
    "三级指标",
    "分值",
    "平均计分值",
    "平均得分",
    "得分率",
    "参评项目数",
    "满分项目数",
    "失分项目数",
    "图中名称",
)
CATEGORY_HEADINGS = ("项目类别", "一级指标", "分值", "平均计分值", "平均得分", "得分率", "参评项目数")
UNIT_HEADINGS = ("责任单位", "项目数", "已报送数", "合同金额", "平均得分", "须更正", "请核实", "提示")
FINDING_HEADINGS = (
    "序号",
    "严重程度",
    "检查编号",
    "问题类别",
    "项目序号",
    "责任单位",
    "项目名称",
    "指标或字段",
    "工作簿",
    "工作表",
    "单元格",
    "问题",
    "填报内容",
    "应为",
    "处理办法",
    "单位说明",
)
SOURCE_HEADINGS = ("项目序号", "项目名称", "文件名", "文件指纹（SHA-256）", "收到时间", "报送状态")
PROBLEM_HEADINGS = (
    "序号",
    "类别",
    "编号",
    "指标",
    "问题",
    "有问题项目数",
    "适用且有数据项目数",
    "未取得数据项目数",
    "数额合计",
    "数额单位",
    "失分",
    "涉及项目",
    "可选原因",
    "建议",
    "责任",
    "期限",
)
FACT_HEADINGS = (
    "项目序号",
    "项目名称",
    "责任单位",
    "类别",
    "编号",
    "指标",
    "事实",
    "数额",
    "数额单位",
    "失分",
    "佐证",
    "可选原因",
    "建议",
    "责任",
    "期限",
    "原因",
    "评价人",
)
CONSEQUENCE_HEADINGS = ("项目序号", "项目名称", "责任单位", "等级", "结果应用", "措施", "依据")
SELF_HEADINGS = ("范围", "编号", "名称", "自评指标数", "自评分", "复核分", "差额", "自评满分数")
GROUP_HEADINGS = ("分组", "组", "已评分项目数", "平均得分", "合同金额")
LISTED_AS = {name: f"清单{name}" for name in LISTED_AMOUNTS}
"""Amount → column of sheet 整体核查 with what the list says of it, outside the print."""
LISTED_COUNT = "项目数"
BODY_RATES = ("资金到位率", "预算执行率", "支出占预算")
BODY_HEADINGS = (
    *("序号", "项目编号", "立项年度", "责任单位", "项目名称", "参评序号"),
    *LISTED_AMOUNTS,
    *BODY_RATES,
    *("到位未支出", "总分", "等级", "完成日期", "备注"),
    *LISTED_AS.values(),
    *("差异项数", LISTED_COUNT),
)
BALANCE_LABELS = ("项目", "数值")


@dataclass(frozen=True, slots=True)
class MasterLayout:
    """Tables of all sheets, and the rows they show.

    Attributes:
        dimension: first-level indicator → key of the column with its score on sheet 汇总.
        marks: first-level indicator → key of the column with the mark it counts for, outside the print.
        weights: first-level indicator → key of the column with its weight for the project, outside the print.
        categories: projects to which the same indicators apply; none where the same applies to all.
        own_weights: first-level indicator → its weight where the same applies to all.
        places: decimals of scores and totals.
        rows: entry id → its row on sheet 汇总.
        findings: as sheet 问题清单 lists them.
    """

    plan: MasterPlan
    entries: tuple[Entry, ...]
    columns: FundColumns
    dimension: Mapping[str, str]
    marks: Mapping[str, str]
    weights: Mapping[str, str]
    categories: tuple[Category, ...]
    own_weights: Mapping[str, Decimal]
    summary: Region
    line: Region
    rate: Region
    category: Region
    fund: Region
    unit: Region
    finding: Region
    source: Region
    problem: Region
    fact: Region
    consequence: Region
    self_score: Region
    group: Region
    collected: Region
    body: Region
    places: int
    rows: Mapping[str, int]
    findings: tuple[Finding, ...]

    def row_of(self, entry: Entry) -> int:
        """The entry's row on sheet 汇总."""
        return self.rows[entry.id]

    def entry(self, project: str) -> Entry | None:
        """The row of sheet 汇总 with an id."""
        row = self.rows.get(project)
        return None if row is None else self.entries[row - FIRST_ROW]

    def key(self, project: str) -> Value:
        """What stands in the cells of column 项目序号 of a project's rows."""
        entry = self.entry(project)
        return entry.key if entry else project

    @property
    def names(self) -> tuple[str, ...]:
        """Names of projects and of their units, which long sheets repeat."""
        return tuple(text for entry in self.entries for text in (entry.name, entry.unit))

    @property
    def lines(self) -> Iterator[tuple[Entry, ScoreLine]]:
        """Rows of sheet 指标得分."""
        return lines(self.entries)

    @property
    def provisional(self) -> bool:
        """Some total can still change, and so can averages, extremes and the number of projects of a grade."""
        return any(entry.sheet is not None and entry.sheet.provisional for entry in self.entries)

    @property
    def first_project_row(self) -> int:
        """First row of sheet 汇总 that is a project's."""
        return FIRST_ROW + any(entry.project is None for entry in self.entries[:1])

    @property
    def total_row(self) -> int:
        """Row 合计 of sheet 指标得分率, under the first-level indicators."""
        return FIRST_ROW + len(self.dimension)

    def category_of(self, entry: Entry) -> str:
        """Name of the category a project belongs to; "" where there is only one."""
        return next((category.name for category in self.categories if entry.id in category.projects), "")

    def projects(self, heading: str) -> str:
        """A column of sheet 汇总 over the projects, without the evaluation as a whole."""
        return self.summary.area(heading, self.first_project_row)


def _line_headings(plan: MasterPlan, rows: Sequence[Entry]) -> tuple[str, ...]:
    values = max((len(line.inputs) for _, line in lines(rows)), default=1)
    noted = (UNIT_NOTE,) if plan.one_score else ()
    return (*LINE_HEADINGS, *map(value_heading, range(values)), EARNED_ALL, SELF_GIVEN, SELF_COUNTED, SELF_FULL, *noted)


def layout(plan: MasterPlan, most: int = MAX_ROW) -> MasterLayout:
    """Work out all addresses of a plan's master workbook.

    Args:
        plan: what goes into it.
        most: rows of a sheet; tables with more go on on further sheets.
    """
    rows, columns = entries(plan), fund_columns(plan.scheme)
    names, found = list(plan.scheme.dimensions()), categories(plan)
    several = found if len(found) > 1 else ()
    further = [f"{name}{word}" for word in ("计分值", "分值") for name in names]
    headings = unique_headings([*BEFORE, *AFTER, *HELPERS, *names, *further])
    keys, marks, weights = (headings[-n * len(names) :][: len(names)] for n in (3, 2, 1))
    said, projects = plan.assessment, len(plan.roster.projects)
    scored = [entry for entry in rows if entry.sheet]
    counts = [len(entry.sheet.own_lines) for entry in rows if entry.sheet]
    room = most - FIRST_ROW + 1
    return MasterLayout(
        plan=plan,
        entries=rows,
        columns=columns,
        dimension=dict(zip(names, keys, strict=True)),
        marks=dict(zip(names, marks, strict=True)),
        weights=dict(zip(names, weights, strict=True)),
        categories=several,
        own_weights=found[0].weights if found else plan.scheme.dimensions(),
        summary=Region(SUMMARY, (*BEFORE, *keys, *AFTER, *marks, *weights, *HELPERS), len(rows)),
        line=Region(LINES, _line_headings(plan, rows), sum(counts), starts=group_starts(counts, room)),
        rate=Region(RATES, RATE_HEADINGS, len(names) + 1 + len(plan.scheme.indicators)),
        category=Region(CATEGORIES, CATEGORY_HEADINGS, sum(len(category.weights) + 1 for category in several)),
        fund=Region(FUNDS, columns.headings, len(plan.roster.projects)),
        unit=Region(UNITS, UNIT_HEADINGS, len(plan.roster.units())),
        finding=Region(FINDINGS, FINDING_HEADINGS, len(plan.findings), starts=row_starts(len(plan.findings), room)),
        source=Region(SOURCES, SOURCE_HEADINGS, len(source_rows(plan))),
        problem=Region(PROBLEMS, PROBLEM_HEADINGS, len(said.problems)),
        fact=Region(FACTS, FACT_HEADINGS, len(said.hits), starts=row_starts(len(said.hits), room)),
        consequence=Region(CONSEQUENCES, CONSEQUENCE_HEADINGS, projects + len(Consequence) + 1),
        self_score=Region(SELF_SCORES, SELF_HEADINGS, 1 + len(scored) + len(plan.scheme.indicators)),
        group=Region(GROUPS, GROUP_HEADINGS, len(groups(plan))),
        collected=Region(COLLECTED, collected_headings(plan.scheme), projects),
        body=Region(BODY, BODY_HEADINGS, len(plan.roster.listed)),
        places=score_places(plan),
        findings=tuple(sorted(plan.findings, key=Finding.sort_key)),
        rows={entry.id: row for row, entry in enumerate(rows, FIRST_ROW)},
    )


def collected_headings(scheme: Scheme) -> tuple[str, ...]:
    """Number, name and every single field of the collection workbook, each a column."""
    return unique_headings(["序号", "项目", *(field.key for field in scheme.fields if not field.table)])


def value_heading(number: int) -> str:
    """Heading of the column with a line's n-th value, counted from 0."""
    return f"取值{number + 1}"


def source_rows(plan: MasterPlan) -> tuple[tuple[str, str, str, str], ...]:
    """Project id, file, hash, time: files in roster order, then projects without a file."""
    known = {source.project for source in plan.sources}
    files = [(source.project, source.file_name, source.sha256, source.received) for source in plan.sources]
    return (*files, *((project.id, "", "", "") for project in plan.roster.projects if project.id not in known))
