"""A server that drops, refuses and delays: nobody is missed, nobody is mailed twice, and no doubt is hidden."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.distribute.mail_server import UNANSWERED, Handler, Mood, mail_server
from toolkit.distribute.account import Account, Security
from toolkit.distribute.journal import Journal
from toolkit.distribute.message import Attachment, Mail, Sender
from toolkit.distribute.post import Posting, PostState, plan_post, post
from toolkit.distribute.postman import Postman
from toolkit.distribute.recipients import Recipient
from toolkit.errors import MailError
from toolkit.ledger import EventKind, Ledger

AT = datetime(2026, 11, 21, 9, tzinfo=UTC)
SENDER = Sender("pingjia@agency.cn", "南通市数据局")
UNITS = ("市大数据管理中心", "市公安局", "市住房和城乡建设局（市房管局）", "市委办〈机要〉")
BOXES = {unit: f"u{number}@units.cn" for number, unit in enumerate(UNITS)}
REGISTER = {unit: Recipient(unit, (box,)) for unit, box in BOXES.items()}
MAILS = [
    Mail(
        f"dispatch:{unit}:ab12",
        unit,
        (BOXES[unit],),
        f"【请填报】指标信息核查采集表（{unit}）",
        f"{unit}：\n.\n..请填报\n",
        (Attachment(f"{unit}.zip", f"jixiao-{number}.zip", unit.encode() + b"\r\n.\r\n" + bytes(range(256))),),
    )
    for number, unit in enumerate(UNITS)
]


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.open(tmp_path / "台账.sqlite3") as opened:
        yield opened


def account(port: int) -> Account:
    return Account("127.0.0.1", port, Security.NONE, sender=SENDER.address)


def send_round(ledger: Ledger, port: int, mails: list[Mail] = MAILS, *, resend: bool = False) -> list[Posting]:
    journal = Journal(ledger, AT)
    planned = plan_post(mails, REGISTER, journal, SENDER, resend=resend)
    return post(planned, Postman(account(port), SENDER, journal, AT, wait=lambda _: None))


def states(postings: list[Posting]) -> list[PostState]:
    return [one.state for one in postings]


def counted(handler: Handler) -> Counter[str]:
    return Counter({address: len(box) for address, box in handler.boxes.items() if box})


def test_everybody_gets_it_once_however_often_it_is_run(ledger: Ledger) -> None:
    handler = Handler()
    with mail_server(handler) as port:
        assert set(states(send_round(ledger, port))) == {PostState.SENT}
        assert set(states(send_round(ledger, port))) == {PostState.ALREADY_SENT}
    assert counted(handler) == Counter(BOXES.values())


def test_chinese_arrives_byte_for_byte(ledger: Ledger) -> None:
    handler = Handler()
    with mail_server(handler) as port:
        send_round(ledger, port)
    for mail in MAILS:
        arrived = message_from_bytes(handler.boxes[mail.to[0]][0], policy=policy.default)
        assert isinstance(arrived, EmailMessage)
        assert (arrived["Subject"], arrived["To"]) == (mail.subject, mail.to[0])
        assert arrived["From"].addresses[0].display_name == SENDER.name
        body = arrived.get_body()
        assert body is not None
        assert body.get_content().replace("\r\n", "\n") == mail.body
        (attached,) = arrived.iter_attachments()
        assert (attached.get_filename(), attached.get_content()) == (mail.attachments[0].name, mail.attachments[0].data)
        assert [part.defects for part in arrived.walk() if part.defects] == []


@pytest.mark.parametrize(
    "mood", [Mood.DROP_AT_RCPT, Mood.DROP_AT_DATA, Mood.LATER_RCPT, Mood.LATER_DATA, Mood.GOODBYE, Mood.SLOW]
)
def test_passing_trouble_is_tried_again_and_stops_nobody(ledger: Ledger, mood: Mood) -> None:
    handler = Handler({BOXES["市公安局"]: [mood]})
    with mail_server(handler) as port:
        assert set(states(send_round(ledger, port))) == {PostState.SENT}
    assert counted(handler) == Counter(BOXES.values())
    assert ledger.verify() == []


def test_a_line_lost_in_the_middle_of_the_text_is_no_doubt(ledger: Ledger) -> None:
    large = Attachment("佐证.zip", "evidence.zip", bytes(12_000_000))  # more than the system keeps for a lost line
    mail = replace(MAILS[0], attachments=(large,))
    handler = Handler({mail.to[0]: [Mood.DROP_IN_TEXT]})
    with mail_server(handler) as port:
        assert states(send_round(ledger, port, [mail])) == [PostState.SENT]
    assert counted(handler) == Counter(mail.to)


@pytest.mark.parametrize("mood", [Mood.REFUSE_RCPT, Mood.REFUSE_DATA])
def test_a_refused_mail_is_told_with_the_servers_words_and_tried_in_the_next_round(ledger: Ledger, mood: Mood) -> None:
    handler = Handler({BOXES["市公安局"]: [mood]})
    with mail_server(handler) as port:
        first = send_round(ledger, port)
        assert states(first) == [PostState.SENT, PostState.REFUSED, PostState.SENT, PostState.SENT]
        assert str(mood) in first[1].words
        assert states(send_round(ledger, port))[1] is PostState.SENT
    assert counted(handler) == Counter(BOXES.values())


@pytest.mark.parametrize("mood", UNANSWERED)
def test_an_answer_that_never_came_is_told_and_left_to_a_person(ledger: Ledger, mood: Mood) -> None:
    handler = Handler({BOXES["市公安局"]: [mood]})
    with mail_server(handler) as port:
        assert states(send_round(ledger, port))[1] is PostState.UNKNOWN
        again = send_round(ledger, port)
        assert again[1].state is PostState.UNKNOWN
        assert "核实" in again[1].words
        assert handler.attempts[BOXES["市公安局"]] == 1
        assert states(send_round(ledger, port, resend=True))[1] is PostState.SENT
        assert set(states(send_round(ledger, port, resend=True))) == {PostState.ALREADY_SENT}
    kept = handler.boxes[BOXES["市公安局"]]
    assert len(kept) == (2 if mood is Mood.DROP_AND_KEEP else 1)
    # Sent twice on a person's word, it still has one id, by which servers and people can see that it is one mail.
    assert len({message_from_bytes(one)["Message-ID"] for one in kept}) == 1


def test_a_program_killed_while_sending_leaves_a_doubt_not_a_second_mail(ledger: Ledger) -> None:
    journal = Journal(ledger, AT)
    assert journal.start(MAILS[1], MAILS[1].to[0], 1)
    handler = Handler()
    with mail_server(handler) as port:
        assert states(send_round(ledger, port))[1] is PostState.UNKNOWN
    assert counted(handler)[BOXES["市公安局"]] == 0


def test_two_windows_sending_at_once_send_once(ledger: Ledger) -> None:
    handler = Handler()
    with mail_server(handler) as port:
        late = Journal(ledger, AT)  # has read the ledger before the other window sent
        planned = plan_post(MAILS, REGISTER, late)
        send_round(ledger, port)
        postings = post(planned, Postman(account(port), SENDER, late, AT, wait=lambda _: None))
    assert {(one.state, one.words) for one in postings} == {(PostState.REFUSED, "另一个窗口正在发送这封邮件")}
    assert counted(handler) == Counter(BOXES.values())


def test_a_changed_package_is_another_mail(ledger: Ledger) -> None:
    handler = Handler()
    changed = [replace(MAILS[0], key="dispatch:另一包")]
    with mail_server(handler) as port:
        send_round(ledger, port, MAILS[:1])
        assert states(send_round(ledger, port, changed)) == [PostState.SENT]


def test_a_server_that_goes_away_ends_the_round_and_the_next_one_finishes_it(ledger: Ledger) -> None:
    handler, waited = Handler(), []
    with mail_server(handler) as port:
        send_round(ledger, port, MAILS[:2])
    journal = Journal(ledger, AT)
    postman = Postman(account(port), SENDER, journal, AT, wait=waited.append)
    gone = post(plan_post(MAILS, REGISTER, journal), postman)
    assert states(gone) == [PostState.ALREADY_SENT] * 2 + [PostState.NOT_SENT] * 2
    assert "接着发送" in gone[3].words
    assert sum(waited) < 60
    with mail_server(handler) as port:
        assert states(send_round(ledger, port)) == [PostState.ALREADY_SENT] * 2 + [PostState.SENT] * 2
    assert counted(handler) == Counter(BOXES.values())


def test_mails_are_spaced_out(ledger: Ledger) -> None:
    waited: list[float] = []
    journal = Journal(ledger, AT)
    with mail_server(Handler()) as port:
        slow = Account("127.0.0.1", port, Security.NONE, sender=SENDER.address, pause=7)
        post(plan_post(MAILS, REGISTER, journal), Postman(slow, SENDER, journal, AT, wait=waited.append))
    assert waited == [7, 7, 7]


def test_a_refused_login_stops_everything_with_advice(ledger: Ledger) -> None:
    from aiosmtpd.smtp import AuthResult

    handler, journal = Handler(), Journal(ledger, AT)
    options = {"authenticator": lambda *_: AuthResult(success=False, handled=False), "auth_require_tls": False}
    with mail_server(handler, **options) as port:
        wrong = Account("127.0.0.1", port, Security.NONE, "pingjia", "wrong", SENDER.address)
        with pytest.raises(MailError, match="授权码"):
            post(plan_post(MAILS, REGISTER, journal), Postman(wrong, SENDER, journal, AT, wait=lambda _: None))
    assert counted(handler) == Counter()
    assert ledger.events(EventKind.MAIL_STARTED) == ()


MOODS = st.lists(st.sampled_from([one for one in Mood if one is not Mood.DROP_IN_TEXT]), max_size=4)


@given(st.lists(MOODS, min_size=len(UNITS), max_size=len(UNITS)))
@settings(max_examples=15, deadline=None)
def test_whatever_the_server_does_nobody_is_missed_and_nobody_mailed_twice(moods: list[list[Mood]]) -> None:
    handler = Handler(dict(zip(BOXES.values(), map(list, moods), strict=True)))
    with TemporaryDirectory() as folder, Ledger.open(Path(folder) / "台账.sqlite3") as ledger:
        with mail_server(handler) as port:
            for _ in range(5):
                postings = send_round(ledger, port)
        for posting in postings:
            received = len(handler.boxes[posting.address])
            assert received == 1 if posting.state is PostState.ALREADY_SENT else received <= 1
            assert posting.state in (PostState.ALREADY_SENT, PostState.UNKNOWN)
        unanswered = {address for address, plan in zip(BOXES.values(), moods, strict=True) if {*UNANSWERED} & {*plan}}
        assert {one.address for one in postings if one.state is PostState.UNKNOWN} <= unanswered
        assert ledger.verify() == []
