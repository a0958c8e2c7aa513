"""反向比率: smaller is better; at or below the target the full mark, above it target divided by actual."""

from decimal import Decimal
from typing import ClassVar

from pydantic import Field, field_validator

from toolkit.rules.quantity import AnyNumber, NotNegative, Quantity
from toolkit.rules.rule import FULL_MARK, Case, Example, SingleValueRule
from toolkit.text import percent, plain


class ReverseTarget(SingleValueRule):
    """target/actual × w, capped at w; nothing from 上限倍数 times the target on; with 目标=0 nothing above it.

    Source: common form.
    """

    kind: ClassVar[str] = "reverse_target"
    label: ClassVar[str] = "反向比率"
    source: ClassVar[str] = "部门绩效评价通行做法"
    example: ClassVar[Example] = Example("目标=3；上限倍数=3；单位=秒", "完成值=4")

    target: NotNegative = Field(alias="目标")
    cap: AnyNumber | None = Field(default=None, alias="上限倍数")

    @field_validator("cap")
    @classmethod
    def _above_one(cls, cap: Quantity | None) -> Quantity | None:
        if cap is not None and cap.value <= 1:
            raise ValueError("上限倍数应大于1：实际值达到目标的这么多倍时计0分")
        return cap

    def is_rate(self) -> bool:
        """See :meth:`SingleValueRule.is_rate`."""
        return self.target.percent

    def points(self) -> str:
        """See :meth:`SingleValueRule.points`."""
        goal, value = self.target.formula(), self.value()
        if not self.target.value:
            return f"IF({value}<=0,{FULL_MARK},0)"
        above = f"{FULL_MARK}*{goal}/{value}"
        if self.cap is not None:
            above = f"IF({value}>={goal}*{self.cap.formula()},0,{above})"
        return f"IF({value}<={goal},{FULL_MARK},{above})"

    def standard(self, full_mark: Decimal) -> str:
        """See :meth:`Rule.standard`."""
        if not self.target.value:
            return f"实际完成值{self.rounding_words()}为0得{plain(full_mark)}分；超过的不得分。"
        end = f"；达到目标值{self.cap.words()}倍及以上不得分" if self.cap else ""
        return (
            f"实际完成值{self.rounding_words()}不超过目标值{self.said(self.target)}得{plain(full_mark)}分；"
            f"超过的，得分=目标值÷实际完成值×{plain(full_mark)}分{end}。"
        )

    def happened(self, case: Case) -> str:
        """See :meth:`Rule.happened`."""
        if not self.target.value:
            return f"{self.shown(case)}，{'为0' if case.number(self.value()) <= 0 else '目标为0，不得分'}"
        excess = case.number(f"{self.value()}/{self.target.formula()}")
        if excess <= 1:
            return f"{self.shown(case)}，未超过目标{self.said(self.target)}"
        if self.cap is not None and excess >= self.cap.value:
            return f"{self.shown(case)}，达到目标{self.said(self.target)}的{self.cap.words()}倍，不得分"
        ratio = case.number(f"{self.target.formula()}/{self.value()}")
        return f"{self.shown(case)}，超过目标{self.said(self.target)}，按目标÷实际（{percent(ratio)}）计"
