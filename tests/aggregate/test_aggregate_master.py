"""The master workbook: live formulas whose results are the scores, figures that know their cell, nothing invented."""

import io
import os
import re
from dataclasses import replace
from decimal import Decimal
from functools import partial
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.aggregate.plans import ANSWERS, FINDINGS, FUNDS, D, large_plan, sheet, small_plan, submission, whole_plan
from tests.small_scheme import PROJECTS, ROSTER, SMALL_SCHEME
from toolkit.aggregate import MasterPlan, begin_lines, build_master, read_master
from toolkit.aggregate.drawn import Drawn
from toolkit.aggregate.figures import master_figures
from toolkit.aggregate.layout import layout
from toolkit.aggregate.master import draw, refuse_beyond_a_sheet
from toolkit.aggregate.summary_rows import grade_formula
from toolkit.errors import SchemeError
from toolkit.excel import new_book_long
from toolkit.excel.addresses import parse_cell
from toolkit.excel.book import Book
from toolkit.excel.calculation import Calculation
from toolkit.excel.new_book import NewCell
from toolkit.excel.new_book_writer import write_book
from toolkit.excel.read import read_workbook
from toolkit.formula import evaluate
from toolkit.formula.fields import field_values
from toolkit.model import Field, FieldType, Figure, GradeBand, MasterFigures, NotApplicable, Roster, Value
from toolkit.text import round_half_up

SHEETS = [
    *("汇总", "图表", "指标得分", "指标得分率", "资金核查", "单位汇总", "问题汇总", "问题明细", "结果应用"),
    *("自评复核", "分组对比", "采集数据", "问题清单", "数据来源"),
]

LONG = ("指标得分", "问题清单")


def never_calculated(data: bytes) -> Book:
    """The workbook as openpyxl would have saved it: formulas without results."""
    book = read_workbook(data)
    return replace(
        book,
        sheets=tuple(
            replace(one, cells={at: _bare(cell) for at, cell in one.cells.items()}) for one in book.sheets
        ),
    )  # fmt: skip


def _bare(cell):
    return cell if cell.formula is None else cell._replace(value=None, cached=False)


def wrong_results(plan: MasterPlan) -> list[tuple[str, NewCell, Value]]:
    """Cells whose formula, evaluated from the bare file, does not give the result written beside it."""
    return wrong_in(draw(plan), build_master(plan).data)


def wrong_in(drawn: Drawn, data: bytes) -> list[tuple[str, NewCell, Value]]:
    """The same of a master that was drawn and written."""
    calculation = Calculation(never_calculated(data))
    found = (
        (f"{one.name}!{at}", cell, calculation.value(one.name, *at))
        for one in drawn.book.sheets
        for at, cell in one.every_cell()
        if cell.formula
    )
    return [(at, cell, value) for at, cell, value in found if not close(cell.value, value)]


def figures_of(drawn: Drawn) -> MasterFigures:
    return master_figures(drawn, "0" * 64)


def close(one: Value, other: Value) -> bool:
    if isinstance(one, Decimal) and isinstance(other, Decimal):
        return abs(one - other) < D("1e-9") * max(D(1), abs(one))
    return one == other


def all_figures(figures: MasterFigures) -> list[Figure]:
    found: list[Figure] = [*figures.overall.values(), *figures.grades.values(), *figures.kinds.values()]
    for project in figures.projects:
        found += [project.total, project.rank, *project.dimensions.values(), *project.indicators.values()]
        found += [*project.dimension_marks.values(), *project.indicator_marks.values()]
    for funds in (*figures.funds.values(), figures.fund_totals, figures.fund_counts):
        found += [getattr(funds, name) for name in funds.__slots__]
    for rate in (*figures.dimensions, *figures.indicators):
        found += [rate.full_mark, rate.effective_mark, rate.average, rate.rate]
    for unit in figures.units:
        found += [unit.projects, unit.contract, unit.average, unit.errors]
    return found


