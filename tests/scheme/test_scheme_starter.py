"""What ``scheme new`` gives: a scheme that reads without a finding and shows every rule kind."""

from toolkit.rules import KINDS
from toolkit.scheme import lint_scheme, read_scheme, starter_workbook


def test_the_starter_has_nothing_wrong_and_every_kind():
    reading = read_scheme(starter_workbook(), "方案.xlsx")
    assert reading.findings == ()
    assert lint_scheme(reading.scheme) == []
    assert {one.rule_kind for one in reading.scheme.indicators} == set(KINDS)
