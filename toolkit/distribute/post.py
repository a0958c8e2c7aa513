"""Mail for all units: who is still to get it, and the round in which it is handed to the server."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from toolkit.distribute.journal import Journal, Standing
from toolkit.distribute.message import Mail, Sender, why_unsafe
from toolkit.distribute.postman import Postman, ServerDownError
from toolkit.distribute.recipients import Recipient
from toolkit.distribute.smtp import NotSentError, UnknownOutcomeError

UNKNOWN_WORDS = (
    "邮件已全部传出，但没有得到服务器答复，可能已送达也可能没有；请先向单位核实，确未收到的再用 --resend 重发"
)


class PostState(StrEnum):
    """What becomes of a mail at one address; the value is what ``--json`` prints."""

    READY = "ready"
    SENT = "sent"
    ALREADY_SENT = "already_sent"
    REFUSED = "refused"
    NOT_SENT = "not_sent"
    UNKNOWN = "unknown"
    NO_ADDRESS = "no_address"
    UNSAFE = "unsafe"

    @property
    def label(self) -> str:
        """The Chinese name users read."""
        return _LABELS[self]

    @property
    def settled(self) -> bool:
        """Nothing is left to do."""
        return self in (PostState.SENT, PostState.ALREADY_SENT)


_LABELS = {
    PostState.READY: "待发送",
    PostState.SENT: "已发送",
    PostState.ALREADY_SENT: "此前已发送",
    PostState.REFUSED: "被拒收",
    PostState.NOT_SENT: "未发出",
    PostState.UNKNOWN: "结果不明",
    PostState.NO_ADDRESS: "无可用邮箱",
    PostState.UNSAFE: "不能发送",
}


@dataclass(frozen=True, slots=True)
class Posting:
    """One mail at one address; ``address`` is "" and ``words`` say why when there is none."""

    mail: Mail
    address: str
    state: PostState
    words: str = ""


def plan_post(
    mails: Sequence[Mail],
    register: Mapping[str, Recipient],
    journal: Journal,
    sender: Sender | None = None,
    *,
    resend: bool = False,
) -> list[Posting]:
    """Every mail at every address with its state: READY ones are still to be sent.

    Args:
        mails: one for each unit; their ``to`` is the register's.
        register: the units' addresses and what is wrong with them.
        journal: what went out before.
        sender: checked like all headers, where it is known.
        resend: make ready also those whose outcome is unknown.
    """
    return [posting for mail in mails for posting in _plan(mail, register[mail.unit], journal, sender, resend=resend)]


def _plan(mail: Mail, recipient: Recipient, journal: Journal, sender: Sender | None, *, resend: bool) -> list[Posting]:
    unsafe = why_unsafe(mail, sender)
    if unsafe:
        return [Posting(mail, "", PostState.UNSAFE, unsafe)]
    states = {
        Standing.OPEN: (PostState.READY, ""),
        Standing.ACCEPTED: (PostState.ALREADY_SENT, ""),
        Standing.UNKNOWN: (PostState.READY, "重发") if resend else (PostState.UNKNOWN, UNKNOWN_WORDS),
    }
    postings = [Posting(mail, recipient, *states[journal.standing(mail, recipient)]) for recipient in mail.to]
    if recipient.problem:
        postings.append(Posting(mail, "", PostState.NO_ADDRESS, recipient.problem))
    return postings


def post(
    planned: Sequence[Posting], postman: Postman, on_progress: Callable[[int, int], None] | None = None
) -> list[Posting]:
    """Send what is READY, one address at a time; the others come back as they are.

    One address's trouble stops nobody else's mail; only a server that cannot be reached any more ends the round.
    Run again, it sends what is missing and nothing twice.

    Raises:
        MailError: the server refuses us before anything was sent.
        LedgerError: the ledger cannot be written; nothing is sent that is not on record.
    """
    done: list[Posting] = []
    down = ""
    with postman:
        for number, posting in enumerate(planned, 1):
            after, down = _send(posting, postman, down) if posting.state is PostState.READY else (posting, down)
            done.append(after)
            if on_progress:
                on_progress(number, len(planned))
    return done


def _send(posting: Posting, postman: Postman, down: str) -> tuple[Posting, str]:
    """The posting after it was tried, and why the round is at its end ("" when it is not)."""
    if down:
        return replace(posting, state=PostState.NOT_SENT, words=down), down
    try:
        words = postman.carry(posting.mail, posting.address)
    except UnknownOutcomeError:
        return replace(posting, state=PostState.UNKNOWN, words=UNKNOWN_WORDS), ""
    except NotSentError as error:
        state = PostState.REFUSED if error.lasting else PostState.NOT_SENT
        return replace(posting, state=state, words=error.reason), ""
    except ServerDownError as error:
        reason = f"{error.reason}，本轮停止；稍后重新运行会接着发送，已发送的不会重复"
        return replace(posting, state=PostState.NOT_SENT, words=reason), reason
    return replace(posting, state=PostState.SENT, words=words), ""
