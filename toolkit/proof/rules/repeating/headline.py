"""What a summary says at the head of a report: its figures come back in the body, its rates in the total rows."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from toolkit.proof.called import pairs_of, words_around
from toolkit.proof.declaration import Group, Result, Yields, agrees, differs, doubtful, rule, unchecked
from toolkit.proof.document import Cell, Place, Table
from toolkit.proof.facts import Fact, FactKind
from toolkit.proof.lines import is_whole
from toolkit.proof.outline import contents_lines
from toolkit.proof.records import label_of, measure_of, table_records
from toolkit.proof.report import Report
from toolkit.proof.row_words import first_words
from toolkit.proof.rules.totals.parts import near_miss
from toolkit.proof.scope import is_earlier, of_one_scope
from toolkit.proof.trials import mistyped, slipped
from toolkit.text.patterns import Pattern

_RATES = ("资金到位率", "预算执行率", "成本节约率")
_MANY = 10
"""A body with fewer amounts does not repeat what the summary says."""
_SENTENCE = 20
_TOTAL = Pattern(r"总额|总金额|合计|共计|总计|累计|总投资|总价")
_NEAR = 16
"""So many characters before a number say what it is."""


@rule(
    "same.summary",
    group=Group.SAME_FACT,
    yields=Yields.HERE,
    title="摘要的金额在正文里",
    good=(
        "某市项目评价报告\n受某市委托开展评价，2023年共支付300.00万元。全市财政投入48,620.35万元。\n一、概况\n"
        + "".join(f"平台{number}支付{number}0.00万元。\n" for number in range(1, 12))
        + "合计支付300万元。",
    ),
    bad=(
        "某市项目评价报告\n受某市委托开展评价，2023年共支付362.40万元。\n一、概况\n"
        + "".join(f"平台{number}支付{number}0.00万元。\n" for number in range(1, 12))
        + "合计支付326.40万元。",
        "某市项目评价报告\n受某市委托开展评价，2023年共支付9,600万元。\n一、概况\n"
        + "".join(f"平台{number}支付{number}0.00万元。\n" for number in range(1, 12))
        + "三期支付3,600万元。\n合计支付9,000万元。",  # the nearest of those a slip away
    ),
)
def summary(report: Report) -> Iterator[Result]:
    """An amount before the first chapter that stands nowhere behind it."""
    listed = {line.paragraph.place for line in contents_lines(report.document)}
    first = next((item.place for item in report.document.headings if item.place not in listed), None)
    if first is None:
        return
    behind = [fact for fact in report.facts if fact.place > first and fact.kind is FactKind.MONEY]
    if len(behind) < _MANY:
        return
    for paragraph in report.document.paragraphs:
        if paragraph.place >= first or len(paragraph.text) < _SENTENCE:
            continue
        for fact in report.facts_at(paragraph.place):
            if fact.kind is FactKind.MONEY and fact.exact:
                yield _repeated(fact, paragraph.text, behind)


def _repeated(fact: Fact, text: str, behind: list[Fact]) -> Result:
    if any(other.meets(fact.low, fact.high) for other in behind):
        return agrees(fact)
    words = pairs_of(words_around(fact, text))
    alike = [other for other in behind if _is_slip_of(fact, other) and words & pairs_of(other.subject)]
    if not alike:
        return unchecked(fact.place, "只说过一次", fact)  # what is told once contradicts nothing
    near = min(alike, key=lambda other: abs(other.base - fact.base))
    message = f"摘要里的{fact.text}在正文和表格中没有出现，相近的是{near.text}"
    return doubtful(fact.place, fact.text, near.text, message, facts=(fact,), related=(near.place,))


def _is_slip_of(fact: Fact, other: Fact) -> bool:
    return fact.unit == other.unit and slipped(fact, other.base)


_TERMS = Pattern(
    r"(?P<term>(?:综合|总体|平均|公众|群众|服务对象|使用部门|使用人员|受益对象|社会公众)?满意(?:度|率)|(?:资金)?到位率|(?:预算|资金|预算资金)?执行率"
    r"|(?:成本)?节约率|(?:综合|评价|综评|总)(?:得分|评分|总分)|(?:最终|综合)评价结果|(?<!平均)(?<!均)(?<!扣)(?<!失)(?<!考核)(?<!测评)(?<![单各]项)得分|平均(?:得分|分)|有效回收率|回收率)(?:为|是|达到?|共计)?$"
)


@rule(
    "same.term",
    group=Group.SAME_FACT,
    title="同一总数在摘要、正文、结论中一致",
    good=(
        "某市项目评价报告\n资金到位率96.67%，综合得分86.45分。\n一、概况\n资金到位率96.67%。\n二、结论\n专项资金得分86.45分，综合满意度91.84%，扣1.5分。\n甲平台到位率90%。当月考核得分85.46分。七个子项中，3个子项到位率为100%。省级补贴全部拨付，到位率100%。",
    ),
    bad=(
        "某市项目评价报告\n资金到位率96.67%，综合得分84.65分。\n一、概况\n资金到位率96.67%。\n二、结论\n综合得分86.45分，综合满意度91.84%。",
        "某市项目评价报告\n到位率95.67%，综合得分86.45分。\n一、概况\n资金到位率96.67%。\n二、结论\n综合得分86.45分，综合满意度91.84%。",
        "某市项目评价报告\n一、概况\n综合满意度91.84%。\n二、结论\n综合满意度92.84%，扣1.5分。",
    ),
)
def told_twice(report: Report) -> Iterator[Result]:
    """What is said of the whole report in several places, no project or indicator being named."""
    known: dict[tuple[str, FactKind], list[Fact]] = defaultdict(list)
    for fact in _of_whole(report):
        match = _TERMS.search(fact.subject)
        term = match["term"] if match else ""
        key = measure_of(re.sub("评价结果$", "得分", term)) or re.sub("总体", "综合", term)
        if term:
            known[key, fact.kind].append(fact)
    totals = _of_total_rows(report)
    for (term, kind), facts in known.items():
        rows = totals.get((term, kind), [])
        # Totals of several tables that differ are of different things: those stay that the prose has.
        of_one = all(fact.meets(rows[0].low, rows[0].high) for fact in rows)
        told = [row for row in rows if of_one or any(row.meets(fact.low, fact.high) for fact in facts)]
        for those in of_one_scope(report, [*told, *facts]):
            yield from _told(term, those)


_OF_ALL_ROWS = Pattern("(?:[两三四五六]年)?(?:合计|总计|总分)")


def _of_total_rows(report: Report) -> dict[tuple[str, FactKind], list[Fact]]:
    """The score and the rates of total rows; a score where the full marks make a hundred."""
    found: dict[tuple[str, FactKind], list[Fact]] = defaultdict(list)
    for table in report.document.tables:
        for row in table.rows[table.head :]:
            if not _OF_ALL_ROWS.fullmatch(first_words(row)):
                continue
            for heading, cell in zip(table.headings, row, strict=False):
                fact = next(iter(report.facts_at(cell.place)), None)
                measure = measure_of(heading) if "平均" not in heading and "自评" not in heading else ""
                if fact is None or not fact.exact or not cell.is_numeric:
                    continue
                if (fact.kind is FactKind.PERCENT and measure in _RATES) or (
                    measure == "得分" and _is_of_hundred(report, table, row)
                ):
                    found[measure, fact.kind].append(fact)
    return found


def _is_of_hundred(report: Report, table: Table, row: Sequence[Cell]) -> bool:
    marks = [cell for heading, cell in zip(table.headings, row, strict=False) if measure_of(heading) == "分值"]
    facts = [fact for cell in marks for fact in report.facts_at(cell.place)]
    return any(fact.value == _HUNDRED for fact in facts) or any(
        sum(fact.value or 0 for cell in table.column(at) for fact in report.facts_at(cell.place)[:1] if cell not in row)
        == _HUNDRED
        for at, heading in enumerate(table.headings)
        if measure_of(heading) == "分值"
    )


_HUNDRED = 100
_OF_SOME = Pattern("中[，,]?有?[0-9一二三四五六七八九十]{1,3}[个家所项条][^，。；]{0,12}$")
"""七个子项中，3个子项执行率为100%: the rate of some."""
_EXPLICIT = Pattern("综合(?:得分|评分)|评价得分|综评得分|总得分|最终得分")


def _of_whole(report: Report) -> Iterator[Fact]:
    """Rates and scores of prose that names nothing of the tables, and of no heading that does."""
    labels = {record.label for record in table_records(report) if len(record.label) > 2}
    listed = {line.paragraph.place for line in contents_lines(report.document)}
    single = False
    for paragraph in report.document.paragraphs:
        if paragraph.level:
            single = paragraph.level >= 2 and (
                label_of(paragraph.text) in labels or bool(_MARKED.search(paragraph.text))
            )
            continue
        if paragraph.place in listed or re.search(r"分别|均为|各项目|=|＝|×", paragraph.text):
            continue
        of_rules = "标准" in paragraph.text
        facts = report.facts_at(paragraph.place)
        named = [paragraph.text.find(label) for label in labels if label in paragraph.text]
        for fact in facts:
            about = single and fact.kind is FactKind.SCORE
            if (
                fact.exact
                and fact.kind in (FactKind.PERCENT, FactKind.SCORE)
                and not about
                and not (of_rules and not _EXPLICIT.search(fact.subject))
                and all(at > fact.start for at in named)
                and not is_earlier(paragraph.text, fact.start)
                and not _OF_SOME.search(paragraph.text[: fact.start])
            ):
                yield fact


_MARKED = Pattern(r"[（(][\d.]+分[)）]\s*$")


def _told(term: str, facts: list[Fact]) -> Iterator[Result]:
    groups: list[list[Fact]] = []
    for fact in facts:
        near = next((group for group in groups if group[0].meets(fact.low, fact.high)), None)
        if near is None:
            groups.append([fact])
        else:
            near.append(fact)
    first, *others = sorted(groups, key=len, reverse=True)
    if len(first) > 1:
        yield agrees(*first)
    for fact in (fact for group in others for fact in group if len(groups) == 2 and len(group) == 1):
        sure = fact.kind is FactKind.SCORE and _EXPLICIT.search(fact.subject) and not fact.place.table
        if (sure or near_miss(fact.base, first[0].base)) or (
            len(first) > 1 and abs(fact.base - first[0].base) * 20 < first[0].base
        ):
            message = f"{term}在此处写{fact.text}，另{len(first)}处写{first[0].text}"
            yield doubtful(
                fact.place, fact.text, first[0].text, message, facts=(fact,),
                related=tuple(other.place for other in first), confidence=80,
            )  # fmt: skip


@rule(
    "same.total_rate",
    group=Group.SAME_FACT,
    title="正文的总比率与表的合计行一致",
    good=(
        "实际支出资金90.00万元，预算执行率90.00%。\n单位：万元\n项目名称\t实际支出资金\t预算执行率\n甲平台\t40.00\t80.00%\n乙平台\t50.00\t100.00%\n合计\t90.00\t90.00%",
        "实际支出资金90.00万元，预算执行率90.00%。与2023年度的预算执行率87.45%相比有提高。\n单位：万元\n项目名称\t实际支出资金\t预算执行率\n甲平台\t40.00\t80.00%\n乙平台\t50.00\t100.00%\n合计\t90.00\t90.00%",
    ),
    bad=(
        "实际支出资金90.00万元，预算执行率89.00%。\n单位：万元\n项目名称\t实际支出资金\t预算执行率\n甲平台\t40.00\t80.00%\n乙平台\t50.00\t100.00%\n合计\t90.00\t90.00%",
    ),
)
def total_rates(report: Report) -> Iterator[Result]:
    """A rate beside an amount of a total row is the rate of that row."""
    for table in report.document.tables:
        for name in _RATES:
            found = _total(report, table, name)
            if found:
                yield from _in_prose(report, name, *found)


def _total(report: Report, table: Table, name: str) -> tuple[Fact, list[Fact]] | None:
    column = next((at for at, text in enumerate(table.headings) if text == name), None)
    row = next((row for row in table.rows[table.head :] if is_whole(first_words(row))), None)
    if column is None or row is None:
        return None
    rate = next(iter(report.facts_at(row[column].place)), None)
    amounts = [fact for cell in row for fact in report.facts_at(cell.place)[:1] if fact.kind is FactKind.MONEY]
    return (rate, amounts) if rate is not None and rate.kind is FactKind.PERCENT and amounts else None


def _in_prose(report: Report, name: str, rate: Fact, amounts: list[Fact]) -> Iterator[Result]:
    for sentence in report.prose:
        if name not in sentence.text:
            continue
        for fact in sentence.facts:
            before = sentence.text[: fact.start - sentence.start]
            if fact.kind is not FactKind.PERCENT or not re.search(rf"{re.escape(name)}[为是]?$", before):
                continue
            if is_earlier(before, len(before)):
                continue  # 与2023年度的预算执行率87.45%相比
            told = [item for item in report.facts_at(sentence.place) if item.start < fact.start]
            money = [item for item in told if item.kind is FactKind.MONEY][-1:]
            if not money or not any(amount.meets(money[0].low, money[0].high) for amount in amounts):
                continue
            yield _same_rate(sentence.place, name, fact, rate)


def _same_rate(place: Place, name: str, fact: Fact, rate: Fact) -> Result:
    if fact.meets(rate.low, rate.high):
        return agrees(fact, rate)
    message = f"{name}写{fact.text}，表的合计行是{rate.text}"
    return differs(place, fact.text, rate.text, message, facts=(fact, rate), related=(rate.place,))


_GOOD_TOTALS = (
    "39个项目合同总金额11738.08万元，累计支付总额9901.25万元。\n单位：万元\n项目名称\t合同金额\t累计支付\n"
    "甲平台\t11225.18\t9500.00\n乙平台\t512.90\t401.25\n合计\t11738.08\t9901.25"
)


@rule(
    "same.total",
    group=Group.SAME_FACT,
    title="正文的总额与表的合计行一致",
    good=(_GOOD_TOTALS, _GOOD_TOTALS.replace("11738.08万元，", "8300.00万元（仅新建项目），")),
    bad=(_GOOD_TOTALS.replace("11738.08万元", "11783.08万元"), _GOOD_TOTALS.replace("9901.25万元", "9907.25万元")),
)
def totals_in_prose(report: Report) -> Iterator[Result]:
    """A total that prose gives for a measure, but for a mistyped digit, is that of the total row."""
    totals = list(_totals(report))
    for sentence in report.prose:
        for fact in sentence.facts:
            measure = _total_measure(fact)
            same = [total for name, total in totals if name == measure] if measure else []
            if same:
                yield from _same_total(sentence.place, measure, fact, same)


def _totals(report: Report) -> Iterator[tuple[str, Fact]]:
    """Measure and amount of every cell of a total row."""
    for table in report.document.tables:
        for row in table.rows[table.head :]:
            if first_words(row) not in ("合计", "总计"):
                continue
            for heading, cell in zip(table.headings, row, strict=False):
                facts = [fact for fact in report.facts_at(cell.place) if fact.kind is FactKind.MONEY and fact.exact]
                measure = measure_of(heading)
                if measure and facts:
                    yield measure, facts[0]


def _total_measure(fact: Fact) -> str:
    words = fact.subject[-_NEAR:]
    is_total = fact.kind is FactKind.MONEY and fact.exact and _TOTAL.search(words)
    return measure_of(words) if is_total else ""


def _same_total(place: Place, measure: str, fact: Fact, totals: list[Fact]) -> Iterator[Result]:
    if any(total.meets(fact.low, fact.high) for total in totals):
        yield agrees(fact)
        return
    near = next((total for total in totals if mistyped(fact, total)), None)
    if near is not None:
        message = f"{measure}总额写{fact.text}，表的合计行是{near.text}"
        yield differs(place, fact.text, near.text, message, facts=(fact, near), related=(near.place,), confidence=90)
