"""The mail accounts: from the environment or the system's keyring, never from a file of the workspace.

Sending: ``JIXIAO_SMTP_HOST``, ``_PORT``, ``_USER``, ``_PASSWORD``, ``_SECURITY`` (ssl, starttls or none), ``_FROM``
(the sender's address where it is not the user) and ``_PAUSE`` (seconds between two mails).
Fetching: ``JIXIAO_IMAP_HOST``, ``_PORT``, ``_USER``, ``_PASSWORD``, ``_SECURITY`` and ``_FOLDER``.
Without a password the keyring is asked for service ``jixiao-smtp`` or ``jixiao-imap`` and the user's name.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from ipaddress import ip_address

from toolkit.distribute.recipients import is_address
from toolkit.errors import MailError

_SMTP_PORTS = {"ssl": 465, "starttls": 587, "none": 25}
_IMAP_PORTS = {"ssl": 993, "starttls": 143, "none": 143}


class Security(StrEnum):
    """How the connection is encrypted. ``none`` is for a relay on this very computer."""

    SSL = "ssl"
    STARTTLS = "starttls"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Account:
    """One server and who we are there.

    Attributes:
        user: "" where the server wants no login (a relay in one's own network).
        sender: address the mails are from; of SMTP accounts.
        folder: folder that is read; of IMAP accounts.
        pause: between two mails.

    Units: seconds.
    """

    host: str
    port: int
    security: Security
    user: str = ""
    password: str = field(default="", repr=False)
    sender: str = ""
    folder: str = "INBOX"
    pause: float = 1.0


def smtp_account(environ: Mapping[str, str]) -> Account:
    """The account mails are sent from.

    Raises:
        MailError: a setting is missing or makes no sense.
    """
    account = _account(environ, "SMTP", _SMTP_PORTS)
    sender = sender_address(environ)
    if not is_address(sender):
        raise _wrong("JIXIAO_SMTP_FROM", f"“{sender}”不是邮箱地址", "设为发件邮箱的完整地址")
    pause = _number(environ, "JIXIAO_SMTP_PAUSE", 1)
    return Account(
        account.host, account.port, account.security, account.user, account.password, sender, pause=float(pause)
    )


def sender_address(environ: Mapping[str, str]) -> str:
    """The address mails are from, as it is set; "" when it is not."""
    return environ.get("JIXIAO_SMTP_FROM", "").strip() or environ.get("JIXIAO_SMTP_USER", "").strip()


def imap_account(environ: Mapping[str, str]) -> Account:
    """The account replies are fetched from.

    Raises:
        MailError: a setting is missing or makes no sense.
    """
    account = _account(environ, "IMAP", _IMAP_PORTS)
    folder = environ.get("JIXIAO_IMAP_FOLDER", "").strip() or "INBOX"
    if not account.user:
        raise _wrong("JIXIAO_IMAP_USER", "没有设置收件邮箱的用户名", "设为邮箱地址")
    return Account(account.host, account.port, account.security, account.user, account.password, folder=folder)


def _account(environ: Mapping[str, str], kind: str, ports: Mapping[str, int]) -> Account:
    host = environ.get(f"JIXIAO_{kind}_HOST", "").strip()
    if not host:
        advice = (
            f"设置环境变量 JIXIAO_{kind}_HOST、_USER、_PASSWORD（或把密码存入系统钥匙串），口令不要写进工作区的文件"
        )
        raise _wrong(f"JIXIAO_{kind}_HOST", "没有设置邮件服务器", advice)
    security = _security(environ, kind, host)
    user = environ.get(f"JIXIAO_{kind}_USER", "").strip()
    port = int(_number(environ, f"JIXIAO_{kind}_PORT", ports[security]))
    return Account(host, port, security, user, _password(environ, kind, user) if user else "")


def _security(environ: Mapping[str, str], kind: str, host: str) -> Security:
    name = f"JIXIAO_{kind}_SECURITY"
    text = environ.get(name, "").strip().lower() or Security.SSL
    if text not in set(Security):
        raise _wrong(name, f"“{text}”不是加密方式", "可用 ssl、starttls、none")
    if text == Security.NONE and not _is_this_computer(host):
        raise _wrong(name, "不加密只能用于本机的邮件服务", "改用 ssl 或 starttls，以免口令和采集表明文传输")
    return Security(text)


def _is_this_computer(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _number(environ: Mapping[str, str], name: str, default: int) -> int:
    text = environ.get(name, "").strip() or str(default)
    if not (text.isascii() and text.isdigit() and len(text) < 6 and int(text) <= 65_535):
        raise _wrong(name, f"“{text}”不是可用的数字", "填写整数，或删去这个环境变量以使用默认值")
    return int(text)


def _password(environ: Mapping[str, str], kind: str, user: str) -> str:
    given = environ.get(f"JIXIAO_{kind}_PASSWORD", "")
    password = given or _from_keyring(f"jixiao-{kind.lower()}", user)
    if not password:
        advice = (
            f"设置环境变量 JIXIAO_{kind}_PASSWORD，或存入系统钥匙串："
            f"在窗口的“设置”里保存邮箱，或执行 keyring set jixiao-{kind.lower()} {user}"
        )
        raise _wrong(f"JIXIAO_{kind}_PASSWORD", f"没有邮箱 {user} 的口令（授权码）", advice)
    if not (user + password).isascii():
        raise _wrong(f"JIXIAO_{kind}_PASSWORD", "邮箱用户名或口令含有中文或全角字符", "检查是否误输了全角字符")
    return password


def keep_password(service: str, user: str, password: str) -> bool:
    """Put a password into the system's keyring; False where there is none."""
    try:
        import keyring
        import keyring.errors
    except ImportError:
        return False
    try:
        keyring.set_password(service, user, password)
    except keyring.errors.KeyringError:
        return False
    return True


def _from_keyring(service: str, user: str) -> str:
    """The password in the system's store; "" when there is none or no store."""
    try:
        import keyring
    except ImportError:
        return ""
    try:
        return keyring.get_password(service, user) or ""
    except keyring.errors.KeyringError:
        return ""


def _wrong(name: str, message: str, what_to_do: str) -> MailError:
    return MailError(message, where=f"环境变量 {name}", what_to_do=what_to_do)
