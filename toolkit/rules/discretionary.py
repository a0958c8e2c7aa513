"""酌情评分: the evaluator types the deduction; reason, evidence and a second person are asked for where it is typed."""

from decimal import Decimal
from typing import ClassVar

from toolkit.model import FieldType
from toolkit.rules.rule import FULL_MARK, Case, Example, Rule, RuleInput
from toolkit.text import plain

DEDUCTION = "扣分"


class Discretionary(Rule):
    """w minus what the evaluator takes off. Source: 南昌2022 (酌情)."""

    kind: ClassVar[str] = "discretionary"
    label: ClassVar[str] = "酌情评分"
    source: ClassVar[str] = "南昌2022年项目评价报告"
    example: ClassVar[Example] = Example("", "扣分=1.5")

    def needs(self) -> tuple[RuleInput, ...]:
        """The deduction, from the evaluator only."""
        return (RuleInput(DEDUCTION, "评价人扣分", FieldType.NUMBER, "分", by_evaluator=True),)

    def body(self) -> str:
        """See :meth:`Rule.body`."""
        return f"IF(ISNUMBER({DEDUCTION}),MAX(0,MIN({FULL_MARK},{FULL_MARK}-{DEDUCTION})),0)"

    def standard(self, full_mark: Decimal) -> str:
        """See :meth:`Rule.standard`."""
        return f"分值{plain(full_mark)}分，由评价人根据核查情况酌情扣分，须写明理由和佐证，并由第二人复核，扣完为止。"

    def happened(self, case: Case) -> str:
        """See :meth:`Rule.happened`."""
        lost = case.lost()
        return "评价人核查后未扣分" if lost == 0 else f"评价人核查后扣{case.points(lost)}分"
