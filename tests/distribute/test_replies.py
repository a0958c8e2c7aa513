"""Replies come out of a real IMAP folder whole and once, and the folder is left as it was."""

from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest

from tests.distribute.imap_server import PASSWORD, USER, imap_server, put, seen
from toolkit.distribute.account import Account, Security
from toolkit.distribute.replies import replies
from toolkit.errors import MailError

FOLDER = "评价报送"


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with imap_server() as running:
        yield running


def account(port: int, **more: str) -> Account:
    said = {"user": USER, "password": PASSWORD, "folder": FOLDER} | more
    return Account("127.0.0.1", port, Security.NONE, **said)  # type: ignore[arg-type]


def reply(number: int, message_id: str = "") -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["To"] = "经办人 <u@units.cn>", "pingjia@agency.cn"
    mail["Subject"] = f"回复：【请填报】采集表 {number}"
    mail["Message-ID"] = message_id or f"<{number}@units.cn>"
    mail.set_content("From 附件请查收\n.\n")
    mail.add_attachment(
        bytes(range(256)) * number, maintype="application", subtype="zip", filename=f"采集表{number}.zip"
    )
    return mail


def test_every_mail_comes_whole_and_only_new_ones_come_again(port: int) -> None:
    put(port, FOLDER, reply(1), reply(2))
    first = list(replies(account(port), lambda _: False))
    assert [(one.message_id, one.sender, one.subject) for one in first] == [
        (f"<{number}@units.cn>", "u@units.cn", f"回复：【请填报】采集表 {number}") for number in (1, 2)
    ]
    (attached,) = message_from_bytes(first[1].content, policy=policy.default).iter_attachments()
    assert (attached.get_filename(), attached.get_content()) == ("采集表2.zip", bytes(range(256)) * 2)

    known = {one.mark for one in first}
    put(port, FOLDER, reply(3))
    assert [one.message_id for one in replies(account(port), known.__contains__)] == ["<3@units.cn>"]
    assert seen(port, FOLDER) == [False] * 3


def test_two_mails_that_claim_one_id_are_two(port: int) -> None:
    put(port, "同号", reply(1, "<same@units.cn>"), reply(2, "<same@units.cn>"))
    marks = {one.mark for one in replies(account(port, folder="同号"), lambda _: False)}
    assert len(marks) == 2


@pytest.mark.parametrize(
    ("more", "words"), [({"password": "wrong"}, "拒绝登录"), ({"folder": "没有的文件夹"}, "没有文件夹“没有的文件夹”")]
)
def test_what_cannot_work_is_said_with_advice(port: int, more: dict[str, str], words: str) -> None:
    with pytest.raises(MailError, match=words):
        list(replies(account(port, **more), lambda _: False))


def test_no_server_is_said() -> None:
    with pytest.raises(MailError, match="连不上"):
        list(replies(account(9), lambda _: False))
