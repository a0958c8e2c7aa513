"""区间扣分: a deviation inside the band earns the full mark, every further percent outside costs points."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, ClassVar

from pydantic import BeforeValidator, Field, PlainSerializer

from toolkit.rules.quantity import Deducted, Quantity, read_deduction, read_quantity
from toolkit.rules.rule import Case, DeductingRule, Example, points_text
from toolkit.text import plain
from toolkit.text.folding import fold


@dataclass(frozen=True, slots=True)
class Tolerance:
    """From ``low`` to ``high``, both included. Units: fractions."""

    low: Quantity
    high: Quantity

    def words(self) -> str:
        """``±5%`` or ``-5%至10%``."""
        if self.low.value == -self.high.value:
            return f"±{self.high.words()}"
        return f"{self.low.words()}至{self.high.words()}"


def read_tolerance(text: object) -> Tolerance:
    """Read ``±5%``, ``5%`` or ``-5%~10%``.

    Raises:
        ValueError: not percentages, or the first is above the second.
    """
    if isinstance(text, Tolerance):
        return text
    parts = re.split(r"~|至", fold(text).strip("[]"))
    limits = [read_quantity(part.strip().removeprefix("±")) for part in parts]
    if not all(limit.percent or limit.value == 0 for limit in limits):
        raise ValueError(f"区间“{text}”应写成百分数，例如 ±5%")
    if len(limits) == 1:
        limits = [Quantity(-limits[0].value, percent=True), limits[0]]
    if len(limits) != 2 or limits[0].value > limits[1].value:
        raise ValueError(f"区间“{text}”应写成 ±5% 或 -5%~10%（小的在前）")
    return Tolerance(limits[0], limits[1])


class ToleranceBand(DeductingRule):
    """|r| ≤ band → w; every further 1 % −d; floor 0. Source: 南昌2022."""

    kind: ClassVar[str] = "tolerance_band"
    label: ClassVar[str] = "区间扣分"
    source: ClassVar[str] = "南昌2022年项目评价报告"
    example: ClassVar[Example] = Example("区间=±5%；每超1%扣=0.1", "完成值=8%")
    caption: ClassVar[str] = "实际偏差率"

    band: Annotated[Tolerance, BeforeValidator(read_tolerance), PlainSerializer(lambda one: one.words())] = Field(
        alias="区间"
    )
    each: Deducted = Field(default_factory=lambda: read_deduction("0.1"), alias="每超1%扣")

    def points(self) -> str:
        """See :meth:`SingleValueRule.points`."""
        return self.after(f"{self.each.formula()}*{self._outside()}")

    def standard(self, full_mark: Decimal) -> str:
        """See :meth:`Rule.standard`."""
        return (
            f"偏差率{self.rounding_words()}在{self.band.words()}区间内得{plain(full_mark)}分；"
            f"超出区间的，每超出1%扣{self.each.words()}，{self.end_words()}。"
        )

    def happened(self, case: Case) -> str:
        """See :meth:`Rule.happened`."""
        outside = case.number(self._outside())
        if outside == 0:
            return f"{self.shown(case)}，在{self.band.words()}区间内"
        each = f"每1%扣{self.each.words()}"
        over = points_text(outside)
        return f"{self.shown(case)}，超出{self.band.words()}区间{over}个百分点，{each}，扣{case.points(case.lost())}分"

    def _outside(self) -> str:
        value = self.value()
        return f"MAX(0,{value}-{self.band.high.formula()},{self.band.low.words()}-{value})*100"
