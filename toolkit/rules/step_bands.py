"""分段计分: fixed points for bands of a value."""

from decimal import Decimal
from typing import ClassVar

from pydantic import Field

from toolkit.rules.bands import BandList
from toolkit.rules.rule import ACTUAL, FULL_MARK, Case, Example, SingleValueRule
from toolkit.text import plain


class StepBands(SingleValueRule):
    """Bands of r → fixed points. Source: 财预〔2021〕101号."""

    kind: ClassVar[str] = "step_bands"
    label: ClassVar[str] = "分段计分"
    source: ClassVar[str] = "财预〔2021〕101号"
    example: ClassVar[Example] = Example("分段=≥95%:6，≥90%:4，其余:0", "完成值=92%")

    bands: BandList = Field(alias="分段")

    def is_rate(self) -> bool:
        """See :meth:`SingleValueRule.is_rate`."""
        return self.bands.is_rate()

    def points(self) -> str:
        """See :meth:`SingleValueRule.points`."""
        return f"MIN({FULL_MARK},{self.bands.formula(self.value())})"

    def standard(self, full_mark: Decimal) -> str:
        """See :meth:`Rule.standard`."""
        return f"分值{plain(full_mark)}分，按实际完成值{self.rounding_words()}分段计分：{self.bands.words()}。"

    def happened(self, case: Case) -> str:
        """See :meth:`Rule.happened`."""
        band = self.bands.band_of(case.number(self.value())) if isinstance(case.values.get(ACTUAL), Decimal) else None
        return f"{self.shown(case)}，属于“{band.words()}”段" if band else self.shown(case)

    def misfits(self, full_mark: Decimal) -> tuple[str, ...]:
        """No band may give more than the full mark."""
        return (*self.bands.excess(full_mark), *super().misfits(full_mark))
