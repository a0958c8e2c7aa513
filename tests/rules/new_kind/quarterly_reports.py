"""季报计分: four quarterly reports are due; each one not handed in time costs points.

A worked example, see ``tests/rules/test_rules_adding_a_kind.py``.
"""

from decimal import Decimal
from typing import ClassVar

from pydantic import Field

from toolkit.rules.quantity import Deducted
from toolkit.rules.rule import ACTUAL, FULL_MARK, Case, Example, SingleValueRule
from toolkit.text import plain, score


class QuarterlyReports(SingleValueRule):
    """w − d for each quarter not reported; floor 0. Source: a worked example."""

    kind: ClassVar[str] = "quarterly_reports"
    label: ClassVar[str] = "季报计分"
    source: ClassVar[str] = "示例"
    example: ClassVar[Example] = Example("每缺一季扣=25%；单位=个", "完成值=3", full_mark="4")
    caption: ClassVar[str] = "按期报送季度数"

    each: Deducted = Field(alias="每缺一季扣")

    def is_rate(self) -> bool:
        """See :meth:`SingleValueRule.is_rate`."""
        return False

    def points(self) -> str:
        """See :meth:`SingleValueRule.points`."""
        return f"MAX(0,{FULL_MARK}-{self.each.formula()}*MAX(0,4-{ACTUAL}))"

    def standard(self, full_mark: Decimal) -> str:
        """See :meth:`Rule.standard`."""
        return f"四个季度均按期报送得{plain(full_mark)}分，每缺一季扣{self.each.words()}，扣完为止。"

    def happened(self, case: Case) -> str:
        """See :meth:`Rule.happened`."""
        return f"{self.shown(case)}，扣{score(case.lost())}分"
