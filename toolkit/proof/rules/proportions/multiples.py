"""One number as times another, as a ratio of two, as growth a year: 前者是后者的1.52倍, 二者之比为3:1, 年均增长3.94%."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations, permutations

from toolkit.proof.declaration import Group, Result, agrees, differs, rule
from toolkit.proof.facts import Fact, FactKind, said
from toolkit.proof.report import Report, Sentence
from toolkit.proof.rules.proportions.times_of_ends import ENDS
from toolkit.proof.units import same_unit
from toolkit.text import plain
from toolkit.text.patterns import Pattern

_TIMES = Pattern(r"(?P<way>前者[是为]后者|后者[是为]前者)的(?P<times>[0-9.]+)倍")
_OF_NUMBER = Pattern(
    r"[，,](?:是|为|相当于)(?:20[0-9]{2}年的?|[\u4e00-\u9fff]{2,14}[（(]?)(?P<of>[0-9][0-9,]*(?:\.[0-9]+)?)[\u4e00-\u9fff%]{0,4}"
    r"(?:[）)]|（[^）]*）)?的(?P<times>[0-9.]+)倍"
)
"""大型企业户均346.67万元，是小微企业户均25.84万元的13.4倍; 为2022年58.60万人次的1.37倍."""
_RATIO = Pattern(
    r"(?:[\u4e00-\u9fff]之比|比例|[\u4e00-\u9fff]比)(?:约|大约)?[为是](?:约)?(?P<left>[0-9.]+)[:：∶](?P<right>[0-9.]+)(?![:：∶0-9])"
)
_YEARLY = Pattern(r"(?:年均|年平均)(?:复合)?(?P<way>增长|增速|增幅|递增|下降|递减)(?:率)?(?:为|达到?)?$")
_PERIOD = Pattern("(20[0-9]{2})年")
_NEAREST = 4
_NAME = 4
_OF_ANOTHER = Pattern(r"[，,]与(?P<whole>[\u4e00-\u9fff]{3,})之比(?:约|大约)?[为是](?:约)?[0-9.]+$")
_QUANTITIES = (FactKind.MONEY, FactKind.COUNT, FactKind.SCORE)


@rule(
    "ratio.times",
    group=Group.RATES,
    title="前者是后者的几倍、二者之比与两数相符",
    good=(
        "投资最多的甲镇1,495.00万元，最少的乙镇983.40万元，前者是后者的1.52倍。",
        "利用率最高的是甲局（67.8%），最低的是乙局（18.9%），前者是后者的3.59倍。",
        "失业人员再就业31.20万人，困难人员就业10.40万人，二者之比为3:1。",
        "在校学生46,800人，专任教师3,120人，生师比为15:1。",
        "市县配套9.72亿元，社会资本投入2.15亿元，与专项资金支出之比约为0.85:1。",
    ),
    bad=(
        "投资最多的甲镇1,495.00万元，最少的乙镇983.40万元，前者是后者的1.25倍。",
        "利用率最高的是甲局（67.8%），最低的是乙局（18.9%），前者是后者的3.95倍。",
        "大型企业户均奖补346.67万元，是小微企业户均25.84万元的14.3倍。",
        "前10家户均132.65万元，是全部企业户均补助（15.77万元）的4.8倍。",
        "2024年接待80.20万人次，为2022年58.60万人次的1.73倍。",
        "失业人员再就业31.20万人，困难人员就业10.40万人，二者之比为4:1。",
        "在校学生46,800人，专任教师3,120人，生师比为12:1。",
    ),
)
def times(report: Report) -> Iterator[Result]:
    """The two numbers of a unit told last before."""
    for sentence in report.prose:
        for match in _TIMES.finditer(sentence.text):
            yield from _in_words(sentence, match)
        for match in _OF_NUMBER.finditer(sentence.text):
            yield from _of_number(sentence, match)
        for match in _RATIO.finditer(sentence.text):
            yield from _ratio(sentence, match)


def _last_two(sentence: Sentence, at: int) -> tuple[Fact, Fact] | None:
    """The pair of one unit nearest before a place that is no difference: what was told of two things."""
    facts = [fact for fact in sentence.facts if fact.end <= sentence.start + at and fact.exact and fact.value]
    facts = [fact for fact in facts if fact.kind in _QUANTITIES and not re.search("差|多|少|增|减", fact.subject[-2:])]
    for second in reversed(facts):
        first = next((fact for fact in reversed(facts) if fact.end < second.start and same_unit(fact, second)), None)
        if first is not None:
            return first, second
    rates = [fact for fact in sentence.facts if fact.end <= sentence.start + at and fact.unit == "%" and fact.value]
    return (rates[-2], rates[-1]) if len(rates) > 1 and not facts else None


def _in_words(sentence: Sentence, match: re.Match[str]) -> Iterator[Result]:
    pair = _last_two(sentence, match.start())
    facts = _inside(sentence, match, "times")
    if pair is None or not facts or ENDS.search(f"{sentence.text[: match.start()]}前者是后者的"):
        return
    first, second = pair if match["way"].startswith("前") else pair[::-1]
    yield _compared(facts, first, second, facts[0].value or Decimal(0), facts[0].step, match["times"] + "倍")


def _of_number(sentence: Sentence, match: re.Match[str]) -> Iterator[Result]:
    """The number right before, by the one that is told of the other."""
    others, facts = _inside(sentence, match, "of"), _inside(sentence, match, "times")
    before = [fact for fact in sentence.facts if fact.end <= sentence.start + match.start() and fact.value][-1:]
    if others and facts and before and same_unit(before[0], others[0]) and others[0].base > 0:
        value = facts[0].value or Decimal(0)
        yield _compared(facts, before[0], others[0], value, facts[0].step, match["times"] + "倍")


def _ratio(sentence: Sentence, match: re.Match[str]) -> Iterator[Result]:
    """Any two numbers before may be meant; wrong where there are only two, or the words say that both are."""
    right = Decimal(match["right"].strip(".") or 0)
    facts = (*_inside(sentence, match, "left"), *_inside(sentence, match, "right"))
    before = [fact for fact in sentence.facts if fact.end <= sentence.start + match.start() and fact.exact]
    numbers = [fact for fact in before if fact.kind in _QUANTITIES and fact.value]
    if not right or not match["left"].strip("."):
        return
    value = Decimal(match["left"].strip(".")) / right
    step = Decimal(1).scaleb(-len(match["left"].partition(".")[2])) / right
    if (named := _OF_ANOTHER.search(sentence.text[: match.end("left")])) and not any(
        named["whole"][-_NAME:] in fact.subject for fact in numbers
    ):
        return  # 配套9.72亿元，社会资本2.15亿元，与专项资金支出之比: to a number that stands elsewhere
    near = [two for two in combinations(numbers[-_NEAREST:], 2) if same_unit(*two)]
    pairs = near or list(combinations(numbers[-2:], 2))
    pairs = [(high, low) for two in pairs for high, low in [two, two[::-1]] if low.base]
    shown = match[0].removeprefix("之比")
    fitting = next((two for two in pairs if abs(two[0].base / two[1].base - value) <= step / 2), None)
    if fitting is not None:
        yield agrees(*facts, *fitting)
    elif (pair := _last_two(sentence, match.start())) and re.search("二者|两者|比例", sentence.text):
        larger = pair[0].base < pair[1].base and value > 1
        yield _compared(facts or pair, *(pair[::-1] if larger else pair), value, step, shown)
    elif len(numbers) == 2 and len(before) == 2:
        first, second = numbers if (numbers[0].base >= numbers[1].base) == (value >= 1) else numbers[::-1]
        yield _compared(facts or numbers, first, second, value, step, shown)


def _inside(sentence: Sentence, match: re.Match[str], group: str) -> tuple[Fact, ...]:
    start, end = sentence.start + match.start(group), sentence.start + match.end(group)
    return tuple(fact for fact in sentence.facts if fact.start < end and fact.end > start and fact.value)


def _compared(facts: Sequence[Fact], first: Fact, second: Fact, value: Decimal, step: Decimal, shown: str) -> Result:
    due = first.base / second.base
    if abs(due - value) <= step / 2:
        return agrees(*facts, first, second)
    right = f"{plain(round(due, 2))}倍"
    message = f"写“{shown}”，{said(first)}÷{said(second)}={plain(round(due, 2))}"
    return differs(first.place, shown, right, message, facts=(*facts, first, second), confidence=85)


@rule(
    "growth.yearly",
    group=Group.RATES,
    title="年均增长率与起止两年的数相符",
    good=("与2020年相比，2023年新增就业由30.65万人增加到34.42万人，年均增长3.94%。",),
    bad=("与2020年相比，2023年新增就业由30.65万人增加到34.42万人，年均增长5.20%。",),
)
def yearly(report: Report) -> Iterator[Result]:
    """由A增加到B over the years named: the yearly growth that makes it, as compound or as plain mean."""
    for sentence in report.prose_with(_YEARLY):
        for fact in sentence.facts:
            words = sentence.text[: fact.start - sentence.start]
            match = _YEARLY.search(words) if fact.kind is FactKind.PERCENT and fact.exact else None
            years = sorted({int(year) for year in _PERIOD.findall(words)}) if match else []
            if match is None or len(years) != 2:
                continue
            pairs = [
                (old, new)
                for old, new in permutations([other for other in sentence.facts if other.end <= fact.start], 2)
                if old.end <= new.start and old.kind in _QUANTITIES and same_unit(old, new) and old.base > 0 < new.base
            ]
            yield from _yearly(fact, pairs, years[1] - years[0], falls=match["way"] in ("下降", "递减"))


def _yearly(fact: Fact, pairs: Sequence[tuple[Fact, Fact]], years: int, *, falls: bool) -> Iterator[Result]:
    sign = -1 if falls else 1
    due = Decimal(0)
    for old, new in pairs:
        compound = (new.base / old.base) ** (Decimal(1) / years) - 1
        for rate in (compound, (new.base / old.base - 1) / years):
            off = fact.step * fact.scale / 2
            if fact.meets(sign * rate - off, sign * rate + off):
                yield agrees(fact, old, new)
                return
        due = compound
    if len(pairs) == 1:
        old, new = pairs[0]
        right = f"{plain(round(sign * due * 100, 2))}%"
        message = f"年均增长写{said(fact)}，{years}年由{said(old)}到{said(new)}，年均是{right}"
        yield differs(fact.place, said(fact), right, message, facts=(fact, old, new), confidence=80)
