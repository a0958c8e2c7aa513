"""The mail accounts of this computer's user: tried without sending anything, passwords kept by the system."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from toolkit.distribute import can_fetch, can_send, imap_account, keep_password, smtp_account
from toolkit.errors import MailError
from toolkit.pipeline.outcome import Json

SENDING, FETCHING = "发件", "收件"


@dataclass(frozen=True, slots=True)
class Tried:
    """What became of each account: "" where it works, else what is wrong and what to do."""

    outcomes: Mapping[str, str]

    @property
    def ok(self) -> bool:
        """All of them work."""
        return not any(self.outcomes.values())

    def as_json(self) -> Json:
        """``{"ok", "accounts": [{"name", "fault"}]}``."""
        return {"ok": self.ok, "accounts": [{"name": name, "fault": fault} for name, fault in self.outcomes.items()]}


def try_accounts(environ: Mapping[str, str]) -> Tried:
    """Log in to both servers and out again; no mail is sent or read. An account without a server is left out."""
    tries: dict[str, tuple[str, Callable[[], None]]] = {
        SENDING: ("SMTP", lambda: can_send(smtp_account(environ))),
        FETCHING: ("IMAP", lambda: can_fetch(imap_account(environ))),
    }
    return Tried({
        name: _fault(attempt)
        for name, (kind, attempt) in tries.items()
        if environ.get(f"JIXIAO_{kind}_HOST", "").strip()
    })  # fmt: skip


def _fault(attempt: Callable[[], None]) -> str:
    try:
        attempt()
    except MailError as error:
        return str(error)
    return ""


def keep(kind: str, user: str, password: str) -> bool:
    """Put a password into the system's keyring; False where this computer has none."""
    return keep_password(f"jixiao-{kind}", user, password)
