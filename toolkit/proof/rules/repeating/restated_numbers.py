"""Numbers that summary and suggestions repeat from the body: 加快补足240套缺口, 对288处隐患挂牌督办, 由24天压减到20天."""

import re
from collections.abc import Iterator, Mapping

from toolkit.proof.called import Called, called, pairs_of, words_around
from toolkit.proof.declaration import Group, Result, Yields, doubtful, rule
from toolkit.proof.document import Paragraph, Place
from toolkit.proof.facts import Fact, FactKind, said
from toolkit.proof.report import Report
from toolkit.proof.scope import named_by, so_many
from toolkit.proof.units import QUANTITIES, counted
from toolkit.text.patterns import Pattern

_ADVICE = Pattern("建议|改进措施|整改措施|下一步|工作打算|意见和?建议")
_SUMMARY = Pattern("^(?:摘\\s*要|内容摘要|报告摘要|综述)$")
_AGAIN = Pattern(
    r"(?:对|针对|[发出]现的?|涉及的?|补足|补齐|追回|剩余|由|从|将|上述|这|现有|空置|闲置|[\u4e00-\u9fff]{2}的|未[\u4e00-\u9fff]{2,3}的?)$"
)
_NEW = Pattern("(?:到|至|达|为|不[低少高多]于|不超过|力争|新增|增加|预计|拟|约|其余|余下)[^，。；]{0,3}$")
_YEAR = Pattern("20[0-9]{2}年")
_ANNEX = Pattern(r"\s*附(?:件|表|录)[一二三四五六七八九十0-9]*(?:\s|[:：]|$)")
_SHARED = 2
_TEN = 10
"""Digits in another order make no number that is ten times as large."""


@rule(
    "same.again",
    group=Group.SAME_FACT,
    yields=Yields.HERE,
    title="摘要和建议里重提的数在正文里有",
    good=(
        "一、问题\n46个部门中，只有17个部门设定了利用率目标，29个部门没有设定。\n二、建议\n督促尚未设定目标的29个部门设定利用率目标。",
        "一、问题\n公寓筹集数量比计划少240套，供给缺口大。\n二、建议\n加快补足240套公寓缺口。",
        "片区\t计划\t完成\n南门片区\t358\t331\n文庙片区\t286\t286\n朝阳片区\t412\t398\n未完成的41栋中产权纠纷29栋。\n一、问题\n南门片区27栋房屋未完成修缮。\n二、建议\n加快完成剩余41栋房屋修缮。",
        "部门\t计划\t完成\n甲局\t98\t67\n乙局\t60\t38\n丙局\t70\t27\n一、完成情况\n未完成的3个部门共少替换96台。\n二、整改措施\n主要是甲局、乙局没有适配，两部门未完成的53台年底前替换。",
    ),
    bad=(
        "一、问题\n公寓筹集数量比计划少240套，供给缺口大。\n二、建议\n加快补足420套公寓缺口。",
        "一、问题\n20项绩效指标中8项为定性指标，5项没有衡量标准。\n二、建议\n对没有衡量标准的8项指标补充量化标准。",
    ),
)
def again(report: Report) -> Iterator[Result]:
    """A number of a suggestion or of the summary that no place gives, where one of its unit is called the same."""
    zones = _zones(report)
    texts = report.texts
    for paragraph in report.document.paragraphs:
        zone = zones.get(paragraph.place)
        for fact in report.facts_at(paragraph.place) if zone else ():
            if fact.kind not in QUANTITIES or not fact.exact or not fact.value or not fact.unit:
                continue
            before = paragraph.text[: fact.start]
            if zone == "建议" and (not _AGAIN.search(before) or _YEAR.search(before[-8:])):
                yield from _turned(report, fact) if not _NEW.search(before) else ()
                continue
            if zone == "摘要" and re.search("每|均$", before[-4:]):
                continue
            told = list(_looked_for(report, fact, texts[fact.place], zones, zone or ""))
            yield from told or (_turned(report, fact) if zone == "建议" and not _NEW.search(before) else ())


def _turned(report: Report, fact: Fact) -> Iterator[Result]:
    """An amount with its digits in another order than one that the body gives."""
    known = [
        other for other in report.facts if other.kind is FactKind.MONEY and other.exact and other.place != fact.place
    ]
    if fact.kind is not FactKind.MONEY or any(other.base == fact.base for other in known):
        return
    near = [other for other in known if other.unit == fact.unit and _exchanged(fact, other)]
    near = [other for other in near if max(other.base, fact.base) < _TEN * min(other.base, fact.base)]
    if near and len({other.base for other in near}) == 1:
        message = f"建议写{said(fact)}，正文没有这个数，有{said(near[0])}"
        yield doubtful(fact.place, said(fact), said(near[0]), message, facts=(fact,), related=(near[0].place,))


