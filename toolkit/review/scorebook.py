"""打分册 for one scorer with their projects only: written, and read back with every mistake."""

import hashlib
import hmac
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from toolkit.excel.book import Book
from toolkit.excel.table import TableRow, read_table
from toolkit.excel.table_sheet import CellRule, Column, TableSheet, table_workbook
from toolkit.model import CellRef, Finding, Indicator, Roster, Scheme, Sentence, Severity, is_sound
from toolkit.review.deductions import earned_not_taken_off
from toolkit.review.double import Item, Mark, mark_rule, read_mark
from toolkit.review.verified import UnreadableValueError
from toolkit.rules.discretionary import DEDUCTION
from toolkit.text import plain

MARKS, OWNER = "打分册", "打分人"
_HEADINGS = (
    "项目序号", "项目名称", "指标编号", "指标名称", "分值", "评分标准", "取值项", "打分", "理由", "佐证",
)  # fmt: skip
_WIDTHS = (10, 28, 11, 24, 8, 46, 13, 12, 44, 16)
_OWNER_HEADINGS = ("打分人", "评价标识", "校验码")
_HINT = "独立打分，不与他人商量。填“打分”“理由”；没有打的空着，空白不当作0；比率带百分号；不适用的填“不适用”。"
_NOT_RETURNED = "（未报送，不用打分）"
_MISSING_HINT = "项目名称后写有“未报送”的，发打分册时还没有收到采集表，不用打分；后来收到的照常打。"
_TAKEN_OFF = "　【这一项在“打分”栏填扣几分，不扣填0，不是得几分】"


def seal_of(key: bytes, evaluation: str, scorer: str, items: Iterable[Item]) -> str:
    """What a scorebook is recognised by: whose it is, and for which items."""
    text = "|".join((evaluation, scorer, *(",".join(item) for item in items)))
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()[:24]


def scorebook(
    scheme: Scheme,
    roster: Roster,
    scorer: str,
    items: Sequence[Item],
    seal: tuple[str, str],
    missing: AbstractSet[str] = frozenset(),
) -> bytes:
    """The workbook of one scorer; ``seal`` is the evaluation's id and :func:`seal_of`.

    ``missing``: ids of projects that nothing came of. They keep their rows, so that a book already given out still
    fits when their forms come; no mark is asked for.
    """
    rows: list[tuple[str, ...]] = []
    rules: dict[tuple[int, int], CellRule] = {}
    for item in items:
        indicator = scheme.indicator(item[1])
        if indicator is None:
            continue
        if rule := mark_rule(scheme, item):
            rules[len(rows), _HEADINGS.index("打分")] = rule
        project = roster.project(item[0])
        name = project.name if project else scheme.title
        rows.append(_blank_row(item, f"{name}{_NOT_RETURNED}" if item[0] in missing else name, indicator))
    columns = tuple(
        Column(heading, width, numeric=heading in ("项目序号", "分值"), required=heading in ("打分", "理由"))
        for heading, width in zip(_HEADINGS, _WIDTHS, strict=True)
    )
    owner = tuple(Column(heading, width) for heading, width in zip(_OWNER_HEADINGS, (16, 34, 34), strict=True))
    hint, asked = "由程序填写，不要改动。", f"{_HINT}{_MISSING_HINT}" if missing else _HINT
    return table_workbook(
        [
            TableSheet(MARKS, f"打分册：{scorer}", columns, rows, asked, rules=rules),
            TableSheet(OWNER, "打分人", owner, [(scorer, *seal)], hint),
        ]
    )


def _blank_row(item: Item, project: str, indicator: Indicator) -> tuple[str, ...]:
    """The cells of one mark, those to fill in blank."""
    standard = f"{indicator.standard}{_TAKEN_OFF}" if item[2] == DEDUCTION else indicator.standard
    return (item[0], project, item[1], indicator.name, plain(indicator.full_mark), standard, item[2], "", "", "")


@dataclass(frozen=True, slots=True)
class Expected:
    """What is known of the scorebooks that were given out: scorer → items; and how their seals are made.

    ``missing``: ids of projects that nothing has come of; their marks are not asked for.
    """

    key: bytes
    evaluation: str
    items: Mapping[str, tuple[Item, ...]]
    missing: AbstractSet[str] = frozenset()


@dataclass(frozen=True, slots=True)
class BookReading:
    """One scorebook: its scorer ("" where not known), marks, and what is wrong; with an ERROR nothing of it counts."""

    scorer: str
    marks: tuple[Mark, ...]
    findings: tuple[Finding, ...]

    @property
    def usable(self) -> bool:
        """Nothing is wrong."""
        return bool(self.scorer) and is_sound(self.findings)


