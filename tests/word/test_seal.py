"""A report's text as generated is told from edited text and from altered digits, whatever program saved it."""

import re
import subprocess
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from word_files import document, opened, saved

from toolkit.model.figure import Figure
from toolkit.word.charts import ChartKind, ChartSpec, insert_chart
from toolkit.word.compose import Composer
from toolkit.word.contents import fill_contents
from toolkit.word.package import DOCUMENT, read_parts, write_parts
from toolkit.word.properties import read_properties
from toolkit.word.render import compile_template
from toolkit.word.seal import PREFIX, Change, seal, text_changes
from toolkit.word.tables import Column
from toolkit.word.text_units import UnitKind, text_units

TOTAL = Figure(Decimal("93.5"), "汇总!G5", "93.50")


@pytest.fixture(scope="module")
def report() -> bytes:
    made = Composer("评价报告")
    made.contents()
    made.heading(1, "一、基本情况")
    made.paragraph("评价期间为2022年1月1日至2022年12月31日。")
    made.paragraph("综合得分{{ total }}分，满分100分。")
    made.heading(2, "（一）附件1")
    made.table([Column("序号", "{{ r }}"), Column("名称", "第{{ r }}项")], each="r in rows")
    made.paragraph("结束。")
    made.chart("得分")
    rendered = compile_template(made.save()).render({"total": TOTAL, "rows": [1, 2, 3]})
    scores = ChartSpec(ChartKind.COLUMN, ["甲", "乙"], {"得分": [Decimal("93.5"), Decimal(80)]})
    return seal(fill_contents(insert_chart(rendered, "得分", scores), lambda _: "7"))


def changed(docx: bytes, before: str, after: str, part: str = DOCUMENT, count: int = 1) -> bytes:
    parts = read_parts(docx)
    text, times = re.subn(before, after, parts[part].decode(), count=count)
    assert times
    parts[part] = text.encode()
    return write_parts(parts)


def found(docx: bytes) -> list[tuple[Change, str]]:
    return [(change.change, change.text) for change in text_changes(docx) or ()]


def test_as_generated_and_saved_again_nothing_has_changed(report):
    assert text_changes(report) == []
    assert text_changes(saved(opened(report))) == []
    assert seal(report) == seal(seal(report))


def test_properties_are_short_enough_for_every_program(report):
    values = [text for name, text in read_properties(read_parts(report)).items() if name.startswith(PREFIX)]
    assert values
    assert all(0 < len(text) <= 255 for text in values)


def test_a_digit_altered_in_generated_text(report):
    altered = changed(report, "2022年12月31日", "2022年12月30日")
    assert found(altered) == [(Change.DIGITS, "评价期间为2022年1月1日至2022年12月30日。")]


def test_a_digit_altered_in_a_table_row(report):
    assert found(changed(report, "第2项", "第3项")) == [(Change.DIGITS, "2第3项")]


def test_the_digits_of_a_figure_are_the_figures_business(report):
    assert text_changes(changed(report, "93.50", "93.51")) == []


def test_a_figure_without_its_bookmark_is_an_edited_paragraph(report):
    bare = changed(report, "<w:bookmarkStart [^>]*jx1_[^>]*>", "")
    assert found(bare) == [(Change.EDITED, "综合得分93.50分，满分100分。")]


def test_edited_added_removed_and_moved_text(report):
    assert found(changed(report, "结束。", "到此为止。")) == [(Change.EDITED, "到此为止。")]
    document_ = opened(report)
    end = next(paragraph for paragraph in document_.paragraphs if paragraph.text == "结束。")
    end.insert_paragraph_before("补充一段。")
    assert found(saved(document_)) == [(Change.EDITED, "补充一段。")]
    first = next(paragraph for paragraph in document_.paragraphs if paragraph.text.startswith("评价期间"))
    end._p.addnext(first._p)
    assert found(saved(document_)) == [(Change.EDITED, "补充一段。")], "moved is not changed"
    end._p.getparent().remove(end._p)
    assert found(saved(document_)) == [(Change.EDITED, "补充一段。")], "one for one"
    first._p.getparent().remove(first._p)
    assert found(saved(document_)) == [(Change.EDITED, "补充一段。"), (Change.REMOVED, "")]