def _zones(report: Report) -> Mapping[Place, str]:
    """The paragraphs of the summary and of the suggestions."""
    found: dict[Place, str] = {}
    zone, level = "", 0
    for paragraph in report.document.paragraphs:
        if _ANNEX.match(paragraph.text):
            zone = ""
        elif (paragraph.level or _SUMMARY.match(paragraph.text.strip())) and not (zone and paragraph.level > level):
            zone, level = _zone(paragraph), max(1, paragraph.level)
        elif zone:
            found[paragraph.place] = zone
    return found


def _zone(paragraph: Paragraph) -> str:
    if _SUMMARY.match(paragraph.text.strip()):
        return "摘要"
    return "建议" if _ADVICE.search(paragraph.text) and "问题" not in paragraph.text else ""


def _looked_for(report: Report, fact: Fact, text: str, zones: Mapping[Place, str], zone: str) -> Iterator[Result]:
    unit = "分" if fact.kind is FactKind.SCORE else counted(fact)
    known = called(report)
    every = [*known.get(unit, []), *(one for one in known.get("", []) if one.fact.place.table)]
    many = so_many(text, fact.start)
    others = [one for one in every if one.fact.place != fact.place and _is_of_as_many(report, one.fact, many)]
    if zone == "建议" and (better := _called_better(report, fact, text, others)) is not None:
        message = f"建议写{said(fact)}，正文同样说法的是{said(better)}"
        yield doubtful(fact.place, said(fact), said(better), message, facts=(fact,), related=(better.place,))
        return
    if any(fact.meets(one.fact.low, one.fact.high) or one.fact.meets(fact.low, fact.high) for one in others):
        return
    near = _called_the_same(fact, text, [one for one in others if one.fact.unit and zones.get(one.fact.place) != zone])
    if near is not None and (zone == "建议" or _exchanged(fact, near)):
        message = f"{zone}写{said(fact)}，正文没有这个数，相近的说法是{said(near)}"
        yield doubtful(fact.place, said(fact), said(near), message, facts=(fact,), related=(near.place,))


def _is_of_as_many(report: Report, fact: Fact, many: str) -> bool:
    """Whether a number is not told of another number of units: 两部门未完成53台 is not 6个部门共少96台."""
    return not many or so_many(report.texts[fact.place], fact.start) in ("", many)


def _called_the_same(fact: Fact, text: str, others: list[Called]) -> Fact | None:
    """The number with the most words in common; one word is enough where a digit differs or few have the unit."""
    words = pairs_of(words_around(fact, text))
    few = len({one.fact.base for one in others}) <= _FEW
    scored = [(len(words & one.pairs) + _exchanged(fact, one.fact), one.fact) for one in others if words & one.pairs]
    most = max((score for score, _ in scored), default=0)
    best = [one for score, one in scored if score == most]
    told = most >= _SHARED or (few and most > 0)
    return best[0] if told and len({one.base for one in best}) == 1 else None


def _behind(report: Report, fact: Fact) -> str:
    """The words between a number and the next mark."""
    return _OWN.split(report.texts[fact.place][fact.end :])[0]


def _called_better(report: Report, fact: Fact, text: str, others: list[Called]) -> Fact | None:
    """What the words mean more than any place that gives this number, by two pairs of characters and more."""
    ahead = pairs_of(_OWN.split(text[: fact.start])[-1])
    words = ahead | pairs_of(_OWN.split(text[fact.end :])[0])
    same = [one for one in others if fact.meets(one.fact.low, one.fact.high)]
    least = max((len(words & one.pairs) for one in same), default=0) + _SHARED
    near = [one.fact for one in others if one.fact.unit and not one.fact.place.table and words & one.pairs]
    said_of = {id(one): pairs_of(f"{one.subject} {_behind(report, one)}") for one in near}
    own = named_by(report, fact)
    near = [one for one in near if named_by(report, one) <= own]  # 南门片区27栋未完成 is not of all
    near = [one for one in near if _is_negated(report, one) == _is_negated(report, fact)]
    better = [one for one in near if len(words & said_of[id(one)]) >= least and ahead & said_of[id(one)]]
    return (
        better[0] if len({one.base for one in better}) == 1 and not fact.meets(better[0].low, better[0].high) else None
    )


_OWN = Pattern("[，。；：、]")
_NOT = Pattern("未|没有|无")


def _is_negated(report: Report, fact: Fact) -> bool:
    """Whether the clause of a number tells what was not done: 尚未设定目标的29个部门 are others than 设定了目标的17个."""
    text = report.texts[fact.place]
    return bool(_NOT.search(_OWN.split(text[: fact.start])[-1] + _OWN.split(text[fact.end :])[0]))


def _exchanged(left: Fact, right: Fact) -> bool:
    """Whether both are written with the same digits in another order."""
    texts = [re.sub(r"\D", "", one.text) for one in (left, right)]
    return texts[0] != texts[1] and sorted(texts[0]) == sorted(texts[1])


_FEW = 3
