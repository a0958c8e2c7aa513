"""时限计分: done within the window earns the full mark, a delay up to some months costs points, later earns nothing."""

from datetime import date
from decimal import Decimal
from typing import Annotated, ClassVar, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from toolkit.model import FieldType, serial_to_date
from toolkit.rules.quantity import Deducted, FirstDay, LastDay, date_formula, read_deduction
from toolkit.rules.rule import FULL_MARK, Case, Example, Rule, RuleInput
from toolkit.text import chinese_date, plain
from toolkit.text.folding import fold

DAY = "完成日期"
Early = Annotated[Literal["计满分", "计零分"], BeforeValidator(fold)]


class DateWindow(Rule):
    """In the window → w; delay up to one month −d; later 0. Source: 南昌2022.

    With 每天扣 every day late costs points until nothing is left, or until 延期月数 is over where that is written.
    """

    kind: ClassVar[str] = "date_window"
    label: ClassVar[str] = "时限计分"
    source: ClassVar[str] = "南昌2022年项目评价报告"
    example: ClassVar[Example] = Example("起=2024-01；止=2024-06；延期扣=1；延期月数=1", "完成日期=2024-07-15")
    reading: ClassVar[str] = (
        "“止”只写到月的（2024-11），延期的几个月也算到月末，延期1个月到12月31日；写到日的（2024-11-30），"
        "按民法典第二百零二条算到对应的日，延期1个月到12月30日，要算到月末的请只写到月；"
        "没有对应的日的算到那个月的最后一天，止=2025-01-31，延期1个月到2025年2月28日"
    )

    first: FirstDay | None = Field(default=None, alias="起")
    last: LastDay = Field(alias="止")
    delayed: Deducted = Field(default_factory=lambda: read_deduction("50%"), alias="延期扣")
    months: int = Field(default=1, alias="延期月数", ge=0, le=120)
    daily: Deducted | None = Field(default=None, alias="每天扣")
    early: Early = Field(default="计满分", alias="提前")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.first and self.first > self.last.day:
            raise ValueError("“起”晚于“止”")
        return self

    def needs(self) -> tuple[RuleInput, ...]:
        """One date."""
        return (RuleInput(DAY, "实际完成日期", FieldType.DATE),)

    def body(self) -> str:
        """See :meth:`Rule.body`."""
        late = f"MAX(0,{FULL_MARK}-{self._loss()})"
        if self._ends():
            late = f"IF({DAY}<={self.last.formula(self.months)},{late},0)"
        in_time = f"IF({DAY}<={self.last.formula()},{FULL_MARK},{late})"
        if self.first and self.early == "计零分":
            in_time = f"IF({DAY}<{date_formula(self.first)},0,{in_time})"
        return f"IF(ISNUMBER({DAY}),{in_time},0)"

    def standard(self, full_mark: Decimal) -> str:
        """See :meth:`Rule.standard`."""
        before = "早于起始日期不得分；" if self.first and self.early == "计零分" else ""
        end = f"超过{self.months}个月不得分" if self._ends() else "扣完为止"
        cost = f"延期{self.months}个月以内扣{self.delayed.words()}"
        if self.daily:
            cost = f"每延期1天扣{self.daily.words()}"
        delay = f"{cost}，{end}"
        return f"{self._window()}完成得{plain(full_mark)}分；{before}{delay}。"

    def happened(self, case: Case) -> str:
        """See :meth:`Rule.happened`."""
        day = _day(case)
        if day is None:
            return "实际完成日期不是日期"
        start = f"实际完成日期{chinese_date(day)}"
        if day > self.last.day:
            late = f"{(day - self.last.day).days}天" if self.daily else ""
            return f"{start}，晚于规定的{self.last.words()}{late}，扣{case.points(case.lost())}分"
        if self.first and day < self.first:
            return f"{start}，早于{chinese_date(self.first)}，{self.early}"
        return f"{start}，在规定时限内"

    def _loss(self) -> str:
        """Points off for a delay that is still within its limit, as Excel text. Units: 分."""
        if self.daily is None:
            return self.delayed.formula()
        return f"{self.daily.formula()}*({DAY}-{self.last.formula()})"

    def _ends(self) -> bool:
        """After some months nothing is left, however little a day costs."""
        return self.daily is None or "months" in self.model_fields_set

    def _window(self) -> str:
        start = f"{chinese_date(self.first)}至" if self.first else ""
        return f"{start}{self.last.words()}{'' if start else '前（含当日）'}"


def _day(case: Case) -> date | None:
    value = case.values.get(DAY)
    if not isinstance(value, Decimal):
        return None
    try:
        return serial_to_date(value)
    except ValueError:
        return None
