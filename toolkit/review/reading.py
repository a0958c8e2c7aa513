"""Review workbook → opinions, every mistake located, all at once."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from toolkit.excel.book import Book
from toolkit.excel.read import read_workbook
from toolkit.excel.table import TableRow, read_table
from toolkit.model import WHOLE_EVALUATION, Finding, Indicator, Opinion, Roster, Scheme, Sentence, Severity, is_sound
from toolkit.review.answer_rule import bounds
from toolkit.review.columns import DEFAULT_ITEM, HEADINGS, SHEET, TO_FILL_IN
from toolkit.review.deductions import earned_not_taken_off
from toolkit.review.verified import Asked, UnreadableValueError, verified_value
from toolkit.text import plain
from toolkit.text.folding import person


@dataclass(frozen=True, slots=True)
class OpinionReading:
    """What a review workbook holds: the opinions that can be used, and what is wrong with the others.

    Attributes:
        waiting: rows nobody has begun to fill in; their indicators are 待评定, which is no mistake of anybody.
    """

    opinions: tuple[Opinion, ...]
    findings: tuple[Finding, ...]
    waiting: int = 0


@lru_cache(maxsize=1)
def review_book(data: bytes) -> Book:
    """The review workbook, read once for its opinions, for what people wrote of losses, and to see what changed.

    Raises:
        UnreadableFileError: the bytes are no workbook.
    """
    return read_workbook(data)


def read_opinions(data: bytes, workbook: str, scheme: Scheme, roster: Roster) -> OpinionReading:
    """Read every row of sheet 评审意见.

    A row with a finding of severity ERROR is left out of the opinions: its indicator stays 待评定 until the row is
    put right.

    Raises:
        UnreadableFileError: the bytes are no workbook.
    """
    table = read_table(review_book(data), workbook, SHEET, HEADINGS)
    findings = list(table.findings)
    opinions: list[Opinion] = []
    seen: dict[tuple[str, str, str], Opinion] = {}
    begun, waiting = _begun_and_waiting(table.rows)
    for row in begun:
        opinion = _opinion(row)
        wrong = _mistakes(opinion, row, scheme, roster)
        opinion = _with_value(opinion, row, scheme, wrong)
        wrong += _out_of_range(opinion, row, scheme) or _perhaps_earned(opinion, row, scheme)
        earlier = seen.setdefault((opinion.project, opinion.indicator, opinion.item), opinion)
        if earlier is not opinion:
            wrong.append(_finding("REVIEW-05", row, "取值项", "同一项目、同一指标、同一取值项重复填写", "只保留一行"))
        findings += wrong
        if is_sound(wrong):
            opinions.append(opinion)
    return OpinionReading(tuple(opinions), (*findings, *_still_waiting(waiting)), len(waiting))


def _begun_and_waiting(rows: Sequence[TableRow]) -> tuple[list[TableRow], list[TableRow]]:
    """Rows that somebody has begun to fill in, and the others."""
    parts: tuple[list[TableRow], list[TableRow]] = [], []
    for row in rows:
        parts[not any(row.text(heading) for heading in TO_FILL_IN)].append(row)
    return parts


def _still_waiting(rows: Sequence[TableRow]) -> Iterator[Finding]:
    if rows:
        words = Sentence.saying("评审意见还有{count}行没有填写，这些指标暂按待评定处理", count=len(rows))
        yield Finding("REVIEW-07", Severity.NOTE, rows[0].at("核定值"), words, "由评价人填写，第二人复核")


def _opinion(row: TableRow) -> Opinion:
    text = row.text
    return Opinion(
        project=text("项目序号"),
        indicator=text("指标编号"),
        item=text("取值项") or DEFAULT_ITEM,
        verified=text("核定值"),
        reason=text("理由"),
        evidence=text("佐证"),
        evaluator=person(text("评价人")),
        reviewer=person(text("复核人")),
        origin=row.at("核定值"),
    )


def _with_value(opinion: Opinion, row: TableRow, scheme: Scheme, wrong: list[Finding]) -> Opinion:
    """Give the opinion its verified value; what cannot be read is added to ``wrong``."""
    asked = _asked(opinion, scheme)
    if asked is None or not opinion.verified:
        return opinion
    try:
        return replace(opinion, verified=verified_value(row.value("核定值"), row.text("核定值"), asked))
    except UnreadableValueError as fault:
        wrong.append(_finding("REVIEW-06", row, "核定值", str(fault), "按取值项的类型填写，或填“不适用”"))
        return opinion


def _asked(opinion: Opinion, scheme: Scheme) -> Asked | None:
    indicator = scheme.indicator(opinion.indicator)
    if indicator:
        asked = next((asked for asked in indicator.inputs if asked.local == opinion.item), None)
        return Asked(asked.type, asked.choices) if asked else None
    field = scheme.field(opinion.item)
    return Asked(field.type, scheme.choices.get(field.choices, ())) if field else None


def _mistakes(opinion: Opinion, row: TableRow, scheme: Scheme, roster: Roster) -> list[Finding]:
    return [
        *_unknown_project(opinion, row, roster),
        *_unknown_item(opinion, row, scheme),
        *_missing_words(opinion, row),
        *_same_person(opinion, row),
    ]


def _out_of_range(opinion: Opinion, row: TableRow, scheme: Scheme) -> list[Finding]:
    """More taken off than the indicator has, or less than nothing; a degree beyond all or below nothing."""
    indicator = scheme.indicator(opinion.indicator)
    asked = next((item for item in indicator.inputs if item.local == opinion.item), None) if indicator else None
    given, range_ = opinion.verified, bounds(asked, indicator.full_mark) if asked and indicator else None
    if range_ is None or not isinstance(given, Decimal) or range_[0] <= given <= range_[1]:
        return []
    if asked and asked.is_degree:
        words = Sentence.saying("{item}{given}，应在0%至100%之间", item=asked.label, given=f"{plain(given * 100)}%")
        return [_finding("REVIEW-09", row, "核定值", words, "改正后保存；带百分号填写，如85%")]
    words = Sentence.saying(
        "{item}{marks}分，应在0至指标分值{full_mark}分之间",
        item=opinion.item,
        marks=plain(given),
        full_mark=plain(range_[1]),
    )
    return [_finding("REVIEW-09", row, "核定值", words, "改正后保存；不扣分的填0，全部扣完的填指标分值")]


def _perhaps_earned(opinion: Opinion, row: TableRow, scheme: Scheme) -> list[Finding]:
    """More than half taken off, without a word of it in the reason: counted, and asked about."""
    indicator = scheme.indicator(opinion.indicator)
    said = earned_not_taken_off(indicator, opinion.item, opinion.verified, opinion.reason) if indicator else None
    hint = "填的是得分的，改为扣几分；确要扣这么多的，在理由中写明“扣几分”"
    return [replace(_finding("REVIEW-14", row, "核定值", said, hint), severity=Severity.WARNING)] if said else []


def _unknown_project(opinion: Opinion, row: TableRow, roster: Roster) -> list[Finding]:
    if opinion.project == WHOLE_EVALUATION or roster.project(opinion.project):
        return []
    return [
        _finding(
            "REVIEW-01",
            row,
            "项目序号",
            Sentence.saying("项目清单中没有序号“{project}”", project=opinion.project),
            "按项目清单的序号填写",
        )
    ]


def _unknown_item(opinion: Opinion, row: TableRow, scheme: Scheme) -> list[Finding]:
    if not opinion.indicator:
        if scheme.field(opinion.item):
            return []
        return [
            _finding(
                "REVIEW-02",
                row,
                "取值项",
                Sentence.saying("方案中没有字段“{item}”", item=opinion.item),
                "填写方案《字段》表中的字段名",
            )
        ]
    indicator = scheme.indicator(opinion.indicator)
    if indicator is None:
        return [
            _finding(
                "REVIEW-02",
                row,
                "指标编号",
                Sentence.saying("方案中没有指标“{indicator}”", indicator=opinion.indicator),
                "按方案的指标编号填写",
            )
        ]
    if opinion.item in {asked.local for asked in indicator.inputs}:
        return []
    return [_finding("REVIEW-02", row, "取值项", _no_such_item(opinion, indicator), "从该指标的取值项中选择")]


def _no_such_item(opinion: Opinion, indicator: Indicator) -> str:
    known = "、".join(asked.local for asked in indicator.inputs)
    return f"指标{indicator.code}“{indicator.name}”没有取值项“{opinion.item}”（只有：{known}）"


def _missing_words(opinion: Opinion, row: TableRow) -> list[Finding]:
    needed = {
        "核定值": row.text("核定值"),
        "理由": opinion.reason,
        "佐证": opinion.evidence,
        "评价人": opinion.evaluator,
        "复核人": opinion.reviewer,
    }
    return [
        _finding(
            "REVIEW-03",
            row,
            heading,
            Sentence.saying("评审意见缺少“{heading}”", heading=heading),
            "核定必须写明数值、理由、佐证，并由第二人复核",
        )
        for heading, text in needed.items()
        if not text
    ]


def _same_person(opinion: Opinion, row: TableRow) -> list[Finding]:
    if not opinion.reviewer or opinion.evaluator != opinion.reviewer:
        return []
    words = Sentence.saying("评价人与复核人是同一人“{reviewer}”", reviewer=opinion.reviewer)
    return [_finding("REVIEW-04", row, "复核人", words, "请另一人复核并签名")]


def _finding(code: str, row: TableRow, heading: str, message: str | Sentence, hint: str) -> Finding:
    """A mistake of the evaluators': it stands at its row and is counted to no project's unit."""
    return Finding(
        code,
        Severity.ERROR,
        row.at(heading),
        message,
        hint,
        indicator=row.text("指标编号"),
        found=row.text(heading),
    )
