"""The master workbook and the Word reports, and the proof that they agree."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache, partial
from pathlib import Path

from toolkit import __version__
from toolkit.aggregate import Master, MasterPlan, SourceRow, build_master, read_master, verify_master
from toolkit.errors import FileBusyError
from toolkit.excel.files import sha256_of
from toolkit.ledger import EventKind, NewEvent
from toolkit.ledger.kinds import Aggregated, Reported
from toolkit.model import WHOLE_EVALUATION, CellRef, Finding, ScoreSheet, Severity, Value
from toolkit.pipeline.codes import CODES
from toolkit.pipeline.deliver.edit_list import write_edit_list
from toolkit.pipeline.deliver.ledger_book import verify_ledger
from toolkit.pipeline.deliver.living import Generations, Put, Shelf
from toolkit.pipeline.deliver.living_master import put_master
from toolkit.pipeline.deliver.paging import Paging
from toolkit.pipeline.deliver.proof_own import OwnProof
from toolkit.pipeline.deliver.second_opinion import Verified, second_opinion
from toolkit.pipeline.deliver.self_forms import SelfFormFile, chosen_form, self_forms, verify_self_forms
from toolkit.pipeline.deliver.verifying_documents import verify_documents
from toolkit.pipeline.deliver.verifying_papers import verify_papers
from toolkit.pipeline.deliver.verifying_workbooks import verify_workbooks
from toolkit.pipeline.deliver.writing_material import ensure_material, unplaced
from toolkit.pipeline.edited import EditedReport, EditState
from toolkit.pipeline.examine.assessing import assess
from toolkit.pipeline.examine.draft_extracts import Draft
from toolkit.pipeline.examine.hearing import hearing
from toolkit.pipeline.examine.loss_rows import note_losses
from toolkit.pipeline.examine.results import Examined, examine, score, verified
from toolkit.pipeline.examine.signed_off import signed_off
from toolkit.pipeline.examine.teaming import team_of
from toolkit.pipeline.intake.returned import Returns
from toolkit.pipeline.outcome import Written
from toolkit.pipeline.plan.evaluation import Evaluation
from toolkit.pipeline.plan.outputs import Outputs, is_dated_copy
from toolkit.pipeline.plan.remembering import Documents
from toolkit.pipeline.progress import Progress, silent
from toolkit.report import ReportFacts, faults, render_reports, report_names, source_values, still_says, verify_report
from toolkit.text.units import is_one_unit
from toolkit.word.contents import fill_contents_with_pages


@dataclass(frozen=True, slots=True)
class Results:
    """All that the master workbook is made of."""

    examined: Examined
    sheets: dict[str, ScoreSheet]


def results(evaluation: Evaluation, today: date, progress: Progress = silent) -> Results:
    """Check and score everything on record."""
    examined = examine(evaluation, today, progress)
    return Results(examined, score(evaluation, examined.returns, progress))


def plan_master(evaluation: Evaluation, found: Results) -> MasterPlan:
    """What goes into the master workbook."""
    known = found.examined.returns
    sources = tuple(
        SourceRow(project, receipt.name, receipt.sha256, receipt.when)
        for project, receipt in sorted(known.receipts.items(), key=lambda pair: (len(pair[0]), pair[0]))
    )
    return MasterPlan(
        scheme=evaluation.scheme,
        roster=evaluation.roster,
        sheets=found.sheets,
        submissions=known.counting,
        fields=verified(evaluation, known),
        findings=found.examined.findings,
        sources=sources,
        assessment=assess(evaluation, found.examined, found.sheets),
        tool_version=__version__,
        evaluation=evaluation.workspace.evaluation_id,
        prior=evaluation.prior,
    )


def write_master(evaluation: Evaluation, found: Results, now: datetime) -> tuple[Master, Written]:
    """Build the master workbook and put it in its folder."""
    plan = plan_master(evaluation, found)
    master = build_master(plan)
    findings = note_losses(evaluation, plan.assessment, plan.sheets)
    path = evaluation.workspace.master
    with Outputs(evaluation.workspace, now) as outputs:
        changed, edited = put_master(outputs, Generations(evaluation.workspace), path, master.data)
    with evaluation.workspace.ledger() as ledger:
        sha256 = sha256_of(master.data)
        ledger.record(Aggregated(), at=now, once=f"aggregated:{sha256}", subject=sha256)
    told = (edited,) if edited else ()
    aside = () if edited and edited.copy else tuple(outputs.set_aside)
    return master, Written(path.parent, (path,), int(changed), told, aside, tuple(findings))


def write_reports(
    evaluation: Evaluation, master: Master, known: Returns, now: datetime, paging: Paging, progress: Progress = silent
) -> Written:
    """Render all reports from the master's figures and put them in their folder.

    Raises:
        MissingProgramError: page numbers are required and LibreOffice is not installed.
    """
    space = evaluation.workspace
    facts = report_facts(evaluation, master, now)
    ensure_material(evaluation, facts)
    templates = _Templates(evaluation)
    with OwnProof([space.reports / name for name in report_names(facts)]) as proofs, Outputs(space, now) as outputs:
        contents = partial(fill_contents_with_pages, pages_of=paging.pages_of)
        shelf = Shelf(outputs, Generations(space), now, _agreement(evaluation, master), contents)
        puts: dict[Path, Put] = {}
        for path, put in _put_documents(evaluation, facts, templates, paging, shelf, progress):
            puts[path] = put
            if put.changed:
                proofs.begin(path)
        paged = frozenset(puts) if paging.wanted and not paging.findings else frozenset()
        puts |= {form.path: _put_form(shelf, form) for form in self_forms(evaluation, known, master)}
        _record_reports(evaluation, puts, paged, now)
        edited = tuple(put.edited for put in puts.values() if put.edited)
        write_edit_list(outputs, space.reports, evaluation.scheme.title, edited)
        aside = tuple(aside for aside in outputs.set_aside if aside.file not in puts)
        changed = [path for path, put in puts.items() if put.changed]
        own = proofs.findings(changed, progress)
    findings = (*evaluation.material.findings, *faults(facts), *unplaced(evaluation.material.passages, templates.used))
    findings = (*findings, *paging.findings, *own)
    return Written(space.reports, tuple(puts), len(changed), edited, aside, findings)


class _Templates:
    """The Word templates of an evaluation, each read once; ``used`` has those that were asked for."""

    def __init__(self, evaluation: Evaluation) -> None:
        self._evaluation = evaluation
        self.used: dict[str, bytes] = {}

    def read(self, name: str) -> bytes:
        """A template's bytes by its file name."""
        return self.used.setdefault(name, document_template(self._evaluation, name))


