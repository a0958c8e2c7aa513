"""Rendering gives docxtpl's results, quickly, and survives what units write."""

from decimal import Decimal
from io import BytesIO

import pytest
from docx import Document
from docxtpl import DocxTemplate
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2 import StrictUndefined
from jinja2.sandbox import SandboxedEnvironment
from word_files import body, cells, document, opened, saved, texts

from toolkit.errors import TemplateError
from toolkit.model.figure import Figure
from toolkit.word.compose import Composer
from toolkit.word.package import W, parse, read_parts
from toolkit.word.render import compile_template
from toolkit.word.shaping import columns_fit
from toolkit.word.tables import Column

PROJECTS = [
    {"name": "智慧城市", "budget": "100.00", "parts": ["甲", "乙"]},
    {"name": "一网通办<&>", "budget": "20.5", "parts": ["丙"]},
    {"name": "数据\n共享\t平台", "budget": "", "parts": []},
]
CONTEXT = {"title": "评价报告", "projects": PROJECTS, "columns": ["a", "b", "c"], "good": False}


def rendered(template: bytes, context) -> bytes:
    return compile_template(template, "模板.docx").render(context)


def by_docxtpl(template: bytes, context) -> bytes:
    made = DocxTemplate(BytesIO(template))
    made.render(context, SandboxedEnvironment(autoescape=True, undefined=StrictUndefined))
    target = BytesIO()
    made.save(target)
    return target.getvalue()


def report_template() -> bytes:
    made = Composer("报告")
    made.cover("{{ title }}", lines=[("委托单位", "{{ title }}")], organisation="x", date="y")
    made.contents()
    made.heading(1, "一、{{ title }}")
    made.table([Column("名称", "{{ p.name }}"), Column("预算", "{{ p.budget }}", group="钱")], each="p in projects")
    nested = ["p in projects", "x in p.parts"]
    made.table([Column("名称", "{% vm %}{{ p.name }}"), Column("部分", "{{ x }}")], each=nested)
    with made.each("p in projects"):
        made.heading(2, "{{ loop.index }}.{{ p.name }}")
        with made.when("p.parts"):
            made.paragraph("有{{ p.parts|length }}个部分", lead="结论：")
            made.otherwise()
            made.paragraph("没有")
    return made.save()


def split_run_template() -> bytes:
    """A tag that Word has cut into several runs with different formatting."""
    made = Document()
    paragraph = made.add_paragraph("标题：")
    for piece in ("{", "{ ti", "tle", " }", "}"):
        paragraph.add_run(piece).bold = piece == "tle"
    return saved(made)


def column_loop_template() -> bytes:
    made = Document()
    table = made.add_table(1, 3)
    for cell, text in zip(table.rows[0].cells, ("{%tc for c in columns %}", "{{ c }}", "{%tc endfor %}"), strict=True):
        cell.text = text
    return saved(made)


@pytest.mark.parametrize(
    "template",
    [
        report_template(),
        split_run_template(),
        column_loop_template(),
        document(
            "{% if good %}好{% else %}“差”{% endif %}", "{{ projects[2].name }}", "{_{ x }_}", header="{{ title }}"
        ),
        document("没有标签"),
    ],
    ids=["report", "split runs", "column loop", "text", "no tags"],
)
def test_the_body_is_docxtpls_but_for_rows_kept_together(template):
    def unkept(docx):
        return body(docx).replace("<w:keepNext></w:keepNext>", "").replace("<w:pPr></w:pPr>", "")

    assert unkept(rendered(template, CONTEXT)) == unkept(by_docxtpl(template, CONTEXT))


@pytest.mark.parametrize(
    ("second", "fits"),
    [
        ("<w:tc><w:p/></w:tc>", True),
        ("<jxbranch><w:tc><w:p/></w:tc></jxbranch>", False),
        ('<w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr><w:p/></w:tc>', False),
        ("<w:tc><w:tbl><w:tr/></w:tbl><w:p/></w:tc>", False),
        ("", False),
    ],
)
def test_whether_the_columns_of_a_table_can_change_is_told_by_the_template(second, fits):
    row = f"<jxbranch><w:tr><w:tc><w:p><jxbranch>甲</jxbranch></w:p></w:tc>{second}</w:tr></jxbranch>"
    grid = '<w:tblGrid><w:gridCol w:w="1"/><w:gridCol w:w="1"/></w:tblGrid>'
    assert columns_fit(parse(f'<w:tbl xmlns:w="{W}">{grid}{row}</w:tbl>'.encode())) is fits


def test_how_long_a_cell_is_its_printed_figures_decide_not_what_marks_them():
    made = Composer()
    made.table([Column("名称", "{{ words }}{{ figure }}")], each="one in rows")
    context = {"words": "字" * 24, "figure": Figure(Decimal(7), "汇总!A1", "7.00"), "rows": "甲乙"}
    (table,) = opened(compile_template(made.save()).render(context)).tables
    kept = [bool(row.cells[0].paragraphs[0].paragraph_format.keep_with_next) for row in table.rows]
    assert kept == [True, True, False]


