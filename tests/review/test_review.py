"""The review workbook: what evaluators may decide, and the two-person rule."""

from dataclasses import replace
from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import load_workbook

from tests.small_scheme import ROSTER, SMALL_SCHEME
from toolkit.excel.cell_xml import Cached
from toolkit.excel.md_table import parse_md_workbook
from toolkit.excel.read import read_workbook
from toolkit.excel.sheet_patch import patch_cells
from toolkit.excel.write import tables_to_xlsx
from toolkit.model import ScoredObject, Severity
from toolkit.review import opinion_workbook, read_opinions, review_rows, with_scores
from toolkit.review.columns import HEADINGS
from toolkit.review.double import read_mark
from toolkit.review.verified import UnreadableValueError
from toolkit.scheme import read_scheme, scheme_workbook

RIGHT = ("1", "A102", "扣分", "1.5", "目标值未量化", "绩效目标表", "评价员A", "复核员B")


def read(*rows: tuple[str, ...]):
    return read_opinions(opinion_workbook(rows, SMALL_SCHEME, ROSTER), "评审意见.xlsx", SMALL_SCHEME, ROSTER)


def changed(**cells: str) -> tuple[str, ...]:
    names = ("project", "indicator", "item", "verified", "reason", "evidence", "evaluator", "reviewer")
    return tuple(cells.get(name, value) for name, value in zip(names, RIGHT, strict=True))


def test_a_right_row_is_an_opinion() -> None:
    reading = read(RIGHT)
    (opinion,) = reading.opinions
    assert reading.findings == ()
    assert (opinion.verified, opinion.reviewer, opinion.origin.sheet) == (Decimal("1.5"), "复核员B", "评审意见")


@pytest.mark.parametrize(
    ("row", "code", "words"),
    [
        (changed(project="99"), "REVIEW-01", "没有序号"),
        (changed(indicator="A999"), "REVIEW-02", "没有指标"),
        (changed(item="加分"), "REVIEW-02", "只有：扣分"),
        (changed(reason=""), "REVIEW-03", "缺少“理由”"),
        (changed(evidence=""), "REVIEW-03", "缺少“佐证”"),
        (changed(reviewer=""), "REVIEW-03", "缺少“复核人”"),
        (changed(reviewer="评价员A"), "REVIEW-04", "同一人"),
        (changed(reviewer="评 价 员A"), "REVIEW-04", "同一人"),
        (changed(verified="一点五"), "REVIEW-06", "不是数值"),
        (changed(verified="1.5万元"), "REVIEW-06", "请只写数，不写单位“万元”"),
        (changed(verified="30"), "REVIEW-09", "扣分30分，应在0至指标分值"),
        (changed(verified="-1"), "REVIEW-09", "扣分-1分，应在0至指标分值"),
        (changed(indicator="D201", item="完成值", verified="96.5"), "REVIEW-06", "带百分号"),
        (changed(indicator="C102", item="完成日期", verified="2024-02-30"), "REVIEW-06", "不是存在的日期"),
        (changed(indicator="B102", item="评价等级", verified="优秀"), "REVIEW-06", "不在可选项内"),
    ],
)
def test_a_wrong_row_is_located_and_does_not_count(row: tuple[str, ...], code: str, words: str) -> None:
    reading = read(row)
    assert reading.opinions == ()
    assert [one.code for one in reading.findings] == [code]
    assert words in reading.findings[0].message
    assert reading.findings[0].at.cell


def test_the_same_item_twice_counts_once() -> None:
    reading = read(RIGHT, changed(verified="3"))
    assert [one.verified for one in reading.opinions] == [Decimal("1.5")]
    assert [one.code for one in reading.findings] == ["REVIEW-05"]


