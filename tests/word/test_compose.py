"""Templates come out looking like a Chinese government document, the same every time."""

import re
from pathlib import Path

import pytest
from docx.enum.section import WD_ORIENTATION
from docx.oxml.ns import qn
from docx.shared import Pt
from word_files import cells, opened, texts

from toolkit.word import styles
from toolkit.word.compose import Composer
from toolkit.word.letter import LetterComposer
from toolkit.word.package import read_parts
from toolkit.word.render import compile_template
from toolkit.word.tables import Column

TEMPLATES = Path(__file__).resolve().parents[2] / "doc_templates"


def full() -> Composer:
    made = LetterComposer("绩效评价报告")
    made.cover("江海市\n绩效评价报告", lines=[("委托单位", "财政局")], organisation="评价所", date="2024年6月")
    made.contents()
    made.heading(1, "一、概况")
    made.paragraph("正文", lead="结论：")
    with made.landscape():
        made.table(
            [Column("名称", "{{ p }}", total="合计"), Column("预算", "1", 3, "right", "2", "资金")], each="p in 项目"
        )
    made.pairs([("甲", "1"), ("乙", "2"), ("丙", "3")], caption="基本信息")
    made.signature("评价所", "2024年6月")
    return made


def test_the_same_calls_give_the_same_bytes():
    assert full().save() == full().save()


def test_air_follows_a_table_whichever_half_of_a_condition_it_ends():
    made = Composer()
    with made.when("甲"):
        made.table([Column("名称", "1")])
        made.otherwise()
        made.paragraph("没有")
    made.heading(1, "二、")
    after = {one.text: one.paragraph_format.space_before for one in opened(made.save()).paragraphs}
    assert after["没有"] is None
    assert after["二、"] == Pt(12)


def test_a_signature_keeps_company_though_a_condition_stands_before_it():
    made = LetterComposer()
    for text in ("一", "二"):
        made.paragraph(text)
    with made.when("邮箱"):
        made.paragraph("三")
    made.signature("评价所", "2024年6月")
    kept = {one.text: bool(one.paragraph_format.keep_with_next) for one in opened(made.save()).paragraphs}
    assert [kept[text] for text in ("一", "二", "三", "评价所")] == [False, True, True, True]


def test_paper_margins_and_sections():
    sections = opened(full().save()).sections
    assert [section.orientation for section in sections][2:] == [
        WD_ORIENTATION.PORTRAIT,
        WD_ORIENTATION.LANDSCAPE,
        WD_ORIENTATION.PORTRAIT,
    ]
    first = sections[0]
    lengths = (first.page_width, first.page_height, first.top_margin, first.bottom_margin, first.left_margin)
    assert [round(length.cm, 1) for length in lengths] == [21.0, 29.7, 3.7, 3.5, 2.8]
    assert "".join(run.text for run in first.footer.paragraphs[0].runs) == "", "the cover has no page number"
    assert "— " in sections[2].footer.paragraphs[0].text
    assert sections[3].footer.is_linked_to_previous


def test_every_style_names_its_east_asian_font_and_no_theme_font():
    made = opened(full().save())
    for name, look in styles.LOOKS.items():
        fonts = made.styles[name].element.rPr.rFonts
        assert fonts.get(qn("w:eastAsia")) == look.font, name
        assert not [key for key in fonts.attrib if "Theme" in key], name


def test_the_body_is_fangsong_sixteen_points_with_two_characters_indent_and_fixed_lines():
    body = opened(full().save()).styles[styles.BODY]
    assert (body.font.size, body.paragraph_format.line_spacing) == (Pt(16), Pt(28))
    assert body.element.pPr.find(qn("w:ind")).get(qn("w:firstLineChars")) == "200"


def test_a_table_repeats_its_header_and_loops_its_row():
    made = compile_template(full().save()).render({"项目": ["甲", "乙"]})
    assert cells(made) == [["名称", "资金"], ["名称", "预算"], ["甲", "1"], ["乙", "1"], ["合计", "2"]]
    rows = opened(made).tables[0].rows
    assert [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in rows] == [True, True, False, False, False]


def test_a_table_of_fixed_rows():
    made = Composer()
    made.table(
        [Column("资金"), Column("金额", align="right")], rows=[["预算", "{{ a }}"], ["支出", "{{ b }}"]], note="注"
    )
    assert cells(compile_template(made.save()).render({"a": 1, "b": 2})) == [
        ["资金", "金额"],
        ["预算", "1"],
        ["支出", "2"],
    ]


