"""Two years' figures of one sentence and the change said of them: increase, growth, points; 由多少到多少."""

from collections.abc import Iterator
from decimal import Decimal

from toolkit.proof.declaration import Group, Result, agrees, differs, rule
from toolkit.proof.document import Place
from toolkit.proof.facts import Fact, FactKind
from toolkit.proof.report import Report, Sentence
from toolkit.proof.scope import is_bound_behind, is_target
from toolkit.proof.units import same_unit
from toolkit.text import plain
from toolkit.text.patterns import Pattern

_YEAR = Pattern(r"(?P<year>20[0-9]{2})年[^0-9，。；]{0,12}$")
_COMPARED = Pattern(r"(?:比|较)(?:上年|20[0-9]{2}年)[^，。；]{0,12}$")
_UP, _DOWN = "增加|增长|提高|上升|多", "减少|下降|降低|少"
_CHANGE = Pattern(rf"(?:(?P<up>{_UP})|(?P<down>{_DOWN}))了?$")
_OF_ANOTHER = Pattern(
    rf"(?:^|[，、；])(?![^，、；]*(?:比|较|同比|环比|[0-9]))[^，、；]{{5,}}(?:{_UP}|{_DOWN})了?$|(?:年均|年平均|平均每年)[^，、；]{{0,6}}$"
)
"""规上工业增加值增长, 年均增长: a change of something else than the two numbers before, or of one year of several."""


def words_before(sentence: Sentence, fact: Fact) -> str:
    """The words of a sentence before one of its numbers."""
    return sentence.text[: fact.start - sentence.start]


def spread(fact: Fact) -> Decimal:
    """What one step of the last printed digit is worth, in the base unit."""
    return fact.step * fact.scale


@rule(
    "change.amount",
    group=Group.RATES,
    title="增减额、增长率、百分点与两年的数相符",
    good=(
        "2022年支付80万元，2023年支付100万元，比上年增加20万元，同比增长25.00%。2022年执行率80.0%，2023年执行率85.5%，提高5.5个百分点。",
        "2023年事故1,806起，2024年事故1,588起，下降12.07%，完成“下降10%”的目标。",
        "男生身高由2022年的143.8厘米增加到2024年的145.6厘米，增加1.8厘米；女生由144.5厘米增加到146.0厘米，增加1.5厘米。",
        "平均满意率88.5%，比88%的目标高0.5个百分点，比2023年（86.1%）提高2.4个百分点。",
        "2023年办件620,000件，比2022年的500,000件增加120,000件；其中上半年264,000件，下半年356,000件，下半年比上半年增长34.85%。",
    ),
    bad=(
        "2022年支付80万元，2023年支付100万元，比上年增加30万元。",
        "全年办件620,000件；其中上半年264,000件，下半年356,000件，下半年比上半年增长25.84%。",
        "建成教室180间，比2022年的120间增加50间。",
        "2022年支付80万元，2023年支付100万元，同比增长20.00%。",
        "2022年支付80万元，2023年支付100万元，同比下降25.00%。",
        "2022年执行率80.0%，2023年执行率85.5%，提高5.5%。",
    ),
)
def changes(report: Report) -> Iterator[Result]:
    """Two years' figures of one sentence, and the change said behind them."""
    for sentence in report.prose:
        pair: list[Fact] = []
        for fact in (fact for fact in sentence.facts if fact.exact):
            before = words_before(sentence, fact)
            if (
                _YEAR.search(before)
                and not _CHANGE.search(before)
                and fact.kind in (FactKind.MONEY, FactKind.PERCENT, FactKind.COUNT)
            ):
                pair = [*pair[-1:], fact] if pair and pair[-1].kind is fact.kind else [fact]
                if len(pair) == 1 and _COMPARED.search(before):
                    pair = [*_just_before(sentence, fact), fact]
                if len(pair) > 1 and _COMPARED.search(before):  # 2024年…，比2023年的…增加
                    pair.reverse()
                continue
            if periods := _of_periods(sentence, fact, before):
                old, new = periods
                yield _changed(sentence.place, old, new, fact, is_up=_UPWARDS.search(before) is not None)
                continue
            change = _CHANGE.search(before)
            if change and len(pair) == 2 and _can_change(pair, fact) and not _is_of_others(sentence, pair, fact):
                pair = _meant(sentence, pair, fact, is_up=bool(change["up"]))
                yield _changed(sentence.place, pair[0], pair[1], fact, is_up=bool(change["up"]))


