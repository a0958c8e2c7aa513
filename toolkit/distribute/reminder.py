"""A reminder (催报) to one unit: which workbooks are missing, which cells must be filled in or corrected, days left."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from toolkit.model import LetterFacts, Project
from toolkit.text import chinese_date
from toolkit.text.letters import letter_words

REMINDER_TEMPLATE = "催报函.docx"


_COUNTED = 92
"""So many days overdue are worth counting in a letter. Units: days."""


class Lack(StrEnum):
    """What a project's return lacks; the value is what ``--json`` prints."""

    NOT_RETURNED = "not_returned"
    REFUSED = "refused"
    TO_CORRECT = "to_correct"

    @property
    def label(self) -> str:
        """The Chinese name users read."""
        return {"not_returned": "未报送", "refused": "未能接收", "to_correct": "须更正"}[self.value]

    def of(self, count: int) -> str:
        """How many projects lack this, in words."""
        words = {"not_returned": "未报送", "refused": "报送的文件未能接收", "to_correct": "已报送但须更正"}[self.value]
        return f"{count}个项目{words}"


@dataclass(frozen=True, slots=True, order=True)
class MissingCell:
    """One cell that has to be filled in: where it stands, and the words beside it."""

    sheet: str
    cell: str
    label: str


@dataclass(frozen=True, slots=True)
class CellToCorrect:
    """One cell of a return that cannot stay as it is."""

    sheet: str
    cell: str
    problem: str
    hint: str


@dataclass(frozen=True, slots=True)
class OpenProject:
    """One project its lead unit still owes something for.

    Attributes:
        missing: the cells to fill in, where nothing was returned.
        corrections: the cells to correct, or why the file was refused.
    """

    project: Project
    lack: Lack
    missing: tuple[MissingCell, ...] = ()
    corrections: tuple[CellToCorrect, ...] = ()


@dataclass(frozen=True, slots=True)
class Reminder:
    """Everything one unit still owes."""

    unit: str
    projects: tuple[OpenProject, ...]

    @property
    def is_late(self) -> bool:
        """Something usable was never returned; a return that must be corrected came, maybe in time."""
        return any(project.lack is not Lack.TO_CORRECT for project in self.projects)

    def having(self, lack: Lack) -> tuple[OpenProject, ...]:
        """The projects that lack this."""
        return tuple(project for project in self.projects if project.lack is lack)


@dataclass(frozen=True, slots=True)
class Deadline:
    """The day returns are due, seen from today; ``due`` is None where the scheme names none.

    Attributes:
        extended: the day asked for once ``due`` has passed.
    """

    due: date | None
    today: date
    extended: date

    @property
    def days_left(self) -> int | None:
        """Days until the deadline, negative when it is past."""
        return None if self.due is None else (self.due - self.today).days

    def words(self, *, late: bool = True) -> str:
        """How much time is left, as a half sentence; ``late`` says whether being past it is worth a word."""
        left = self.days_left
        if self.due is None or left is None:
            return "请及时报送"
        if left == 0:
            return f"报送截止日为{chinese_date(self.due)}，即今天"
        if left > 0:
            return f"报送截止日为{chinese_date(self.due)}，距今还有{left}天"
        return f"报送截止日为{chinese_date(self.due)}" + (f"，{_overdue(-left)}" if late else "")

    def in_short(self, *, late: bool = True) -> str:
        """The same for a subject line, with its comma; empty when there is nothing to say."""
        left = self.days_left
        if left is None or (left < 0 and not late):
            return ""
        return f"，还剩{left}天" if left >= 0 else f"，{_overdue(-left)}"

    def wish(self) -> str:
        """When the unit is asked to return."""
        left = self.days_left
        if self.due is None or left is None or left < 0:
            return f"于{chinese_date(self.extended)}前"
        return "于今天" if left == 0 else f"于{chinese_date(self.due)}前"


def _overdue(days: int) -> str:
    """How long something is overdue; past a quarter of a year the number of days says nothing any more."""
    return f"已逾期{days}天" if days <= _COUNTED else "现已过期"


def reminder_context(reminder: Reminder, facts: LetterFacts, deadline: Deadline) -> dict[str, object]:
    """What the reminder template's tags mean for one unit; the keys are the Chinese names used in the template."""
    return {
        **letter_words(facts, reminder.unit),
        "时限": deadline.words(late=reminder.is_late),
        "要求": deadline.wish(),
        "情况": "，".join(lack.of(len(found)) for lack in Lack if (found := reminder.having(lack))),
        "未报送数": len(reminder.having(Lack.NOT_RETURNED)),
        "未接收数": len(reminder.having(Lack.REFUSED)),
        "须更正数": len(reminder.having(Lack.TO_CORRECT)),
        "项目列表": [_project_row(number, project) for number, project in enumerate(reminder.projects, 1)],
        "缺项": [_missing_group(names, cells) for names, cells in missing_groups(reminder)],
        "更正": [_correction_group(project) for project in reminder.projects if project.corrections],
        "发函日期": chinese_date(deadline.today),
        "今天": chinese_date(deadline.today),
    }


def missing_groups(reminder: Reminder) -> list[tuple[list[str], tuple[MissingCell, ...]]]:
    """Projects whose missing cells are the same, together: their names and the cells."""
    groups: dict[tuple[MissingCell, ...], list[str]] = {}
    for project in reminder.projects:
        if project.missing:
            groups.setdefault(project.missing, []).append(project.project.name)
    return [(names, cells) for cells, names in groups.items()]


def by_sheet(cells: Sequence[MissingCell]) -> dict[str, list[MissingCell]]:
    """The cells under their sheets, in order."""
    sheets: dict[str, list[MissingCell]] = {}
    for cell in cells:
        sheets.setdefault(cell.sheet, []).append(cell)
    return sheets


def in_words(cells: Sequence[MissingCell]) -> list[str]:
    """Labels with their cells; cells under one label (the 评价要点 of an indicator) stand together."""
    labels: dict[str, list[str]] = {}
    for cell in cells:
        labels.setdefault(cell.label, []).append(cell.cell)
    return [f"{label}（{'、'.join(places)}）" for label, places in labels.items()]


def _project_row(number: int, project: OpenProject) -> dict[str, object]:
    missing, wrong = len(project.missing), len(project.corrections)
    needs = [f"须填写{missing}项"] * bool(missing) + [f"须更正{wrong}处"] * bool(wrong)
    return {
        "序号": number,
        "项目名称": project.project.name,
        "状态": project.lack.label,
        "缺项": "，".join(needs) or "请报送采集表",
    }


def _missing_group(names: list[str], cells: tuple[MissingCell, ...]) -> dict[str, object]:
    rows = [
        {"工作表": sheet, "项数": len(found), "内容": "；".join(in_words(found))}
        for sheet, found in by_sheet(cells).items()
    ]
    return {"项目": "、".join(names), "项目数": len(names), "项数": len(cells), "行": rows}


def _correction_group(project: OpenProject) -> dict[str, object]:
    rows = [
        {"序号": number, "工作表": cell.sheet or "整个文件", "单元格": cell.cell or "—", "问题": cell.problem}
        | {"怎么改": cell.hint or "请核对后改正"}
        for number, cell in enumerate(project.corrections, 1)
    ]
    return {"项目": project.project.name, "处数": len(rows), "行": rows}
