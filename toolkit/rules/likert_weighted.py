"""问卷加权: the weighted share of the answers of a questionnaire, then bands or a ratio to a target."""

from decimal import Decimal
from typing import ClassVar

from pydantic import Field

from toolkit.model import FieldType
from toolkit.rules.bands import BandList
from toolkit.rules.quantity import Positive
from toolkit.rules.rule import FULL_MARK, Case, Example, Rule, RuleInput
from toolkit.text import percent, plain

ANSWERS = (("很满意", "1"), ("满意", "0.75"), ("一般", "0.5"), ("不满意", "0.25"), ("很不满意", "0"))
"""The five answers with their weights."""


class LikertWeighted(Rule):
    """Σ n_k·{1,.75,.5,.25,0} / Σ n_k, then a band rule or a ratio. Source: questionnaires."""

    kind: ClassVar[str] = "likert_weighted"
    label: ClassVar[str] = "问卷加权"
    source: ClassVar[str] = "满意度问卷调查通行做法"
    example: ClassVar[Example] = Example("目标=90%", "很满意=50；满意=30；一般=20；不满意=0；很不满意=0")

    bands: BandList | None = Field(default=None, alias="分段")
    target: Positive | None = Field(default=None, alias="目标")

    def needs(self) -> tuple[RuleInput, ...]:
        """The number of answers of each kind."""
        return tuple(RuleInput(name, f"问卷“{name}”份数", FieldType.NUMBER, "份") for name, _ in ANSWERS)

    def body(self) -> str:
        """See :meth:`Rule.body`."""
        points = f"MIN({FULL_MARK},{self.bands.formula(self._rate())})" if self.bands else self._proportional()
        return f"IF({self._total()}>0,{points},0)"

    def standard(self, full_mark: Decimal) -> str:
        """See :meth:`Rule.standard`."""
        weights = "、".join(f"{name}{plain(Decimal(weight) * 100)}%" for name, weight in ANSWERS)
        start = f"满意度=各类答卷份数按{weights}加权÷有效份数"
        if self.bands:
            return f"{start}；分值{plain(full_mark)}分，分段计分：{self.bands.words()}。"
        goal = self.target.words() if self.target else "100%"
        return f"{start}；达到{goal}得{plain(full_mark)}分，未达到的按满意度÷{goal}×{plain(full_mark)}分计。"

    def happened(self, case: Case) -> str:
        """See :meth:`Rule.happened`."""
        total = case.number(self._total())
        if total <= 0:
            return "没有有效问卷"
        rate = case.number(self._rate())
        start = f"有效问卷{plain(total)}份，满意度{percent(rate)}"
        if self.bands:
            band = self.bands.band_of(rate)
            return f"{start}，属于“{band.words()}”段" if band else start
        goal = self.target.words() if self.target else "100%"
        return f"{start}，{'达到' if rate >= self._goal() else '未达到'}目标{goal}"

    def misfits(self, full_mark: Decimal) -> tuple[str, ...]:
        """Bands and target exclude each other; no band above the full mark."""
        both = ("“分段”与“目标”只能写一个",) if self.bands and self.target else ()
        high = self.bands.excess(full_mark) if self.bands else ()
        return (*both, *high, *super().misfits(full_mark))

    def _proportional(self) -> str:
        rate = self._rate() if self.target is None else f"{self._rate()}/{self.target.formula()}"
        return f"{FULL_MARK}*MAX(0,MIN(1,{rate}))"

    def _goal(self) -> Decimal:
        return self.target.value if self.target else Decimal(1)

    def _rate(self) -> str:
        weighted = "+".join(f"{weight}*N({name})" for name, weight in ANSWERS if weight != "0")
        return f"({weighted})/{self._total()}"

    def _total(self) -> str:
        return f"({'+'.join(f'N({name})' for name, _ in ANSWERS)})"
