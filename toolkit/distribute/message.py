"""One mail as bytes: Chinese subject, body and attachment names that arrive as they were written."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.header import Header
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from hashlib import sha256
from urllib.parse import quote

# Header lines stay as they are written here: Python's own folding would cut a file name into RFC 2231
# continuations, which QQ mail and old Outlook do not put together again.
_AS_WRITTEN = SMTP.clone(refold_source="none")
_LINE_SEPARATORS = ("Cc", "Cs", "Zl", "Zp")
_TURNS_TEXT_ROUND = re.compile("[\u202a-\u202e\u2066-\u2069]")
_TYPES = {
    ".zip": ("application", "zip"),
    ".docx": ("application", "vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ".xlsx": ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}
_OTHER_TYPE = ("application", "octet-stream")


@dataclass(frozen=True, slots=True)
class Attachment:
    """One file of a mail.

    Attributes:
        name: as people read it.
        plain_name: ASCII, with the right ending, for mail programs that cannot read the Chinese one.
    """

    name: str
    plain_name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail to one unit.

    Attributes:
        key: what the mail is about; the same key is never sent to one address twice.
        to: addresses out of the unit register.
        body: plain text; nothing in it is markup.
    """

    key: str
    unit: str
    to: tuple[str, ...]
    subject: str
    body: str
    attachments: tuple[Attachment, ...]


@dataclass(frozen=True, slots=True)
class Sender:
    """Who a mail is from; ``reply_to`` is where the units' answers shall go ("" for the sender)."""

    address: str
    name: str = ""
    reply_to: str = ""


def is_safe_in_header(text: str) -> bool:
    """Whether a text may stand in a header or as an attachment's name.

    Control characters and line or paragraph separators (U+2028, U+2029) could begin a header of their own in some
    mail program, and characters that turn the direction of writing make ``exe.xlsx`` out of another ending.
    """
    return not any(unicodedata.category(char) in _LINE_SEPARATORS for char in text) and not _TURNS_TEXT_ROUND.search(
        text
    )


def why_unsafe(mail: Mail, sender: Sender | None = None) -> str:
    """Why a mail cannot be written, in Chinese; "" when it can."""
    headers: list[tuple[str, Sequence[str]]] = [
        ("主题", [mail.subject]),
        ("收件地址", mail.to),
        ("附件名", [text for attachment in mail.attachments for text in (attachment.name, attachment.plain_name)]),
        ("发件人", [sender.address, sender.name, sender.reply_to] if sender else []),
    ]
    bad = [name for name, texts in headers if not all(map(is_safe_in_header, texts))]
    return f"{'、'.join(bad)}含有控制字符或换行符，邮件未生成；请在项目清单或方案中改正后重试" if bad else ""


def mail_bytes(mail: Mail, sender: Sender, at: datetime) -> bytes:
    """The mail as it goes to the server; the same arguments give the same bytes.

    Raises:
        ValueError: a header would hold a character that :func:`why_unsafe` names.
    """
    return _message(mail, sender, {"Date": format_datetime(at), "Message-ID": message_id(mail, sender)})


def draft_bytes(mail: Mail, sender: Sender | None) -> bytes:
    """The mail as an ``.eml`` file that a mail program opens ready to send; date and id come when it is sent.

    Raises:
        ValueError: a header would hold a character that :func:`why_unsafe` names.
    """
    return _message(mail, sender, {"X-Unsent": "1"})


def message_id(mail: Mail, sender: Sender) -> str:
    """The mail's id. A mail sent again after an unknown outcome has the same one, so that servers can see it."""
    return f"<{_digest(mail.key)}@{sender.address.rpartition('@')[2]}>"


def _message(mail: Mail, sender: Sender | None, own: Mapping[str, str]) -> bytes:
    reason = why_unsafe(mail, sender)
    if reason:
        raise ValueError(reason)
    message = EmailMessage(policy=_AS_WRITTEN)
    for name, value in own.items():
        message[name] = value
    if sender is not None:
        message["From"] = Address(sender.name, addr_spec=sender.address)
        if sender.reply_to:
            message["Reply-To"] = Address(addr_spec=sender.reply_to)
    if mail.to:  # a draft for a unit without address leaves the line to the person who sends it
        message["To"] = [Address(addr_spec=recipient) for recipient in mail.to]
    message["Subject"] = mail.subject
    # Base64: some gateways still change 8-bit text on its way.
    message.set_content(_visible(mail.body), charset="utf-8", cte="base64")
    for attachment in mail.attachments:
        _attach(message, attachment)
    if mail.attachments:
        message.set_boundary(f"jixiao-{_digest(mail.key)}")  # Python's own is a random number
    return message.as_bytes()


def _attach(message: EmailMessage, attachment: Attachment) -> None:
    maintype, subtype = _TYPES.get(attachment.name[attachment.name.rfind(".") :].lower(), _OTHER_TYPE)
    message.add_attachment(attachment.data, maintype=maintype, subtype=subtype, filename=attachment.plain_name)
    part = list(message.iter_attachments())[-1]
    # RFC 2231 comes first: readers that know it take it, the others take the ASCII name. Mail programs that look
    # at Content-Type only (QQ mail, Foxmail) expect an encoded word there, which no standard allows and all read.
    disposition = (
        f"attachment;\r\n filename*=UTF-8''{quote(attachment.name, safe='')};\r\n filename=\"{attachment.plain_name}\""
    )
    _write_raw(part, "Content-Disposition", disposition)
    word = Header(attachment.name, "utf-8", maxlinelen=70).encode(linesep="\r\n")
    _write_raw(part, "Content-Type", f'{maintype}/{subtype};\r\n name="{word}"')


def _write_raw(part: EmailMessage, name: str, value: str) -> None:
    del part[name]
    part.set_raw(name, value)


def _visible(text: str) -> str:
    """A body's text with what cannot be shown made visible; line feeds stay."""
    return "".join("□" if unicodedata.category(char) in ("Cc", "Cs") and char not in "\n\t" else char for char in text)


def _digest(text: str) -> str:
    return sha256(text.encode(errors="replace")).hexdigest()[:40]
