"""Weights: that they make a hundred per cent, and what a weighted mean comes to."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from toolkit.proof.declaration import Group, Result, agrees, differs, rule
from toolkit.proof.facts import Fact, FactKind, said
from toolkit.proof.report import Report, Sentence
from toolkit.proof.trials import Spot, spots_with
from toolkit.text import plain
from toolkit.text.patterns import Pattern

_CUE = Pattern("权重|因素|付款比例|支付比例|分配比例|比例为|比例分别|系数|分[0-9两三四五六]期")
_BETWEEN = 16
_FEWEST = 3
_NEAR = Decimal("0.12")
"""Shares that miss a hundred per cent by more are not meant to be all of it."""
_ONE = Decimal(1)
_WEIGHTED = Pattern("加权|^(?:的标准)?(?:计算|折算|赋分|赋值)[，,][^，。；0-9]{0,6}满意(?:度|率)(?:为|是)?$")


@rule(
    "weight.sum",
    group=Group.SUMS,
    title="权重、分配比例、付款比例合计100%",
    good=(
        "资金按因素法分配，其中目标任务因素占50%、工作绩效因素占30%、保障能力因素占20%。",
        "价格、技术、商务权重分别为30%、40%、30%。合同价款分4期支付，比例为30%、40%、25%、5%。",
        "三项指标完成率比例分别为98%、95%、97%。",
    ),
    bad=(
        "资金按因素法分配，其中目标任务因素占50%、工作绩效因素占30%、保障能力因素占25%。",
        "价格、技术、商务权重分别为30%、45%、30%。",
        "合同价款分4期支付，比例为30%、40%、20%、5%。",
    ),
)
def sums(report: Report) -> Iterator[Result]:
    """Three and more shares in a row of what is told to be weighted, shared out or paid in parts."""
    for sentence in report.prose:
        for run in _runs(sentence):
            total = sum((fact.base for fact in run), Decimal(0))
            if total == _ONE:
                yield agrees(*run)
            elif _CUE.search(sentence.text) and abs(total - _ONE) <= _NEAR and all(fact.step == 1 for fact in run):
                shown = f"{plain(total * 100)}%"
                working = f"{'+'.join(map(said, run))}={shown}"
                yield differs(
                    sentence.place, shown, "100%", f"各项权重或比例合计{shown}，应为100%", facts=tuple(run),
                    working=working, confidence=85,
                )  # fmt: skip


def _runs(sentence: Sentence) -> Iterator[list[Fact]]:
    """Shares that follow one another, parted by 、 or ， and a short name."""
    run: list[Fact] = []
    for fact in sentence.facts:
        between = sentence.text[run[-1].end - sentence.start : fact.start - sentence.start] if run else ""
        joined = not run or (len(between) <= _BETWEEN and re.match("[、，,；和]", between))
        if fact.kind is FactKind.PERCENT and fact.exact and joined:
            run.append(fact)
            continue
        if len(run) >= _FEWEST:
            yield run
        run = [fact] if fact.kind is FactKind.PERCENT and fact.exact else []
    if len(run) >= _FEWEST:
        yield run


@rule(
    "weight.mean",
    group=Group.SUMS,
    title="加权平均等于各项乘以权重之和",
    good=(
        "门诊满意度88.20%，住院满意度91.40%，权重各为60%、40%，加权后的满意度为89.48%。",
        "助餐权重30%、满意度91.50%、助浴权重20%、满意度84.00%、助医权重50%、满意度90.00%，加权满意度89.25%。",
        "“非常满意”236份、“满意”124份、“不满意”40份。按非常满意100分、满意90分、不满意0分加权计算，满意度为86.90%。",
    ),
    bad=(
        "门诊满意度88.20%，住院满意度91.40%，权重各为60%、40%，加权后的满意度为89.80%。",
        "助餐权重30%、满意度91.50%、助浴权重20%、满意度84.00%、助医权重50%、满意度90.00%，加权满意度90.25%。",
        "“非常满意”236份、“满意”124份、“不满意”40份。按非常满意100分、满意90分、不满意0分加权计算，满意度为88.90%。",
        "非常满意236份、满意124份、不满意40份，按非常满意100分、满意90分、不满意0分计算，满意度88.90%。",
    ),
)
def means(report: Report) -> Iterator[Result]:
    """A weighted mean behind weights and values in turn, or behind the marks of answers that were counted before."""
    for spot in spots_with(report, _WEIGHTED):
        if not spot.fact.value or not _WEIGHTED.search(spot.lead):
            continue
        pairs = _in_turn(spot) or _in_two_rows(spot) or _of_answers(spot)
        if not pairs:
            continue
        whole = sum((weight.base for weight, _ in pairs), Decimal(0))
        due = sum((weight.base * value.base for weight, value in pairs), Decimal(0)) / whole
        due /= 100 if spot.fact.kind is FactKind.PERCENT and pairs[0][1].kind is not FactKind.PERCENT else 1
        facts = tuple(fact for pair in pairs for fact in pair)
        if spot.fact.meets(due, due):
            yield agrees(spot.fact, *facts)
            continue
        right = f"{plain(round(due / spot.fact.scale, 2))}{spot.fact.unit}"
        working = "+".join(f"{said(weight)}×{said(value)}" for weight, value in pairs)
        message = f"加权结果写{said(spot.fact)}，按各项加权是{right}"
        yield differs(
            spot.fact.place, said(spot.fact), right, message, facts=(spot.fact, *facts), working=working, confidence=85
        )


def _in_turn(spot: Spot) -> list[tuple[Fact, Fact]]:
    """权重30%、满意度91.50%, and so on: weights that make a hundred per cent, a value behind each."""
    facts = list(spot.before)
    pairs = list(zip(facts[::2], facts[1::2], strict=False))
    is_weighted = (
        len(facts) % 2 == 0 and len(pairs) >= 2 and all(weight.kind is FactKind.PERCENT for weight, _ in pairs)
    )
    alike = len({value.unit for _, value in pairs}) == 1
    return pairs if is_weighted and alike and sum(weight.base for weight, _ in pairs) == _ONE else []


def _in_two_rows(spot: Spot) -> list[tuple[Fact, Fact]]:
    """满意度分别为88.20%、91.40%，权重各为60%、40%: as many weights as values before them, that make all of it."""
    facts = list(spot.before)
    half = len(facts) // 2
    for count in range(half, 1, -1):
        weights, values = facts[-count:], facts[-2 * count : -count]
        named = re.search("权重|占比|按", weights[0].subject) is not None and "加权" in spot.lead
        alike = len({value.unit for value in values}) == 1 and all(fact.kind is FactKind.PERCENT for fact in weights)
        if named and alike and sum(weight.base for weight in weights) == _ONE:
            return list(zip(weights, values, strict=True))
    return []


def _of_answers(spot: Spot) -> list[tuple[Fact, Fact]]:
    """As many answers counted before as there are marks for them in the sentence, in the same order."""
    marks = [fact for fact in spot.before if fact.kind is FactKind.SCORE]
    if len(marks) < _FEWEST - 1:
        return []
    counts = [
        fact for fact in (*spot.earlier, *spot.before) if fact.kind is FactKind.COUNT and fact.end <= marks[0].start
    ]
    return list(zip(_last_row(counts, len(marks)), marks, strict=False)) if len(counts) >= len(marks) else []


def _last_row(counts: Sequence[Fact], size: int) -> Sequence[Fact]:
    row = counts[-size:]
    return row if len({fact.unit for fact in row}) == 1 else ()


_PARTS = Pattern(
    r"[\u4e00-\u9fff]{2,10}[（(](?:权重)?[0-9]+(?:\.[0-9]+)?分[)）](?:(?:、|和|以及|及|，)[\u4e00-\u9fff]{2,10}[（(](?:权重)?[0-9]+(?:\.[0-9]+)?分[)）]){2,}"
)
_BARE = Pattern(
    r"百分制[，,]?(?:其中)?[，,：:]?(?P<parts>(?:[\u4e00-\u9fff]{2,8}[0-9]{1,2}分[、，和]){2,}[\u4e00-\u9fff]{2,8}[0-9]{1,2}分)(?=[。；])"
)
"""评价采用百分制，其中决策20分、过程25分、产出30分、效益25分."""
_ALL_MARKS = Pattern(r"(?:满分|总分值?|共计?|合计)(?:为|是)?(?P<marks>[0-9]+(?:\.[0-9]+)?)分|(?P<hundred>百分制)")


@rule(
    "weight.marks",
    group=Group.SUMS,
    title="各部分分值之和等于满分",
    good=("指标体系由决策（20分）、过程（20分）、产出（35分）和效益（25分）四部分组成，满分100分。",),
    bad=(
        "指标体系由决策（20分）、过程（20分）、产出（30分）和效益（25分）四部分组成，满分100分。",
        "评价采用百分制，其中决策20分、过程20分、产出30分、效益25分。",
    ),
)
def marks(report: Report) -> Iterator[Result]:
    """Three and more names in a row, each with its mark in brackets, and in the same sentence what they make together."""
    for sentence in report.prose_with(_PARTS, _BARE):
        for match in _PARTS.finditer(sentence.text):
            whole = _ALL_MARKS.search(sentence.text, match.end()) or _ALL_MARKS.search(sentence.text[: match.start()])
            if whole is not None:
                yield from _made(report, sentence, match.span(), whole)
        bare = _BARE.search(sentence.text)
        if bare is not None and (whole := _ALL_MARKS.search(sentence.text, bare.start())):
            yield from _made(report, sentence, bare.span("parts"), whole)


def _made(report: Report, sentence: Sentence, span: tuple[int, int], whole: re.Match[str]) -> Iterator[Result]:
    """What the marks of a stretch of a sentence make, against what it says that they do."""
    at = sentence.start
    facts = [
        fact for fact in report.facts_within(sentence.place, at + span[0], at + span[1])
        if fact.kind is FactKind.SCORE and fact.exact
    ]  # fmt: skip
    due = Decimal(whole["marks"] or 100)
    total = sum((fact.base for fact in facts), Decimal(0))
    if total == due:
        yield agrees(*facts, *report.facts_within(sentence.place, at + whole.start(), at + whole.end()))
    else:
        working = f"{'+'.join(map(said, facts))}={plain(total)}分"
        message = f"各部分分值{working}，写的是{whole[0]}"
        yield differs(
            sentence.place, f"{plain(total)}分", f"{plain(due)}分", message, facts=tuple(facts), working=working
        )