@pytest.mark.parametrize(
    ("item", "typed", "value"),
    [
        (("D201", "完成值"), "96.5%", Decimal("0.965")),
        (("C102", "完成日期"), "2024年8月30日", Decimal(45534)),
        (("C101", "完成值"), "不适用", "不适用"),
        (("", "实际支出资金"), "275.5", Decimal("275.5")),
    ],
)
def test_verified_values_come_in_the_houses_units(item: tuple[str, str], typed: str, value: object) -> None:
    reading = read(changed(indicator=item[0], item=item[1], verified=typed))
    assert [one.verified for one in reading.opinions] == [value]


@pytest.mark.parametrize("typed", ["1E+300", "1000000000000000", "-1E+26", "NaN", "1e5", "９" * 400])
def test_a_verified_value_no_cell_can_keep_is_asked_for_again(typed: str) -> None:
    reading = read(changed(indicator="", item="实际支出资金", verified=typed))
    assert not reading.opinions
    assert [one.code for one in reading.findings] == ["REVIEW-06"]


def test_an_empty_review_workbook_asks_for_every_judgement() -> None:
    rows = review_rows(SMALL_SCHEME, ROSTER)
    assert [(row[0], row[1], row[2]) for row in rows] == [(one, "A102", "扣分") for one in ("1", "2", "3")]
    reading = read(*rows)
    (note,) = reading.findings
    assert (note.code, note.severity, note.project, reading.waiting) == ("REVIEW-07", Severity.NOTE, "", 3)


def test_of_an_evaluation_scored_as_a_whole_every_typed_value_is_asked_of_the_evaluators() -> None:
    rows = review_rows(replace(SMALL_SCHEME, scored_object=ScoredObject.WHOLE), ROSTER)
    asked = [
        (indicator.code, each.local) for indicator in SMALL_SCHEME.indicators
        for each in indicator.inputs if not each.formula
    ]  # fmt: skip
    assert [row[:3] for row in rows] == [("整体", *one) for one in asked]
    assert len(asked) > 3


def test_what_evaluators_write_wrong_is_no_mistake_of_a_unit() -> None:
    assert {one.project for one in read(changed(reason=""), changed(item="加分")).findings} == {""}


def test_a_row_says_what_it_is_about_and_offers_what_may_be_chosen() -> None:
    rows = [*review_rows(SMALL_SCHEME, ROSTER), ("2", "B102", "评价等级", "", "", "", "", "")]
    data = opinion_workbook(rows, SMALL_SCHEME, ROSTER)
    sheet = read_workbook(data).sheet("评审意见")
    assert [sheet.value(f"{column}4") for column in "ABCDE"] == [
        1,
        "政务数据共享平台（二期）",
        "A102",
        SMALL_SCHEME.indicator("A102").name,
        SMALL_SCHEME.indicator("A102").full_mark,
    ]
    offered = {area: one for one in sheet.validations for area in one.areas}
    assert offered["I4"].type == "decimal"
    assert (offered["I4"].formula1, Decimal(offered["I4"].formula2)) == ("0", SMALL_SCHEME.indicator("A102").full_mark)
    assert "不适用" in offered["I7"].formula1
    assert "A102" in next(one.formula1 for one in sheet.validations if any(area[:1] == "C" for area in one.areas))


def test_scores_are_put_beside_the_rows_and_nothing_else_is_touched() -> None:
    data = opinion_workbook([RIGHT], SMALL_SCHEME, ROSTER)
    known = {("1", "A102"): ("2.5", "待评定")}
    book = read_workbook(with_scores(data, known))
    assert (book.cell("评审意见", "F4").value, book.cell("评审意见", "G4").value) == (Decimal("2.5"), "待评定")
    assert with_scores(with_scores(data, known), known) == with_scores(data, known)
    assert with_scores(data, {}) == data
    shown = with_scores(data, {("1", "A102"): ("0", "2.50")})
    assert with_scores(shown, {("1", "A102"): ("0", "2.50")}) == shown
    before, after = (read_opinions(one, "x", SMALL_SCHEME, ROSTER).opinions for one in (data, with_scores(data, known)))
    assert before == after


