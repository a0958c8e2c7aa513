"""征求意见 as the ledger has it: what units were asked, what they said last, how each opinion was settled."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from toolkit.consultation import AskedLine, Issue, Settlement, UnitOpinion
from toolkit.ledger import EventKind, NewEvent
from toolkit.pipeline.plan.workspace import Workspace


def issues_on_record(workspace: Workspace) -> tuple[Issue, ...]:
    """Every reply workbook that was given out, in order: a unit may still answer an earlier one."""
    with workspace.ledger() as ledger:
        events = ledger.events(EventKind.OPINIONS_ASKED)
    return tuple(
        Issue(event.unit, event.subject, tuple(AskedLine(*map(str, row)) for row in _rows(event.details(), "行")))
        for event in events
    )


def replies_in_force(workspace: Workspace) -> dict[str, tuple[str, tuple[UnitOpinion, ...]]]:
    """Unit → sha256 and opinions of its last reply, which replaces the earlier ones."""
    with workspace.ledger() as ledger:
        events = ledger.events(EventKind.OPINIONS_RECEIVED)
    return {
        event.unit: (
            event.subject,
            tuple(UnitOpinion(event.unit, *map(str, row)) for row in _rows(event.details(), "意见")),
        )
        for event in events
    }


def settlements_on_record(workspace: Workspace) -> dict[str, Settlement]:
    """Id of an opinion → how it was settled last."""
    with workspace.ledger() as ledger:
        events = ledger.events(EventKind.OPINION_SETTLED)
    found: dict[str, Settlement] = {}
    for event in events:
        detail = event.details()
        words = (str(detail.get(name, "")) for name in ("处理结果", "处理理由", "改后值", "处理人"))
        found[event.subject] = Settlement(event.subject, *words)
    return found


def asked_event(issue: Issue, now: datetime) -> NewEvent:
    """That a unit was asked; the same workbook is recorded once."""
    rows = [[line.project, line.indicator, line.before] for line in issue.lines]
    once = f"opinions_asked:{issue.unit}:{issue.seal}"
    return NewEvent(EventKind.OPINIONS_ASKED, now, once, "", issue.unit, issue.seal, {"行": rows})


def received_event(unit: str, opinions: Sequence[UnitOpinion], file: tuple[str, str, str], now: datetime) -> NewEvent:
    """What a unit said; ``file`` is name, sha256 and seal."""
    name, sha256, seal = file
    rows = [
        [said.project, said.indicator, said.before, said.wish, said.reason, said.basis]
        for said in opinions
    ]  # fmt: skip
    once = f"opinions_received:{sha256}:{now.isoformat()}"
    detail = {"文件名": name, "校验码": seal, "意见": rows}
    return NewEvent(EventKind.OPINIONS_RECEIVED, now, once, "", unit, sha256, detail)


def settled_event(opinion: UnitOpinion, settled: Settlement, now: datetime) -> NewEvent:
    """How an opinion was settled."""
    detail = {
        "指标": opinion.indicator, "原得分": opinion.before, "处理结果": settled.result, "处理理由": settled.reason,
        "改后值": settled.value, "处理人": settled.by,
    }  # fmt: skip
    once = f"opinion_settled:{settled}:{now.isoformat()}"
    return NewEvent(EventKind.OPINION_SETTLED, now, once, opinion.project, opinion.unit, opinion.id, detail)


def _rows(detail: dict[str, object], name: str) -> list[Any]:
    found = detail.get(name)
    return found if isinstance(found, list) else []
