"""差额扣分: every unit short of the target costs points."""

from decimal import Decimal
from typing import Annotated, ClassVar, Literal

from pydantic import BeforeValidator, Field

from toolkit.rules.quantity import AnyNumber, Deducted
from toolkit.rules.rule import Case, DeductingRule, Example, points_text
from toolkit.text import plain
from toolkit.text.folding import fold

Better = Annotated[Literal["越大越好", "越小越好"], BeforeValidator(fold)]


class ShortfallPerUnit(DeductingRule):
    """Each unit short −d; floor 0. Source: 南昌2022 (−2 a year)."""

    kind: ClassVar[str] = "shortfall_per_unit"
    label: ClassVar[str] = "差额扣分"
    source: ClassVar[str] = "南昌2022年项目评价报告"
    example: ClassVar[Example] = Example("目标=3；每差1扣=2；单位=年", "完成值=2")

    target: AnyNumber = Field(alias="目标")
    each: Deducted = Field(alias="每差1扣")
    better: Better = Field(default="越大越好", alias="方向")

    def is_rate(self) -> bool:
        """See :meth:`SingleValueRule.is_rate`."""
        return self.target.percent

    def points(self) -> str:
        """See :meth:`SingleValueRule.points`."""
        return self.after(f"{self.each.formula()}*{self._short()}")

    def standard(self, full_mark: Decimal) -> str:
        """See :meth:`Rule.standard`."""
        least = "不低于" if self.better == "越大越好" else "不超过"
        return (
            f"实际完成值{self.rounding_words()}{least}{self.said(self.target)}得{plain(full_mark)}分；"
            f"每差1{self._step()}扣{self.each.words()}，{self.end_words()}。"
        )

    def happened(self, case: Case) -> str:
        """See :meth:`Rule.happened`."""
        short = case.number(self._short())
        if short == 0:
            return f"{self.shown(case)}，达到目标{self.said(self.target)}"
        gap = f"比目标{self.said(self.target)}差{points_text(short)}{self._step()}"
        return f"{self.shown(case)}，{gap}，每1{self._step()}扣{self.each.words()}，扣{case.points(case.lost())}分"

    def _short(self) -> str:
        goal, value = self.target.formula(), self.value()
        gap = f"{goal}-{value}" if self.better == "越大越好" else f"{value}-{goal}"
        return f"MAX(0,({gap})*100)" if self.is_rate() else f"MAX(0,{gap})"

    def _step(self) -> str:
        return "个百分点" if self.is_rate() else self.unit
