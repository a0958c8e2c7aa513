"""What ``scheme new`` gives: nothing wrong but what only the consultant can fill in, and every rule kind."""

from toolkit.model import Severity
from toolkit.rules import KINDS
from toolkit.scheme import lint_scheme, read_scheme, starter_workbook


def test_the_starter_has_every_kind_and_asks_for_what_it_cannot_know():
    reading = read_scheme(starter_workbook(), "方案.xlsx")
    assert [(one.code, one.severity, one.at.cell) for one in reading.findings] == [
        ("SCHEME-34", Severity.ERROR, "B4"),
        ("SCHEME-34", Severity.ERROR, "B7"),
        ("SCHEME-34", Severity.ERROR, "B8"),
        ("SCHEME-34", Severity.WARNING, "B13"),
    ]
    assert lint_scheme(reading.scheme) == []
    assert {one.rule_kind for one in reading.scheme.indicators} == set(KINDS)
