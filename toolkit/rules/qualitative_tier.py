"""三档定性: a degree of attainment of 100–80 %, 80–60 % or 60–0 % is the share of the full mark."""

from decimal import Decimal
from typing import ClassVar

from toolkit.rules.checkpoint_tiered import tier
from toolkit.rules.rule import ACTUAL, FULL_MARK, Case, Example, SingleValueRule, share
from toolkit.text import plain


class QualitativeTier(SingleValueRule):
    """达成/部分达成/未达成 → 100–80 / 80–60 / 60–0 %. Source: 财预〔2020〕10号."""

    kind: ClassVar[str] = "qualitative_tier"
    label: ClassVar[str] = "三档定性"
    source: ClassVar[str] = "财预〔2020〕10号"
    example: ClassVar[Example] = Example("", "完成值=75%")
    caption: ClassVar[str] = "达成程度"
    is_degree: ClassVar[bool] = True

    def points(self) -> str:
        """See :meth:`SingleValueRule.points`."""
        return f"{FULL_MARK}*MAX(0,MIN(1,{self.value()}))"

    def standard(self, full_mark: Decimal) -> str:
        """See :meth:`Rule.standard`."""
        return (
            f"按达成程度分三档评定{self.rounding_words()}：达成预期得{plain(full_mark)}分的80%（含）–100%，"
            "部分达成并具有一定效果得60%（含）–80%，未达成且效果较差得0–60%。"
        )

    def happened(self, case: Case) -> str:
        """See :meth:`Rule.happened`."""
        degree = case.number(f"IF(ISNUMBER({ACTUAL}),MAX(0,MIN(1,{self.value()})),0)")
        return f"{tier(degree)}，{self.caption}评定为{share(degree)}，按{plain(case.full_mark)}分的{share(degree)}计"
