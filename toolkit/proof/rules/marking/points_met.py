"""要点1达成（95%）、要点2达成（98%）…，扣0.09分，得1.91分: how far each point is met, and what is lost by it."""

from collections.abc import Iterator
from decimal import Decimal

from toolkit.proof.declaration import Group, Result, agrees, differs, rule
from toolkit.proof.report import Report
from toolkit.text.patterns import Pattern

_POINT = r"要点[0-9]{1,2}(?:“[^”]{1,60}”)?[^，。、；（“”]{1,8}（[0-9]+(?:\.[0-9]+)?%）"
_REST = r"(?:，其余(?P<rest>[0-9]{1,2})个要点完全达成)?"
_LIST = Pattern(
    rf"(?P<list>{_POINT}(?:、{_POINT})*){_REST}，扣(?P<lost>[0-9]+(?:\.[0-9]+)?)分，得(?P<won>[0-9]+(?:\.[0-9]+)?)分"
)
_SHARE = Pattern(r"（(?P<share>[0-9]+(?:\.[0-9]+)?)%）")
_STATED = Pattern(r"评定为(?P<share>[0-9]+(?:\.[0-9]+)?)%")
_ROUNDING = Decimal("0.01")
_NAMED = (
    "要点1“目标与内容对应”部分达成（70%）、要点2“指标值量化，有计量单位”达成（88%）、要点3“有数据来源”达成（100%），"
    "其余1个要点完全达成，扣0.42分，得3.58分。"
)
_WEIGHTED = "要点1“目标明确”（3分）达成（90%）、要点2“指标量化”（1分）未达成（0%），扣1.30分，得2.70分。"
_GOOD = "要点1达成（95%）、要点2达成（97%）、要点3达成（96%）、要点4达成（94%），扣0.09分，得1.91分。\n达成程度评定为93%，按3分的93%计，得2.79分，评定为93%。"


@rule(
    "mark.points_met",
    group=Group.GRADES,
    title="各要点的达成程度与扣分、得分相符",
    good=(_GOOD, _NAMED, _WEIGHTED),
    bad=(
        _GOOD.replace("97%", "79%"),
        _GOOD.replace("扣0.09", "扣0.19"),
        _GOOD.replace("，评定为93%", "，评定为39%"),
        _NAMED.replace("88%", "68%"),
        _NAMED.replace("扣0.42", "扣0.52"),
    ),
)
def met(report: Report) -> Iterator[Result]:
    """Points of equal weight share the mark, which is what was won and lost; one degree is told once and again."""
    for place, text in report.document.texts_with(_LIST, _STATED):
        for match in _LIST.finditer(text) if "要点" in text else ():
            shares = [Decimal(share["share"]) for share in _SHARE.finditer(match["list"])]
            shares += [Decimal(100)] * int(match["rest"] or 0)
            if len(shares) == 1:
                continue
            lost, mark = Decimal(match["lost"]), Decimal(match["lost"]) + Decimal(match["won"])
            due = mark * (100 - sum(shares, Decimal(0)) / len(shares)) / 100
            facts = report.facts_within(place, match.start(), match.end())
            if abs(due - lost) <= _ROUNDING:
                yield from (agrees(*facts),) if facts else ()
            elif "（" not in text[match.end() : match.end() + 1]:
                message = f"{len(shares)}个要点的达成程度平均，{mark}分应扣{round(due, 2)}分，写扣{lost}分"
                yield differs(place, f"{lost}分", f"{round(due, 2)}分", message, facts=facts, confidence=80)
        stated = list(_STATED.finditer(text)) if "评定为" in text else []
        if len(stated) > 1:
            facts = tuple(fact for item in stated for fact in report.facts_within(place, *item.span("share")))
            if len({item["share"] for item in stated}) == 1:
                yield from (agrees(*facts),) if facts else ()
            else:
                shown, right = f"{stated[-1]['share']}%", f"{stated[0]['share']}%"
                yield differs(place, shown, right, f"同一处先写评定为{right}，后写评定为{shown}", facts=facts)
