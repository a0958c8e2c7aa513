"""Every printed figure can be traced to its cell, and a removed or changed one is noticed."""

import re
from decimal import Decimal

from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st
from word_files import cells, document, opened, saved, texts

from toolkit.model.figure import Figure
from toolkit.word.compose import Composer
from toolkit.word.figures import read_figures, read_manifest
from toolkit.word.marks import Marks
from toolkit.word.package import DOCUMENT, read_parts, write_parts
from toolkit.word.properties import NAME as PROPERTIES
from toolkit.word.render import compile_template
from toolkit.word.tables import Column


def figure(text: str, at: str) -> Figure:
    return Figure(Decimal(1), at, text)


def rendered(template: bytes, **context) -> bytes:
    return compile_template(template).render(context)


def printed(docx: bytes) -> list[tuple[str, str]]:
    return [(found.at, found.text) for found in read_figures(docx)]


def test_a_figure_is_printed_and_found_with_its_paragraph():
    made = rendered(
        document("得分{{ score }}分，执行率{{ rate }}。"),
        score=figure("93.50", "汇总!G5"),
        rate=figure("97.26%", "汇总!H5"),
    )
    assert texts(made) == ["得分93.50分，执行率97.26%。"]
    first, second = read_figures(made)
    assert (first.at, first.text, first.bookmark) == ("汇总!G5", "93.50", "jx1_汇总_G5")
    assert (second.at, second.context) == ("汇总!H5", "得分93.50分，执行率97.26%。")


def test_the_templates_formatting_stays_on_the_figure():
    template = Document()
    run = template.add_paragraph("总分").add_run("为{{ score }}分")
    run.bold, run.font.name = True, "黑体"
    made = rendered(saved(template), score=figure("93.50", "汇总!G5"))
    runs = opened(made).paragraphs[0].runs
    assert [run.text for run in runs] == ["总分", "为", "93.50", "分"]
    assert [bool(run.bold) for run in runs] == [False, True, True, True]
    assert runs[2].font.name == "黑体"


def test_figures_in_rows_and_headers():
    made = Composer()
    made.table([Column("名称", "{{ p.name }}"), Column("得分", "{{ p.score }}")], each="p in projects")
    template = opened(made.save())
    template.sections[0].header.paragraphs[0].text = "{{ total }}"
    rows = [{"name": "甲", "score": figure("90", "汇总!G2")}, {"name": "乙", "score": figure("80", "汇总!G3")}]
    report = rendered(saved(template), projects=rows, total=figure("170", "汇总!G9"))
    assert cells(report)[1:] == [["甲", "90"], ["乙", "80"]]
    assert printed(report) == [("汇总!G2", "90"), ("汇总!G3", "80"), ("汇总!G9", "170")]
    assert [found.context for found in read_figures(report)] == ["甲｜90", "乙｜80", "170"]


def test_bookmark_names_are_valid_unique_and_lead_back_to_awkward_sheet_names():
    places = [
        "'项目 明细（2024 年度、含结转）'!$C$2",
        "'项目-明细（2024 年度、含结转）'!C2",
        "A_B1!C2",
        "汇总!G5:G9",
        "汇总!G5",
    ]
    made = rendered(document("{% for f in figures %}{{ f }} {% endfor %}"), figures=[figure("1", at) for at in places])
    found = read_figures(made)
    expected = [
        "项目 明细（2024 年度、含结转）!C2",
        "项目-明细（2024 年度、含结转）!C2",
        "A_B1!C2",
        "汇总!G5:G9",
        "汇总!G5",
    ]
    assert [one.at for one in found] == expected
    assert len({one.bookmark for one in found}) == len(found)
    assert all(re.fullmatch(r"[^\W\d]\w{0,39}", one.bookmark) for one in found)


def test_python_docx_keeps_figures_and_manifest():
    made = rendered(document("{{ a }}和{{ a }}"), a=figure("1.00", "汇总!A1"))
    again = saved(opened(made))
    assert printed(again) == [("汇总!A1", "1.00")] * 2
    assert read_manifest(again) == read_manifest(made)
    assert (read_manifest(again).written, read_manifest(again).intact) == (2, True)


def edited(docx: bytes, pattern: str, replacement: str) -> bytes:
    parts = read_parts(docx)
    parts[DOCUMENT] = re.sub(pattern, replacement, parts[DOCUMENT].decode()).encode()
    return write_parts(parts)


