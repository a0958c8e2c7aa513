"""计数扣分: every item not met costs points; from a number of items on nothing is left."""

from decimal import Decimal
from typing import ClassVar

from pydantic import Field

from toolkit.rules.quantity import Deducted
from toolkit.rules.rule import Case, DeductingRule, Example
from toolkit.text import plain


class CountDeduct(DeductingRule):
    """Each item not met −d; n items → 0. Source: provincial reports."""

    kind: ClassVar[str] = "count_deduct"
    label: ClassVar[str] = "计数扣分"
    source: ClassVar[str] = "省级部门项目绩效评价报告"
    example: ClassVar[Example] = Example("每项扣=1.5；归零项数=4", "完成值=2")
    caption: ClassVar[str] = "发现问题数"

    unit: str = Field(default="项", alias="单位")
    each: Deducted = Field(alias="每项扣")
    zero_from: int | None = Field(default=None, alias="归零项数", ge=1)

    def is_rate(self) -> bool:
        """See :meth:`SingleValueRule.is_rate`."""
        return False

    def points(self) -> str:
        """See :meth:`SingleValueRule.points`."""
        left = self.after(f"{self.each.formula()}*MAX(0,{self.value()})")
        return left if self.zero_from is None else f"IF({self.value()}>={self.zero_from},0,{left})"

    def standard(self, full_mark: Decimal) -> str:
        """See :meth:`Rule.standard`."""
        end = self.end_words() if self.zero_from is None else f"达到{self.zero_from}{self.unit}不得分"
        return f"无问题得{plain(full_mark)}分；每发现1{self.unit}扣{self.each.words()}，{end}。"

    def happened(self, case: Case) -> str:
        """See :meth:`Rule.happened`."""
        count = case.number(f"MAX(0,{self.value()})")
        if count == 0:
            return "未发现问题"
        if self.zero_from is not None and count >= self.zero_from:
            return f"{self.shown(case)}，已达{self.zero_from}{self.unit}的上限"
        return f"{self.shown(case)}，每{self.unit}扣{self.each.words()}，扣{case.points(case.lost())}分"
