"""Amounts of a form that was filled in in 元 throughout (READ-50): until somebody corrects them they are no amounts.

Scores keep: a rate is the same in 元 and in 万元. Totals, problems that go by amounts, and what follows for a project
would be off by 10,000, so there the amounts are missing, and the finding says why.
"""

from toolkit.model import Finding, Scheme, Severity, Submission

IN_YUAN = "READ-50"
"""Code of the finding."""


def is_open(finding: Finding) -> bool:
    """Whether the finding still asks for something: nobody has settled it."""
    return finding.severity is Severity.ERROR


def amounts_in_yuan(scheme: Scheme, submission: Submission) -> frozenset[str]:
    """Keys of the fields, and of the columns of tables, that the finding is about."""
    cells = {at for note in submission.notes if note.code == IN_YUAN for at in (note.at, *note.related)}
    slots = {key for key, reading in submission.readings.items() if reading.at in cells}
    return frozenset(field.key for field in scheme.fields if slots & _slots(field.key, field.table, submission))


def _slots(key: str, table: str, submission: Submission) -> set[str]:
    rows = range(1, submission.table_rows.get(table, 0) + 1)
    return {f"{table}_{key}_{row}" for row in rows} if table else {key}
