"""The same thing said in two places: prose against tables, tables against each other, repeated sentences."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from toolkit.proof.declaration import Group, Result, Verdict, agrees, differs, doubtful, rule
from toolkit.proof.facts import Fact, FactKind, said
from toolkit.proof.records import Record, compatible, prose_records, same_value, table_records
from toolkit.proof.report import Report
from toolkit.text import plain
from toolkit.text.patterns import Pattern

_SHARE = 0.7
"""Two places speak of the same things where at least this share of what they have in common agrees."""
_QUOTED = Pattern("“(?P<name>[^”]{2,60})”")
_SCALES = tuple(Decimal(10) ** power for power in (1, 2, 3, 4, 8))
_GOOD = (
    "甲平台建设项目，合同金额为1225.18万元，累计支付1225.18万元。\n乙系统升级改造项目，合同金额为182.10万元，累计支付100.00万元。\n"
    "丙中心机房改造项目，合同金额为160.06万元，累计支付63.02万元。\n"
    "表1 支付情况\n序号\t项目名称\t合同金额（元）\t累计支付（元）\n1\t甲平台建设项目\t12251833.32\t12251833.32\n"
    "2\t乙系统升级改造项目\t1821000\t1000000\n3\t丙中心机房改造项目\t1600600\t630240\n"
)


@rule(
    "same.prose_table",
    group=Group.SAME_FACT,
    title="正文与表格中同一事项的数一致",
    good=(_GOOD,),
    bad=(_GOOD.replace("630240", "640240"), _GOOD.replace("182.10万元", "128.10万元")),
)
def prose_against_tables(report: Report) -> Iterator[Result]:
    """Amounts and scores that prose and a table give for the same project or indicator."""
    tables = list(table_records(report))
    labels = frozenset(record.label for record in tables)
    prose = [record for record in prose_records(report, labels) if not _CHANGED.search(record.fact.subject)]
    prose += _short_labels(report, labels)
    columns: dict[tuple[int, int], list[Record]] = defaultdict(list)
    for record in tables:
        columns[record.source, record.column].append(record)
    results: list[Result] = []
    for records in columns.values():
        by_label = _unique(records)
        measure = records[0].measure
        pairs = [
            (record, by_label[record.label])
            for record in prose
            if record.measure == measure and record.label in by_label
        ]
        results += _judged([pair for pair in pairs if compatible(pair[0].fact, pair[1].fact)])
    yield from _joined(results)


_CHANGED = Pattern("(?:调整|变更|调[增减]|核[增减]|改|修正|更正|压减)(?:后的?|为|到|至)[^，。；]{0,6}$")
"""合同金额调整为812.60万元: what it became, beside a table that may give what it was."""


def _joined(results: Sequence[Result]) -> Iterator[Result]:
    """What a paragraph says wrong of one project in several measures, 本年支付 and 累计支付, is told once."""
    told: dict[tuple[object, ...], Result] = {}
    for result in results:
        key = (result.place, result.found, *(fact.base for fact in result.facts))
        if result.verdict is Verdict.AGREES:
            yield result
        elif key in told and result.related != told[key].related:
            first = told[key]
            message = f"{first.message}；同一段另有一个{result.found}，与{result.related[0]}的{result.expected}不符"
            related, facts = (*first.related, *result.related), (*first.facts, *result.facts)
            told[key] = replace(first, message=message, related=related, facts=facts)
        else:
            told.setdefault(key, result)
    yield from told.values()


def _short_labels(report: Report, labels: frozenset[str]) -> Iterator[Record]:
    """决策类指标20分，得17.50分: names of two characters count only right before their score."""
    short = [label for label in labels if len(label) == 2]
    if not short:
        return
    pattern = Pattern(
        rf"(?<![\u4e00-\u9fff])(?:项目)?(?P<label>{'|'.join(map(re.escape, short))})(?:类|方面|情况)?(?:一级)?(?:指标)?"
        r"(?:[（(]?(?:满分|分值|权重)?(?P<mark>[0-9.]+)分[)）]?)?，?(?:实际)?得分?(?:为)?(?P<score>[0-9.]+)分"
    )
    for sentence in report.prose_with(pattern):
        for match in pattern.finditer(sentence.text):
            for group, measure in (("mark", "分值"), ("score", "得分")):
                at = sentence.start + match.start(group)
                facts = report.facts_within(sentence.place, at, at + 1) if match[group] else ()
                yield from (Record(match["label"], measure, fact, 0) for fact in facts[:1])


@rule(
    "same.tables",
    group=Group.SAME_FACT,
    title="各表中同一事项的数一致",
    good=(
        "表1 甲\n指标名称\t分值\t得分\n资金到位率\t3\t2\n预算执行率\t5\t5\n制度健全性\t4\t3\n"
        "这里隔开。\n\n\n表2 乙\n指标名称\t得分\t说明\n资金到位率\t2.00\t无\n预算执行率\t5.00\t无\n制度健全性\t3.00\t无\n",
        "表1 “甲系统”失分情况\n指标名称\t分值\t得分\n资金到位率\t3\t2\n预算执行率\t5\t5\n制度健全性\t4\t3\n管理规范性\t4\t4\n"
        "这里隔开。\n\n\n表2 “乙系统”失分情况\n指标名称\t得分\t说明\n资金到位率\t2.00\t无\n预算执行率\t5.00\t无\n制度健全性\t3.50\t无\n管理规范性\t4\t无\n",
    ),
    bad=(
        "表1 甲\n指标名称\t分值\t得分\n资金到位率\t3\t2\n预算执行率\t5\t5\n制度健全性\t4\t3\n管理规范性\t4\t4\n"
        "这里隔开。\n\n\n表2 乙\n指标名称\t得分\t说明\n资金到位率\t2.00\t无\n预算执行率\t5.00\t无\n制度健全性\t3.50\t无\n管理规范性\t4\t无\n",
    ),
)
def tables_against_tables(report: Report) -> Iterator[Result]:
    """Two columns of two tables that measure the same for the same labels."""
    columns: dict[tuple[int, int], list[Record]] = defaultdict(list)
    for record in table_records(report):
        columns[record.source, record.column].append(record)
    known = {key: _unique(records) for key, records in columns.items()}
    names = {table.number: _names_in(table.caption) for table in report.document.tables}
    by_measure: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for key, records in columns.items():
        by_measure[records[0].measure].append(key)
    for keys in by_measure.values():
        for number, left in enumerate(keys[:60]):
            for right in keys[number + 1 : 60]:
                if left[0] != right[0] and not _of_others(names[left[0]], names[right[0]]):
                    common = known[left].keys() & known[right].keys()
                    pairs = [(known[right][label], known[left][label]) for label in known[left] if label in common]
                    yield from _judged([pair for pair in pairs if compatible(pair[0].fact, pair[1].fact)])


def _names_in(caption: str) -> frozenset[str]:
    return frozenset(match["name"] for match in _QUOTED.finditer(caption))


def _of_others(left: frozenset[str], right: frozenset[str]) -> bool:
    """“甲系统”失分情况 and “乙系统”失分情况: of two projects, each with the same indicators."""
    return bool(left and right) and left.isdisjoint(right)


def _unique(records: Sequence[Record]) -> dict[str, Record]:
    """Records whose label stands once in their column."""
    labels = [record.label for record in records]
    return {record.label: record for record in records if labels.count(record.label) == 1}


def _judged(pairs: Sequence[tuple[Record, Record]]) -> Iterator[Result]:
    """Where nearly all agree, the others contradict; where few agree, the two speak of different things."""
    wrong = [pair for pair in pairs if not same_value(pair[0].fact, pair[1].fact)]
    right = [pair for pair in pairs if same_value(pair[0].fact, pair[1].fact)]
    if len(right) == len(wrong) == 1 and _telling(wrong[0][0]):
        yield agrees(right[0][0].fact, right[0][1].fact)
        found = _conflict(*wrong[0])
        yield replace(found, verdict=Verdict.DOUBTFUL, confidence=70)
        return
    if len(right) < 2 or len(wrong) > max(1, (1 - _SHARE) * len(pairs)):
        if not wrong:
            yield from (agrees(left.fact, other.fact) for left, other in right)
        return
    for left, other in right:
        yield agrees(left.fact, other.fact)
    for left, other in wrong:
        yield _conflict(left, other)


def _telling(record: Record) -> bool:
    """A long name and a measure that means one thing: one place that agrees is enough to doubt another."""
    return len(record.label) > _NAME and record.measure in (
        "资金到位率",
        "预算执行率",
        "合同金额",
        "累计支付",
        "审定金额",
    )


_NAME = 5


def _conflict(left: Record, other: Record) -> Result:
    unit = _scale_between(left.fact, other.fact)
    there = f"{other.fact.place}为{said(other.fact)}{_as(other.fact, left.fact)}"
    message = f"“{left.label}”的{left.measure}在此处为{said(left.fact)}，{there}"
    return differs(
        left.fact.place,
        said(left.fact),
        said(other.fact),
        f"{message}，相差{unit}倍，请核对单位" if unit else message,
        facts=(left.fact, other.fact),
        related=(other.fact.place,),
    )


def _as(fact: Fact, other: Fact) -> str:
    """The number in the unit of another, in brackets; nothing where they have the same."""
    if fact.unit == other.unit or not fact.unit or not other.unit:
        return ""
    return f"（{plain(fact.base / other.scale)}{other.unit}）"


def _scale_between(left: Fact, right: Fact) -> str:
    small, large = sorted((abs(left.base), abs(right.base)))
    return next((f"{scale:,f}" for scale in _SCALES if small and abs(large / small / scale - 1) < Decimal("0.001")), "")


@rule(
    "same.sentence",
    group=Group.SAME_FACT,
    title="重复出现的同一句话中的数一致",
    good=("某市项目到位资金327.1314万元，资金到位率100%。\n下文：某市项目到位资金327.1314万元，资金到位率100%。\n",),
    bad=(
        "截至年底，某市分厅建设项目实际到位资金327.1314万元。\n再述：截至年底，某市分厅建设项目实际到位资金327.1314万元。\n"
        "三述：截至年底，某市分厅建设项目实际到位资金372.1314万元。\n",
    ),
)
def repeated_clauses(report: Report) -> Iterator[Result]:
    """Clauses that are the same but for their number: most say one thing, one says another."""
    frames: dict[tuple[str, FactKind, str], list[Fact]] = defaultdict(list)
    for fact in report.facts:
        if fact.exact and not fact.place.table and fact.kind in _COMPARED:
            words = re.sub(r"\s|\d", "", fact.subject)
            if len(words) >= _LONG:
                frames[words[-_KEPT:], fact.kind, fact.unit].append(fact)
    for facts in frames.values():
        yield from _frame(facts)


_COMPARED = frozenset({FactKind.MONEY, FactKind.PERCENT, FactKind.SCORE})
_LONG, _KEPT = 10, 24


def _frame(facts: Sequence[Fact]) -> Iterator[Result]:
    if len(facts) < 2:
        return
    groups: list[list[Fact]] = []
    for fact in facts:
        group = next((group for group in groups if same_value(group[0], fact)), None)
        if group is None:
            groups.append([fact])
        else:
            group.append(fact)
    groups.sort(key=len, reverse=True)
    if len(groups) == 1:
        yield agrees(*facts)
    elif len(groups) == 2 and len(groups[1]) == 1 and len(groups[0]) >= 2:
        odd, usual = groups[1][0], groups[0][0]
        yield agrees(*groups[0])
        report = differs if len(groups[0]) >= 3 or len(usual.subject) >= 2 * _LONG else doubtful
        yield report(
            odd.place, said(odd), said(usual), f"“{odd.subject[-_KEPT:]}”在此处为{said(odd)}，另{len(groups[0])}处为{said(usual)}",
            facts=(odd,), related=tuple(fact.place for fact in groups[0]),
        )  # fmt: skip
