"""A right scheme workbook becomes a Scheme, whatever the sheets' order, titles and extra columns."""

from datetime import date
from decimal import Decimal

import pytest
from openpyxl import load_workbook
from small_workbook import TEXT, read

from toolkit.excel.md_table import md_to_xlsx, parse_md_workbook
from toolkit.model import FieldType, NotApplicable, ScoredObject, Severity
from toolkit.scheme import lint_scheme, read_scheme, scheme_workbook


@pytest.fixture(scope="module")
def scheme():
    reading = read()
    assert reading.findings == ()
    return reading.scheme


def test_nothing_to_say_about_a_right_scheme(scheme):
    assert lint_scheme(scheme) == []


def test_settings_with_their_defaults(scheme):
    assert (scheme.title, scheme.year, scheme.client) == ("某市2024年度数字政府项目绩效评价", 2024, "某市大数据局")
    assert (scheme.period_start, scheme.period_end, scheme.cutoff) == (
        date(2023, 10, 1),
        date(2024, 9, 30),
        date(2024, 9, 30),
    )
    days = scheme.timetable
    assert (days.issued, days.due, days.corrections_due) == (date(2024, 11, 20), date(2024, 12, 20), None)
    assert days.reported == date(2025, 5, 30)
    assert (scheme.money_unit, scheme.total_mark, scheme.score_places) == ("万元", Decimal(20), 2)
    assert (scheme.not_applicable, scheme.scored_object) == (NotApplicable.RENORMALISE, ScoredObject.PROJECT)
    assert scheme.round_before_grading is None
    assert dict(scheme.table_rows) == {"支付明细": 6}
    assert scheme.settings["整体核查单位"] == "某市大数据局"
    assert len(scheme.sha256) == 64


def test_fields(scheme):
    amount, rate = scheme.field("合同金额"), scheme.field("预算执行率")
    assert (amount.type, amount.unit, amount.required, amount.prefill) == (FieldType.AMOUNT, "万元", True, "合同金额")
    assert (amount.label, amount.aliases) == ("合同金额", ("合同价", "中标价"))
    assert (amount.origin.sheet, amount.origin.cell) == ("字段", "A5")
    assert rate.formula.startswith("=IF(N(实际到位资金)=0")
    assert rate.unit == "%"
    assert [one.key for one in scheme.tables()["支付明细"]] == ["支付金额"]


def test_indicators_are_bound_to_their_own_cells(scheme):
    indicator = scheme.indicator("B101")
    assert indicator.rule_kind == "point_deduct_overshoot"
    assert "完成值_B101" in indicator.bound_formula
    assert "分值_B101" in indicator.bound_formula
    assert "完成值_B101" not in indicator.formula
    (value,) = indicator.inputs
    assert (value.local, value.key, value.formula) == ("完成值", "完成值_B101", "=预算执行率")
    assert "每低1个百分点扣分值的5%" in indicator.standard
    assert indicator.evidence == ("E02",)
    assert scheme.indicator("C101").applies_when == '=项目类型="新建"'
    assert [one.key for one in scheme.indicator("A101").inputs] == ["要点1_A101", "要点2_A101"]


@pytest.mark.parametrize(
    ("total", "grade"),
    [("18", "优"), ("17.998", "良"), ("16", "良"), ("15.998", "中"), ("11.999", "差"), ("12", "中"), ("0", "差")],
)
def test_grades_on_the_scale_of_a_hundred(scheme, total, grade):
    assert scheme.grade(Decimal(total)) == grade


def test_checks_choices_and_evidence(scheme):
    assert [(one.code, one.severity) for one in scheme.cross_checks] == [
        ("J01", Severity.ERROR),
        ("J02", Severity.WARNING),
    ]
    assert scheme.choices["采购方式"] == ("公开招标", "单一来源")
    assert [(one.code, one.required) for one in scheme.evidence] == [("E01", True), ("E02", False)]


def test_plain_workbook_without_titles_reads_the_same(scheme):
    plain = read_scheme(md_to_xlsx(TEXT), "方案.xlsx")
    assert plain.findings == ()
    assert [one.bound_formula for one in plain.scheme.indicators] == [one.bound_formula for one in scheme.indicators]


def test_headings_under_other_names(scheme):
    text = TEXT.replace(
        "| 编号 | 一级指标 | 二级指标 | 三级指标 | 分值 |", "| 指标编号 | 一级 | 二级 | 指标名称 | 权重 |"
    )
    reading = read(text)
    assert reading.findings == ()
    assert [one.name for one in reading.scheme.indicators] == [one.name for one in scheme.indicators]


def test_merged_levels_are_repeated_down():
    text = TEXT.replace("| D201 | 效益 | 满意度 |", "| D201 | | |")
    indicator = read(text).scheme.indicator("D201")
    assert (indicator.dimension, indicator.group) == ("效益", "社会效益")


def test_a_formula_typed_as_formula_counts_as_its_text(tmp_path):
    path = tmp_path / "方案.xlsx"
    path.write_bytes(scheme_workbook(parse_md_workbook(TEXT)))
    book = load_workbook(path)
    book["勾稽"]["B4"] = "=实际支出资金<=实际到位资金"
    assert book["勾稽"]["B4"].data_type == "f"
    book.save(path)
    assert read_scheme(path.read_bytes(), "方案.xlsx").scheme.cross_checks[0].formula == "=实际支出资金<=实际到位资金"


def test_text_of_a_cell_never_becomes_a_formula(tmp_path):
    text = TEXT.replace("支出大于到位", "=cmd|' /C calc'!A0").replace("核对凭证", "＝1+1")
    path = tmp_path / "方案.xlsx"
    path.write_bytes(scheme_workbook(parse_md_workbook(text.replace("=cmd|", "=cmd\\|"))))
    sheet = load_workbook(path)["勾稽"]
    assert [sheet[cell].data_type for cell in ("B4", "D4", "E4")] == ["s", "s", "s"]
    assert sheet["D4"].quotePrefix


def test_written_workbooks_are_the_same_bytes_every_time():
    tables = parse_md_workbook(TEXT)
    assert scheme_workbook(tables) == scheme_workbook(tables)
