"""评分表: scores with the derivation of every line."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from toolkit.model.values import Value

PROVISIONAL = "（暂）"
"""Said behind a total or a grade while evaluators still have to judge."""


class LineState(StrEnum):
    """Whether a line's score stands."""

    SCORED = "已评分"
    NO_DATA = "无数据计零"
    PENDING = "待评定"
    NOT_APPLICABLE = "不适用"

    @property
    def counts(self) -> bool:
        """Whether the line has its points, be it none: it neither waits nor is left out."""
        return self in (LineState.SCORED, LineState.NO_DATA)


@dataclass(frozen=True, slots=True)
class ScoreInput:
    """One value that went into a line: as used, and as shown; ``source`` is 单位填报, 评价核定 or 公式计算."""

    local: str
    label: str
    value: Value
    shown: str
    source: str


@dataclass(frozen=True, slots=True)
class ScoreLine:
    """Score of one indicator.

    Attributes:
        full_mark: Units: 分. After renormalisation see ``effective_mark``.
        effective_mark: the mark the line counts for in the total (= full_mark unless others are 不适用).
        score: Units: 分.
        rule: the rule kind's Chinese name.
        formula: Excel text over local names, evaluated exactly as written.
        because: one Chinese sentence that a reader can recompute.
        reason, evaluator, reviewer: from the opinion, for judged lines.
        applies: False for an indicator that the scheme's conditions give to other projects.
        note: what the unit wrote beside the indicator, on one line and not at length; "" for nothing.
        claimed: what the unit gave itself, None for nothing that is a number. Units: 分.
    """

    code: str
    dimension: str
    group: str
    name: str
    full_mark: Decimal
    effective_mark: Decimal
    score: Decimal
    state: LineState
    rule: str
    formula: str
    inputs: tuple[ScoreInput, ...]
    because: str
    reason: str = ""
    evaluator: str = ""
    reviewer: str = ""
    applies: bool = True
    note: str = ""
    claimed: Decimal | None = None


@dataclass(frozen=True, slots=True)
class DimensionScore:
    """Sum over a first-level indicator. Units: 分."""

    name: str
    full_mark: Decimal
    score: Decimal


@dataclass(frozen=True, slots=True)
class ScoreSheet:
    """All lines of one project (or of the whole evaluation) with totals; ``grade`` is "" where nothing has data."""

    project: str
    name: str
    unit: str
    total: Decimal
    grade: str
    dimensions: tuple[DimensionScore, ...]
    lines: tuple[ScoreLine, ...]

    @property
    def own_lines(self) -> tuple[ScoreLine, ...]:
        """What is printed of this project: without indicators of other projects, which have no weight here."""
        return tuple(line for line in self.lines if line.applies or line.effective_mark)

    def own_line(self, code: str) -> ScoreLine | None:
        """The line of an indicator, if it is printed of this project."""
        lines = (line for line in self.lines if line.code == code)
        return next((line for line in lines if line.applies or line.effective_mark), None)

    @property
    def renormalised(self) -> bool:
        """Full marks of indicators that are 不适用 were shared out over the others."""
        return any(line.effective_mark not in (line.full_mark, 0) for line in self.lines)

    @property
    def has_data(self) -> bool:
        """False when no indicator could be scored and nothing was earned: such a project is 未评分, which is not 0."""
        return bool(self.total) or any(line.state is LineState.SCORED for line in self.lines)

    @property
    def complete(self) -> bool:
        """False while a judged line awaits its evaluator."""
        return all(line.state is not LineState.PENDING for line in self.lines)

    @property
    def provisional(self) -> bool:
        """There is a total, and it can still change: it is shown with :data:`PROVISIONAL`."""
        return self.has_data and not self.complete

    @property
    def shown_grade(self) -> str:
        """The grade as people are told it: ``良（暂）`` while it can still change."""
        return f"{self.grade}{PROVISIONAL}" if self.provisional and self.grade else self.grade
