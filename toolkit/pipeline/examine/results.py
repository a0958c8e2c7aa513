"""From submissions to scores: checks, verified values and score sheets of all projects."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from toolkit.cache import entry_key
from toolkit.checks import Case, CheckReport, check_batch, check_submission, folded
from toolkit.checks.outcome import Outcome
from toolkit.correct import Places, explained
from toolkit.errors import FileBusyError, UnreadableFileError
from toolkit.excel.files import write_atomic
from toolkit.formula.detail_rows import verified_fields
from toolkit.formula.fields import FieldValues, field_values, summed_values
from toolkit.model import (
    NO_FIGURES,
    WHOLE_EVALUATION,
    Finding,
    Layout,
    LineState,
    Opinion,
    Project,
    Scheme,
    ScoredObject,
    ScoreLine,
    ScoreSheet,
    Severity,
    Submission,
    Value,
    is_sound,
)
from toolkit.model.plain import plain_text
from toolkit.pipeline.examine.listed_amounts import differing_amounts
from toolkit.pipeline.examine.resolutions import placed_decisions, settled, with_verified
from toolkit.pipeline.examine.rounds import unasked_changes
from toolkit.pipeline.intake.disputes import unsettled
from toolkit.pipeline.intake.prefilling import unverified
from toolkit.pipeline.intake.returned import Returns, returns
from toolkit.pipeline.plan.decisions import Resolution
from toolkit.pipeline.plan.evaluation import Evaluation, grouped
from toolkit.pipeline.plan.remembering import each_once
from toolkit.pipeline.progress import Progress, silent, tell
from toolkit.problems import ProblemCase
from toolkit.review import with_scores
from toolkit.scoring import score_project, score_whole
from toolkit.text import plain
from toolkit.text import score as score_text


@dataclass(frozen=True, slots=True)
class Examined:
    """Returns with every doubt about them.

    Attributes:
        reports: project id → what its checks came to.
        findings: all of them, in list order: of projects, files, opinions, scheme and roster.
    """

    returns: Returns
    reports: Mapping[str, CheckReport]
    findings: tuple[Finding, ...]

    def count(self, severity: Severity) -> int:
        """How many findings of one severity."""
        return sum(finding.severity is severity for finding in self.findings)

    def to_correct(self) -> tuple[str, ...]:
        """Returned projects with something that must be corrected."""
        return tuple(project for project, report in self.reports.items() if not is_sound(report.findings))


def examine(evaluation: Evaluation, today: date, progress: Progress = silent) -> Examined:
    """Run all checks over what counts; waivers that lapsed before ``today`` count no longer."""
    known = returns(evaluation)
    reports = _reports(evaluation, known, today, progress)
    batch = check_batch(evaluation.scheme, evaluation.roster, known.counting, known.copies)
    everything = [
        *evaluation.findings,
        *evaluation.opinion_reading.findings,
        *evaluation.prior_reading.findings,
        *known.findings,
        *evaluation.earlier.findings,
        *unverified(evaluation, known.counting),
        *batch.findings,
        *(finding for report in reports.values() for finding in report.findings),
        *unasked_changes(evaluation, known.counting),
        *map(unsettled, evaluation.disputed),
        *_differing_amounts(evaluation, known),
    ]
    return Examined(known, reports, tuple(sorted(folded(everything), key=Finding.sort_key)))


def _differing_amounts(evaluation: Evaluation, known: Returns) -> Iterator[Finding]:
    """Amounts of 整体核查清单 that are others in the collection workbooks."""
    if evaluation.roster.listed:
        fields = verified(evaluation, known)
        yield from differing_amounts(evaluation.roster, fields, evaluation.scheme.money_unit)


def _reports(evaluation: Evaluation, known: Returns, today: date, progress: Progress) -> dict[str, CheckReport]:
    """What the checks of every return that counts came to; a case that was checked before is not checked again."""
    scheme, layout = evaluation.scheme, evaluation.template.layout
    cases: dict[str, tuple[Case, list[Resolution], list[Finding]]] = {}
    decisions = grouped(evaluation.decided)
    for project in evaluation.roster.projects:
        if submission := known.counting.get(project.id):
            decided, lost = placed_decisions(scheme, submission, decisions.get(project.id, ()))
            cases[project.id] = _case(evaluation, project, with_verified(scheme, submission, decided)), decided, lost
    of_all = entry_key("case", plain_text(scheme, Scheme), plain_text(layout, Layout)).encode()
    checked = each_once(
        evaluation.workspace.cache,
        "checks",
        CheckReport,
        (
            (project, (of_all, *_own_parts(case, _told(evaluation, known, project, case.submission))))
            for project, (case, _, _) in cases.items()
        ),
        lambda project: check_submission(cases[project][0]),
        lambda report: all(ran.outcome is not Outcome.BROKE for ran in report.ran),
    )
    reports = {}
    for project in tell(progress, "核查", evaluation.roster.projects):
        if project.id in cases:
            _, decided, lost = cases[project.id]
            reports[project.id] = _answered(known.counting[project.id], next(checked), layout, decided, lost, today)
    return reports


def _case(evaluation: Evaluation, project: Project, verified_return: Submission) -> Case:
    put_in = evaluation.prior.prefill.get(project.id, NO_FIGURES)
    last_year = evaluation.prior.figures.get(project.id, NO_FIGURES)
    return Case(evaluation.scheme, project, verified_return, evaluation.template.layout, put_in, last_year)


def _own_parts(case: Case, told: bytes) -> tuple[bytes, ...]:
    """What of a case is a project's own; ``told``: its return."""
    figures = (plain_text(values, Mapping[str, Value]) for values in (case.put_in, case.last_year))
    return (plain_text(case.project, Project), told, *figures)


