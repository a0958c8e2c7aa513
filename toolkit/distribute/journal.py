"""What the ledger says of each mail: started, accepted, refused. So no mail goes twice, and no doubt is hidden.

*Started* is recorded when only the final dot is missing, *accepted* or *refused* when the server has answered. A mail
that was started and got no answer (the line broke, the computer went off) is neither: its outcome is unknown.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from toolkit.distribute.message import Mail
from toolkit.ledger import Event, EventKind, Ledger
from toolkit.ledger.kinds import MailAccepted, MailRefused, MailStarted, OfAMail

_KINDS = (EventKind.MAIL_STARTED, EventKind.MAIL_ACCEPTED, EventKind.MAIL_REFUSED)


class Standing(StrEnum):
    """How far a mail to one address is."""

    OPEN = "open"
    ACCEPTED = "accepted"
    UNKNOWN = "unknown"


@dataclass(slots=True)
class _Past:
    """Attempts of one mail at one address, by number."""

    started: set[int]
    refused: set[int]
    accepted: bool = False


class Journal:
    """The mails of one ledger. Read once when made; other programs' attempts since then are met by the once-keys."""

    def __init__(self, ledger: Ledger, at: datetime) -> None:
        self._ledger = ledger
        self._at = at
        self._past: dict[tuple[str, str], _Past] = {}
        for kind in _KINDS:
            for event in ledger.events(kind):
                self._remember(event)

    def standing(self, mail: Mail, address: str) -> Standing:
        """How far the mail to this address is."""
        past = self._past.get(_about(mail, address))
        if past is None:
            return Standing.OPEN
        if past.accepted:
            return Standing.ACCEPTED
        return Standing.UNKNOWN if past.started - past.refused else Standing.OPEN

    def next_attempt(self, mail: Mail, address: str) -> int:
        """The number of the attempt that comes next, from 1."""
        past = self._past.get(_about(mail, address))
        return 1 + max(past.started | past.refused, default=0) if past else 1

    def start(self, mail: Mail, address: str, attempt: int) -> bool:
        """Note that the mail is about to go out; False when another program has just taken this attempt."""
        return self._record(MailStarted(mail=mail.key, subject=mail.subject, attempt=attempt), mail, address)

    def accept(self, mail: Mail, address: str, attempt: int, words: str) -> None:
        """Note that the server has taken the mail."""
        details = MailAccepted(mail=mail.key, subject=mail.subject, attempt=attempt, answer=words)
        self._record(details, mail, address)

    def refuse(self, mail: Mail, address: str, attempt: int, reason: str) -> None:
        """Note that this attempt certainly failed."""
        details = MailRefused(mail=mail.key, subject=mail.subject, attempt=attempt, reason=reason)
        self._record(details, mail, address)

    def _record(self, details: OfAMail, mail: Mail, address: str) -> bool:
        once = f"{details.kind}:{mail.key}:{address.casefold()}:{details.attempt}"
        new = self._ledger.record(details, at=self._at, once=once, unit=mail.unit, subject=address)
        if new:
            self._note(details, address)
        return new

    def _remember(self, event: Event) -> None:
        self._note(event.says(OfAMail), event.subject)

    def _note(self, details: OfAMail, address: str) -> None:
        past = self._past.setdefault((details.mail, address.casefold()), _Past(set(), set()))
        if isinstance(details, MailStarted):
            past.started.add(details.attempt)
        elif isinstance(details, MailRefused):
            past.refused.add(details.attempt)
        else:
            past.accepted = True


def _about(mail: Mail, address: str) -> tuple[str, str]:
    return mail.key, address.casefold()
