"""Sheets 自评复核, 分组对比, 采集数据: self scores against verified ones, kinds of projects, every field as data."""

from collections.abc import Hashable, Iterator, Mapping
from decimal import Decimal
from functools import partial
from itertools import islice

from toolkit.aggregate.draft import Draft, RowPlan, key_cell, own_value
from toolkit.aggregate.groups import groups
from toolkit.aggregate.layout import SELF_COUNTED, SELF_FULL, MasterLayout
from toolkit.aggregate.plan import NOTHING, key_of
from toolkit.aggregate.region import FIRST_ROW, Region, criterion_in, rounded
from toolkit.aggregate.self_scores import SelfSum, self_sums
from toolkit.aggregate.summary_sheet import MEAN_PLACES
from toolkit.excel.new_book import ROW, LongTable, Look, NewCell, NewRow, NewSheet, Own, OwnCell
from toolkit.model import FieldType, Project

_SELF_WIDTHS = (8.0, 9.0, 44.0, 11.0, 11.0, 11.0, 11.0, 11.0)
_GROUP_WIDTHS = (14.0, 30.0, 14.0, 12.0, 16.0)
_LOOKS = {
    FieldType.AMOUNT: Look.AMOUNT,
    FieldType.RATE: Look.RATE,
    FieldType.DATE: Look.DAY,
    FieldType.TEXT: Look.TEXT,
}
EVERYTHING, OF_PROJECT, OF_INDICATOR = "全部", "项目", "指标"
_GIVEN = '">=0"'
_KNOWN = f'"<>{NOTHING}"'


def self_sheet(place: MasterLayout) -> NewSheet:
    """Draw sheet 自评复核: over everything, by project, by indicator, of lines that have a self score."""
    region = place.self_score
    draft = Draft(region, dict(enumerate(_SELF_WIDTHS, 1)))
    note = (
        "只比较有自评分的指标，待评定的不比较；有指标不适用、分值折算的项目，自评分按同一比例折算后比较。"
        "差额=自评分-复核分；按项目和按指标的合计与“全部”相等。全部为公式，由《指标得分》计算。"
    )
    draft.frame(f"{place.plan.scheme.title}自评复核对照表", note, len(region.headings))
    rows = _SelfRows(place, draft.widths)
    return draft.list_sheet(3, table=LongTable(FIRST_ROW, region.rows, rows.rows))


class _SelfRows:
    """Rows of sheet 自评复核."""

    def __init__(self, place: MasterLayout, widths: Mapping[int, float]) -> None:
        self._place = place
        everything, projects, indicators = self_sums(place)
        self._sums = {EVERYTHING: {NOTHING: everything}, OF_PROJECT: projects, OF_INDICATOR: indicators}
        self._plans: dict[Hashable, RowPlan] = {}
        self._widths = widths

    def rows(self, start: int) -> Iterator[NewRow]:
        """Rows from the n-th on, counted from 0."""
        return (self._row(*row) for row in islice(self_rows(self._place), start, None))

    def _row(self, scope: str, code: str | Decimal, name: str, criteria: str) -> NewRow:
        own = self._sums[scope].get(str(code)) or SelfSum()
        kind = (scope, criteria, isinstance(code, Decimal))
        plan = self._plans.get(kind)
        if plan is None:
            plan = self._plans[kind] = self._plan(*kind)
        lost = own.claimed - own.verified
        return plan.row((scope, code, name, Decimal(own.number), own.claimed, own.verified, lost, Decimal(own.full)))

    def _plan(self, scope: str, criteria: str, number: bool) -> RowPlan:
        """What rows have alike whose criteria read alike."""
        region, lines = self._place.self_score, self._place.line
        within = partial(_within, scope, criteria)

        def added(heading: str) -> str:
            return lines.added(lambda part: f"SUMIFS({part.area(heading)},{within(part)})")

        counted = lines.added(lambda part: f"COUNTIFS({within(part)})")
        full = lines.added(lambda part: f'COUNTIFS({within(part)},{part.area(SELF_FULL)},"是")')
        claimed, verified = (region.here(heading, ROW) for heading in ("自评分", "复核分"))
        cells = {
            "范围": OwnCell(Look.CENTRED),
            "编号": OwnCell(Look.WHOLE if number else Look.CENTRED),
            "名称": OwnCell(Look.TEXT),
            "自评指标数": OwnCell(Look.WHOLE, f"={counted}"),
            "自评分": OwnCell(Look.SCORE, f"=ROUND({added(SELF_COUNTED)},6)"),
            "复核分": OwnCell(Look.SCORE, f"=ROUND({added('得分')},6)"),
            "差额": OwnCell(Look.SCORE, f"=ROUND({claimed}-{verified},6)"),
            "自评满分数": OwnCell(Look.WHOLE, f"={full}"),
        }
        return RowPlan(region, self._widths, cells)


