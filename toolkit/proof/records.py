"""Facts with what they measure and of whom, so that the same thing said in two places can be compared.

A label is a project, an indicator, a unit as it stands in a name column of a table; a measure is one of a closed list.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from toolkit.proof.document import Cell, Paragraph, Place, Table
from toolkit.proof.facts import Fact, FactKind
from toolkit.proof.once import once
from toolkit.proof.report import Report
from toolkit.proof.row_words import first_words, is_of_others
from toolkit.text.folding import half_width, squeeze
from toolkit.text.numerals import Hedge
from toolkit.text.patterns import Pattern

MEASURES: tuple[tuple[str, Pattern], ...] = tuple(
    (name, Pattern(pattern))
    for name, pattern in (
        ("得分率", r"得分率"),
        ("资金到位率", r"资金到位率|到位率"),
        ("预算执行率", r"(?:预算|资金|预算资金)?执行率|支出进度|支付进度"),
        ("成本节约率", r"节约率"),
        ("平均计分值", r"平均计分值"),
        ("计分值", r"计分值"),
        ("平均得分", r"平均(?:得分?|分)"),
        (
            "审定金额",
            r"审计核减后(?:的)?(?:合同)?(?:金额)?|核减后(?:的)?(?:合同)?(?:金额)?|审定(?:后)?(?:合同)?金额|审计金额",
        ),
        ("累计支付", r"累计(?:已)?(?:支付|拨付|付款)"),
        ("本年支付", r"(?:\d{4}年度?|本年度?|当年)(?:实际)?(?:支付|拨付)"),
        ("合同金额", r"合同(?:总)?(?:金额|价款?|额)"),
        ("实际到位", r"到位资金|资金到位|到位金额|到位数|实际到位(?!率)|已到位(?!率)"),
        ("实际支出", r"实际支出|支出资金|支出金额|实际使用金额|实际支付|累计支出|支出数"),
        ("预算资金", r"(?<!年初)(?<!上年)(?<!公共)(?<!基金)(?<!经营)预算(?:资金|金额|总额|数|安排)?(?!执行|编制|调整)"),
        ("扣分", r"扣(?:分|除|减)?$|扣分"),
        ("得分", r"得分?$|得分|总分|评分结果|评价得分|综评得分"),
        ("分值", r"分值|(?<!自评)(?<!得)满分(?!的?[项个率])|权重"),
        ("项目数", r"项目(?:总)?数|项目个数"),
        ("排名", r"排名|名次|位次"),
    )
)
_NAME_HEAD = Pattern(r"名称|项目$|指标$|单位$|类别$|维度$|等级$|内容$|^项目|[一二三]级指标")
_SUFFIX = Pattern(r"(?:[（(][^（）()]*[)）])+$")
_NUMBERING = Pattern(r"^(?:[（(]?[一二三四五六七八九十\d]{1,3}[)）、.．]|第[一二三四五六七八九十]+[章节部分]+)\s*")
_UNIT_HEAD = Pattern(r"单位|部门|备注|说明|内容")
_SHORTEST = 3
_DEEP = 4
"""A heading of this level names one thing; all numbers below are about it."""
_EXACT = frozenset({FactKind.SCORE, FactKind.COUNT})
FULL_MARKS = ("分值", "满分", "标准分", "权重")
"""What the column of full marks is called."""
_AMOUNTS = frozenset(
    {"审定金额", "累计支付", "本年支付", "合同金额", "实际到位", "实际支出", "预算资金", "扣分", "得分", "分值"}
)
"""Measures that are no rates."""
_GENERIC = frozenset(
    {"合计", "总计", "总分", "综合得分", "小计", "平均", "其他", "项目", "单位", "指标", "备注", "数值"}
)


@dataclass(frozen=True, slots=True)
class Record:
    """A fact with its label and measure; ``source`` is 0 for prose, else the table's number."""

    label: str
    measure: str
    fact: Fact
    source: int
    column: int = 0


