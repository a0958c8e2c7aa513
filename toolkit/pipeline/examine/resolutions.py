"""问题销号: what a person decided about a finding, kept in the ledger, in force in checks and scores."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from toolkit.correct import Places
from toolkit.formula.fields import field_values
from toolkit.ledger import EventKind
from toolkit.model import Disposition, Finding, Opinion, ReadState, Scheme, Severity, Submission, Value
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


def with_verified(scheme: Scheme, submission: Submission, decided: Iterable[Resolution]) -> Submission:
    """The submission as checks look at it once values have been verified; shown results that were right stay right."""
    values = {one.key: one for one in decided if one.action is not Action.WAIVE and one.key in submission.readings}
    if not values:
        return submission
    readings = dict(submission.readings)
    before = field_values(scheme, submission, {})
    for key, one in values.items():
        readings[key] = replace(
            readings[key], state=ReadState.VALUE, value=one.value, rule=f"{one.action}：{one.by}", formula=""
        )
    changed = replace(submission, readings=readings)
    after = field_values(scheme, changed, {})
    for field in scheme.fields:
        shown = readings.get(field.key)
        if field.formula and shown is not None and shown.value == before.shown_value(field.key):
            readings[field.key] = replace(shown, value=after.shown_value(field.key))
    return replace(changed, readings=readings)


def settled(findings: Iterable[Finding], places: Places, decided: Iterable[Resolution], today: date) -> list[Finding]:
    """The findings with those a person has settled turned into notes that say who and why."""
    by_key = {(one.code, one.key): one for one in decided if not _lapsed(one, today)}
    verified = {one.key: one for one in by_key.values() if one.action is not Action.WAIVE}
    return [_settled(one, by_key.get(places.key(one)) or _of_reading(one, places, verified)) for one in findings]


def _of_reading(one: Finding, places: Places, verified: Mapping[str, Resolution]) -> Resolution | None:
    """What the reading said about a cell no longer matters when its value has been verified."""
    return verified.get(places.key(one)[1]) if one.code.startswith("READ-") else None


def _settled(one: Finding, decision: Resolution | None) -> Finding:
    if decision is None:
        return one
    return replace(one, severity=Severity.NOTE, disposition=decision.disposition(one.severity))


def _lapsed(one: Resolution, today: date) -> bool:
    return one.until is not None and one.until < today
