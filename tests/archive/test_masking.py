"""No masked text is left in any part, however it stands there: in runs, as a number, in an archive in an archive."""

import zipfile
from io import BytesIO

import pytest

from toolkit.archive.masking import Masks, holds, masked

NAME, PHONE, MAIL = "张三丰", "13812345678", "zhang@example.com"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
S = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


@pytest.fixture
def masks() -> Masks:
    found = (("联系人", "1", NAME), ("电话", "1", PHONE), ("邮箱", "1", MAIL))
    return Masks.of(found, kept=("市大数据局",))


def zipped(parts: dict[str, bytes]) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return stream.getvalue()


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


RUNS = (
    f"<w:document {W}><w:p><w:r><w:t>联系人张</w:t></w:r><w:r><w:t>三丰，电话138</w:t></w:r>"
    "<w:r><w:t>12345678。</w:t></w:r></w:p></w:document>"
)
SHEET = (
    f'<worksheet {S}><sheetData><row r="1"><c r="A1"><v>{PHONE}</v></c>'
    '<c r="B1" t="s"><v>0</v></c></row></sheetData></worksheet>'
)
SHARED = f"<sst {S}><si><r><t>张三</t></r><r><t>丰</t></r></si><si><t>{MAIL}</t></si></sst>"
HEAD = '<?xml version="1.0" encoding="UTF-8"?>'


def test_a_name_in_pieces_and_a_number_are_masked_and_the_rest_stays(masks: Masks) -> None:
    docx = zipped({"word/document.xml": (HEAD + RUNS).encode()})
    xlsx = zipped(
        {"xl/worksheets/sheet1.xml": (HEAD + SHEET).encode(), "xl/sharedStrings.xml": (HEAD + SHARED).encode()}
    )
    done = masked("a.docx", docx, masks)
    assert done is not None
    text = parts_of(done)["word/document.xml"].decode()
    assert "联系人〔联系人001〕" in text
    assert "〔电话001〕" in text
    assert text.endswith("<w:t>。</w:t></w:r></w:p></w:document>")
    book = masked("a.xlsx", xlsx, masks)
    assert book is not None
    sheet = parts_of(book)["xl/worksheets/sheet1.xml"].decode()
    assert '<c r="A1" t="str"><v>〔电话001〕</v></c>' in sheet
    assert '<c r="B1" t="s"><v>0</v></c>' in sheet
    assert "〔联系人001〕" in parts_of(book)["xl/sharedStrings.xml"].decode()


def test_nested_archives_and_their_names_are_masked(masks: Masks) -> None:
    inner = zipped({f"{NAME}.txt": f"{PHONE} {MAIL}".encode()})
    outer = zipped({"里面.zip": zipped({"再里面.zip": inner}), "说明.json": f'{{"名": "{NAME}"}}'.encode()})
    assert holds("外面.zip", outer, masks)
    done = masked("外面.zip", outer, masks)
    assert done is not None
    assert not holds("外面.zip", done, masks)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("扫描.pdf", b"%PDF-1.7 ..."),
        ("照片.jpg", b"\xff\xd8\xff\xe0"),
        ("旧.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        ("信.eml", b"Subject: x\n\ndGVzdA=="),
        ("坏.zip", b"PK\x03\x04 rubbish"),
        (
            "实体.xml",
            b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY n "\xe5\xbc\xa0\xe4\xb8\x89\xe4\xb8\xb0">]><a>&n;</a>',
        ),
        ("带对象.docx", zipped({"word/embeddings/oleObject1.bin": b"\xd0\xcf\x11\xe0"})),
        ("图.docx", zipped({"word/media/image1.png": b"\x89PNG" + NAME.encode("utf-16-le")})),
    ],
)
def test_what_cannot_be_masked_for_certain_is_left_out(masks: Masks, name: str, data: bytes) -> None:
    done = masked(name, data, masks)
    assert done is None or not holds(name, done, masks)
    assert done is None or name == "实体.xml"


def test_public_names_and_words_that_say_nothing_are_no_personal_data() -> None:
    found = (
        ("联系人", "1", "市大数据局"),
        ("联系人", "2", "无"),
        ("电话", "3", "123"),
        ("电话", "4", "李四、85001234"),
    )
    masks = Masks.of(found, kept=("市大数据局",))
    assert sorted(mask.text for mask in masks.masks) == ["85001234", "李四", "李四、85001234"]


def test_what_holds_no_personal_data_is_copied_byte_for_byte(masks: Masks) -> None:
    data = zipped({"word/document.xml": f"{HEAD}<w:document {W}><w:p/></w:document>".encode()})
    done = masked("a.docx", data, masks)
    assert done is not None
    assert parts_of(done) == parts_of(data)