def self_rows(place: MasterLayout) -> Iterator[tuple[str, str | Decimal, str, str]]:
    """Scope, code, name and criteria on sheet 指标得分 of every row."""
    code = place.self_score.here("编号", ROW)
    yield EVERYTHING, NOTHING, "全部项目和指标", ""
    for entry in place.entries:
        if entry.sheet:
            key, own = (entry.key, code) if isinstance(entry.key, Decimal) else (entry.id, criterion_in(code, entry.id))
            yield OF_PROJECT, key, entry.name, own
    for indicator in place.plan.scheme.indicators:
        yield OF_INDICATOR, indicator.code, indicator.name, criterion_in(code, indicator.code)


def _within(scope: str, criteria: str, lines: Region) -> str:
    column = "项目序号" if scope == OF_PROJECT else "指标编号"
    return f"{lines.area(SELF_COUNTED)},{_GIVEN}" + (f",{lines.area(column)},{criteria}" if criteria else "")


def group_sheet(place: MasterLayout) -> NewSheet:
    """Draw sheet 分组对比: scored projects by type and by size of contract."""
    region = place.group
    draft = Draft(region, dict(enumerate(_GROUP_WIDTHS, 1)))
    note = "只计已评分的项目；合同金额为这些项目之和，没有合同金额的不计入规模分档。全部为公式，由《汇总》计算。"
    draft.frame(f"{place.plan.scheme.title}分组对比", note, len(region.headings))
    totals = place.projects("总分")
    for row, group in enumerate(groups(place.plan), FIRST_ROW):
        within = "".join(f",{place.projects(heading)},{test}" for heading, test in group.criteria)
        scored = f"{totals},{_KNOWN}{within}"
        mean = rounded(f"SUMIFS({totals},{scored})/COUNTIFS({scored})", MEAN_PLACES)
        draft.put(row, "分组", group.sort, Look.CENTRED)
        draft.put(row, "组", group.name, Look.TEXT)
        draft.formula(row, "已评分项目数", f"=COUNTIFS({scored})", Look.WHOLE)
        draft.formula(row, "平均得分", f'=IFERROR({mean},"{NOTHING}")', Look.SCORE)
        draft.formula(row, "合同金额", f"=SUMIFS({place.projects('合同金额')},{scored})", Look.AMOUNT)
    return draft.list_sheet(2)


def collected_sheet(place: MasterLayout) -> NewSheet:
    """Draw sheet 采集数据: every field of the collection workbook one column, as verified; blank where nothing came."""
    region, plan = place.collected, place.plan
    fields = [field for field in plan.scheme.fields if not field.table]
    draft = Draft(region, {1: 8.0, 2: 36.0, **dict.fromkeys(range(3, len(fields) + 3), 16.0)})
    words = ["序号", "项目", *(f"{field.key}\n（{field.unit}）" if field.unit else field.key for field in fields)]
    note = "各单位填报、经评价人核定后的数据，每个字段一列；空白为没有取得。可直接用于透视和筛选。"
    draft.frame(f"{plan.scheme.title}采集数据", note, min(len(region.headings), 12), words)
    looks = [_LOOKS.get(field.type, Look.PLAIN) for field in fields]
    numbers = [field.type is not FieldType.TEXT for field in fields]
    columns = [OwnCell(look if number else Look.CENTRED) for look, number in zip(looks, numbers, strict=True)]
    cells = {"序号": OwnCell(Look.WHOLE), "项目": OwnCell(Look.TEXT)}
    rows = RowPlan(region, draft.widths, cells | dict(zip(region.headings[2:], columns, strict=True)))
    described = [(field.key, look, number) for field, look, number in zip(fields, looks, numbers, strict=True)]

    def row(project: Project) -> NewRow:
        values, key = plan.fields.get(project.id), key_of(project.id)
        own: list[Own] = [key if isinstance(key, Decimal) else key_cell(key), project.name]
        for name, look, number in described:
            value = own_value(values.value(name)) if values else None
            if isinstance(value, Decimal) is not number and not isinstance(value, NewCell):
                value = NewCell(value, look if isinstance(value, Decimal) else Look.CENTRED)
            own.append(value)
        return rows.row(own)

    projects = plan.roster.projects
    table = LongTable(
        FIRST_ROW, len(projects), lambda start: (row(projects[number]) for number in range(start, len(projects)))
    )
    return draft.list_sheet(2, table=table)
