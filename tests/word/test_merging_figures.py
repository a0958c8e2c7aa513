"""Which figure is which after a sentence was worded anew, which row is which in a list put in another order."""

from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

import pytest
from docx import Document
from word_files import opened, saved

from toolkit.word.merging import merge_report
from toolkit.word.merging.aligning import aligned
from toolkit.word.merging.words import FIGURE

NOON = datetime(2026, 11, 28, 12)  # noqa: DTZ001


@dataclass
class Sentence:
    """A key and the names of its figures."""

    key: str
    figures: list[str]


def sentence(text: str) -> Sentence:
    """``甲`` to ``癸`` stand for figures."""
    names = [letter for letter in text if letter in "甲乙丙丁戊己"]
    return Sentence("".join(FIGURE if letter in names else letter for letter in text), names)


SAME = [
    (
        "目标实现。甲个项目测评在乙分至丙分之间。",
        "目标实现。丁个项目没有达到预期；甲个项目测评在乙分至丙分之间。",
        "甲乙丙",
    ),
    ("甲个项目未通过密评，乙个晚付。", "丙个项目未验收，甲个项目未通过密评，乙个晚付。", "甲乙"),
    ("平均甲分。最高乙分。", "最高乙分。", "乙"),
    ("甲个项目验收材料不全", "乙个项目服务对象不满意", ""),
    ("共甲个项目，平均得分乙分", "共甲个项目，平均的得分为乙分", "甲乙"),
]


@pytest.mark.parametrize(("before", "after", "same"), SAME)
def test_a_figure_is_followed_by_what_its_clause_says(before: str, after: str, same: str) -> None:
    old, new = sentence(before), sentence(after)
    found = {old.figures[place]: now for place, now in aligned(old, new).items()}
    assert found == {name: name for name in same}


def table(*rows: tuple[str, str, str]) -> bytes:
    document = Document()
    made = document.add_table(0, 3)
    for row in (("序号", "问题", "责任单位"), *rows):
        for cell, text in zip(made.add_row().cells, row, strict=True):
            cell.text = text
    return saved(document)


def test_a_row_is_known_by_its_words_and_not_by_its_number_in_the_list() -> None:
    late, unhappy = "付款晚于合同约定的时间", "服务对象满意度没有达到目标"
    base = table(("19", "档案不全", "市局"), ("20", late, "责任单位"), ("21", unhappy, "责任单位"))
    new = table(("19", unhappy, "责任单位"), ("20", "网络安全没有达到等级", "责任单位"), ("21", late, "责任单位"))
    document = opened(base)
    document.tables[0].rows[2].cells[2].paragraphs[0].add_run("（已约谈）")
    made = merge_report(base, saved(document), new, NOON)
    rows = [[cell.text for cell in row.cells] for row in Document(BytesIO(made.data)).tables[0].rows]
    assert ["21", late, "责任单位（已约谈）"] in rows
    assert [row[1] for row in rows].count(late) == 1
