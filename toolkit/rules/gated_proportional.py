"""门槛比率: below the gate nothing, above it in proportion to what lies above the gate."""

from decimal import Decimal
from typing import ClassVar

from pydantic import Field, field_validator

from toolkit.rules.quantity import AnyNumber, Quantity
from toolkit.rules.rule import FULL_MARK, Case, Example, SingleValueRule, share
from toolkit.text import plain


class GatedProportional(SingleValueRule):
    """r < gate → 0; else w × (r − gate)/(1 − gate). Source: 财预〔2021〕101号."""

    kind: ClassVar[str] = "gated_proportional"
    label: ClassVar[str] = "门槛比率"
    source: ClassVar[str] = "财预〔2021〕101号"
    example: ClassVar[Example] = Example("门槛=60%", "完成值=90%")

    gate: AnyNumber = Field(alias="门槛")

    @field_validator("gate")
    @classmethod
    def _below_all(cls, gate: Quantity) -> Quantity:
        if not 0 <= gate.value < 1:
            raise ValueError("门槛应在0%与100%之间（小于100%）")
        return gate

    def points(self) -> str:
        """See :meth:`SingleValueRule.points`."""
        return f"{FULL_MARK}*MAX(0,MIN(1,({self.value()}-{self.gate.formula()})/(1-{self.gate.formula()})))"

    def standard(self, full_mark: Decimal) -> str:
        """See :meth:`Rule.standard`."""
        gate = share(self.gate.value)
        return (
            f"完成比率{self.rounding_words()}达到100%得{plain(full_mark)}分；低于{gate}不得分；"
            f"其间得分=（完成比率－{gate}）÷（1－{gate}）×{plain(full_mark)}分。"
        )

    def happened(self, case: Case) -> str:
        """See :meth:`Rule.happened`."""
        rate, gate = case.number(self.value()), share(self.gate.value)
        if rate < self.gate.value:
            return f"{self.shown(case)}，低于门槛{gate}"
        if rate >= 1:
            return f"{self.shown(case)}，达到100%"
        return f"{self.shown(case)}，按（{share(rate)}－{gate}）÷（1－{gate}）×{plain(case.full_mark)}分计"
