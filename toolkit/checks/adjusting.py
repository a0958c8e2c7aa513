"""The evaluation's own settings of checks (sheet 核查设置), applied after all checks have run."""

import re
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from toolkit.model import Adjustment, Finding, Severity, Treatment

_LOWERED = {Treatment.WARNING: Severity.WARNING, Treatment.NOTE: Severity.NOTE}
_NUMBER = re.compile(r"-?\d[\d,]*(?:\.\d+)?(%?)")


def adjusted(findings: Iterable[Finding], adjustments: Iterable[Adjustment]) -> list[Finding]:
    """The findings as the evaluation wants them; a severity is only ever lowered."""
    rules: dict[str, list[Adjustment]] = {}
    for one in adjustments:
        rules.setdefault(one.code, []).append(one)
    return [kept for one in findings if (kept := _adjusted(one, rules.get(one.code, ()))) is not None]


def _adjusted(one: Finding, rules: Iterable[Adjustment]) -> Finding | None:
    for rule in rules:
        if rule.treatment is Treatment.OFF or (rule.tolerance is not None and _within(one, rule.tolerance)):
            return None
        lowered = _LOWERED.get(rule.treatment)
        if lowered and lowered.rank > one.severity.rank:
            one = replace(one, severity=lowered)
    return one


def _within(one: Finding, tolerance: Decimal) -> bool:
    """A finding that compares two figures; one that does not is never within a tolerance."""
    found, expected = _figure(one.found), _figure(one.expected)
    return found is not None and expected is not None and abs(found - expected) <= tolerance


def _figure(text: str) -> Decimal | None:
    match = _NUMBER.search(text)
    if match is None:
        return None
    number = Decimal(match[0].rstrip("%").replace(",", ""))
    return number / 100 if match[1] else number
