"""Sheet 指标得分: every indicator of every project, its score the rule's own formula over the values beside it."""

from collections.abc import Mapping
from decimal import Decimal

from toolkit.aggregate.draft import Draft, typed
from toolkit.aggregate.layout import (
    EARNED_ALL,
    SELF_COUNTED,
    SELF_FULL,
    SELF_GIVEN,
    UNIT_NOTE,
    MasterLayout,
    value_heading,
)
from toolkit.aggregate.plan import Entry
from toolkit.aggregate.region import FIRST_ROW, Region, rounded
from toolkit.aggregate.self_scores import self_score
from toolkit.aggregate.shades import column_area
from toolkit.excel.addresses import cell_name
from toolkit.excel.new_book import Highlight, Look, NewSheet, Shade
from toolkit.formula import rename
from toolkit.model import FieldType, LineState, NotApplicable, ScoreLine
from toolkit.text import plain

_FULL_MARK = "分值"
_LABELS, _SHORTEST_LABEL = 60, 6  # characters: column 取值项 must not make rows higher than their explanation
_LOOKS = {FieldType.RATE: Look.RATE, FieldType.DATE: Look.DAY, FieldType.AMOUNT: Look.AMOUNT}
_WIDTHS = {
    "项目序号": 6.0,
    "项目名称": 27.0,
    "指标编号": 8.0,
    "一级指标": 9.0,
    "二级指标": 12.0,
    "三级指标": 18.0,
    "状态": 11.5,
    "分值": 7.0,
    "计分值": 8.0,
    "得分": 8.0,
    "评分规则": 10.0,
    "得分说明": 46.0,
    "评价理由": 22.0,
    "评价人": 8.0,
    "复核人": 8.0,
    "参评": 6.0,
    EARNED_ALL: 7.0,
    SELF_GIVEN: 8.0,
    SELF_COUNTED: 9.0,
    SELF_FULL: 7.0,
    UNIT_NOTE: 30.0,
    "取值项": 72.0,
}
_LAST_PRINTED = "复核人"
_NOTE = (
    "“得分”为评分规则的Excel公式，按本行“分值”和“取值”实时计算；有指标不适用需折算时，“计分值”为折算后的分值。"
    "“状态”不是“已评分”的行不取规则得分。“取值”各列在打印区域之外。"
)


def line_sheet(place: MasterLayout) -> NewSheet:
    """Draw the sheet."""
    region = place.line
    values = [value_heading(n) for n in range(max((len(line.inputs) for _, line in place.lines), default=1))]
    widths = _WIDTHS | dict.fromkeys(values, 13.0)
    draft = Draft(region, {n: widths[heading] for n, heading in enumerate(region.headings, 1)})
    last = region.column(_LAST_PRINTED)
    draft.frame(f"{place.plan.scheme.title}指标得分明细表", _NOTE, last)
    kinds = _kinds(place)
    blocks = _blocks(place)
    for row, (entry, line) in enumerate(place.lines, FIRST_ROW):
        _facts(draft, row, entry, line)
        _values(draft, row, line, kinds, values)
        mark = _shared_mark(row, blocks[entry.id], place) if entry.renormalised else _own_mark(row, line, place)
        draft.put(row, "计分值", line.effective_mark, Look.SCORE, mark)
        draft.put(row, "得分", line.score, Look.SCORE, _score(row, entry, line, place))
        draft.formula(row, EARNED_ALL, _earned_all(region, row), Look.CENTRED)
        _self_score(draft, row, entry, line, place)
        _unit_note(draft, row, entry, line, place)
    return draft.list_sheet(
        3,
        print_area=f"A1:{cell_name(region.last_row, last)}",
        highlights=_highlights(region),
    )


def _score(row: int, entry: Entry, line: ScoreLine, place: MasterLayout) -> str:
    """The line's rule over the row's own cells, its state and 不适用 taken into account."""
    region = place.line
    names = {asked.local: region.here(value_heading(n), row) for n, asked in enumerate(line.inputs)}
    rule = rename(line.formula.lstrip("="), {**names, _FULL_MARK: region.here("分值", row)})
    state = region.here("状态", row)
    full, counted = region.here("分值", row), region.here("计分值", row)
    if entry.renormalised:
        rule = rounded(f"{rule}*{counted}/{full}", place.plan.scheme.score_places)
    given = place.plan.scheme.not_applicable is NotApplicable.FULL_MARK and line.effective_mark != 0
    left_out = full if given else "0"
    otherwise = f'IF({state}="{LineState.NOT_APPLICABLE}",{left_out},0)' if left_out != "0" else "0"
    return f'=IF({state}="{LineState.SCORED}",{rule},{otherwise})'


def _self_score(draft: Draft, row: int, entry: Entry, line: ScoreLine, place: MasterLayout) -> None:
    """What the unit gave itself, and the same on the mark the line counts for; blank where it gave nothing."""
    region, given = place.line, self_score(place.plan, entry, line, place.places)
    if given is None:
        return
    claimed, full, counted = (region.here(heading, row) for heading in (SELF_GIVEN, "分值", "计分值"))
    shared = f"={rounded(f'{claimed}*{counted}/{full}', place.places)}" if entry.renormalised else ""
    draft.put(row, SELF_GIVEN, given.written, Look.SCORE)
    draft.put(row, SELF_COUNTED, given.counted, Look.SCORE, shared)
    draft.put(row, SELF_FULL, "是" if given.full else "否", Look.CENTRED)