@pytest.mark.parametrize("plan", [small_plan(), whole_plan(), large_plan(5)], ids=["some missing", "whole", "five"])
def test_every_formula_gives_the_result_written_beside_it(plan):
    assert wrong_results(plan) == []


def formulas_of(plan: MasterPlan, sheet: str, column: int) -> list[str]:
    (drawn,) = (one for one in draw(plan).book.sheets if one.name == sheet)
    return [cell.formula for (row, at), cell in drawn.every_cell() if at == column and row > 3 and cell.formula]


@pytest.mark.parametrize(
    ("name", "column", "kinds"),
    [("自评复核", 5, 3), ("单位汇总", 2, 1), ("指标得分率", 9, 1)],  # 自评复核: over everything, projects, indicators
)
def test_formulas_of_a_column_are_alike_but_for_their_row(name, column, kinds):
    formulas = formulas_of(large_plan(5), name, column)
    assert len(formulas) > 2
    assert len({re.sub(r"\$([AB])\d+\b(?!:)", r"$\1#", formula) for formula in formulas}) == kinds


def test_a_name_with_signs_that_match_others_is_written_into_the_formula():
    plan = small_plan()
    odd, *others = plan.roster.projects
    strange = replace(odd, unit="市*局?", units=("市*局?",))
    roster = replace(plan.roster, projects=(strange, *others))
    assert wrong_results(replace(plan, roster=roster)) == []
    assert any('"*、市~*局~?、*"' in formula for formula in formulas_of(replace(plan, roster=roster), "单位汇总", 2))


@pytest.mark.parametrize("plan", [small_plan(), whole_plan()], ids=["projects", "whole"])
def test_every_figure_is_what_its_cell_holds(plan):
    master = build_master(plan)
    values = read_master(master.data)
    for figure in all_figures(master.figures):
        if figure.value is None:
            assert figure.text == "—"
            assert not isinstance(values.get(figure.at), Decimal), figure.at
        else:
            assert close(figure.value, values[figure.at]), figure.at


def test_what_is_printed_divides_although_marks_were_shared_out():
    """Project 2 is not judged by D201: its other marks grow, so 分值 no longer divides but 平均计分值 does."""
    figures = build_master(small_plan()).figures
    produced = next(one for one in figures.dimensions if one.name == "产出")
    assert produced.effective_mark.value > produced.full_mark.value
    for one in (*figures.dimensions, *figures.indicators):
        assert one.rate.value == round_half_up(D(one.average.text) / D(one.effective_mark.text), 4)
    second = figures.projects[1]
    for marks in (second.dimension_marks, second.indicator_marks):
        assert sum(D(one.text) for one in marks.values()) == 100, "as printed"


def test_ties_of_renormalised_scores_round_as_on_paper():
    """0.82 of 16 points that count for 20 is exactly 1.025: the formula gives 1.03 like the score."""
    marks = dict(zip([one.code for one in SMALL_SCHEME.indicators], (20, 16, 14, 10, 10, 10, 10, 10), strict=True))
    indicators = tuple(replace(one, full_mark=D(marks[one.code])) for one in SMALL_SCHEME.indicators)
    scheme = replace(SMALL_SCHEME, indicators=indicators)
    one = sheet(scheme, "1", {**ANSWERS, "A102": {"扣分": D("15.18")}}, out=("A101",))
    plan = small_plan(scheme)
    assert next(line.score for line in one.lines if line.code == "A102") == D("1.03")
    assert wrong_results(replace(plan, sheets={**plan.sheets, "1": one})) == []


