"""百分点扣分: full mark from 100 % attainment up to a cap; points off for every percentage point outside."""

from decimal import Decimal
from typing import Annotated, ClassVar, Literal

from pydantic import BeforeValidator, Field, field_validator

from toolkit.rules.quantity import Deducted, Positive, Quantity, fold, read_deduction, read_positive
from toolkit.rules.rule import ACTUAL, FULL_MARK, Case, Example, SingleValueRule, points_text, share
from toolkit.text import percent, plain, score

Better = Annotated[Literal["越大越好", "越小越好"], BeforeValidator(fold)]


class PointDeductOvershoot(SingleValueRule):
    """r in [100 %, cap] → w; −5 % w per point below, −1 % w per 1 % above; floor 0. Source: 苏州2023填表说明."""

    kind: ClassVar[str] = "point_deduct_overshoot"
    label: ClassVar[str] = "百分点扣分"
    source: ClassVar[str] = "苏州市2023年度市级财政支出项目绩效自评价表填表说明"
    example: ClassVar[Example] = Example("每点扣=5%；上限=130%；超限每点扣=1%；先取整=是", "完成值=93.97%")
    caption: ClassVar[str] = "实际完成值"

    target: Positive = Field(default_factory=lambda: read_positive("100%"), alias="目标")
    each_below: Deducted = Field(default_factory=lambda: read_deduction("5%"), alias="每点扣")
    cap: Positive = Field(default_factory=lambda: read_positive("130%"), alias="上限")
    each_above: Deducted = Field(default_factory=lambda: read_deduction("1%"), alias="超限每点扣")
    better: Better = Field(default="越大越好", alias="方向")

    @field_validator("cap")
    @classmethod
    def _cap_above_all(cls, cap: Quantity) -> Quantity:
        if cap.value < 1:
            raise ValueError("上限应不小于100%")
        return cap

    def is_rate(self) -> bool:
        """See :meth:`SingleValueRule.is_rate`."""
        return self.target.percent

    def points(self) -> str:
        """See :meth:`SingleValueRule.points`."""
        losses = f"{self.each_below.formula()}*{self._below()}-{self.each_above.formula()}*{self._above()}"
        return f"MAX(0,{FULL_MARK}-{losses})"

    def standard(self, full_mark: Decimal) -> str:
        """See :meth:`Rule.standard`."""
        goal = f"目标值（{self.target.words()}{'' if self.is_rate() else self.unit}）"
        ratio = f"{goal}÷实际完成值（数值越小越好）" if self.better == "越小越好" else f"实际完成值÷{goal}"
        return (
            f"完成率{self.rounding_words()}={ratio}。完成率在100%–{self.cap.words()}之间得{plain(full_mark)}分；"
            f"每低1个百分点扣{self.each_below.words()}，超过{self.cap.words()}的每超1%扣{self.each_above.words()}，扣完为止；"
            "无法提供数据且无说明的得0分。"
        )

    def happened(self, case: Case) -> str:
        """See :meth:`Rule.happened`."""
        below, above = case.number(self._below()), case.number(self._above())
        start = self._measured(case)
        if below > 0:
            each = f"每个百分点扣{self.each_below.words()}"
            return f"{start}，低于目标{points_text(below)}个百分点，{each}，扣{score(case.lost())}分"
        if above > 0:
            each = f"每超1%扣{self.each_above.words()}"
            return f"{start}，超过上限{self.cap.words()} {points_text(above)}个百分点，{each}，扣{score(case.lost())}分"
        return f"{start}，在100%–{self.cap.words()}之间"

    def _measured(self, case: Case) -> str:
        raw, used = case.number(self._attainment()), case.number(self._ratio())
        value = case.values.get(ACTUAL)
        seen = percent(value) if self.is_rate() and isinstance(value, Decimal) else ""
        whole = "" if raw == used else f"（取整为{share(used)}）"
        if seen and self.target.value == 1 and self.better == "越大越好":
            return f"{self.caption}{seen}{whole}"
        shown = seen or f"{points_text(value) if isinstance(value, Decimal) else ''}{self.unit}"
        return f"{self.caption}{shown}，完成率{percent(raw)}{whole}"

    def _attainment(self) -> str:
        goal = self.target.formula()
        if self.better == "越小越好":
            # nothing at all where less is better cannot be divided by: it is as good as the cap
            return f"IF({ACTUAL}>0,{goal}/{ACTUAL},{self.cap.formula()})"
        return ACTUAL if self.target.value == 1 else f"{ACTUAL}/{goal}"

    def _ratio(self) -> str:
        return self.rounded(self._attainment(), rate=True)

    def _below(self) -> str:
        return f"MAX(0,(1-{self._ratio()})*100)"

    def _above(self) -> str:
        return f"MAX(0,({self._ratio()}-{self.cap.formula()})*100)"
