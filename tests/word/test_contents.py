"""The contents are a real field whose entries are already there."""

from collections.abc import Callable

import pytest
from word_files import document, opened, saved, texts

from toolkit.errors import MissingProgramError
from toolkit.word.compose import Composer
from toolkit.word.contents import fill_contents, fill_contents_with_pages, pages_by_libreoffice
from toolkit.word.figures import read_manifest
from toolkit.word.package import DOCUMENT, parse, read_parts, w
from toolkit.word.render import compile_template


def report() -> bytes:
    made = Composer()
    made.cover("报告")
    made.contents()
    made.heading(1, "一、概况")
    made.paragraph("正文")
    made.heading(2, "（一）{{ name }}")
    made.page_break()
    made.heading(3, "1.资金")
    made.heading(4, "（1）不进目录")
    with made.landscape():
        made.heading(1, "二、附表")
    return compile_template(made.save()).render({"name": "甲\t乙<&>"})


def entries(docx: bytes) -> list[tuple[str, str]]:
    """Style and words of every entry."""
    frame = parse(read_parts(docx)[DOCUMENT]).find(f".//{w('sdtContent')}")
    found = []
    for paragraph in frame:
        words = "".join(
            "→" if node.tag == w("tab") else node.text or ""
            for node in paragraph.iter(w("t"), w("tab"))
            if node.getparent().tag == w("r")
        )
        found.append((paragraph.find(f"{w('pPr')}/{w('pStyle')}").get(w("val")), words))
    return found


def test_entries_follow_the_headings_down_to_level_three():
    styles, words = zip(*entries(fill_contents(report())), strict=True)
    assert words == ("一、概况", "（一）甲 乙<&>", "1.资金", "二、附表")
    assert [style[-1] for style in styles] == ["1", "2", "3", "1"]


def test_the_field_is_complete_and_links_lead_to_headings():
    root = parse(read_parts(fill_contents(report()))[DOCUMENT])
    kinds = [node.get(w("fldCharType")) for node in root.find(f".//{w('sdtContent')}").iter(w("fldChar"))]
    assert kinds == ["begin", "separate", "end"]
    anchors = [node.get(w("anchor")) for node in root.iter(w("hyperlink"))]
    marks = [node.get(w("name")) for node in root.iter(w("bookmarkStart"))]
    assert anchors == marks
    assert "".join(root.find(f".//{w('instrText')}").itertext()).strip() == r'TOC \o "1-3" \h \z \u'


def test_page_numbers_are_page_references_and_unknown_ones_leave_no_dots():
    made = fill_contents(report(), {"_Toc900000001": "1", "_Toc900000004": "12"}.get)
    assert [words for _, words in entries(made)] == ["一、概况→1", "（一）甲 乙<&>", "1.资金", "二、附表→12"]
    assert b"PAGEREF _Toc900000004" in read_parts(made)[DOCUMENT]


def test_a_report_without_a_place_for_contents_is_left_alone():
    plain = document("一、概况")
    assert fill_contents(plain) is plain
    assert fill_contents_with_pages(plain, None) is plain


def test_page_numbers_nobody_asked_for_are_left_out_and_those_asked_for_are_not_silently_missing():
    def absent(_: bytes) -> dict[str, str]:
        raise MissingProgramError("没有安装 LibreOffice")

    assert fill_contents_with_pages(report(), None) == fill_contents(report())
    with pytest.raises(MissingProgramError, match="LibreOffice"):
        fill_contents_with_pages(report(), absent)


def test_headings_are_known_by_outline_level_and_chinese_style_names():
    made = opened(document("[[目录]]", "甲", "乙"))
    made.styles["List Bullet"].name = "标题 2"
    made.paragraphs[2].style = "标题 2"
    properties = made.paragraphs[1]._p.get_or_add_pPr()
    outline = properties.makeelement(w("outlineLvl"))
    outline.set(w("val"), "0")
    properties.append(outline)
    assert texts(fill_contents(saved(made)))[-2:] == ["甲", "乙"]
    root = parse(read_parts(fill_contents(saved(made)))[DOCUMENT])
    assert ["".join(node.itertext()) for node in root.iter(w("hyperlink"))] == ["甲", "乙"]


def test_a_report_without_headings_gets_an_empty_contents():
    assert b"TOC" in read_parts(fill_contents(document("[[目录]]", "正文")))[DOCUMENT]


@pytest.mark.libreoffice
def test_page_numbers_are_those_printed_on_the_pages(to_pdf: Callable[[bytes], bytes]):
    filled = fill_contents(report())
    pages = pages_by_libreoffice(filled, to_pdf)
    assert list(pages.values()) == ["1", "1", "2", "3"], "cover and contents are not counted"
    final = fill_contents_with_pages(report(), lambda docx: pages_by_libreoffice(docx, to_pdf))
    assert [words for _, words in entries(final)] == ["一、概况→1", "（一）甲 乙<&>→1", "1.资金→2", "二、附表→3"]
    assert read_manifest(final).intact