@settings(max_examples=120 if os.environ.get("JIXIAO_FULL") else 12, deadline=None)
@given(
    out=st.sets(st.sampled_from(sorted(ANSWERS)), max_size=4),
    pending=st.sets(st.sampled_from(["A102", "C101"])),
    answered=st.sets(st.sampled_from(sorted(ANSWERS))),
    policy=st.sampled_from(NotApplicable),
    rate=st.decimals(0, 2, places=4),
)
def test_scores_stay_live_whatever_is_missing_pending_or_not_applicable(out, pending, answered, policy, rate):
    scheme = replace(SMALL_SCHEME, not_applicable=policy)
    answers = {code: ANSWERS[code] for code in answered} | {"D101": {"完成值": rate}}
    one = sheet(scheme, "1", answers, out=tuple(out), pending=tuple(pending - out))
    plan = small_plan(scheme)
    assert wrong_results(replace(plan, sheets={**plan.sheets, "1": one})) == []


def test_the_same_plan_gives_the_same_bytes():
    assert build_master(small_plan()).data == build_master(small_plan()).data


def test_sheets_and_native_charts():
    data = build_master(small_plan()).data
    assert [one.name for one in read_workbook(data).sheets] == SHEETS
    charts = [name for name in ZipFile(io.BytesIO(data)).namelist() if name.startswith("xl/charts/chart")]
    assert len(charts) == 3


def test_missing_amounts_stay_blank_and_are_never_0():
    master = build_master(small_plan())
    values = read_master(master.data)
    funds = master.figures.funds
    assert funds["2"].budget.at not in values
    assert funds["2"].arrival_rate == Figure(None, funds["2"].arrival_rate.at, "—")
    assert funds["3"].contract.text == "—"
    assert values["汇总!E6"] == "—"
    assert master.figures.overall["预算资金合计"].text == "300.00"
    assert master.figures.overall["资金到位率"].text == "96.67%", "only projects whose rate can be calculated count"


@pytest.mark.parametrize(("spent", "rate"), [(D(275), "5.17%"), (D(0), "100.00%"), (None, "—")])
def test_a_cost_that_was_never_reported_saves_nothing(spent, rate):
    amounts = [Field(key, key, "资金情况", FieldType.AMOUNT, "万元", required=True) for key in ("计划成本", "实际成本")]
    saved = '=IF(N(计划成本)=0,"",ROUND((计划成本-实际成本)/计划成本,4))'
    fields = (
        *SMALL_SCHEME.fields,
        *amounts,
        Field("成本节约率", "成本节约率", "资金情况", FieldType.RATE, formula=saved),
    )
    plan = small_plan(replace(SMALL_SCHEME, fields=fields))
    back = submission("1", {**FUNDS, "计划成本": D(290), "实际成本": spent})
    plan = replace(plan, fields={**plan.fields, "1": field_values(plan.scheme, back, {})})
    assert build_master(plan).figures.funds["1"].saving_rate.text == rate
    assert wrong_results(plan) == []


def test_a_sum_of_nothing_known_is_not_0():
    bare = [replace(one, contract_amount=None) for one in PROJECTS]
    plan = small_plan()
    nothing = {one.id: field_values(plan.scheme, None, {}) for one in bare}
    figures = build_master(replace(plan, roster=Roster(tuple(bare)), fields=nothing)).figures
    sums = [one.text for name, one in figures.overall.items() if name.endswith("合计")]
    assert sums == ["—"] * 5
    assert figures.fund_totals.saving_rate.text == figures.units[0].contract.text == "—"


def test_overpayment_is_checked_against_the_contract():
    values = read_master(build_master(small_plan()).data)
    headings = {
        values[f"资金核查!{column}3"]: column for column in "ABCDEFGHIJKLMNOP" if f"资金核查!{column}3" in values
    }
    assert values[f"资金核查!{headings['超合同支付额']}5"] == D("8.22")
    assert [values[f"资金核查!{headings['累计支付≤合同']}{row}"] for row in (4, 5, 6)] == ["符合", "超合同", "未填"]


