"""线性计分: full mark at one end, nothing at the other, linear (or in equal steps) between."""

from decimal import Decimal
from typing import ClassVar, Self

from pydantic import Field, model_validator

from toolkit.rules.quantity import AnyNumber, Deducted
from toolkit.rules.rule import FULL_MARK, Case, Example, SingleValueRule, share
from toolkit.text import percent, plain


class BoundedLinear(SingleValueRule):
    """Full at or beyond 满分值, 0 at or beyond 零分值, linear or stepped between. Source: provincial reports.

    With 起评分 the mark begins there at 零分值 (60 % → 6, 100 % → 15) and is 0 short of it.
    """

    kind: ClassVar[str] = "bounded_linear"
    label: ClassVar[str] = "线性计分"
    source: ClassVar[str] = "省级部门项目绩效评价报告"
    example: ClassVar[Example] = Example("满分值=95%；零分值=60%", "完成值=80%")

    full_at: AnyNumber = Field(alias="满分值")
    zero_at: AnyNumber = Field(alias="零分值")
    start: Deducted | None = Field(default=None, alias="起评分")
    steps: int | None = Field(default=None, alias="档数", ge=2, le=100)

    @model_validator(mode="after")
    def _apart(self) -> Self:
        if self.full_at.value == self.zero_at.value:
            raise ValueError("“满分值”与“零分值”不能相同")
        return self

    def is_rate(self) -> bool:
        """See :meth:`SingleValueRule.is_rate`."""
        return self.full_at.percent or self.zero_at.percent

    def points(self) -> str:
        """See :meth:`SingleValueRule.points`."""
        if self.start is None:
            return f"{FULL_MARK}*{self._share()}"
        start, short = self.start.formula(), "<" if self.full_at.value > self.zero_at.value else ">"
        reached = f"{start}+({FULL_MARK}-{start})*{self._share()}"
        return f"IF({self.value()}{short}{self.zero_at.formula()},0,{reached})"

    def standard(self, full_mark: Decimal) -> str:
        """See :meth:`Rule.standard`."""
        rising = self.full_at.value > self.zero_at.value
        full, zero = ("达到或高于", "达到或低于") if rising else ("达到或低于", "达到或高于")
        edge = self._words(self.zero_at.words())
        nothing = f"{zero}{edge}不得分"
        if self.start:
            nothing = f"为{edge}得{self.start.words()}，{'低于' if rising else '高于'}{edge}不得分"
        between = f"其间分{self.steps}档计分" if self.steps else "其间按线性比例计分"
        return (
            f"实际完成值{self.rounding_words()}{full}{self._words(self.full_at.words())}得{plain(full_mark)}分；"
            f"{nothing}；{between}。"
        )

    def happened(self, case: Case) -> str:
        """See :meth:`Rule.happened`."""
        part = case.number(self._share())
        if part == 1:
            return f"{self.shown(case)}，达到满分值{self._words(self.full_at.words())}"
        if self.start and (part or case.score):
            edge = self._words(self.zero_at.words())
            return f"{self.shown(case)}，自{edge}的{self.start.words()}起按比例计"
        if part == 0:
            return (
                f"{self.shown(case)}，未超过零分值{self._words(self.zero_at.words())}"
                if not self.steps
                else (f"{self.shown(case)}，未达到最低一档")
            )
        where = f"零分值{self._words(self.zero_at.words())}与满分值{self._words(self.full_at.words())}之间"
        shown = share(part) if part * 100 == int(part * 100) else percent(part)
        return f"{self.shown(case)}，在{where}，按{plain(case.full_mark)}分的{shown}计"

    def _share(self) -> str:
        zero = self.zero_at.formula()
        linear = f"MAX(0,MIN(1,({self.value()}-{zero})/({self.full_at.formula()}-{zero})))"
        if not self.steps:
            return linear
        # spreadsheets calculate in binary: without the inner ROUND, 0.9-0.6 falls just short of its step
        return f"INT(ROUND({linear}*{self.steps},8))/{self.steps}"

    def _words(self, number: str) -> str:
        return number if self.is_rate() else f"{number}{self.unit}"
