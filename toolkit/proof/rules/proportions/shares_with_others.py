"""婚姻家庭占28.4%、劳动社保占24.6%、…、其他占13.8%: shares of kinds of which the last is all the others."""

from collections.abc import Iterator
from decimal import Decimal

from toolkit.proof.declaration import Group, Result, agrees, differs, rule
from toolkit.proof.outline import prose
from toolkit.proof.report import Report
from toolkit.text import plain
from toolkit.text.patterns import Pattern

_SHARE = r"(?:占比?|为)?(?:[0-9]{1,2}(?:\.[0-9]{1,2})?)%"
_LIST = Pattern(
    rf"(?P<list>(?:[\u4e00-\u9fff]{{2,12}}{_SHARE}[、，]){{2,10}}(?:其他|其余)[\u4e00-\u9fff]{{0,6}}{_SHARE})(?=[。；，]|$)"
)
_NUMBER = Pattern(r"[0-9]{1,2}(?:\.[0-9]{1,2})?(?=%)")
_ALL = Decimal(100)
_MOST = Decimal(15)
"""Farther from a hundred other shares have been left out."""
_GOOD = "来电按事项分，婚姻家庭占28.4%、劳动社保占24.6%、借贷合同占19.7%、房产物业占13.5%、其他占13.8%。"


@rule(
    "share.with_others",
    group=Group.RATES,
    title="列到“其他”的各项占比合起来是100%",
    good=(_GOOD,),
    bad=(_GOOD.replace("24.6%", "26.4%"),),
)
def shares(report: Report) -> Iterator[Result]:
    """Each is rounded; the sum may be off by half a step of each."""
    for place, text in prose(report.document):
        for match in _LIST.finditer(text):
            numbers = [Decimal(number) for number in _NUMBER.findall(match["list"])]
            step = max(Decimal(1).scaleb(int(number.as_tuple().exponent)) for number in numbers)
            facts = report.facts_within(place, *match.span("list"))
            total = sum(numbers, Decimal(0))
            if abs(total - _ALL) <= step * len(numbers) / 2:
                yield agrees(*facts)
            elif abs(total - _ALL) <= _MOST:
                working = f"{'+'.join(f'{number}%' for number in numbers)}={plain(total)}%"
                message = f"各项占比之和是{plain(total)}%，应为100%"
                yield differs(place, f"{plain(total)}%", "100%", message, facts=facts, working=working, confidence=85)
