"""Supporting files beside the workbooks, held against what the units listed."""

from dataclasses import replace
from io import BytesIO

import pytest

from tests.collect.returned import clean, filled, read
from tests.small_scheme import ROSTER, SMALL_SCHEME
from toolkit.collect import EvidenceFile, match_evidence, may_support, supporting
from toolkit.collect.page_count import look_at
from toolkit.excel.md_table import md_to_xlsx
from toolkit.model import Roster


def listed(**cells):
    """The first project's submission with a list of evidence, and the second's with an empty one."""
    cells = {"佐证提供_E01": "已提供", "佐证提供_E02": "未提供", "佐证提供_E03": "不适用"} | cells
    return {"1": read(filled(**cells)).submission, "2": read(clean(1)).submission}


def file(name: str, folder: str = "甲", **more) -> EvidenceFile:
    return replace(EvidenceFile(name, folder, f"{name}{folder}", 10, "PDF 文件", 3), **more)


def match(*files: EvidenceFile, **cells):
    submissions = listed(**cells)
    return match_evidence(files, submissions, {"1": ["甲"], "2": ["乙"]}, SMALL_SCHEME, ROSTER)


def codes(found, project: str = "1") -> list[str]:
    return sorted(one.code for one in found.findings if one.project in (project, ""))


def test_a_file_named_by_its_code_is_the_listed_item():
    found = match(file("E01_立项批复.pdf"))
    assert [(one.project, one.item) for one in found.files] == [("1", "E01")]
    assert not codes(found)


def test_a_file_named_as_the_unit_wrote_it_is_the_listed_item():
    found = match(file("扫描件 0012.PDF"), 佐证文件名_E01="扫描件0012.pdf、附件.pdf")
    assert found.files[0].item == "E01"
    assert not codes(found)


def test_what_is_listed_and_did_not_come_is_told():
    found = match(file("E02_凭证.pdf"))
    assert codes(found) == ["EVID-01"]
    assert codes(match(file("E01_x.pdf", "乙"))) == ["EVID-01"]


def test_nothing_received_at_all_is_one_note_for_the_batch():
    assert [one.code for one in match().findings] == ["EVID-07"]


def test_what_came_and_is_not_listed_is_told():
    assert codes(match(file("E01_立项批复.pdf"), file("合影.pdf"))) == ["EVID-02"]


def test_a_photo_of_the_signed_page_without_a_code_says_what_is_missing():
    found = match(file("E01_立项批复.pdf"), file("IMG_01_签字页.jpg"), file("合影.jpg")).findings
    hints = {one.at.workbook: one.hint for one in found}
    assert "没有读到二维码" in hints["IMG_01_签字页.jpg"]
    assert "二维码" not in hints["合影.jpg"]


def test_identical_files_of_two_projects_are_told_to_both():
    found = match(file("E01_a.pdf", sha256="same"), file("E01_b.pdf", "乙", sha256="same"))
    assert codes(found) == ["EVID-03"]
    assert "EVID-03" in codes(found, "2")


def test_a_file_nobody_owns_and_one_that_cannot_be_opened():
    assert codes(match(file("E01_立项批复.pdf"), file("合影.pdf", "丙"))) == ["EVID-05"]
    assert codes(match(file("E01_立项批复.pdf", openable=False, pages=None))) == ["EVID-04"]


@pytest.mark.parametrize(
    ("name", "folder", "project"),
    [
        ("E01.pdf", "甲/附件.zip/材料", "1"),
        ("惠企通<综合>服务平台 批复.pdf", "甲", "2"),
        ("02_批复.pdf", "丙", "2"),
        ("批复.pdf", "003_某项目", "3"),
        ("批复.pdf", "", ""),
    ],
)
def test_whose_a_file_is(name, folder, project):
    assert match(file(name, folder)).files[0].project == project


def test_a_page_number_beyond_the_file_is_told():
    assert codes(match(file("E01_立项批复.pdf"), 佐证页码_E01="第2-5页")) == ["EVID-06"]
    assert not codes(match(file("E01_立项批复.pdf"), 佐证页码_E01="第2-3页"))


@pytest.mark.parametrize(
    ("name", "folder", "evidence"),
    [
        ("支出明细.xlsx", "甲", True),
        ("支出明细.xlsx", "甲/附件", True),
        ("支出明细.xlsx", "收件.zip/两个项目", True),
        ("E02_台账.xlsx", "", True),
        ("台账 一.xls", "", True),
        ("支出明细.xlsx", "", False),
        ("支出明细.xlsx", "丙", False),
        ("003_自制表.xlsx", "甲", False),
        ("002_支出明细.xlsx", "甲", True),
    ],
)
def test_a_workbook_that_is_not_ours_is_evidence_where_it_lies_with_a_return_or_is_listed(name, folder, evidence):
    submissions = listed(佐证文件名_E01="台账一.xls")
    folders = {"1": ["甲"], "2": ["收件.zip"]}
    assert bool(supporting([file(name, folder)], submissions, folders, SMALL_SCHEME, ROSTER)) is evidence


def test_where_there_is_one_project_everything_belongs_to_it():
    alone = Roster((ROSTER.projects[0],), "0" * 64)
    assert supporting([file("支出明细.xlsx", "")], {"1": listed()["1"]}, {"1": [""]}, SMALL_SCHEME, alone)


def test_only_what_is_not_ours_may_be_evidence():
    strange = md_to_xlsx("## 支出明细\n\n| 项目名称 | 金额 |\n| --- | --- |\n| 政务数据共享平台（二期） | 12 |")
    assert may_support(read(strange, "支出明细.xlsx"))
    assert may_support(read("摘要,金额\n一,2".encode(), "流水.csv"))
    for data, name in ((clean(), "采集表.xlsx"), (clean()[:-99], "采集表.xlsx"), (b"%PDF-1.7", "采集表.xlsx")):
        assert not may_support(read(data, name))


def pdf(pages: int, password: str = "") -> bytes:
    from pypdf import PdfWriter

    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(100, 100)
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    buffer = BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def test_pages_are_counted_and_damage_is_seen():
    assert (look_at(pdf(3)).pages, look_at(pdf(3)).openable) == (3, True)
    for bad in (pdf(3, "secret"), b"%PDF-1.7 cut off", b"\x89PNG\r\n\x1a\n half", b"\xff\xd8\xff\xe0 half"):
        assert look_at(bad).openable is False
    assert look_at(b"\xff\xd8\xff\xe0 whole \xff\xd9").openable
