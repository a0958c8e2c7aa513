"""Targets and what was reached: in rows of a table, and across the sentences of a report."""

import itertools
import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import Decimal

from toolkit.proof.declaration import Group, Result, agrees, differs, doubtful, rule
from toolkit.proof.document import Cell, Place, Table
from toolkit.proof.facts import Fact, FactKind, said
from toolkit.proof.records import label_of, measure_of, table_records
from toolkit.proof.report import Report
from toolkit.proof.row_words import first_words
from toolkit.proof.rules.proportions.rates import ratio_bounds
from toolkit.proof.rules.totals.parts import near_miss
from toolkit.text import plain
from toolkit.text.numerals import Hedge
from toolkit.text.patterns import Pattern

_TARGET = Pattern("(?:绩效)?(?:目标|指标)值|年度指标值|全年指标值|计划值")
_DONE = Pattern("实际完成(?:值|情况)?|完成值|全年完成值")
_WON = Pattern("(?:自评|评价)?得分|自评分")
_MARK = Pattern("分值|权重|满分")
_SIGN = Pattern(
    r"^\s*(?P<sign>>=|<=|≥|≤|=|>|<|不低于|不少于|不高于|不超过)?\s*(?P<number>[0-9.]+)\s*(?P<unit>%|[\u4e00-\u9fff]{0,3})\s*$"
)
_AT_MOST = ("<=", "≤", "<", "不高于", "不超过")
_GOOD = "指标名称\t目标值\t分值\t实际完成值\t得分\n覆盖率\t>=90%\t9\t95%\t9\n响应时间\t<=8小时\t9\t8小时\t9\n支付数量\t=15个\t9\t12个\t7.2\n"


@rule(
    "target.row",
    group=Group.LOGIC,
    title="未达到目标的指标没有得满分",
    good=(_GOOD,),
    bad=(_GOOD.replace("12个\t7.2", "12个\t9"), _GOOD.replace("95%\t9", "85%\t9")),
)
def target_rows(report: Report) -> Iterator[Result]:
    """A row's target against what was reached, and its score against its mark."""
    for table in report.document.tables:
        at = _columns(table)
        if at is not None:
            for row in table.rows[table.head :]:
                yield from _row(report, [row[column] for column in at])


def _columns(table: Table) -> tuple[int, int, int, int] | None:
    found = [
        next((at for at, text in enumerate(table.headings) if pattern.fullmatch(text)), None)
        for pattern in (_TARGET, _DONE, _MARK, _WON)
    ]
    target, done, mark, won = found
    if target is None or done is None or mark is None or won is None:
        return None
    return target, done, mark, won


def _row(report: Report, cells: Sequence[Cell]) -> Iterator[Result]:
    target, done, mark, won = cells
    due, real = _SIGN.match(target.text), _SIGN.match(done.text)
    numbers = [next(iter(report.facts_at(cell.place)), None) for cell in (mark, won)]
    facts = tuple(fact for cell in cells for fact in report.facts_at(cell.place) if fact.value is not None)
    if not (mark.is_numeric and won.is_numeric) or numbers[0] is None or numbers[1] is None:
        return
    full = numbers[0].value == numbers[1].value
    if due is None or real is None or due["unit"] != real["unit"]:
        if full and target.text.strip() and target.text.strip() == done.text.strip():
            yield agrees(*facts)
        return
    reached = _reached(due["sign"] or "", Decimal(due["number"]), Decimal(real["number"]))
    if reached == full:
        yield agrees(*facts)
    elif full:
        message = f"目标{target.text.strip()}，实际{done.text.strip()}，没有达到，却得满分{won.text.strip()}分"
        yield doubtful(
            won.place, won.text.strip(), "", message, facts=facts, related=(target.place, done.place), confidence=75
        )


def _reached(sign: str, due: Decimal, real: Decimal) -> bool:
    if sign in _AT_MOST:
        return real <= due
    return real >= due


_NOUN = Pattern(r"[\u4e00-\u9fff]{2,}$")
_EMPTY = Pattern("^(?:目标|年度|计划|实际|完成|已|建成|新建|共计?|累计|为|至年底|全年)+")
_RATE = Pattern(r"完成(?:了)?(?:全年|年度|计划|预定|既定)?(?:目标|任务|计划)?(?:任务)?(?:的|率)?(?:为|达)?$")
_BEYOND = Pattern(r"(?:超过|超出|高于|超额完成|比)(?:年度|计划|预定|既定)?(?:目标|计划)(?:任务|值)?(?:多|高)?$")
_SHORT = Pattern(r"(?:少(?:建|完成)?|低于目标|未完成|尚缺|还差|比目标低|比目标少)$")
_ALIKE = 3


