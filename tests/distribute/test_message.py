"""A mail's headers: Chinese arrives, nothing a unit wrote becomes a header, a draft opens unsent."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.distribute import Attachment, Mail, Sender, is_safe_in_header, why_unsafe, write_drafts
from toolkit.distribute.message import draft_bytes, mail_bytes

AT = datetime(2026, 11, 21, 9, tzinfo=UTC)
SENDER = Sender("pingjia@agency.cn", "南通市数据局", "huifu@agency.cn")
MAIL = Mail(
    "dispatch:市公安局:ab12",
    "市公安局",
    ("a@units.cn", "b@units.cn"),
    "【请填报】指标信息核查采集表（市公安局，2个项目）",
    "市公安局：\n请填报。\n",
    (Attachment("市公安局（第二批）.zip", "jixiao-3.zip", b"PK\x03\x04"),),
)


def parsed(data: bytes) -> EmailMessage:
    message = message_from_bytes(data, policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message


def test_an_attachment_has_a_name_for_every_kind_of_mail_program() -> None:
    text = mail_bytes(MAIL, SENDER, AT).decode("ascii")
    assert "filename*=UTF-8''%E5%B8%82%E5%85%AC%E5%AE%89%E5%B1%80" in text  # RFC 2231
    assert 'filename="jixiao-3.zip"' in text  # neither Chinese nor .bin
    assert re.search(r'Content-Type: application/zip;\r\n name="=\?utf-8\?b\?', text)  # QQ mail, Foxmail
    assert "filename*0" not in text
    assert max(map(len, text.split("\r\n"))) < 998


def test_the_longest_file_name_still_fits_a_header_line() -> None:
    name = "市" * 76 + ".zip"  # 240 bytes, the longest a package's file has
    data = mail_bytes(replace(MAIL, attachments=(Attachment(name, "a.zip", b""),)), SENDER, AT)
    assert max(map(len, data.split(b"\r\n"))) < 998
    (attached,) = parsed(data).iter_attachments()
    assert attached.get_filename() == name


def test_the_same_mail_is_the_same_bytes_and_answers_go_to_the_contact() -> None:
    assert mail_bytes(MAIL, SENDER, AT) == mail_bytes(MAIL, SENDER, AT)
    message = parsed(mail_bytes(MAIL, SENDER, AT))
    assert message["Reply-To"] == "huifu@agency.cn"
    assert message["To"] == "a@units.cn, b@units.cn"


@pytest.mark.parametrize(
    "bad", ["\r\nBcc: x@y.cn", "\n", "\x00", "\u2028", "\u2029", "\x85", "\x0b", "\u202e", "\ud800"]
)
def test_control_characters_are_refused_in_every_header(bad: str) -> None:
    assert not is_safe_in_header(f"市公安局{bad}")
    file = MAIL.attachments[0]
    spoilt = {
        "主题": replace(MAIL, subject=f"请填报{bad}"),
        "收件地址": replace(MAIL, to=(f"a@units.cn{bad}",)),
        "附件名": replace(MAIL, attachments=(replace(file, name=f"表{bad}.zip"),)),
    }
    for name, mail in spoilt.items():
        assert why_unsafe(mail).startswith(f"{name}含有控制字符")
        with pytest.raises(ValueError, match=name):
            draft_bytes(mail, SENDER)
    assert why_unsafe(MAIL, replace(SENDER, name=f"局{bad}")).startswith("发件人")


@given(subject=st.text(max_size=120), name=st.text(min_size=1, max_size=60), body=st.text(max_size=300))
@settings(max_examples=150, deadline=None)
def test_any_text_is_refused_or_comes_back_and_adds_no_header(subject: str, name: str, body: str) -> None:
    mail = replace(MAIL, subject=subject, body=body, attachments=(Attachment(f"{name}.zip", "a.zip", b"x"),))
    if why_unsafe(mail):
        return
    message = parsed(mail_bytes(mail, SENDER, AT))
    expected = {"Date", "Message-ID", "From", "Reply-To", "To", "Subject", "MIME-Version", "Content-Type"}
    assert set(message.keys()) == expected
    (attached,) = message.iter_attachments()
    assert attached.get_filename() == f"{name}.zip".strip()  # Python's own reader trims
    assert " ".join(str(message["Subject"]).split()) == " ".join(subject.split())


def test_a_draft_opens_unsent_and_is_written_once(tmp_path: Path) -> None:
    mails = [MAIL, replace(MAIL, unit="../市/公安局"), replace(MAIL, unit="无邮箱", to=())]
    paths = write_drafts(mails, tmp_path)
    assert [path.parent for path in paths] == [tmp_path] * 3
    assert [path.suffix for path in paths] == [".eml"] * 3
    draft = parsed(paths[0].read_bytes())
    assert (draft["X-Unsent"], draft["Date"], draft["From"]) == ("1", None, None)
    assert parsed(paths[2].read_bytes())["To"] is None
    before = [path.stat().st_mtime_ns for path in paths]
    assert [path.stat().st_mtime_ns for path in write_drafts(mails, tmp_path)] == before
