"""The scheme as a table, and one indicator with its score curve."""

from dataclasses import replace
from decimal import Decimal

from small_workbook import read

from toolkit.scheme import TABLE_HEADINGS, explain_indicator, indicator_table, read_scheme, starter_workbook

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
    assert (time["3秒"], time["5秒"], time["10秒"]) == (3, Decimal("1.8"), 0)


def test_several_checkpoints_are_met_one_after_the_other():
    curve = explain_indicator(SCHEME.indicator("A101")).curve
    assert [(one.shown, one.score) for one in curve] == [("全部符合", 2), ("前1项符合", 1), ("全部不符合", 0)]
    assert "未符合：要点2“经评审”" in curve[1].because


def test_a_survey_is_shared_out_between_the_best_and_the_worst_answer():
    curve = {one.shown: one.score for one in explain_indicator(SCHEME.indicator("D201")).curve}
    assert (curve["很满意90，很不满意10"], curve["很满意40，很不满意60"]) == (5, Decimal("2.22"))


def test_every_kind_of_rule_has_a_curve_that_moves():
    starter = read_scheme(starter_workbook(), "方案.xlsx").scheme
    for indicator in starter.indicators:
        curve = explain_indicator(indicator).curve
        assert len({one.score for one in curve}) > 1, indicator.rule_kind
        assert all(0 <= one.score <= indicator.full_mark for one in curve)
        assert len({one.shown for one in curve}) == len(curve)


def test_a_deadline_that_never_comes_has_a_curve():
    """9999-12-31 is written where there is no last day; after it there is none to try."""
    starter = read_scheme(starter_workbook(), "方案.xlsx").scheme
    own = next(one for one in starter.indicators if one.rule_kind == "date_window")
    endless = replace(own, rule_parameters=(("止", "9999-12-31"), ("完成日期", "终验日期")))
    days = [one.shown for one in explain_indicator(endless).curve]
    assert days == ["9999年12月30日", "9999年12月31日"]
