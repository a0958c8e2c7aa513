"""What a cell for a judgement takes, in 评审意见.xlsx and in the scorebooks."""

from decimal import Decimal

from toolkit.excel.table_sheet import CellRule
from toolkit.model import IndicatorInput
from toolkit.model.opinion import NOT_APPLICABLE
from toolkit.rules.discretionary import DEDUCTION


def answer_rule(asked: IndicatorInput, full_mark: Decimal) -> CellRule | None:
    """The answers to choose from, or the least and most to be taken off; None where any value may stand. Units: 分."""
    if asked.choices:
        return CellRule((*asked.choices, NOT_APPLICABLE))
    return CellRule(least=Decimal(0), most=full_mark) if asked.local == DEDUCTION else None


def bounds(asked: IndicatorInput, full_mark: Decimal) -> tuple[Decimal, Decimal] | None:
    """The least and the most that a judgement can be: of marks taken off, in 分; of a degree, as a fraction.

    None for everything else: a number of people or a rate of growth goes beyond any mark.
    """
    if asked.local == DEDUCTION:
        return Decimal(0), full_mark
    return (Decimal(0), Decimal(1)) if asked.is_degree else None
