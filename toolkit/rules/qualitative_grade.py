"""五级定性: 好, 较好, 一般, 较差, 差 earn a share of the full mark each."""

import re
from decimal import Decimal
from typing import Annotated, ClassVar

from pydantic import BeforeValidator, Field

from toolkit.model import FieldType
from toolkit.rules.quantity import Quantity, read_quantity
from toolkit.rules.rule import FULL_MARK, Case, Example, Rule, RuleInput
from toolkit.text import plain
from toolkit.text.folding import fold

GRADE = "评价等级"
_USUAL = "好:100%,较好:80%,一般:60%,较差:40%,差:20%"


def read_shares(text: object) -> tuple[tuple[str, Quantity], ...]:
    """Read ``好:100%，较好:80%…``.

    Raises:
        ValueError: a grade without percentage, twice the same, or beyond 100 %.
    """
    if isinstance(text, tuple):
        return text
    parts = [part.partition(":") for part in re.split(r"[,、\n]", fold(text)) if part.strip()]
    shares = tuple((name.strip(), read_quantity(number)) for name, _, number in parts)
    names = [name for name, _ in shares]
    if len(set(names)) != len(names) or len(names) < 2 or any('"' in name or not name for name in names):
        raise ValueError("等级应不重复，写成 好:100%，较好:80%，一般:60%，较差:40%，差:20%")
    if any(not share.percent or not 0 <= share.value <= 1 for _, share in shares):
        raise ValueError("等级系数应在0%–100%之间")
    return shares


class QualitativeGrade(Rule):
    """好/较好/一般/较差/差 → 100/80/60/40/20 % w. Source: 苏州2023填表说明."""

    kind: ClassVar[str] = "qualitative_grade"
    label: ClassVar[str] = "五级定性"
    source: ClassVar[str] = "苏州市2023年度市级财政支出项目绩效自评价表填表说明"
    example: ClassVar[Example] = Example("", "评价等级=较好")

    shares: Annotated[tuple[tuple[str, Quantity], ...], BeforeValidator(read_shares)] = Field(
        default_factory=lambda: read_shares(_USUAL), alias="等级"
    )

    def needs(self) -> tuple[RuleInput, ...]:
        """One choice among the grades."""
        return (RuleInput(GRADE, "评价等级", FieldType.CHOICE, choices=tuple(name for name, _ in self.shares)),)

    def body(self) -> str:
        """See :meth:`Rule.body`."""
        text = "0"
        for name, part in reversed(self.shares):
            text = f'IF({GRADE}="{name}",{part.formula()},{text})'
        return f"{FULL_MARK}*{text}"

    def standard(self, full_mark: Decimal) -> str:
        """See :meth:`Rule.standard`."""
        names = "、".join(name for name, _ in self.shares)
        parts = "、".join(part.words() for _, part in self.shares)
        return f"按{names}评定等级，分别得{plain(full_mark)}分的{parts}。"

    def happened(self, case: Case) -> str:
        """See :meth:`Rule.happened`."""
        given = case.values.get(GRADE)
        part = next((part for name, part in self.shares if name == given), None)
        if part is None:
            return f"评价等级“{given}”不在{'、'.join(name for name, _ in self.shares)}之列"
        return f"评为“{given}”，按{plain(case.full_mark)}分的{part.words()}计"
