"""The scheme as a table, and one indicator with its score curve."""

from decimal import Decimal

from small_workbook import read

from toolkit.scheme import TABLE_HEADINGS, explain_indicator, indicator_table

SCHEME = read().scheme


def test_the_table_has_a_row_for_every_indicator():
    table = indicator_table(SCHEME)
    assert [row[0] for row in table] == ["A101", "B101", "C101", "D101", "D201"]
    assert {len(row) for row in table} == {len(TABLE_HEADINGS)}
    assert table[1][4:6] == ("5", "百分点扣分")


def test_the_curve_of_a_rate_and_of_a_number():
    rate = {one.shown: one.score for one in explain_indicator(SCHEME.indicator("B101")).curve}
    assert (rate["100%"], rate["90%"], rate["80%"], rate["150%"]) == (5, Decimal("2.5"), 0, 4)
    time = {one.shown: one.score for one in explain_indicator(SCHEME.indicator("C101")).curve}
    assert (time["3"], time["5"], time["10"]) == (3, Decimal("1.8"), 0)


def test_a_choice_shows_every_answer():
    explanation = explain_indicator(SCHEME.indicator("A101"))
    assert [(one.shown, one.score) for one in explanation.curve] == [("符合", 2), ("不符合", 1)]
    assert "未符合：要点1“有批复”" in explanation.curve[1].because
