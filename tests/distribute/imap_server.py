"""A real IMAP server (pymap) on the loopback, with an empty mailbox to put mails into."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from pathlib import Path

from imap_tools import MailBoxUnencrypted

from tests.distribute.mail_server import free_port

USER, PASSWORD = "demouser", "demopass"


@contextmanager
def imap_server() -> Iterator[int]:
    """A running server; gives its port."""
    port = free_port()
    program = Path(sys.executable).with_name("pymap")
    words = [program, "--host", "127.0.0.1", "--port", str(port), "--no-tls", "dict", "--demo-data"]
    server = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait_for(port)
        yield port
    finally:
        server.terminate()
        server.wait(10)


def put(port: int, folder: str, *mails: EmailMessage | bytes) -> None:
    """Put mails into a folder, made when missing."""
    with MailBoxUnencrypted("127.0.0.1", port).login(USER, PASSWORD) as box:
        if not box.folder.exists(folder):
            box.folder.create(folder)
        for mail in mails:
            box.append(mail if isinstance(mail, bytes) else mail.as_bytes(), folder)


def seen(port: int, folder: str) -> list[bool]:
    """Whether each mail of the folder is marked as read."""
    with MailBoxUnencrypted("127.0.0.1", port).login(USER, PASSWORD, initial_folder=folder) as box:
        return ["\\Seen" in mail.flags for mail in box.fetch(mark_seen=False)]


def _wait_for(port: int) -> None:
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise TimeoutError("the IMAP server did not start")