def _earned_all(region: Region, row: int) -> str:
    counts, got, mark = (region.here(heading, row) for heading in ("参评", "得分", "计分值"))
    return f'=IF(AND({counts}="是",ROUND({got}-{mark},6)>=0),"是","否")'


def _own_mark(row: int, line: ScoreLine, place: MasterLayout) -> str:
    """The mark of the scheme; nothing, where an indicator of other projects is left out."""
    region, scheme = place.line, place.plan.scheme
    full = region.here("分值", row)
    if line.effective_mark == line.full_mark and scheme.not_applicable is not NotApplicable.RENORMALISE:
        return f"={full}"
    return f'=IF({region.here("状态", row)}="{LineState.NOT_APPLICABLE}",0,{full})'


def _shared_mark(row: int, block: tuple[int, int], place: MasterLayout) -> str:
    """The total shared out over the project's lines that apply, rounded as the marks add up so that none is lost."""
    region, scheme, (first, last) = place.line, place.plan.scheme, block

    def reached(end: int) -> str:
        applying = f'{_block(region, "状态", first, end)},"<>{LineState.NOT_APPLICABLE}"'
        return f"SUMIFS({_block(region, '分值', first, end)},{applying})"

    quotients = [f"{reached(end)}*{plain(scheme.total_mark)}/{reached(last)}" for end in (row, row - 1) if end >= first]
    shared = "-".join(rounded(quotient, scheme.score_places) for quotient in quotients)
    return f'=IF({region.here("状态", row)}="{LineState.NOT_APPLICABLE}",0,{shared})'


def _block(region: Region, heading: str, first: int, last: int) -> str:
    return region.area(heading, first, last).partition("!")[2]


def _blocks(place: MasterLayout) -> dict[str, tuple[int, int]]:
    """First and last row of every entry's lines."""
    blocks: dict[str, tuple[int, int]] = {}
    for row, (entry, _) in enumerate(place.lines, FIRST_ROW):
        blocks[entry.id] = (blocks.get(entry.id, (row, row))[0], row)
    return blocks


def _kinds(place: MasterLayout) -> dict[tuple[str, str], Look]:
    return {
        (indicator.code, asked.local): _LOOKS.get(asked.type, Look.PLAIN)
        for indicator in place.plan.scheme.indicators
        for asked in indicator.inputs
    }


def _facts(draft: Draft, row: int, entry: Entry, line: ScoreLine) -> None:
    draft.put(row, "项目序号", entry.key, Look.WHOLE if isinstance(entry.key, Decimal) else Look.CENTRED)
    draft.put(row, "项目名称", entry.name, Look.SMALL)
    draft.put(row, "指标编号", line.code, Look.CENTRED)
    draft.put(row, "一级指标", line.dimension, Look.CENTRED)
    draft.put(row, "二级指标", line.group, Look.CENTRED)
    draft.put(row, "三级指标", line.name, Look.TEXT)
    draft.put(row, "状态", line.state.value, Look.CENTRED)
    draft.put(row, "分值", line.full_mark, Look.SCORE)
    draft.put(row, "评分规则", line.rule, Look.CENTRED)
    draft.put(row, "得分说明", line.because, Look.TEXT)
    draft.put(row, "评价理由", line.reason, Look.TEXT)
    draft.put(row, "评价人", line.evaluator, Look.CENTRED)
    draft.put(row, "复核人", line.reviewer, Look.CENTRED)
    counts = line.state is not LineState.NOT_APPLICABLE
    draft.put(row, "参评", "是" if counts else "否", Look.CENTRED)


def _unit_note(draft: Draft, row: int, entry: Entry, line: ScoreLine, place: MasterLayout) -> None:
    """What the unit wrote beside an indicator, where one project is scored alone."""
    submission = place.plan.submissions.get(entry.id)
    said = submission.value(f"说明_{line.code}") if submission else None
    if UNIT_NOTE in place.line.headings and isinstance(said, str) and said:
        draft.put(row, UNIT_NOTE, said, Look.TEXT)


def _values(
    draft: Draft, row: int, line: ScoreLine, kinds: Mapping[tuple[str, str], Look], headings: list[str]
) -> None:
    longest = max(_SHORTEST_LABEL, _LABELS // max(len(line.inputs), 1))
    labels = [asked.label if len(asked.label) <= longest else f"{asked.label[:longest]}…" for asked in line.inputs]
    numbered = labels if len(labels) == 1 else [f"{n}.{label}" for n, label in enumerate(labels, 1)]
    draft.put(row, "取值项", "；".join(numbered), Look.SMALL)
    for asked, heading in zip(line.inputs, headings, strict=False):
        typed(draft, row, heading, asked.value, kinds.get((line.code, asked.local), Look.PLAIN))


def _highlights(region: Region) -> tuple[Highlight, ...]:
    area = column_area(region, "状态")
    shades = {LineState.PENDING: Shade.AMBER, LineState.NO_DATA: Shade.RED, LineState.NOT_APPLICABLE: Shade.BLUE}
    return tuple(Highlight(area, shade, text=state.value) for state, shade in shades.items())
