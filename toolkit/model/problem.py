"""问题与建议: what counts as a problem, how it is said, why, what is to be done; and what follows from it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from toolkit.model.place import CellRef
from toolkit.model.values import Value

SCORING_NAMES = ("得分率", "得分", "分值", "失分", "自评分")
"""Names every indicator has besides its inputs: alone in a row of its own, elsewhere with its code: 得分率_A101."""
CHECK_NAMES = ("检出数", "现值", "应值", "差额")
"""Names of a row that hangs on a check: how often it found something, and the two figures it compared."""
CUTOFF = "数据截止日"
"""The day up to which data are counted (《方案》), as formulas and 问题表述 call it."""
STATEMENT_NAMES = ("数额", "项目", "单位", "指标")
"""What a 问题表述 can speak of besides fields and the names of its key."""
SUMMARY_NAMES = ("n", "m", "未取得", "合计", "最大", "最小", "平均", "数额", "名单", "单位数", "失分")
"""What a 汇总表述 can speak of: how many, of how many, amounts over the projects concerned, their names."""


class ProblemClass(StrEnum):
    """How grave a kind of problem is, the gravest first; the value is the word used in the scheme workbook."""

    COMPLIANCE = "合规底线"
    PERFORMANCE = "绩效"
    MANAGEMENT = "管理"
    FILLING = "填报"

    @property
    def rank(self) -> int:
        """0 for the gravest; for sorting."""
        return _CLASSES.index(self)


_CLASSES = tuple(ProblemClass)


class Consequence(StrEnum):
    """What follows for the next plan and budget, the mildest first (结果应用)."""

    SUPPORT = "支持"
    AFTER_CORRECTION = "整改后安排"
    CUT = "核减"
    SUSPEND = "暂停"

    @property
    def rank(self) -> int:
        """0 for the mildest; for sorting."""
        return _CONSEQUENCES.index(self)


_CONSEQUENCES = tuple(Consequence)


class KeyKind(StrEnum):
    """What a row of 问题与建议 hangs on."""

    INDICATOR = "指标"
    CHECKPOINT = "要点"
    CHECK = "检查项"
    CONDITION = "条件"


@dataclass(frozen=True, slots=True)
class ProblemRow:
    """One row of sheet 问题与建议.

    Attributes:
        code: 编号, unique in the scheme.
        kind: what :attr:`key` names.
        key: an indicator's code (``C203``), a checkpoint (``要点2_A101``), a check's or 勾稽's code (``FUND-01``);
            "" where the condition says it all.
        indicator: code of the indicator whose lost points this row explains, "" for none.
        problem_class: see :class:`ProblemClass`.
        population: 适用条件, Excel text; "" for every project the key applies to.
        condition: 成立条件, Excel text; "" for what the key itself says: points lost, checkpoint not met, check found.
        amount: 数额, Excel text whose value is summed and ranked over the projects concerned; "" for none.
        amount_unit: its unit: 万元, 元, 天, 起, 个, %, 分.
        statement: 问题表述, one project's sentence with ``{字段}`` in it.
        summary: 汇总表述, the sentence over all projects with ``{n} {m} {合计} {最大} {名单}`` in it.
        causes: 原因 an evaluator chooses from.
        advice: 建议.
        responsible: 责任.
        deadline: 期限.
        consequence: 结果应用 this problem alone calls for; None to leave it to the rules.
    """

    code: str
    kind: KeyKind
    key: str
    indicator: str
    problem_class: ProblemClass
    statement: str
    population: str = ""
    condition: str = ""
    amount: str = ""
    amount_unit: str = ""
    summary: str = ""
    causes: tuple[str, ...] = ()
    advice: str = ""
    responsible: str = ""
    deadline: str = ""
    consequence: Consequence | None = None
    origin: CellRef = field(default_factory=CellRef)

    @property
    def weight(self) -> tuple[int, bool]:
        """For sorting, the gravest first: its class, and in each what alone suspends a project before all others."""
        return self.problem_class.rank, self.consequence is not Consequence.SUSPEND


@dataclass(frozen=True, slots=True)
class ProblemHit:
    """A row that holds for one project.

    Attributes:
        project: project id.
        amount: the row's 数额 for this project, in :attr:`ProblemRow.amount_unit`; None where there is none.
        lost: points lost at the row's indicator, counted to the gravest hit of the indicator only: the points of all
            hits of a project add up to what it lost. Units: 分.
        values: every name the row's statement and formulas speak of, as a value.
    """

    row: ProblemRow
    project: str
    amount: Decimal | None
    lost: Decimal
    values: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class ProblemTally:
    """One row over all projects.

    Attributes:
        population: ids of the projects it applies to and whose data are known (the m of "m 个中 n 个").
        hits: of those, where it holds, the largest amount first.
        unknown: ids of the projects it may apply to but whose data are not there (未取得数据).
    """

    row: ProblemRow
    population: tuple[str, ...]
    hits: tuple[ProblemHit, ...]
    unknown: tuple[str, ...]

    @property
    def total(self) -> Decimal | None:
        """Sum of the amounts; None where no hit has one."""
        amounts = [hit.amount for hit in self.hits if hit.amount is not None]
        return sum(amounts, Decimal(0)) if amounts else None

    @property
    def lost(self) -> Decimal:
        """Points lost by it. Units: 分."""
        return sum((hit.lost for hit in self.hits), Decimal(0))


@dataclass(frozen=True, slots=True)
class ApplicationRule:
    """One row of sheet 结果应用: for a grade and a class of problem, what follows. The first row that fits decides.

    Attributes:
        grade: 等级, "" for any (未评分 for a project without a score).
        problem_class: the project has a problem of this class; None for whatever it has.
        measure: what is to be done, in words.
    """

    grade: str
    problem_class: ProblemClass | None
    consequence: Consequence
    measure: str
    origin: CellRef = field(default_factory=CellRef)


@dataclass(frozen=True, slots=True)
class Application:
    """What follows for one project: the consequence, in words, and the rule or problem it comes from."""

    project: str
    consequence: Consequence
    measure: str
    because: str
