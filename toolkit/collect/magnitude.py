"""元 typed into 万元 cells: proposed with the evidence, never changed. One cell is asked about, all are an error."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from statistics import median

from toolkit.collect.remarks import label_of
from toolkit.collect.wording import READING_RULES
from toolkit.model import Content, FieldType, Finding, Reading, ReadState, Sentence, Slot, Stated
from toolkit.model.stated import followed

_WAN = Decimal(10_000)
_SUSPICIOUS = Decimal(1_000)
"""A sum so many times the contract's is taken for 元: a tenth of the contract or more, had it been typed in 万元."""
_NEAR = Decimal(3)
"""Divided by 10,000 a sum typed in 元 lies within this many times of the contract's amount, on either side."""
_TOO_LARGE = Decimal(10)
"""So many times the contract's amount no sum of the project can be."""
_PROOF = 3
"""So many amounts that fit only in 元 leave no doubt."""
_DOUBTFUL_SHARE = Decimal("0.25")
"""With more amounts than this that could be either, somebody has to be asked about each."""
_NAMED = 4
_PROVED = "全表 {count} 个金额格{rule}：{named}；项目清单合同金额为{contract}，只有除以10000才相称"
_QUESTION = "{label}：{rule}（填报 {typed}，{source} {reference}；如为元，应是 {proposal}）"


@dataclass(frozen=True, slots=True)
class _Amount:
    """An amount typed into a 万元 cell that does not state its own unit."""

    slot: Slot
    reading: Reading
    value: Decimal

    @property
    def proposal(self) -> Stated:
        return Stated(self.value / _WAN, unit="万元")


def suspected_yuan(
    amounts: Iterable[tuple[Slot, Reading, str]], contract: Decimal | None, stated: frozenset[str]
) -> list[Finding]:
    """What is off by 10,000 against the contract or, without one, its siblings: one error for all, or a warning each.

    Args:
        amounts: slot, reading and unit of measure of the amounts of one workbook.
        contract: the project's contract amount in the roster. Units: 万元.
        stated: keys of slots whose unit the cell itself states; they are beyond doubt.
    """
    typed = [
        _Amount(slot, reading, reading.value)
        for slot, reading, unit in amounts
        if slot.type is FieldType.AMOUNT and unit == "万元" and reading.state is ReadState.VALUE
        and isinstance(reading.value, Decimal) and not reading.formula
    ]  # fmt: skip
    sums = [amount.value for amount in typed if amount.value > 0]
    reference = contract or (median(sums) if len(sums) >= 3 else None)
    if not reference or reference <= 0:
        return []
    unstated = [amount for amount in typed if amount.slot.key not in stated]
    throughout = _throughout(unstated, contract) if contract else []
    if throughout and contract:
        return [_proof(throughout, contract)]
    source = "项目清单合同金额" if contract else "本表其他金额的中位数"
    columns: dict[str, list[_Amount]] = {}
    for amount in unstated:
        if amount.value >= reference * _SUSPICIOUS:
            slot = amount.slot
            column = f"{slot.table}_{slot.column}" if slot.table else slot.key
            columns.setdefault(column, []).append(amount)
    return [_of_column(amounts, source, reference) for amounts in columns.values()]


def _of_column(amounts: Sequence[_Amount], source: str, reference: Decimal) -> Finding:
    """What is asked about the rows of one column, as one: whoever typed them had one unit in mind."""
    first = _question(amounts[0], source, reference)
    others = [amount.reading.at for amount in amounts[1:]]
    if not others:
        return first
    cells = "、".join(at.cell for at in others[:_NAMED])
    words = f"；同列另有{len(others)}行也是（{cells}{'等' if len(others) > _NAMED else ''}）"
    proposals = tuple((amount.reading.at, amount.value / _WAN) for amount in amounts)
    return replace(first, told=followed(first.told, words), related=tuple(others), proposals=proposals)


def _throughout(typed: Sequence[_Amount], contract: Decimal) -> list[_Amount]:
    """The amounts typed in 元 where the whole workbook was; none where it can be doubted.

    What still equals the roster's contract was prefilled and says nothing about the unit's own hand.
    """
    own = [amount for amount in typed if amount.value > 0 and amount.value != contract]
    fitting = [amount for amount in own if contract / _NEAR <= amount.value / _WAN <= contract * _NEAR]
    impossible = [amount for amount in own if amount.value > contract * _TOO_LARGE]
    doubtful = len(own) - len(impossible)
    return impossible if len(fitting) >= _PROOF and doubtful <= _DOUBTFUL_SHARE * len(own) else []


def _proof(amounts: Sequence[_Amount], contract: Decimal) -> Finding:
    rule, first = READING_RULES["READ-50"], amounts[0]
    named = "、".join(
        f"{label_of(amount.slot)}填{Stated(amount.value)}应为{amount.proposal}" for amount in amounts[:_NAMED]
    )
    words: dict[str, Content] = {
        "count": str(len(amounts)), "rule": rule.words, "named": named + ("等" if len(amounts) > _NAMED else ""),
        "contract": Stated(contract, unit="万元"),
    }  # fmt: skip
    return Finding(
        rule.code,
        rule.severity,
        first.reading.at,
        Sentence.of(_PROVED, words),
        rule.hint,
        indicator=first.slot.indicator or first.slot.key,
        found=Stated(first.value),
        expected=first.proposal,
        related=tuple(amount.reading.at for amount in amounts[1:]),
        proposals=tuple((amount.reading.at, amount.value / _WAN) for amount in amounts),
    )


def _question(amount: _Amount, source: str, reference: Decimal) -> Finding:
    rule = READING_RULES["READ-45"]
    slot = amount.slot
    words: dict[str, Content] = {
        "label": label_of(slot), "rule": rule.words, "typed": Stated(amount.value, unit="万元"),
        "source": source, "reference": Stated(reference, unit="万元"), "proposal": amount.proposal,
    }  # fmt: skip
    return Finding(
        rule.code,
        rule.severity,
        amount.reading.at,
        Sentence.of(_QUESTION, words),
        rule.hint,
        indicator=slot.indicator or slot.key,
        found=Stated(amount.value),
        expected=amount.proposal,
    )
