"""征求意见 as the ledger has it: what units were asked, what they said last, how each opinion was settled."""

from collections.abc import Callable, Sequence
from datetime import date, datetime

from toolkit.consultation import AskedLine, Issue, Settlement, UnitOpinion
from toolkit.ledger import Event, EventKind, NewEvent
from toolkit.ledger.kinds import OpinionsAsked, OpinionSettled, OpinionsReceived
from toolkit.pipeline.plan.decisions import standing
from toolkit.pipeline.plan.workspace import Workspace


def issues_on_record(workspace: Workspace) -> tuple[Issue, ...]:
    """Every reply workbook that was given out, in order: a unit may still answer an earlier one."""
    with workspace.ledger() as ledger:
        events = ledger.events(EventKind.OPINIONS_ASKED)
    return tuple(
        Issue(event.unit, event.subject, tuple(AskedLine(*row) for row in event.says(OpinionsAsked).lines))
        for event in events
    )


def last_issues(workspace: Workspace) -> tuple[tuple[Issue, datetime], ...]:
    """What every unit was asked last, and when."""
    with workspace.ledger() as ledger:
        last = {event.unit: event for event in ledger.events(EventKind.OPINIONS_ASKED)}
    issues = {issue.seal: issue for issue in issues_on_record(workspace)}
    return tuple((issues[event.subject], datetime.fromisoformat(event.at)) for event in last.values())


def replies_in_force(workspace: Workspace) -> dict[str, tuple[str, tuple[UnitOpinion, ...]]]:
    """Unit → sha256 and opinions of its last reply, which replaces the earlier ones."""
    return {
        event.unit: (
            event.subject,
            tuple(UnitOpinion(event.unit, *row) for row in event.says(OpinionsReceived).opinions),
        )
        for _, event in standing(workspace, EventKind.OPINIONS_RECEIVED)
    }


def late_replies(workspace: Workspace, due: Callable[[date], date]) -> dict[str, tuple[date, date]]:
    """Unit → the day its reply was received and the earlier day its letter gave; ``due``: of a letter's own day."""
    asked = {issue.unit: at.date() for issue, at in last_issues(workspace)}
    received = {event.unit: event for _, event in standing(workspace, EventKind.OPINIONS_RECEIVED)}
    days = {unit: datetime.fromisoformat(event.at).date() for unit, event in received.items()}
    return {unit: (day, due(asked[unit])) for unit, day in days.items() if unit in asked and day > due(asked[unit])}


def settlements_on_record(workspace: Workspace) -> dict[str, Settlement]:
    """Id of an opinion → how it was settled last."""
    return {event.subject: settlement_in(event) for _, event in standing(workspace, EventKind.OPINION_SETTLED)}


def settlement_in(event: Event) -> Settlement:
    """What an event says of how an opinion was settled."""
    said = event.says(OpinionSettled)
    return Settlement(event.subject, said.result, said.reason, said.value, said.by)


def asked_event(issue: Issue, now: datetime) -> NewEvent:
    """That a unit was asked; the same workbook is recorded once."""
    lines = tuple((line.project, line.indicator, line.before) for line in issue.lines)
    once = f"opinions_asked:{issue.unit}:{issue.seal}"
    return NewEvent(OpinionsAsked(lines=lines), now, once, "", issue.unit, issue.seal)


def received_event(
    unit: str,
    opinions: Sequence[UnitOpinion],
    file: tuple[str, str, str],
    now: datetime,
    replaces: tuple[str, ...] = (),
) -> NewEvent:
    """What a unit said; ``file`` is name, sha256 and seal, ``replaces`` what other laptops have of it."""
    name, sha256, seal = file
    rows = tuple(
        (said.project, said.indicator, said.before, said.wish, said.reason, said.basis)
        for said in opinions
    )  # fmt: skip
    once = f"opinions_received:{sha256}:{now.isoformat()}"
    return NewEvent(
        OpinionsReceived(file=name, seal=seal, opinions=rows, replaces=replaces), now, once, "", unit, sha256
    )


def settled_event(opinion: UnitOpinion, settled: Settlement, now: datetime, replaces: tuple[str, ...] = ()) -> NewEvent:
    """How an opinion was settled; ``replaces`` are the decisions of other laptops that were known."""
    details = OpinionSettled(
        indicator=opinion.indicator, before=opinion.before, result=settled.result, reason=settled.reason,
        value=settled.value, by=settled.by, replaces=replaces,
    )  # fmt: skip
    once = f"opinion_settled:{settled}:{now.isoformat()}"
    return NewEvent(details, now, once, opinion.project, opinion.unit, opinion.id)