def test_results_of_formulas_a_person_added_are_not_left_as_they_were() -> None:
    book = load_workbook(BytesIO(opinion_workbook([RIGHT], SMALL_SCHEME, ROSTER)))
    book["评审意见"]["P4"] = "=F4*2"
    stream = BytesIO()
    book.save(stream)
    data = patch_cells(stream.getvalue(), {("评审意见", "P4"): Cached(Decimal(1))})
    cell = read_workbook(with_scores(data, {("1", "A102"): ("2.5", "2.5")})).cell("评审意见", "P4")
    assert (cell.formula, cell.cached) == ("=F4*2", False), "no program shows twice the score that was there before"


def test_a_workbook_of_the_first_version_is_read_and_left_alone() -> None:
    old = tables_to_xlsx({"评审意见": [HEADINGS, RIGHT]})
    assert len(read_opinions(old, "x", SMALL_SCHEME, ROSTER).opinions) == 1
    assert with_scores(old, {("1", "A102"): ("2.5", "2.5")}) == old


def test_nothing_is_asked_where_the_indicator_does_not_apply() -> None:
    indicators = tuple(
        replace(one, applies_when='=责任单位="市数据局"') if one.code == "A102" else one
        for one in SMALL_SCHEME.indicators
    )
    rows = review_rows(replace(SMALL_SCHEME, indicators=indicators), ROSTER)
    assert [row[0] for row in rows] == ["1"]


@pytest.mark.parametrize(("marks", "reason", "codes"), [("1.5", "一处不全", []), ("9", "目标较好", ["REVIEW-14"])])
def test_more_than_half_taken_off_without_a_word_is_asked_about(marks: str, reason: str, codes: list[str]) -> None:
    """The indicator has 10 marks: 9 in the column of what is taken off may be meant as 9 earned. It counts as typed."""
    reading = read(changed(verified=marks, reason=reason))
    assert [one.code for one in reading.findings] == codes
    assert [one.verified for one in reading.opinions] == [Decimal(marks)]
    assert not read(changed(verified=marks, reason="材料缺失，扣9分")).findings


JUDGED = """
## 方案
| 项目 | 内容 |
|---|---|
| 评价名称 | 小评价 |
| 评价年度 | 2024 |
| 报送截止日 | 2024-12-20 |
| 产出效益最低占比 | 0% |

## 指标
| 编号 | 一级指标 | 三级指标 | 分值 | 评分规则 | 规则参数 |
|---|---|---|---|---|---|
| C1 | 产出 | 培训人数 | 2 | 目标比率 | 目标=40000；单位=人；由评价人评定=是 |
| D1 | 效益 | 社会效益 | 98 | 三档定性 | 由评价人评定=是 |
"""


@pytest.mark.parametrize(
    ("code", "given", "told"),
    [
        ("C1", "46949", ""),
        ("D1", "100%", ""),
        ("D1", "0%", ""),
        ("D1", "120%", "达成程度120%，应在0%至100%之间"),
        ("D1", "-5%", "达成程度-5%，应在0%至100%之间"),
    ],
)
def test_only_marks_and_degrees_have_bounds_not_every_number_that_evaluators_judge(
    code: str, given: str, told: str
) -> None:
    scheme = read_scheme(scheme_workbook(parse_md_workbook(JUDGED)), "方案.xlsx").scheme
    assert scheme is not None
    row = ("1", code, "完成值", given, "查看签到册", "E07", "甲", "乙")
    reading = read_opinions(opinion_workbook([row], scheme, ROSTER), "评审意见.xlsx", scheme, ROSTER)
    assert [one.message for one in reading.findings] == ([told] if told else [])
    assert [one.code for one in reading.findings] == (["REVIEW-09"] if told else [])
    assert len(reading.opinions) == (not told)
    if told:
        with pytest.raises(UnreadableValueError, match="超出范围（0%至100%）"):
            read_mark(scheme, ("1", code, "完成值"), None, given)
    else:
        assert read_mark(scheme, ("1", code, "完成值"), None, given) == reading.opinions[0].verified
