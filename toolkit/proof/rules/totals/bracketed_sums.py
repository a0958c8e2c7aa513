"""8项指标另有127处失分，共失20.93分：“甲”（16个项目，5.22分）、“乙”（22个项目，5.18分）: brackets that add up to what stands before."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from toolkit.proof.declaration import Group, Result, agrees, doubtful, rule
from toolkit.proof.document import Place
from toolkit.proof.facts import Fact
from toolkit.proof.report import Report
from toolkit.text.patterns import Pattern

_N = r"[0-9][0-9,]*(?:\.[0-9]+)?"
_PAIR = rf"[（(][^（）()]{{0,6}}?{_N}[^（）()0-9]{{1,6}}[，,]{_N}(?:分|[亿万]?元)[)）]"
_LIST = Pattern(rf"(?P<lead>[^。；：]*[0-9][^。；：]*)[：:](?P<list>[^。：]*?{_PAIR}(?:[、，；][^。（）()]*?{_PAIR})+)")
_INSIDE = Pattern(
    rf"[（(][^（）()]{{0,6}}?(?P<count>{_N})[^（）()0-9]{{1,6}}[，,](?P<amount>{_N})(?:分|[亿万]?元)[)）]"
)
_GOOD = "此外，3项指标另有47处失分没有单列，共失13.20分：“业务办理”（16个项目，5.22分）、“集约建设”（22个项目，5.18分）、“培训覆盖”（9个项目，2.80分）。"
_FEWEST = 3


@rule(
    "sum.bracketed",
    group=Group.SUMS,
    title="括号里逐项的个数、分数合起来等于前面的合计",
    good=(_GOOD, "三个单位超支：甲局（2个项目，5.00万元）、乙局（3个项目，6.00万元）、丙局（1个项目，2.00万元）。"),
    bad=(
        _GOOD.replace("13.20分", "13.02分"),
        _GOOD.replace("5.18分", "5.81分"),
        _GOOD.replace("47处", "74处"),
        _GOOD.replace("3项", "4项"),
    ),
)
def bracketed(report: Report) -> Iterator[Result]:
    """Where two of the three (how many items, their counts, their amounts) add up to numbers before the colon."""
    for place, text in report.document.texts_with(_LIST, least=17):
        for match in _LIST.finditer(text) if "：" in text else ():
            items = list(_INSIDE.finditer(text, match.start("list"), match.end("list")))
            lead = [fact for fact in report.facts_within(place, *match.span("lead")) if fact.exact]
            if len(items) >= _FEWEST and len(lead) >= _FEWEST:
                yield from _judged(report, place, items, lead)


def _judged(report: Report, place: Place, items: Sequence[re.Match[str]], lead: Sequence[Fact]) -> Iterator[Result]:
    counts = [fact for item in items for fact in report.facts_within(place, *item.span("count"))[:1]]
    amounts = [fact for item in items for fact in report.facts_within(place, *item.span("amount"))[:1]]
    due = (Decimal(len(items)), _sum(counts), _sum(amounts))
    found = [next((fact for fact in lead if fact.value == value), None) for value in due]
    told = [fact for fact in found if fact is not None]
    if len(told) == _FEWEST:
        yield agrees(*told, *counts, *amounts)
        return
    left = [fact for fact in lead if fact not in told]
    if len(told) == _FEWEST - 1 and len(left) == 1:
        wrong = due[found.index(None)]
        message = f"写{left[0].text}，列出的{len(items)}项合起来是{wrong}"
        facts = (left[0], *counts, *amounts)
        yield doubtful(place, left[0].text, str(wrong), message, facts=facts, confidence=80)


def _sum(facts: Sequence[Fact]) -> Decimal:
    return sum((fact.value or Decimal(0) for fact in facts), Decimal(0))


_UNIT = "[个项条家份户处件起人]"
_SPLIT = Pattern(
    rf"(?P<total>[0-9]{{1,5}})(?P<unit>{_UNIT})[（(](?P<parts>(?:[\u4e00-\u9fff“”]{{1,12}}[0-9]{{1,5}}{_UNIT}[、，；]?){{2,8}})[)）]"
)
_PART = Pattern(rf"(?P<count>[0-9]{{1,5}})(?P<unit>{_UNIT})")
_SOME = Pattern("其中|包括|含|涉及|另有|此外|还有")
_SPLIT_GOOD = "核查认定须整改的事项13项（合规底线类1项、绩效类2项、管理类10项）。发现问题9个（其中整改3个、移送2个）。"


@rule(
    "sum.split",
    group=Group.SUMS,
    title="括号里各类的个数合起来等于前面的个数",
    good=(_SPLIT_GOOD,),
    bad=(
        _SPLIT_GOOD.replace("类1项", "类0项"),
        _SPLIT_GOOD.replace("10项", "13项"),
        _SPLIT_GOOD.replace("事项13项", "事项31项"),
    ),
)
def split(report: Report) -> Iterator[Result]:
    """13项（甲类1项、乙类2项、丙类10项）: one unit, and nothing that says that these are only some."""
    for place, text in report.document.texts_with(_SPLIT, least=10):
        for match in _SPLIT.finditer(text):
            parts = list(_PART.finditer(text, *match.span("parts")))
            if _SOME.search(match["parts"]) or {part["unit"] for part in parts} != {match["unit"]}:
                continue
            due = sum(int(part["count"]) for part in parts)
            facts = report.facts_within(place, match.start(), match.end())
            if due == int(match["total"]):
                yield from (agrees(*facts),) if facts else ()
            else:
                working = f"{'+'.join(part['count'] for part in parts)}={due}"
                shown = f"{match['total']}{match['unit']}"
                message = f"写{shown}，括号里合起来是{due}{match['unit']}"
                yield doubtful(place, shown, f"{due}{match['unit']}", message, facts=facts, working=working)
