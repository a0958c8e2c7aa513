"""Running checks: every check ends in one of four outcomes, and one that breaks is shown, never swallowed."""

import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from types import MappingProxyType

from toolkit.checks.batch import batch_findings
from toolkit.checks.case import FAR_OFF, HALF_A_CENT, NOT_AS_LISTED, NOT_YET, Case
from toolkit.checks.catalogue import CHECKS
from toolkit.checks.cross import cross_check_findings
from toolkit.checks.declaration import Check
from toolkit.checks.merging import causes_first, consequences_as_notes, without_duplicates
from toolkit.checks.outcome import Outcome, Ran, our_fault
from toolkit.model import Adjustment, CellRef, Finding, Roster, Scheme, Severity, Submission, Treatment

LOG = logging.getLogger(__name__)
_NO_COPIES: Mapping[str, Sequence[str]] = MappingProxyType({})
_ABOVE_CONTRACT = ("FUND-01", "FUND-04")
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
    every = without_duplicates(built_in, cross)
    in_doubt = {**_lowered_contract(case, every), **case.unread_columns, **case.told_in_yuan, **_doubted(case, every)}
    told = causes_first(read, every, in_doubt)
    findings = adjusted(consequences_as_notes(told), case.scheme.adjustments)
    return CheckReport(tuple(sorted(findings, key=Finding.sort_key)), (*ran, *ends))


def _doubted(case: Case, findings: Iterable[Finding]) -> dict[CellRef, str]:
    """Cells with days that had not come and amounts far off, but for those that an evaluator found to be right."""
    doubts = (finding for finding in findings if finding.code in (NOT_YET, FAR_OFF))
    return {finding.at: finding.code for finding in doubts if (finding.code, finding.indicator) not in case.right}


def _lowered_contract(case: Case, findings: Iterable[Finding]) -> dict[CellRef, str]:
    """The contract's cell where the roster knows a larger amount, within which all lies that is told to be above it.

    What is above the roster's amount too does not follow from what the unit typed over it.
    """
    reported, listed = case.number("合同金额"), case.project.contract_amount
    if reported is None or listed is None or reported >= listed or (NOT_AS_LISTED, "合同金额") in case.right:
        return {}
    at = case.at("合同金额")
    above = [finding.comparison for finding in findings if finding.code in _ABOVE_CONTRACT and at in finding.related]
    within = above and all(compared and compared.found <= listed + HALF_A_CENT for compared in above)
    return {at: NOT_AS_LISTED} if within else {}


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
