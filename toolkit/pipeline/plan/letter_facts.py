"""What all letters of an evaluation say alike, from sheet 方案."""

from datetime import date

from toolkit.model import LetterFacts
from toolkit.pipeline.plan.evaluation import Evaluation


def facts_of(evaluation: Evaluation, issued: date, deadline: date) -> LetterFacts:
    """The facts of letters of this day that ask for something by that day."""
    scheme, settings = evaluation.scheme, evaluation.scheme.settings
    return LetterFacts(
        evaluation=scheme.title,
        issuer=scheme.client,
        issued=issued,
        deadline=deadline,
        contact=settings.get("联系人", ""),
        phone=settings.get("联系电话", ""),
        email=settings.get("联系邮箱", ""),
        money_unit=scheme.money_unit,
        number=settings.get("发文字号", "").strip(),
        evidence_name=next((f"{item.file_stem}.pdf" for item in scheme.evidence), ""),
    )