@rule(
    "target.prose",
    group=Group.RATES,
    title="完成率、超额、差额与别处写的目标相符",
    good=(
        "目标为：新建监测点位2,400个，建成服务站120个。\n实际新建监测点位2,316个，完成年度目标的96.50%；建成服务站108个，完成率90.00%。",
        "平台注册42.60万人，完成目标的94.67%。\n问题：平台注册42.60万人，与目标45万人相差2.40万人。",
    ),
    bad=(
        "目标为：新建监测点位2,400个，建成服务站120个。\n实际新建监测点位2,316个，完成年度目标的95.60%；建成服务站108个，完成率90.00%。",
        "目标为：新建监测点位2,400个，建成服务站120个。\n实际新建监测点位2,316个，完成年度目标的96.50%；建成服务站118个，完成率90.00%。",
        "目标为：服务农户不少于5.2万户。\n实际服务农户5.31万户，超过目标0.21万户。",
    ),
)
def targets(report: Report) -> Iterator[Result]:
    """What was reached, with its rate or its distance, against the target that another paragraph names."""
    known = _by_noun(report)
    aims = {place for place, text in report.document.texts() if "目标" in text}
    for place, text in report.texts_with_several_numbers:
        facts = [fact for fact in report.facts_at(place) if fact.value is not None]
        for real, said_of in itertools.pairwise(facts):
            between = text[real.end : said_of.start]
            words = between.strip("，,、；; ")
            told = _RATE.search(words) if said_of.kind is FactKind.PERCENT else _BEYOND.search(words)
            if real.kind is not FactKind.COUNT or "。" in between or not real.value or not said_of.exact or not told:
                continue
            for due in _targets_of(aims, known, real)[:1]:
                yield from _held(real, said_of, due, between)


def _by_noun(report: Report) -> Mapping[str, list[Fact]]:
    found: dict[str, list[Fact]] = defaultdict(list)
    for fact in report.facts:
        if fact.kind is FactKind.COUNT and fact.value and not fact.place.table:
            found[fact.unit].append(fact)
    return found


def _noun(fact: Fact) -> str:
    words = _NOUN.search(re.sub(r"(?:不少于|不低于|达到|共|为)+$", "", fact.subject))
    return _EMPTY.sub("", words[0]) if words else ""


def _targets_of(aims: Collection[Place], known: Mapping[str, list[Fact]], real: Fact) -> list[Fact]:
    """The number of the same thing in a paragraph that speaks of targets; the only one."""
    noun = _noun(real)
    if len(noun) < _ALIKE - 1:
        return []
    found = [
        fact
        for fact in known[real.unit]
        if fact.place != real.place and fact.place in aims and _same_noun(noun, _noun(fact))
        and (fact.base != real.base or fact.hedge is Hedge.AT_LEAST)
        and fact.hedge in (Hedge.EXACT, Hedge.AT_LEAST)
    ]  # fmt: skip
    return found if len({fact.base for fact in found}) == 1 else []


def _same_noun(left: str, right: str) -> bool:
    short, long = sorted((left, right), key=len)
    return len(short) >= _ALIKE - 1 and long.endswith(short)


@rule(
    "target.short",
    group=Group.SUMS,
    title="少完成的数等于目标减实际",
    good=("目标为：建成服务站120个。\n实际建成服务站108个。\n服务站少建12个。",),
    bad=("目标为：建成服务站120个。\n实际建成服务站108个。\n服务站少建21个。",),
)
def shortfalls(report: Report) -> Iterator[Result]:
    """服务站少建12个 against the two numbers of 服务站 elsewhere."""
    known = _by_noun(report)
    for fact in (fact for facts in known.values() for fact in facts if fact.exact):
        match = _SHORT.search(fact.subject)
        noun = _EMPTY.sub("", fact.subject[: match.start()]) if match else ""
        if len(noun) < _ALIKE - 1:
            continue
        same = [other for other in known[fact.unit] if other.place != fact.place and _same_noun(noun, _noun(other))]
        values = sorted({other.base for other in same})
        if len(values) != 2:
            continue
        gap = values[1] - values[0]
        if fact.base == gap:
            yield agrees(fact, *same)
        else:
            right = f"{plain(gap / fact.scale)}{fact.unit}"
            message = f"“{noun}”{match[0] if match else ''}{said(fact)}，别处的两个数相差{right}"
            yield differs(
                fact.place, said(fact), right, message, facts=(fact,),
                related=tuple(other.place for other in same), confidence=80,
            )  # fmt: skip