@lru_cache(20_000)
def label_of(text: str) -> str:
    """A name as labels are compared: no numbering, no remark in brackets behind it, no quotes."""
    plain = squeeze(_NUMBERING.sub("", text.strip())).strip('《》“”"')
    short = _SUFFIX.sub("", plain)
    return short or plain


@lru_cache(50_000)
def measure_of(words: str) -> str:
    """The measure some words name; the last, nearest to the number behind them, where they name several."""
    found = [(match.end(), -index, name) for index, (name, pattern) in enumerate(MEASURES)
             for match in pattern.finditer(words)]  # fmt: skip
    return max(found)[2] if found else ""


@once
def table_records(report: Report) -> tuple[Record, ...]:
    """The records of all tables; several rules ask for them."""
    return tuple(_table_records(report))


def _table_records(report: Report) -> Iterator[Record]:
    for table in report.document.tables:
        measures = [
            "" if heading.startswith("占") else measure_of(_SUFFIX.sub("", heading)) for heading in table.headings
        ]
        names = name_columns(table)
        for row in body_rows(table):
            for column, cell in enumerate(row):
                if not measures[column] or not cell.is_numeric:
                    continue
                before = [name for name in names if name < column and row[name].text]
                facts = [fact for fact in report.facts_at(cell.place) if fact.value is not None]
                label = label_of(row[before[-1]].text) if before else ""
                if facts and len(label) >= _SHORTEST - 1 and label not in _GENERIC and not is_of_others(label):
                    yield Record(label, measures[column], facts[0], table.number, column)


@once
def body_rows(table: Table) -> tuple[tuple[Cell, ...], ...]:
    """The rows between the heading and the last total; what stands below a total are counts and remarks."""
    rows = table.rows[table.head :]
    totals = [at for at, row in enumerate(rows) if is_total(row)]
    return rows[: totals[-1] + 1] if totals and totals[-1] > 1 else rows


def is_total(row: Sequence[Cell]) -> bool:
    """Whether a row's first words say that it adds up others."""
    return first_words(row) in _GENERIC


@once
def name_columns(table: Table) -> list[int]:
    """The columns that hold names of what the rows are about; units and departments only where nothing else does."""
    found: list[int] = []
    for column, heading in enumerate(table.headings):
        cells = [cell for cell in table.column(column) if cell.text]
        named = _NAME_HEAD.search(_SUFFIX.sub("", heading)) or not found
        if cells and named and sum(cell.is_numeric for cell in cells) * 2 < len(cells):
            found.append(column)
    projects = [column for column in found if not _UNIT_HEAD.search(table.headings[column])]
    return projects or found


@once
def prose_records(report: Report, labels: frozenset[str], *, under: str = "") -> tuple[Record, ...]:
    """The records of prose: the label that stands nearest before a number, else that of its heading, else ``under``."""
    return tuple(_prose_records(report, labels, under))


def _prose_records(report: Report, labels: frozenset[str], under: str) -> Iterator[Record]:
    finder = _finder(labels)
    heading, deep = "", False
    for paragraph in report.document.paragraphs:
        if paragraph.level:
            heading, deep = label_of(paragraph.text), paragraph.level >= _DEEP
            continue
        above = heading if heading in labels and not _ITEM.match(paragraph.text) else under
        yield from _of_paragraph(report, paragraph, None if deep and above else finder, above)


_ITEM = Pattern(r"\s*[（(]?[0-9]{1,2}[)）.．、]\s*[\u4e00-\u9fff“”]{2,16}[：:]")
"""An item of its own below a heading: what it says is not of what the heading names."""


def _finder(labels: frozenset[str]) -> Pattern | None:
    long = sorted((label for label in labels if len(label) >= _SHORTEST), key=len, reverse=True)
    return Pattern("|".join(map(re.escape, long[:3000]))) if long else None


