"""The proof that master workbook, reports and everything beside them say what the originals say."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path

from toolkit.aggregate import MasterPlan, build_master, open_master, own_cells, verify_master
from toolkit.excel.files import is_owner_file, sha256_of
from toolkit.ledger import EventKind
from toolkit.model import CellRef, Finding, Severity, Value
from toolkit.pipeline.deliver.master_book import plan_master
from toolkit.pipeline.deliver.reading_reports import ReportReading
from toolkit.pipeline.deliver.second_opinion import second_opinion
from toolkit.pipeline.deliver.self_forms import chosen_form, verify_self_forms
from toolkit.pipeline.deliver.verifying_documents import verify_documents
from toolkit.pipeline.deliver.verifying_ledger import verify_ledger
from toolkit.pipeline.deliver.verifying_papers import verify_papers
from toolkit.pipeline.deliver.verifying_workbooks import verify_workbooks
from toolkit.pipeline.examine.draft_extracts import Draft
from toolkit.pipeline.examine.results import Results, results
from toolkit.pipeline.plan.evaluation import Evaluation
from toolkit.pipeline.plan.outputs import is_dated_copy
from toolkit.pipeline.progress import Progress, silent
from toolkit.pipeline.verdict import Verified
from toolkit.report import source_values, verify_report


def verify(evaluation: Evaluation, now: datetime, progress: Progress = silent) -> Verified:
    """Reopen the master and every report: scores against a fresh computation, figures against the master."""
    found = results(evaluation, now.date(), progress)
    master = evaluation.workspace.master
    if not master.exists():
        missing = _missing(master, "汇总总表尚未生成", "先运行 jixiao run")
        altered = (*_ledger_problems(evaluation), *_other_workbooks(evaluation, found, now))
        return Verified((missing, *altered), evaluation.scheme.title)
    findings = [*_of_master_and_reports(evaluation, found, progress), *_other_workbooks(evaluation, found, now)]
    if chosen_form(evaluation) is not None:
        findings += verify_self_forms(
            evaluation, found.examined.returns, build_master(plan_master(evaluation, found)).printed()
        )
    second = second_opinion(evaluation, found.examined.returns, progress)
    return Verified((*findings, *second.findings), evaluation.scheme.title, second)


def _of_master_and_reports(evaluation: Evaluation, found: Results, progress: Progress) -> list[Finding]:
    """What is wrong with the master, the ledger and the reports; nothing of the master is held when this is known."""
    reports = _reports(evaluation)
    plan = plan_master(evaluation, found)
    with ReportReading(reports) as reading:
        of_master, values, now_at = _opened(evaluation, plan)
        findings = [*of_master, *_ledger_problems(evaluation)]
        if not reports:
            findings.append(_missing(evaluation.workspace.reports, "报告尚未生成", "先运行 jixiao run"))
        for done, (path, report) in enumerate(reading.reports(), 1):
            findings += verify_report(report, path.name, values, now_at)
            progress("复核报告", done, len(reports), item=path.name)
    return findings


def _reports(evaluation: Evaluation) -> list[Path]:
    found = evaluation.workspace.reports.glob("*.docx")
    return sorted(path for path in found if not is_owner_file(path) and not is_dated_copy(path))


def _opened(evaluation: Evaluation, plan: MasterPlan) -> tuple[list[Finding], Mapping[str, Value], Mapping[str, str]]:
    """What is wrong with the master; what reports are compared with, and where its rows stand; nothing else is held."""
    path = evaluation.workspace.master
    opened = open_master(data := path.read_bytes())
    now, generated = sha256_of(data), _generated(evaluation)
    findings = verify_master(opened, plan, path.name, as_generated=now in generated)
    values = opened.values()
    del opened
    now_at = own_cells(values)
    values |= {at: values.get(cell) for at, cell in now_at.items()}
    # Reports print the digest of the master as it was generated; Excel and WPS change the bytes on saving.
    values |= source_values(evaluation.scheme, now if now in generated or not generated else generated[-1])
    return findings, values, now_at


def _other_workbooks(evaluation: Evaluation, found: Results, now: datetime) -> Iterator[Finding]:
    """Workbooks beside the master, those for the site, and documents that are no reports."""
    yield from verify_workbooks(evaluation, found.sheets, now)
    yield from verify_documents(Draft(evaluation, found.examined, found.sheets), now)
    yield from verify_papers(evaluation, found.examined)


def _generated(evaluation: Evaluation) -> list[str]:
    """The sha256 of every master that was generated, the last one at the end."""
    with evaluation.workspace.ledger() as ledger:
        return [event.subject for event in ledger.events(EventKind.AGGREGATED)]


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
