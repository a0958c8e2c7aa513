"""达标计分: the condition is met and the full mark earned, or nothing. Without a target the question is 是 or 否."""

from decimal import Decimal
from typing import Annotated, ClassVar, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from toolkit.model import FieldType
from toolkit.rules.quantity import AnyNumber
from toolkit.rules.rule import ACTUAL, FULL_MARK, Case, Example, RuleInput, SingleValueRule
from toolkit.text import plain
from toolkit.text.folding import fold

_SIGNS = {"≥": ">=", "≤": "<=", ">": ">", "<": "<", "=": "="}
YES, NO = "是", "否"


def read_sign(text: object) -> str:
    """Read ≥ ≤ > < = in any spelling; anything else is left for pydantic to refuse."""
    written = fold(text).replace(">=", "≥").replace("<=", "≤")
    return {"大于等于": "≥", "不低于": "≥", "小于等于": "≤", "不超过": "≤", "等于": "="}.get(written, written)


Sign = Annotated[Literal["≥", "≤", ">", "<", "="], BeforeValidator(read_sign)]


class AllOrNothing(SingleValueRule):
    """Condition met → w, else 0. Source: 南昌2022."""

    kind: ClassVar[str] = "all_or_nothing"
    label: ClassVar[str] = "达标计分"
    source: ClassVar[str] = "南昌2022年项目评价报告"
    example: ClassVar[Example] = Example("目标=99.9%；条件=≥", "完成值=99.95%")

    target: AnyNumber | None = Field(default=None, alias="目标")
    sign: Sign = Field(default="≥", alias="条件")

    @model_validator(mode="before")
    @classmethod
    def _sign_within_target(cls, data: object) -> object:
        """Accept ``目标=≤8`` for ``目标=8；条件=≤``."""
        if not isinstance(data, dict):
            return data
        written = fold(data.get("目标", ""))
        for spelling in (">=", "<=", "≥", "≤", ">", "<"):
            if written.startswith(spelling):
                return {"条件": spelling, **data, "目标": written.removeprefix(spelling)}
        return data

    @model_validator(mode="after")
    def _target_to_compare_with(self) -> Self:
        if self.target is None and "sign" in self.model_fields_set:
            raise ValueError("写了“条件”，没有写“目标”")
        return self

    def is_rate(self) -> bool:
        """See :meth:`SingleValueRule.is_rate`."""
        return self.target is not None and self.target.percent

    def needs(self) -> tuple[RuleInput, ...]:
        """A number to compare, or 是/否."""
        if self.target is None:
            return (RuleInput(ACTUAL, "是否达到目标", FieldType.YESNO, choices=(YES, NO)),)
        return super().needs()

    def body(self) -> str:
        """See :meth:`Rule.body`."""
        return self.points() if self.target is None else super().body()

    def points(self) -> str:
        """See :meth:`SingleValueRule.points`."""
        return f"IF({self._condition()},{FULL_MARK},0)"

    def standard(self, full_mark: Decimal) -> str:
        """See :meth:`Rule.standard`."""
        goal = "达到目标" if self.target is None else f"实际完成值{self.rounding_words()}{self._goal()}"
        return f"{goal}得{plain(full_mark)}分，否则不得分。"

    def happened(self, case: Case) -> str:
        """See :meth:`Rule.happened`."""
        met = case.number(f"IF({self._condition()},1,0)") == 1
        if self.target is None:
            return "达到目标" if met else "未达到目标"
        more = self.beyond(case, f"{self.value()}/{self.target.formula()}") if met and self._is_floor() else ""
        return f"{self.shown(case)}，{'达到' if met else '未达到'}目标{self._goal()}{more}"

    def _is_floor(self) -> bool:
        return self.sign in ("≥", ">") and self.target is not None and self.target.value > 0

    def _condition(self) -> str:
        if self.target is None:
            return f'{ACTUAL}="{YES}"'
        return f"{self.value()}{_SIGNS[self.sign]}{self.target.formula()}"

    def _goal(self) -> str:
        if self.target is None:
            return ""
        return f"{self.sign}{self.said(self.target)}"
