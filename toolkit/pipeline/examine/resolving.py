"""``jixiao resolve``: accept a proposal, verify a value, or waive a finding; recorded with name and reason."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from toolkit.correct import Places
from toolkit.errors import WorkspaceError
from toolkit.formula.detail_rows import row_words
from toolkit.handover import Thing, thing_of
from toolkit.ledger import Event, EventKind, Ledger
from toolkit.ledger.kinds import Action
from toolkit.ledger.kinds import Resolved as Said
from toolkit.model import CellRef, Finding, Slot, Stated, Submission, Value, date_to_serial
from toolkit.pipeline.examine.decision import Decision
from toolkit.pipeline.examine.results import Examined, examine, is_of_return
from toolkit.pipeline.examine.withdrawing import withdrawn
from toolkit.pipeline.plan.decisions import Resolution, replaced
from toolkit.pipeline.plan.evaluation import Evaluation
from toolkit.review import Asked, UnreadableValueError, verified_value
from toolkit.text import plain


@dataclass(frozen=True, slots=True)
class Resolved:
    """The decision as recorded and the finding it is about; ``new`` is False when it was on record already."""

    resolution: Resolution
    finding: Finding
    new: bool

    def as_json(self) -> dict[str, object]:
        """``{"project", "code", "cell", "action", "value", "by", "reason", "until", "new"}``."""
        one = self.resolution
        return {
            "project": one.project,
            "code": one.code,
            "cell": str(self.finding.at),
            "action": str(one.action),
            "value": None if one.value is None else str(one.value),
            "by": one.by,
            "reason": one.reason,
            "until": one.until.isoformat() if one.until else "",
            "new": self.new,
        }


def resolve(evaluation: Evaluation, decision: Decision, now: datetime) -> Resolved:
    """Record one decision.

    Raises:
        WorkspaceError: no such finding, several of them, no proposal or no readable value, no name or no reason,
            a waiver that has lapsed already; nothing to take back.
    """
    check_signed(decision, now.date())
    if decision.action is Action.WITHDRAW:
        return record(evaluation, withdrawn(evaluation, decision), now)[0]
    submission, finding = _finding(evaluation, decision, now.date())
    return record(evaluation, prepared(evaluation, submission, decision, finding), now)[0]


def check_signed(decision: Decision, today: date) -> None:
    """A decision has a name and a reason, and still holds today.

    Raises:
        WorkspaceError: it does not.
    """
    if not decision.by.strip() or not decision.reason.strip():
        raise WorkspaceError("销号必须写明处理人和理由", what_to_do="补上处理人（--by）和理由（--reason）")
    if decision.until and decision.until < today:
        words = f"豁免的有效期至{decision.until}，已经过去"
        raise WorkspaceError(words, what_to_do="有效期（--until）写今天或以后的日期")


def prepared(
    evaluation: Evaluation, submission: Submission, decision: Decision, finding: Finding
) -> list[tuple[Resolution, Finding]]:
    """The decision about one finding, its values read: one line for each cell that is set right, the finding's first.

    Raises:
        WorkspaceError: a cell cannot be verified, one value for several cells, no proposal or no readable value.
    """
    if decision.action is Action.OVERRIDE and len(finding.proposals) > 1:
        raise WorkspaceError(
            f"这个问题涉及{len(finding.proposals)}个单元格，不能核定为同一个值", what_to_do="采纳建议，或退回单位更正"
        )
    accepted = finding.proposals if decision.action is Action.ACCEPT else ()
    lines = [_proposed(finding, at, value) for at, value in accepted] or [finding]
    return [(_resolution(evaluation, submission, decision, line), finding) for line in lines]


def _resolution(evaluation: Evaluation, submission: Submission, decision: Decision, line: Finding) -> Resolution:
    places = Places(submission, evaluation.template.layout)
    code, key = places.key(line)
    return Resolution(
        decision.project, code, key, decision.action, _value(decision, line, places.verifiable(line.at)),
        decision.by.strip(), decision.reason.strip(), decision.basis, decision.reviewer, decision.until,
        row=row_words(evaluation.scheme, submission, key),
    )  # fmt: skip


def _proposed(finding: Finding, at: CellRef, value: Decimal) -> Finding:
    """The finding as if it were about one of its cells only."""
    return replace(finding, at=at, expected=Stated(value))


def record(evaluation: Evaluation, decided: Iterable[tuple[Resolution, Finding]], now: datetime) -> list[Resolved]:
    """Put decisions into the ledger, all or none of them."""
    with evaluation.workspace.ledger() as ledger, ledger.batch():
        done = [
            Resolved(resolution, finding, _record(evaluation, ledger, resolution, now))
            for resolution, finding in decided
        ]
    evaluation.__dict__.pop("decided", None)  # read again: what was cached is out of date
    return done


def _record(evaluation: Evaluation, ledger: Ledger, resolution: Resolution, now: datetime) -> bool:
    """Record one decision, naming those of other laptops that it replaces; whether it was new."""
    thing = Thing(EventKind.RESOLVED, resolution.project, resolution.code, resolution.key)
    known, last = replaced(ledger, thing), _last(ledger, thing)
    details = resolution.details()
    if last is not None and not known and replace(last.says(Said), replaces=()) == details:
        return False
    # Said again after something else was decided, the same words are a new decision.
    seen = [*known, *([last.hash] if last is not None else [])]
    return ledger.record(
        replace(details, replaces=known),
        at=now,
        once=f"resolved:{resolution}" + (f":{'+'.join(seen)}" if seen else ""),
        project=resolution.project,
        unit=_unit(evaluation, resolution.project),
        subject=resolution.code,
    )


def _last(ledger: Ledger, thing: Thing) -> Event | None:
    """What this laptop decided last about a thing."""
    of_thing = (event for event in ledger.events(EventKind.RESOLVED) if thing_of(event) == thing)
    return max(of_thing, key=lambda event: event.seq, default=None)


def _unit(evaluation: Evaluation, project: str) -> str:
    found = evaluation.roster.project(project)
    return found.unit if found else ""


def _finding(evaluation: Evaluation, decision: Decision, today: date) -> tuple[Submission, Finding]:
    return _finding_in(examine(evaluation, today), decision)


def _finding_in(examined: Examined, decision: Decision) -> tuple[Submission, Finding]:
    report = examined.reports.get(decision.project)
    if report is None:
        raise WorkspaceError(f"项目{decision.project}没有报送件", what_to_do="用 jixiao status 查看各项目")
    found = [finding for finding in decidable(examined, decision.project) if _is_meant(decision, finding)]
    if len(found) != 1:
        words = (
            "没有这个问题" if not found else f"有{len(found)}处：{'、'.join(str(finding.at) for finding in found[:8])}"
        )
        advice = "用 jixiao check 查看编号和单元格，用 --cell 指明单元格"
        raise WorkspaceError(f"项目{decision.project}的{decision.code}{words}", what_to_do=advice)
    return examined.returns.counting[decision.project], found[0]


def decidable(examined: Examined, project: str) -> Iterator[Finding]:
    """All that is said of a project's return, found in it alone or beside others; nothing where there is none."""
    report, counting = examined.reports.get(project), examined.returns.compared
    if report is None:
        return
    yield from report.findings
    known = {finding.code for finding in report.findings}
    for finding in examined.findings:
        if finding.project == project and finding.code not in known and is_of_return(finding, counting):
            yield finding


