"""上年数据.xlsx against a scheme and a roster that changed: what is matched, what is listed, and nothing guessed."""

import zipfile
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest

from tests.small_scheme import PROJECTS, SMALL_SCHEME
from toolkit import resources
from toolkit.excel.read import read_workbook
from toolkit.excel.table_sheet import Column, TableSheet, table_workbook
from toolkit.generate import compile_collection
from toolkit.generate.compiling import compile_template
from toolkit.generate.stamping import bound
from toolkit.model import FieldType, Project, Roster, Scheme, date_to_serial
from toolkit.model.identity import Identity
from toolkit.pipeline.plan.prior import FIGURE_HEADINGS, SCORE_HEADINGS, PriorReading, read_prior

FIRST, SECOND = PROJECTS[0], PROJECTS[1]
WHO = (FIRST.id, FIRST.name, FIRST.unit)
ROWS = (
    (*WHO, "预算资金", "预算资金", "300", "万元", "待核实"),
    (*WHO, "立项日期", "立项批复日期", "2022-03-05", "", "沿用"),
    (*WHO, "采购方式", "采购方式", "公开招标", "", "待核实"),
    (*WHO, "审计核减后合同金额", "审计核减后合同金额", "不适用", "万元", "待核实"),
    (*WHO, "资金到位率", "资金到位率", "96.6666666666667%", "%", "仅对比"),
    (*WHO, "实际到位资金", "实际到位资金", "290", "万元", "不适用"),
    (*WHO, "支付明细_支付金额_2", "支付金额", "137.75", "万元", "待核实"),
)


def read(rows=ROWS, scheme: Scheme = SMALL_SCHEME, projects: tuple[Project, ...] = PROJECTS, scores=()) -> PriorReading:  # type: ignore[no-untyped-def]
    sheets = (
        TableSheet("上年数据", "甲评价（上年）数据", tuple(map(Column, FIGURE_HEADINGS)), rows),
        TableSheet("上年得分", "甲评价（上年）得分", tuple(map(Column, SCORE_HEADINGS)), scores),
    )
    return read_prior(table_workbook(sheets), "上年数据.xlsx", scheme, Roster(projects))


@pytest.mark.parametrize(
    ("title", "told"),
    [("甲2024年评价", True), ("甲2023年评价", False), ("甲评价", False), ("乙2024年评价", False)],
)
def test_a_scheme_that_is_still_last_years_is_pointed_out(title: str, *, told: bool) -> None:
    """Where the year stands in no name nobody can tell; the scheme's own is 甲2024年评价 here."""
    sheets = (
        TableSheet("上年数据", f"{title}（上年）数据", tuple(map(Column, FIGURE_HEADINGS)), ROWS),
        TableSheet("上年得分", f"{title}（上年）得分", tuple(map(Column, SCORE_HEADINGS)), ()),
    )
    scheme = replace(SMALL_SCHEME, title="甲2024年评价" if "2024" in title else "甲评价", year=2024)
    findings = read_prior(table_workbook(sheets), "上年数据.xlsx", scheme, Roster(PROJECTS)).findings
    assert ("PRIOR-07" in {one.code for one in findings}) is told


def codes(reading: PriorReading) -> set[str]:
    return {finding.code for finding in reading.findings} - {"PRIOR-06"}


def test_every_figure_that_still_fits_is_put_in_as_it_was() -> None:
    reading = read()
    assert codes(reading) == set()
    assert reading.prior.title == "甲评价"
    assert reading.prior.prefill == {
        FIRST.id: {
            "预算资金": Decimal(300),
            "立项日期": date_to_serial(date(2022, 3, 5)),
            "采购方式": "公开招标",
            "审计核减后合同金额": "不适用",
            "支付明细_支付金额_2": Decimal("137.75"),
        }
    }
    assert reading.prior.figures[FIRST.id]["资金到位率"] == Decimal("0.966666666666667")


def renamed(scheme: Scheme, old: str, **changes: object) -> Scheme:
    return replace(
        scheme,
        fields=tuple(replace(one, **changes) if one.key == old else one for one in scheme.fields),  # type: ignore[arg-type]
    )


