"""元 typed into a 万元 cell: proposed with the evidence, never changed."""

from collections.abc import Iterable
from decimal import Decimal
from statistics import median

from toolkit.collect.remarks import label_of, shown
from toolkit.collect.wording import READING_RULES
from toolkit.model import Comparison, FieldType, Finding, Reading, ReadState, Slot

_WAN = Decimal(10_000)
_SUSPICIOUS = Decimal(1_000)
"""A sum so many times the contract's is taken for 元: a tenth of the contract or more, had it been typed in 万元."""


def suspected_yuan(
    amounts: Iterable[tuple[Slot, Reading, str]], contract: Decimal | None, stated: frozenset[str]
) -> list[Finding]:
    """A warning for every amount that is off by 10,000 against the contract or, without one, its siblings.

    Args:
        amounts: slot, reading and unit of measure of the amounts of one workbook.
        contract: the project's contract amount in the roster. Units: 万元.
        stated: keys of slots whose unit the cell itself states; they are beyond doubt.
    """
    numbers = [
        (slot, reading, unit, reading.value)
        for slot, reading, unit in amounts
        if slot.type is FieldType.AMOUNT and unit == "万元" and reading.state is ReadState.VALUE
        and isinstance(reading.value, Decimal) and not reading.formula
    ]  # fmt: skip
    sums = [value for _, _, _, value in numbers if value > 0]
    reference = contract or (median(sums) if len(sums) >= 3 else None)
    if not reference or reference <= 0:
        return []
    source = "项目清单合同金额" if contract else "本表其他金额的中位数"
    return [
        _proposal(slot, reading, f"{source} {shown(reference, slot, unit)}", value)
        for slot, reading, unit, value in numbers
        if slot.key not in stated and value >= reference * _SUSPICIOUS
    ]


def _proposal(slot: Slot, reading: Reading, evidence: str, value: Decimal) -> Finding:
    rule = READING_RULES["READ-45"]
    proposal = shown(value / _WAN, slot, "万元")
    return Finding(
        rule.code,
        rule.severity,
        reading.at,
        f"{label_of(slot)}：{rule.words}（填报 {shown(value, slot, '万元')}，{evidence}；如为元，应是 {proposal}）",
        rule.hint,
        indicator=slot.indicator or slot.key,
        found=shown(value, slot, ""),
        expected=proposal,
        comparison=Comparison(value, value / _WAN, "万元"),
    )
