"""Word documents are read whoever wrote them: attributes that hold no number say nothing, and stop nothing."""

from collections.abc import Callable
from io import BytesIO

import pytest
from docx import Document as WordFile

from toolkit.proof.reading import read_document
from toolkit.word.package import DOCUMENT, STYLES, read_parts, write_parts

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
