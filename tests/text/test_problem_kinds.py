"""Every code a unit can be told about belongs to a kind of problem with advice of its own."""

import pytest

from tests.small_scheme import SMALL_SCHEME
from toolkit.model import CellRef, Finding, Severity
from toolkit.pipeline.codes import codes_about_units
from toolkit.text.problem_kinds import KINDS, OTHER, kind_of

CODES = sorted(codes_about_units() - {"BROKE-00"})


def found(code: str, severity: Severity = Severity.WARNING) -> Finding:
    return Finding(code, severity, CellRef("采集表.xlsx", "资金情况", "C9"), "有疑点", "核对")


@pytest.mark.parametrize("code", CODES)
def test_no_code_of_a_unit_is_among_the_others(code):
    assert kind_of(found(code), SMALL_SCHEME) not in (None, OTHER)


def test_notes_and_the_evaluators_own_mistakes_are_no_units_problem():
    assert kind_of(found("FUND-01", Severity.NOTE), SMALL_SCHEME) is None
    assert kind_of(found("SCHEME-04"), SMALL_SCHEME) is None


def test_a_cross_check_of_the_scheme_is_one_whatever_its_code():
    assert {kind_of(found(one.code), SMALL_SCHEME).name for one in SMALL_SCHEME.cross_checks} == {"勾稽不符"}
    assert len({one.name for one in KINDS}) == len(KINDS)
