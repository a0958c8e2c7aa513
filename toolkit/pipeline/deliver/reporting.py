"""The master workbook and the Word reports, and the proof that they agree."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from functools import cache, partial
from pathlib import Path

from toolkit.aggregate import PrintedMaster, own_cells, read_master
from toolkit.errors import FileBusyError
from toolkit.excel.files import sha256_of
from toolkit.ledger import NewEvent
from toolkit.ledger.kinds import Reported
from toolkit.model import WHOLE_EVALUATION
from toolkit.pipeline.codes import CODES
from toolkit.pipeline.deliver.edit_list import write_edit_list
from toolkit.pipeline.deliver.laying import Generations, Laying
from toolkit.pipeline.deliver.living import Put, Shelf
from toolkit.pipeline.deliver.master_book import master_values
from toolkit.pipeline.deliver.paging import Paging
from toolkit.pipeline.deliver.proof_own import OwnProof
from toolkit.pipeline.deliver.renaming import follow_names
from toolkit.pipeline.deliver.rendering import Rendering
from toolkit.pipeline.deliver.self_forms import SelfFormFile
from toolkit.pipeline.deliver.writing_material import ensure_material, unplaced
from toolkit.pipeline.edited import EditedReport, EditState
from toolkit.pipeline.examine.hearing import hearing
from toolkit.pipeline.examine.signed_off import signed_off
from toolkit.pipeline.outcome import Written
from toolkit.pipeline.plan.evaluation import Evaluation
from toolkit.pipeline.plan.outputs import Outputs
from toolkit.pipeline.progress import Progress, silent
from toolkit.report import ReportFacts, faults, left_out, render_reports, report_names, still_says
from toolkit.text.units import is_one_unit
from toolkit.word.contents import finish_contents


def write_reports(
    evaluation: Evaluation,
    master: PrintedMaster,
    forms: Callable[[PrintedMaster], Iterator[SelfFormFile]],
    now: datetime,
    paging: Paging,
    proofs: OwnProof,
    progress: Progress = silent,
) -> Written:
    """Render all reports from the master's figures and put them in their folder.

    ``forms`` makes the 自评表 (:func:`~toolkit.pipeline.deliver.self_forms.form_maker`); ``proofs`` proof-reads what
    has changed.

    Raises:
        MissingProgramError: page numbers are required and LibreOffice is not installed.
    """
    space = evaluation.workspace
    facts = report_facts(evaluation, master, now)
    ensure_material(evaluation, facts)
    templates = _Templates(evaluation)
    expected = [space.reports / name for name in report_names(facts)]
    proofs.expect(expected)
    with Outputs(space, now) as outputs:
        also = list(forms(master))
        names = follow_names(outputs, space.reports, [*expected, *(form.path for form in also)])
        contents = partial(finish_contents, pages_of=paging.pages_of)
        shelf = Shelf(outputs, Generations(space), now, _agreement(evaluation, master), contents)
        puts: dict[Path, Put] = {}
        for path, put in _put_documents(evaluation, facts, templates, paging, shelf, progress):
            puts[path] = put
            if put.changed:
                proofs.begin(path)
        puts = {path: puts[path] for path in expected}
        paged = frozenset(puts) if paging.wanted and not paging.findings else frozenset()
        puts |= {form.path: _put_form(shelf, form) for form in also}
        shelf.settle()
        _record_reports(evaluation, puts, paged, sha256_of(master.data), now)
        edited = tuple(put.edited for put in puts.values() if put.edited)
        write_edit_list(outputs, space.reports, evaluation.scheme.title, edited, _now_at(master) if edited else {})
        aside = tuple(aside for aside in outputs.set_aside if aside.file not in puts)
        changed = [path for path, put in puts.items() if put.changed]
        own = proofs.findings(changed, progress)
    findings = (*evaluation.material.findings, *faults(facts), *unplaced(evaluation.material.passages, templates.used))
    findings = (*findings, *left_out(facts), *names, *paging.findings, *own)
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
    expected, folder = len(report_names(facts)), evaluation.workspace.reports
    pages_of = paging.pages_of_document if paging.wanted else None
    with Rendering(evaluation.workspace.cache, expected, Laying(shelf.generations, folder)) as making:
        made = render_reports(facts, templates.read, pages_of=pages_of, making=making)
        for done, document in enumerate(made, 1):
            path = folder / document.name
            yield path, shelf.take(path, document.laid) if document.laid else shelf.put(path, document.data)
            progress("生成报告", done, expected, item=path.name)


def _put_form(shelf: Shelf, form: SelfFormFile) -> Put:
    """A document is merged with a person's edits like any report; of a workbook a person's version is kept."""
    data = form.data()
    if form.path.suffix == ".docx":
        return shelf.put(form.path, data)
    try:
        return Put(sha256_of(data), shelf.outputs.put(form.path, data))
    except FileBusyError as busy:
        return Put("", changed=False, edited=EditedReport(form.path, EditState.BUSY, why=busy.message))


def report_facts(evaluation: Evaluation, master: PrintedMaster, now: datetime) -> ReportFacts:
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
    if not is_one_unit(facts.scheme.client, facts.verification_unit) or not evaluation.workspace.team.is_file():
        return facts
    # Imported here: most reports are made without 工作组.xlsx.
    from toolkit.pipeline.examine.teaming import team_of

    team = team_of(evaluation, now)
    return replace(facts, disclosure=team.disclosure.strip() if team else "")


def _record_reports(
    evaluation: Evaluation, puts: Mapping[Path, Put], paged: frozenset[Path], master: str, now: datetime
) -> None:
    """Note every report that was generated; ``paged`` are those whose contents have page numbers.

    ``master``: sha256 of the master they print. The first is noted for each of them, that the reports were finished
    after it (:func:`toolkit.pipeline.deliver.waiting.reports_wait`) even where none of them has changed.
    """
    events: list[NewEvent] = []
    for path, put in puts.items():
        edited = put.edited.state.value if put.edited else None
        details = Reported(file=path.name, paged=path in paged, edited=edited)
        if put.sha256:
            once = f"reported:{path.name}:{put.sha256}{'' if events else f':{master}'}"
            events.append(NewEvent(details, now, once, subject=put.sha256))
    with evaluation.workspace.ledger() as ledger:
        ledger.record_many(events)


def _agreement(evaluation: Evaluation, master: PrintedMaster) -> Callable[[str, str], bool]:
    """Whether a text still is what the master says; the master is read again only when a merge asks."""
    values = cache(lambda: master_values(evaluation, master.data))
    return lambda at, text: still_says(at, text, values())


def _now_at(master: PrintedMaster) -> Mapping[str, str]:
    """Address of a figure → its cell, of rows that move; people look for the cell."""
    return own_cells(read_master(master.data))


def report_date(evaluation: Evaluation, now: datetime) -> date:
    """The date printed on reports: 报告日期 of sheet 方案, else today."""
    return evaluation.scheme.timetable.reported or now.date()


def document_template(evaluation: Evaluation, name: str) -> bytes:
    """A Word template's bytes: the workspace's own copy if there is one, else the shipped one."""
    return evaluation.document_template(name)