def test_pairs_fill_their_last_row():
    made = opened(full().save())
    assert cells(full().save(), 1) == [["甲", "1", "乙", "2"], ["丙", "3", "3", "3"]]
    assert len(made.tables[1].rows[1]._tr.tc_lst) == 2


def test_blocks_that_repeat_and_depend():
    made = Composer()
    with made.each("p in 项目"):
        made.heading(2, "{{ p }}")
        with made.when("p == '甲'"):
            made.paragraph("是甲")
            made.otherwise()
            made.paragraph("不是甲")
    assert texts(compile_template(made.save()).render({"项目": ["甲", "乙"]})) == ["甲", "是甲", "乙", "不是甲"]


def test_turned_pages_leave_no_empty_page_before_or_after():
    made = Composer()
    made.cover("报告")
    with made.landscape():
        made.paragraph("附表")
    with made.landscape():
        made.paragraph("附表二")
    sections = opened(made.save()).sections
    assert [section.orientation for section in sections] == [WD_ORIENTATION.PORTRAIT, WD_ORIENTATION.LANDSCAPE]
    assert sections[1]._sectPr.find(qn("w:pgNumType")).get(qn("w:start")) == "1"


def test_a_new_page_begins_with_what_is_printed_on_it():
    made = Composer()
    made.paragraph("正文")
    made.page_break()
    with made.when("有附件"):
        made.heading(1, "附件")
    printed = [one for one in opened(compile_template(made.save()).render({"有附件": True})).paragraphs if one.text]
    assert [bool(one.paragraph_format.page_break_before) for one in printed] == [False, True]


@pytest.mark.parametrize("path", sorted(TEMPLATES.glob("*.docx")), ids=lambda path: path.stem)
def test_lines_of_the_shipped_templates_are_as_high_as_word_allows(path):
    """python-docx takes a bare number for a multiple of a line: 12,700 of them made empty pages."""
    heights = re.findall(rb'w:line="(\d+)"', read_parts(path.read_bytes())["word/document.xml"])
    assert all(int(one) <= 31_680 for one in heights)


def test_a_document_that_ends_in_a_table_gets_a_flat_paragraph_and_a_heading_air_of_its_own():
    made = Composer()
    made.table([Column("名称", "一")], caption="表1")
    made.heading(1, "标题")
    made.table([Column("名称", "二")], caption="表2")
    paragraphs = opened(made.save()).paragraphs
    assert [one.text for one in paragraphs] == ["表1", "标题", "表2", ""]
    assert paragraphs[1].paragraph_format.space_before == Pt(12)
    assert paragraphs[3].paragraph_format.line_spacing == Pt(1)


def test_a_letter():
    made = LetterComposer("函", page_numbers=False)
    made.letterhead("江海市绩效评价事务所", "江绩函〔2024〕12号")
    made.title("关于报送采集表的函")
    made.addressee("{{ 单位 }}：")
    made.paragraph("请于月底前报送。")
    made.signature("江海市绩效评价事务所", "2024年6月30日")
    rendered = compile_template(made.save()).render({"单位": "数据局"})
    assert opened(rendered).sections[0].footer.paragraphs[0].text == ""
    assert [text for text in texts(rendered) if text] == [
        "江海市绩效评价事务所",
        "江绩函〔2024〕12号",
        "关于报送采集表的函",
        "数据局：",
        "请于月底前报送。",
        "江海市绩效评价事务所",
        "2024年6月30日",
    ]


@pytest.mark.parametrize("level", [1, 2, 3, 4])
def test_headings_have_outline_levels(level):
    style = opened(full().save()).styles[f"Heading {level}"]
    assert style.element.pPr.find(qn("w:outlineLvl")).get(qn("w:val")) == str(level - 1)


def test_cell_properties_stand_in_the_order_the_schema_wants():
    made = opened(full().save())
    for cell in (cell for table in made.tables for row in table.rows for cell in row._tr.tc_lst):
        order = [child.tag.rpartition("}")[2] for child in cell.tcPr]
        assert order == [name for name in ("tcW", "gridSpan", "vMerge", "shd", "vAlign") if name in order]


def test_nothing_of_python_docx_own_template_is_left():
    made = full().save()
    assert not [name for name in read_parts(made) if "thumbnail" in name]
    assert b'w:val="15"' in read_parts(made)["word/settings.xml"], "otherwise Word opens it in compatibility mode"
