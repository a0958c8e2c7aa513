"""Charts are native: data can be edited in Word, hostile labels stay labels."""

from dataclasses import replace
from decimal import Decimal
from io import BytesIO

import pytest
from lxml import etree
from openpyxl import load_workbook
from word_files import document, opened, texts

from toolkit.errors import TemplateError
from toolkit.ooxml.parse import serialise
from toolkit.ooxml.relations import CONTENT_TYPES, OFFICE, relations
from toolkit.word.chart_xml import CHART, DRAWING, chart_part
from toolkit.word.charts import ChartKind, ChartSpec, chart_names, insert_chart, insert_charts
from toolkit.word.compose import Composer
from toolkit.word.package import DOCUMENT, read_parts
from toolkit.word.render import compile_template

SCORES = ChartSpec(
    ChartKind.BAR,
    ["智慧城市", "=cmd|'/C calc'!A0", "<a&b>\x01"],
    {"得分": [Decimal("93.50"), Decimal(80), None]},
    title="各项目得分",
    number_format="0.00",
)
MONEY = ChartSpec(ChartKind.COLUMN, ["甲", "乙"], {"预算": [Decimal(1), Decimal(2)], "支出": [Decimal(1), Decimal(1)]})
REPORT = document("前", "[[图:得分]]", "后")


def chart_of(docx: bytes, number: int = 1):
    return etree.fromstring(read_parts(docx)[f"word/charts/chart{number}.xml"])


def workbook_of(docx: bytes, number: int = 1):
    blob = read_parts(docx)[f"word/embeddings/chart{number}.xlsx"]
    return load_workbook(BytesIO(blob)).active


def drawn(spec: ChartSpec):
    return etree.fromstring(chart_part(spec, "rId1"))


def values(space) -> list[str]:
    found = (space.iterfind(f".//{{{CHART}}}{tag}//{{{CHART}}}v") for tag in ("val", "yVal"))
    return [node.text for nodes in found for node in nodes]


@pytest.mark.parametrize("kind", ChartKind)
def test_every_kind_becomes_a_drawing_in_its_paragraph(kind):
    made = insert_chart(REPORT, "得分", replace(SCORES, kind=kind))
    assert texts(made) == ["前", "", "后"]
    assert len(opened(made).inline_shapes) == 1
    assert chart_names(made) == ["得分"]
    assert values(chart_of(made)) == ["93.5", "80.0"]


@pytest.mark.parametrize("kind", ChartKind)
def test_axis_ids_are_numbers_without_a_sign(kind):
    space = drawn(replace(SCORES, kind=kind))
    ids = [node.get("val") for node in space.iter(f"{{{CHART}}}axId", f"{{{CHART}}}crossAx")]
    assert len(ids) == 6
    assert all(value.isdecimal() for value in ids)
    assert len(set(ids)) == 2


def test_the_data_can_be_edited_and_a_hostile_label_is_text():
    sheet = workbook_of(insert_chart(REPORT, "得分", SCORES))
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0] == (None, "得分")
    assert rows[1:] == [("智慧城市", 93.5), ("=cmd|'/C calc'!A0", 80), ("<a&b>□", None)]
    assert sheet["A3"].data_type == "s"


def test_a_label_that_looks_like_markup_or_like_a_code_is_text_in_the_workbook():
    labels = ["<r><t>甲</t></r>", "_x0041_", ""]
    sheet = workbook_of(insert_chart(REPORT, "得分", replace(SCORES, categories=labels)))
    assert [row[0] for row in sheet.iter_rows(min_row=2, values_only=True)] == [*labels[:2], None]


def test_charts_of_one_look_keep_their_own_labels_and_values():
    others = replace(SCORES, categories=["丙", "丁"], series={"分": [Decimal(7), Decimal(9)]})
    made = insert_charts(document("[[图:得分]]", "[[图:另]]"), {"得分": SCORES, "另": others})
    assert values(chart_of(made, 1)) == ["93.5", "80.0"]
    assert values(chart_of(made, 2)) == ["7.0", "9.0"]
    assert list(workbook_of(made, 2).iter_rows(values_only=True)) == [(None, "分"), ("丙", 7), ("丁", 9)]


