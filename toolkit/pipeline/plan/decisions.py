"""What persons decided about findings, as the ledger has it: part of what an evaluation starts from."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from toolkit.handover import Conflict, Thing, agreed, conflicts, in_force
from toolkit.ledger import EventKind, Ledger
from toolkit.model import Disposition, Opinion, Scheme, Severity, Value
from toolkit.pipeline.plan.workspace import Workspace


class Action(StrEnum):
    """What was done; the value stands in the ledger."""

    ACCEPT = "采纳建议"
    OVERRIDE = "核定"
    WAIVE = "豁免"


@dataclass(frozen=True, slots=True)
class Resolution:
    """One decision.

    Attributes:
        code, key: the finding: check code, and slot key or sheet.
        value: the verified value of ``key``; None for a waiver.
        by, reason, basis, reviewer: who, why, on what evidence, confirmed by whom.
        until: last day of a waiver; None for good.
        at: time as the ledger has it.
    """

    project: str
    code: str
    key: str
    action: Action
    value: Value
    by: str
    reason: str
    basis: str = ""
    reviewer: str = ""
    until: date | None = None
    at: str = ""

    def detail(self) -> dict[str, Any]:
        """For the ledger."""
        known = {
            "处理": str(self.action), "填报项": self.key, "核定值": "" if self.value is None else str(self.value),
            "数值": isinstance(self.value, Decimal), "处理人": self.by, "理由": self.reason, "依据": self.basis,
            "复核人": self.reviewer, "有效期至": self.until.isoformat() if self.until else "",
        }  # fmt: skip
        return {name: value for name, value in known.items() if value}

    def disposition(self, severity: Severity) -> Disposition:
        """What the finding it settles says of it."""
        return Disposition(str(self.action), self.by, self.reason, self.until, severity)


def resolutions(workspace: Workspace) -> tuple[Resolution, ...]:
    """All decisions in force: the latest about a finding; none where people on two laptops decided differently."""
    with workspace.ledger() as ledger:
        standing = in_force(ledger.logs(EventKind.RESOLVED))
    decided = [event for events in standing.values() if (event := agreed(events)) is not None]
    return tuple(
        _read(event.project, event.subject, event.at, {name: str(text) for name, text in event.details().items()})
        for event in decided
        if event.details().get("处理") in set(Action)
    )


def disputed(workspace: Workspace) -> tuple[Conflict, ...]:
    """Things on which people on two laptops decided differently; a single laptop has none."""
    with workspace.ledger() as ledger:
        logs = ledger.logs()
    return conflicts(logs) if len(logs) > 1 else ()


def replaced(ledger: Ledger, thing: Thing) -> tuple[str, ...]:
    """Hashes of what stands about a thing in other logs: a new decision names them, because its author saw them."""
    own, *others = ledger.logs(EventKind(thing.kind))
    return tuple(event.hash for event in in_force([own, *others]).get(thing, ()) if others and event not in own)


def _read(project: str, code: str, at: str, detail: Mapping[str, str]) -> Resolution:
    text, until = detail.get("核定值", ""), detail.get("有效期至", "")
    action = Action(detail["处理"])
    value: Value = Decimal(text) if detail.get("数值") else text
    return Resolution(
        project,
        code,
        detail.get("填报项", ""),
        action,
        None if action is Action.WAIVE else value,
        detail.get("处理人", ""),
        detail.get("理由", ""),
        detail.get("依据", ""),
        detail.get("复核人", ""),
        date.fromisoformat(until) if until else None,
        at,
    )


def resolved_opinions(scheme: Scheme, decided: Iterable[Resolution]) -> tuple[Opinion, ...]:
    """Verified values among the decisions, in the shape scoring takes them."""
    inputs = {asked.key: (indicator.code, asked.local) for indicator in scheme.indicators for asked in indicator.inputs}
    return tuple(
        Opinion(
            decision.project,
            *inputs.get(decision.key, ("", decision.key)),
            decision.value,
            decision.reason,
            decision.basis,
            decision.by,
            decision.reviewer,
        )
        for decision in decided
        if decision.action is not Action.WAIVE
    )