@pytest.mark.parametrize(("fee", "excess", "words"), [("3", "5.22", "超合同"), ("8.22", "0", "含第三方费用")])
def test_third_party_fees_are_deducted_before_a_contract_is_exceeded(fee, excess, words):
    """1,040.50 was paid on a contract of 1,032.28; the same verdicts as check FUND-01."""
    fee_field = Field("第三方服务费", "第三方服务费", "资金情况", FieldType.AMOUNT, "万元")
    plan = small_plan(replace(SMALL_SCHEME, fields=(*SMALL_SCHEME.fields, fee_field)))
    back = submission("2", {**FUNDS, "合同金额": D("1032.28"), "累计支付金额": D("1040.5"), "第三方服务费": D(fee)})
    plan = replace(plan, fields={**plan.fields, "2": field_values(plan.scheme, back, {})})
    row = {
        at[-2]: value for at, value in read_master(build_master(plan).data).items() if re.match(r"资金核查!\D5$", at)
    }
    assert words in row.values()
    assert D(excess) in row.values()
    assert wrong_results(plan) == []


def test_problems_of_the_plan_are_not_the_units_problems():
    figures = build_master(small_plan()).figures
    assert [figures.overall[name].text for name in ("须更正数", "请核实数", "提示数")] == ["1", "1", "0"]


def test_findings_are_counted_by_kind_and_amounts_by_projects():
    figures = build_master(small_plan()).figures
    assert {name: one.text for name, one in figures.kinds.items() if one.value} == {"资金数据": "1", "其他": "1"}
    counts, totals = figures.fund_counts, figures.fund_totals
    assert (counts.contract.text, counts.budget.text, counts.arrival_rate.text) == ("2", "1", "1")
    assert totals.contract.text == "1,318.78"


def test_tables_longer_than_a_sheet_go_on_on_further_ones_and_nothing_else_changes():
    """Room for 11 rows a sheet: the lines of one project stay together, and every formula adds up all parts."""
    findings = tuple(replace(one, hint=f"第{n}次") for n in range(5) for one in FINDINGS)
    plan, most = replace(large_plan(5), findings=findings), 14
    whole, parts = draw(plan), draw(plan, most)
    names = [one.name for one in parts.book.sheets]
    assert [name for name in names if name not in SHEETS] == [f"指标得分{n}" for n in range(2, 6)] + ["问题清单2"]
    data = write_book(parts.book)
    assert wrong_in(parts, data) == []
    long = [one.table for one in parts.book.sheets if one.name.startswith(("指标得分", "问题清单")) and one.table]
    assert all(one.first + one.count - 1 <= most for one in long)
    assert sum(one.count for one in long) == sum(one.table.count for one in whole.book.sheets if one.name in LONG)
    for before, after in zip(all_figures(figures_of(whole)), all_figures(figures_of(parts)), strict=True):
        assert (before.value, before.text) == (after.value, after.text)
        assert after.value is None or close(after.value, read_master(data)[after.at]), after.at


def test_more_projects_than_a_sheet_has_rows_are_refused_and_told():
    place = layout(small_plan())
    refuse_beyond_a_sheet(place)
    with pytest.raises(SchemeError, match="汇总》有1048574行，Excel的一张工作表最多1048576行"):
        refuse_beyond_a_sheet(replace(place, summary=replace(place.summary, rows=1_048_574)))


@pytest.mark.parametrize("make", [small_plan, partial(large_plan, 5), whole_plan])
def test_lines_begun_before_the_plan_was_made_are_those_of_the_plan(monkeypatch, make):
    """Scores and self scores are all that lines hang on: funds, findings and problems may follow."""
    monkeypatch.setattr(new_book_long, "_LONG", 1)
    monkeypatch.setattr(new_book_long, "_WORTH_A_COPY", 1)
    plan, apart = make(), list[bytes]()

    def at_once(work):
        apart.append(work())
        return lambda: apart[-1]

    known = MasterPlan(plan.scheme, plan.roster, plan.sheets, plan.submissions, fields={})
    begun = begin_lines(known, at_once)
    assert len(apart) == 1
    assert build_master(plan, begun=begun).data == build_master(plan).data


