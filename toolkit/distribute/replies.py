"""Replies in an IMAP folder: read without marking, moving or deleting anything there."""

import imaplib
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.utils import parseaddr
from hashlib import sha256
from typing import TYPE_CHECKING

from toolkit.distribute.account import Account, Security
from toolkit.distribute.network_words import fault_words
from toolkit.errors import MailError

if TYPE_CHECKING:
    from imap_tools import BaseMailBox, MailMessage

_TIMEOUT = 60.0
_LARGEST = 100_000_000
"""A mail larger than this is named, not read. Units: bytes."""
_AT_ONCE = 200
_LONGEST_HEADER = 500
"""So much of a header is looked at. Units: characters."""


@dataclass(frozen=True, slots=True)
class Reply:
    """One mail of the folder.

    Attributes:
        mark: tells this mail from every other, also from one that claims the same Message-ID.
        message_id: as its sender wrote it, "" when there is none.
        content: the whole mail; b"" when it is too large.
    """

    mark: str
    message_id: str
    sender: str
    subject: str
    content: bytes


def replies(account: Account, known: Callable[[str], bool]) -> Iterator[Reply]:
    """The folder's mails, oldest first, without those already known; only new ones are downloaded.

    Args:
        account: server, login and folder.
        known: whether the mail with this mark was dealt with before.

    Raises:
        MailError: the server cannot be reached, refuses the login, or has no such folder.
    """
    with _open(account) as box:
        for head in list(box.fetch(headers_only=True, mark_seen=False, bulk=_AT_ONCE)):
            mark = _mark(head)
            if head.uid and not known(mark):
                content = b"" if head.size_rfc822 > _LARGEST else _content(box, head.uid)
                sender = _sender(head)
                yield Reply(mark, _header(head, "Message-ID"), sender, _header(head, "Subject"), content)


def can_fetch(account: Account) -> None:
    """Log in, open the folder, and log out again.

    Raises:
        MailError: as :func:`replies`.
    """
    with _open(account):
        return


@contextmanager
def _open(account: Account) -> "Iterator[BaseMailBox]":
    from imap_tools import ImapToolsError, MailboxFolderSelectError, MailboxLoginError

    where = f"{account.host}:{account.port}"
    try:
        box = _connected(account)
        with box.login(account.user, account.password, initial_folder=None):
            _say_who_we_are(box)
            box.folder.set(account.folder, readonly=True)
            yield box
    except MailboxLoginError as error:
        advice = "检查用户名和口令；QQ、163 等邮箱须先开通 IMAP 并使用授权码而不是登录密码"
        raise MailError("收件服务器拒绝登录", where=where, what_to_do=advice) from error
    except MailboxFolderSelectError as error:
        advice = "检查环境变量 JIXIAO_IMAP_FOLDER 与邮箱里的文件夹名称是否一致"
        raise MailError(f"邮箱里没有文件夹“{account.folder}”", where=where, what_to_do=advice) from error
    except ssl.SSLCertVerificationError as error:
        advice = "确认服务器地址无误；自签证书的，请把证书文件路径设为环境变量 SSL_CERT_FILE"
        raise MailError(f"收件服务器的证书不可信（{error.verify_message}）", where=where, what_to_do=advice) from error
    except (ImapToolsError, imaplib.IMAP4.error, OSError) as error:
        advice = "检查网络、服务器地址和端口后重新运行；已收取的附件不会重复收取"
        raise MailError(f"收件服务器连不上或中途断开：{fault_words(error)}", where=where, what_to_do=advice) from error


def _connected(account: Account) -> "BaseMailBox":
    from imap_tools import MailBox, MailBoxStartTls, MailBoxUnencrypted

    if account.security is Security.NONE:
        return MailBoxUnencrypted(account.host, account.port, timeout=_TIMEOUT)
    kind = MailBox if account.security is Security.SSL else MailBoxStartTls
    return kind(account.host, account.port, timeout=_TIMEOUT, ssl_context=ssl.create_default_context())


def _say_who_we_are(box: "BaseMailBox") -> None:
    """163 and 126 mail call a program that does not introduce itself (RFC 2971) unsafe and show it no folder."""
    if "ID" in box.client.capabilities:
        box.client.xatom("ID", '("name" "jixiao-toolkit")')


def _content(box: "BaseMailBox", uid: str) -> bytes:
    """The mail's bytes as the server has them; parsed and written again they could differ."""
    _, answer = box.client.uid("FETCH", uid, "(BODY.PEEK[])")
    return next((bytes(part[1]) for part in answer if isinstance(part, tuple)), b"")


def _mark(head: "MailMessage") -> str:
    """Of all its headers: the servers' Received lines differ even where two mails claim one Message-ID."""
    lines = [f"{name}:{value}" for name, value in head.obj.raw_items()]
    return sha256("\n".join(lines).encode(errors="surrogatepass")).hexdigest()


def _sender(mail: "MailMessage") -> str:
    """The sender's address; "" where it cannot be told."""
    try:
        return parseaddr(_header(mail, "From"))[1]
    except RecursionError:  # comments within comments, hundreds deep
        return ""


def _header(head: "MailMessage", name: str) -> str:
    """A header as text; only its beginning is decoded, and what cannot be decoded stays as it came.

    The library's own header parser takes time without end over some hundred odd bytes.
    """
    raw = next((str(value) for key, value in head.obj.raw_items() if key.casefold() == name.casefold()), "")
    raw = " ".join(raw[:_LONGEST_HEADER].split())
    try:
        return str(make_header(decode_header(raw))).strip()
    except (HeaderParseError, LookupError, UnicodeError, ValueError):
        return raw