def test_a_field_with_another_label_is_the_same_field_one_with_another_key_is_not() -> None:
    relabelled = read(scheme=renamed(SMALL_SCHEME, "预算资金", label="年度预算"))
    assert relabelled.prior.prefill[FIRST.id]["预算资金"] == 300
    rekeyed = read(scheme=renamed(SMALL_SCHEME, "预算资金", key="年度预算"))
    assert "预算资金" not in rekeyed.prior.prefill[FIRST.id]
    assert "年度预算" not in rekeyed.prior.prefill[FIRST.id]
    assert codes(rekeyed) == {"PRIOR-02"}


@pytest.mark.parametrize(
    "changes",
    [{"unit": "元"}, {"type": FieldType.CHOICE, "choices": "采购方式"}],
)
def test_a_figure_that_no_longer_fits_its_field_is_listed(changes: dict[str, object]) -> None:
    reading = read(scheme=renamed(SMALL_SCHEME, "预算资金", **changes))
    assert "预算资金" not in reading.prior.prefill[FIRST.id]
    assert codes(reading) == {"PRIOR-03"}


def test_projects_are_matched_by_name_whatever_their_number() -> None:
    moved = (replace(SECOND, id="1"), replace(FIRST, id="2"))
    assert set(read(projects=moved).prior.prefill) == {"2"}
    dropped = read(projects=PROJECTS[1:])
    assert dropped.prior.prefill == {}
    assert codes(dropped) == {"PRIOR-01"}
    added = replace(FIRST, id="9", name="新建的项目")
    (note,) = (one for one in read(projects=(FIRST, added)).findings if one.code == "PRIOR-06")
    assert "新建的项目" in note.message


def test_of_two_projects_of_one_name_the_unit_decides_and_where_it_cannot_nobody() -> None:
    twin = replace(SECOND, name=FIRST.name)
    assert set(read(projects=(FIRST, twin)).prior.prefill) == {FIRST.id}
    assert read(projects=(FIRST, replace(twin, unit=FIRST.unit))).prior.prefill == {}


def test_rows_beyond_the_prepared_ones_and_strange_states_are_listed() -> None:
    rows = ((*WHO, "支付明细_支付金额_99", "", "1", "万元", "待核实"), (*WHO, "预算资金", "", "1", "万元", "好的"))
    assert codes(read(rows)) == {"PRIOR-04", "PRIOR-05"}


def test_a_score_is_found_again_by_the_name_of_its_indicator() -> None:
    indicator = SMALL_SCHEME.indicators[0]
    scores = (
        (*WHO, "旧编号", indicator.dimension, indicator.name, "4", "3"),
        (*WHO, indicator.code, indicator.dimension, "改了名的指标", "4", "1"),
        (*WHO, "", "", "总分", "100", "88.5"),
    )
    prior = read(scores=scores).prior
    assert prior.rates == {FIRST.id: {indicator.code: Decimal("0.75")}}
    assert prior.totals == {FIRST.id: Decimal("88.5")}


def test_the_form_shows_last_years_figures_and_marks_them_until_they_are_changed() -> None:
    template = resources.template_path("采集表模板.xlsx").read_bytes()
    identity = Identity("PJ1", b"k" * 32)
    prior = read().prior
    made = bound(
        compile_template(template, SMALL_SCHEME, prior.keys()), template, SMALL_SCHEME, identity, prior.prefill
    )
    assert made.layout == compile_collection(template, SMALL_SCHEME, identity).layout
    first, second = (read_workbook(made.stamp(project)) for project in (FIRST, SECOND))
    for key, value in prior.prefill[FIRST.id].items():
        slot = made.layout.slots[key]
        cell, other = first.cell(slot.sheet, slot.cell), second.cell(slot.sheet, slot.cell)
        assert cell is not None
        assert cell.value == value
        assert other is None or other.value is None
    with zipfile.ZipFile(BytesIO(made.stamp(FIRST))) as parts:
        rules = "".join(parts.read(name).decode() for name in parts.namelist() if "worksheets/" in name)
    for key in prior.prefill[FIRST.id]:
        assert f'{made.layout.slots[key].cell}&amp;""=上年_{key}&amp;""' in rules
