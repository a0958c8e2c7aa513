"""绩效等级＝不分等级: a scheme without bands has scores and no grades, in scheme, score, report and form."""

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.small_scheme import SMALL_SCHEME
from toolkit.model import Severity
from toolkit.report.scores import _graded
from toolkit.scheme import lint_scheme
from toolkit.scheme.grades import NONE, read_grades


def test_no_grades_are_written_as_such() -> None:
    assert read_grades(f" {NONE} ") == ((), ())
    assert read_grades("")[1] == ("没有写任何等级",)


def test_a_total_without_bands_has_no_grade() -> None:
    assert replace(SMALL_SCHEME, grade_bands=()).grade(Decimal(100)) == ""


def test_a_sentence_without_a_grade_ends_with_the_score() -> None:
    assert _graded("绩效等级为", "") == ""
    assert _graded("绩效等级为", "优") == "，绩效等级为“优”"


@pytest.mark.parametrize(
    ("total", "bands", "severity"),
    [
        (100, "优≥54；良≥48；差≥0", None),
        (80, "优≥90；良≥80；中≥60；差≥0", None),
        (80, "优≥72；良≥64；中≥48；差≥0", Severity.ERROR),
        (50, "优≥45；良≥40；中≥30；差≥0", Severity.ERROR),
        (120, "优≥108；良≥96；中≥72；差≥0", Severity.ERROR),
        (95, "优≥90；良≥80；中≥60；差≥0", Severity.WARNING),
        (120, "优≥90；良≥80；中≥60；差≥0", Severity.WARNING),
        (1000, "优≥90；良≥80；中≥60；差≥0", None),
        (1000, "优≥900；良≥800；中≥600；差≥0", Severity.ERROR),
        (1000, "优≥9；良≥8；中≥6；差≥0", Severity.ERROR),
    ],
)
def test_bands_written_in_points_of_another_total_are_told(total: int, bands: str, severity: Severity | None) -> None:
    scheme = replace(SMALL_SCHEME, total_mark=Decimal(total), grade_bands=read_grades(bands)[0])
    found = [finding.severity for finding in lint_scheme(scheme) if finding.code == "SCHEME-48"]
    assert found == ([severity] if severity else [])
