"""The mail that carries a reminder: the open cells in plain text, the letter attached."""

from collections.abc import Iterator

from toolkit.distribute.dispatch_mail import contact_lines
from toolkit.distribute.message import Attachment, Mail
from toolkit.distribute.recipients import Recipient
from toolkit.distribute.reminder import (
    REMINDER_TEMPLATE,
    CellToCorrect,
    Deadline,
    Lack,
    OpenProject,
    Reminder,
    by_sheet,
    in_words,
    missing_groups,
)
from toolkit.model import LetterFacts

_MOST_LINES = 20
"""Cells to correct that the text lists for one project; all stand in the letter."""


def reminder_mail(
    reminder: Reminder, recipient: Recipient, facts: LetterFacts, deadline: Deadline, letter: bytes
) -> Mail:
    """The mail for one unit; a unit is reminded by mail once a day at most."""
    hurry = deadline.in_short(late=reminder.is_late)
    return Mail(
        key=f"remind:{reminder.unit}:{deadline.today.isoformat()}",
        unit=reminder.unit,
        to=recipient.addresses,
        subject=f"【催报】{facts.evaluation}指标信息核查采集表（{reminder.unit}，{_counts(reminder)}{hurry}）",
        body="\n".join(_lines(reminder, facts, deadline)),
        attachments=(Attachment(REMINDER_TEMPLATE, "reminder.docx", letter),),
    )


def _counts(reminder: Reminder) -> str:
    counts = [(lack.label, len(reminder.having(lack))) for lack in Lack]
    return "、".join(f"{count}个项目{label}" for label, count in counts if count)


def _lines(reminder: Reminder, facts: LetterFacts, deadline: Deadline) -> Iterator[str]:
    yield f"{reminder.unit}：\n"
    yield f"{facts.evaluation}的指标信息核查采集表，{deadline.words(late=reminder.is_late)}。"
    yield f"贵单位尚有{_counts(reminder)}，具体如下：\n"
    for number, project in enumerate(reminder.projects, 1):
        yield f"{number}. {project.project.name}：{project.lack.label}"
        yield from _corrections(project)
    for names, cells in missing_groups(reminder):
        yield f"\n没有收到采集表的{len(names)}个项目，每份须填写{len(cells)}项："
        for sheet, found in by_sheet(cells).items():
            yield f"  《{sheet}》{len(found)}项：{'；'.join(in_words(found))}"
    yield f"\n请{deadline.wish()}把采集表作为附件直接回复本邮件。"
    yield "须更正的，在整改表上改正；没有整改表的，在原报送文件上改正。均重新报送整个文件。"
    yield "采集表找不到的，请在下发邮件的附件中查找，或与我们联系。完整清单见附件催报函。\n"
    yield f"{contact_lines(facts)}{facts.issuer}\n"


def _corrections(project: OpenProject) -> Iterator[str]:
    for cell in project.corrections[:_MOST_LINES]:
        yield f"   - {_place(cell)}{cell.problem}"
    if len(project.corrections) > _MOST_LINES:
        yield f"   - 其余{len(project.corrections) - _MOST_LINES}处见附件催报函"


def _place(cell: CellToCorrect) -> str:
    return f"《{cell.sheet}》{cell.cell}：" if cell.sheet else ""
