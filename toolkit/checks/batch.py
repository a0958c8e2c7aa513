"""Doubts that only all projects together can raise; every one of them in time linear in the number of projects."""

import logging
from collections.abc import Callable, Mapping

from toolkit.checks import duplicates, peers, roster_totals
from toolkit.checks.batch_codes import BATCH_CODES
from toolkit.checks.outcome import our_fault
from toolkit.model import CellRef, Finding, Roster, Scheme, Submission

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
        BATCH_CODES["BATCH-01"].finding(
            CellRef(),
            {
                "project": project.id,
                "name": project.name,
                "unit": project.unit,
                "found": "未报送",
                "expected": f"《{scheme.title}》采集表一份",
            },
            project=project.id,
        )
        for project in roster.projects
        if project.id not in submissions
    ]


def _same_file(_scheme: Scheme, _roster: Roster, submissions: Mapping[str, Submission]) -> list[Finding]:
    owners: dict[str, list[str]] = {}
    for project, submission in submissions.items():
        owners.setdefault(submission.sha256, []).append(project)
    return [
        BATCH_CODES["BATCH-02"].finding(
            CellRef(submissions[projects[0]].file_name), {"projects": "、".join(projects)}, project=projects[0]
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