def _is_meant(decision: Decision, finding: Finding) -> bool:
    return finding.code == decision.code.upper() and decision.means(finding.at)


def _proposal(finding: Finding) -> tuple[Value, str]:
    """The value the finding proposes, a day as its serial number, and how a person would type it."""
    match finding.expected.value if isinstance(finding.expected, Stated) else None:
        case Decimal() as number:
            return number, plain(number)
        case date() as day:
            return date_to_serial(day), day.isoformat()
    return None, str(finding.expected).strip()


def _value(decision: Decision, finding: Finding, slot: Slot | None) -> Value:
    if decision.action is Action.WAIVE:
        return None
    if slot is None or slot.formula:
        raise WorkspaceError(
            f"{finding.at}不是可以核定的填报格", what_to_do="计算格请退回单位更正（jixiao correct），或豁免"
        )
    typed = decision.value.strip()
    value, text = (None, typed) if typed else _proposal(finding)
    if not text:
        raise WorkspaceError("这个问题没有建议值", what_to_do="写明核定值（--value）")
    try:
        return verified_value(value, text, Asked(slot.type, slot.choices))
    except UnreadableValueError as error:
        raise WorkspaceError(f"核定值：{error}", what_to_do="按该格的填写要求重写核定值") from error


@dataclass(frozen=True, slots=True)
class ResolvedTogether:
    """Decisions that were recorded, and those that could not be, each with the reason in words."""

    resolved: tuple[Resolved, ...]
    refused: tuple[tuple[Decision, str], ...]

    def as_json(self) -> dict[str, object]:
        """``{"decisions": [as resolve], "refused": [{"project", "code", "cell", "message"}]}``."""
        refused = [
            {"project": wanted.project, "code": wanted.code, "cell": wanted.cell, "message": words}
            for wanted, words in self.refused
        ]
        return {"decisions": [done.as_json() for done in self.resolved], "refused": refused}


def resolve_together(evaluation: Evaluation, decisions: Iterable[Decision], now: datetime) -> ResolvedTogether:
    """Record many decisions after one reading; what cannot be taken stops none of the others."""
    examined = examine(evaluation, now.date())
    decided: list[tuple[Resolution, Finding]] = []
    refused: list[tuple[Decision, str]] = []
    for decision in decisions:
        try:
            check_signed(decision, now.date())
            submission, finding = _finding_in(examined, decision)
            decided += prepared(evaluation, submission, decision, finding)
        except WorkspaceError as error:
            refused.append((decision, str(error)))
    return ResolvedTogether(tuple(record(evaluation, decided, now)), tuple(refused))
