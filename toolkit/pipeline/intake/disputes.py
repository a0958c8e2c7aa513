"""What two people decided differently, said as a finding, and settled by a third person."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from toolkit.errors import WorkspaceError
from toolkit.handover import Conflict
from toolkit.ledger import Event, EventKind
from toolkit.ledger.kinds import Chosen, Decision, LossWritten, OpinionsReceived, ScorebookLocked, Surveyed
from toolkit.model import CellRef, Finding, Sentence, Severity, Stated
from toolkit.pipeline.intake.judged import take_judgements
from toolkit.pipeline.plan.decisions import disputed
from toolkit.pipeline.plan.evaluation import Evaluation

SHORT = 8
"""Digits of a decision's hash by which people name it."""


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
        Sentence.of(
            "{what}有{count}个不同的决定，都没有采用：{decisions}",
            {"what": thing.words, "count": Stated(Decimal(len(conflict.decisions))), "decisions": words},
        ),
        "由第三人裁定：jixiao merge --settle 编号 --by 裁定人 --reason 理由（编号为要采用的那个决定方括号中的8位）",
        project=thing.project,
        indicator=thing.item or thing.subject,
        found=" / ".join(_outcome(event) for event in conflict.decisions),
    )


def disputes_of(evaluation: Evaluation, *kinds: EventKind) -> list[Finding]:
    """Disputes about things of some kinds, as findings."""
    return [unsettled(conflict) for conflict in evaluation.disputed if conflict.thing.kind in kinds]


def said(event: Event) -> str:
    """A decision in words: ``[3fa9c1d2] 张三 核定 120（理由：…）2026-01-05 09:00``."""
    decision = event.says(Decision)
    who, reason = "、".join(decision.deciders), decision.why
    what = f"{who} {_outcome(event)}" if who else _outcome(event)
    return f"[{event.hash[:SHORT]}] {what}（{f'理由：{reason}，' if reason else ''}{event.moment[:16]}）"


def _outcome(event: Event) -> str:
    decision = event.says(Decision)
    match decision:
        case Chosen(file=file):
            return f"以“{file}”为准"
        case OpinionsReceived(file=file, opinions=opinions):
            return f"回复“{file}”（{len(opinions)}条意见）"
        case ScorebookLocked(file=file, marks=marks):
            return f"打分册“{file}”（{sum(bool(mark[3]) for mark in marks)}项有分）"
        case Surveyed(file=file):
            return f"答卷“{file}”（{'、'.join(decision.outcome)}）"
    if isinstance(decision, LossWritten):
        written = zip(("事实", "原因", "建议", "佐证"), decision.outcome, strict=True)
        return "；".join(f"{name}：{text}" for name, text in written if text) or "清空"
    return " ".join(filter(None, decision.outcome))


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
    replaced = tuple(event.hash for event in conflict.decisions)
    standing = replace(taken.says(Decision), settled_by=by.strip(), settled_why=reason.strip(), replaces=replaced)
    with evaluation.workspace.ledger() as ledger:
        ledger.record(
            standing,
            at=now,
            once=f"settled:{'+'.join(replaced)}:{taken.hash}",
            project=taken.project,
            unit=taken.unit,
            subject=taken.subject,
        )
    for cached in ("decided", "disputed", "double_scored", "surveyed"):
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
        yield from event.says(Decision).deciders
