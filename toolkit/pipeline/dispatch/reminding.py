"""Reminders: who owes what by today, a letter for each lead unit with the very cells, by mail where asked for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from toolkit.distribute import (
    REMINDER_TEMPLATE,
    Deadline,
    Lack,
    Mail,
    OpenProject,
    Reminder,
    recipients,
    reminder_context,
    reminder_mail,
    smtp_account,
)
from toolkit.excel.files import safe_file_name, sha256_of, unique_names
from toolkit.ledger import NewEvent
from toolkit.ledger.kinds import ReminderSent
from toolkit.model import Project
from toolkit.pipeline.dispatch.distributing import letter_facts
from toolkit.pipeline.dispatch.mailing import How, Mailed, MailOrder, hand_over
from toolkit.pipeline.dispatch.outstanding import owed
from toolkit.pipeline.edited import SetAside
from toolkit.pipeline.outcome import Json
from toolkit.pipeline.plan.evaluation import Evaluation
from toolkit.pipeline.plan.outputs import Outputs
from toolkit.pipeline.progress import Progress, silent

_LENGTH_OF_NAME = 60


@dataclass(frozen=True, slots=True)
class Reminded:
    """Who owes what, and the letters that say so.

    Attributes:
        not_dispatched: projects whose workbook was never sent; nobody is reminded of them.
        letters: none for a preview.
    """

    deadline: Deadline
    reminders: tuple[Reminder, ...]
    not_dispatched: tuple[Project, ...]
    letters: tuple[Path, ...] = ()
    mailed: Mailed | None = None
    set_aside: tuple[SetAside, ...] = ()

    @property
    def ok(self) -> bool:
        """No mail needs looking after."""
        return self.mailed is None or self.mailed.ok

    def as_json(self) -> Json:
        """``{"deadline", "days_left", "units": [{"unit", "projects": […]}], "not_dispatched", "letters", "mail"}``."""
        return {
            "deadline": self.deadline.due.isoformat() if self.deadline.due else None,
            "days_left": self.deadline.days_left,
            "units": [
                {"unit": reminder.unit, "projects": [_project(p) for p in reminder.projects]}
                for reminder in self.reminders
            ],
            "not_dispatched": [project.id for project in self.not_dispatched],
            "letters": [str(letter) for letter in self.letters],
            "mail": self.mailed.as_json() if self.mailed else None,
            "set_aside": [aside.as_json() for aside in self.set_aside],
        }


def _project(project: OpenProject) -> Json:
    return {
        "id": project.project.id,
        "name": project.project.name,
        "state": project.lack.value,
        "missing": [{"sheet": cell.sheet, "cell": cell.cell, "label": cell.label} for cell in project.missing],
        "corrections": [
            {"sheet": cell.sheet, "cell": cell.cell, "message": cell.problem, "hint": cell.hint}
            for cell in project.corrections
        ],
    }


def remind(evaluation: Evaluation, order: MailOrder, now: datetime, progress: Progress = silent) -> Reminded:
    """Find out who owes what, write the letters, and mail them as ordered. A preview writes and records nothing.

    Raises:
        MailError: the account is not set up, or its server refuses us.
    """
    if order.how is How.EMAIL:
        smtp_account(order.environ)  # before anything is written: a missing setting is told at once
    timetable = evaluation.scheme.timetable
    deadline = Deadline(timetable.due, now.date(), timetable.correct_by(now.date()))
    reminders, waiting = owed(evaluation, now.date(), progress)
    letters = _letters(evaluation, reminders, deadline)
    preview = order.how is How.PREVIEW
    paths, set_aside = ((), ()) if preview else _write(evaluation, reminders, letters, now)
    mailed = None
    if order.how is not How.NONE:
        mails = _mails(evaluation, reminders, deadline, letters)
        mailed = hand_over(evaluation, mails, order, now, "催报", progress)
    return Reminded(deadline, reminders, waiting, paths, mailed, set_aside)


def _letters(evaluation: Evaluation, reminders: Sequence[Reminder], deadline: Deadline) -> list[bytes]:
    from toolkit.word.render import compile_template

    template = compile_template(evaluation.document_template(REMINDER_TEMPLATE), REMINDER_TEMPLATE)
    facts = letter_facts(evaluation)
    return [template.render(reminder_context(reminder, facts, deadline)) for reminder in reminders]


def _mails(
    evaluation: Evaluation, reminders: Sequence[Reminder], deadline: Deadline, letters: Sequence[bytes]
) -> list[Mail]:
    register, facts = recipients(evaluation.roster), letter_facts(evaluation)
    return [
        reminder_mail(reminder, register[reminder.unit], facts, deadline, letter)
        for reminder, letter in zip(reminders, letters, strict=True)
    ]


def _write(
    evaluation: Evaluation, reminders: Sequence[Reminder], letters: Sequence[bytes], now: datetime
) -> tuple[tuple[Path, ...], tuple[SetAside, ...]]:
    """A folder for each day: a letter of an earlier day may remind a unit that has returned since."""
    folder = evaluation.workspace.reminders / now.date().isoformat()
    names = unique_names(f"催报函_{safe_file_name(reminder.unit, _LENGTH_OF_NAME)}.docx" for reminder in reminders)
    with Outputs(evaluation.workspace, now) as outputs:
        for name, letter in zip(names, letters, strict=True):
            outputs.put(folder / name, letter)
    with evaluation.workspace.ledger() as ledger:
        ledger.record_many(_event(reminder, letter, now) for reminder, letter in zip(reminders, letters, strict=True))
    return tuple(folder / name for name in names), outputs.set_aside


def _event(reminder: Reminder, letter: bytes, now: datetime) -> NewEvent:
    sha256 = sha256_of(letter)
    lacking = {lack: tuple(project.project.id for project in reminder.having(lack)) for lack in Lack}
    details = ReminderSent(
        not_returned=lacking[Lack.NOT_RETURNED], refused=lacking[Lack.REFUSED], to_correct=lacking[Lack.TO_CORRECT]
    )
    return NewEvent(details, now, f"reminded:{reminder.unit}:{sha256}", unit=reminder.unit, subject=sha256)