@pytest.mark.parametrize("kind", ChartKind)
def test_a_chart_is_written_as_a_parser_writes_it(kind):
    series = {"": [Decimal(3), None], '"<分>"&': [Decimal(0), Decimal("1E+3")], "{workbook}": [Decimal(2), Decimal(2)]}
    part = chart_part(ChartSpec(kind, ["", "{first day}"], series, number_format='0.0"分"'), "rId7")
    space = etree.fromstring(part)
    assert serialise(space) == part
    assert [node.text for node in space.iterfind(f".//{{{CHART}}}cat//{{{CHART}}}v")][:2] in ([None, "{first day}"], [])
    assert space.find(f"{{{CHART}}}externalData").get(f"{{{OFFICE}}}id") == "rId7"


def test_every_text_names_its_chinese_font():
    space = chart_of(insert_chart(REPORT, "得分", SCORES))
    properties = list(space.iter(f"{{{DRAWING}}}defRPr", f"{{{DRAWING}}}rPr"))
    assert properties
    assert all(node.find(f"{{{DRAWING}}}ea").get("typeface") == "宋体" for node in properties)


def test_bars_start_at_zero():
    space = chart_of(insert_chart(REPORT, "得分", SCORES))
    assert space.find(f".//{{{CHART}}}valAx/{{{CHART}}}scaling/{{{CHART}}}min").get("val") in ("0", "0.0")


def test_every_column_has_its_name_up_to_forty_eight():
    """Of 38 projects the numbers of 19 stood under their columns."""
    for count, skips in ((38, ["1"]), (49, [])):
        categories = [str(number) for number in range(count)]
        space = drawn(ChartSpec(ChartKind.COLUMN, categories, {"差额": [Decimal(1)] * count}))
        assert [each.get("val") for each in space.iter(f"{{{CHART}}}tickLblSkip")] == skips
        order = [etree.QName(each).localname for each in next(space.iter(f"{{{CHART}}}catAx"))]
        assert not skips or order.index("lblOffset") < order.index("tickLblSkip") < order.index("noMultiLvlLbl")


def test_equal_charts_give_equal_bytes():
    assert insert_chart(REPORT, "得分", SCORES) == insert_chart(REPORT, "得分", SCORES)


def test_several_charts_have_parts_of_their_own():
    made = insert_charts(document("[[图:得分]]", "[[图：资金]]", "[[图:得分]]"), {"得分": SCORES, "资金": MONEY})
    assert len(opened(made).inline_shapes) == 3
    assert {name for name in read_parts(made) if name.startswith("word/charts/chart")} == {
        f"word/charts/chart{number}.xml" for number in (1, 2, 3)
    }


def test_a_chart_designed_by_a_consultant_keeps_its_style_and_gets_the_data():
    designed = insert_chart(REPORT, "得分", replace(MONEY, title="我的样式"))
    made = insert_chart(designed, "得分", replace(MONEY, categories=["丙"], series={"甲": [Decimal(7)]}))
    space = chart_of(made)
    assert "我的样式" in "".join(space.itertext())
    assert values(space) == ["7.0"]
    assert list(workbook_of(made).iter_rows(values_only=True)) == [(None, "甲"), ("丙", 7)]
    assert "word/charts/chart2.xml" not in read_parts(made)


def test_an_empty_chart_says_so():
    assert texts(insert_chart(REPORT, "得分", ChartSpec(ChartKind.BAR, [], {})))[1] == "（暂无数据）"


def test_a_place_without_a_chart_is_an_error_and_a_chart_without_a_place_is_not():
    with pytest.raises(TemplateError, match=r"\[\[图:得分\]\]"):
        insert_charts(REPORT, {"资金": MONEY})
    assert texts(insert_charts(document("无图"), {"资金": MONEY})) == ["无图"]


