"""目标比率: the value reached against a target; at or above it the full mark, below it in proportion."""

from decimal import Decimal
from typing import ClassVar

from pydantic import Field

from toolkit.rules.quantity import Positive
from toolkit.rules.rule import ACTUAL, FULL_MARK, Case, Example, SingleValueRule
from toolkit.text import percent, plain


class TargetRatio(SingleValueRule):
    """r = actual/target; r ≥ 1 → w, else w × r. Source: 南昌2022."""

    kind: ClassVar[str] = "target_ratio"
    label: ClassVar[str] = "目标比率"
    source: ClassVar[str] = "南昌2022年项目评价报告"
    example: ClassVar[Example] = Example("目标=20；单位=个", "完成值=18")

    target: Positive = Field(alias="目标")

    def is_rate(self) -> bool:
        """See :meth:`SingleValueRule.is_rate`."""
        return self.target.percent

    def points(self) -> str:
        """See :meth:`SingleValueRule.points`."""
        return f"{FULL_MARK}*MAX(0,MIN(1,{self._ratio()}))"

    def standard(self, full_mark: Decimal) -> str:
        """See :meth:`Rule.standard`."""
        goal = self.said(self.target)
        below = f"得分=实际完成值{self.rounding_words()}÷目标值×{plain(full_mark)}分"
        return f"达到目标值{goal}得{plain(full_mark)}分；未达到的，{below}。"

    def happened(self, case: Case) -> str:
        """See :meth:`Rule.happened`."""
        goal = f"目标{self.said(self.target)}"
        ratio = case.number(f"MAX(0,{self._ratio()})")
        if ratio >= 1:
            return f"{self.shown(case)}，达到{goal}{self.beyond(case, self._ratio())}"
        return f"{self.shown(case)}，为{goal}的{percent(ratio)}，按比例计"

    def _ratio(self) -> str:
        return f"{self.rounded(ACTUAL, rate=self.is_rate())}/{self.target.formula()}"