def _held(real: Fact, other: Fact, due: Fact, between: str) -> Iterator[Result]:
    words = between.strip("，,、；; ")
    if other.kind is FactKind.PERCENT and _RATE.search(words):
        bounds = ratio_bounds(real, due)
        right = f"{real.base / due.base * 100:.2f}%"
        fits = bounds is not None and other.meets(*bounds)
    elif other.unit == real.unit and _BEYOND.search(words):
        gap = real.base - due.base
        right, fits = f"{plain(gap / other.scale)}{other.unit}", other.meets(gap, gap)
    else:
        return
    if fits:
        yield agrees(real, other, due)
        return
    message = f"目标{said(due)}，实际{said(real)}，应为{right}，写的是{said(other)}"
    yield differs(
        other.place, said(other), right, message, facts=(real, other, due), related=(due.place,), confidence=85,
        working=f"{said(real)}对{said(due)}",
    )  # fmt: skip


_DERIVED = (
    (Pattern("(?:资金)?缺口|未到位|少到位|到位不足|少$"), "预算资金", "实际到位"),
    (Pattern("结余|未支出|未使用|尚未支付"), "实际到位", "实际支出"),
)
_FUNDS = "单位：万元\n项目\t预算安排\t资金到位\t实际支出\n甲监测平台\t620.00\t490.00\t453.24\n乙灌溉工程\t1,420.00\t1,278.00\t1,150.20\n合计\t2,040.00\t1,768.00\t1,603.44\n"


@rule(
    "fund.gap",
    group=Group.SAME_FACT,
    title="资金缺口、结余与表中的数相减一致",
    good=(f"{_FUNDS}\n\n资金缺口272.00万元，其中甲监测平台缺口130.00万元。",),
    bad=(
        f"{_FUNDS}\n\n资金缺口227.00万元，其中甲监测平台缺口130.00万元。",
        f"{_FUNDS}\n\n资金缺口272.00万元，其中甲监测平台缺口310.00万元。",
    ),
)
def gaps(report: Report) -> Iterator[Result]:
    """What is missing of a budget or left of what arrived, all in all or of a project that is named."""
    by_label: dict[str, dict[str, Fact]] = defaultdict(dict)
    for record in table_records(report):
        by_label[record.label].setdefault(record.measure, record.fact)
    totals = _total_amounts(report)
    for sentence in report.prose if totals else ():
        for fact in sentence.facts:
            words = fact.subject[-12:]
            for pattern, whole, part in _DERIVED:
                if fact.kind is FactKind.MONEY and fact.exact and pattern.search(words):
                    label = next(
                        (name for name in by_label if len(name) > _ALIKE and name in label_of(fact.subject)), ""
                    )
                    amounts = by_label[label] if label else totals
                    if whole in amounts and part in amounts:
                        yield from _gap(fact, amounts[whole], amounts[part], label or "合计")


def _total_amounts(report: Report) -> dict[str, Fact]:
    found: dict[str, Fact] = {}
    for table in report.document.tables:
        for row in table.rows[table.head :]:
            if first_words(row) in ("合计", "总计"):
                for heading, cell in zip(table.headings, row, strict=False):
                    facts = [fact for fact in report.facts_at(cell.place) if fact.kind is FactKind.MONEY]
                    if facts and (measure := measure_of(heading)):
                        found.setdefault(measure, facts[0])
    return found


def _gap(fact: Fact, whole: Fact, part: Fact, name: str) -> Iterator[Result]:
    gap = whole.base - part.base
    slack = (whole.step * whole.scale + part.step * part.scale) / 2
    if fact.meets(gap - slack, gap + slack):
        yield agrees(fact, whole, part)
    elif near_miss(fact.base, gap):
        right = f"{plain(gap / fact.scale)}{fact.unit}"
        message = f"{name}：{said(whole)}减{said(part)}为{right}，写的是{said(fact)}"
        yield differs(
            fact.place, said(fact), right, message, facts=(fact,), related=(whole.place, part.place), confidence=85
        )
