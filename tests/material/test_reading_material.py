"""What people typed into 报告素材.xlsx is read line by line; every mistake has its cell."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from toolkit.errors import UnreadableFileError
from toolkit.material import FigureName, material_workbook, read_material
from toolkit.model import Project, Roster
from toolkit.model.material import CHAPTERS, PROJECT_CHAPTERS

UNIT = "市教育局"
ROSTER = Roster(tuple(Project(key, 2024, UNIT, (UNIT,), name, None) for key, name in (("1", "甲"), ("2", "乙"))))
EMPTY = material_workbook("评价", ROSTER, [FigureName("平均得分", "全部项目：平均得分", "88.58")])


def typed(cells: dict[tuple[str, str], object], data: bytes = EMPTY) -> bytes:
    book = load_workbook(BytesIO(data))
    for (sheet, cell), value in cells.items():
        book[sheet][cell] = value
    saved = BytesIO()
    book.save(saved)
    return saved.getvalue()


def read(cells: dict[tuple[str, str], object]):
    return read_material(typed(cells), "报告素材.xlsx", ROSTER)


def told(reading) -> list[tuple[str, str, str]]:
    return [(finding.code, str(finding.at), finding.severity.value) for finding in reading.findings]


def test_the_empty_workbook_has_guidance_for_every_chapter_and_says_nothing() -> None:
    book = load_workbook(BytesIO(EMPTY))
    assert book.sheetnames == ["章节素材", "项目素材", "可用数字"]
    rows = list(book["章节素材"].iter_rows(min_row=4, values_only=True))
    assert [row[0] for row in rows] == [chapter.name for chapter in CHAPTERS]
    assert all(row[1] is None and "印在：" in row[2] for row in rows)
    assert [cell.value for cell in book["项目素材"][3]][2:] == [chapter.name for chapter in PROJECT_CHAPTERS]
    assert book["可用数字"]["A4"].value == "{平均得分}"
    assert read({}).passages == read({}).findings == ()


def test_each_line_is_a_paragraph_with_its_cell() -> None:
    reading = read({("章节素材", "B4"): "国家部署。\n\n 省里要求。", ("项目素材", "C5"): "做什么{总分}"})
    found = [(one.chapter, one.project, one.text, str(one.at)) for one in reading.passages]
    assert found == [
        ("背景", "", "国家部署。", "报告素材.xlsx《章节素材》B4"),
        ("背景", "", "省里要求。", "报告素材.xlsx《章节素材》B4"),
        ("项目概况", "2", "做什么{总分}", "报告素材.xlsx《项目素材》C5"),
    ]
    assert reading.findings == ()


def test_all_mistakes_are_told_at_once_with_their_cells() -> None:
    last = 4 + len(CHAPTERS)
    reading = read(
        {
            ("章节素材", f"A{last}"): "前言",
            ("章节素材", f"B{last}"): "没有这一章",
            ("章节素材", f"B{last + 1}"): "没选章节",
            ("章节素材", "B5"): "=1+1",
            ("章节素材", "B6"): "字" * 20_001,
            ("项目素材", "A6"): 9,
            ("项目素材", "C6"): "没有这个项目",
            ("项目素材", "D7"): "没写序号",
            ("项目素材", "A8"): 1,
            ("项目素材", "C8"): "第一行",
            ("项目素材", "C4"): "第二行",
        }
    )
    book = "报告素材.xlsx"
    assert told(reading) == [
        ("MATERIAL-03", f"{book}《章节素材》B5", "error"),
        ("MATERIAL-03", f"{book}《章节素材》B6", "error"),
        ("MATERIAL-01", f"{book}《章节素材》A{last}", "error"),
        ("MATERIAL-01", f"{book}《章节素材》A{last + 1}", "error"),
        ("MATERIAL-02", f"{book}《项目素材》A6", "error"),
        ("MATERIAL-02", f"{book}《项目素材》A7", "error"),
        ("MATERIAL-02", f"{book}《项目素材》A8", "warning"),
    ]
    assert [(one.chapter, one.project, len(one.text)) for one in reading.passages] == [
        ("评价对象", "", 20_000),
        ("项目概况", "1", 3),
        ("项目概况", "1", 3),
    ]


def test_a_workbook_without_its_sheets_or_none_at_all_is_said() -> None:
    book = load_workbook(BytesIO(EMPTY))
    del book["章节素材"]
    book["项目素材"]["A3"] = "编号"
    saved = BytesIO()
    book.save(saved)
    assert [code for code, _, _ in told(read_material(saved.getvalue(), "报告素材.xlsx", ROSTER))] == [
        "TABLE-01",
        "TABLE-02",
    ]
    with pytest.raises(UnreadableFileError):
        read_material(b"%PDF-1.7", "报告素材.xlsx", ROSTER)
