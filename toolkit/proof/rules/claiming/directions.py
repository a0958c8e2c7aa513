"""Words of direction beside the two numbers they are about: 核减 and 核增, 高于 and 低于目标, 少到位.

晚 and 早 beside two days are the business of ``dating/planned_days.py``.
"""

from collections.abc import Iterator
from decimal import Decimal

from toolkit.proof.declaration import Group, Result, differs, rule
from toolkit.proof.report import Report
from toolkit.text.patterns import Pattern

_NUMBER = r"[0-9][0-9,]*(?:\.[0-9]+)?"
_CHANGE = Pattern(
    rf"核(?P<way>减|增)(?P<gap>{_NUMBER})(?P<unit>[万亿]?元)[（(]合同(?:金额)?(?P<before>{_NUMBER})[万亿]?元，(?:审定|审计)(?:金额)?(?P<behind>{_NUMBER})[万亿]?元"
)
_GAP = Pattern(r"(?P<value>[0-9]+(?:\.[0-9]+)?)[%％]，(?P<way>低于|高于|超过)目标(?P<gap>[0-9]+(?:\.[0-9]+)?)个百分点")
_ARRIVED = Pattern(rf"到位率为?(?P<rate>[0-9]+(?:\.[0-9]+)?)[%％]，(?P<way>少|多)到位{_NUMBER}[万亿]?元")
_WHOLE = Decimal(100)


@rule(
    "claim.direction",
    group=Group.LOGIC,
    title="增减、高低的说法与两个数相符",
    good=(
        "审计核减25.50万元（合同531.27万元，审定505.77万元）。",
        "实际完成值93.50%，低于目标6.5个百分点。资金到位率92.00%，少到位41.48万元。",
    ),
    bad=(
        "审计核增25.50万元（合同531.27万元，审定505.77万元）。",
        "审计核减25.50万元（合同531.72万元，审定505.77万元）。",
        "实际完成值93.50%，高于目标6.5个百分点，扣1.30分。",
        "资金到位率92.00%，多到位41.48万元。",
    ),
)
def directions(report: Report) -> Iterator[Result]:
    """Each of the shapes above, in paragraphs and cells."""
    for place, text in report.document.texts_with(_CHANGE, _GAP, _ARRIVED, least=11):
        for start, end, right in _wrong(text):
            facts = report.facts_within(place, start, end)
            message = f"“{text[start:end]}”与所写的两个数不符，应为“{right}”"
            yield differs(place, text[start:end], right, message, facts=facts[-1:])


def _wrong(text: str) -> Iterator[tuple[int, int, str]]:
    """Where words begin and end that are not what their numbers say, and what they should be."""
    for match in _CHANGE.finditer(text):
        before, behind = _value(match["before"]), _value(match["behind"])
        if (behind > before) != (match["way"] == "增"):
            yield match.start(), match.end("unit"), f"核{'增' if behind > before else '减'}"
        elif abs(before - behind) != _value(match["gap"]):
            yield match.start(), match.end(), f"{abs(before - behind)}{match['unit']}"
    for match in _GAP.finditer(text):
        value, gap = Decimal(match["value"]), Decimal(match["gap"])
        below = match["way"] == "低于"
        as_told, turned = (value + gap, value - gap) if below else (value - gap, value + gap)
        if turned == _WHOLE != as_told:
            yield match.start(), match.end(), "高于目标" if below else "低于目标"
    for match in _ARRIVED.finditer(text):
        rate = Decimal(match["rate"])
        if rate != _WHOLE and (rate < _WHOLE) != (match["way"] == "少"):
            yield match.start(), match.end(), "少到位" if rate < _WHOLE else "多到位"


def _value(text: str) -> Decimal:
    return Decimal(text.replace(",", ""))
