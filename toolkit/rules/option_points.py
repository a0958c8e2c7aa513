"""选项赋分: an answer out of a list earns fixed points."""

import re
from decimal import Decimal
from typing import Annotated, ClassVar

from pydantic import BeforeValidator, Field, PlainSerializer

from toolkit.model import FieldType
from toolkit.rules.quantity import Deduction, read_deduction
from toolkit.rules.rule import FULL_MARK, Case, Example, Rule, RuleInput
from toolkit.text import plain
from toolkit.text.folding import fold

ANSWER = "选项"
Options = tuple[tuple[str, Deduction], ...]


def read_options(text: object) -> Options:
    """Read ``明确:3，基本明确:2，不明确:0``; a percentage is a share of the full mark.

    Raises:
        ValueError: fewer than two answers, one twice, or points that are no number.
    """
    if isinstance(text, tuple):
        return text
    parts = [part.partition(":") for part in re.split(r"[,、\n]", fold(text)) if part.strip()]
    names = [name.strip() for name, _, _ in parts]
    if len(names) < 2 or len(set(names)) != len(names) or any(not name or '"' in name for name in names):
        raise ValueError("选项应不重复，至少两个，写成 明确:3，基本明确:2，不明确:0")
    return tuple((name.strip(), read_deduction(points)) for name, _, points in parts)


def _written(options: Options) -> str:
    return "，".join(f"{name}:{points.amount.words()}" for name, points in options)


class OptionPoints(Rule):
    """Each answer earns its points. Source: published sector schemes (明确3／基本明确2／不明确0)."""

    kind: ClassVar[str] = "option_points"
    label: ClassVar[str] = "选项赋分"
    source: ClassVar[str] = "部门项目绩效评价指标体系通行做法"
    example: ClassVar[Example] = Example("选项=明确:3，基本明确:2，不明确:0", "选项=基本明确", "3")

    options: Annotated[Options, BeforeValidator(read_options), PlainSerializer(_written)] = Field(alias="选项")

    def needs(self) -> tuple[RuleInput, ...]:
        """One answer out of the list."""
        names = tuple(name for name, _ in self.options)
        return (RuleInput(ANSWER, "选项", FieldType.CHOICE, choices=names),)

    def body(self) -> str:
        """See :meth:`Rule.body`."""
        text = "0"
        for name, points in reversed(self.options):
            text = f'IF({ANSWER}="{name}",{points.formula()},{text})'
        return f"MIN({FULL_MARK},{text})"

    def standard(self, full_mark: Decimal) -> str:
        """See :meth:`Rule.standard`."""
        parts = "，".join(f"“{name}”得{points.words()}" for name, points in self.options)
        return f"分值{plain(full_mark)}分，{parts}。"

    def happened(self, case: Case) -> str:
        """See :meth:`Rule.happened`."""
        given = case.values.get(ANSWER)
        points = next((points for name, points in self.options if name == given), None)
        if points is None:
            return f"所填“{given}”不在{'、'.join(name for name, _ in self.options)}之列"
        return f"选项为“{given}”，应得{points.words()}"

    def misfits(self, full_mark: Decimal) -> tuple[str, ...]:
        """No answer may give more than the full mark."""
        excess = (
            f"选项“{name}”的得分超过指标分值{plain(full_mark)}分"
            for name, points in self.options
            if not points.amount.percent and points.amount.value > full_mark
        )
        return (*excess, *super().misfits(full_mark))
