"""What the reader knows beforehand, and what it hands back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from toolkit.collect.anchors import Anchors, anchors_of
from toolkit.model import Balance, Finding, Layout, Roster, Scheme, Submission, Value


@dataclass(frozen=True, slots=True)
class CollectContext:
    """One evaluation, as far as reading its returns needs it.

    Attributes:
        layout: of the workbook as compiled; the same for every project.
        prefilled: project id → slot key → value put in before sending.
        evaluation_id, key: identity of the evaluation and the secret its workbooks are sealed with.
        anchors: the marks around every slot, worked out once for all files.
    """

    scheme: Scheme
    roster: Roster
    layout: Layout
    prefilled: Mapping[str, Mapping[str, Value]]
    evaluation_id: str
    key: bytes
    anchors: Anchors = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "anchors", anchors_of(self.layout))


class ReturnState(StrEnum):
    """The verdict on one returned file."""

    ACCEPTED = "已读取"
    REFUSED = "不予接收"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one returned file.

    Attributes:
        project: project id, "" when it could not be told.
        reason: why it was refused, in Chinese with what to do; "" when accepted.
        submission: None exactly when refused.
        balance: all zeros when refused.
        notes: findings about the file itself; those about its cells are in the submission (which repeats these).
    """

    state: ReturnState
    file_name: str
    sha256: str
    project: str = ""
    reason: str = ""
    submission: Submission | None = None
    balance: Balance = field(default_factory=Balance)
    notes: tuple[Finding, ...] = ()

    @property
    def accepted(self) -> bool:
        """True when there is a submission."""
        return self.state is ReturnState.ACCEPTED


NOTHING_PREFILLED: Mapping[str, Value] = MappingProxyType({})