def _of_paragraph(report: Report, paragraph: Paragraph, finder: Pattern | None, heading: str) -> Iterator[Record]:
    facts = [fact for fact in report.facts_at(paragraph.place) if fact.value is not None and fact.hedge is Hedge.EXACT]
    found = list(finder.finditer(half_width(paragraph.text))) if finder and facts else []
    for fact in facts:
        measure = measure_of(re.sub(r"[为是计共达到：:约\s]+$", "", fact.subject)[-14:])
        before = [match for match in found if match.end() <= fact.start and match[0] != measure]
        if not measure and before and _BRACKETED.fullmatch(paragraph.text[before[-1].end() : fact.start]):
            yield from _bracketed(paragraph.text, before[-1], fact)
            continue
        label = _label(paragraph.text, fact, before[-1]) if before else heading
        if measure == "扣分" and _EACH_LOST.search(fact.subject):
            continue  # 每发现一项不明确扣0.50分: the rule, not what was lost
        if measure == "扣分" and "平均扣" in paragraph.text and not _MEAN_LOST.search(fact.subject):
            continue  # what one of many projects lost, beside their average
        if fact.kind is FactKind.PERCENT and measure in _AMOUNTS:
            continue  # 占合同总金额的49.19%
        if (
            measure in _MARKS
            and before
            and _MARKED_BEFORE.search(half_width(paragraph.text[before[-1].end() : fact.start]))
        ):
            continue  # 预算执行率92.69%，得3.71分；2份凭证附件不全，扣0.50分: another one's
        renewed = measure == "得分" and "折算" in paragraph.text[fact.end : fact.end + 6]
        if measure and label and not renewed:
            yield Record(label, measure, fact, 0)


def _label(text: str, fact: Fact, name: re.Match[str]) -> str:
    """Of whom a number is, by the name before it; nobody where it is of several or of all."""
    between = text[name.end() : fact.start]
    of_others = _TOGETHER.search(fact.subject) and "。" in between  # a sum of what another sentence is about
    in_a_row = "、" in text[max(0, name.start() - 1) : name.end() + 1]
    return "" if of_others or in_a_row or _OF_ALL.search(between) else name[0]


_TOGETHER = Pattern("(?:合计|共计|总计)[^，。；]{0,4}$")
_OF_ALL = Pattern("各个?项目|(?:全部|所有)(?:[0-9]+个)?项目|逐项")
_EACH_LOST = Pattern("每[^，。；]{0,16}扣(?:分|除|减)?$")
_MEAN_LOST = Pattern("平均扣(?:分|除|减)?$")
_MARKS = frozenset({"得分", "扣分"})
_MARKED_BEFORE = Pattern("得[0-9.]+分[^;；。]*[;；]")
_BRACKETED = Pattern(r"(?:项目|系统|平台|工程)?[”》]?[（(]")


def _bracketed(text: str, label: re.Match[str], fact: Fact) -> Iterator[Record]:
    """执行率低于92%，分别为甲平台（90.00%）、乙平台（91.00%）: what the sentence measures, of each name."""
    start = max(text.rfind(mark, 0, label.start()) for mark in "。；") + 1
    measure = measure_of(re.sub(r"[0-9.%]+", "", text[start : label.start()]))
    behind = text[fact.end : fact.end + 1]
    if measure and behind in "）)" and behind:
        yield Record(label[0], measure, fact, 0)


def compatible(left: Fact, right: Fact) -> bool:
    """Whether two facts can be the same thing: money with money, parts with parts."""
    parts = {FactKind.PERCENT, FactKind.POINTS}
    return left.kind is right.kind or {left.kind, right.kind} <= parts


def same_value(left: Fact, right: Fact) -> bool:
    """Whether one true value can have been printed as both; a missing unit takes the other's."""
    if left.kind in _EXACT and right.kind in _EXACT and max(left.step, right.step) >= 1:
        return left.base == right.base
    if not left.unit or not right.unit:
        left, right = (replace(fact, unit=left.unit or right.unit) for fact in (left, right))
    if left.step * left.scale == right.step * right.scale:
        return left.base == right.base
    return left.meets(right.low, right.high)


def places(records: Sequence[Record]) -> tuple[Place, ...]:
    """Where records stand."""
    return tuple(record.fact.place for record in records)
