"""``jixiao correct``: a correction workbook per project with open findings, packed per unit, noted in the ledger."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from toolkit import resources
from toolkit.checks import SOURCES
from toolkit.correct import (
    LETTER_TEMPLATE,
    Correction,
    Places,
    correction_workbook,
    letter_context,
    plan_correction,
)
from toolkit.distribute import Package, UnitPackage, make_packages, plan_packages
from toolkit.errors import WorkspaceError
from toolkit.excel.files import sha256_of
from toolkit.generate import CollectionTemplate, compile_collection, workbook_name
from toolkit.ledger import NewEvent
from toolkit.ledger.kinds import ReturnedForCorrection
from toolkit.model import Finding, Project, Scheme, Severity, Submission
from toolkit.model.identity import Identity
from toolkit.pipeline.edited import SetAside
from toolkit.pipeline.examine.resolutions import with_verified
from toolkit.pipeline.examine.results import Examined, examine
from toolkit.pipeline.examine.rounds import Key, SentBack, next_round, sent_back, unit_rounds
from toolkit.pipeline.plan.evaluation import COLLECTION_TEMPLATE, Evaluation
from toolkit.pipeline.plan.letter_facts import facts_of
from toolkit.pipeline.plan.outputs import Outputs
from toolkit.pipeline.progress import Progress, silent, tell
from toolkit.pipeline.standing import UnitRounds
from toolkit.word.render import compile_template


@dataclass(frozen=True, slots=True)
class CorrectionOrder:
    """What is to be sent back.

    Attributes:
        least: findings of at least this severity are asked about.
        projects: ids of the projects meant; none for all.
        again: also a project whose last round was sent and is not answered yet, where more is to be asked now.
        preview: only say what would go back.
    """

    least: Severity = Severity.ERROR
    projects: tuple[str, ...] = ()
    again: bool = False
    preview: bool = False


@dataclass(frozen=True, slots=True)
class Corrected:
    """What was sent back.

    Attributes:
        rows: project, unit, round, cells in question, file.
        waiting: ids of projects where more is to be asked than their last round did, which is not answered yet.
    """

    folder: Path
    rows: tuple[tuple[str, str, int, int, str], ...]
    packages: tuple[Path, ...]
    waiting: tuple[str, ...] = ()
    preview: bool = False
    set_aside: tuple[SetAside, ...] = ()

    def as_json(self) -> dict[str, object]:
        """``{"folder", "projects": [{"project", "unit", "round", "findings", "file"}], "packages", …}``."""
        names = ("project", "unit", "round", "findings", "file")
        return {
            "folder": str(self.folder),
            "projects": [dict(zip(names, row, strict=True)) for row in self.rows],
            "packages": [str(package) for package in self.packages],
            "waiting": list(self.waiting),
            "set_aside": [aside.as_json() for aside in self.set_aside],
        }


@dataclass(frozen=True, slots=True)
class _Draft:
    """One project's correction with its workbook."""

    correction: Correction
    submission: Submission
    name: str
    data: bytes


def correct(
    evaluation: Evaluation,
    now: datetime,
    progress: Progress = silent,
    order: CorrectionOrder = CorrectionOrder(),
) -> Corrected:
    """Send back what the order names; what has not changed is not written again, a preview writes nothing.

    Raises:
        WorkspaceError: the order names a project the roster does not have.
    """
    _check_projects(evaluation, order)
    examined = examine(evaluation, now.date(), progress)
    deadline = evaluation.scheme.timetable.correct_by(now.date())
    drafts, waiting = _drafts(evaluation, examined, order, deadline, progress)
    rows = tuple(_row(draft) for draft in drafts)
    folder = evaluation.workspace.corrections
    if order.preview:
        return Corrected(folder, rows, (), waiting, preview=True)
    packages, set_aside = _send(evaluation, drafts, now, deadline)
    return Corrected(folder, rows, packages, waiting, set_aside=set_aside)


def _send(
    evaluation: Evaluation, drafts: Sequence[_Draft], now: datetime, deadline: date
) -> tuple[tuple[Path, ...], tuple[SetAside, ...]]:
    """Write the packages of every round and note them in the ledger; the packages, and what a person had edited."""
    folder = evaluation.workspace.corrections
    packages: list[Package] = []
    with Outputs(evaluation.workspace, now) as outputs:
        for number in sorted({draft.correction.round for draft in drafts}):
            own = [draft for draft in drafts if draft.correction.round == number]
            packages += _pack(evaluation, own, folder / f"第{number}轮", outputs, deadline)
    with evaluation.workspace.ledger() as ledger:
        ledger.record_many(_event(draft, now) for draft in drafts)
    return tuple(package.archive for package in packages), outputs.set_aside


def _row(draft: _Draft) -> tuple[str, str, int, int, str]:
    correction = draft.correction
    return correction.project.id, correction.project.unit, correction.round, correction.places, draft.name


def _check_projects(evaluation: Evaluation, order: CorrectionOrder) -> None:
    unknown = [project for project in order.projects if evaluation.roster.project(project) is None]
    if unknown:
        words = f"项目清单中没有项目序号{'、'.join(unknown)}"
        raise WorkspaceError(words, what_to_do="用 jixiao status 查看项目序号")


def rounds(evaluation: Evaluation, now: datetime) -> tuple[UnitRounds, ...]:
    """How far every unit is with its corrections."""
    return rounds_of(evaluation, examine(evaluation, now.date()))


def rounds_of(evaluation: Evaluation, examined: Examined) -> tuple[UnitRounds, ...]:
    """The same from findings already at hand."""
    return unit_rounds(evaluation, examined.returns.counting, open_findings(evaluation, examined))


