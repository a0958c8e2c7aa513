"""评审意见: what an evaluator decides by judgement, with reason, evidence and a second person."""

from dataclasses import dataclass, field

from toolkit.model.place import CellRef
from toolkit.model.values import Value

NOT_APPLICABLE = "不适用"
INDEPENDENT = "独立打分"
"""What stands for a reviewer where several people marked, each alone, and did not differ by more than is allowed."""


@dataclass(frozen=True, slots=True)
class Opinion:
    """One row of the review workbook.

    Attributes:
        project: project id, or 整体 for an evaluation scored as a whole.
        indicator: indicator code, "" when a field is verified.
        item: the input's local name (``扣分``, ``完成值``, ``要点2``) or a field key. Never "".
        verified: the verified value (核定值): rates as fractions, dates as serial numbers, text for answers;
            the text 不适用 takes the indicator out.
        reason, evidence, evaluator, reviewer: why, on what evidence, by whom, confirmed by whom.
        row: of a verified cell of a repeated table what the other cells of its row said.
    """

    project: str
    indicator: str
    item: str
    verified: Value
    reason: str = ""
    evidence: str = ""
    evaluator: str = ""
    reviewer: str = ""
    origin: CellRef = field(default_factory=CellRef)
    row: tuple[str, ...] = ()
