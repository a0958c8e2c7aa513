"""One event of the ledger: kind, time, project, unit, subject, and the details as canonical JSON."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

# SQLite cuts text at NUL and cannot store lone surrogates at all: both can hide in a file name a unit chose.
_UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


class EventKind(StrEnum):
    """The kinds of thing that happen in an evaluation. The values are stored: never rename one."""

    INITIALISED = "initialised"
    GENERATED = "generated"
    DISPATCHED = "dispatched"
    REMINDED = "reminded"
    RECEIVED = "received"
    READ = "read"
    REFUSED = "refused"
    CHOSEN = "chosen"
    CHECKED = "checked"
    RETURNED_FOR_CORRECTION = "returned_for_correction"
    RESOLVED = "resolved"
    SCORED = "scored"
    AGGREGATED = "aggregated"
    REPORTED = "reported"
    DRAFTED = "drafted"
    APPROVED = "approved"
    MAIL_STARTED = "mail_started"
    MAIL_ACCEPTED = "mail_accepted"
    MAIL_REFUSED = "mail_refused"
    FETCHED = "fetched"
    HANDED_OVER = "handed_over"
    MERGED = "merged"
    JUDGED = "judged"
    LOSS_WRITTEN = "loss_written"
    SIGNED = "signed"
    NOTED = "noted"
    SURVEYED = "surveyed"
    SCOREBOOK_ISSUED = "scorebook_issued"
    SCOREBOOK_LOCKED = "scorebook_locked"
    SCOREBOOK_UNLOCKED = "scorebook_unlocked"
    ADJUDICATED = "adjudicated"
    OPINIONS_ASKED = "opinions_asked"
    OPINIONS_RECEIVED = "opinions_received"
    OPINION_SETTLED = "opinion_settled"
    LEDGER_MOVED = "ledger_moved"
    FORM_IMPORTED = "form_imported"

    @property
    def label(self) -> str:
        """The Chinese name users read."""
        return _LABELS[self]


_LABELS = {
    EventKind.INITIALISED: "建立评价",
    EventKind.GENERATED: "生成采集表",
    EventKind.DISPATCHED: "下发",
    EventKind.REMINDED: "催报",
    EventKind.RECEIVED: "收到报送件",
    EventKind.READ: "读取成功",
    EventKind.REFUSED: "拒收",
    EventKind.CHOSEN: "指定报送件",
    EventKind.CHECKED: "核查",
    EventKind.RETURNED_FOR_CORRECTION: "退回整改",
    EventKind.RESOLVED: "问题销号",
    EventKind.SCORED: "评分",
    EventKind.AGGREGATED: "汇总",
    EventKind.REPORTED: "出具报告",
    EventKind.DRAFTED: "存稿",
    EventKind.APPROVED: "审定",
    EventKind.MAIL_STARTED: "邮件发出",
    EventKind.MAIL_ACCEPTED: "邮件已被接收",
    EventKind.MAIL_REFUSED: "邮件被退回",
    EventKind.FETCHED: "收取邮件附件",
    EventKind.HANDED_OVER: "移交",
    EventKind.MERGED: "合并",
    EventKind.JUDGED: "评审意见",
    EventKind.LOSS_WRITTEN: "失分情况",
    EventKind.SIGNED: "复核签字",
    EventKind.NOTED: "复核意见",
    EventKind.SURVEYED: "导入问卷",
    EventKind.SCOREBOOK_ISSUED: "发打分册",
    EventKind.SCOREBOOK_LOCKED: "锁定打分册",
    EventKind.SCOREBOOK_UNLOCKED: "退回打分册补打",
    EventKind.ADJUDICATED: "差异裁定",
    EventKind.OPINIONS_ASKED: "征求意见",
    EventKind.OPINIONS_RECEIVED: "收到单位意见",
    EventKind.FORM_IMPORTED: "导入申报表或上年自评表",
    EventKind.OPINION_SETTLED: "单位意见处理",
    EventKind.LEDGER_MOVED: "台账搬移",
}


@dataclass(frozen=True, slots=True)
class NewEvent:
    """An event about to be recorded.

    Attributes:
        once: the natural key of what happened, such as ``"received:<sha256>"``; a second event with the
            same key is not recorded.
        subject: what the event is about: a file's sha256, a file name, a finding's code.
        detail: anything JSON can hold, and Decimal, date and datetime, which become text.
    """

    kind: EventKind
    at: datetime
    once: str
    project: str = ""
    unit: str = ""
    subject: str = ""
    detail: Mapping[str, object] = field(default_factory=dict)

    def columns(self) -> tuple[str, ...]:
        """The stored text of (at, kind, project, unit, subject, detail, once_key), in the table's order."""
        texts = (self.project, self.unit, self.subject, canonical_json(self.detail), self.once)
        return (self.at.isoformat(timespec="seconds"), str(self.kind), *map(storable, texts))


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

    def details(self) -> dict[str, object]:
        """The details as plain values."""
        values: dict[str, object] = json.loads(self.detail)
        return values

    @property
    def label(self) -> str:
        """What happened, in Chinese; as it stands when somebody wrote an unknown kind into the file."""
        return EventKind(self.kind).label if self.kind in set(EventKind) else self.kind

    @property
    def moment(self) -> str:
        """Day and time for people, without the zone: ``2026-11-21 09:00:00``."""
        return self.at.replace("T", " ").partition("+")[0]


def canonical_json(detail: Mapping[str, object]) -> str:
    """The one JSON text for these details: keys sorted, no spaces, Chinese as it is.

    Raises:
        TypeError: when a value is neither JSON nor Decimal, date or datetime.
        ValueError: when a float is not finite.
    """
    return json.dumps(
        detail, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False, default=_plain
    )


def storable(text: str) -> str:
    """The text with characters SQLite cannot keep made visible as □."""
    return _UNSTORABLE.sub("□", text)


def _plain(value: object) -> str:
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    msg = f"event details cannot hold a {type(value).__name__}"
    raise TypeError(msg)
