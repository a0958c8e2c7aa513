"""Sheet 指标得分: every indicator of every project, its score the rule's own formula over the values beside it."""

from bisect import bisect_right
from collections.abc import Hashable, Iterator
from decimal import Decimal
from itertools import accumulate

from toolkit.aggregate.draft import Draft, RowPlan, key_cell, own_value, parts_of
from toolkit.aggregate.layout import (
    EARNED_ALL,
    SELF_COUNTED,
    SELF_FULL,
    SELF_GIVEN,
    UNIT_NOTE,
    MasterLayout,
    value_heading,
)
from toolkit.aggregate.region import FIRST_ROW, Region, rounded
from toolkit.aggregate.self_scores import self_score
from toolkit.aggregate.shades import column_area
from toolkit.aggregate.sums import counts, earned_all
from toolkit.excel.addresses import cell_name
from toolkit.excel.new_book import ROW, Highlight, LongTable, Look, NewCell, NewRow, NewSheet, Own, OwnCell, Shade
from toolkit.formula import rename
from toolkit.model import FieldType, LineState, NotApplicable, ScoreLine, Submission, Value
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


def line_sheets(place: MasterLayout) -> Iterator[NewSheet]:
    """Draw the sheet, and those it goes on on."""
    rows, last = _Rows(place), place.line.column(_LAST_PRINTED)
    names = tuple(entry.name for entry in place.entries)
    for part, table in parts_of(place.line, LongTable(FIRST_ROW, place.line.rows, rows.rows, names)):
        draft = Draft(part, rows.widths)
        draft.frame(f"{place.plan.scheme.title}{part.sheet}明细表", _NOTE, last)
        yield draft.list_sheet(
            3,
            print_area=f"A1:{cell_name(part.last_row, last)}",
            highlights=_highlights(part),
            table=table,
        )