def _put_documents(
    evaluation: Evaluation, facts: ReportFacts, templates: _Templates, paging: Paging, shelf: Shelf, progress: Progress
) -> Iterator[tuple[Path, Put]]:
    kept, names = Documents(evaluation.workspace.cache), report_names(facts)
    pages_of = paging.pages_of if paging.wanted else None
    made = render_reports(facts, templates.read, pages_of=pages_of, once=kept.once)
    paging.document = next(iter(names), "")
    for done, document in enumerate(made, 1):
        path = evaluation.workspace.reports / document.name
        yield path, shelf.put(path, document.data)
        progress("生成报告", done, len(names), item=document.name)
        paging.document = next(iter(names[done:]), "")
    kept.save()


def _put_form(shelf: Shelf, form: SelfFormFile) -> Put:
    """A document is merged with a person's edits like any report; of a workbook a person's version is kept."""
    data = form.data()
    if form.path.suffix == ".docx":
        return shelf.put(form.path, data)
    try:
        return Put(sha256_of(data), shelf.outputs.put(form.path, data))
    except FileBusyError as busy:
        return Put("", changed=False, edited=EditedReport(form.path, EditState.BUSY, why=busy.message))


def report_facts(evaluation: Evaluation, master: Master, now: datetime) -> ReportFacts:
    """What the reports of an evaluation are about."""
    titles = {code: declared.title for code, declared in CODES.items()}
    day = report_date(evaluation, now)
    written = evaluation.material.passages
    sheets = {
        project.project.id if project.project else WHOLE_EVALUATION: project.sheet
        for project in master.figures.projects
    }
    heard = hearing(evaluation, sheets)
    figures, opinions = master.figures, evaluation.opinions
    signed = signed_off(evaluation, now)
    facts = ReportFacts(evaluation.scheme, evaluation.roster, figures, day, opinions, titles, written, heard, signed)
    if not is_one_unit(facts.scheme.client, facts.verification_unit):
        return facts
    team = team_of(evaluation, now)
    return replace(facts, disclosure=team.disclosure.strip() if team else "")


