"""21个项目预算执行率低于95%，最低88.00%: the least or most of those below or above a bound lies on its side."""

from collections.abc import Iterator
from decimal import Decimal

from toolkit.proof.declaration import Group, Result, agrees, differs, rule
from toolkit.proof.report import Report
from toolkit.text.numerals import chinese_numeral
from toolkit.text.patterns import Pattern

_CLASS = Pattern(
    r"(?P<side>低于|不足|少于|没有达到|未达到|不到|高于|超过|达到)(?:目标的?|分值的?|规定的?)?(?P<bound>(?:[0-9]+(?:\.[0-9]+)?%|[一二三四五六七八九]成))"
    r"(?P<open>而[^，。；]{1,12})?，(?P<end>最[低高])(?:的?为|是|只有|仅)?(?P<value>[0-9]+(?:\.[0-9]+)?)%"
)
_BELOW = ("低于", "不足", "少于", "没有达到", "未达到", "不到")
_GOOD = "21个项目预算执行率低于95%，最低88.00%；20个项目培训覆盖率低于九成，最低61.00%；16个项目业务量达到目标的九成而没有完成，最低90.00%；3个项目超过100%，最高120%。"


@rule(
    "claim.least",
    group=Group.LOGIC,
    title="低于或达到某数的，其最低、最高在该数的一边",
    good=(_GOOD,),
    bad=(
        _GOOD.replace("88.00", "98.00"),
        _GOOD.replace("最低61.00", "最低91.00"),
        _GOOD.replace("最低90.00", "最低80.00"),
        _GOOD.replace("最高120", "最高20"),
    ),
)
def least(report: Report) -> Iterator[Result]:
    """A bound in per cent or tenths and the extreme behind the comma."""
    for place, text in report.document.texts_with(_CLASS, least=9):
        for match in _CLASS.finditer(text):
            bound, value = _bound(match["bound"]), Decimal(match["value"])
            below = match["side"] in _BELOW
            right = value < bound if below else value >= bound
            facts = report.facts_within(place, match.start("bound"), match.end())
            if right and facts:
                yield agrees(*facts)
            elif not right:
                words = f"{match['side']}{match['bound']}"
                shown = f"{match['value']}%"
                yield differs(place, shown, words, f"“{words}”的，{match['end']}却是{shown}", facts=facts)


def _bound(text: str) -> Decimal:
    return Decimal(text[:-1]) if text.endswith("%") else (chinese_numeral(text[0]) or Decimal(0)) * 10
