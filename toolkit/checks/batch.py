"""Doubts that only all projects together can raise; every one of them in time linear in the number of projects."""

import logging
from collections.abc import Callable, Mapping

from toolkit.checks import duplicates, peers, roster_totals
from toolkit.checks.outcome import our_fault
from toolkit.model import CellRef, Finding, Roster, Scheme, Severity, Submission

LOG = logging.getLogger(__name__)
Look = Callable[[Scheme, Roster, Mapping[str, Submission]], list[Finding]]


def batch_findings(scheme: Scheme, roster: Roster, submissions: Mapping[str, Submission]) -> list[Finding]:
    """What is missing, what was returned twice, what stands out among peers, what does not add up to the roster."""
    return [finding for look in LOOKS for finding in _found(look, scheme, roster, submissions)]


def _found(look: Look, scheme: Scheme, roster: Roster, submissions: Mapping[str, Submission]) -> list[Finding]:
    """What one look finds; one that breaks is shown, and ends nothing but itself."""
    try:
        return look(scheme, roster, submissions)
    except Exception as fault:
        name = getattr(look, "__name__", "")
        LOG.exception("batch check %s broke", name)
        return [our_fault(f"项目间核查“{name}”", CellRef(), fault)]


def _not_returned(scheme: Scheme, roster: Roster, submissions: Mapping[str, Submission]) -> list[Finding]:
    return [
        Finding(
            "BATCH-01",
            Severity.ERROR,
            CellRef(),
            f"项目{project.id}“{project.name}”（{project.unit}）尚未报送采集表",
            f"向{project.unit}催报；仍未报送、没有可评分数据的不予评分，并在报告中列明",
            project=project.id,
            found="未报送",
            expected=f"《{scheme.title}》采集表一份",
        )
        for project in roster.projects
        if project.id not in submissions
    ]


def _same_file(_scheme: Scheme, _roster: Roster, submissions: Mapping[str, Submission]) -> list[Finding]:
    owners: dict[str, list[str]] = {}
    for project, submission in submissions.items():
        owners.setdefault(submission.sha256, []).append(project)
    return [
        Finding(
            "BATCH-02",
            Severity.ERROR,
            CellRef(submissions[projects[0]].file_name),
            f"项目{'、'.join(projects)}报送的是同一个文件",
            "每个项目各报一份采集表",
            project=projects[0],
        )
        for sha256, projects in owners.items()
        if sha256 and len(projects) > 1
    ]


LOOKS: tuple[Look, ...] = (
    _not_returned,
    _same_file,
    duplicates.same_figures,
    duplicates.same_texts,
    duplicates.same_evidence,
    duplicates.foreign_names,
    duplicates.cost_is_budget,
    peers.outliers,
    roster_totals.unit_totals,
)

TITLES: Mapping[str, tuple[Severity, str]] = {
    "BATCH-01": (Severity.ERROR, "项目尚未报送采集表"),
    "BATCH-02": (Severity.ERROR, "几个项目报送的是同一个文件"),
    "BATCH-03": (Severity.WARNING, "不同项目填报的金额完全相同"),
    "BATCH-04": (Severity.WARNING, "不同项目填报的大段文字完全相同"),
    "BATCH-05": (Severity.WARNING, "不同项目登记了同一个佐证文件"),
    "BATCH-06": (Severity.WARNING, "自由文字中出现了别的项目的名称"),
    "BATCH-07": (Severity.WARNING, "比率明显偏离其他项目"),
    "BATCH-08": (Severity.WARNING, "责任单位填报的合同金额合计与项目清单不一致"),
    "BATCH-09": (Severity.WARNING, "多数项目的实际成本与预算资金完全相同"),
}
"""For the handbook."""
