"""Mail to units: shown beforehand, written as drafts, or sent; the same way for packages and for reminders."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from toolkit.distribute import (
    Journal,
    Mail,
    Package,
    Posting,
    Postman,
    PostState,
    Sender,
    dispatch_mail,
    is_address,
    plan_post,
    post,
    recipients,
    sender_address,
    smtp_account,
    write_drafts,
)
from toolkit.ledger import Ledger
from toolkit.model import LetterFacts
from toolkit.pipeline.dispatch.distributing import dispatch, letter_facts, pack, sent
from toolkit.pipeline.outcome import Json, Sent
from toolkit.pipeline.plan.evaluation import Evaluation
from toolkit.pipeline.progress import Progress, silent


class How(StrEnum):
    """What is done with mails."""

    NONE = "none"
    PREVIEW = "preview"
    DRAFTS = "drafts"
    EMAIL = "email"


@dataclass(frozen=True, slots=True)
class Mailed:
    """What became of every mail at every address.

    Attributes:
        folder: where the drafts are, None without.
    """

    how: How
    postings: tuple[Posting, ...]
    folder: Path | None = None

    @property
    def ok(self) -> bool:
        """Nothing is left for a person to look after: all sent, or all ready where nothing was to be sent."""
        good = {PostState.SENT, PostState.ALREADY_SENT} | ({PostState.READY} if self.how is not How.EMAIL else set())
        return all(posting.state in good for posting in self.postings)

    def count(self, state: PostState) -> int:
        """How many are in one state."""
        return sum(posting.state is state for posting in self.postings)

    def as_json(self) -> Json:
        """``{"ok", "how", "folder", "mails": [{"unit", "address", "state", "words", "subject", "attachments"}]}``."""
        return {
            "ok": self.ok,
            "how": self.how.value,
            "folder": str(self.folder) if self.folder else None,
            "mails": [_posting(posting) for posting in self.postings],
        }


def _posting(posting: Posting) -> Json:
    return {
        "unit": posting.mail.unit,
        "address": posting.address,
        "state": posting.state.value,
        "words": posting.words,
        "subject": posting.mail.subject,
        "attachments": [{"name": file.name, "bytes": len(file.data)} for file in posting.mail.attachments],
    }


@dataclass(frozen=True, slots=True)
class Dispatched:
    """Packages, and their mails where any were asked for; ``sent`` is None when nothing was written.

    Attributes:
        days_late: days by which 报送截止日, which the letters print, has passed already; 0 while it lies ahead.
    """

    sent: Sent | None
    mailed: Mailed | None
    days_late: int = 0

    @property
    def ok(self) -> bool:
        """No mail needs looking after."""
        return self.mailed is None or self.mailed.ok

    @property
    def warning(self) -> str:
        """That units are asked to answer by a day that has passed; empty while it lies ahead."""
        if not self.days_late:
            return ""
        return (
            f"方案里的报送截止日已过{self.days_late}天，通知函和采集表上印的就是这一天；"
            "要改期的，先改方案.xlsx《方案》的“报送截止日”，再生成、下发一次。"
        )

    def as_json(self) -> Json:
        """What :class:`Sent` says, under ``mail`` what :class:`Mailed` says, and ``warning``."""
        values: dict[str, Any] = self.sent.as_json() if self.sent else {}
        return values | ({"mail": self.mailed.as_json()} if self.mailed else {}) | {"warning": self.warning}


@dataclass(frozen=True, slots=True)
class MailOrder:
    """How mails are to be handled.

    Attributes:
        environ: where the account's settings are looked up; see :mod:`toolkit.distribute.account`.
        resend: send those again whose outcome is unknown.
    """

    how: How
    environ: Mapping[str, str]
    resend: bool = False


def send_mail(evaluation: Evaluation, order: MailOrder, now: datetime, progress: Progress = silent) -> Dispatched:
    """Packages for all units, and a mail for each as ordered. A preview writes and records nothing.

    Raises:
        MailError: the account is not set up, or its server refuses us.
    """
    late = _days_late(evaluation, now.date())
    if order.how is How.PREVIEW:
        with TemporaryDirectory() as folder:
            packages = pack(evaluation, Path(folder) / "workbooks", Path(folder) / "packages", progress)
            mailed = hand_over(evaluation, _mails(evaluation, packages), order, now, "下发", progress)
            return Dispatched(None, mailed, late)
    if order.how is How.EMAIL:
        smtp_account(order.environ)  # before anything is written: a missing setting is told at once
    packages, set_aside = dispatch(evaluation, now, progress)
    said = sent(evaluation, packages, set_aside)
    if order.how is How.NONE:
        return Dispatched(said, None, late)
    return Dispatched(said, hand_over(evaluation, _mails(evaluation, packages), order, now, "下发", progress), late)


def _days_late(evaluation: Evaluation, today: date) -> int:
    due = evaluation.scheme.timetable.due
    return max((today - due).days, 0) if due else 0


def _mails(evaluation: Evaluation, packages: Sequence[Package]) -> list[Mail]:
    register, facts = recipients(evaluation.roster), letter_facts(evaluation)
    return [dispatch_mail(package, register[package.unit], evaluation.roster, facts) for package in packages]


def hand_over(
    evaluation: Evaluation,
    mails: Sequence[Mail],
    order: MailOrder,
    now: datetime,
    purpose: str,
    progress: Progress = silent,
) -> Mailed:
    """Show, draft or send mails; no address gets the same mail twice.

    Args:
        evaluation: its roster is the register of addresses, its ledger knows what went out before.
        mails: at most one for each unit.
        order: what to do with them.
        now: the mails' date.
        purpose: 下发 or 催报, names the drafts' folder and the bar.
        progress: told after each address.
    """
    facts = letter_facts(evaluation)
    with evaluation.workspace.ledger() as ledger:
        if order.how is How.EMAIL:
            return Mailed(How.EMAIL, tuple(_send(evaluation, ledger, mails, order, now, progress, purpose)))
        sender = _sender(sender_address(order.environ), facts)
        planned = plan_post(mails, recipients(evaluation.roster), Journal(ledger, now), sender, resend=order.resend)
    if order.how is How.PREVIEW:
        return Mailed(How.PREVIEW, tuple(planned))
    unsafe = {posting.mail.key for posting in planned if posting.state is PostState.UNSAFE}
    # A folder for each day: an earlier draft may remind a unit that has returned since.
    folder = evaluation.workspace.drafts / f"{purpose}_{now.date().isoformat()}"
    write_drafts([mail for mail in mails if mail.key not in unsafe], folder, sender)
    return Mailed(How.DRAFTS, tuple(planned), folder)


def _send(
    evaluation: Evaluation,
    ledger: Ledger,
    mails: Sequence[Mail],
    order: MailOrder,
    now: datetime,
    progress: Progress,
    purpose: str,
) -> list[Posting]:
    account = smtp_account(order.environ)
    sender = _sender(account.sender, letter_facts(evaluation)) or Sender(account.sender)
    journal = Journal(ledger, now)
    planned = plan_post(mails, recipients(evaluation.roster), journal, sender, resend=order.resend)
    postman = Postman(account, sender, journal, now)
    return post(planned, postman, lambda done, total: progress(f"{purpose}邮件", done, total))


def _sender(address: str, facts: LetterFacts) -> Sender | None:
    """Answers go to the contact's address, where the scheme names one."""
    if not is_address(address):
        return None
    return Sender(address, facts.issuer, facts.email if is_address(facts.email) else "")