def _record_reports(evaluation: Evaluation, puts: Mapping[Path, Put], paged: frozenset[Path], now: datetime) -> None:
    """Note every report that was generated; ``paged`` are those whose contents have page numbers."""
    events = []
    for path, put in puts.items():
        edited = put.edited.state.value if put.edited else None
        details = Reported(file=path.name, paged=path in paged, edited=edited)
        if put.sha256:
            once = f"reported:{path.name}:{put.sha256}"
            events.append(NewEvent(details, now, once, subject=put.sha256))
    with evaluation.workspace.ledger() as ledger:
        ledger.record_many(events)


def _agreement(evaluation: Evaluation, master: Master) -> Callable[[str, str], bool]:
    """Whether a text still is what the master says; the master is read again only when a merge asks."""
    values = cache(lambda: master_values(evaluation, master))
    return lambda at, text: still_says(at, text, values())


def master_values(evaluation: Evaluation, master: Master) -> Mapping[str, Value]:
    """What reports print, by the address that their bookmarks carry."""
    return {**read_master(master.data), **source_values(evaluation.scheme, sha256_of(master.data))}


def report_date(evaluation: Evaluation, now: datetime) -> date:
    """The date printed on reports: 报告日期 of sheet 方案, else today."""
    return evaluation.scheme.timetable.reported or now.date()


def verify(evaluation: Evaluation, now: datetime, progress: Progress = silent) -> Verified:
    """Reopen the master and every report: scores against a fresh computation, figures against the master."""
    found = results(evaluation, now.date(), progress)
    master = evaluation.workspace.master
    if not master.exists():
        missing = _missing(master, "汇总总表尚未生成", "先运行 jixiao run")
        altered = (*_ledger_problems(evaluation), *_other_workbooks(evaluation, found, now))
        return Verified((missing, *altered), evaluation.scheme.title)
    data = master.read_bytes()
    findings = [*verify_master(data, plan_master(evaluation, found), master.name), *_ledger_problems(evaluation)]
    values = {**read_master(data), **source_values(evaluation.scheme, _master_sha256(evaluation, data))}
    found_here = evaluation.workspace.reports.glob("*.docx")
    reports = sorted(path for path in found_here if not path.name.startswith("~$") and not is_dated_copy(path))
    if not reports:
        findings.append(_missing(evaluation.workspace.reports, "报告尚未生成", "先运行 jixiao run"))
    for done, path in enumerate(reports, 1):
        findings += verify_report(path.read_bytes(), path.name, values)
        progress("复核报告", done, len(reports), item=path.name)
    findings += _other_workbooks(evaluation, found, now)
    if chosen_form(evaluation) is not None:
        findings += verify_self_forms(evaluation, found.examined.returns, build_master(plan_master(evaluation, found)))
    second = second_opinion(evaluation, found.examined.returns, progress)
    return Verified((*findings, *second.findings), evaluation.scheme.title, second)


def _other_workbooks(evaluation: Evaluation, found: Results, now: datetime) -> Iterator[Finding]:
    """Workbooks beside the master, those for the site, and documents that are no reports."""
    yield from verify_workbooks(evaluation, found.sheets, now)
    yield from verify_documents(Draft(evaluation, found.examined, found.sheets), now)
    yield from verify_papers(evaluation, found.examined)


def _master_sha256(evaluation: Evaluation, data: bytes) -> str:
    """The digest reports print: of the master as it was generated; Excel and WPS change the bytes on saving."""
    with evaluation.workspace.ledger() as ledger:
        generated = [event.subject for event in ledger.events(EventKind.AGGREGATED)]
    now = sha256_of(data)
    return now if now in generated or not generated else generated[-1]


def _ledger_problems(evaluation: Evaluation) -> Iterable[Finding]:
    problems = verify_ledger(evaluation.workspace).problems
    hint = "台账只能由工具追加，原件只存不改；请从备份恢复，并查明是谁改动"
    at = CellRef("台账.sqlite3")
    return [
        Finding("VERIFY-20", Severity.ERROR, at, problem.message, hint, found=f"第{problem.seq}条")
        for problem in problems
    ]


def _missing(path: Path, words: str, hint: str) -> Finding:
    return Finding("VERIFY-00", Severity.ERROR, CellRef(path.name), words, hint)


def document_template(evaluation: Evaluation, name: str) -> bytes:
    """A Word template's bytes: the workspace's own copy if there is one, else the shipped one."""
    return evaluation.document_template(name)
