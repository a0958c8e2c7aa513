"""比率计分: the full mark times a rate, at most the full mark."""

from decimal import Decimal
from typing import ClassVar

from toolkit.rules.rule import FULL_MARK, Case, Example, SingleValueRule, share
from toolkit.text import plain


class RateProportional(SingleValueRule):
    """w × min(1, r). Source: 南昌2022, 江苏2022."""

    kind: ClassVar[str] = "rate_proportional"
    label: ClassVar[str] = "比率计分"
    source: ClassVar[str] = "南昌2022年项目评价报告；江苏2022年度自评价表"
    example: ClassVar[Example] = Example("完成值=资金到位率", "完成值=93.5%")

    def points(self) -> str:
        """See :meth:`SingleValueRule.points`."""
        return f"{FULL_MARK}*MAX(0,MIN(1,{self.value()}))"

    def standard(self, full_mark: Decimal) -> str:
        """See :meth:`Rule.standard`."""
        return f"得分=完成比率{self.rounding_words()}×{plain(full_mark)}分，达到100%得满分，最高不超过满分。"

    def happened(self, case: Case) -> str:
        """See :meth:`Rule.happened`."""
        rate = case.number(f"MAX(0,MIN(1,{self.value()}))")
        if rate == 1:
            return f"{self.shown(case)}，达到100%"
        return f"{self.shown(case)}，按{share(rate)}×{plain(case.full_mark)}分计"
