"""Running checks: every check ends in one of four outcomes, and one that breaks is shown, never swallowed."""

import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from types import MappingProxyType

from toolkit.checks.batch import batch_findings
from toolkit.checks.case import NOT_YET, Case
from toolkit.checks.catalogue import CHECKS
from toolkit.checks.cross import cross_check_findings
from toolkit.checks.declaration import Check
from toolkit.checks.merging import causes_first, without_duplicates
from toolkit.checks.outcome import Outcome, Ran, our_fault
from toolkit.model import Adjustment, CellRef, Finding, Roster, Scheme, Severity, Submission, Treatment

LOG = logging.getLogger(__name__)
_NO_COPIES: Mapping[str, Sequence[str]] = MappingProxyType({})
_LOWERED = {Treatment.WARNING: Severity.WARNING, Treatment.NOTE: Severity.NOTE}


@dataclass(frozen=True, slots=True)
class CheckReport:
    """Findings in list order, and what every check came to."""

    findings: tuple[Finding, ...]
    ran: tuple[Ran, ...]


def check_submission(case: Case, checks: Sequence[Check] = CHECKS) -> CheckReport:
    """Run all checks on one submission; the reading's own notes are findings too."""
    read = [note.for_project(case.project.id) for note in case.submission.notes]
    built_in: list[Finding] = []
    ran: list[Ran] = []
    for check in checks:
        found, end = _run(check, case)
        built_in += found
        ran.append(end)
    cross, ends = cross_check_findings(case)
    told = causes_first(read, without_duplicates(built_in, cross), {**case.told_in_yuan, **_not_yet(case, built_in)})
    findings = adjusted(told, case.scheme.adjustments)
    return CheckReport(tuple(sorted(findings, key=Finding.sort_key)), (*ran, *ends))


def _not_yet(case: Case, findings: Iterable[Finding]) -> dict[CellRef, str]:
    """Cells with days of what cannot have happened yet, but for those that an evaluator found to be right."""
    doubted = (finding for finding in findings if finding.code == NOT_YET)
    return {finding.at: NOT_YET for finding in doubted if (NOT_YET, finding.indicator) not in case.right}


def check_batch(
    scheme: Scheme,
    roster: Roster,
    submissions: Mapping[str, Submission],
    copies: Mapping[str, Sequence[str]] = _NO_COPIES,
) -> CheckReport:
    """Checks over all projects together: who has not returned, what was returned twice, what stands out.

    ``copies``: project id → projects without a return of their own, for which its very file was sent.
    """
    findings = adjusted(batch_findings(scheme, roster, submissions, copies), scheme.adjustments)
    return CheckReport(tuple(sorted(findings, key=Finding.sort_key)), ())


def _run(check: Check, case: Case) -> tuple[list[Finding], Ran]:
    missing = [case.label(key) for key in check.needs if not case.has_value(key)]
    if missing:
        return [], Ran(check.code, Outcome.SKIPPED, f"缺少：{'、'.join(missing)}")
    try:
        found = [check.finding(doubt, case) for doubt in check.look(case)]
    except Exception as fault:  # a broken check is one check's end, shown as our fault
        LOG.exception("check %s broke on %s", check.code, case.submission.file_name)
        name, at = f"检查项{check.code}“{check.title}”", CellRef(case.submission.file_name)
        return [our_fault(name, at, fault, case.project.id)], Ran(check.code, Outcome.BROKE, repr(fault))
    return found, Ran(check.code, Outcome.FOUND if found else Outcome.PASSED)


def adjusted(findings: Iterable[Finding], adjustments: Iterable[Adjustment]) -> list[Finding]:
    """The findings as sheet 核查设置 wants them, applied after all checks; a severity is only ever lowered."""
    rules: dict[str, list[Adjustment]] = {}
    for adjustment in adjustments:
        rules.setdefault(adjustment.code, []).append(adjustment)
    return [kept for found in findings if (kept := _adjusted(found, rules.get(found.code, ()))) is not None]


def _adjusted(found: Finding, rules: Iterable[Adjustment]) -> Finding | None:
    for rule in rules:
        if rule.treatment is Treatment.OFF or (rule.tolerance is not None and _within(found, rule.tolerance)):
            return None
        lowered = _LOWERED.get(rule.treatment)
        if lowered and lowered.rank > found.severity.rank:
            found = replace(found, severity=lowered)
    return found


def _within(found: Finding, tolerance: Decimal) -> bool:
    """A finding that compares two figures; one that does not is never within a tolerance."""
    return found.comparison is not None and abs(found.comparison.difference) <= tolerance
