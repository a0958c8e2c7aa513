"""What persons decided about findings, as the ledger has it: part of what an evaluation starts from."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from toolkit.ledger import EventKind
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
    """All decisions on record; the latest about a finding is the one in force."""
    with workspace.ledger() as ledger:
        events = ledger.events(EventKind.RESOLVED)
    latest: dict[tuple[str, str, str], Resolution] = {}
    for event in events:
        detail = event.details()
        if detail.get("处理") not in set(Action):
            continue
        one = _read(event.project, event.subject, event.at, {name: str(text) for name, text in detail.items()})
        latest[one.project, one.code, one.key] = one
    return tuple(latest.values())


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
    inputs = {one.key: (indicator.code, one.local) for indicator in scheme.indicators for one in indicator.inputs}
    return tuple(
        Opinion(
            one.project, *inputs.get(one.key, ("", one.key)), one.value, one.reason, one.basis, one.by, one.reviewer
        )
        for one in decided
        if one.action is not Action.WAIVE
    )
