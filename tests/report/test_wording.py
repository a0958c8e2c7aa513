"""Ordinals, lists and full stops of report sentences."""

from dataclasses import replace

import pytest

from toolkit.model import CellRef, Disposition, Figure, Finding, GradeBand, Severity
from toolkit.report.wording import (
    Numbering,
    chained,
    in_quotes,
    listed,
    one_line,
    ordinal,
    quoted,
    said,
    say,
    stopped,
    width,
)
from toolkit.text.grades import band_words


@pytest.mark.parametrize(("number", "text"), [(1, "一"), (10, "十"), (12, "十二"), (20, "二十"), (45, "四十五")])
def test_ordinals(number, text):
    assert ordinal(number) == text


def test_names_are_listed_once_and_cut_with_a_word():
    assert quoted(["甲", "乙", "甲"]) == "“甲”“乙”"
    assert quoted(["甲", "乙", "丙"], 2) == "“甲”“乙”等项目"
    assert listed(["甲", "乙"], 1, "单位") == "甲等单位"


def test_names_that_bring_their_own_marks():
    assert quoted(["“赣政通”分厅", "《甲》", "《甲》和《乙》"]) == "“‘赣政通’分厅”“《甲》”“《甲》和《乙》”"
    assert in_quotes("“赣政通”分厅") == "“‘赣政通’分厅”"


def test_a_sentence_keeps_its_figures():
    figure = Figure(None, "汇总!A1", "—")
    assert say("得", say(figure, "分"), "。") == ("得", figure, "分。")
    assert chained([("甲",), (figure,)], "、", "。") == ("甲", "、", figure, "。")
    assert say(figure, "", figure, "", "甲", "", ("乙", figure), "") == (figure, figure, "甲乙", figure)
    assert say("", ()) == ()


def test_one_full_stop_and_one_line():
    assert stopped("已核对；") == stopped("已核对。") == "已核对。"
    assert stopped(" ") == ""
    assert one_line("甲；\n\n乙") == "甲；乙"
    assert one_line(" 甲；; ") == "甲"
    assert one_line("甲\u2028乙\x0b丙") == "甲；乙；丙"
    assert one_line(" ；") == "" == one_line("\n")


def test_a_sentence_is_as_wide_as_its_characters():
    figure = Figure(None, "汇总!A1", "12.5%")
    assert [width(("甲乙",)), width(("甲乙a",)), width(("甲", figure, "分")), width(())] == [2, 3, 5, 0]


def test_captions_count_as_they_are_printed():
    numbers = Numbering()
    assert [str(numbers), f"{numbers}"] == ["1", "2"]


def test_grade_bands_in_words():
    bands = [GradeBand(90, "优"), GradeBand(60, "中"), GradeBand(0, "差")]
    assert band_words(bands) == ["90分（含）以上", "60分（含）至90分", "60分以下"]


def test_codes_of_the_units_own_checks_are_left_out():
    found = Finding("FUND-01", Severity.NOTE, CellRef(), "支付超出12.61万元", cross_check="J02")
    assert said(found) == ("支付超出12.61万元。",)
    waived = replace(found, disposition=Disposition("豁免", "张三", "另有约定", None, Severity.ERROR))
    assert said(waived) == ("支付超出12.61万元（已豁免：张三，另有约定）。",)
