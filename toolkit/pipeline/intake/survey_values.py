"""What results of questionnaires are for indicators: the values entered, why, and what stands against them."""

from decimal import Decimal

from toolkit.model import CellRef, Definition, FieldType, Finding, Indicator, Sentence, Severity
from toolkit.pipeline.plan.evaluation import Evaluation
from toolkit.pipeline.plan.surveys import SurveyedValue
from toolkit.survey import SurveyResult
from toolkit.survey.instrument import DEGREES
from toolkit.text import percent


def survey_values(
    evaluation: Evaluation, results: tuple[SurveyResult, ...], digest: str, file: str
) -> tuple[list[SurveyedValue], list[Finding]]:
    """The values of the indicators that questionnaires count for, and findings about what cannot or does not count.

    ``file`` and ``digest`` are the name and the SHA-256 of the exported answers.
    """
    values, doubts = [], []
    for result in results:
        survey, place = result.survey, CellRef(file)
        if result.respondents < result.needed:
            words = Sentence.saying(
                "项目{project}有效作答{respondents}人，少于所需样本{needed}人",
                project=result.project,
                respondents=result.respondents,
                needed=result.needed,
            )
            advice = "补充调查，或在报告中说明样本不足"
            doubts.append(Finding("SURVEY-06", Severity.WARNING, place, words, advice, result.project))
        indicator = evaluation.scheme.indicator(survey.indicator)
        if indicator is None or not result.respondents:
            continue
        entered = _entered(indicator, result)
        if entered is None:
            words = Sentence.saying("指标{code}的评分规则没有可以填入满意度的取值项", code=indicator.code)
            advice = "评分规则改用问卷加权（五个档次）或以比率计分的规则"
            doubts.append(Finding("SURVEY-07", Severity.ERROR, place, words, advice, result.project, indicator.code))
            continue
        values.append(
            SurveyedValue(result.project, indicator.code, survey.code, digest, entered, _because(result, file, entered))
        )
        doubts += _also_typed(evaluation, values[-1])
    return values, doubts


def _because(result: SurveyResult, file: str, entered: tuple[tuple[str, Decimal], ...]) -> str:
    rate, survey = result.rates[result.survey.definition], result.survey
    other = next(definition for definition in Definition if definition is not survey.definition)
    value, beside = (percent(result.rates[known].value or Decimal(0)) for known in (survey.definition, other))
    how = f"计入{survey.definition}" if len(entered) == 1 else "计入五个档次的份数，由评分规则加权"
    between = f"{percent(rate.low or Decimal(0))}至{percent(rate.high or Decimal(0))}"
    return (
        f"问卷{survey.code}：收到{result.received}份，剔除{len(result.removed)}份，有效{result.valid}份；"
        f"满意度（{survey.definition}）{value}，{percent(survey.confidence, 0)}置信区间{between}；"
        f"按{other}为{beside}；{how}；来源“{file}”"
    )


def _entered(indicator: Indicator, result: SurveyResult) -> tuple[tuple[str, Decimal], ...] | None:
    """The five counts for a rule of five degrees, or the rate; None where the rule takes neither."""
    inputs = {known.local: known for known in indicator.inputs}
    if set(DEGREES) <= set(inputs):
        counts = list(result.counted_options().values())
        counted = result.survey.counted()
        if any(len(question.options) != len(DEGREES) or question.options != counted[0].options for question in counted):
            return None
        falling = sorted(range(len(DEGREES)), key=lambda place: -counted[0].points[place])
        return tuple((degree, Decimal(counts[place])) for degree, place in zip(DEGREES, falling, strict=True))
    value = result.rates[result.survey.definition].value
    rates = [known for known in indicator.inputs if known.type is FieldType.RATE and not known.formula]
    return ((rates[0].local, value),) if len(rates) == 1 and value is not None else None


def _also_typed(evaluation: Evaluation, value: SurveyedValue) -> list[Finding]:
    """A value an evaluator typed for the same item goes before the questionnaire's, and it is said."""
    items = dict(value.values)
    return [
        Finding(
            "SURVEY-08", Severity.WARNING, opinion.origin,
            Sentence.of(
                "评审意见已为项目{project}指标{indicator}核定“{item}”，以评审意见为准，问卷结果未采用",
                {"project": value.project, "indicator": value.indicator, "item": opinion.item},
            ),
            "采用问卷结果的，删除评审意见中的这一行", value.project, value.indicator,
        )
        for opinion in evaluation.opinion_reading.opinions
        if (opinion.project, opinion.indicator) == (value.project, value.indicator) and opinion.item in items
    ]  # fmt: skip