@pytest.mark.parametrize(
    ("rows", "kept"),
    [(1, [True, False]), (3, [True, True, True, False]), (20, [True, True, *[False] * 17, True, False])],
)
def test_short_tables_stay_whole_and_long_ones_leave_no_row_alone(rows, kept):
    made = Composer()
    made.table([Column("名称", "{{ one }}")], each="one in names")
    rendered = compile_template(made.save()).render({"names": [str(number) for number in range(rows)]})
    (table,) = opened(rendered).tables
    assert [bool(row.cells[0].paragraphs[0].paragraph_format.keep_with_next) for row in table.rows] == kept


def test_headers_and_properties_are_rendered_too():
    template = Document(BytesIO(document("正文", header="{{ title }}（页眉）")))
    template.core_properties.title = "{{ title }}"
    made = opened(rendered(saved(template), CONTEXT))
    assert made.sections[0].header.paragraphs[0].text == "评价报告（页眉）"
    assert made.core_properties.title == "评价报告"


def test_equal_contexts_give_equal_bytes_and_other_parts_are_untouched():
    template = report_template()
    compiled = compile_template(template)
    first = compiled.render(CONTEXT)
    assert compiled.render({**CONTEXT, "title": "别的"}) != first
    assert compiled.render(CONTEXT) == first == compile_template(template).render(CONTEXT)
    before, after = read_parts(template), read_parts(first)
    assert {name for name in before if before[name] != after[name]} == {
        "word/document.xml",
        "[Content_Types].xml",
        "_rels/.rels",
    }


def test_what_cannot_be_printed_is_shown_as_a_box():
    made = rendered(document("{{ x }}"), {"x": "甲\x00乙\ud800丙\u202e丁\ue000戊"})
    assert texts(made) == ["甲□乙□丙□丁□戊"]


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.characters(codec=None), max_size=40))
def test_any_text_of_a_unit_stays_text(text):
    made = rendered(document("{{ x }}"), {"x": text})
    assert len(opened(made).paragraphs) == 1
    assert "w:fldChar" not in body(made)


def test_tags_in_a_units_text_are_never_run():
    made = rendered(document("{{ x }}"), {"x": "{{ 7*7 }}{% for a in b %}<w:p/>&lt;"})
    assert texts(made) == ["{{ 7*7 }}{% for a in b %}<w:p/>&lt;"]
    with pytest.raises(TemplateError, match="已经生成的报告"):
        compile_template(made)


def test_nothing_true_and_false_are_words():
    made = rendered(document("{{ a }}{{ b }}{{ c }}{{ d }}"), {"a": None, "b": True, "c": False, "d": Decimal("1.50")})
    assert texts(made) == ["—是否1.50"]


@pytest.mark.parametrize(
    ("tag", "message"),
    [
        ("第一段{{ 没有的 }}", "名称“没有的”不存在"),
        ("{{ projects[0].没有 }}", "没有“没有”这一项"),
        ("{{ ''.__class__.__mro__ }}", "引用的内容不存在|不允许的写法"),
        ("{{ title.__class__() }}", "不允许的写法|不存在"),
        ("{{ 1/0 }}", "算不出结果"),
    ],
)
def test_an_error_while_rendering_names_file_and_paragraph(tag, message):
    with pytest.raises(TemplateError, match=message) as caught:
        rendered(document("前面一段", tag, "后面一段"), CONTEXT)
    assert caught.value.where.startswith("模板.docx，段落“")
    assert tag in caught.value.where


@pytest.mark.parametrize(
    ("tag", "message"),
    [
        ("{% if title %}没有结束", "endif|成对"),
        ("{{ (title }}", "没有配对"),
        ("{{ title|safe }}", "没有“safe”"),
        ("{% autoescape false %}{{ title }}{% endautoescape %}", "转义"),
        ("{% foo %}", "名称不对"),
    ],
)
def test_a_template_that_cannot_be_compiled_is_refused_in_words(tag, message):
    with pytest.raises(TemplateError, match=message):
        compile_template(document(tag), "模板.docx")


def test_a_file_that_is_not_word_is_refused():
    with pytest.raises(TemplateError, match="不是可以读取的 Word 文档"):
        compile_template(b"PK\x03\x04 nothing", "坏.docx")


def test_a_table_whose_rows_all_fell_away_is_removed_and_cells_keep_a_paragraph():
    made = Document()
    empty = made.add_table(3, 1)
    for row, text in zip(empty.rows, ("{%tr for x in [] %}", "{{ x }}", "{%tr endfor %}"), strict=True):
        row.cells[0].text = text
    made.add_paragraph("之间")
    cell = made.add_table(1, 1).rows[0].cells[0]
    cell.text = "{%p if good %}"
    cell.add_paragraph("好")
    cell.add_paragraph("{%p endif %}")
    assert cells(rendered(saved(made), CONTEXT)) == [[""]]


def test_the_last_row_of_a_high_table_is_free_of_what_follows():
    made = Composer()
    made.table([Column("名称", "{{ words }}")])
    (table,) = opened(compile_template(made.save()).render({"words": "字" * 60})).tables
    assert [bool(row.cells[0].paragraphs[0].paragraph_format.keep_with_next) for row in table.rows] == [True, False]
