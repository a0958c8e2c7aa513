"""A real mail server on the loopback that can be told, for every address, how to behave at each attempt."""

import asyncio
import socket
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP


class Mood(StrEnum):
    """What the server does with one attempt at one address."""

    ACCEPT = "accept"
    SLOW = "slow"
    DROP_AT_RCPT = "drop at RCPT"
    DROP_AT_DATA = "drop at DATA"
    DROP_IN_TEXT = "drop in the middle of the text"
    DROP_AND_KEEP = "keep the mail, drop before answering"
    DROP_AND_LOSE = "lose the mail, drop before answering"
    REFUSE_RCPT = "550 no such user"
    REFUSE_DATA = "554 looks like spam"
    LATER_RCPT = "451 greylisted"
    LATER_DATA = "452 no room now"
    GOODBYE = "421 closing"


UNANSWERED = (Mood.DROP_AND_KEEP, Mood.DROP_AND_LOSE)


@dataclass
class Handler:
    """aiosmtpd's hooks. ``plan``: address → moods of its attempts, then ACCEPT for ever."""

    plan: dict[str, list[Mood]] = field(default_factory=dict)
    boxes: dict[str, list[bytes]] = field(default_factory=lambda: defaultdict(list))
    attempts: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    now: Mood = Mood.ACCEPT

    async def handle_RCPT(self, server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:  # noqa: N802
        moods = self.plan.get(address, [])
        self.now = moods.pop(0) if moods else Mood.ACCEPT
        self.attempts[address] += 1
        if self.now is Mood.DROP_AT_RCPT:
            server.transport.abort()
        if self.now is Mood.GOODBYE:
            server.transport.write(b"421 4.3.2 closing\r\n")
            server.transport.close()
        if self.now in (Mood.REFUSE_RCPT, Mood.LATER_RCPT):
            return str(self.now)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        if self.now in (Mood.REFUSE_DATA, Mood.LATER_DATA):
            return str(self.now)
        if self.now is not Mood.DROP_AND_LOSE:
            for address in envelope.rcpt_tos:
                self.boxes[address].append(envelope.content)
        if self.now is Mood.SLOW:
            await asyncio.sleep(0.2)
        if self.now in UNANSWERED:
            server.transport.abort()
        return "250 2.0.0 queued"


class _Server(SMTP):
    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802
        if self.event_handler.now in (Mood.DROP_AT_DATA, Mood.DROP_IN_TEXT):
            if self.event_handler.now is Mood.DROP_IN_TEXT:
                await self.push("354 go on")
            self.transport.abort()
            return
        await super().smtp_DATA(arg)


class _Controller(Controller):
    def factory(self) -> SMTP:
        return _Server(self.handler, **self.SMTP_kwargs)


def free_port() -> int:
    """A port nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


@contextmanager
def mail_server(handler: Handler, **options: Any) -> Iterator[int]:
    """A running server; gives its port."""
    controller = _Controller(handler, hostname="127.0.0.1", port=free_port(), **options)
    controller.start()
    try:
        yield controller.port
    finally:
        controller.stop()
