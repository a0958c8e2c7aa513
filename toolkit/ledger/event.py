"""One event of the ledger: kind, time, project, unit, subject, and the details as canonical JSON."""

import json
import re
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from toolkit.errors import LedgerError
from toolkit.ledger.details import DamagedDetailsError, Details, read_details
from toolkit.ledger.kinds import EventKind

# SQLite cuts text at NUL and cannot store lone surrogates at all: both can hide in a file name a unit chose.
_UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_LOG = 16
"""Digits of a log's id that people see."""
AnyDetails = TypeVar("AnyDetails", bound=Details)


@dataclass(frozen=True, slots=True)
class NewEvent:
    """An event about to be recorded.

    Attributes:
        details: what it says; its class is the kind.
        once: the natural key of what happened, such as ``"received:<sha256>"``; a second event with the
            same key is not recorded.
        subject: what the event is about: a file's sha256, a file name, a finding's code.
    """

    details: Details
    at: datetime
    once: str
    project: str = ""
    unit: str = ""
    subject: str = ""

    def columns(self) -> tuple[str, ...]:
        """The stored text of (at, kind, project, unit, subject, detail, once_key), in the table's order."""
        texts = (self.project, self.unit, self.subject, self.details.written(), self.once)
        return (self.at.isoformat(timespec="seconds"), str(self.details.kind), *map(storable, texts))


@dataclass(frozen=True, slots=True)
class Event:
    """An event as the ledger holds it; ``at`` and ``detail`` stay text: the hash is over that text.

    ``log`` is the id of the log it stands in where there are several (see :mod:`toolkit.ledger.logs`), else "".
    """

    seq: int
    at: str
    kind: str
    project: str
    unit: str
    subject: str
    detail: str
    once: str
    previous_hash: str
    hash: str
    log: str = ""

    def columns(self) -> tuple[str, ...]:
        """The stored text its hash is over, in the order of :meth:`NewEvent.columns`."""
        return (self.at, self.kind, self.project, self.unit, self.subject, self.detail, self.once)

    @property
    def details(self) -> Details:
        """What the event says.

        Raises:
            LedgerError: it says what no event of its kind does.
        """
        try:
            return read_details(self.kind, self.detail)
        except DamagedDetailsError as damaged:
            where = f"日志 {self.log[:_LOG]}… 第 {self.seq} 条" if self.log else f"台账第 {self.seq} 条"
            advice = "用 jixiao ledger verify 查明是否被改动，从备份恢复；由更新版本的程序写入的，请升级本程序"
            words = f"{self.moment} 的“{self.label}”事件读不出来：{damaged}"
            raise LedgerError(words, where=where, what_to_do=advice) from damaged

    @property
    def readable(self) -> bool:
        """Whether it says what events of its kind do; where not, the ledger's verification names it."""
        try:
            read_details(self.kind, self.detail)
        except DamagedDetailsError:
            return False
        return True

    def says(self, wanted: type[AnyDetails]) -> AnyDetails:
        """What an event of a known kind says, as the class of that kind.

        Raises:
            LedgerError: it is of another kind, or says what no event of its kind does.
        """
        found = self.details
        if isinstance(found, wanted):
            return found
        raise LedgerError(f"台账第 {self.seq} 条不是“{wanted.kind}”事件", where=f"台账第 {self.seq} 条")

    def printed(self) -> dict[str, object]:
        """The details for printing only, as the JSON has them; of an event that was damaged the text that is there."""
        try:
            held = json.loads(self.detail)
        except (ValueError, RecursionError):
            held = None
        return held if isinstance(held, dict) else {"原文": self.detail}

    @property
    def label(self) -> str:
        """What happened, in Chinese; as it stands when somebody wrote an unknown kind into the file."""
        return EventKind(self.kind).label if self.kind in set(EventKind) else self.kind

    @property
    def moment(self) -> str:
        """Day and time for people, without the zone: ``2026-11-21 09:00:00``."""
        return self.at.replace("T", " ").partition("+")[0]


def storable(text: str) -> str:
    """The text with characters SQLite cannot keep made visible as □."""
    return _UNSTORABLE.sub("□", text)
