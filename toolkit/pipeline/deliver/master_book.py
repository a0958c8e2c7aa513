"""The master workbook: what goes into it, put in its folder."""

from collections.abc import Mapping
from datetime import datetime

from toolkit import __version__
from toolkit.aggregate import Master, MasterPlan, SourceRow, begin_lines, build_master, read_master, with_own_rows
from toolkit.excel.files import sha256_of
from toolkit.ledger.kinds import Aggregated
from toolkit.model import Value
from toolkit.pipeline.deliver.kept_master import KeptMaster
from toolkit.pipeline.deliver.laying import Generations
from toolkit.pipeline.deliver.living_master import put_master
from toolkit.pipeline.examine.assessing import assess
from toolkit.pipeline.examine.loss_rows import begin_losses
from toolkit.pipeline.examine.results import Results
from toolkit.pipeline.outcome import Written
from toolkit.pipeline.plan.evaluation import Evaluation
from toolkit.pipeline.plan.outputs import Outputs
from toolkit.pipeline.plan.side_by_side import in_a_copy
from toolkit.report import source_values


def plan_master(evaluation: Evaluation, found: Results) -> MasterPlan:
    """What goes into the master workbook."""
    known = found.examined.returns
    sources = tuple(
        SourceRow(project, receipt.name, receipt.sha256, receipt.when)
        for project, receipt in sorted(known.receipts.items(), key=lambda pair: (len(pair[0]), pair[0]))
    )
    told = found.told()
    return MasterPlan(
        scheme=evaluation.scheme,
        roster=evaluation.roster,
        sheets=found.sheets,
        submissions=known.compared,
        fields={project: own.fields for project, own in told.items()},
        findings=found.examined.findings,
        sources=sources,
        assessment=assess(evaluation, found.examined, found.sheets, told),
        tool_version=__version__,
        evaluation=evaluation.workspace.evaluation_id,
        prior=evaluation.prior,
    )


def _planned_lines(evaluation: Evaluation, found: Results) -> MasterPlan:
    """As much of the plan as the lines of 指标得分 hang on."""
    submissions = found.examined.returns.compared
    return MasterPlan(evaluation.scheme, evaluation.roster, found.sheets, submissions, fields={})


def write_master(evaluation: Evaluation, found: Results, now: datetime, kept: KeptMaster) -> tuple[Master, Written]:
    """Build the master workbook and put it in its folder.

    ``kept``, begun before ``found`` was: a master whose file is what it would become is not written again.
    """
    written = kept.data()
    begun = None if written else begin_lines(_planned_lines(evaluation, found), in_a_copy)
    plan = plan_master(evaluation, found)
    losses = begin_losses(evaluation, plan.assessment, plan.sheets)
    master = build_master(plan, in_a_copy, written, begun)
    findings = losses()
    path = evaluation.workspace.master
    with Outputs(evaluation.workspace, now) as outputs:
        changed, edited = put_master(outputs, Generations(evaluation.workspace), path, master.data)
    kept.keep(master.data)
    with evaluation.workspace.ledger() as ledger:
        sha256 = sha256_of(master.data)
        ledger.record(Aggregated(), at=now, once=f"aggregated:{sha256}", subject=sha256)
    told = (edited,) if edited else ()
    aside = () if edited and edited.copy else outputs.set_aside
    return master, Written(path.parent, (path,), int(changed), told, aside, tuple(findings))


def master_values(evaluation: Evaluation, master: bytes) -> Mapping[str, Value]:
    """What reports print, by the address that their bookmarks carry."""
    return {**with_own_rows(read_master(master)), **source_values(evaluation.scheme, sha256_of(master))}