def read_scorebook(book: Book, workbook: str, scheme: Scheme, expected: Expected) -> BookReading:
    """Every mark of a scorebook, and all its mistakes at once."""
    table, owner = read_table(book, workbook, MARKS, _HEADINGS), read_table(book, workbook, OWNER, _OWNER_HEADINGS)
    findings = [*table.findings, *owner.findings]
    if table.unreadable or owner.unreadable or not owner.rows:
        words = "这不是打分册，或打分人一页被删"
        findings.append(Finding("SCORER-01", Severity.ERROR, CellRef(workbook), words, "用程序生成的打分册填写"))
        return BookReading("", (), tuple(findings))
    row = owner.rows[0]
    scorer, given = row.text("打分人"), expected.items.get(row.text("打分人"), ())
    sealed = next((n for n, items in expected.items.items() if _seal(expected, n, items) == row.text("校验码")), "")
    if not sealed:
        words, hint = "打分册的校验码不对：不是本次评价生成的，或已重新生成过", "用最近一次生成的打分册填写"
        findings.append(Finding("SCORER-01", Severity.ERROR, row.at("校验码"), words, hint))
    elif sealed != scorer:
        told = Sentence.saying("打分册是发给{sealed}的，打分人写的是“{scorer}”", sealed=sealed, scorer=scorer[:30])
        findings.append(Finding("SCORER-02", Severity.ERROR, row.at("打分人"), told, "每人只填自己的打分册"))
    if not sealed or sealed != scorer:  # against whose items its rows would have to be held is not known
        return BookReading("", (), tuple(findings))
    marks = [_mark(row, scorer, scheme, given, findings) for row in table.rows]
    findings += _repeated(table.rows)
    asked = [mark for mark in marks if mark is None or mark.value is not None or mark.item[0] not in expected.missing]
    findings += _gaps(workbook, {row_item(row) for row in table.rows}, asked, given)
    return BookReading(scorer, tuple(mark for mark in marks if mark), tuple(findings))


def _seal(expected: Expected, scorer: str, items: Iterable[Item]) -> str:
    return seal_of(expected.key, expected.evaluation, scorer, items)


def row_item(row: TableRow) -> Item:
    """What a row of a scorebook or of 差异裁定 is about."""
    return row.text("项目序号"), row.text("指标编号"), row.text("取值项")


def _mark(row: TableRow, scorer: str, scheme: Scheme, given: Sequence[Item], findings: list[Finding]) -> Mark | None:
    item, text = row_item(row), row.text("打分")

    def wrong(code: str, heading: str, words: str | Sentence, hint: str) -> None:
        at = row.at(heading)
        findings.append(Finding(code, Severity.ERROR, at, words, hint, item[0], item[1], row.text(heading)[:80]))

    if item not in given:
        wrong(
            "SCORER-04",
            "项目序号",
            Sentence.saying(
                "项目{project}的{indicator}“{item}”没有分给{scorer}打分",
                project=item[0],
                indicator=item[1],
                item=item[2],
                scorer=scorer,
            ),
            "删除这一行",
        )
        return None
    try:
        value = read_mark(scheme, item, row.value("打分"), text)
    except UnreadableValueError as fault:
        wrong(
            "SCORER-05",
            "打分",
            Sentence.saying("打分不能采用：{fault}", fault=fault),
            "按取值项的类型填写，没有打的空着",
        )
        return None
    if value is not None and not row.text("理由"):
        wrong("SCORER-10", "理由", "打了分没有写理由", "补写理由")
    elif (of := scheme.indicator(item[1])) and (told := earned_not_taken_off(of, item[2], value, row.text("理由"))):
        wrong("SCORER-11", "打分", told, "填的是得分的，改为扣几分；确要扣这么多的，在理由中写明“扣几分”")
    return Mark(scorer, item, value, row.text("理由"), row.text("佐证"))


def _repeated(rows: Sequence[TableRow]) -> list[Finding]:
    """Rows for an item that has one above."""
    first: dict[Item, int] = {}
    return [
        Finding(
            "SCORER-05", Severity.ERROR, row.at("项目序号"),
            Sentence.saying(
                "项目{project}的{indicator}“{item}”在第{above}行已有",
                project=item[0], indicator=item[1], item=item[2], above=above,
            ), "每项只保留一行", item[0], item[1],
        )
        for row in rows
        if (item := row_item(row)) and (above := first.setdefault(item, row.number)) != row.number
    ]  # fmt: skip


def _gaps(
    workbook: str, there: AbstractSet[Item], marks: Sequence[Mark | None], given: Sequence[Item]
) -> list[Finding]:
    """Rows that are gone, and marks not given of those asked for.

    ``there``: items that have a row, whatever stands in it.
    """
    lost = [item for item in given if item not in there]
    blank = sum(mark is not None and mark.value is None for mark in marks)
    place = CellRef(workbook, MARKS)
    findings = []
    if lost:
        words = Sentence.saying(
            "少了{count}行：{listed}", count=len(lost), listed="、".join(" ".join(item) for item in lost[:5])
        )
        findings.append(Finding("SCORER-01", Severity.ERROR, place, words, "恢复被删的行；没有打的空着"))
    if blank and blank == len(marks):
        empty = "一项也没有打分，这一份是空的，没有收下，也没有锁定"
        findings.append(Finding("SCORER-06", Severity.ERROR, place, empty, "填写“打分”“理由”并保存以后再交"))
    elif blank:
        words = Sentence.saying("还有{blank}项没有打分，不当作0", blank=blank)
        hint = "补打的，由主评人用 jixiao scorebooks --unlock 退回，补齐后重新锁定"
        findings.append(Finding("SCORER-06", Severity.WARNING, place, words, hint))
    return findings
