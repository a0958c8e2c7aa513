"""Values in doubt: amounts typed in 元 (READ-50 of a whole form, READ-45 of a cell), days that are not yet (DATE-06).

Until somebody settles the doubt they prove nothing. Scores keep: a rate is the same in 元 and in 万元. Totals, problems
that go by amounts or days, and what follows for a project would be off by 10,000 or by years, so there the values are
missing, and the finding says why.
"""

from collections.abc import Container

from toolkit.checks import IN_DOUBT
from toolkit.model import CellRef, Finding, Scheme, Severity, Submission


def in_doubt(finding: Finding) -> tuple[CellRef, ...]:
    """The cells with such values that a finding still asks about; none where somebody settled it."""
    if finding.code not in IN_DOUBT or finding.severity is Severity.NOTE:
        return ()
    return (finding.at, *finding.related)


def doubtful_fields(scheme: Scheme, submission: Submission, cells: Container[CellRef]) -> frozenset[str]:
    """Keys of the fields, and of the columns of tables, that stand in these cells."""
    slots = {key for key, reading in submission.readings.items() if reading.at in cells}
    return frozenset(field.key for field in scheme.fields if slots & _slots(field.key, field.table, submission))


def _slots(key: str, table: str, submission: Submission) -> set[str]:
    rows = range(1, submission.table_rows.get(table, 0) + 1)
    return {f"{table}_{key}_{row}" for row in rows} if table else {key}
