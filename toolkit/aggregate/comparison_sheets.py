"""Sheets 自评复核, 分组对比, 采集数据: self scores against verified ones, kinds of projects, every field as data."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from toolkit.aggregate.draft import Draft, RowPlan, key_cell, own_value
from toolkit.aggregate.layout import SELF_COUNTED, SELF_FULL, MasterLayout, groups
from toolkit.aggregate.plan import NOTHING, key_of
from toolkit.aggregate.region import FIRST_ROW, Region, criterion, rounded
from toolkit.aggregate.self_scores import ComparedLine, compared_lines, sums
from toolkit.aggregate.summary_sheet import MEAN_PLACES
from toolkit.excel.new_book import LongTable, Look, NewCell, NewRow, NewSheet, Own, OwnCell
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
        "只比较有自评分的指标；有指标不适用、分值折算的项目，自评分按同一比例折算后比较。"
        "差额=自评分-复核分；按项目和按指标的合计与“全部”相等。全部为公式，由《指标得分》计算。"
    )
    draft.frame(f"{place.plan.scheme.title}自评复核对照表", note, len(region.headings))
    compared = _by_scope(compared_lines(place))
    for row, (scope, code, name, criteria) in enumerate(self_rows(place), FIRST_ROW):
        draft.put(row, "范围", scope, Look.CENTRED)
        draft.put(row, "编号", code, Look.WHOLE if isinstance(code, Decimal) else Look.CENTRED)
        draft.put(row, "名称", name, Look.TEXT)
        _compared(
            draft, row, sums(compared.get((scope, str(code)), ())), _within(scope, criteria, place.line), place.line
        )
    return draft.list_sheet(3)


def self_rows(place: MasterLayout) -> Iterator[tuple[str, str | Decimal, str, str]]:
    """Scope, code, name and criteria on sheet 指标得分 of every row."""
    yield EVERYTHING, NOTHING, "全部项目和指标", ""
    for entry in place.entries:
        if entry.sheet:
            key = f"{entry.key}" if isinstance(entry.key, Decimal) else criterion(entry.id)
            yield OF_PROJECT, entry.key if isinstance(entry.key, Decimal) else entry.id, entry.name, key
    for indicator in place.plan.scheme.indicators:
        yield OF_INDICATOR, indicator.code, indicator.name, criterion(indicator.code)


def _by_scope(compared: Iterable[ComparedLine]) -> dict[tuple[str, str], list[ComparedLine]]:
    """Scope and code of every row → its lines."""
    found: dict[tuple[str, str], list[ComparedLine]] = {}
    for line in compared:
        for key in ((EVERYTHING, NOTHING), (OF_PROJECT, line.project), (OF_INDICATOR, line.indicator)):
            found.setdefault(key, []).append(line)
    return found


def _within(scope: str, criteria: str, lines: Region) -> str:
    column = "项目序号" if scope == OF_PROJECT else "指标编号"
    return f"{lines.area(SELF_COUNTED)},{_GIVEN}" + (f",{lines.area(column)},{criteria}" if criteria else "")


def _compared(
    draft: Draft, row: int, values: tuple[Decimal, Decimal, Decimal, Decimal], within: str, lines: Region
) -> None:
    number, claimed, verified, full = values
    earned = lines.area(SELF_COUNTED), lines.area("得分")
    draft.put(row, "自评指标数", number, Look.WHOLE, f"=COUNTIFS({within})")
    draft.put(row, "自评分", claimed, Look.SCORE, f"=ROUND(SUMIFS({earned[0]},{within}),6)")
    draft.put(row, "复核分", verified, Look.SCORE, f"=ROUND(SUMIFS({earned[1]},{within}),6)")
    here = [draft.region.here(heading, row) for heading in ("自评分", "复核分")]
    draft.put(row, "差额", claimed - verified, Look.SCORE, f"=ROUND({here[0]}-{here[1]},6)")
    draft.put(row, "自评满分数", full, Look.WHOLE, f'=COUNTIFS({within},{lines.area(SELF_FULL)},"是")')


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
