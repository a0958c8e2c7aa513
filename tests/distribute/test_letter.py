"""The letter says the right thing to each unit of a joint project, whatever the names contain."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

import pytest

from toolkit.distribute import (
    LETTER_TEMPLATE,
    PackageFile,
    UnitPackage,
    letter_context,
    letter_writer,
    plan_packages,
)
from toolkit.model import LetterFacts, Project, Roster
from toolkit.resources import document_template_path

DATA, INDUSTRY = "市大数据管理中心", "市工业和信息化局"
FACTS = LetterFacts(
    "南通市2024年度政务信息化项目绩效评价",
    "南通市数据局",
    issued=date(2026, 11, 21),
    deadline=date(2026, 12, 15),
    contact="张三",
    phone="0513-12345678",
    email="jixiao@example.gov.cn",
)
ALONE = Project("1", 2024, DATA, (DATA,), "政务云扩容", Decimal("1032.275"))
JOINT = Project("2", 2024, f"{DATA}、{INDUSTRY}", (DATA, INDUSTRY), "中小企业平台", None)


@pytest.fixture(scope="module")
def template() -> bytes:
    return document_template_path(LETTER_TEMPLATE).read_bytes()


def packages(*projects: Project) -> tuple[UnitPackage, ...]:
    return plan_packages(Roster(projects), {one.id: (f"{one.id}.xlsx", b"") for one in projects})


def words(document: bytes) -> str:
    from docx import Document

    opened = Document(BytesIO(document))
    cells = [cell.text for table in opened.tables for row in table.rows for cell in row.cells]
    return "\n".join([paragraph.text for paragraph in opened.paragraphs] + cells)


def test_context_of_a_lead_unit() -> None:
    context = letter_context(packages(ALONE, JOINT)[0], FACTS)
    assert (context["单位"], context["是否牵头"], context["共同单位"]) == (DATA, True, INDUSTRY)
    assert (context["截止日期"], context["发函日期"]) == ("2026年12月15日", "2026年11月21日")
    assert context["项目列表"] == [
        {"序号": 1, "项目名称": "政务云扩容", "合同金额": "1,032.28", "文件名": "1.xlsx"}
        | {"是否牵头": False, "牵头单位": DATA, "共同单位": ""},
        {"序号": 2, "项目名称": "中小企业平台", "合同金额": "—", "文件名": "2.xlsx"}
        | {"是否牵头": True, "牵头单位": DATA, "共同单位": INDUSTRY},
    ]


def test_attachments_are_no_projects() -> None:
    package = UnitPackage(DATA, (PackageFile("1.xlsx", b"", ALONE), PackageFile("填报说明.pdf", b"")))
    rows = letter_context(package, FACTS)["项目列表"]
    assert isinstance(rows, list)
    assert len(rows) == 1


def test_each_unit_of_a_joint_project_is_told_its_part(template: bytes) -> None:
    write = letter_writer(FACTS, template)
    lead, partner = (words(write(package)) for package in packages(JOINT))
    assert "贵单位为牵头单位" in lead
    assert "无须另行报送" not in lead
    assert f"由{DATA}牵头" in partner
    assert "贵单位为牵头单位" not in partner


def test_a_letter_is_complete_and_has_no_tag_left(template: bytes) -> None:
    text = words(letter_writer(FACTS, template)(packages(ALONE)[0]))
    for part in (FACTS.evaluation, FACTS.issuer, f"{DATA}：", "2026年12月15日", "张三", FACTS.email, "1,032.28"):
        assert part in text
    assert "{" not in text
    assert "牵头" not in text


def test_absent_contacts_leave_no_holes(template: bytes) -> None:
    text = words(letter_writer(replace(FACTS, contact="", phone="", email=""), template)(packages(ALONE)[0]))
    assert "联系人" not in text
    assert "报送我单位" in text


def test_hostile_names_are_only_words(template: bytes) -> None:
    hostile = "{{ 7*7 }}{% raw %}&<w:br/></w:t>\ud800"
    project = replace(ALONE, name=hostile, units=(hostile,))
    document = letter_writer(FACTS, template)(packages(project)[0])
    assert "{{ 7*7 }}{% raw %}&<w:br/></w:t>" in words(document)


def test_the_same_facts_give_the_same_bytes(template: bytes) -> None:
    first, second = (letter_writer(FACTS, template)(packages(ALONE, JOINT)[0]) for _ in range(2))
    assert first == second
    with ZipFile(BytesIO(first)) as archive:
        assert {member.date_time[0] for member in archive.infolist()} == {1980}


def test_nobody_writes_a_letter_to_itself() -> None:
    facts = replace(FACTS, issuer=f"南通{DATA}", number="通数据函〔2026〕8号")
    package = UnitPackage(DATA, (PackageFile("001_政务云扩容.xlsx", b"", ALONE),))
    own = letter_context(package, facts)
    assert (own["抬头"], own["贵单位"], own["文种"], own["发文字号"]) == (
        "各有关处室",
        "本单位",
        "通知",
        "通数据函〔2026〕8号",
    )
    other = letter_context(package, FACTS)
    assert (other["抬头"], other["贵单位"], other["文种"]) == (DATA, "贵单位", "函")
    assert other["发文字号"] == "　　〔2026〕　　号"
