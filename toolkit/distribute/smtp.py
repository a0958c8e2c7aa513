"""One connection to a mail server, which tells apart what certainly failed from what nobody can know.

The server answers for a mail from the moment it has the final dot. Everything before that is certain: no dot, no mail.
A connection lost between the dot and the answer leaves the outcome unknown (RFC 5321, 4.1.1.4 and 6.1), and only
that; smtplib sends text and dot together, so here they are sent apart.
"""

import select
import smtplib
import ssl
from collections.abc import Callable
from types import TracebackType
from typing import Self

from toolkit.distribute.account import Account, Security
from toolkit.distribute.network_words import fault_words
from toolkit.errors import MailError

_TIMEOUT = 60.0
_TIMEOUT_AFTER_DOT = 600.0
"""RFC 5321, 4.5.3.2.6. Units: seconds."""
_OWN_NAME = "[127.0.0.1]"  # a computer may have a Chinese name, which EHLO cannot carry
_CLOSING = 421
_MEANT = 200  # smtplib says -1 where a line is no answer at all
_DONE, _GO_ON = range(200, 300), range(354, 355)


class NotSentError(Exception):
    """The mail certainly did not go out.

    Attributes:
        lasting: asking again at once will not help; otherwise it may.
        taken: another program is sending this very mail.
    """

    def __init__(self, reason: str, *, lasting: bool = False, taken: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.lasting = lasting or taken
        self.taken = taken


class UnknownOutcomeError(Exception):
    """The server had the whole mail, but its answer never came."""


class SmtpLine:
    """An open, logged-in connection; a context manager."""

    def __init__(self, account: Account) -> None:
        """Connect and log in.

        Raises:
            NotSentError: the server cannot be reached now.
            MailError: it refuses the login, or cannot prove who it is.
        """
        self._sender = account.sender
        self._smtp = _connected(account)
        try:
            self._smtp.ehlo_or_helo_if_needed()
            if account.user:
                self._smtp.login(account.user, account.password)
        except smtplib.SMTPAuthenticationError as error:
            self.drop()
            raise _no_login(account, error) from error
        except smtplib.SMTPNotSupportedError as error:
            self.drop()
            raise MailError("邮件服务器不接受登录", where=account.host, what_to_do="检查加密方式和端口") from error
        except (smtplib.SMTPException, OSError) as error:
            self.drop()
            raise _lost(error) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            try:
                self._smtp.quit()
            except (smtplib.SMTPException, OSError):
                self.drop()
        else:
            self.drop()

    def drop(self) -> None:
        """Cut the connection without a word; a mail whose dot was not sent is forgotten by the server."""
        self._smtp.close()

    @property
    def is_lost(self) -> bool:
        """The connection is gone; the next mail needs a new one."""
        return self._smtp.sock is None

    def deliver(self, address: str, message: bytes, before_dot: Callable[[], bool]) -> str:
        """Hand one mail for one address to the server.

        Args:
            address: the envelope's recipient.
            message: lines end in CRLF.
            before_dot: called when only the final dot is missing; False cuts the connection instead.

        Returns:
            The server's words of acceptance.

        Raises:
            NotSentError: the mail is certainly not on its way.
            UnknownOutcomeError: the connection was lost after the dot.
        """
        try:
            self._ask(*self._smtp.mail(self._sender))
            self._ask(*self._smtp.rcpt(address))
            self._ask(*self._smtp.docmd("DATA"), good=_GO_ON)
            self._smtp.send(_dotted(message))
        except (smtplib.SMTPException, OSError) as error:
            self.drop()
            raise _lost(error) from error
        if not before_dot():
            self.drop()
            raise NotSentError("另一个窗口正在发送这封邮件", taken=True)
        if self._has_hung_up():
            self.drop()
            raise NotSentError("服务器在收完邮件前断开了连接")
        return self._finish()

    def _has_hung_up(self) -> bool:
        """Whether the server has closed, or spoken out of turn, so that the dot need not become a doubt."""
        sock = self._smtp.sock
        if sock is None or not select.select([sock], [], [], 0)[0]:
            return sock is None
        timeout = sock.gettimeout()
        sock.settimeout(0)
        try:
            sock.recv(1)
        except (BlockingIOError, ssl.SSLWantReadError):  # a record of TLS's own, no words of the server
            return False
        except OSError:
            return True
        finally:
            sock.settimeout(timeout)
        return True

    def _finish(self) -> str:
        try:
            if self._smtp.sock is not None:
                self._smtp.sock.settimeout(_TIMEOUT_AFTER_DOT)
            self._smtp.send(b".\r\n")
            code, words = self._smtp.getreply()
        except (smtplib.SMTPException, OSError) as error:
            self.drop()
            raise UnknownOutcomeError(str(error)) from error
        if not _MEANT <= code < 600:
            self.drop()
            raise UnknownOutcomeError(_shown(words))
        self._ask(code, words)
        return _shown(words)

    def _ask(self, code: int, words: bytes, *, good: range = _DONE) -> None:
        """Let a good answer pass; take back the mail begun where it is a bad one."""
        if code in good:
            return
        if code == _CLOSING or code < _MEANT:
            self.drop()
            raise NotSentError(f"服务器断开连接：{_shown(words)}")
        try:
            self._smtp.rset()
        except (smtplib.SMTPException, OSError):
            self.drop()
        raise NotSentError(f"服务器拒收（{code} {_shown(words)}）", lasting=code >= 500)


def can_send(account: Account) -> None:
    """Log in and out again.

    Raises:
        MailError: the server cannot be reached, refuses the login, or cannot prove who it is.
    """
    try:
        with SmtpLine(account):
            return
    except NotSentError as error:
        raise MailError(error.reason, where=account.host, what_to_do="检查网络、服务器地址和端口") from error


def _connected(account: Account) -> smtplib.SMTP:
    context = ssl.create_default_context()
    where = (account.host, account.port, _OWN_NAME)
    try:
        if account.security is Security.SSL:
            return smtplib.SMTP_SSL(*where, timeout=_TIMEOUT, context=context)
        line = smtplib.SMTP(*where, timeout=_TIMEOUT)
        if account.security is Security.STARTTLS:
            line.starttls(context=context)
    except ssl.SSLCertVerificationError as error:
        advice = "确认服务器地址无误；单位自建服务器用自签证书的，请把证书文件路径设为环境变量 SSL_CERT_FILE"
        message = f"邮件服务器的证书不可信（{error.verify_message}）"
        raise MailError(message, where=f"{account.host}:{account.port}", what_to_do=advice) from error
    except smtplib.SMTPNotSupportedError as error:
        advice = "改用 JIXIAO_SMTP_SECURITY=ssl，或向邮箱管理员询问端口"
        raise MailError("邮件服务器不支持 STARTTLS 加密", where=account.host, what_to_do=advice) from error
    except (smtplib.SMTPException, OSError) as error:
        raise _lost(error) from error
    return line


def _no_login(account: Account, error: smtplib.SMTPAuthenticationError) -> MailError:
    advice = "检查用户名和口令；QQ、163 等邮箱须先开通 SMTP 并使用授权码而不是登录密码"
    words = _shown(error.smtp_error)
    return MailError(f"邮件服务器拒绝登录（{error.smtp_code} {words}）", where=account.host, what_to_do=advice)


def _lost(error: Exception) -> NotSentError:
    if isinstance(error, smtplib.SMTPResponseException):
        return NotSentError(f"服务器拒绝（{error.smtp_code} {_shown(error.smtp_error)}）")
    return NotSentError(f"连接中断或连不上服务器：{fault_words(error)}")


def _dotted(message: bytes) -> bytes:
    """The text with lines that begin with a dot protected (RFC 5321, 4.5.2), ending in a line feed."""
    text = message if message.endswith(b"\r\n") else message + b"\r\n"
    return (b"\r\n" + text).replace(b"\r\n.", b"\r\n..")[2:]


def _shown(words: bytes | str) -> str:
    """A server's words on one line; a server may be hostile too."""
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())[:200]
