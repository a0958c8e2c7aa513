"""Replies' attachments put into the inbox, each once, whatever their senders call them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from toolkit.collect import CannotUnpackError, IsolatedReader
from toolkit.distribute import Reply, imap_account, replies
from toolkit.excel.files import safe_file_name, sha256_of, write_atomic
from toolkit.ledger import EventKind, Ledger, NewEvent
from toolkit.ledger.kinds import MailFetched
from toolkit.pipeline.outcome import Json
from toolkit.pipeline.plan.evaluation import Evaluation
from toolkit.pipeline.progress import Progress, silent

_LENGTH_OF_NAME = 80


@dataclass(frozen=True, slots=True)
class FetchedFile:
    """One attachment of one mail, or (``name`` empty) why a mail gave none."""

    sender: str
    subject: str
    name: str
    size: int = 0
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a look into the mail folder brought."""

    folder: Path
    mails: int
    files: tuple[FetchedFile, ...]

    def as_json(self) -> Json:
        """``{"folder", "mails", "files": [{"sender", "subject", "name", "bytes", "problem"}]}``."""
        rows = [
            {
                "sender": file.sender,
                "subject": file.subject,
                "name": file.name,
                "bytes": file.size,
                "problem": file.problem,
            }
            for file in self.files
        ]
        return {"folder": str(self.folder), "mails": self.mails, "files": rows}


def fetch(evaluation: Evaluation, environ: Mapping[str, str], now: datetime, progress: Progress = silent) -> Fetched:
    """Save new attachments of the IMAP folder into the inbox. The folder itself is left as it is.

    Raises:
        MailError: the account is not set up, or its server refuses us.
    """
    account, inbox = imap_account(environ), evaluation.workspace.inbox
    files: list[FetchedFile] = []
    mails = 0
    with evaluation.workspace.ledger() as ledger, IsolatedReader(evaluation.collecting) as opener:
        known = {event.once for event in ledger.events(EventKind.FETCHED)}
        for mails, reply in enumerate(replies(account, lambda mark: f"fetched-mail:{mark}" in known), 1):
            files += _take(ledger, opener, known, reply, inbox, now)
            progress("收取邮件", mails, 0)
    return Fetched(inbox, mails, tuple(files))


def _take(
    ledger: Ledger, opener: IsolatedReader, known: set[str], reply: Reply, inbox: Path, now: datetime
) -> list[FetchedFile]:
    """The mail's new attachments on disk first, then in the ledger: killed between, the next run finds the file."""
    if not reply.content:
        return [FetchedFile(reply.sender, reply.subject, "", problem="邮件过大或无法下载，请在邮箱中手工下载附件")]
    files: list[FetchedFile] = []
    events: list[NewEvent] = []
    for name, data in _attachments(opener, reply, files):
        digest = sha256_of(data)
        once = f"fetched:{reply.message_id or reply.mark}:{digest}"
        if data and once not in known:
            known.add(once)
            path = _save(inbox, name, data)
            saved = MailFetched(file=name, saved_as=path.name, sender=reply.sender, subject=reply.subject)
            events.append(NewEvent(saved, now, once, subject=digest))
            files.append(FetchedFile(reply.sender, reply.subject, path.name, len(data)))
    about = MailFetched(sender=reply.sender, subject=reply.subject, attachments=len(files), message_id=reply.message_id)
    events.append(NewEvent(about, now, f"fetched-mail:{reply.mark}", subject=reply.mark))
    ledger.record_many(events)
    return files


def _attachments(opener: IsolatedReader, reply: Reply, files: list[FetchedFile]) -> Iterator[tuple[str, bytes]]:
    """The mail's attachments; of one that cannot be taken apart, the mail itself is kept for a person to open."""
    try:
        yield from opener.unpacked(reply.content, is_mail=True)
    except CannotUnpackError as error:
        files.append(FetchedFile(reply.sender, reply.subject, "", problem=f"{error}；邮件原文已存入收件箱"))
        yield "无法拆开的邮件.eml", reply.content


def _save(inbox: Path, name: str, data: bytes) -> Path:
    """Where the file is now; a file of this name with other content is left alone."""
    safe = safe_file_name(name, _LENGTH_OF_NAME)
    path = next(
        candidate for candidate in _candidates(inbox, safe) if not candidate.exists() or _holds(candidate, data)
    )
    if not path.exists():
        write_atomic(path, data)
    return path


def _candidates(inbox: Path, name: str) -> Iterator[Path]:
    yield inbox / name
    stem, suffix = Path(name).stem, Path(name).suffix
    number = 1
    while True:
        number += 1
        yield inbox / f"{stem}({number}){suffix}"


def _holds(path: Path, data: bytes) -> bool:
    return path.is_file() and path.stat().st_size == len(data) and path.read_bytes() == data