def test_a_list_without_findings_says_so():
    values = read_master(build_master(replace(small_plan(), findings=())).data)
    assert (values["问题清单!A4"], values.get("问题清单!A5")) == ("没有发现问题", None)


def test_text_of_a_unit_never_becomes_a_formula():
    book = read_workbook(build_master(small_plan()).data)
    hostile = [cell for one in book.sheets for cell in one.cells.values() if str(cell.value).startswith("=")]
    assert len(hostile) >= 3
    assert all(cell.formula is None for cell in hostile)


def test_a_project_without_any_data_has_no_score_and_counts_nowhere():
    master = build_master(small_plan())
    figures, cells = master.figures, read_master(master.data)
    totals = [one.total.value for one in figures.projects]
    assert [one.project.id for one in figures.projects] == ["1", "2"], "the third is 未评分"
    assert figures.overall["平均得分"].value == round_half_up(sum(totals) / 2, 2)
    assert figures.overall["最低得分"].value == min(totals)
    assert figures.overall["已评分数"].text == "2"
    assert sum(one.value for one in figures.grades.values()) == 2
    third = next(at.removeprefix("汇总!A") for at, value in cells.items() if at.startswith("汇总!A") and value == 3)
    shown = [value for at, value in cells.items() if re.fullmatch(rf"汇总![A-Z]+{third}", at)]
    assert "未评分" in shown
    assert 0 not in shown[6:10], "no mark, no total, no grade, no rank"


def test_joint_projects_count_under_each_unit():
    units = {one.unit: one for one in build_master(small_plan()).figures.units}
    assert {name: one.projects.text for name, one in units.items()} == {"市数据局": "2", "市工业局": "2"}
    assert units["市数据局"].contract.text == "1,318.78"


def test_an_evaluation_scored_as_a_whole_has_one_score():
    figures = build_master(whole_plan()).figures
    assert [one.name for one in figures.projects] == [SMALL_SCHEME.title]
    assert figures.projects[0].rank.text == "—"
    assert set(figures.funds) == {one.id for one in PROJECTS}
    assert figures.overall["项目数"].text == "3"
    assert figures.overall["平均得分"] == figures.overall["综合得分"]
    assert figures.overall["综合得分"].value == figures.projects[0].total.value


def test_nothing_is_averaged_where_there_is_one_score():
    cells = read_master(build_master(whole_plan()).data)
    labels = {value for at, value in cells.items() if re.match(r"(汇总|图表)!A\d", at)}
    assert "合计" in labels
    assert not {"平均", "最高", "最低", "平均得分（分）", "最高得分（分）", "优"} & labels


def test_names_beside_bars_are_short():
    long = replace(SMALL_SCHEME.indicators[0], name="一二三四五六七八九十一二三四五六七八九十")
    scheme = replace(SMALL_SCHEME, indicators=(long, *SMALL_SCHEME.indicators[1:]))
    cells = read_master(build_master(small_plan(scheme)).data)
    assert f"{long.code} 一二三四五六七八九十一二三四…" in cells.values()


@pytest.mark.parametrize(
    ("printed", "words"),
    [("1318.78", "两者一致"), ("1318.8", "四舍五入"), ("1320", "相差-1.22万元")],
)
def test_the_printed_total_of_the_roster_is_compared(printed, words):
    plan = replace(small_plan(), roster=replace(ROSTER, printed_total=D(printed)))
    texts = [value for at, value in read_master(build_master(plan).data).items() if at.startswith("汇总!A")]
    assert sum(words in str(one) for one in texts) == 1


@pytest.mark.parametrize("rounding", [None, 0, 1])
@pytest.mark.parametrize("mark", ["100", "80"])
def test_the_grade_formula_is_the_grade_of_the_scheme(rounding, mark):
    scheme = replace(SMALL_SCHEME, round_before_grading=rounding, total_mark=D(mark))
    for total in (
        "0",
        "47.99",
        "48",
        "59.95",
        "63.996",
        "64",
        "71.99",
        "72",
        "79.5",
        "79.995",
        "89.95",
        "89.995",
        "90",
    ):
        assert evaluate(grade_formula(scheme, "K4"), {"K4": D(total)}) == scheme.grade(D(total)), total