def test_series_must_be_as_long_as_the_categories():
    with pytest.raises(ValueError, match="2 values for 1 categories"):
        ChartSpec(ChartKind.BAR, ["甲"], {"x": [Decimal(1), Decimal(2)]})


@pytest.mark.parametrize(
    ("number_format", "numbers", "axis"),
    [("0.00%", ["0.92", "1"], "0%"), ("#,##0.00", ["11738.08"], "#,##0"), ("0.00", ["0.5", "3"], "0.00")],
)
def test_the_axis_has_no_decimals_it_does_not_need(number_format, numbers, axis):
    values = [Decimal(one) for one in numbers]
    spec = ChartSpec(
        ChartKind.COLUMN, [str(one) for one in values], {"数": values}, number_format=number_format, top=1.0
    )
    space = drawn(spec)
    form = space.find(".//{*}valAx/{*}numFmt")
    assert form.get("formatCode") == axis
    assert space.find(".//{*}valAx/{*}scaling/{*}max").get("val") == "1.0"


@pytest.mark.parametrize(
    ("drawn", "given"),
    [(ChartKind.COLUMN, ChartKind.SCATTER), (ChartKind.SCATTER, ChartKind.COLUMN), (ChartKind.BAR, ChartKind.STACKED)],
)
def test_what_a_consultant_drew_decides_whatever_we_would_draw(drawn, given):
    designed = insert_chart(REPORT, "得分", replace(SCORES, kind=drawn, title="我的样式"))
    made = insert_chart(designed, "得分", replace(SCORES, kind=given, series={"分": [Decimal(7), None, Decimal(9)]}))
    space = chart_of(made)
    assert "我的样式" in "".join(space.itertext())
    assert values(space) == ["7.0", "9.0"]
    assert (space.find(f".//{{{CHART}}}scatterChart") is not None) is (drawn is ChartKind.SCATTER)


def test_a_scatter_has_points_where_both_values_are_known_and_names_some():
    spec = replace(SCORES, kind=ChartKind.SCATTER, across=[Decimal(1), Decimal(2), None], named=[1], title="")
    space = drawn(spec)
    assert [node.text for node in space.iterfind(f".//{{{CHART}}}xVal//{{{CHART}}}v")] == ["1.0", "2.0"]
    assert [node.text for node in space.iterfind(f".//{{{CHART}}}dLbl//{{{DRAWING}}}t")] == ["=cmd|'/C calc'!A0"]


def test_a_timeline_begins_at_its_first_day_and_does_not_draw_what_begins_a_bar():
    days = {"开始": [Decimal(44696), Decimal(44830)], "计划以内": [Decimal(134), Decimal(10)]}
    space = drawn(ChartSpec(ChartKind.TIMELINE, ["批复→合同", "合同→开工"], days))
    assert space.find(f".//{{{CHART}}}valAx/{{{CHART}}}scaling/{{{CHART}}}min").get("val") == "44696"
    assert space.find(f".//{{{CHART}}}ser/{{{CHART}}}spPr/{{{DRAWING}}}noFill") is not None


def test_hundreds_of_charts_are_declared_and_related_once_each():
    made = Composer()
    names = [f"图{number}" for number in range(120)]
    for name in names:
        made.chart(name)
    spec = ChartSpec(ChartKind.BAR, ["甲"], {"数": [Decimal(1)]})
    parts = read_parts(insert_charts(compile_template(made.save()).render({}), dict.fromkeys(names, spec)))
    drawn = {target for kind, target in relations(parts, DOCUMENT).values() if kind.endswith("/chart")}
    assert drawn == {f"word/charts/chart{number}.xml" for number in range(1, 121)}
    assert all(parts[CONTENT_TYPES].count(f'"/{name}"'.encode()) == 1 for name in drawn)
