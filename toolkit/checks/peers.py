"""Rates far from those of all other projects: not wrong by themselves, worth a look."""

from collections.abc import Mapping
from decimal import Decimal
from statistics import median

from toolkit.checks.batch_codes import BATCH_CODES
from toolkit.model import Content, FieldType, Finding, Form, Reading, Roster, Scheme, Stated, Submission

_ENOUGH_PEERS = 10
_FAR = 8
_LEAST_SPREAD = Decimal("0.05")
"""Rates that agree closely must not make an ordinary 90 % an outlier."""


def outliers(scheme: Scheme, _roster: Roster, submissions: Mapping[str, Submission]) -> list[Finding]:
    """Typed rates more than eight times the median deviation away from the median of at least ten projects."""
    rates = (field for field in scheme.fields if field.type is FieldType.RATE and not (field.formula or field.table))
    keys = {rate.key: rate.label for rate in rates}
    keys |= {
        asked.key: f"{indicator.code}{indicator.name}"
        for indicator in scheme.indicators
        for asked in indicator.inputs
        if asked.local == "完成值" and asked.type is FieldType.RATE and not asked.formula
    }
    return [finding for key, label in keys.items() for finding in _outliers(key, label, submissions)]


def _outliers(key: str, label: str, submissions: Mapping[str, Submission]) -> list[Finding]:
    rates = {
        project: rate
        for project, submission in submissions.items()
        if isinstance(rate := submission.value(key), Decimal)
    }
    if len(rates) < _ENOUGH_PEERS:
        return []
    middle = median(rates.values())
    spread = max(median(abs(rate - middle) for rate in rates.values()), _LEAST_SPREAD)
    return [
        _finding(submissions[project].readings[key], label, project, rate, middle)
        for project, rate in rates.items()
        if abs(rate - middle) > spread * _FAR
    ]


def _finding(reading: Reading, label: str, project: str, rate: Decimal, middle: Decimal) -> Finding:
    words: dict[str, Content] = {"label": label, "found": _percent(rate), "middle": _percent(middle)}
    return BATCH_CODES["BATCH-07"].finding(reading.at, words, project=project, indicator=reading.key)


def _percent(fraction: Decimal) -> Stated:
    return Stated(fraction, Form.PERCENT, places=2)