class _Rows:
    """The rows: what an indicator's lines have alike is put together once for each state that they can have.

    Attributes:
        widths: column → width.
    """

    def __init__(self, place: MasterLayout) -> None:
        self._place = place
        known = map(value_heading, range(len(place.line.headings)))
        self._values = tuple(heading for heading in known if heading in place.line.headings)
        widths = _WIDTHS | dict.fromkeys(self._values, 13.0)
        self.widths = {n: widths[heading] for n, heading in enumerate(place.line.headings, 1)}
        self._kinds, self._noted = _kinds(place), UNIT_NOTE in place.line.headings
        self._plans: dict[Hashable, RowPlan] = {}
        self._scored = tuple(entry for entry in place.entries if entry.sheet)
        counts = (len(entry.sheet.own_lines) for entry in self._scored if entry.sheet)
        self._starts = tuple(accumulate(counts, initial=0))

    def rows(self, start: int) -> Iterator[NewRow]:
        """Rows from the n-th on, counted from 0."""
        first = bisect_right(self._starts, start) - 1
        for number in range(first, len(self._scored)):
            yield from self._of_entry(number, max(start - self._starts[number], 0))

    def _of_entry(self, number: int, skipped: int) -> Iterator[NewRow]:
        """The rows of one entry, without its first ones."""
        entry, place = self._scored[number], self._place
        first = place.line.part_at(self._starts[number] + FIRST_ROW)[1]
        block = first, first + self._starts[number + 1] - self._starts[number] - 1
        key, name, renormalised, most = entry.key, entry.name, entry.renormalised, len(self._values)
        submission = place.plan.submissions.get(entry.id)
        own_lines = entry.sheet.own_lines[skipped:] if entry.sheet else ()
        for row, line in enumerate(own_lines, block[0] + skipped):
            given = self_score(line, place.places)
            note = _unit_note(submission, line) if self._noted else ""
            own: list[Own] = [key, name]
            if renormalised:
                own.append(NewCell(line.effective_mark, Look.SCORE, _shared_mark(row, block, place)))
            own += (line.score, line.because)
            own += filter(None, (line.reason, line.evaluator, line.reviewer))
            own += [own_value(asked.value) for asked in line.inputs[:most]]
            if given:
                own.append(given.written)
            if given and line.state is not LineState.PENDING:
                own += (given.counted, "是" if given.full else "否")
            if note:
                own.append(note)
            yield self._plan(line, key, renormalised, given is not None, bool(note)).row(own)

    def _plan(self, line: ScoreLine, key: Value, renormalised: bool, claimed: bool, noted: bool) -> RowPlan:
        """What lines of this kind have alike."""
        asked = tuple([(asked.local, asked.label, asked.value.__class__) for asked in line.inputs])
        said = bool(line.reason), bool(line.evaluator), bool(line.reviewer), key.__class__
        mark = None if renormalised else line.effective_mark
        kind = (
            *(line.code, line.state, line.full_mark, line.formula, line.rule, line.name, line.group, line.dimension),
            *(asked, said, mark, not line.effective_mark, earned_all(line), claimed, noted),
        )
        known = self._plans.get(kind)
        if known is None:
            cells = self._cells(line, renormalised, claimed, noted) | {"项目序号": OwnCell(key_cell(key).look)}
            known = self._plans[kind] = RowPlan(self._place.line, self.widths, cells)
        return known

    def _cells(self, line: ScoreLine, renormalised: bool, claimed: bool, noted: bool) -> dict[str, NewCell | OwnCell]:
        """Heading → cell of a row; what each row has of its own is left open."""
        place = self._place
        cells: dict[str, NewCell | OwnCell] = {
            "项目名称": OwnCell(Look.SMALL),
            "指标编号": NewCell(line.code, Look.CENTRED),
            "一级指标": NewCell(line.dimension, Look.CENTRED),
            "二级指标": NewCell(line.group, Look.CENTRED),
            "三级指标": NewCell(line.name, Look.TEXT),
            "状态": NewCell(line.state.value, Look.CENTRED),
            "分值": NewCell(line.full_mark, Look.SCORE),
            "计分值": NewCell(line.effective_mark, Look.SCORE, _own_mark(line, place)),
            "得分": OwnCell(Look.SCORE, _score(line, renormalised, place)),
            "评分规则": NewCell(line.rule, Look.CENTRED),
            "得分说明": OwnCell(Look.TEXT),
            "评价理由": OwnCell(Look.TEXT) if line.reason else NewCell("", Look.TEXT),
            "评价人": OwnCell(Look.CENTRED) if line.evaluator else NewCell("", Look.CENTRED),
            "复核人": OwnCell(Look.CENTRED) if line.reviewer else NewCell("", Look.CENTRED),
            "参评": NewCell("是" if counts(line) else "否", Look.CENTRED),
            "取值项": NewCell(_labels(line), Look.SMALL),
        }
        for asked, heading in zip(line.inputs, self._values, strict=False):
            look = self._kinds.get((line.code, asked.local), Look.PLAIN)
            cells[heading] = OwnCell(look if isinstance(asked.value, Decimal) else Look.CENTRED)
        cells[EARNED_ALL] = NewCell("是" if earned_all(line) else "否", Look.CENTRED, _earned_all_formula(place.line))
        if renormalised:
            cells["计分值"] = OwnCell(Look.SCORE)
        if claimed:
            cells[SELF_GIVEN] = OwnCell(Look.SCORE)
        if claimed and line.state is not LineState.PENDING:
            shared = _shared_self_score(place) if renormalised else ""
            cells |= {SELF_COUNTED: OwnCell(Look.SCORE, shared), SELF_FULL: OwnCell(Look.CENTRED)}
        return cells | ({UNIT_NOTE: OwnCell(Look.TEXT)} if noted else {})


