"""What the import of a questionnaire came to, and the object other tools read."""

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from toolkit.model import Finding, Removal, Survey, is_sound
from toolkit.pipeline.outcome import Json
from toolkit.pipeline.plan.surveys import SurveyedValue
from toolkit.survey import Interval, SurveyResult


@dataclass(frozen=True, slots=True)
class Surveyed:
    """What an import came to; with findings of severity ERROR there are no results and nothing was entered.

    Attributes:
        entered: projects whose indicator has the value now. workbook, mapping: files written, None for none.
        seconds: from the file to its result in the workbook and the ledger, without the start of the program.
            Units: seconds.
    """

    file: str
    sha256: str
    survey: Survey
    results: tuple[SurveyResult, ...]
    findings: tuple[Finding, ...]
    entered: tuple[SurveyedValue, ...] = ()
    workbook: Path | None = None
    mapping: Path | None = None
    seconds: float = 0.0

    @property
    def ok(self) -> bool:
        """Nothing must be put right."""
        return is_sound(self.findings)

    def as_json(self) -> Json:
        """The object other tools rely on; rates are fractions as decimal text."""
        return {
            "file": self.file,
            "sha256": self.sha256,
            "survey": self.survey.code,
            "indicator": self.survey.indicator,
            "definition": str(self.survey.definition),
            "projects": [_result_json(result) for result in self.results],
            "entered": [
                {
                    "project": value.project,
                    "indicator": value.indicator,
                    "values": _texts(value),
                    "because": value.words,
                }
                for value in self.entered
            ],
            "findings": [finding.as_json() for finding in self.findings],
            "workbook": str(self.workbook or ""),
            "mapping": str(self.mapping or ""),
            "seconds": round(self.seconds, 3),
        }


def _texts(value: SurveyedValue) -> dict[str, str]:
    return {item: str(number) for item, number in value.values}


def _result_json(result: SurveyResult) -> Json:
    return {
        "project": result.project,
        "population": result.survey.population,
        "needed": result.needed,
        "received": result.received,
        "removed": len(result.removed),
        "valid": result.valid,
        "respondents": result.respondents,
        "rates": {str(definition): _interval(rate) for definition, rate in result.rates.items()},
        "cleaning": [
            {
                "rule": str(rule),
                "noticed": len(result.noticed.get(rule, ())),
                "removed": sum(reason is rule for reason in result.removed.values()),
            }
            for rule in Removal
        ],
        "questions": [
            {
                "code": question.question.code, "text": question.question.text, "kind": str(question.question.kind),
                "answered": question.answered, "missing": question.missing,
                "counts": dict(zip(question.question.options, question.counts, strict=True)),
            }
            for question in result.questions
        ],
        "subgroups": [
            {
                "question": group.question.code, "option": group.option, "answers": group.count, "small": group.small,
                "rates": {str(definition): _interval(rate) for definition, rate in group.rates.items()},
            }
            for group in result.subgroups
        ],
    }  # fmt: skip


def _interval(rate: Interval) -> Json:
    def text(number: Decimal | None) -> str:
        return "" if number is None else f"{number:.6f}"

    return {"value": text(rate.value), "low": text(rate.low), "high": text(rate.high)}
