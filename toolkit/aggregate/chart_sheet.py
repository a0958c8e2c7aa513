"""Sheet 图表: the evaluation at a glance — named figures, grades, native charts — on one printed page."""

from collections.abc import Iterator
from decimal import Decimal

from toolkit.aggregate import fund_columns as columns
from toolkit.aggregate.draft import Draft
from toolkit.aggregate.layout import BALANCE_LABELS, CHARTS, MasterLayout
from toolkit.aggregate.plan import NOT_RETURNED, RETURNED
from toolkit.aggregate.region import FIRST_ROW, HEADING_ROW, Region, quoted
from toolkit.aggregate.summary_sheet import HIGHEST, LOWEST, MEAN, SUM, sum_row
from toolkit.aggregate.sums import Sums
from toolkit.excel.new_book import ChartKind, Look, NewChart, NewSheet
from toolkit.model import PROVISIONAL, Severity
from toolkit.text.problem_kinds import KINDS, OF_THE_PLAN

_SUMS = {
    "预算资金合计": columns.BUDGET,
    "实际到位合计": columns.ARRIVED,
    "实际支出合计": columns.SPENT,
    "累计支付合计": columns.CUMULATIVE,
}
_SUM_RATES = ("资金到位率", "预算执行率")
_FIGURES, _FIGURES_OF_ONE = 18, 17
_TOTALS = (Look.SCORE, Look.PROVISIONAL_SCORE)
ONE_SCORE = "综合得分"
SCORES = {"平均得分": MEAN, "最高得分": HIGHEST, "最低得分": LOWEST}
_LAST_COLUMN = 11
_WIDTHS = {1: 26.0, 2: 16.0, 3: 3.0} | dict.fromkeys(range(4, _LAST_COLUMN + 1), 15.29)
_WIDE, _HALF = (888, 540), (436, 440)  # pixels: a column is 112 wide, a row 28 high
_UPPER, _LOWER_LEFT, _LOWER_RIGHT = "D4", "D24", "H24"
_CROWDED, _MANY = 16, 60
"""Projects beyond which labels of single columns stand on end, and beyond which they cannot be read."""


def overall_region(place: MasterLayout) -> Region:
    """The named figures."""
    return Region(CHARTS, BALANCE_LABELS, _FIGURES_OF_ONE if place.plan.one_score else _FIGURES)


def grade_region(place: MasterLayout) -> Region:
    """The number of projects by grade, under the figures and a heading; nothing where one thing is scored."""
    start = overall_region(place).last_row + 3
    counted = f"项目数{PROVISIONAL}" if place.provisional else "项目数"
    return Region(CHARTS, ("等级", counted), len(grade_names(place)), start)


def grade_names(place: MasterLayout) -> tuple[str, ...]:
    """Grades whose projects are counted, best first."""
    bands = () if place.plan.one_score else sorted(place.plan.scheme.grade_bands, reverse=True)
    return tuple(band.name for band in bands)


def kind_region(place: MasterLayout) -> Region:
    """The number of findings by kind of problem, under the grades and a heading."""
    above = overall_region(place) if place.plan.one_score else grade_region(place)
    return Region(CHARTS, ("问题类别", "项数"), len(KINDS), above.last_row + 3)


def chart_sheet(place: MasterLayout, found: Sums) -> NewSheet:
    """Draw the sheet; its figures are those of sheets 汇总 and 资金核查."""
    region, scheme = overall_region(place), place.plan.scheme
    draft = Draft(region, _WIDTHS)
    note = "左侧数值均取自《汇总》《资金核查》等表的公式；问题数不含方案、清单和评审意见自身的问题；图表可直接编辑。"
    draft.frame(f"{scheme.title}总体情况", note, _LAST_COLUMN)
    numbers = {f"{severity.label}数": Decimal(found.of_units[severity.label]) for severity in Severity}
    for row, (name, look, formula) in enumerate(_figures(place), FIRST_ROW):
        unit = f"（{scheme.money_unit}）" if look is Look.AMOUNT else "（分）" if look in _TOTALS else ""
        draft.put(row, "项目", f"{name}{unit}", Look.TEXT)
        draft.formula(row, "数值", formula, look, known=numbers.get(name))
    _grades(draft, place)
    _kinds(draft, place, found)
    return NewSheet(
        CHARTS,
        draft.cells,
        tuple(draft.merges),
        draft.widths,
        draft.heights,
        freeze=(HEADING_ROW, 0),
        charts=tuple(_charts(place)),
        one_page=True,
    )


