"""The questionnaire of an evaluation whose scheme has no sheet 问卷: one question of five degrees per 问卷加权 rule."""

from decimal import Decimal

from toolkit.model import Indicator, QuestionKind, Survey, SurveyQuestion
from toolkit.survey.mapping import bare
from toolkit.survey.opening import Export
from toolkit.text.folding import compared

DEGREES = ("很满意", "满意", "一般", "不满意", "很不满意")
_POINTS = tuple(Decimal(points) for points in (100, 75, 50, 25, 0))
_NOT_ASKED = {"", "-2", "-3", "(跳过)", "(空)"}


def built_in_survey(export: Export, indicator: Indicator) -> Survey:
    """A survey whose questions are the columns that hold nothing but the five degrees in words."""
    degrees = {compared(degree) for degree in DEGREES}
    questions: list[SurveyQuestion] = []
    for number, heading in enumerate(export.headings):
        texts = {compared(row[number]) for row in export.rows if number < len(row)} - _NOT_ASKED
        if texts and texts <= degrees:
            code = f"T{len(questions) + 1}"
            questions.append(
                SurveyQuestion(
                    indicator.code, code, bare(heading), QuestionKind.SCALE, DEGREES, _POINTS, DEGREES[:2], counted=True
                )
            )
    return Survey(indicator.code, indicator.code, "", tuple(questions))
