"""绩效等级＝不分等级: a scheme without bands has scores and no grades, in scheme, score, report and form."""

from dataclasses import replace
from decimal import Decimal

from tests.small_scheme import SMALL_SCHEME
from toolkit.report.scores import _graded
from toolkit.scheme.grades import NONE, read_grades


def test_no_grades_are_written_as_such() -> None:
    assert read_grades(f" {NONE} ") == ((), ())
    assert read_grades("")[1] == ("没有写任何等级",)


def test_a_total_without_bands_has_no_grade() -> None:
    assert replace(SMALL_SCHEME, grade_bands=()).grade(Decimal(100)) == ""


def test_a_sentence_without_a_grade_ends_with_the_score() -> None:
    assert _graded("绩效等级为", "") == ""
    assert _graded("绩效等级为", "优") == "，绩效等级为“优”"
