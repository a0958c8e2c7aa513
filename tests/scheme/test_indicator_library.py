"""指标库: sound in every row, and whatever is picked makes a scheme that nothing is wrong with."""

from dataclasses import replace
from decimal import Decimal

import pytest

from toolkit.excel.write import with_added_rows, with_cells
from toolkit.resources import indicator_library_path
from toolkit.scheme import Pick, choose, lint_scheme, picked_workbook, read_library, read_scheme, suiting
from toolkit.scheme.indicator_library import INDICATORS, KIND, USUAL
from toolkit.text.laws import citations

NAMED = {"评价名称": "甲市绩效评价", "委托单位": "甲局", "评价机构": "乙所", "联系电话": "0513", "评价年度": "2026"}


@pytest.fixture(scope="module")
def library():
    return read_library(indicator_library_path().read_bytes(), "指标库.xlsx").library


@pytest.fixture(scope="module")
def whole(library):
    """A scheme of every indicator there is: what is sound here is sound in any choice."""
    codes = tuple(indicator.code for indicator in library.indicators)
    chosen = choose(library, Pick(codes=codes))
    return chosen, read_scheme(picked_workbook(library, chosen, NAMED), "方案.xlsx")


def test_every_row_is_complete(library) -> None:
    assert len(library.indicators) >= 60
    assert set(library.kinds) == {"共性", "建设类", "运维类", "服务采购类"}
    needed = ("指标解释", "佐证", "依据", "目标值")
    gaps = [(each.code, name) for each in library.indicators for name in needed if not each.cells[name]]
    assert gaps == []
    assert [each.code for each in library.indicators if not each.problems] == []


def test_every_source_is_in_the_table_of_regulations_and_in_force(library) -> None:
    for each in library.indicators:
        cited = list(citations(each.cells["依据"]))
        assert cited, each.code
        assert all(found.law and found.law.in_force for found in cited), each.code


def test_every_rule_and_field_of_the_library_reads_without_a_finding(whole) -> None:
    _, reading = whole
    assert [(one.code, one.message) for one in (*reading.findings, *lint_scheme(reading.scheme))] == []
    assert len(reading.scheme.indicators) >= 60


def test_every_problem_named_is_switched_on_and_speaks_of_its_indicator(whole) -> None:
    chosen, reading = whole
    on = {row.code: row.indicator for row in reading.scheme.problems}
    missing = [(each.indicator.code, key) for each in chosen for key in each.indicator.problems if key not in on]
    assert missing == []
    shared = {"P04", "H06", "P06"}  # one row for a general indicator and the special one in its place
    wrong = [(each.code, key) for each in chosen for key in each.indicator.problems if on[key] != each.code]
    assert [pair for pair in wrong if pair[1] not in shared] == []


@pytest.mark.parametrize("kind", ["共性", "建设类", "运维类", "服务采购类"])
def test_special_indicators_take_the_place_of_general_ones(library, kind: str) -> None:
    chosen = choose(library, Pick(kind=kind))
    assert sum(each.mark for each in chosen) == 100
    assert all(each.mark % Decimal("0.5") == 0 for each in chosen)
    codes = {each.indicator.code for each in chosen}
    replaced = {old for each in chosen for old in each.indicator.instead_of}
    assert not codes & replaced
    assert all(kind in each.indicator.kinds or "共性" in each.indicator.kinds for each in chosen)
    assert ("C01" in codes) == (kind == "共性")


def test_marks_that_are_named_stay_and_the_rest_is_shared(library) -> None:
    marks = {"决策": Decimal(12), "B02": Decimal("5.3"), "D05": Decimal(10)}
    chosen = choose(library, Pick(kind="共性", without=("A06",), codes=("D03",), marks=marks))
    by_code = {each.indicator.code: each.mark for each in chosen}
    assert by_code["B02"] == Decimal("5.3")
    assert by_code["D05"] == 10
    assert "A06" not in by_code
    assert "D03" in by_code
    assert sum(mark for code, mark in by_code.items() if code[0] == "A") == 12
    assert sum(by_code.values()) == 100


@pytest.mark.parametrize(
    ("pick", "words"),
    [
        (Pick(codes=("Z9",)), "没有编号Z9"),
        (Pick(kind="建造类"), "可用的有：共性"),
        (Pick(dimension="结果"), "没有一级指标"),
        (Pick(kind="共性", marks={"乙": Decimal(3)}), "分值写给了“乙”"),
        (Pick(codes=("A01", "B02"), marks={"A01": Decimal(3), "B02": Decimal(5)}), "合计8分，不是总分100分"),
        (Pick(kind="共性", marks={"A01": Decimal(99)}), "不够分给"),
        (Pick(codes=("A01",), marks={"A01": Decimal(3), "决策": Decimal(100)}), "写明100分"),
        (Pick(words="没有这样的词"), "没有选中任何指标"),
    ],
)
def test_what_cannot_be_is_said(library, pick: Pick, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        choose(library, pick)


def test_words_look_into_names_explanations_and_sources(library) -> None:
    assert [each.code for each in suiting(library, Pick(words="密码"))] == ["C22"]
    assert {each.dimension for each in suiting(library, Pick(dimension="产出"))} == {"产出"}


def test_mistakes_of_a_library_are_told_with_their_cells() -> None:
    data = with_cells(
        indicator_library_path().read_bytes(), "指标", {"A5": "A01", "H6": "没有的规则", "G7": "三", "D8": None}
    )
    reading = read_library(data, "我的.xlsx")
    assert reading.library is None
    assert {(one.code, one.at.cell) for one in reading.findings} == {
        ("SCHEME-03", "A4"), ("SCHEME-03", "A5"), ("SCHEME-05", "H6"), ("SCHEME-02", "G7"), ("SCHEME-01", "D8"),
    }  # fmt: skip
    assert all(one.at.workbook == "我的.xlsx" for one in reading.findings)


def test_a_row_added_to_the_workbook_is_an_indicator_more(library) -> None:
    headings = ["编号", "一级指标", "二级指标", "三级指标", KIND, USUAL, "评分规则", "规则参数"]
    row = ["X01", "产出", "产出数量", "自助终端覆盖率", "建设类", "2", "比率计分", ""]
    data = with_added_rows(indicator_library_path().read_bytes(), INDICATORS, headings, [row])
    own = read_library(data, "我的.xlsx").library
    assert len(own.indicators) == len(library.indicators) + 1
    assert "自助终端覆盖率" in {each.indicator.name for each in choose(own, Pick(kind="建设类"))}


def test_a_source_out_of_force_is_told_once_with_what_replaces_it(library) -> None:
    data = picked_workbook(library, choose(library, Pick(kind="共性")), NAMED)
    scheme = read_scheme(data, "方案.xlsx").scheme

    old = tuple(
        replace(one, source="《财政支出绩效评价管理暂行办法》（财预〔2011〕285号）") for one in scheme.indicators
    )
    (found,) = [one for one in lint_scheme(replace(scheme, indicators=old)) if one.code == "SCHEME-41"]
    assert "已废止" in found.message
    assert "财预〔2020〕10号" in found.hint
