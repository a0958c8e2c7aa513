"""The evaluation's own settings of checks (sheet 核查设置), applied after all checks have run."""

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from toolkit.model import Adjustment, Finding, Severity, Treatment

_LOWERED = {Treatment.WARNING: Severity.WARNING, Treatment.NOTE: Severity.NOTE}


def adjusted(findings: Iterable[Finding], adjustments: Iterable[Adjustment]) -> list[Finding]:
    """The findings as the evaluation wants them; a severity is only ever lowered."""
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
