"""The nouns of the program: frozen values every stage takes and returns. Imports nothing above it.

Each file is one noun of the glossary; dates inside values are Excel serial numbers, amounts and scores are Decimal.
"""

from toolkit.model.adjustment import Adjustment, Treatment
from toolkit.model.assessment import (
    Assessment,
    FactFigures,
    GroupFigures,
    LossRemark,
    ProblemFigures,
    SaidHit,
    SaidProblem,
    SelfFigures,
    YearFigures,
)
from toolkit.model.figure import Figure
from toolkit.model.finding import Comparison, Disposition, Finding, Severity, is_sound
from toolkit.model.layout import Layout, Slot, SlotRole, TableArea
from toolkit.model.letter import LetterFacts
from toolkit.model.listed import LISTED_AMOUNTS, ListedProject
from toolkit.model.master import (
    BodyFigures,
    BodyLine,
    CategoryFigures,
    FundFigures,
    MasterFigures,
    ProjectFigures,
    ScoreRateFigures,
    UnitFigures,
)
from toolkit.model.opinion import Opinion
from toolkit.model.place import CellRef
from toolkit.model.prior import NO_FIGURES, PriorYear
from toolkit.model.problem import (
    Application,
    ApplicationRule,
    Consequence,
    KeyKind,
    ProblemClass,
    ProblemHit,
    ProblemRow,
    ProblemTally,
)
from toolkit.model.roster import WHOLE_EVALUATION, Project, Roster
from toolkit.model.scheme import (
    CrossCheck,
    EvidenceItem,
    Field,
    GradeBand,
    Indicator,
    IndicatorInput,
    Scheme,
    Timetable,
)
from toolkit.model.scheme_words import (
    NUMERIC_TYPES,
    WORD_TYPES,
    FieldType,
    NoData,
    NotApplicable,
    ReportRole,
    ScoredObject,
)
from toolkit.model.score import PROVISIONAL, DimensionScore, LineState, ScoreInput, ScoreLine, ScoreSheet
from toolkit.model.stated import BLANK, Content, Form, Sentence, Stated
from toolkit.model.submission import Balance, Difference, DifferenceKind, Reading, ReadState, Submission
from toolkit.model.survey import Definition, QuestionKind, Removal, Survey, SurveyQuestion
from toolkit.model.values import ErrorValue, Value, date_to_serial, serial_to_date

__all__ = [
    "BLANK",
    "LISTED_AMOUNTS",
    "NO_FIGURES",
    "NUMERIC_TYPES",
    "PROVISIONAL",
    "WHOLE_EVALUATION",
    "WORD_TYPES",
    "Adjustment",
    "Application",
    "ApplicationRule",
    "Assessment",
    "Balance",
    "BodyFigures",
    "BodyLine",
    "CategoryFigures",
    "CellRef",
    "Comparison",
    "Consequence",
    "Content",
    "CrossCheck",
    "Definition",
    "Difference",
    "DifferenceKind",
    "DimensionScore",
    "Disposition",
    "ErrorValue",
    "EvidenceItem",
    "FactFigures",
    "Field",
    "FieldType",
    "Figure",
    "Finding",
    "Form",
    "FundFigures",
    "GradeBand",
    "GroupFigures",
    "Indicator",
    "IndicatorInput",
    "KeyKind",
    "Layout",
    "LetterFacts",
    "LineState",
    "ListedProject",
    "LossRemark",
    "MasterFigures",
    "NoData",
    "NotApplicable",
    "Opinion",
    "PriorYear",
    "ProblemClass",
    "ProblemFigures",
    "ProblemHit",
    "ProblemRow",
    "ProblemTally",
    "Project",
    "ProjectFigures",
    "QuestionKind",
    "ReadState",
    "Reading",
    "Removal",
    "ReportRole",
    "Roster",
    "SaidHit",
    "SaidProblem",
    "Scheme",
    "ScoreInput",
    "ScoreLine",
    "ScoreRateFigures",
    "ScoreSheet",
    "ScoredObject",
    "SelfFigures",
    "Sentence",
    "Severity",
    "Slot",
    "SlotRole",
    "Stated",
    "Submission",
    "Survey",
    "SurveyQuestion",
    "TableArea",
    "Timetable",
    "Treatment",
    "UnitFigures",
    "Value",
    "YearFigures",
    "date_to_serial",
    "is_sound",
    "serial_to_date",
]
