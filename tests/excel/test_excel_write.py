"""Writing plain tables, workbooks as text, and telling files apart."""

import os
import zipfile
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from workbook_parts import raw_xlsx, zipped

from toolkit.excel.book import CellKind
from toolkit.excel.md_table import md_to_xlsx, md_workbook, parse_md_workbook
from toolkit.excel.read import read_workbook
from toolkit.excel.sniff import FileKind, kind_of
from toolkit.excel.write import tables_to_xlsx

CORPUS = Path(os.environ.get("JIXIAO_CORPUS") or Path(__file__).parents[3] / "shared" / "corpus") / "spreadsheets"


def test_what_a_person_typed_never_becomes_a_formula() -> None:
    typed = ["=1+1", "+1", "-1", "@a", "#N/A", "\t=1", "＝1", "http://x", "'=1"]
    data = tables_to_xlsx({"表": [typed]})
    cells = read_workbook(data).sheets[0].cells
    assert [cell.value for cell in cells.values()] == typed
    assert {cell.kind for cell in cells.values()} == {CellKind.TEXT}
    assert {cell.formula for cell in cells.values()} == {None}
    assert openpyxl.load_workbook(BytesIO(data))["表"]["A1"].quotePrefix


def test_values_keep_their_kinds_and_bytes_repeat() -> None:
    rows = [["甲", 1, Decimal("0.1"), date(2024, 5, 1), True, None, ""]]
    data = tables_to_xlsx({"一": rows, "二": []})
    assert data == tables_to_xlsx({"一": rows, "二": []})
    assert {entry.date_time[0] for entry in zipfile.ZipFile(BytesIO(data)).infolist()} == {1980}
    sheet = read_workbook(data).sheets[0]
    assert [cell.value for cell in sheet.cells.values()] == ["甲", 1, Decimal("0.1"), 45413, True]
    assert sheet.cells[1, 4].kind is CellKind.DATE


TEXT = """
说明：小型方案。

## 指标

| 编码 | 名称 | 分值 |
| --- | :-: | ---: |
| A1 | 资金\\|到位<br>率 | 6 |
| '007 | =ROUND(a,2) |  |

## 选项
| 是 |
"""


def test_a_workbook_as_text() -> None:
    assert parse_md_workbook(TEXT) == {
        "指标": [["编码", "名称", "分值"], ["A1", "资金|到位\n率", "6"], ["'007", "=ROUND(a,2)", ""]],
        "选项": [["是"]],
    }
    sheet = read_workbook(md_to_xlsx(TEXT)).sheets[0]
    assert [sheet.value(ref) for ref in ("C2", "A3", "B3", "C3")] == [6, "007", "=ROUND(a,2)", None]
    assert sheet.at("B3").formula is None


def test_text_workbooks_with_mistakes() -> None:
    for text in ("| a |", "## 表\n## 表"):
        with pytest.raises(ValueError, match="sheet"):
            parse_md_workbook(text)


PRINTABLE = st.text(st.characters(exclude_categories=["C", "Z"]), max_size=8).filter(lambda text: "<br>" not in text)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.lists(PRINTABLE, min_size=2, max_size=2), min_size=1, max_size=4))
def test_tables_come_back_from_text(rows: list[list[str]]) -> None:
    rows = [["标题", "b\n|\\"], *rows]
    assert parse_md_workbook(md_workbook({"表": rows})) == {"表": rows}


KINDS = {
    "empty": (b"\x00\x00 \n", FileKind.EMPTY),
    "xlsx": (raw_xlsx(), FileKind.XLSX),
    "cut-off xlsx": (raw_xlsx()[:-200], FileKind.XLSX),
    "docx": (zipped({"[Content_Types].xml": "<a/>", "word/document.xml": "<a/>"}), FileKind.WORD),
    "cut-off docx": (zipped({"word/document.xml": "<a/>", "b.xml": "<b/>"})[:-30], FileKind.WORD),
    "pptx": (zipped({"[Content_Types].xml": "<a/>", "ppt/presentation.xml": "<a/>"}), FileKind.SLIDES),
    "ofd": (zipped({"OFD.xml": "<a/>", "Doc_0/Document.xml": "<a/>"}), FileKind.OFD),
    "zip": (zipped({"一.txt": "x"}), FileKind.ARCHIVE),
    "rar": (b"Rar!\x1a\x07", FileKind.ARCHIVE),
    "pdf": (b"%PDF-1.7\n", FileKind.PDF),
    "png": (b"\x89PNG\r\n\x1a\n", FileKind.IMAGE),
    "utf-8 csv": ("\ufeff项目,金额\n甲,1".encode(), FileKind.TEXT),
    "gbk csv": (("项目,金额\n甲,1\n" * 900).encode("gbk"), FileKind.TEXT),
    "utf-16 text": ("项目\t金额".encode("utf-16"), FileKind.TEXT),
    "html": (b"\r\n<!-- x --><TABLE><tr><td>1</td></tr></TABLE>", FileKind.HTML),
    "mhtml": (b"MIME-Version: 1.0\r\n", FileKind.HTML),
    "2003 xml": (b"<?xml version='1.0'?><a xmlns='urn:schemas-microsoft-com:office:spreadsheet'/>", FileKind.XML_TABLE),
    "noise": (bytes(range(256)), FileKind.UNKNOWN),
}  # fmt: skip


@pytest.mark.parametrize(("data", "kind"), KINDS.values(), ids=KINDS.keys())
def test_kinds(data: bytes, kind: FileKind) -> None:
    assert kind_of(data) is kind


EXPECTED = {
    "006": FileKind.XLS, "016": FileKind.XLSB, "083": FileKind.ENCRYPTED, "086": FileKind.ENCRYPTED,
    "090": FileKind.ODS, "099": FileKind.ENCRYPTED, "100": FileKind.ENCRYPTED, "102": FileKind.ENCRYPTED,
    "103": FileKind.ENCRYPTED, "105": FileKind.ENCRYPTED, "115": FileKind.ENCRYPTED, "122": FileKind.XLS,
    "128": FileKind.ENCRYPTED, "134": FileKind.XLSX, "137": FileKind.ENCRYPTED, "177": FileKind.ENCRYPTED,
    "180": FileKind.ENCRYPTED, "183": FileKind.ENCRYPTED, "189": FileKind.ENCRYPTED, "199": FileKind.ODS,
    "202": FileKind.XLSB, "204": FileKind.XLSB, "296": FileKind.XLS, "297": FileKind.XLS,
}  # fmt: skip


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus of odd workbooks is not here (JIXIAO_CORPUS)")
def test_kinds_in_the_corpus() -> None:
    found = {path.name[:3]: kind_of(path.read_bytes()) for path in CORPUS.iterdir()}
    assert {number: found[number] for number in EXPECTED} == EXPECTED


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=60), st.sampled_from([b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"<?xml"]))
def test_any_bytes_have_a_kind(data: bytes, start: bytes) -> None:
    assert kind_of(start + data) in FileKind
