"""What the reader knows beforehand, and what it hands back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from toolkit.collect.anchors import Anchors, anchors_of
from toolkit.collect.fixed import FixedTexts, fixed_texts
from toolkit.collect.project_names import ProjectNames
from toolkit.model import Balance, Finding, Layout, Roster, Scheme, Submission, Value


class Memory:
    """A place where the reading of one file leaves what helps with the next; it changes nothing in what is read."""

    def __init__(self) -> None:
        self.known: object = None

    def __reduce__(self) -> tuple[type["Memory"], tuple[()]]:
        """Another process begins with an empty one."""
        return Memory, ()


@dataclass(frozen=True, slots=True)
class CollectContext:
    """One evaluation, as far as reading its returns needs it.

    Attributes:
        layout: of the workbook as compiled; the same for every project.
        prefilled: project id → slot key → value put in before sending.
        evaluation_id, key: identity of the evaluation and the secret its workbooks are sealed with.
        same_forms: digests of other schemes whose forms are the same, but for the words in the cells of ``passing``.
        anchors, fixed: the marks around every slot and all other texts, worked out once for all files.
        names: which project bears a name.
        memory: what one file leaves for the next.
    """

    scheme: Scheme
    roster: Roster
    layout: Layout
    prefilled: Mapping[str, Mapping[str, Value]]
    evaluation_id: str
    key: bytes
    same_forms: frozenset[str] = frozenset()
    passing: frozenset[tuple[str, str]] = frozenset()
    anchors: Anchors = field(init=False, repr=False, compare=False)
    fixed: FixedTexts = field(init=False, repr=False, compare=False)
    names: ProjectNames = field(init=False, repr=False, compare=False)
    memory: Memory = field(init=False, repr=False, compare=False, default_factory=Memory)

    def __post_init__(self) -> None:
        object.__setattr__(self, "names", ProjectNames(self.roster))
        object.__setattr__(self, "anchors", anchors_of(self.layout))
        object.__setattr__(self, "fixed", fixed_texts(self.layout, self.passing))


class ReturnState(StrEnum):
    """The verdict on one returned file."""

    ACCEPTED = "已读取"
    REFUSED = "不予接收"


class Cause(StrEnum):
    """The closed list of reasons why a file is refused; the outcome's ``reason`` says it in full."""

    EMPTY = "空文件"
    ENCRYPTED = "有密码"
    NOT_A_WORKBOOK = "不是工作簿"
    UNREADABLE = "已损坏、不完整、超过读取上限或含有危险内容"
    CANNOT_OPEN = "文件或压缩包打不开"
    OTHER_EVALUATION = "另一次评价的采集表"
    WHOSE = "认不出属于哪个项目"
    WITHDRAWN = "项目已不在清单中"
    CONFLICT = "标识或内容互相矛盾"
    NOT_OURS = "不是下发的采集表"
    TOO_SLOW = "读取超过时限"
    CRASHED = "使读取程序异常退出"
    ALTERED = "存档的原件被改动或丢失"
    OUR_FAULT = "程序出错"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one returned file.

    Attributes:
        project: project id, "" when it could not be told.
        reason: why it was refused, in Chinese with what to do; "" when accepted.
        cause: the same out of a closed list; None when accepted.
        submission: None exactly when refused.
        balance: all zeros when refused.
        notes: findings about the file itself; those about its cells are in the submission (which repeats these).
        modified: when the file was last saved, as it says itself (ISO text); "" when it does not.
        round: of correction, in which it was sent to the unit; 0 for a form as it was sent out at first.
    """

    state: ReturnState
    file_name: str
    sha256: str
    project: str = ""
    reason: str = ""
    submission: Submission | None = None
    balance: Balance = field(default_factory=Balance)
    notes: tuple[Finding, ...] = ()
    cause: Cause | None = None
    modified: str = ""
    round: int = 0

    @property
    def accepted(self) -> bool:
        """True when there is a submission."""
        return self.state is ReturnState.ACCEPTED


def refusal(cause: Cause, file_name: str, sha256: str, reason: str, project: str = "") -> Outcome:
    """The outcome of a file that cannot be taken."""
    return Outcome(ReturnState.REFUSED, file_name, sha256, project, reason, cause=cause)


NOTHING_PREFILLED: Mapping[str, Value] = MappingProxyType({})