def test_a_paragraph_copied_by_hand_was_not_generated_twice(report):
    again = opened(report)
    end = next(paragraph for paragraph in again.paragraphs if paragraph.text == "结束。")
    end.insert_paragraph_before("结束。")
    assert found(saved(again)) == [(Change.EDITED, "结束。")]


def test_page_numbers_are_no_words(report):
    altered = changed(report, "<w:t>7</w:t>", "<w:t>8</w:t>")
    assert [change for change, _ in found(altered)] == [Change.PAGES]


def test_a_heading_inside_its_page_reference_is_still_words():
    """As LibreOffice saves contents without page numbers, and as others write page numbers without a reference."""

    def units(inner: str, code: str = r"PAGEREF _Toc9 \h") -> list[tuple[str, str]]:
        space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
        field = (
            f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{code}</w:instrText></w:r>'
            f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{inner}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        )
        xml = f"<w:document {space}><w:body><w:p>{field}</w:p></w:body></w:document>"
        return [(unit.words, unit.pages) for unit in text_units({DOCUMENT: xml.encode()})]

    assert units("<w:r><w:t>附件</w:t></w:r><w:r><w:t>1</w:t></w:r>") == [("附件1", "")]
    assert units("<w:r><w:t>附件1</w:t></w:r><w:r><w:tab/><w:t>12</w:t></w:r>") == [("附件1", "12")]
    assert units("<w:r><w:t>12</w:t></w:r>") == [("", "12")]
    assert units("<w:r><w:t>附件1</w:t></w:r>", "TOC") == [("附件1", "")]
    assert units("<w:r><w:t>附件1</w:t><w:tab/><w:t>9</w:t></w:r>", "TOC") == [("附件1", "9")]


def test_a_digit_altered_in_a_chart(report):
    altered = changed(report, "<c:v>80.0</c:v>", "<c:v>80.5</c:v>", "word/charts/chart1.xml")
    assert found(altered) == [(Change.DIGITS, "图:得分")]
    same = changed(report, "<c:v>80.0</c:v>", "<c:v>80</c:v>", "word/charts/chart1.xml")
    assert text_changes(same) == [], "another program writes the same number"


def test_kinds_of_units(report):
    kinds = {unit.kind for unit in text_units(read_parts(report))}
    assert kinds == set(UnitKind)


def test_a_file_without_a_seal_says_so():
    assert text_changes(document("甲")) is None


def test_text_put_into_a_report_sealed_without_any():
    sealed = seal(document(" "))
    assert text_changes(sealed) == []
    written = opened(sealed)
    written.paragraphs[0].add_run("丁9")
    assert [change.change for change in text_changes(saved(written)) or ()] == [Change.EDITED]


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.text("甲乙丙12 ", min_size=1, max_size=5), min_size=1, max_size=8), st.randoms(use_true_random=False)
)
def test_whatever_the_order_nothing_is_missed(paragraphs, random):
    """Every text that was not generated is named; those that were are not."""
    sealed = seal(document(*paragraphs))
    shuffled = opened(sealed)
    body = shuffled.element.body
    own = [paragraph._p for paragraph in shuffled.paragraphs]
    random.shuffle(own)
    for element in own:
        body.remove(element)
    for element in reversed(own):
        body.insert(0, element)
    assert text_changes(saved(shuffled)) == []
    shuffled.paragraphs[0].add_run("丁9")
    assert len(text_changes(saved(shuffled)) or ()) == 1


@pytest.mark.libreoffice
def test_saved_by_libreoffice_only_page_numbers_differ(report, tmp_path: Path):
    path = tmp_path / "报告.docx"
    path.write_bytes(report)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "docx", "--outdir", tmp_path / "新", path]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    assert {change for change, _ in found((tmp_path / "新" / "报告.docx").read_bytes())} <= {Change.PAGES}
