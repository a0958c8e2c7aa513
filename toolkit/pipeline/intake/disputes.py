"""What two people decided differently, said as a finding, and settled by a third person."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from toolkit.errors import WorkspaceError
from toolkit.handover import REPLACES, Conflict
from toolkit.ledger import Event, EventKind
from toolkit.model import CellRef, Finding, Severity
from toolkit.pipeline.intake.judged import take_judgements
from toolkit.pipeline.plan.decisions import disputed
from toolkit.pipeline.plan.evaluation import Evaluation

SHORT = 8
"""Digits of a decision's hash by which people name it."""
_DECIDERS = ("处理人", "指定人", "评价人", "复核人", "裁定人")
_WRITTEN = ("事实", "原因", "建议", "佐证")
_SETTLED_BY, _SETTLED_WHY = "裁定人", "裁定理由"


@dataclass(frozen=True, slots=True)
class Settled:
    """A dispute and the decision that a third person let stand."""

    conflict: Conflict
    taken: Event
    by: str
    reason: str

    def as_json(self) -> dict[str, Any]:
        """``{"project", "about", "taken", "by", "reason"}``."""
        thing = self.conflict.thing
        return {
            "project": thing.project,
            "about": thing.words,
            "taken": said(self.taken),
            "by": self.by,
            "reason": self.reason,
        }


def unsettled(conflict: Conflict) -> Finding:
    """A dispute as a finding: what each decided, and how it is settled."""
    thing = conflict.thing
    words = "；".join(said(event) for event in conflict.decisions)
    return Finding(
        "MERGE-07",
        Severity.ERROR,
        CellRef("台账"),
        f"{thing.words}有{len(conflict.decisions)}个不同的决定，都没有采用：{words}",
        "由第三人裁定：jixiao merge --settle 编号 --by 裁定人 --reason 理由（编号为要采用的那个决定方括号中的8位）",
        project=thing.project,
        indicator=thing.item or thing.subject,
        found=" / ".join(_outcome(event) for event in conflict.decisions),
    )


def said(event: Event) -> str:
    """A decision in words: ``[3fa9c1d2] 张三 核定 120（理由：…）2026-01-05 09:00``."""
    detail = event.details()
    who = "、".join(str(detail[name]) for name in _DECIDERS if detail.get(name))
    reason = detail.get("理由", "")
    return (
        f"[{event.hash[:SHORT]}] {who} {_outcome(event)}（{f'理由：{reason}，' if reason else ''}{event.moment[:16]}）"
    )


def _outcome(event: Event) -> str:
    detail = event.details()
    if event.kind == EventKind.CHOSEN:
        return f"以“{detail.get('文件名', event.subject[:12])}”为准"
    if event.kind == EventKind.LOSS_WRITTEN:
        return "；".join(f"{name}：{detail[name]}" for name in _WRITTEN if detail.get(name)) or "清空"
    return " ".join(str(detail[name]) for name in ("处理", "核定值", "有效期至") if detail.get(name))


def settle(evaluation: Evaluation, decision: str, *, by: str, reason: str, now: datetime) -> Settled:
    """Let one of the decisions in dispute stand; the others stay on record.

    Raises:
        WorkspaceError: no such decision in dispute, no name or no reason, or one of those who decided settles it.
    """
    if not by.strip() or not reason.strip():
        raise WorkspaceError("裁定必须写明裁定人和理由", what_to_do="补上 --by 姓名 和 --reason 理由")
    conflict, taken = _named(evaluation, decision.strip().casefold())
    if by.strip() in set(_names(conflict)):
        raise WorkspaceError(f"“{by.strip()}”是作出决定的人之一，不能自己裁定", what_to_do="请第三人裁定")
    detail = {name: value for name, value in taken.details().items() if name != REPLACES}
    detail |= {_SETTLED_BY: by.strip(), _SETTLED_WHY: reason.strip()}
    replaced = [event.hash for event in conflict.decisions]
    with evaluation.workspace.ledger() as ledger:
        ledger.record(
            EventKind(taken.kind),
            at=now,
            once=f"settled:{'+'.join(replaced)}:{taken.hash}",
            project=taken.project,
            unit=taken.unit,
            subject=taken.subject,
            detail=detail | {REPLACES: replaced},
        )
    for cached in ("decided", "disputed"):
        evaluation.__dict__.pop(cached, None)
    take_judgements(evaluation)
    return Settled(conflict, taken, by.strip(), reason.strip())


def _named(evaluation: Evaluation, decision: str) -> tuple[Conflict, Event]:
    disputes = disputed(evaluation.workspace)
    found = [
        (conflict, event)
        for conflict in disputes
        for event in conflict.decisions
        if len(decision) >= SHORT and event.hash.startswith(decision)
    ]
    if len(found) != 1:
        listed = "\n".join(f"  {said(event)}" for conflict in disputes for event in conflict.decisions)
        advice = f"编号写方括号中的8位：\n{listed}" if disputes else "现在没有需要裁定的决定"
        raise WorkspaceError(f"没有编号为“{decision}”的待裁定决定", what_to_do=advice)
    return found[0]


def _names(conflict: Conflict) -> Iterator[str]:
    for event in conflict.decisions:
        detail = event.details()
        yield from (str(detail[name]) for name in _DECIDERS if detail.get(name))
