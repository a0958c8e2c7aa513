"""要点计分: every checkpoint met earns its points; without points of their own they share the full mark equally."""

from decimal import Decimal
from typing import ClassVar

from pydantic import Field

from toolkit.model import FieldType
from toolkit.rules.checkpoint import Checkpoint, listed, local_name
from toolkit.rules.rule import FULL_MARK, Case, Example, Rule, RuleInput
from toolkit.text import plain

MET, NOT_MET = "符合", "不符合"


class CheckpointPoints(Rule):
    """Σ points of the checkpoints met. Source: 南昌2022年项目评价报告."""

    kind: ClassVar[str] = "checkpoint_points"
    label: ClassVar[str] = "要点计分"
    source: ClassVar[str] = "南昌2022年“赣政通”南昌分厅建设项目绩效评价报告"
    example: ClassVar[Example] = Example(
        "", "要点1=符合；要点2=不符合；要点3=符合", checkpoints="有批复（2分）\n经评审（2分）\n内容完整（2分）"
    )

    checkpoints: tuple[Checkpoint, ...] = Field(alias="评价要点", min_length=1, max_length=30)

    def needs(self) -> tuple[RuleInput, ...]:
        """One choice 符合/不符合 per checkpoint."""
        return tuple(
            RuleInput(local_name(n), checkpoint.label(), FieldType.CHOICE, choices=(MET, NOT_MET))
            for n, checkpoint in enumerate(self.checkpoints, 1)
        )

    def body(self) -> str:
        """See :meth:`Rule.body`."""
        if self._equal():
            met = "+".join(self._points(n, "1") for n in self._numbers())
            return f"{FULL_MARK}*({met})/{len(self.checkpoints)}"
        earned = "+".join(self._points(n, plain(self._own(n))) for n in self._numbers())
        return f"MIN({FULL_MARK},{earned})"

    def standard(self, full_mark: Decimal) -> str:
        """See :meth:`Rule.standard`."""
        if self._equal():
            shares = f"共{len(self.checkpoints)}个要点，平分{plain(full_mark)}分，符合得分，不符合不得分"
            return f"{shares}：{listed(self.checkpoints)}。"
        return f"按要点计分，符合得分，不符合不得分：{listed(self.checkpoints)}。"

    def happened(self, case: Case) -> str:
        """See :meth:`Rule.happened`."""
        unmet = [n for n in self._numbers() if case.values.get(local_name(n)) != MET]
        total = len(self.checkpoints)
        if not unmet:
            return f"{total}个要点全部符合"
        names = "、".join(f"要点{n}“{self.checkpoints[n - 1].text}”" for n in unmet)
        return f"{total}个要点中{total - len(unmet)}个符合，未符合：{names}，扣{case.points(case.lost())}分"

    def misfits(self, full_mark: Decimal) -> tuple[str, ...]:
        """Points must add up to the full mark."""
        written = [checkpoint.points for checkpoint in self.checkpoints if checkpoint.points is not None]
        if written and len(written) < len(self.checkpoints):
            return ("有的要点写了分值，有的没有：要么全写，要么全不写（等分）",)
        if written and sum(written) != full_mark:
            return (f"各要点分值合计{plain(sum(written, Decimal(0)))}分，与指标分值{plain(full_mark)}分不一致",)
        return super().misfits(full_mark)

    def _numbers(self) -> range:
        return range(1, len(self.checkpoints) + 1)

    def _equal(self) -> bool:
        return all(checkpoint.points is None for checkpoint in self.checkpoints)

    def _own(self, number: int) -> Decimal:
        return self.checkpoints[number - 1].points or Decimal(0)

    def _points(self, number: int, points: str) -> str:
        return f'IF({local_name(number)}="{MET}",{points},0)'
