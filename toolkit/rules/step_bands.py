"""分段计分: fixed points for bands of a value."""

from decimal import Decimal
from typing import Annotated, ClassVar, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from toolkit.rules.bands import BandList
from toolkit.rules.rule import ACTUAL, FULL_MARK, Case, Example, SingleValueRule
from toolkit.text import plain
from toolkit.text.folding import fold

Within = Annotated[Literal["固定", "按比例"], BeforeValidator(fold)]


class StepBands(SingleValueRule):
    """Bands of r → fixed points, or (段内=按比例) points that grow within a band. Source: 财预〔2021〕101号."""

    kind: ClassVar[str] = "step_bands"
    label: ClassVar[str] = "分段计分"
    source: ClassVar[str] = "财预〔2021〕101号"
    example: ClassVar[Example] = Example("分段=≥95%:6，≥90%:4，其余:0", "完成值=92%")

    bands: BandList = Field(alias="分段")
    within: Within = Field(default="固定", alias="段内")

    @model_validator(mode="after")
    def _limits_below(self) -> Self:
        limited = [band for band in self.bands.bands if band.edges]
        if self.within == "按比例" and len(self.bands.rising()) != len(limited):
            raise ValueError("段内按比例时，每段都写下限，例如 ≥95%:6，≥90%:4，其余:0")
        return self

    def is_rate(self) -> bool:
        """See :meth:`SingleValueRule.is_rate`."""
        return self.bands.is_rate()

    def points(self) -> str:
        """See :meth:`SingleValueRule.points`."""
        points = self.bands.linear_formula if self.within == "按比例" else self.bands.formula
        return f"MIN({FULL_MARK},{points(self.value())})"

    def standard(self, full_mark: Decimal) -> str:
        """See :meth:`Rule.standard`."""
        bands = f"{self.bands.words()}{self._within_words()}"
        return f"分值{plain(full_mark)}分，按实际完成值{self.rounding_words()}分段计分：{bands}。"

    def happened(self, case: Case) -> str:
        """See :meth:`Rule.happened`."""
        band = self.bands.band_of(case.number(self.value())) if isinstance(case.values.get(ACTUAL), Decimal) else None
        return f"{self.shown(case)}，属于“{band.words()}”段{self._within_words()}" if band else self.shown(case)

    def _within_words(self) -> str:
        return "，段内按比例计" if self.within == "按比例" else ""

    def misfits(self, full_mark: Decimal) -> tuple[str, ...]:
        """No band may give more than the full mark."""
        return (*self.bands.excess(full_mark), *super().misfits(full_mark))
