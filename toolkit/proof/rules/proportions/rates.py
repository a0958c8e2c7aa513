"""Rates of a sentence against the two numbers they are made of, and rates that cannot be above 100%."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import permutations

from toolkit.proof.declaration import Group, Result, agrees, differs, rule
from toolkit.proof.facts import Fact, FactKind, said
from toolkit.proof.records import measure_of
from toolkit.proof.report import Report, Sentence
from toolkit.proof.units import same_unit
from toolkit.text.patterns import Pattern

_RATE = Pattern(r"率|占比|占")
_ARRIVED = Pattern(r"到位率|执行率|完成率|达标率|合格率|通过率|归档率|覆盖率|挂接率|上线率|回收率|有效率")
_SAVED = Pattern(r"节约率")
_BOUND = Pattern(
    r"满意度|合格率|通过率|覆盖率|占比|占(?!(?:调整|年初|全年|年度)?预算|审定|合同|中标)[^。，；]{0,10}的?$|达标率|及时率|可用率|归档率|(?<!平均)得分率"
)
PARTS_OF_RATES: dict[str, tuple[tuple[str, str], ...]] = {
    "资金到位率": (("实际到位", "预算资金"),),
    "预算执行率": (("实际支出", "实际到位"), ("实际支出", "预算资金")),
    "得分率": (("得分", "分值"), ("平均得分", "平均计分值"), ("平均得分", "计分值"), ("平均得分", "分值")),
}


def ratio_bounds(part: Fact, whole: Fact, *, saved: bool = False) -> tuple[Decimal, Decimal] | None:
    """Between which bounds a ratio of two printed numbers lies; None where it is undefined."""
    step = min(part.step * part.scale, whole.step * whole.scale)
    near, far = _half(part, step), _half(whole, step)
    if part.base < 0 and not saved:
        bounds = ratio_bounds(replace(part, value=-(part.value or Decimal(0))), whole)
        return (-bounds[1], -bounds[0]) if bounds else None
    if whole.base - far <= 0 or part.base < 0:
        return None
    low, high = (part.base - near) / (whole.base + far), (part.base + near) / (whole.base - far)
    return (1 - high, 1 - low) if saved else (low, high)


def _half(fact: Fact, step: Decimal) -> Decimal:
    """Half of what a number may have been rounded by; whole counts and scores were not."""
    return Decimal(0) if fact.step >= 1 and fact.kind is not FactKind.MONEY else step / 2


def _fits(rate: Fact, part: Fact, whole: Fact) -> bool:
    bounds = [ratio_bounds(part, whole)]
    if _SAVED.search(rate.subject):
        bounds = [ratio_bounds(part, whole, saved=True), *bounds]
    return any(item is not None and rate.meets(*item) for item in bounds)


def _fits_exactly(rate: Fact, part: Fact, whole: Fact) -> bool:
    due = part.base / whole.base if whole.base else Decimal(-1)
    return rate.meets(due, due)


@rule(
    "rate.sentence",
    group=Group.RATES,
    named=True,
    title="句中的比率等于句中的数相除",
    good=(
        "预算资金327.66万元，实际到位资金320.00万元，资金到位率97.66%。\n",
        "计划梳理1000个，实际完成1525个，完成率152.50%。\n",
        "七个子项中，3个子项执行率为100%；执行率最低的是安全培训。\n",
        "目标包括五项：完成招生1,100人，培训覆盖率达到100%。\n",
        "计划采集4万人及以上，实际完成46949人，目标任务完成率117.37%。\n",
    ),
    bad=(
        "预算资金327.66万元，实际到位资金320.00万元，资金到位率99.66%。\n",
        "计划梳理1000个，实际完成1525个，完成率125.50%。\n",
        "5个项目中4个按期完成，按期完成率90%。\n",
        "共发放问卷600份，收回有效问卷576份，有效回收率98.00%。\n",
        "2024年预算1.26亿元，共安排九个项目。截至年底，资金到位12,180.50万元，到位率95.67%。\n",
    ),
)
def rates_in_sentences(report: Report) -> Iterator[Result]:
    """A rate after two amounts or two counts of one sentence."""
    exact = _exact_scores(report)
    for sentence in report.sentences:
        for index, rate in enumerate(sentence.facts):
            if rate.kind is FactKind.PERCENT and rate.exact and _RATE.search(rate.subject):
                results = list(_sentence_rate(sentence, rate, sentence.facts[:index], exact=exact))
                yield from results or _paragraph_rate(report, sentence, rate)


def _paragraph_rate(report: Report, sentence: Sentence, rate: Fact) -> Iterator[Result]:
    """A rate whose whole stands in an earlier sentence of the paragraph, both named for what they are, once each."""
    parts = PARTS_OF_RATES.get(measure_of(rate.subject), ())[:1]
    if sentence.place.table or not parts or not sentence.facts:
        return
    before = [
        fact
        for fact in report.facts_at(sentence.place)
        if fact.start < rate.start and fact.kind is FactKind.MONEY and fact.exact
    ]
    part = [fact for fact in before if measure_of(fact.subject[-14:]) == parts[0][0]]
    whole = [fact for fact in before if measure_of(fact.subject[-14:]) == parts[0][1]]
    if (
        len(part) != 1
        or len(whole) != 1
        or part[0].start < sentence.start
        or re.search(r"平均|均为|其中|同比|分别", sentence.text)
    ):
        return
    yield agrees(rate, part[0], whole[0]) if _fits(rate, part[0], whole[0]) else _wrong(rate, part[0], whole[0])


def _exact_scores(report: Report) -> bool:
    """Whether the scores of a report are whole, half or a tenth throughout: then none of them was rounded."""
    scores = [fact for fact in report.facts if fact.kind is FactKind.SCORE and fact.value and fact.step < 1]
    scores = [fact for fact in scores if "平均" not in fact.subject and not fact.place.table]
    return len(scores) > _FEW_SCORES and all((fact.value or Decimal(0)) * 10 % 1 == 0 for fact in scores)


_FEW_SCORES = 6


def _sentence_rate(sentence: Sentence, rate: Fact, before: Sequence[Fact], *, exact: bool = False) -> Iterator[Result]:
    for kinds in ((FactKind.MONEY,), (FactKind.COUNT,), (FactKind.SCORE,)):
        numbers = [fact for fact in before if fact.kind in kinds and fact.value and fact.upper is None][-6:]
        pairs = list(permutations(numbers, 2))
        fits = _fits_exactly if exact and kinds == (FactKind.SCORE,) else _fits
        fitting = next(((part, whole) for part, whole in pairs if fits(rate, part, whole)), None)
        if fitting is not None:
            yield agrees(rate, *fitting)
            return
        pair = None if numbers and _is_of_those(sentence, numbers[-1], rate) else _named_pair(rate, numbers, sentence)
        if pair is not None:
            yield _wrong(rate, *pair)
            return


def _named_pair(rate: Fact, numbers: Sequence[Fact], sentence: Sentence) -> tuple[Fact, Fact] | None:
    """Part and whole where the words leave no doubt; only two numbers of the kind, and a rate of two such things."""
    if re.search(r"平均|均为|其中|同比|比上年|分别", sentence.text[: rate.start - sentence.start]):
        return None
    if any(re.search("[比较][^，。；]{0,8}[多少高低]$|[超少]$", fact.subject) for fact in numbers):
        return None  # how far it is from the plan, not the plan
    parts = PARTS_OF_RATES.get(measure_of(rate.subject), ())
    for part_name, whole_name in parts:
        part = [fact for fact in numbers if measure_of(fact.subject) == part_name]
        whole = [fact for fact in numbers if measure_of(fact.subject) == whole_name]
        if len(part) == 1 and len(whole) == 1:
            return part[0], whole[0]
    if len(numbers) == 2 and _ARRIVED.search(rate.subject) and _among(sentence, *numbers):
        return numbers[1], numbers[0]
    if len(numbers) == 2 and not parts and (_ARRIVED.search(rate.subject) or _SAVED.search(rate.subject)):
        planned = [fact for fact in numbers if re.search(r"计划|目标|应|总|共|发放|发出", fact.subject)]
        real = [
            fact
            for fact in numbers
            if re.search(r"实际|已|达标|合格|完成|收回|回收|有效", fact.subject) and fact not in planned
        ]
        if len(planned) == 1 and len(real) == 1 and same_unit(real[0], planned[0]):
            return real[0], planned[0]
    return None


def _among(sentence: Sentence, whole: Fact, part: Fact) -> bool:
    """5个项目中4个按期完成: the second number is some of the first."""
    between = sentence.text[whole.end - sentence.start : part.start - sentence.start]
    return whole.unit == part.unit and re.fullmatch(r"[^，。；]{0,10}中[，,]?有?", between) is not None


def _is_of_those(sentence: Sentence, part: Fact, rate: Fact) -> bool:
    """七个子项中，3个子项执行率为100%: the rate is that of each of the three."""
    between = sentence.text[part.end - sentence.start : rate.start - sentence.start]
    return part.kind is FactKind.COUNT and re.fullmatch(r"的?[\u4e00-\u9fff]+率[为是达到均]*", between) is not None


def _wrong(rate: Fact, part: Fact, whole: Fact) -> Result:
    saved = bool(_SAVED.search(rate.subject))
    value = part.base / whole.base * 100
    value = 100 - value if saved else value
    shown = f"{value:.2f}%"
    working = f"({said(whole)}−{said(part)})÷{said(whole)}={shown}" if saved else f"{said(part)}÷{said(whole)}={shown}"
    return differs(
        rate.place, rate.text, shown, f"{rate.subject[-12:]}{rate.text}与{working}不符",
        facts=(rate, part, whole), related=(part.place, whole.place), working=working,
    )  # fmt: skip


@rule(
    "rate.above_one",
    group=Group.RATES,
    named=True,
    title="满意度、合格率、覆盖率、占比不超过100%",
    good=("系统验收合格率为100.00%，满意度96.5%。\n", "收入完成28,583万元，占调整预算105.47%，占审定价100.92%。\n"),
    bad=("系统验收合格率为106.00%。\n", "服务对象满意度为965%。\n"),
)
def rates_above_one(report: Report) -> Iterator[Result]:
    """Shares cannot be more than everything."""
    for fact in report.facts:
        bounded = fact.kind is FactKind.PERCENT and fact.exact and fact.unit == "%"
        if bounded and fact.base > 1 and _BOUND.search(_words(fact)) and not _CARRIED.search(_words(fact)):
            yield differs(
                fact.place, fact.text, "不超过100%", f"{fact.subject[-14:]}{fact.text}超过100%", facts=(fact,)
            )


_CARRIED = Pattern("(?:支出|支付)占.{0,4}到位")
"""What came in earlier years is spent, too."""


def _words(fact: Fact) -> str:
    """The words that name a rate: of a cell, those of its column."""
    return fact.subject.split(" ")[-1] if fact.place.table else fact.subject[-14:]
