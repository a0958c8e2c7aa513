"""What went wrong on the line to a mail server, in words a person can act on."""

import imaplib
import smtplib
import socket
import ssl

_WORDS: tuple[tuple[type[BaseException], str], ...] = (
    (socket.gaierror, "找不到这个服务器地址"),
    (ConnectionRefusedError, "这个地址和端口没有服务"),
    (ssl.SSLError, "加密方式不符"),
    (TimeoutError, "等待超时"),
    (ConnectionError, "对方中断了连接"),
    (smtplib.SMTPServerDisconnected, "对方中断了连接"),
    (imaplib.IMAP4.abort, "对方中断了连接"),
)


def fault_words(error: BaseException) -> str:
    """The fault in Chinese; one nobody has met yet by its name."""
    return next((words for kind, words in _WORDS if isinstance(error, kind)), type(error).__name__)
