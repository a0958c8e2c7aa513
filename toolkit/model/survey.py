"""问卷: what a questionnaire asks, whom, and by which definition its satisfaction rate is computed."""

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from toolkit.model.place import CellRef


class QuestionKind(StrEnum):
    """Kinds of questions; the value is the word of sheet 问卷题目."""

    SCALE = "量表"
    SINGLE = "单选"
    MULTIPLE = "多选"
    RANKING = "排序"
    TEXT = "填空"


class Definition(StrEnum):
    """Competing definitions of 满意度 (满意度口径)."""

    SHARE = "满意率"
    MEAN = "均值"


class Removal(StrEnum):
    """Reasons to take an answer out (清洗规则), in the order they are looked at."""

    TOO_FAST = "用时过短"
    STRAIGHT = "各题答案相同"
    SAME_ACCOUNT = "同一账号重复"
    SAME_ADDRESS = "同一IP重复"
    MISSING = "缺答"


@dataclass(frozen=True, slots=True)
class SurveyQuestion:
    """One question.

    Attributes:
        options: in the order of the questionnaire; the first has code 1 in an export by codes.
        points: one for each option of a scale, best usually 100 or 5; Units: points.
        satisfied: options that count as satisfied.
        counted: it is part of the satisfaction rate.
        subgroup: results are also shown for each of its options.
    """

    survey: str
    code: str
    text: str
    kind: QuestionKind
    options: tuple[str, ...] = ()
    points: tuple[Decimal, ...] = ()
    satisfied: tuple[str, ...] = ()
    counted: bool = False
    subgroup: bool = False
    origin: CellRef = field(default_factory=CellRef)

    @property
    def best(self) -> Decimal:
        """The highest points there are."""
        return max(self.points)


@dataclass(frozen=True, slots=True)
class Survey:
    """One questionnaire of an evaluation (one row of sheet 问卷).

    Attributes:
        indicator: code of the indicator its result enters; "" for none.
        target_group: 调查对象.
        population: 总体数 of one project, None where it is not known.
        definition: which definition enters the indicator; both are always computed.
        confidence, margin, expected: of the sample size; fractions.
        removals: rules whose answers are taken out; every rule's are counted and listed.
        least_seconds: shorter than this is too fast; None: not looked at.
    """

    code: str
    indicator: str
    target_group: str
    questions: tuple[SurveyQuestion, ...]
    population: int | None = None
    definition: Definition = Definition.SHARE
    confidence: Decimal = Decimal("0.95")
    margin: Decimal = Decimal("0.05")
    expected: Decimal = Decimal("0.5")
    removals: tuple[Removal, ...] = (Removal.SAME_ACCOUNT, Removal.MISSING)
    least_seconds: int | None = None
    origin: CellRef = field(default_factory=CellRef)

    def counted(self) -> tuple[SurveyQuestion, ...]:
        """The questions the satisfaction rate is made of."""
        return tuple(question for question in self.questions if question.counted)
