"""``jixiao survey sample-size``: how many answers questionnaires need."""

from dataclasses import dataclass
from decimal import Decimal

from toolkit.errors import SchemeError, WorkspaceError
from toolkit.pipeline.outcome import Json
from toolkit.pipeline.plan.evaluation import Evaluation
from toolkit.survey import needed
from toolkit.text.numerals import read_figure


@dataclass(frozen=True, slots=True)
class SampleSizes:
    """Answers needed by each questionnaire."""

    rows: tuple[tuple[str, str, int | None, Decimal, Decimal, int], ...]

    def as_json(self) -> Json:
        """``{"surveys": [{"survey", "target_group", "population", "confidence", "margin", "needed"}]}``."""
        keys = ("survey", "target_group", "population", "confidence", "margin", "needed")
        return {
            "surveys": [
                {key: str(cell) if isinstance(cell, Decimal) else cell for key, cell in zip(keys, row, strict=True)}
                for row in self.rows
            ]
        }


def sample_sizes(evaluation: Evaluation) -> SampleSizes:
    """What the scheme's questionnaires need.

    Raises:
        SchemeError: the scheme has none.
    """
    surveys = evaluation.scheme.surveys
    if not surveys:
        raise SchemeError("方案中没有《问卷》", what_to_do="用 --population 写明总体数，或在方案中加《问卷》表")
    return SampleSizes(
        tuple(
            (survey.code, survey.target_group, survey.population, survey.confidence, survey.margin,
             needed(survey.population, survey.confidence, survey.margin, survey.expected))
            for survey in surveys
        )
    )  # fmt: skip


def sample_size(population: str, confidence: str, margin: str) -> SampleSizes:
    """What a population needs, as typed.

    Raises:
        WorkspaceError: no such numbers.
    """
    figures = [read_figure(text) for text in (population, confidence, margin)]
    shares = [figure.base if figure and figure.unit == "%" else figure.value if figure else None for figure in figures]
    people, sure, far = shares
    if people is None or people < 1 or people != int(people):
        raise WorkspaceError(f"总体数“{population}”不是正整数", what_to_do="写人数，如 --population 1200")
    if sure is None or far is None or not (0 < sure < 1 and 0 < far < 1):
        raise WorkspaceError("置信水平和允许误差应在0%与100%之间", what_to_do="如 --confidence 95% --margin 5%")
    return SampleSizes((("", "", int(people), sure, far, needed(int(people), sure, far)),))
