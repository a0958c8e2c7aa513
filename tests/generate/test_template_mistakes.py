"""A consultant's mistakes in the template are all named at once, with their cells."""

from dataclasses import replace
from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.styles import PatternFill

from tests.generate.stamped import IDENTITY, template_bytes
from tests.small_scheme import PROJECTS, SMALL_SCHEME
from toolkit.errors import TemplateError
from toolkit.generate import check_template, compile_collection

NO_FIELDS = replace(SMALL_SCHEME, fields=())


def template_of(cells: dict[str, str]) -> bytes:
    book = Workbook()
    for address, text in cells.items():
        book.active[address] = text
    output = BytesIO()
    book.save(output)
    return output.getvalue()


def messages(cells: dict[str, str], scheme=NO_FIELDS) -> dict[str, str]:
    return {one.at.cell: one.message for one in check_template(template_of(cells), scheme, "模板.xlsx")}


def test_the_shipped_template_has_none():
    assert check_template(template_bytes(), SMALL_SCHEME) == []


def test_unknown_tags_get_a_suggestion():
    found = messages({"A1": "{{ 项目.名 }}", "B2": "{{ 评估.名称 }}", "C3": "{{# 合同 }}"})
    assert "是否想写“名称”" in found["A1"]
    assert "不认识的标签“评估.名称”" in found["B2"]
    assert "不认识的重复行标签“合同”" in found["A3"]


def test_a_cell_to_fill_in_stands_alone():
    assert "独占一个单元格" in messages({"A1": "填报人：{{ 签章.填报人 }}"})["A1"]


def test_formulas_over_addresses_are_refused():
    assert "不要使用单元格地址" in messages({"A1": "=B2*2"})["A1"]


def test_a_field_without_place_and_a_field_twice():
    one_field = replace(SMALL_SCHEME, fields=SMALL_SCHEME.fields[:2])
    found = check_template(template_of({"A1": "{{ 字段.项目负责人 }}", "A2": "{{ 字段.项目负责人 }}"}), one_field)
    assert sorted(one.message[:16] for one in found) == [
        "填报格“项目负责人”放置了两次"[:16],
        "模板没有放置字段“立项日期”，请加"[:16],
    ]


def test_compiling_says_all_of_them():
    with pytest.raises(TemplateError, match=r"2 处问题.*A1.*B1"):
        compile_collection(template_of({"A1": "{{ 甲.乙 }}", "B1": "{{ 丙 }}"}), NO_FIELDS, IDENTITY)


def test_restyling_the_legend_repaints_the_cells():
    book = load_workbook(BytesIO(template_bytes()))
    legend = next(cell for row in book["封面与填报说明"].iter_rows() for cell in row if cell.value == "{{ 图例.填报 }}")
    legend.fill = PatternFill("solid", fgColor="ABCDEF")
    output = BytesIO()
    book.save(output)
    template = compile_collection(output.getvalue(), SMALL_SCHEME, IDENTITY)
    made = load_workbook(BytesIO(template.stamp(PROJECTS[0])))
    slot = template.layout.slots["实际到位资金"]
    assert made[slot.sheet][slot.cell].fill.fgColor.rgb == "00ABCDEF"
