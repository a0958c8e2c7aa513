"""What the letters of an evaluation have in common."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class LetterFacts:
    """What is the same in all letters of one dispatch or round; empty text leaves its sentence out.

    Attributes:
        evaluation: the evaluation's title, e.g. ``南通市2024年度政务信息化项目绩效评价``.
        issuer: who sends the letter (发函单位).
        issued, deadline: 发函日期, and the last day for what the letter asks for.
        money_unit: the unit of measure of contract amounts, as the roster has them.
        number: 发文字号 as the scheme has it; "" leaves room for it to be written.
        evidence_name: how a file of evidence is to be called, as an example.
    """

    evaluation: str
    issuer: str
    issued: date
    deadline: date
    contact: str = ""
    phone: str = ""
    email: str = ""
    money_unit: str = "万元"
    evidence_name: str = ""
    number: str = ""
