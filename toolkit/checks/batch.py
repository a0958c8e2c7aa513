"""Doubts that only all projects together can raise; every one of them in time linear in the number of projects."""

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from statistics import median

from toolkit.checks import duplicates, mixed_up
from toolkit.checks.batch_codes import BATCH_CODES
from toolkit.checks.case import HALF_A_CENT
from toolkit.checks.outcome import our_fault
from toolkit.model import (
    CellRef,
    Content,
    FieldType,
    Finding,
    Form,
    Project,
    Reading,
    Roster,
    Scheme,
    Stated,
    Submission,
)

LOG = logging.getLogger(__name__)
Look = Callable[[Scheme, Roster, Mapping[str, Submission]], list[Finding]]
_ENOUGH_PEERS = 10
_FAR = 8
_CONTRACT = "合同金额"
_LEAST_SPREAD = Decimal("0.05")
"""Rates that agree closely must not make an ordinary 90 % an outlier."""


def batch_findings(
    scheme: Scheme, roster: Roster, submissions: Mapping[str, Submission], copies: Mapping[str, Sequence[str]]
) -> list[Finding]:
    """What is missing, what was returned twice, what stands out among peers, what does not add up to the roster.

    ``copies``: project id → projects without a return of their own, for which its very file was sent.
    """
    found = [finding for look in LOOKS for finding in _found(look, scheme, roster, submissions)]
    return [*found, *_same_file(submissions, copies)]


def _found(look: Look, scheme: Scheme, roster: Roster, submissions: Mapping[str, Submission]) -> list[Finding]:
    """What one look finds; one that breaks is shown, and ends nothing but itself."""
    try:
        return look(scheme, roster, submissions)
    except Exception as fault:
        name = getattr(look, "__name__", "")
        LOG.exception("batch check %s broke", name)
        return [our_fault(f"项目间核查“{name}”", CellRef(), fault)]


def compared_keys(scheme: Scheme) -> frozenset[str]:
    """Answers that are held against those of other projects: nothing else of a return is looked at here."""
    return frozenset((*duplicates.compared_keys(scheme), *_rates(scheme), *mixed_up.names_put_in(scheme), _CONTRACT))


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


def _same_file(submissions: Mapping[str, Submission], copies: Mapping[str, Sequence[str]]) -> Iterator[Finding]:
    """A file is one project's, whatever its names say; said to the project that still has to return its own."""
    for owner, others in copies.items():
        words = {"projects": "、".join((owner, *others))}
        at = CellRef(submissions[owner].file_name)
        yield from (BATCH_CODES["BATCH-02"].finding(at, words, project=project) for project in others)


def outliers(scheme: Scheme, _roster: Roster, submissions: Mapping[str, Submission]) -> list[Finding]:
    """Typed rates more than eight times the median deviation away from the median of at least ten projects."""
    return [finding for key, label in _rates(scheme).items() for finding in _outliers(key, label, submissions)]


def _rates(scheme: Scheme) -> dict[str, str]:
    """Rates that are typed: key → what it is called."""
    rates = (field for field in scheme.fields if field.type is FieldType.RATE and not (field.formula or field.table))
    keys = {rate.key: rate.label for rate in rates}
    return keys | {
        asked.key: f"{indicator.code}{indicator.name}"
        for indicator in scheme.indicators
        for asked in indicator.inputs
        if asked.local == "完成值" and asked.type is FieldType.RATE and not asked.formula
    }


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
        _outlier(submissions[project].readings[key], label, project, rate, middle)
        for project, rate in rates.items()
        if abs(rate - middle) > spread * _FAR
    ]


def _outlier(reading: Reading, label: str, project: str, rate: Decimal, middle: Decimal) -> Finding:
    words: dict[str, Content] = {"label": label, "found": _percent(rate), "middle": _percent(middle)}
    return BATCH_CODES["BATCH-07"].finding(reading.at, words, project=project, indicator=reading.key)


def _percent(fraction: Decimal) -> Stated:
    return Stated(fraction, Form.PERCENT, places=2)


def unit_totals(scheme: Scheme, roster: Roster, submissions: Mapping[str, Submission]) -> list[Finding]:
    """Contract amounts of units with several projects; a single project's difference is FUND-05's to report."""
    found = []
    for unit, projects in roster.units().items():
        pairs = [(project, _reported(submissions.get(project.id)), project.contract_amount) for project in projects]
        known = [(project, said, listed) for project, said, listed in pairs if said is not None and listed is not None]
        differing = [project for project, said, listed in known if abs(said - listed) > HALF_A_CENT]
        said = sum((said for _, said, _ in known), Decimal(0))
        listed = sum((listed for _, _, listed in known), Decimal(0))
        if len(differing) > 1 and abs(said - listed) > HALF_A_CENT:
            found.append(_of_unit(unit, differing, said, listed, scheme.money_unit))
    return found


def _reported(submission: Submission | None) -> Decimal | None:
    value = submission.value(_CONTRACT) if submission else None
    return value if isinstance(value, Decimal) else None


def _of_unit(unit: str, differing: list[Project], said: Decimal, listed: Decimal, money_unit: str) -> Finding:
    words: dict[str, Content] = {
        "unit": unit, "found": Stated(said, Form.GROUPED, places=2), "expected": Stated(listed, Form.GROUPED, places=2),
        "money": money_unit, "projects": "、".join(project.id for project in differing),
    }  # fmt: skip
    return BATCH_CODES["BATCH-08"].finding(CellRef(), words, project=differing[0].id, indicator=_CONTRACT)


LOOKS: tuple[Look, ...] = (
    _not_returned,
    duplicates.same_figures,
    duplicates.same_texts,
    duplicates.same_evidence,
    duplicates.foreign_names,
    duplicates.cost_is_budget,
    outliers,
    unit_totals,
    mixed_up.filled_in_for_each_other,
    mixed_up.named_for_another,
    mixed_up.renamed_to_another,
)
