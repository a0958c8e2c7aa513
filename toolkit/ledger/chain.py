"""The chain of hashes: no event can change, go or move unseen, because each hash covers the one before it.

With a key the hashes are HMACs, and nobody without the key can make a new chain that fits. A ledger put back
whole from an older copy is consistent in itself: only an :class:`Anchor` kept elsewhere (printed in a report,
stored in an archive) shows that.
"""

import hashlib
import hmac
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from toolkit.ledger.details import DamagedDetailsError, read_details
from toolkit.ledger.event import Event

GENESIS = "0" * 64


class ProblemKind(StrEnum):
    """What can be wrong with a chain."""

    ALTERED = "altered"
    MISSING = "missing"
    REORDERED = "reordered"


_PRINTED = re.compile(r"([0-9]{1,12}):([0-9a-f]{64})")
"""An anchor on a receipt: number of an event, SHA-256 in hexadecimal."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """How far the ledger reached at some moment: the number of its last event and that event's hash."""

    seq: int
    hash: str

    @classmethod
    def parse(cls, text: str) -> "Anchor | None":
        """An anchor as a receipt prints it, ``123:4f0c…`` with 64 hexadecimal digits; None for anything else."""
        printed = _PRINTED.fullmatch(text)
        return cls(int(printed[1]), printed[2]) if printed else None


@dataclass(frozen=True, slots=True)
class LedgerProblem:
    """One place where the chain does not hold, with a Chinese sentence for the user."""

    kind: ProblemKind
    seq: int
    message: str


def link_hash(previous_hash: str, columns: Sequence[str], key: bytes | None) -> str:
    """The hash of one event, as 64 hexadecimal digits.

    The event's number is left out on purpose: an event that was moved then still fits its own hash, and is
    told apart from an altered one.
    """
    text = json.dumps([previous_hash, *columns], ensure_ascii=False, separators=(",", ":")).encode()
    if key is None:
        return hashlib.sha256(text).hexdigest()
    return hmac.new(key, text, hashlib.sha256).hexdigest()


def find_problems(events: Iterable[Event], head: Anchor, key: bytes | None) -> list[LedgerProblem]:
    """Everything that is wrong with the chain, in the order of the events.

    Args:
        events: all events, ordered by number.
        head: what the ledger itself last noted as its end; shows events cut off there.
        key: the ledger's key, or None for plain hashes.
    """
    chain = list(events)
    known = {GENESIS} | {event.hash for event in chain}
    problems: list[LedgerProblem] = []
    before = Anchor(0, GENESIS)
    for event in chain:
        problems += _own_problem(event, key) or _link_problem(event, before, known)
        before = Anchor(event.seq, event.hash)
    return problems + _end_problem(before, head)


def _own_problem(event: Event, key: bytes | None) -> list[LedgerProblem]:
    if link_hash(event.previous_hash, event.columns(), key) != event.hash:
        return [LedgerProblem(ProblemKind.ALTERED, event.seq, f"第 {event.seq} 条事件的内容被改动过")]
    try:
        read_details(event.kind, event.detail)
    except DamagedDetailsError as damaged:
        words = f"第 {event.seq} 条事件（{event.label}）不是本程序会写的样子：{damaged}"
        return [LedgerProblem(ProblemKind.ALTERED, event.seq, words)]
    return []


def _link_problem(event: Event, before: Anchor, known: set[str]) -> list[LedgerProblem]:
    if event.previous_hash == before.hash and event.seq == before.seq + 1:
        return []
    if event.previous_hash != before.hash and event.previous_hash in known:
        return [LedgerProblem(ProblemKind.REORDERED, event.seq, f"第 {event.seq} 条事件不在原来的位置，顺序被调换过")]
    sentence = f"第 {event.seq} 条事件之前有事件被删除或替换（上一条是第 {before.seq} 条）"
    return [LedgerProblem(ProblemKind.MISSING, event.seq, sentence)]


def _end_problem(last: Anchor, head: Anchor) -> list[LedgerProblem]:
    if last == head:
        return []
    if last.seq < head.seq:
        sentence = f"台账末尾缺少事件：应有 {head.seq} 条，现到第 {last.seq} 条为止"
        return [LedgerProblem(ProblemKind.MISSING, head.seq, sentence)]
    sentence = f"台账末尾与登记不符：登记为第 {head.seq} 条，现为第 {last.seq} 条"
    return [LedgerProblem(ProblemKind.ALTERED, last.seq, sentence)]
