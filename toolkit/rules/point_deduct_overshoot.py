"""百分点扣分: full mark from 100 % attainment up to a cap; points off for every percentage point outside."""

from decimal import Decimal
from typing import Annotated, ClassVar, Literal

from pydantic import BeforeValidator, Field, field_validator

from toolkit.rules.quantity import Deducted, Positive, Quantity, read_deduction, read_positive
from toolkit.rules.rule import ACTUAL, Case, DeductingRule, Example, points_text, share
from toolkit.text import percent, plain
from toolkit.text.folding import fold

Better = Annotated[Literal["越大越好", "越小越好"], BeforeValidator(fold)]
Measure = Annotated[Literal["倒数", "差额"], BeforeValidator(fold)]
Whole = Annotated[Literal["否", "进一", "舍去", "四舍五入"], BeforeValidator(fold)]
_ROUNDING = {"进一": "ROUNDUP", "舍去": "ROUNDDOWN", "四舍五入": "ROUND"}


class PointDeductOvershoot(DeductingRule):
    """r in [100 %, cap] → w; −5 % w per point below, −1 % w per 1 % above; floor 0. Source: 苏州2023填表说明.

    Where smaller is better the attainment is target ÷ actual (算法=倒数) or, as most published wordings count, what the
    actual value exceeds the target by (算法=差额): 103.4 % against 100 % is 3.4 points short, not 3.29. Points are
    counted exactly, or as whole points (取整方式), or in steps of several (每几点=3 for 每相差3%扣1分).
    """

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
    measure: Measure = Field(default="倒数", alias="算法")
    step: Positive = Field(default_factory=lambda: read_positive("1"), alias="每几点")
    whole: Whole = Field(default="否", alias="取整方式")

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
        below = f"{self.each_below.formula()}*{self._steps(self._below())}"
        above = f"{self.each_above.formula()}*{self._steps(self._above())}"
        return self.after(f"({below}+{above})") if self.most else self.after(f"{below}-{above}")

    def standard(self, full_mark: Decimal) -> str:
        """See :meth:`Rule.standard`."""
        return (
            f"完成率{self.rounding_words()}={self._definition()}。完成率在100%–{self.cap.words()}之间得{plain(full_mark)}分；"
            f"每低{self._each()}扣{self.each_below.words()}，"
            f"超过{self.cap.words()}的每超{self._each('1%')}扣{self.each_above.words()}"
            f"{self._whole_words()}，{self.end_words()}；无法提供数据且无说明的得0分。"
        )

    def happened(self, case: Case) -> str:
        """See :meth:`Rule.happened`."""
        below, above = case.number(self._below()), case.number(self._above())
        start = self._measured(case)
        if below > 0:
            each = f"每{self._each('个百分点')}扣{self.each_below.words()}"
            return f"{start}，低于目标{points_text(below)}个百分点，{each}，扣{case.points(case.lost())}分"
        if above > 0:
            over = f"超过上限{self.cap.words()} {points_text(above)}个百分点"
            return f"{start}，{over}，每超{self._each('1%')}扣{self.each_above.words()}，扣{case.points(case.lost())}分"
        return f"{start}，在100%–{self.cap.words()}之间"

    def _definition(self) -> str:
        goal = f"目标值（{self.said(self.target)}）"
        if self.better == "越大越好":
            return f"实际完成值÷{goal}"
        if self.measure == "差额":
            return f"2－实际完成值÷{goal}（数值越小越好，超过目标多少即低多少）"
        return f"{goal}÷实际完成值（数值越小越好）"

    def _each(self, one: str = "1个百分点") -> str:
        if self.step.value == 1:
            return one
        return f"{self.step.words()}%" if one == "1%" else f"{self.step.words()}个百分点"

    def _whole_words(self) -> str:
        words = {"进一": "不足的按一个计", "舍去": "不足的不计", "四舍五入": "不足的四舍五入"}
        return f"（{words[self.whole]}）" if self.whole in words else ""

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
        if self.better == "越大越好":
            return ACTUAL if self.target.value == 1 else f"{ACTUAL}/{goal}"
        if self.measure == "差额":
            return f"2-{ACTUAL}" if self.target.value == 1 else f"2-{ACTUAL}/{goal}"
        # nothing at all where less is better cannot be divided by: it is as good as the cap
        return f"IF({ACTUAL}>0,{goal}/{ACTUAL},{self.cap.formula()})"

    def _ratio(self) -> str:
        return self.rounded(self._attainment(), rate=True)

    def _below(self) -> str:
        return f"MAX(0,(1-{self._in_brackets()})*100)"

    def _above(self) -> str:
        return f"MAX(0,({self._ratio()}-{self.cap.formula()})*100)"

    def _in_brackets(self) -> str:
        ratio = self._ratio()
        return f"({ratio})" if ratio.startswith("2-") else ratio

    def _steps(self, points: str) -> str:
        """How many times points are taken off, for a number of percentage points."""
        counted = points if self.step.value == 1 else f"{points}/{self.step.formula()}"
        if self.whole not in _ROUNDING:
            return counted
        # spreadsheets calculate in binary: 3.0000000000000004 points are 3 points
        return f"{_ROUNDING[self.whole]}(ROUND({counted},8),0)"