def _score(line: ScoreLine, renormalised: bool, place: MasterLayout) -> str:
    """The line's rule over the row's own cells, its state and 不适用 taken into account."""
    region = place.line
    names = {asked.local: region.here(value_heading(n), ROW) for n, asked in enumerate(line.inputs)}
    rule = rename(line.formula.lstrip("="), {**names, _FULL_MARK: region.here("分值", ROW)})
    state = region.here("状态", ROW)
    full, counted = region.here("分值", ROW), region.here("计分值", ROW)
    if renormalised:
        rule = rounded(f"{rule}*{counted}/{full}", place.plan.scheme.score_places)
    given = place.plan.scheme.not_applicable is NotApplicable.FULL_MARK and line.effective_mark != 0
    left_out = full if given else "0"
    otherwise = f'IF({state}="{LineState.NOT_APPLICABLE}",{left_out},0)' if left_out != "0" else "0"
    return f'=IF({state}="{LineState.SCORED}",{rule},{otherwise})'


def _shared_self_score(place: MasterLayout) -> str:
    """What the unit gave itself, on the mark the line counts for."""
    claimed, full, counted = (place.line.here(heading, ROW) for heading in (SELF_GIVEN, "分值", "计分值"))
    return f"={rounded(f'{claimed}*{counted}/{full}', place.places)}"


def _earned_all_formula(region: Region) -> str:
    counts, got, mark = (region.here(heading, ROW) for heading in ("参评", "得分", "计分值"))
    return f'=IF(AND({counts}="是",ROUND({got}-{mark},6)>=0),"是","否")'


def _own_mark(line: ScoreLine, place: MasterLayout) -> str:
    """The mark of the scheme; nothing, where an indicator of other projects is left out."""
    region, scheme = place.line, place.plan.scheme
    full = region.here("分值", ROW)
    if line.effective_mark == line.full_mark and scheme.not_applicable is not NotApplicable.RENORMALISE:
        return f"={full}"
    return f'=IF({region.here("状态", ROW)}="{LineState.NOT_APPLICABLE}",0,{full})'


def _shared_mark(row: int, block: tuple[int, int], place: MasterLayout) -> str:
    """The total shared out over the project's lines that apply, rounded as the marks add up so that none is lost.

    It names its own row, and the project's first and last one: all lines of a project have one formula.
    """
    region, scheme, (first, last) = place.line, place.plan.scheme, block
    state, mark = region.here("状态", row), region.here("分值", row)

    def down_to(end: str) -> str:
        marks, states = (
            f"{region.here(heading, f'${first}')}:{region.here(heading, end)}" for heading in ("分值", "状态")
        )
        return f'SUMIFS({marks},{states},"<>{LineState.NOT_APPLICABLE}")'

    here, everything = down_to(str(row)), f"{plain(scheme.total_mark)}/{down_to(f'${last}')}"
    shares = (rounded(f"{reached}*{everything}", scheme.score_places) for reached in (here, f"({here}-{mark})"))
    return f'=IF({state}="{LineState.NOT_APPLICABLE}",0,{"-".join(shares)})'


def _kinds(place: MasterLayout) -> dict[tuple[str, str], Look]:
    return {
        (indicator.code, asked.local): _LOOKS.get(asked.type, Look.PLAIN)
        for indicator in place.plan.scheme.indicators
        for asked in indicator.inputs
    }


def _unit_note(submission: Submission | None, line: ScoreLine) -> str:
    """What the unit wrote beside an indicator."""
    said = submission.value(f"说明_{line.code}") if submission else None
    return said if isinstance(said, str) else ""


def _labels(line: ScoreLine) -> str:
    """What the values are, in a few words each."""
    longest = max(_SHORTEST_LABEL, _LABELS // max(len(line.inputs), 1))
    labels = [asked.label if len(asked.label) <= longest else f"{asked.label[:longest]}…" for asked in line.inputs]
    numbered = labels if len(labels) == 1 else [f"{n}.{label}" for n, label in enumerate(labels, 1)]
    return "；".join(numbered)


def _highlights(region: Region) -> tuple[Highlight, ...]:
    area = column_area(region, "状态")
    shades = {LineState.PENDING: Shade.AMBER, LineState.NO_DATA: Shade.RED, LineState.NOT_APPLICABLE: Shade.BLUE}
    return tuple(Highlight(area, shade, text=state.value) for state, shade in shades.items())
