"""征求意见处理表.xlsx: every opinion with what the evaluators decide on it, and every score that moved since."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from toolkit.consultation.opinion import OTHER, Result, Settlement, UnitOpinion, Wish, number_of, same_score
from toolkit.excel.book import Book
from toolkit.excel.table import Table, TableRow, read_table
from toolkit.excel.table_sheet import Column, TableSheet, table_workbook
from toolkit.model import Finding, Severity
from toolkit.model.consulted import REFOLDED, UNASKED
from toolkit.model.opinion import NOT_APPLICABLE
from toolkit.text import plain

HANDLING, MOVES = "征求意见处理表", "得分变动"
HEADINGS = (
    "编号", "单位", "项目序号", "项目名称", "指标", "指标名称", "原得分", "意见", "单位理由", "依据",
    "处理结果", "处理理由", "改后值", "处理人", "现得分", "变动",
)  # fmt: skip
_WIDTHS = (12, 20, 9, 24, 10, 20, 9, 14, 36, 20, 11, 34, 9, 10, 9, 16)
TYPED = frozenset(("处理结果", "处理理由", "改后值", "处理人"))
MOVE_HEADINGS = ("项目序号", "项目名称", "指标", "指标名称", "原得分", "现得分", "对应意见")
_MOVE_WIDTHS = (10, 30, 11, 28, 10, 10, 60)
_HINT = (
    "填“处理结果”“处理理由”“处理人”；采纳对得分的异议的，写明“改后值”。"
    "改后值不会自动计入得分：在评审意见.xlsx 或核定值中调整，再运行 jixiao opinions 核对“现得分”。"
)
_NUMERIC = ("项目序号", "原得分", "改后值", "现得分")


@dataclass(frozen=True, slots=True)
class Handled:
    """One opinion as the list shows it: names, what was decided (None: nothing yet), the score now."""

    opinion: UnitOpinion
    name: str
    indicator_name: str
    settlement: Settlement | None
    now: str

    @property
    def moved(self) -> bool:
        """The score is another than the unit saw."""
        return self.opinion.indicator != OTHER and not same_score(self.opinion.before, self.now)

    def row(self) -> tuple[str, ...]:
        """Its cells."""
        opinion, settled = self.opinion, self.settlement
        decided = (settled.result, settled.reason, settled.value, settled.by) if settled else ("", "", "", "")
        return (
            opinion.id, opinion.unit, opinion.project, self.name, opinion.indicator, self.indicator_name,
            opinion.before, opinion.wish, opinion.reason, opinion.basis, *decided, self.now,
            f"{opinion.before} → {self.now}" if self.moved else "",
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Move:
    """A score that is another now than the draft said, and the opinions about it.

    Attributes:
        is_refolded: another indicator of the project applies no longer, or does now: all others count for more or less.
    """

    project: str
    name: str
    indicator: str
    indicator_name: str
    before: str
    after: str
    opinions: tuple[Handled, ...]
    is_refolded: bool = False

    def row(self) -> tuple[str, ...]:
        """Its cells."""
        results = [handled.settlement.result if handled.settlement else "未处理" for handled in self.opinions]
        told = "；".join(
            f"{handled.opinion.id} {handled.opinion.unit}（{result}）"
            for handled, result in zip(self.opinions, results, strict=True)
        )
        return (
            self.project, self.name, self.indicator, self.indicator_name, self.before, self.after,
            told or (REFOLDED if self.is_refolded else UNASKED),
        )  # fmt: skip


HANDLING_KEY, MOVES_KEY = ("编号",), ("项目序号", "指标")
"""What rows of the two sheets are known by."""


def handling_workbook(handled: Sequence[Handled], moves: Sequence[Move]) -> bytes:
    """The list; the same input gives the same bytes."""
    return table_workbook(handling_sheets(handled, moves))


def handling_sheets(handled: Sequence[Handled], moves: Sequence[Move]) -> tuple[TableSheet, TableSheet]:
    """Its two sheets."""
    columns = tuple(
        Column(
            heading, width, choices=tuple(Result) if heading == "处理结果" else (), numeric=heading in _NUMERIC,
            required=heading in TYPED - {"改后值"},
        )
        for heading, width in zip(HEADINGS, _WIDTHS, strict=True)
    )  # fmt: skip
    moved = tuple(
        Column(heading, width, numeric=heading in _NUMERIC)
        for heading, width in zip(MOVE_HEADINGS, _MOVE_WIDTHS, strict=True)
    )
    hint = "征求意见稿发出以后得分有变动的指标，和对应的意见。"
    return (
        TableSheet(HANDLING, "征求意见及处理表", columns, [opinion.row() for opinion in handled], _HINT, typed=TYPED),
        TableSheet(MOVES, "征求意见以后的得分变动", moved, [move.row() for move in moves], hint),
    )


@dataclass(frozen=True, slots=True)
class Handling:
    """The list as it was read: decisions, what is wrong, and its two tables."""

    settlements: tuple[Settlement, ...]
    findings: tuple[Finding, ...]
    tables: tuple[Table, Table]


def read_handling(
    book: Book,
    workbook: str,
    opinions: Mapping[str, UnitOpinion],
    full_marks: Mapping[tuple[str, str], Decimal],
    projects: Container[str],
) -> Handling:
    """What was decided, row by row; a row with a mistake counts for nothing and is left to its author.

    ``projects`` are those on the roster now.
    """
    table = read_table(book, workbook, HANDLING, HEADINGS)
    moves = read_table(book, workbook, MOVES, MOVE_HEADINGS)
    settlements: list[Settlement] = []
    findings = [*table.findings, *moves.findings]
    seen: set[str] = set()
    for row in (row for row in table.rows if any(row.text(heading) for heading in TYPED)):
        opinion = opinions.get(row.text("编号"))
        if not row.text("编号"):
            wrong = [("编号", "这一行没有编号，不是收到的意见", "清空这一行；处理写在意见所在的行")]
        elif opinion is None and row.text("项目序号") not in projects:
            wrong = [_withdrawn(row)]
        else:
            wrong = _wrong(row, opinion, full_marks, again=row.text("编号") in seen)
        seen.add(row.text("编号"))
        findings += [
            Finding("OPINION-10", Severity.ERROR, row.at(heading), words, hint, row.text("项目序号")[:20],
                    row.text("指标")[:20], row.text(heading)[:80])
            for heading, words, hint in wrong
        ]  # fmt: skip
        if not wrong and opinion:
            typed = (row.text(heading) for heading in ("处理结果", "处理理由", "改后值", "处理人"))
            settlements.append(Settlement(opinion.id, *typed))
    return Handling(tuple(settlements), tuple(findings), (table, moves))


def _withdrawn(row: TableRow) -> tuple[str, str, str]:
    """What is wrong with a row of a project that left the roster; as of :func:`_wrong`."""
    words = f"项目{row.text('项目序号')[:20]}已不在项目清单中，这条意见不再列入处理表和报告"
    return "项目序号", words, "需要留档的另存一份，再删除这一行"


def _wrong(
    row: TableRow, opinion: UnitOpinion | None, full_marks: Mapping[tuple[str, str], Decimal], *, again: bool
) -> list[tuple[str, str, str]]:
    """What is wrong with a row: (heading, words, what to do)."""
    if opinion is None:
        words = f"没有编号“{row.text('编号')[:20]}”的意见，或单位已重新回复"
        return [("编号", words, "按单位现在的意见处理；把要保留的处理另存后删除这一行")]
    if again:
        return [("编号", f"意见{opinion.id}写了不止一行", "每条意见只保留一行")]
    wrong = [
        (heading, f"缺少“{heading}”", "写明处理结果、处理理由和处理人")
        for heading in ("处理结果", "处理理由", "处理人")
        if not row.text(heading)
    ]
    result = row.text("处理结果")
    if result and result not in tuple(Result):
        wrong.append(("处理结果", f"处理结果“{result[:20]}”不在选项内", f"从列表中选择：{'、'.join(Result)}"))
    return [*wrong, *_wrong_value(row.text("改后值"), result, opinion, full_marks)]


def _wrong_value(
    value: str, result: str, opinion: UnitOpinion, full_marks: Mapping[tuple[str, str], Decimal]
) -> list[tuple[str, str, str]]:
    if not value:
        missing = result in (Result.TAKEN, Result.PARTLY) and opinion.wish == Wish.SCORE and opinion.indicator != OTHER
        return [("改后值", f"{result}了对得分的异议，没有写改后值", "写明改后的得分")] if missing else []
    if result == Result.NOT:
        return [("改后值", "不采纳的意见写了改后值", "清空改后值，或改为采纳、部分采纳")]
    number, most = number_of(value), full_marks.get(opinion.place)
    if opinion.indicator == OTHER or most is None or value == NOT_APPLICABLE:
        return []
    if number is None or not 0 <= number <= most:
        if not most:
            words = f"该指标现为{NOT_APPLICABLE}，改后值应写“{NOT_APPLICABLE}”"
            return [("改后值", words, f"写“{NOT_APPLICABLE}”；要计分的，先在评审意见里改回适用")]
        words = f"改后值“{value[:20]}”应为0与{plain(most)}之间的得分，或“{NOT_APPLICABLE}”"
        return [("改后值", words, f"写改后的得分，不适用的写“{NOT_APPLICABLE}”")]
    return []


def same_lists(handling: Handling, handled: Sequence[Handled], moves: Sequence[Move]) -> bool:
    """Whether the list that was read says all that would be written anew: then it stays as a person left it."""
    pairs = ((HEADINGS, [opinion.row() for opinion in handled]), (MOVE_HEADINGS, [move.row() for move in moves]))
    return all(_same(table, headings, rows) for table, (headings, rows) in zip(handling.tables, pairs, strict=True))


def _same(table: Table, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    return len(table.rows) == len(rows) and all(
        same_score(found.text(heading), text.strip())
        for found, row in zip(table.rows, rows, strict=True)
        for heading, text in zip(headings, row, strict=True)
    )