def test_bands_that_leave_the_lowest_totals_without_a_grade():
    scheme = replace(SMALL_SCHEME, grade_bands=(GradeBand(D(60), "合格"),))
    assert [evaluate(grade_formula(scheme, "K4"), {"K4": D(one)}) for one in (59, 60)] == ["", "合格"]


def test_a_dimension_may_be_called_like_a_column_or_hold_wildcards():
    names = {"决策": "总分", "过程": "=过*程", "产出": ">5", "效益": "效益?"}
    indicators = tuple(replace(one, dimension=names[one.dimension]) for one in SMALL_SCHEME.indicators)
    assert wrong_results(small_plan(replace(SMALL_SCHEME, indicators=indicators))) == []


def test_addresses_are_addresses():
    for figure in all_figures(build_master(small_plan()).figures):
        name, _, cell = figure.at.partition("!")
        assert name in SHEETS
        assert parse_cell(cell)


def test_totals_and_grades_that_can_still_change_say_so() -> None:
    """A number stays a number and a grade a grade: only their format says 暂."""
    sheet = read_workbook(build_master(small_plan()).data).sheet("汇总")
    headings = {str(sheet.cells[at].value).split("\n")[0]: at[1] for at in sheet.cells if at[0] == 3}
    formats = {row: sheet.cells[row, headings["总分"]].number_format for row in (4, 5)}
    assert formats == {4: "0.00", 5: '0.00"（暂）"'}
    assert sheet.cells[5, headings["等级"]].number_format == '@"（暂）"'
    assert isinstance(sheet.cells[5, headings["总分"]].value, Decimal)


def test_averages_extremes_and_counts_of_grades_are_provisional_with_them() -> None:
    book = read_workbook(build_master(small_plan()).data)
    summary, charts, units = (book.sheet(name) for name in ("汇总", "图表", "单位汇总"))
    headings = {str(summary.cells[at].value).split("\n")[0]: at[1] for at in summary.cells if at[0] == 3}
    under = {summary.cells[row, 1].value: row for row in range(7, 11)}
    formats = {name: summary.cells[row, headings["总分"]].number_format for name, row in under.items()}
    assert formats == {"合计": "General", **dict.fromkeys(("平均", "最高", "最低"), '0.00"（暂）"')}
    named = {str(charts.cells[row, 1].value): row for row in range(4, 40) if (row, 1) in charts.cells}
    assert charts.cells[named["平均得分（分）"], 2].number_format == '0.00"（暂）"'
    assert charts.cells[named["等级"], 2].value == "项目数（暂）"
    averages = {cell.number_format for (row, column), cell in units.cells.items() if column == 5 and row > 3}
    assert '0.00"（暂）"' in averages


def test_a_sheet_is_provisional_while_somebody_has_to_judge() -> None:
    sheets = small_plan().sheets
    assert [(one.provisional, one.shown_grade) for one in sheets.values()] == [
        (False, sheets["1"].grade),
        (True, f"{sheets['2'].grade}（暂）"),
        (False, sheets["3"].grade),
    ]


def test_a_click_on_a_projects_number_opens_the_window_and_the_number_stays_a_number():
    data = build_master(replace(small_plan(), evaluation="PJ2024-1")).data
    with ZipFile(io.BytesIO(data)) as archive:
        links = archive.read("xl/worksheets/_rels/sheet1.xml.rels").decode()
    assert 'Target="jixiao://PJ2024-1/1"' in links
    assert read_workbook(data).sheet("汇总").value("A4") == 1
    with ZipFile(io.BytesIO(build_master(small_plan()).data)) as archive:
        assert b"hyperlink" not in archive.read("xl/worksheets/sheet1.xml")
