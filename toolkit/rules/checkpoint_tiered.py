"""要点分档: every checkpoint has a degree of attainment; the score is their (weighted) mean of the full mark."""

from decimal import Decimal
from typing import ClassVar

from pydantic import Field

from toolkit.model import FieldType
from toolkit.rules.checkpoint import Checkpoint, listed, local_name
from toolkit.rules.rule import FULL_MARK, Case, Example, Rule, RuleInput, share
from toolkit.text import plain

TIERS = ((Decimal("0.8"), "达成"), (Decimal("0.6"), "部分达成"), (Decimal(0), "未达成"))
"""Words for a degree; the arithmetic never uses them."""


def tier(degree: Decimal) -> str:
    """达成 from 80 %, 部分达成 from 60 %, else 未达成. Units: fraction 0–1."""
    return next((word for lower, word in TIERS if degree >= lower), TIERS[-1][1])


class CheckpointTiered(Rule):
    """w × mean of the checkpoints' degrees. Source: 江苏2022年度自评价表."""

    kind: ClassVar[str] = "checkpoint_tiered"
    label: ClassVar[str] = "要点分档"
    source: ClassVar[str] = "江苏省2022年度省级部门项目绩效自评价表"
    example: ClassVar[Example] = Example(
        "", "要点1=100%；要点2=70%", full_mark="4", checkpoints="目标与内容相符\n指标可考核"
    )

    checkpoints: tuple[Checkpoint, ...] = Field(alias="评价要点", min_length=1, max_length=30)

    def needs(self) -> tuple[RuleInput, ...]:
        """One degree of 0–100 % per checkpoint."""
        return tuple(
            RuleInput(local_name(n), checkpoint.text, FieldType.RATE, "%", is_degree=True)
            for n, checkpoint in enumerate(self.checkpoints, 1)
        )

    def body(self) -> str:
        """See :meth:`Rule.body`."""
        weights = [checkpoint.points or Decimal(1) for checkpoint in self.checkpoints]
        parts = [self._degree(n, weight) for n, weight in enumerate(weights, 1)]
        return f"{FULL_MARK}*({'+'.join(parts)})/{plain(sum(weights, Decimal(0)))}"

    def standard(self, full_mark: Decimal) -> str:
        """See :meth:`Rule.standard`."""
        shares = "平分" if self.checkpoints[0].points is None else "按所列分值的占比分"
        return (
            f"共{len(self.checkpoints)}个要点，{shares}{plain(full_mark)}分，每个要点按达成程度计分"
            f"（达成80%（含）–100%，部分达成60%（含）–80%，未达成0–60%）：{listed(self.checkpoints)}。"
        )

    def happened(self, case: Case) -> str:
        """See :meth:`Rule.happened`."""
        degrees = [case.number(self._degree(n, Decimal(1))) for n in range(1, len(self.checkpoints) + 1)]
        short = [self._attained(n, degree) for n, degree in enumerate(degrees, 1) if degree < 1]
        if not short:
            return f"{len(degrees)}个要点全部达成"
        full = f"，其余{len(degrees) - len(short)}个要点完全达成" if len(short) < len(degrees) else ""
        return f"{'、'.join(short)}{full}，扣{case.points(case.lost())}分"

    def _attained(self, number: int, degree: Decimal) -> str:
        point = self.checkpoints[number - 1]
        weight = "" if point.points is None else f"（{plain(point.points)}分）"
        return f"要点{number}“{point.text}”{weight}{tier(degree)}（{share(degree)}）"

    def misfits(self, full_mark: Decimal) -> tuple[str, ...]:
        """Points are all written or none."""
        written = [checkpoint.points for checkpoint in self.checkpoints if checkpoint.points is not None]
        if written and len(written) < len(self.checkpoints):
            return ("有的要点写了分值，有的没有：要么全写，要么全不写（等分）",)
        if written and not sum(written):
            return ("各要点分值合计为0",)
        return super().misfits(full_mark)

    def _degree(self, number: int, weight: Decimal) -> str:
        name = local_name(number)
        times = "" if weight == 1 else f"{plain(weight)}*"
        return f"IF(ISNUMBER({name}),{times}MAX(0,MIN(1,{name})),0)"
