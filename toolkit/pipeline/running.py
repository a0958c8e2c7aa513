"""One click: 汇总并出报告."""

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime

from toolkit.aggregate import PrintedMaster
from toolkit.excel.files import is_owner_file
from toolkit.model import MasterFigures, ScoreSheet, Severity
from toolkit.pipeline.deliver.kept_master import KeptMaster
from toolkit.pipeline.deliver.master_book import write_master
from toolkit.pipeline.deliver.paging import Paging
from toolkit.pipeline.deliver.proof_own import OwnProof
from toolkit.pipeline.deliver.reporting import write_reports
from toolkit.pipeline.deliver.self_forms import chosen_form, form_maker
from toolkit.pipeline.examine.findings_list import write_findings
from toolkit.pipeline.examine.known_results import known_results
from toolkit.pipeline.examine.noted_scores import begin_scores
from toolkit.pipeline.examine.results import Results, examine, scored
from toolkit.pipeline.outcome import Summary, Written
from toolkit.pipeline.plan.evaluation import Evaluation
from toolkit.pipeline.progress import Progress, Stopwatch, silent
from toolkit.pipeline.steps import collect
from toolkit.text.problem_kinds import of_the_plan


def aggregate(evaluation: Evaluation, now: datetime, progress: Progress = silent) -> Written:
    """Write the master workbook."""
    kept = KeptMaster(evaluation, now.date())
    return write_master(evaluation, known_results(evaluation, now.date(), kept.of_results, progress), now, kept)[1]


def report(evaluation: Evaluation, now: datetime, progress: Progress = silent, *, pages: bool = False) -> Written:
    """Write the master workbook, whose figures reports print, and then the reports; see :func:`write_reports`."""
    kept = KeptMaster(evaluation, now.date())
    found = known_results(evaluation, now.date(), kept.of_results, progress)
    master, table = _written_master(evaluation, found, now, kept)
    forms = form_maker(evaluation, found.examined.returns)
    del found  # of thousands of projects it is too much to be held beside the reports
    if chosen_form(evaluation) is None:
        evaluation.readings.let_go()
    paging = Paging(evaluation.workspace.cache, pages, progress)
    with OwnProof(len(evaluation.roster.projects)) as proofs:
        if table.changed:
            proofs.prepare()
        reports = write_reports(evaluation, master, forms, now, paging, proofs, progress)
    aside = (*table.set_aside, *reports.set_aside)
    findings, edited = (*table.findings, *reports.findings), (*table.edited, *reports.edited)
    return replace(reports, set_aside=aside, findings=findings, edited=edited)


def run(evaluation: Evaluation, now: datetime, progress: Progress = silent, cluster: str = "") -> Summary:
    """汇总并出报告: collect what lies in the inbox (see :func:`collect`), check, score, aggregate, report."""
    watch = Stopwatch()
    with OwnProof(len(evaluation.roster.projects)) as proofs:
        with watch.stage("collect"):
            taken = collect(evaluation, (), now, progress, cluster)
        if taken.new:
            proofs.prepare(many=2 * taken.new > len(evaluation.roster.projects))
        return from_returns(evaluation, now, progress, watch, proofs)


def from_returns(
    evaluation: Evaluation, now: datetime, progress: Progress, watch: Stopwatch, proofs: OwnProof
) -> Summary:
    """Check, score, aggregate and report what is on record."""
    kept = KeptMaster(evaluation, now.date())
    with watch.stage("check"):
        examined = examine(evaluation, now.date(), progress)
        listed = write_findings(evaluation, examined.findings, now)
    with watch.stage("score"):
        found = scored(evaluation, examined, progress)
    with watch.stage("aggregate"):
        progress("写汇总总表", 0, 0)
        master, table = _written_master(evaluation, found, now, kept)
    with watch.stage("report"), _noting_scores(evaluation, found):
        if table.changed:
            proofs.prepare()
        paging = Paging(evaluation.workspace.cache, progress=progress)
        forms = form_maker(evaluation, examined.returns)
        reports = write_reports(evaluation, master, forms, now, paging, proofs, progress)
    summary = _summary(evaluation, found, master.figures, reports, watch)
    aside = (*listed.set_aside, *table.set_aside, *reports.set_aside)
    findings, edited = (*table.findings, *reports.findings), (*table.edited, *reports.edited)
    return replace(summary, set_aside=aside, report_findings=findings, edited=edited)


@contextmanager
def _noting_scores(evaluation: Evaluation, found: Results) -> Iterator[None]:
    """Scores are noted beside opinions whatever comes of what happens inside; a copy works on it meanwhile.

    Losses are in the same workbook already: nobody else writes it meanwhile.
    """
    put = begin_scores(evaluation, found.sheets)
    try:
        yield
    finally:
        put()


def _written_master(
    evaluation: Evaluation, found: Results, now: datetime, kept: KeptMaster
) -> tuple[PrintedMaster, Written]:
    master, table = write_master(evaluation, found, now, kept)
    return master.printed(), table


def _summary(
    evaluation: Evaluation, found: Results, figures: MasterFigures, reports: Written, watch: Stopwatch
) -> Summary:
    examined, space = found.examined, evaluation.workspace
    returned, to_correct = len(examined.returns.counting), len(examined.to_correct())
    generated = sum(not is_owner_file(one) for one in space.workbooks.glob("*.xlsx"))
    folders = (
        ("采集表", space.workbooks, generated),
        ("下发包", space.packages, sum(one.suffix == ".zip" for one in space.packages.iterdir())),
        ("核查结果", space.findings, 1),
        ("汇总总表", space.master, 1),
        ("评价报告", space.reports, len(reports.files)),
    )
    return Summary(
        folder=space.root,
        projects=len(evaluation.roster.projects),
        generated=generated,
        returned=returned,
        accepted=returned - to_correct,
        to_correct=to_correct,
        refused=len(examined.returns.refused),
        findings={severity: examined.count(severity) for severity in Severity},
        of_plan=sum(map(of_the_plan, examined.findings)),
        grades=_grades(evaluation, found.sheets.values()),
        master=space.master,
        reports=reports.files,
        edited=reports.edited,
        report_findings=reports.findings,
        seconds=watch.seconds,
        average=figures.overall["平均得分"].text,
        folders=folders,
    )


def _grades(evaluation: Evaluation, sheets: Iterable[ScoreSheet]) -> dict[str, int]:
    counts = Counter(sheet.grade for sheet in sheets)
    return {band.name: counts[band.name] for band in sorted(evaluation.scheme.grade_bands, reverse=True)}
