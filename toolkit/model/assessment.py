"""What was found about every project beyond its score, in words: problems, the facts behind them, consequences."""

from dataclasses import dataclass

from toolkit.model.figure import Figure
from toolkit.model.problem import Application, ProblemHit, ProblemTally


@dataclass(frozen=True, slots=True)
class SaidProblem:
    """A row of 问题与建议 over all projects, and its sentence (汇总表述)."""

    tally: ProblemTally
    text: str


@dataclass(frozen=True, slots=True)
class LossRemark:
    """What an evaluator wrote about a loss (sheet 失分情况 of 评审意见); "" where nothing was written.

    Attributes:
        code: of the row of 问题与建议. by: who wrote it.
    """

    project: str
    code: str
    fact: str = ""
    cause: str = ""
    advice: str = ""
    evidence: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class SaidHit:
    """A row that holds for one project, its sentence (问题表述), and the codes of the evidence asked for.

    Attributes:
        remark: what an evaluator wrote instead, None where nobody did.
    """

    hit: ProblemHit
    stated: str
    asked: str = ""
    remark: LossRemark | None = None

    @property
    def text(self) -> str:
        """The fact as it is printed."""
        return (self.remark.fact if self.remark else "") or self.stated

    @property
    def evidence(self) -> str:
        """The evidence as it is printed."""
        return (self.remark.evidence if self.remark else "") or self.asked

    @property
    def cause(self) -> str:
        """The cause an evaluator chose or wrote; "" while nobody did."""
        return self.remark.cause if self.remark else ""

    @property
    def advice(self) -> str:
        """The advice as it is printed."""
        return (self.remark.advice if self.remark else "") or self.hit.row.advice

    @property
    def by(self) -> str:
        """Who wrote the remark."""
        return self.remark.by if self.remark else ""


@dataclass(frozen=True, slots=True)
class Assessment:
    """Everything 问题与建议 and 结果应用 say of an evaluation.

    Attributes:
        problems: rows that hold for somebody or whose population is known, the gravest first.
        hits: of the projects in roster order, each project's gravest first; the points lost add up to all lost points.
        applications: what follows, for projects a rule fits.
    """

    problems: tuple[SaidProblem, ...] = ()
    hits: tuple[SaidHit, ...] = ()
    applications: tuple[Application, ...] = ()


@dataclass(frozen=True, slots=True)
class ProblemFigures:
    """A row over all projects as the master has it.

    Attributes:
        at: cell that holds :attr:`text` (sheet 问题汇总).
        projects, population: how many it holds for, of how many. amount: the sum of 数额. lost: points, in 分.
    """

    tally: ProblemTally
    text: str
    at: str
    projects: Figure
    population: Figure
    amount: Figure
    lost: Figure


@dataclass(frozen=True, slots=True)
class FactFigures:
    """A row that holds for one project as the master has it; ``at`` is the cell with ``text`` (sheet 问题明细).

    Attributes:
        cause: what an evaluator chose, "" while nobody did. advice: what an evaluator wrote, "" for that of the row.
    """

    hit: ProblemHit
    text: str
    at: str
    amount: Figure
    lost: Figure
    evidence: str
    cause: str = ""
    advice: str = ""


@dataclass(frozen=True, slots=True)
class SelfFigures:
    """What was self-scored against what was verified; both on the marks that count after renormalisation.

    Attributes:
        name: project or indicator. code: project id or indicator code.
        given: of how many lines there is a self score. claimed: their sum. verified: the verified score of the same
            lines. difference: claimed − verified. full: lines whose self score is the full mark.
    """

    code: str
    name: str
    given: Figure
    claimed: Figure
    verified: Figure
    difference: Figure
    full: Figure


@dataclass(frozen=True, slots=True)
class GroupFigures:
    """Projects of one kind or size: how many are scored, their mean, their contracts."""

    sort: str
    name: str
    projects: Figure
    average: Figure
    contract: Figure


@dataclass(frozen=True, slots=True)
class YearFigures:
    """This year beside last year for one project and one thing (sheet 年度对比).

    Attributes:
        project: its id. kind: 总分, 指标得分率 or 采集数据. code: of the indicator or field. unit: of the figures.
        move: now − before; of rates the difference in percentage points, shown as a percentage.
    """

    project: str
    kind: str
    code: str
    name: str
    unit: str
    before: Figure
    now: Figure
    move: Figure
