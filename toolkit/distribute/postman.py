"""Carries mails to the server over one connection, made again when it is lost, and never faster than agreed."""

import time
from collections.abc import Callable
from datetime import datetime
from types import TracebackType
from typing import Self

from toolkit.distribute.account import Account
from toolkit.distribute.journal import Journal
from toolkit.distribute.message import Mail, Sender, mail_bytes
from toolkit.distribute.smtp import NotSentError, SmtpLine
from toolkit.errors import MailError

_WAITS = (2.0, 10.0, 30.0)
"""Before a further try after a passing refusal or a lost connection. Units: seconds."""


class ServerDownError(Exception):
    """The server cannot be reached any more, though it could be before or may be later."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Postman:
    """One round of mails; a context manager, so that the connection is closed politely."""

    def __init__(
        self,
        account: Account,
        sender: Sender,
        journal: Journal,
        at: datetime,
        wait: Callable[[float], None] = time.sleep,
    ) -> None:
        """Nothing is connected yet.

        Args:
            account: the server.
            sender: who the mails are from.
            journal: where every step is recorded.
            at: the mails' date.
            wait: stops for some seconds; tests do not.
        """
        self._account = account
        self._sender = sender
        self._journal = journal
        self._at = at
        self._wait = wait
        self._line: SmtpLine | None = None
        self._was_connected = False
        self._is_first = True

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._line is not None:
            self._line.__exit__(kind, error, trace)
            self._line = None

    def carry(self, mail: Mail, address: str) -> str:
        """Send one mail to one address; passing trouble is tried again a few times.

        Returns:
            The server's words of acceptance.

        Raises:
            NotSentError: it certainly did not go out.
            UnknownOutcomeError: nobody can know whether it did.
            ServerDownError: there is no server.
            MailError: the server refuses us before anything was sent.
        """
        if not self._is_first:
            self._wait(self._account.pause)
        self._is_first = False
        message = mail_bytes(mail, self._sender, self._at)
        for pause in (*_WAITS, None):
            try:
                return self._try(mail, address, message)
            except NotSentError as error:
                if error.lasting or pause is None:
                    raise
                self._wait(pause)
        raise AssertionError("the last try either returns or raises")

    def _try(self, mail: Mail, address: str, message: bytes) -> str:
        line = self._connected()
        attempt = self._journal.next_attempt(mail, address)
        started = False

        def start() -> bool:
            nonlocal started
            started = self._journal.start(mail, address, attempt)
            return started

        try:
            words = line.deliver(address, message, start)
        except NotSentError as error:
            # An attempt another program has taken is not ours to close.
            if started or (error.lasting and not error.taken):
                self._journal.refuse(mail, address, attempt, error.reason)
            raise
        finally:
            if line.is_lost:
                self._line = None
        self._journal.accept(mail, address, attempt, words)
        return words

    def _connected(self) -> SmtpLine:
        for pause in (*_WAITS, None):
            if self._line is not None:
                return self._line
            try:
                self._line = SmtpLine(self._account)
                self._was_connected = True
            except NotSentError as error:
                if pause is None:
                    raise ServerDownError(error.reason) from error
                self._wait(pause)
            except MailError as error:
                if self._was_connected:
                    raise ServerDownError(error.message) from error
                raise
        raise AssertionError("the last try either connects or raises")
