"""Sheets 问题清单 and 数据来源: what was found, and the files everything rests on. No formulas, only text."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import starmap

from toolkit.aggregate.draft import Draft, RowPlan, parts_of
from toolkit.aggregate.layout import MasterLayout, source_rows
from toolkit.aggregate.plan import NOT_RETURNED, NOTHING, RETURNED
from toolkit.aggregate.region import FIRST_ROW
from toolkit.aggregate.shades import column_area, severity_highlights
from toolkit.excel.new_book import Highlight, LongTable, Look, NewRow, NewSheet, Own, OwnCell, Shade
from toolkit.model import Finding
from toolkit.text.problem_kinds import kind_of

_WIDTHS = (6.0, 8.5, 12.0, 14.0, 7.0, 14.0, 19.0, 13.0, 21.0, 11.0, 7.5, 42.0, 16.0, 16.0, 28.0, 20.0)
_SOURCE_WIDTHS = (8.0, 40.0, 50.0, 68.0, 24.0, 10.0)
_CENTRED = ("严重程度", "检查编号", "问题类别", "项目序号", "指标或字段", "工作表", "单元格")
_LOOKS = {**dict.fromkeys(_CENTRED, Look.CENTRED), "序号": Look.WHOLE, "问题": Look.TEXT}
_NOTE = "须更正：必须改正后重新报送；请核实：须说明或补充佐证；提示：已按规则处理，供了解。"


def finding_sheets(place: MasterLayout) -> Iterator[NewSheet]:
    """Draw sheet 问题清单, and those it goes on on."""
    region, widths = place.finding, dict(enumerate(_WIDTHS, 1))
    rows = RowPlan(region, widths, {heading: OwnCell(_LOOKS.get(heading, Look.SMALL)) for heading in region.headings})
    findings = place.findings

    def row(number: int) -> NewRow:
        return rows.row(_finding(number, findings[number], place))

    whole = LongTable(FIRST_ROW, len(findings), lambda start: map(row, range(start, len(findings))), place.names)
    for part, table in parts_of(region, whole):
        draft = Draft(part, widths)
        draft.frame(f"{place.plan.scheme.title}{part.sheet}", _NOTE, len(part.headings))
        if not findings:
            draft.merged(FIRST_ROW, len(part.headings), "没有发现问题", Look.CENTRED)
        yield draft.list_sheet(3, highlights=severity_highlights(part), table=table)


def _finding(number: int, finding: Finding, place: MasterLayout) -> tuple[Own, ...]:
    """The cells of a finding's row, in the order of the headings."""
    kind, entry = kind_of(finding, place.plan.scheme), place.entry(finding.project)
    return (
        Decimal(number + 1),
        finding.severity.label,
        finding.code,
        kind.name if kind else NOTHING,
        entry.key if entry else finding.project or NOTHING,
        entry.unit if entry else NOTHING,
        entry.name if entry else NOTHING,
        finding.indicator or NOTHING,
        finding.at.workbook or NOTHING,
        finding.at.sheet or NOTHING,
        finding.at.cell or NOTHING,
        finding.words,
        str(finding.found) or NOTHING,
        str(finding.expected) or NOTHING,
        finding.hint or NOTHING,
        finding.explanation or NOTHING,
    )


def source_sheet(place: MasterLayout) -> NewSheet:
    """Draw sheet 数据来源."""
    region, scheme = place.source, place.plan.scheme
    draft = Draft(region, dict(enumerate(_SOURCE_WIDTHS, 1)))
    note = (
        f"评价方案：{scheme.title}，版本{scheme.version}，文件指纹（SHA-256）{scheme.sha256 or '未记录'}；"
        f"生成工具：绩效核查工具箱 {place.plan.tool_version}。原件按指纹存档，指纹相同即内容相同。"
    )
    draft.frame(f"{scheme.title}数据来源", note, len(region.headings))
    cells = {"项目序号": OwnCell(Look.CENTRED), "项目名称": OwnCell(Look.TEXT), "文件名": OwnCell(Look.TEXT)}
    cells |= {"文件指纹（SHA-256）": OwnCell(Look.SMALL)}
    rows = RowPlan(region, draft.widths, cells | dict.fromkeys(("收到时间", "报送状态"), OwnCell(Look.CENTRED)))
    sources = source_rows(place.plan)

    def row(project: str, name: str, digest: str, received: str) -> NewRow:
        entry = place.entry(project)
        whose = entry.key if entry else project or NOTHING
        owner, when = entry.name if entry else NOTHING, received.replace("T", " ")
        state = RETURNED if name else NOT_RETURNED
        return rows.row((whose, owner, name or NOTHING, digest or NOTHING, when or NOTHING, state))

    state = column_area(region, "报送状态")
    table = LongTable(FIRST_ROW, len(sources), lambda start: starmap(row, sources[start:]))
    return draft.list_sheet(2, highlights=(Highlight(state, Shade.RED, text=NOT_RETURNED),), table=table)
