"""Judgements that ask what is taken off, where people may write what is earned."""

from decimal import Decimal

from toolkit.model import Indicator, Sentence, Value
from toolkit.rules.discretionary import DEDUCTION
from toolkit.text import plain


def earned_not_taken_off(indicator: Indicator, item: str, value: Value, reason: str) -> Sentence | None:
    """What is to be asked of more than half taken off, where the reason does not say so; None for anything else.

    Units: 分.
    """
    if item != DEDUCTION or not isinstance(value, Decimal) or "扣" in reason or value * 2 <= indicator.full_mark:
        return None
    return Sentence.saying(
        "分值{most}分，这里填的是扣几分：现在扣{value}分，只得{rest}分，理由中没有写扣分",
        most=plain(indicator.full_mark),
        value=plain(value),
        rest=plain(indicator.full_mark - value),
    )
