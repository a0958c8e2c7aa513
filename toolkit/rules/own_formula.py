"""公式: a consultant's own Excel formula, for what no other kind says."""

from decimal import Decimal
from typing import Annotated, ClassVar, Literal

from pydantic import BeforeValidator, Field, field_validator

from toolkit.formula import FormulaSyntaxError, parse, unknown_functions
from toolkit.model import FieldType, Value
from toolkit.rules.rule import FULL_MARK, Case, Example, Rule, RuleInput
from toolkit.text import percent, plain, readable
from toolkit.text.folding import fold

_TYPES = {"数": FieldType.NUMBER, "比率": FieldType.RATE, "日期": FieldType.DATE, "文字": FieldType.TEXT}
Kind = Annotated[Literal["数", "比率", "日期", "文字"], BeforeValidator(fold)]


class OwnFormula(Rule):
    """The score is an Excel formula over 分值 and named values; between 0 and 分值 whatever it gives.

    A name that is not derived from fields (``甲=资金到位率``) is asked of the unit. Its worked examples in sheet 算例
    are the only proof of it, so a scheme should have some.
    """

    kind: ClassVar[str] = "own_formula"
    label: ClassVar[str] = "公式"
    source: ClassVar[str] = "评价机构自定"
    example: ClassVar[Example] = Example("公式=分值*MIN(1,MAX(甲,乙))；取值类型=比率", "甲=92%；乙=88%", "5")

    text: str = Field(alias="公式", min_length=1)
    values: Kind = Field(default="数", alias="取值类型")

    @field_validator("text")
    @classmethod
    def _reads(cls, text: str) -> str:
        written = text.strip().lstrip("=＝ ")
        try:
            parsed = parse(written)
        except FormulaSyntaxError as fault:
            raise ValueError(f"“{written}”：{fault}") from None
        if parsed.cells:
            raise ValueError("公式里用名称，不要用单元格地址")
        if functions := unknown_functions(parsed):
            raise ValueError(f"不支持的函数：{'、'.join(functions)}")
        if not [name for name in parsed.names if name != FULL_MARK]:
            raise ValueError("公式里没有取值名称，例如 分值*完成值")
        return written

    def needs(self) -> tuple[RuleInput, ...]:
        """The names of the formula in the order they stand there."""
        kind = _TYPES[self.values]
        unit = "%" if kind is FieldType.RATE else ""
        names = sorted((name for name in parse(self.text).names if name != FULL_MARK), key=self.text.index)
        return tuple(RuleInput(name, name, kind, unit) for name in names)

    def body(self) -> str:
        """See :meth:`Rule.body`."""
        points = f"MAX(0,MIN({FULL_MARK},{self.text}))"
        if self.values == "文字":
            return points
        numbers = [f"ISNUMBER({need.local})" for need in self.needs()]
        given = numbers[0] if len(numbers) == 1 else f"AND({','.join(numbers)})"
        return f"IF({given},{points},0)"

    def standard(self, full_mark: Decimal) -> str:
        """See :meth:`Rule.standard`."""
        return f"得分={self.text}，分值为{plain(full_mark)}分，最低0分，最高{plain(full_mark)}分。"

    def happened(self, case: Case) -> str:
        """See :meth:`Rule.happened`."""
        names = [need.local for need in self.needs()]
        shown = "，".join(f"{name}＝{self._shown(case.values.get(name))}" for name in names)
        return f"{shown}，按公式“{self.text}”计算"

    def _shown(self, value: Value) -> str:
        if not isinstance(value, Decimal):
            return "未填" if value in (None, "") else f"“{value}”"
        return percent(value) if self.values == "比率" else readable(value)