def _told(evaluation: Evaluation, known: Returns, project: str, submission: Submission | None) -> bytes:
    """A project's return as something to remember results by: in short where it is as it was read, else in full."""
    if submission is not None and submission is known.counting.get(project):
        return evaluation.readings.told(submission)
    return plain_text(submission, Submission | None)


def _answered(
    submission: Submission,
    report: CheckReport,
    layout: Layout,
    decided: Sequence[Resolution],
    lost: Sequence[Finding],
    today: date,
) -> CheckReport:
    """The report with what the unit and the evaluators say about its findings."""
    if not decided and not lost and not submission.explanations:
        return report
    places = Places(submission, layout)
    findings = settled(explained(report.findings, submission, places), places, decided, today)
    return CheckReport(tuple(sorted([*findings, *lost], key=Finding.sort_key)), report.ran)


def score(evaluation: Evaluation, known: Returns, progress: Progress = silent) -> dict[str, ScoreSheet]:
    """Score sheets by project id (one under 整体 when the evaluation is scored as a whole). Units: 分."""
    if evaluation.scheme.scored_object is ScoredObject.WHOLE:
        whole = score_whole(evaluation.scheme, evaluation.roster, known.counting, evaluation.opinions)
        return {WHOLE_EVALUATION: whole}
    projects = {project.id: project for project in evaluation.roster.projects}
    opinions = grouped(evaluation.opinions)
    of_all = entry_key("scheme", plain_text(evaluation.scheme, Scheme)).encode()
    made_from = (
        (
            project.id,
            (
                of_all,
                plain_text(project, Project),
                _told(evaluation, known, project.id, known.counting.get(project.id)),
                plain_text(opinions.get(project.id, ()), tuple[Opinion, ...]),
            ),
        )
        for project in projects.values()
    )
    scored = each_once(
        evaluation.workspace.cache,
        "score",
        ScoreSheet,
        made_from,
        lambda project: score_project(
            evaluation.scheme, projects[project], known.counting.get(project), opinions.get(project, ())
        ),
    )
    return {project.id: next(scored) for project in tell(progress, "评分", evaluation.roster.projects)}


@dataclass(frozen=True, slots=True)
class Results:
    """All that the master workbook is made of."""

    examined: Examined
    sheets: dict[str, ScoreSheet]


def results(evaluation: Evaluation, today: date, progress: Progress = silent) -> Results:
    """Check and score everything on record."""
    examined = examine(evaluation, today, progress)
    return Results(examined, score(evaluation, examined.returns, progress))


def note_scores(evaluation: Evaluation, known: Returns, sheets: Mapping[str, ScoreSheet]) -> bool:
    """Put self scores and computed scores beside the rows of 评审意见.xlsx; False where nothing had to change.

    A workbook that is open in Excel stays as it is until the next time: the two columns only inform.
    """
    path, places = evaluation.workspace.opinions, evaluation.scheme.score_places
    if not path.exists():
        return False
    shown = {
        (project, line.code): (_self_score(known.counting.get(project), line), _computed(line, places))
        for project, sheet in sheets.items()
        for line in sheet.lines
    }
    data = path.read_bytes()
    try:
        changed = with_scores(data, shown)
        if changed != data:
            write_atomic(path, changed)
    except (FileBusyError, UnreadableFileError):
        return False
    return changed != data


def _self_score(submission: Submission | None, line: ScoreLine) -> str:
    value = submission.value(f"自评分_{line.code}") if submission else None
    return plain(value) if isinstance(value, Decimal) else ""


def _computed(line: ScoreLine, places: int) -> str:
    return score_text(line.score, places) if line.state is LineState.SCORED else line.state.value


def verified(evaluation: Evaluation, known: Returns) -> dict[str, FieldValues]:
    """Every project's fields as verified, calculated ones computed anew."""
    opinions = grouped(evaluation.opinions)
    return {
        project.id: field_values(
            evaluation.scheme,
            returned := known.counting.get(project.id),
            verified_fields(evaluation.scheme, returned, opinions.get(project.id, ())),
        )
        for project in evaluation.roster.projects
    }


def problem_cases(
    evaluation: Evaluation, examined: Examined, sheets: Mapping[str, ScoreSheet]
) -> tuple[ProblemCase, ...]:
    """Every project as the rows of 问题与建议 see it; the evaluation itself too where it is scored as a whole."""
    scheme, known = evaluation.scheme, examined.returns
    fields = verified(evaluation, known)
    by_project: dict[str, list[Finding]] = {}
    for finding in examined.findings:
        by_project.setdefault(finding.project, []).append(finding)
    cases = [
        ProblemCase(
            scheme,
            project,
            fields[project.id],
            sheets.get(project.id) if project.id in known.counting else None,
            tuple(by_project.get(project.id, ())),
            known.counting.get(project.id),
        )
        for project in evaluation.roster.projects
    ]
    whole = sheets.get(WHOLE_EVALUATION)
    if whole is None:
        return tuple(cases)
    own = {
        opinion.item: opinion.verified
        for opinion in evaluation.opinions
        if opinion.project == WHOLE_EVALUATION and not opinion.indicator
    }
    summed = summed_values(scheme, [fields[project] for project in known.counting if project in fields], own)
    itself = Project(WHOLE_EVALUATION, scheme.year, scheme.client, (scheme.client,), scheme.title, None)
    return (*cases, ProblemCase(scheme, itself, summed, whole))