def open_findings(evaluation: Evaluation, examined: Examined) -> dict[str, frozenset[Key]]:
    """Today's findings of each project that nobody has settled, by code and slot key."""
    layout, counting = evaluation.template.layout, examined.returns.counting
    doubts = {
        project: [
            finding for finding in report.findings if finding.severity is not Severity.NOTE
        ]  # a settled one is a note
        for project, report in examined.reports.items()
    }
    return {project: frozenset(map(Places(counting[project], layout).key, found)) for project, found in doubts.items()}


def _drafts(
    evaluation: Evaluation, examined: Examined, order: CorrectionOrder, deadline: date, progress: Progress
) -> tuple[list[_Draft], tuple[str, ...]]:
    """The workbooks to send, and the projects left alone because their last round is not answered yet."""
    known = sent_back(evaluation)
    drafts, waiting = [], []
    for project in tell(progress, "生成整改表", evaluation.roster.projects):
        submission, report = examined.returns.counting.get(project.id), examined.reports.get(project.id)
        if submission is None or report is None or (order.projects and project.id not in order.projects):
            continue
        key = Places(submission, evaluation.template.layout).key
        wanted = frozenset(key(finding) for finding in report.findings if finding.severity.rank <= order.least.rank)
        rounds_before = known.get(project.id, ())
        number, asked = next_round(rounds_before, submission.sha256, wanted)
        if wanted and not order.again and _unanswered(rounds_before, submission.sha256, number):
            waiting.append(project.id)
            continue
        findings = [
            finding for finding in report.findings if finding.severity is not Severity.NOTE and key(finding) in asked
        ]
        if wanted:
            drafts.append(_draft(evaluation, project, submission, findings, number, deadline))
    return drafts, tuple(waiting)


def _unanswered(rounds_before: Sequence[SentBack], sha256: str, number: int) -> bool:
    """A further round of the very return that was sent back: the unit would get two papers about one workbook."""
    return any(before.sha256 == sha256 and before.round < number for before in rounds_before)


def _draft(
    evaluation: Evaluation,
    project: Project,
    submission: Submission,
    findings: Sequence[Finding],
    number: int,
    deadline: date,
) -> _Draft:
    template = _roomy(evaluation, submission)
    sources = {finding: _source(evaluation.scheme, finding) for finding in findings}
    correction = plan_correction(project, submission, evaluation.scheme, template.layout, sources, number)
    stamped = template.stamp(project)
    decided = [decision for decision in evaluation.decided if decision.project == project.id]
    shown = with_verified(evaluation.scheme, submission, decided)
    data = correction_workbook(stamped, template.layout, evaluation.scheme, shown, correction, deadline)
    name = workbook_name(project).replace("指标信息核查采集表", f"整改表（第{number}轮）")
    return _Draft(correction, submission, name, data)


def _source(scheme: Scheme, finding: Finding) -> str:
    """The clause behind a finding, as its 整改单 prints it."""
    if any(cross.code == finding.code for cross in scheme.cross_checks):
        return "方案规定的勾稽关系"
    return SOURCES.get(finding.code, "采集表填报说明")


def _roomy(evaluation: Evaluation, submission: Submission) -> CollectionTemplate:
    """The template, with as many table rows as the unit filled in where it added some."""
    prepared = {name: area.last_row - area.first_row + 1 for name, area in evaluation.template.layout.tables.items()}
    wanted = {name: max(rows, submission.table_rows.get(name, 0)) for name, rows in prepared.items()}
    if wanted == prepared:
        return evaluation.blank_template
    data = evaluation.workspace.template(COLLECTION_TEMPLATE, resources.template_path(COLLECTION_TEMPLATE))
    identity = Identity(evaluation.workspace.evaluation_id, evaluation.workspace.key)
    return compile_collection(data, replace(evaluation.scheme, table_rows=wanted), identity)


def _pack(
    evaluation: Evaluation, drafts: Sequence[_Draft], folder: Path, outputs: Outputs, deadline: date
) -> Sequence[Package]:
    workbooks = {draft.correction.project.id: (draft.name, draft.data) for draft in drafts}
    corrections = {draft.correction.project.id: draft.correction for draft in drafts}
    letter = _letter_writer(evaluation, corrections, outputs.now.date(), deadline)
    units = plan_packages(evaluation.roster, workbooks)
    return make_packages(units, folder, letter, LETTER_TEMPLATE, outputs.put)


def _letter_writer(
    evaluation: Evaluation, corrections: Mapping[str, Correction], today: date, deadline: date
) -> Callable[[UnitPackage], bytes]:
    facts = facts_of(evaluation, today, deadline)
    compiled = compile_template(evaluation.document_template(LETTER_TEMPLATE))

    def write(package: UnitPackage) -> bytes:
        pairs = [(corrections[file.project.id], file.name) for file in package.files if file.project]
        return compiled.render(letter_context(package.unit, pairs, facts))

    return write


def _event(draft: _Draft, now: datetime) -> NewEvent:
    correction = draft.correction
    asked = correction.findings
    return NewEvent(
        ReturnedForCorrection(
            round=correction.round,
            places=correction.places,
            file=draft.name,
            sha256=sha256_of(draft.data),
            asked=asked,
            opened=tuple(sorted(correction.touched | correction.asked.keys())),
        ),
        now,
        f"correction:{correction.project.id}:{draft.submission.sha256}:{list(map(list, asked))}",
        correction.project.id,
        correction.project.unit,
        draft.submission.sha256,
    )
