"""Word documents are read whoever wrote them: attributes that hold no number say nothing, and stop nothing."""

from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO

import pytest
from docx import Document as WordFile

from toolkit.proof.engine import proof
from toolkit.proof.reading import read_document
from toolkit.word.commenting import Spot, with_comments
from toolkit.word.package import DOCUMENT, STYLES, read_parts, write_parts

ROWS = (
    ("年度", "预算", "支出"),
    ("2023年", "124.00", "111.60"),
    ("2024年", "138.00", "131.10"),
    ("合计", "262.00", "242.70"),
)
NO_NUMBERS = ("", "abc", "1.5", "-5", "１", "9" * 5000)


def document() -> bytes:
    made = WordFile()
    made.add_heading("一、概况", 1)
    made.add_paragraph("资金100万元。")
    made.add_table(2, 2).cell(0, 0).text = "金额"
    data = BytesIO()
    made.save(data)
    return data.getvalue()


def changed(part: str, change: Callable[[str], str]) -> bytes:
    parts = dict(read_parts(document()))
    text = parts[part].decode()
    parts[part] = change(text).encode()
    assert parts[part].decode() != text
    return write_parts(parts)


def nested(total: str) -> bytes:
    """A table within the first of two cells side by side, as reports set notes beside figures."""
    made = WordFile()
    outer = made.add_table(1, 2)
    outer.cell(0, 0).text = "资金情况（单位：万元）"
    inner = outer.cell(0, 0).add_table(len(ROWS), len(ROWS[0]))
    for at, row in enumerate(ROWS):
        for column, text in enumerate(row):
            inner.cell(at, column).text = total if text == "242.70" else text
    outer.cell(0, 1).text = "资料来源：决算。"
    made.add_paragraph("以上为全部资金。")
    data = BytesIO()
    made.save(data)
    return data.getvalue()


def test_a_table_within_a_cell_is_a_table_of_its_own_and_no_words_of_that_cell() -> None:
    outer, inner = read_document(nested("242.70"), "报告.docx").tables
    assert [cell.text for cell in outer.rows[0]] == ["资金情况（单位：万元）", "资料来源：决算。"]
    assert tuple(tuple(cell.text for cell in row) for row in inner.rows) == ROWS
    assert not proof(read_document(nested("242.70"), "报告.docx")).findings


def test_a_total_of_a_table_within_a_cell_is_added_up_and_commented_where_it_stands() -> None:
    wrong = nested("224.70")
    (finding,) = proof(read_document(wrong, "报告.docx")).findings
    assert "224.70" in finding.message
    spot = Spot(0, finding.place.table, finding.place.row, finding.place.column)
    commented = with_comments(wrong, {spot: ["合计不符"]}, datetime(2026, 1, 5, tzinfo=UTC), "校核")
    cell = WordFile(BytesIO(commented)).tables[0].cell(0, 0).tables[0].cell(3, 2)
    assert "commentReference" in cell._tc.xml


@pytest.mark.parametrize("number", NO_NUMBERS)
@pytest.mark.parametrize(
    ("part", "before", "put"),
    [
        (DOCUMENT, "<w:pPr>", '<w:pPr><w:outlineLvl w:val="{}"/>'),
        (DOCUMENT, "<w:tcPr>", '<w:tcPr><w:gridSpan w:val="{}"/>'),
        (DOCUMENT, "<w:tr>", '<w:tr><w:trPr><w:gridBefore w:val="{}"/></w:trPr>'),
        (STYLES, '<w:outlineLvl w:val="1"/>', '<w:outlineLvl w:val="{}"/>'),
    ],
    ids=["level", "columns", "columns before", "level of a style"],
)
def test_an_attribute_without_a_number_says_nothing(part: str, before: str, put: str, number: str) -> None:
    read = read_document(changed(part, lambda text: text.replace(before, put.format(number), 1)), "报告.docx")
    assert [text for _, text in read.texts()] == [text for _, text in read_document(document(), "报告.docx").texts()]


NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
REFERENCE = '<w:r><w:footnoteReference w:id="{}"/></w:r>'


def noted(*, deleted: bool = False) -> bytes:
    """A report with two footnotes, the first of them of a table, and an endnote; Word's own separator is no note."""
    made = WordFile()
    made.add_heading("一、资金情况", 1)
    made.add_paragraph("预算资金262.00万元，支出242.70万元。")
    made.add_table(1, 1).cell(0, 0).text = "支出（万元）"
    made.add_paragraph("表1　各年资金")
    made.add_heading("二、结论", 1)
    made.add_paragraph("完成较好。")
    data = BytesIO()
    made.save(data)
    parts = dict(read_parts(data.getvalue()))
    body = parts[DOCUMENT].decode()
    for words, number in (("支出242.70万元。", 2), ("支出（万元）", 1)):
        reference = REFERENCE.format(number)
        if deleted:
            reference = f'<w:del w:id="9" w:author="张三">{reference}</w:del>'
        body = body.replace(f"{words}</w:t></w:r>", f"{words}</w:t></w:r>{reference}")
    body = body.replace("完成较好。</w:t></w:r>", '完成较好。</w:t></w:r><w:r><w:endnoteReference w:id="1"/></w:r>')
    parts[DOCUMENT] = body.encode()
    for kind, texts in (
        ("footnote", {1: "含质保金。", 2: "支出242.70万元，其中上年111.60万元、本年131.20万元。"}),
        ("endnote", {1: "见决算。"}),
    ):
        notes = "".join(
            f'<w:{kind} w:id="{at}"><w:p><w:r><w:{kind}Ref/></w:r><w:r><w:t>{text}</w:t></w:r></w:p></w:{kind}>'
            for at, text in texts.items()
        )
        separator = f'<w:{kind} w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:{kind}>'
        parts[f"word/{kind}s.xml"] = f"<w:{kind}s {NAMESPACE}>{separator}{notes}</w:{kind}s>".encode()
    return write_parts(parts)


def test_notes_are_text_of_the_section_that_refers_to_them_and_numbered_as_word_numbers_them() -> None:
    told = [(str(place), text) for place, text in read_document(noted(), "报告.docx").texts()]
    assert told == [
        ("第1段", "一、资金情况"),
        ("第2段", "预算资金262.00万元，支出242.70万元。"),
        ("表格1第1行第1列", "支出（万元）"),
        ("第3段", "表1　各年资金"),
        ("第2段脚注1", "支出242.70万元，其中上年111.60万元、本年131.20万元。"),
        ("第2段脚注2", "含质保金。"),
        ("第4段", "二、结论"),
        ("第5段", "完成较好。"),
        ("第5段尾注1", "见决算。"),
    ]


def test_a_note_whose_reference_was_deleted_is_no_text_any_more() -> None:
    assert not [text for _, text in read_document(noted(deleted=True), "报告.docx").texts() if "质保金" in text]


def test_a_wrong_sum_in_a_footnote_is_found_and_commented_where_it_is_referred_to() -> None:
    data = noted()
    places = [found.place for found in proof(read_document(data, "报告.docx")).findings if found.place.note]
    assert [str(place) for place in places] == ["第2段脚注1"]
    spot = Spot(places[0].paragraph)
    commented = WordFile(BytesIO(with_comments(data, {spot: ["合计不符"]}, datetime(2025, 5, 30, tzinfo=UTC), "校核")))
    assert "commentRangeStart" in commented.paragraphs[1]._p.xml