def _is_of_others(sentence: Sentence, pair: list[Fact], change: Fact) -> bool:
    """Whether a change is a target, or one of something else than two numbers: of another pair that stands nearer."""
    start, end = change.start - sentence.start, change.end - sentence.start
    if _OF_ANOTHER.search(sentence.text[:start]) or is_target(sentence.text, start, end):
        return True
    nearer = [fact for fact in sentence.facts if fact.exact and fact.end <= change.start][-2:]
    if len(nearer) < len(pair) or any(fact in pair for fact in nearer) or not same_unit(*nearer):
        return False
    return _REACHED.search(sentence.text[: nearer[1].start - sentence.start]) is not None


def _of_periods(sentence: Sentence, change: Fact, before: str) -> tuple[Fact, Fact] | None:
    """下半年比上半年增长35%: the last number of each before, of one unit."""
    match = _PERIODS.search(before)
    if match is None:
        return None
    told = [
        fact for fact in sentence.facts if fact.end <= change.start and fact.exact and fact.kind is not FactKind.DATE
    ]
    both = [
        [fact for fact in told if fact.subject.removeprefix("其中").startswith(match[name])][-1:]
        for name in ("old", "new")
    ]
    pair = [fact for facts in both for fact in facts]
    return (pair[0], pair[1]) if len(pair) == len(both) and _can_change(pair, change) else None


_PERIOD = "(?:[上下]半年|[一二三四]季度|第[一二三四]季度)"
_PERIODS = Pattern(rf"(?P<new>{_PERIOD})(?:比|较)(?P<old>{_PERIOD})(?:{_UP}|{_DOWN})了?$")
_UPWARDS = Pattern(f"(?:{_UP})了?$")


def _meant(sentence: Sentence, pair: list[Fact], change: Fact, *, is_up: bool) -> list[Fact]:
    """Old and new figure: others of the sentence where only those make the change.

    收入2,875万元，为目标2,700万元的106%，比2022年的2,210万元增加665万元; 从2021年的50起、2022年的44起降至33起，累计下降34%.
    """
    old, new = pair
    others = [fact for fact in sentence.facts if fact.end <= change.start and fact.exact and same_unit(fact, old)]
    pairs = [(old, new), *((old, fact) for fact in others if fact.end <= old.start), (new, old)]
    pairs += [(fact, new) for fact in others if fact is not new]
    return list(next((two for two in pairs if _makes(*two, change, is_up=is_up)), pair))


def _makes(old: Fact, new: Fact, change: Fact, *, is_up: bool) -> bool:
    of_old = old.base if change.kind is FactKind.PERCENT else Decimal(1)
    gap = change.base * of_old if is_up else -change.base * of_old
    slack = spread(old) + spread(new) + (spread(change) * of_old if change.kind is FactKind.PERCENT else 0)
    return abs(new.base - old.base - gap) <= slack


def _can_change(pair: list[Fact], change: Fact) -> bool:
    """Whether a change is in per cent, in points, in times, or in the unit of both figures, which is one."""
    old, new = pair
    points = change.kind is FactKind.POINTS and old.kind is FactKind.PERCENT
    own = points or change.kind is FactKind.PERCENT or change.unit == "倍"
    return old.kind is new.kind and same_unit(old, new) and (own or same_unit(old, change))


def _just_before(sentence: Sentence, fact: Fact) -> list[Fact]:
    """建成180间，比2022年的120间: the number right before, of the same unit."""
    before = [other for other in sentence.facts if other.end <= fact.start and other.unit == fact.unit and other.exact]
    # 比88%的目标高0.5个百分点: what is compared with is not what changed.
    return [other for other in before if not is_bound_behind(sentence.text, other.end - sentence.start)][-1:]


