"""Results of questionnaires as the ledger has them: values of indicators, with where they come from."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from toolkit.ledger import EventKind
from toolkit.ledger.kinds import Surveyed
from toolkit.model import Opinion, Scheme
from toolkit.pipeline.plan.workspace import Workspace

BY = "问卷导入"
"""Stands for the evaluator: a value that was counted, not judged."""


@dataclass(frozen=True, slots=True)
class SurveyedValue:
    """What one questionnaire gives an indicator of one project; the latest import is the one in force.

    Attributes:
        values: input of the indicator → its value.
        words: one sentence with the file, the number of answers and the rate.
    """

    project: str
    indicator: str
    survey: str
    sha256: str
    values: tuple[tuple[str, Decimal], ...]
    words: str

    def details(self, file: str, replaces: tuple[str, ...] = ()) -> Surveyed:
        """For the ledger; ``file`` is the name of the export, ``replaces`` what other laptops have of it."""
        return Surveyed(
            file=file, indicator=self.indicator, survey=self.survey, values=dict(self.values), words=self.words,
            replaces=replaces,
        )  # fmt: skip


def surveyed_values(workspace: Workspace) -> tuple[SurveyedValue, ...]:
    """All values in force."""
    from toolkit.pipeline.plan.decisions import standing

    latest: dict[tuple[str, str], SurveyedValue] = {}
    for _, event in standing(workspace, EventKind.SURVEYED):
        said = event.says(Surveyed)
        if said.indicator and said.values:
            latest[event.project, said.indicator] = SurveyedValue(
                event.project, said.indicator, said.survey, event.subject, tuple(said.values.items()), said.words
            )
    return tuple(latest.values())


def surveyed_opinions(scheme: Scheme, surveyed: Iterable[SurveyedValue]) -> tuple[Opinion, ...]:
    """The values in the shape scoring takes them; those of indicators the scheme no longer has are left out."""
    return tuple(
        Opinion(value.project, value.indicator, item, number, value.words, f"答卷文件 {value.sha256[:12]}", BY)
        for value in surveyed
        if (indicator := scheme.indicator(value.indicator))
        for item, number in value.values
        if item in {known.local for known in indicator.inputs}
    )
