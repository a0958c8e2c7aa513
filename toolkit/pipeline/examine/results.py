"""From submissions to scores: checks, verified values and score sheets of all projects."""

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial

from toolkit.checks import check_batch, folded
from toolkit.correct import Places
from toolkit.formula.detail_rows import verified_fields
from toolkit.formula.fields import FieldValues, field_values
from toolkit.model import (
    Finding,
    ScoreSheet,
    Severity,
    Submission,
)
from toolkit.pipeline.examine.checking import Reports
from toolkit.pipeline.examine.listed_amounts import differing_amounts
from toolkit.pipeline.examine.resolutions import placed_decisions, settled
from toolkit.pipeline.examine.rounds import unasked_changes
from toolkit.pipeline.examine.scoring import ToldProject, score, told_projects
from toolkit.pipeline.intake.disputes import unsettled
from toolkit.pipeline.intake.prefilling import unverified
from toolkit.pipeline.intake.returned import Returns, returns
from toolkit.pipeline.plan.evaluation import Evaluation, grouped
from toolkit.pipeline.progress import Progress, silent

_OF_FILES = frozenset({"COLLECT-01"})
"""About files that do not count, whatever they are called."""


@dataclass(frozen=True, slots=True)
class Examined:
    """Returns with every doubt about them.

    Attributes:
        reports: project id → what its checks came to, found again when it is asked for.
        findings: all of them, in list order: of projects, files, opinions, scheme and roster.
    """

    returns: Returns
    reports: Reports
    findings: tuple[Finding, ...]

    def count(self, severity: Severity) -> int:
        """How many findings of one severity."""
        return sum(finding.severity is severity for finding in self.findings)

    def to_correct(self) -> tuple[str, ...]:
        """Returned projects with something that must be corrected."""
        return self.reports.unsound


def examine(evaluation: Evaluation, today: date, progress: Progress = silent) -> Examined:
    """Run all checks over what counts; waivers that lapsed before ``today`` count no longer."""
    known = returns(evaluation, progress)
    reports = Reports(evaluation, known, today)
    of_reports = tuple(finding for listed in reports.each(progress) for finding in listed)
    batch = check_batch(evaluation.scheme, evaluation.roster, known.compared, known.copies)
    beside = [*batch.findings, *unasked_changes(evaluation, known.counting), *unverified(evaluation, known.counting)]
    everything = [
        *evaluation.findings,
        *evaluation.opinion_reading.findings,
        *evaluation.prior_reading.findings,
        *evaluation.earlier.findings,
        *_settled(evaluation, known, [*known.findings, *beside], today),
        *of_reports,
        *map(unsettled, evaluation.disputed),
        *_differing_amounts(evaluation, known),
    ]
    return Examined(known, reports, tuple(sorted(folded(everything), key=Finding.sort_key)))


def _settled(evaluation: Evaluation, known: Returns, findings: Iterable[Finding], today: date) -> Iterator[Finding]:
    """What is said of returns side by side, and of what came with them, with what a person decided about it."""
    decided = grouped(evaluation.decided)
    for finding in findings:
        if finding.project in decided and is_of_return(finding, known.compared):
            submission = known.counting[finding.project]
            places = Places(submission, evaluation.template.layout)
            own, _ = placed_decisions(evaluation.scheme, submission, decided[finding.project])
            yield from settled([finding], places, own, today)
        else:
            yield finding


def is_of_return(finding: Finding, counting: Mapping[str, Submission]) -> bool:
    """Whether a finding is about the very file that counts for its project: only there cells have keys."""
    submission = counting.get(finding.project)
    return submission is not None and finding.at.workbook == submission.file_name and finding.code not in _OF_FILES


def _differing_amounts(evaluation: Evaluation, known: Returns) -> Iterator[Finding]:
    """Amounts of 整体核查清单 that are others in the collection workbooks."""
    if evaluation.roster.listed:
        listed = {listed.project for listed in evaluation.roster.listed}
        fields = verified(evaluation, known, listed)
        yield from differing_amounts(evaluation.roster, fields, evaluation.scheme.money_unit)


@dataclass(frozen=True, slots=True)
class Results:
    """All that the master workbook is made of.

    Attributes:
        sheets: project id → its scores.
        told: gives project id → what is told beside its score, when it is asked for.
    """

    examined: Examined
    sheets: dict[str, ScoreSheet]
    told: Callable[[], Mapping[str, ToldProject]]


def results(evaluation: Evaluation, today: date, progress: Progress = silent) -> Results:
    """Check and score everything on record."""
    return scored(evaluation, examine(evaluation, today, progress), progress)


def scored(evaluation: Evaluation, examined: Examined, progress: Progress = silent) -> Results:
    """Score what was examined."""
    asked = evaluation, examined.returns, examined.findings
    return Results(examined, score(*asked, progress), partial(told_projects, *asked))


def verified(evaluation: Evaluation, known: Returns, projects: Container[str] | None = None) -> dict[str, FieldValues]:
    """Every project's fields as verified, or those of some projects; calculated ones computed anew."""
    opinions = grouped(evaluation.opinions)
    return {
        project.id: field_values(
            evaluation.scheme,
            returned := known.counting.get(project.id),
            verified_fields(evaluation.scheme, returned, opinions.get(project.id, ())),
        )
        for project in evaluation.roster.projects
        if projects is None or project.id in projects
    }
