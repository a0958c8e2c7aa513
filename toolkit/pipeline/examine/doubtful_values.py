"""Values in doubt: amounts in 元 (READ-50 of a whole form, READ-45) or far off (MAGN-01), days not yet come (DATE-06).

Until somebody settles the doubt they prove nothing. Totals, problems that go by amounts or days, and what follows for a
project would be off by 10,000 or by years, so there the values are missing, and the finding says why. A score waits
where it would be another one if the doubt is right (ADR 0071).
"""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from types import MappingProxyType

from toolkit.checks import FAR_OFF, IN_DOUBT, IN_YUAN
from toolkit.model import CellRef, Finding, Reading, ReadState, Scheme, Severity, Submission

_PER_WAN = Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class Doubted:
    """A cell with a value in doubt, and what the value times which is meant; None where nobody can know."""

    at: CellRef
    factor: Decimal | None


def in_doubt(finding: Finding) -> tuple[CellRef, ...]:
    """The cells with such values that a finding still asks about; none where somebody settled it."""
    if finding.code not in IN_DOUBT or finding.severity is Severity.NOTE:
        return ()
    return (finding.at, *finding.related)


def doubted(findings: Iterable[Finding]) -> dict[str, tuple[Doubted, ...]]:
    """The doubted cells that scores may rest on, by project id."""
    found: dict[str, tuple[Doubted, ...]] = {}
    for finding in findings:
        if cells := tuple(Doubted(at, _factor(finding)) for at in in_doubt(finding)):
            found[finding.project] = (*found.get(finding.project, ()), *cells)
    return found


def _factor(finding: Finding) -> Decimal | None:
    if finding.code in IN_YUAN:
        return _PER_WAN
    compared = finding.comparison if finding.code == FAR_OFF else None
    return compared.expected / compared.found if compared and compared.found else None


def as_meant(submission: Submission, cells: Iterable[Doubted]) -> Submission:
    """The return as it would be if every doubt about it is right."""
    factors = {cell.at: cell.factor for cell in cells}
    readings = {
        key: _meant(reading, factors[reading.at]) if reading.at in factors else reading
        for key, reading in submission.readings.items()
    }
    return replace(submission, readings=MappingProxyType(readings))


def returns_as_meant(counting: Mapping[str, Submission], findings: Iterable[Finding]) -> dict[str, Submission]:
    """The returns about which there is a doubt, by project id, as they would be if every doubt is right."""
    return {
        project: as_meant(counting[project], cells)
        for project, cells in doubted(findings).items()
        if project in counting
    }


def _meant(reading: Reading, factor: Decimal | None) -> Reading:
    if factor is None:
        return replace(reading, state=ReadState.BLANK, value=None)
    return replace(reading, value=reading.value * factor) if isinstance(reading.value, Decimal) else reading


def doubtful_fields(scheme: Scheme, submission: Submission, cells: Container[CellRef]) -> frozenset[str]:
    """Keys of the fields, and of the columns of tables, that stand in these cells."""
    slots = {key for key, reading in submission.readings.items() if reading.at in cells}
    return frozenset(field.key for field in scheme.fields if slots & _slots(field.key, field.table, submission))


def _slots(key: str, table: str, submission: Submission) -> set[str]:
    rows = range(1, submission.table_rows.get(table, 0) + 1)
    return {f"{table}_{key}_{row}" for row in rows} if table else {key}