def _changed(place: Place, old: Fact, new: Fact, change: Fact, *, is_up: bool) -> Result:
    step = min(old.step * old.scale, new.step * new.scale)  # zeros at the end are often left out
    low, high = new.base - old.base - step, new.base - old.base + step
    due, shown = new.base - old.base, "增减额"
    if change.kind is FactKind.PERCENT and old.kind is FactKind.PERCENT:
        points = plain(due * 100)
        message = f"两个比率相差{points}个百分点，写成了“{change.text}”"
        return differs(place, change.text, f"{points}个百分点", message, facts=(old, new, change))
    if change.unit == "倍" and old.base:
        times = abs(due / old.base)
        if change.base in (round(times, 2), round(times + 1, 2)):
            return agrees(old, new, change)
        right = f"{plain(round(times, 2))}倍"
        return differs(place, change.text, right, f"{old.text}到{new.text}，写{change.text}", facts=(old, new, change))
    if change.kind is FactKind.PERCENT and old.base:
        rates = (low / old.base, high / old.base)
        low, high, due, shown = min(rates), max(rates), due / old.base, "增长率"
    if not is_up:
        low, high, due = -high, -low, -due
    if change.meets(low, high):
        return agrees(old, new, change)
    right = f"{plain(round(due / change.scale, 4))}{change.unit}"
    message = f"{shown}写{change.text}，按{old.text}和{new.text}算是{right}"
    return differs(place, change.text, right, message, facts=(old, new, change), working=f"{new.text}-{old.text}")


_IN_A_ROW = Pattern(r"分别[^，。；]*[、和]$")
_RANKED = Pattern(r"(?:排名|名次|位次|位列)[^，。；]{0,6}$")
_FROM = Pattern(r"(?:由|从)[^，。；]{0,16}$")
_REACHED = Pattern(
    r"(?:(?P<up>上升|提高|增加|增长|提升|扩大|升|增)|(?P<down>下降|降低|减少|缩短|压减|压缩|降|减|缩))(?:到了?|至|为)$"
)
_BY = Pattern(
    rf"^(?:[^，。；]{{0,6}})[，,]?(?:[两三四五六]年)?(?:共|累计|同比|较上年|比上年)?(?:(?P<up>{_UP}|提升|扩大)|(?P<down>{_DOWN}|缩短|压减|压缩))了?$"
)


@rule(
    "change.reached",
    group=Group.RATES,
    named=True,
    title="由多少到多少，与写出的升降相符",
    good=(
        "带宽由10G提升到40G，增长3倍。漏损率由2023年的12.8%下降到9.6%，下降3.2个百分点。覆盖率从80%提高至90%，提高10个百分点。",
        "人均收入由2.57万元增加到3.52万元、年均增长6.5%。排名由369位上升到235位。",
        "死亡率由3.9‰下降到3.4‰，下降0.5个千分点。",
        "两项补贴标准分别从每人209元、280元提高到217元、290元。",
    ),
    bad=(
        "漏损率由2023年的12.8%下降到9.6%，下降2.3个百分点。",
        "漏损率由2023年的12.8%下降到9.6%，下降3.2%。",
        "办理时间由5天缩短至8天。",
        "带宽由10G提升到40G，增长5倍。",
    ),
)
def reached(report: Report) -> Iterator[Result]:
    """由A下降到B，下降C: direction and size."""
    for place, text in report.texts_with_several_numbers:
        facts = [fact for fact in report.facts_at(place) if fact.exact]
        for old, new, change in zip(facts, facts[1:], [*facts[2:], None], strict=False):
            words = _REACHED.search(text[old.end : new.start])
            if words is None or old.kind is not new.kind or not _FROM.search(text[: old.start]):
                continue
            if _IN_A_ROW.search(text[: old.start]) or _RANKED.search(text[: old.start]):
                continue  # 分别由209元、280元提高到217元、290元; 排名由369位上升到235位
            is_up = bool(words["up"])
            if (is_up and new.base < old.base) or (not is_up and new.base > old.base):
                message = f"由{old.text}到{new.text}，写的是“{words[0]}”"
                yield differs(place, words[0], "方向相反", message, facts=(old, new))
                continue
            by = _BY.match(text[new.end : change.start]) if change else None
            by = by if change and _can_change([old, new], change) else None  # 3.9‰到3.4‰，下降0.5个千分点
            if change is None or "年均" in text[new.end : change.start] or by is None or bool(by["up"]) != is_up:
                yield agrees(old, new)
                continue
            relative = change.kind is FactKind.PERCENT and old.kind is FactKind.PERCENT and old.base
            due = abs(new.base - old.base) / old.base if relative else None
            if due is not None and change.meets(due, due):
                yield agrees(old, new, change)
            else:
                yield _changed(place, old, new, change, is_up=is_up)