def test_a_changed_number_is_noticed_and_read_as_it_stands():
    made = rendered(document("得分{{ a }}"), a=figure("93.50", "汇总!G5"))
    changed = edited(made, "93.50", "98.50")
    assert printed(changed) == [("汇总!G5", "98.50")]
    assert not read_manifest(changed).intact


def test_a_removed_bookmark_is_noticed():
    made = rendered(document("得分{{ a }}和{{ b }}"), a=figure("93.50", "汇总!G5"), b=figure("2", "汇总!G6"))
    manifest = read_manifest(edited(made, "<w:bookmarkStart [^>]*jx1_[^>]*>", ""))
    assert (manifest.written, manifest.found, manifest.intact) == (2, 1, False)


def test_the_second_number_in_the_text_of_a_cell_has_an_address_of_its_own():
    places = ["指标得分!L7#1", "指标得分!L7#2", "指标得分!L7"]
    made = rendered(document("{% for f in figures %}{{ f }}、{% endfor %}"), figures=[figure("3", at) for at in places])
    assert [one.at for one in read_figures(made)] == places
    assert "jx2_指标得分_L7第2数" in [one.bookmark for one in read_figures(made)]


@given(
    st.permutations(["汇总!A1", "'汇总'!B2", "汇总!C$3", "汇总!L7#2", "汇总!A1:A9>0", "自评 复核!F5-E5", "'它''的'!A1"])
)
def test_an_address_has_the_same_name_whatever_was_printed_before(addresses):
    def named(every: list[str]) -> dict[str, str]:
        marks = Marks()
        return {at: marks.name(at, "1").partition("_")[2] for at in every}

    assert named(addresses) == {at: named([at])[at] for at in addresses}


def test_a_figure_copied_in_libreoffice_is_still_a_figure():
    made = rendered(document("得分{{ a }}"), a=figure("93.50", "汇总!G5"))
    copied = edited(made, "jx1_汇总_G5", "jx1_汇总_G5_Copy_1")
    assert printed(copied) == [("汇总!G5", "93.50")]


def test_properties_some_program_escaped_are_read():
    made = rendered(document("{{ a }}"), a=figure("1", "'资金 核查'!A1"))
    parts = read_parts(made)
    parts[PROPERTIES] = parts[PROPERTIES].replace(b'{"', b'_x007B_"').replace(b'"}', b'"_x007D_')
    assert printed(write_parts(parts)) == [("资金 核查!A1", "1")]
    parts[PROPERTIES] = parts[PROPERTIES].replace(b"_x007B_", b"?")
    assert printed(write_parts(parts)) == [("资金_核查!A1", "1")], "read as well as it can be"


def test_a_unit_cannot_forge_a_figure():
    made = rendered(document("{{ x }}{{ x|e }}{{ a }}"), x="\ue0001.0\ue00199\ue002", a=figure("1", "汇总!A1"))
    assert printed(made) == [("汇总!A1", "1")]
    assert not set("\ue000\ue001\ue002") & set(texts(made)[0])


def test_a_figure_where_no_bookmark_can_stand_is_still_printed():
    template = opened(document("正文"))
    template.core_properties.title = "得分{{ a }}"
    made = rendered(saved(template), a=figure("93.50", "汇总!G5"))
    assert opened(made).core_properties.title == "得分93.50"
    assert read_manifest(made).written == 0


def test_joined_figures_stay_figures():
    figures = [figure("1", "汇总!A1"), figure("2", "汇总!A2")]
    made = rendered(document("{{ figures|join('、<') }}{{ ['a', '<b>']|join('，') }}"), figures=figures)
    assert texts(made) == ["1、<2a，<b>"]
    assert printed(made) == [("汇总!A1", "1"), ("汇总!A2", "2")]


def test_a_report_without_figures_has_an_intact_empty_manifest():
    manifest = read_manifest(rendered(document("没有数字")))
    assert (manifest.written, manifest.found, manifest.intact) == (0, 0, True)


addresses = st.builds(
    lambda sheet, column, row: f"'{sheet}'!{column}{row}",
    st.text("汇总表A_ 1-（）", min_size=1, max_size=30),
    st.sampled_from(["A", "G", "XFD"]),
    st.integers(1, 1_048_576),
)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.from_regex(r"-?\d{1,3}(,\d{3}){0,2}\.\d\d%?", fullmatch=True), addresses), max_size=6))
def test_what_is_written_is_read_back(pairs):
    figures = [figure(text, at) for text, at in pairs]
    made = rendered(document("{% for f in figures %}、{{ f }}{% endfor %}"), figures=figures)
    assert printed(made) == [(one.at.replace("'", ""), one.text) for one in figures]
    assert read_manifest(made).intact
