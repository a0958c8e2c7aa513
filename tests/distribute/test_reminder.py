"""A reminder lists cells, not wishes: what to fill in, what to correct, for each project of the unit."""

from datetime import date
from io import BytesIO

import pytest

from toolkit.distribute import (
    REMINDER_TEMPLATE,
    CellToCorrect,
    Deadline,
    Lack,
    MissingCell,
    OpenProject,
    Recipient,
    Reminder,
    reminder_context,
    reminder_mail,
)
from toolkit.model import LetterFacts, Project
from toolkit.resources import document_template_path
from toolkit.word.render import WordTemplate, compile_template

UNIT = "市公安局"
FACTS = LetterFacts(
    "南通市2024年度绩效评价", "南通市数据局", date(2026, 11, 1), date(2026, 12, 1), email="pj@agency.cn"
)
SOON = Deadline(date(2026, 12, 1), date(2026, 11, 21), date(2026, 12, 8))
MISSING = (
    MissingCell("资金情况", "C5", "实际到位资金"),
    MissingCell("指标信息", "I4", "A101 立项依据充分性"),
    MissingCell("指标信息", "I5", "A101 立项依据充分性"),
)
WRONG = tuple(CellToCorrect("资金情况", f"C{row}", f"第{row}行有误", "改正") for row in range(10, 40))


def project(number: int) -> Project:
    return Project(str(number), 2024, UNIT, (UNIT,), f"项目{number}", None)


LATE = [OpenProject(project(number), Lack.NOT_RETURNED, MISSING) for number in (1, 2)]
CORRECT = OpenProject(project(3), Lack.TO_CORRECT, (), WRONG)
BOTH = Reminder(UNIT, (*LATE, CORRECT))


@pytest.fixture(scope="module")
def template() -> WordTemplate:
    return compile_template(document_template_path(REMINDER_TEMPLATE).read_bytes())


def words(document: bytes) -> str:
    from docx import Document

    opened = Document(BytesIO(document))
    cells = [cell.text for table in opened.tables for row in table.rows for cell in row.cells]
    return "\n".join([paragraph.text for paragraph in opened.paragraphs] + cells)


def test_projects_that_lack_the_same_are_listed_together_and_cells_by_sheet(template: WordTemplate) -> None:
    text = words(template.render(reminder_context(BOTH, FACTS, SOON)))
    assert "距今还有10天" in text
    assert "项目1、项目2，每份3项" in text
    assert "实际到位资金（C5）" in text
    assert "A101 立项依据充分性（I4、I5）" in text
    assert all(cell.problem in text for cell in WRONG)
    assert "{" not in text


def test_a_unit_that_has_returned_is_not_called_late(template: WordTemplate) -> None:
    past = Deadline(date(2026, 11, 1), date(2026, 11, 21), date(2026, 11, 28))
    returned = Reminder(UNIT, (CORRECT,))
    assert "逾期" not in words(template.render(reminder_context(returned, FACTS, past)))
    assert "已逾期20天" in words(template.render(reminder_context(BOTH, FACTS, past)))
    assert "请于2026年11月28日前" in words(template.render(reminder_context(BOTH, FACTS, past)))
    mail = reminder_mail(returned, Recipient(UNIT, ()), FACTS, past, b"")
    assert "逾期" not in mail.subject + mail.body


def test_the_mail_says_the_cells_in_its_text_and_leaves_the_rest_to_the_letter() -> None:
    mail = reminder_mail(BOTH, Recipient(UNIT, ("a@units.cn",)), FACTS, SOON, b"letter")
    assert mail.subject.endswith("（市公安局，2个项目未报送、1个项目须更正，还剩10天）")
    assert "《资金情况》C10：第10行有误" in mail.body
    assert "其余10处见附件催报函" in mail.body
    assert "《指标信息》2项：A101 立项依据充分性（I4、I5）" in mail.body
    assert [one.name for one in mail.attachments] == [REMINDER_TEMPLATE]


def test_who_sent_a_file_that_was_refused_is_not_told_that_nothing_came(template: WordTemplate) -> None:
    refused = CellToCorrect("", "", "文件“表.xlsx”不予接收：设有打开密码", "去除密码后重新报送")
    reminder = Reminder(UNIT, (OpenProject(project(1), Lack.REFUSED, MISSING, (refused,)),))
    text = words(template.render(reminder_context(reminder, FACTS, SOON)))
    assert "1个项目报送的文件未能接收" in text
    assert "未报送" not in text
    assert refused.problem in text
    assert "未报送" not in reminder_mail(reminder, Recipient(UNIT, ()), FACTS, SOON, b"").subject


def test_the_annex_turns_its_own_page_and_no_page_is_left_blank(template: WordTemplate) -> None:
    from docx import Document

    opened = Document(BytesIO(template.render(reminder_context(BOTH, FACTS, SOON))))
    assert [one.text for one in opened.paragraphs if one.paragraph_format.page_break_before] == ["附件"]
    assert 'w:type="page"' not in opened.element.xml


def test_hostile_names_are_only_words(template: WordTemplate) -> None:
    hostile = "{{ 7*7 }}<w:br/>&"
    cell = CellToCorrect("资金情况", "C5", hostile, hostile)
    odd = Project("1", 2024, hostile, (hostile,), hostile, None)
    reminder = Reminder(hostile, (OpenProject(odd, Lack.TO_CORRECT, (), (cell,)),))
    assert words(template.render(reminder_context(reminder, FACTS, SOON))).count(hostile) >= 4
