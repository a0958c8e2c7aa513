"""What the ledger says of each mail: started, accepted, refused. So no mail goes twice, and no doubt is hidden.

*Started* is recorded when only the final dot is missing, *accepted* or *refused* when the server has answered. A mail
that was started and got no answer (the line broke, the computer went off) is neither: its outcome is unknown.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from toolkit.distribute.message import Mail
from toolkit.ledger import Event, EventKind, Ledger

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
        return self._record(EventKind.MAIL_STARTED, mail, address, attempt, {})

    def accept(self, mail: Mail, address: str, attempt: int, words: str) -> None:
        """Note that the server has taken the mail."""
        self._record(EventKind.MAIL_ACCEPTED, mail, address, attempt, {"服务器答复": words})

    def refuse(self, mail: Mail, address: str, attempt: int, reason: str) -> None:
        """Note that this attempt certainly failed."""
        self._record(EventKind.MAIL_REFUSED, mail, address, attempt, {"原因": reason})

    def _record(self, kind: EventKind, mail: Mail, address: str, attempt: int, more: Mapping[str, object]) -> bool:
        detail = {"邮件": mail.key, "主题": mail.subject, "次数": attempt, **more}
        once = f"{kind}:{mail.key}:{address.casefold()}:{attempt}"
        new = self._ledger.record(kind, at=self._at, once=once, unit=mail.unit, subject=address, detail=detail)
        if new:
            self._note(kind, _about(mail, address), attempt)
        return new

    def _remember(self, event: Event) -> None:
        detail = event.details()
        attempt = detail.get("次数")
        if isinstance(attempt, int):
            self._note(EventKind(event.kind), (str(detail.get("邮件")), event.subject.casefold()), attempt)

    def _note(self, kind: EventKind, about: tuple[str, str], attempt: int) -> None:
        past = self._past.setdefault(about, _Past(set(), set()))
        if kind is EventKind.MAIL_STARTED:
            past.started.add(attempt)
        elif kind is EventKind.MAIL_REFUSED:
            past.refused.add(attempt)
        else:
            past.accepted = True


def _about(mail: Mail, address: str) -> tuple[str, str]:
    return mail.key, address.casefold()