def _figures(place: MasterLayout) -> Iterator[tuple[str, Look, str]]:
    yield "项目数", Look.PLAIN, f"=COUNTA({place.projects('项目名称')})"
    yield "单位数", Look.PLAIN, f"=COUNTA({place.unit.area('责任单位')})"
    for name, word in (("已报送数", RETURNED), ("未报送数", NOT_RETURNED)):
        yield name, Look.PLAIN, f'=COUNTIF({place.projects("报送状态")},"{word}")'
    yield "已评分数", Look.PLAIN, f"=COUNT({place.summary.area('总分')})"
    total = Look.PROVISIONAL_SCORE if place.provisional else Look.SCORE
    if place.plan.one_score:
        yield ONE_SCORE, total, _same(place.summary, "总分", FIRST_ROW)
        grade = Look.PROVISIONAL if place.provisional else Look.CENTRED
        yield "绩效等级", grade, _same(place.summary, "等级", FIRST_ROW)
    for name, label in SCORES.items() if not place.plan.one_score else ():
        yield name, total, _same(place.summary, "总分", sum_row(place, label))
    yield "合同金额合计", Look.AMOUNT, _same(place.summary, "合同金额", sum_row(place, SUM))
    for name, key in _SUMS.items():
        yield name, Look.AMOUNT, _same(place.fund, key, place.fund.sum_row)
    for name in _SUM_RATES:
        yield name, Look.RATE, _same(place.fund, name, place.fund.sum_row)
    for severity in Severity:
        yield f"{severity.label}数", Look.PLAIN, _of_units(place, severity)


def _of_units(place: MasterLayout, severity: Severity) -> str:
    """How many findings are about what units sent, not about scheme, roster or opinions."""

    def count(part: Region) -> str:
        same = f"{part.area('严重程度')},{quoted(severity.label)}"
        others = "".join(f'-COUNTIFS({same},{part.area("检查编号")},"{code}*")' for code in OF_THE_PLAN)
        return f"COUNTIF({same}){others}"

    return f"={place.finding.added(count)}"


def _same(region: Region, heading: str, row: int) -> str:
    return f"={region.address(heading, row)}"


def _grades(draft: Draft, place: MasterLayout) -> None:
    if place.plan.one_score:
        return
    region = _headed(draft, grade_region(place))
    for row, name in enumerate(grade_names(place), region.first_row):
        draft.cell(row, 1, name, Look.CENTRED)
        draft.cell(row, 2, None, Look.WHOLE, f"=COUNTIF({place.summary.area('等级')},A{row})")


def _kinds(draft: Draft, place: MasterLayout, found: Sums) -> None:
    region = _headed(draft, kind_region(place))
    for row, kind in enumerate(KINDS, region.first_row):
        draft.cell(row, 1, kind.name, Look.CENTRED)
        number = Decimal(found.kinds[kind.name])
        counted = place.finding.counted("问题类别", f"A{row}")
        draft.cell(row, 2, number, Look.WHOLE, f"={counted}")


def _headed(draft: Draft, region: Region) -> Region:
    for column, word in enumerate(region.headings, 1):
        draft.cell(region.first_row - 1, column, word, Look.HEADING)
    return region


def _charts(place: MasterLayout) -> Iterator[NewChart]:
    """Several projects: scores, grades, dimensions. One score only: dimensions and indicators."""
    rates, split = place.rate, FIRST_ROW + len(place.dimension)
    dimensions = (rates.area("一级指标", None, split - 1), rates.area("得分率", None, split - 1))
    if sum(entry.sheet is not None for entry in place.entries) > 1:
        summary, grades = place.summary, grade_region(place)
        labels, crowded = len(place.entries) <= _MANY, len(place.entries) > _CROWDED
        names, totals = summary.area("序号"), summary.area("总分")
        title = "各项目得分（横轴为项目序号）"
        top = float(place.plan.scheme.total_mark)
        yield NewChart(ChartKind.COLUMN, title, names, totals, _UPPER, _WIDE, "0.0", "0", top, labels, crowded)
        counts = (grades.area(grades.headings[0]), grades.area(grades.headings[1]))
        yield NewChart(ChartKind.COLUMN, "绩效等级分布（项目数）", *counts, _LOWER_LEFT, _HALF, "0", "0")
        yield NewChart(ChartKind.COLUMN, "一级指标得分率", *dimensions, _LOWER_RIGHT, _HALF, "0.00%", "0%", 1.0)
        return
    indicators = (rates.area("图中名称", split + 1), rates.area("得分率", split + 1))
    yield NewChart(ChartKind.COLUMN, "一级指标得分率", *dimensions, _UPPER, _WIDE, "0.00%", "0%", 1.0)
    size = (_WIDE[0], max(_WIDE[1], 22 * len(place.plan.scheme.indicators) + 80))
    yield NewChart(ChartKind.BAR, "三级指标得分率", *indicators, _LOWER_LEFT, size, "0.00%", "0%", 1.0)
