"""Rounds of correction, as the ledger tells them: what was sent back, what came, and how long it took."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from toolkit.correct import RoundChange, answers_alike, compare_rounds, outside_finding
from toolkit.ledger import EventKind
from toolkit.ledger.kinds import Action, ReturnedForCorrection
from toolkit.model import Finding, Submission
from toolkit.pipeline.plan.evaluation import Evaluation
from toolkit.pipeline.standing import ProjectChange, UnitRounds

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class SentBack:
    """One project sent back once: which return, which round, what was asked."""

    project: str
    unit: str
    round: int
    sha256: str
    at: datetime
    asked: frozenset[Key]
    opened: frozenset[str]


def sent_back(evaluation: Evaluation) -> dict[str, list[SentBack]]:
    """Project id → its rounds in order; a return sent back twice counts once, as it was sent last."""
    with evaluation.workspace.ledger() as ledger:
        events = ledger.events(EventKind.RETURNED_FOR_CORRECTION)
    rounds: dict[str, dict[str, SentBack]] = {}
    for event in events:
        said = event.says(ReturnedForCorrection)
        at, asked, opened = datetime.fromisoformat(event.at), frozenset(said.asked), frozenset(said.opened)
        sent = SentBack(event.project, event.unit, said.round, event.subject, at, asked, opened)
        rounds.setdefault(event.project, {})[event.subject] = sent
    return {project: list(by_file.values()) for project, by_file in rounds.items()}


def next_round(rounds: Iterable[SentBack], sha256: str, asked: frozenset[Key]) -> tuple[int, frozenset[Key]]:
    """In which round a project's return goes back, and what is asked: a round that asked all this already stands."""
    last = 0
    for sent in rounds:
        if sent.sha256 == sha256 and asked <= sent.asked:
            return sent.round, sent.asked
        last = max(last, sent.round)
    return last + 1, asked


def unasked_changes(evaluation: Evaluation, counting: Mapping[str, Submission]) -> Iterator[Finding]:
    """A warning for every round after which a project's return changed what nobody asked to be changed.

    It stays in later rounds, as far as the answer stands as it was changed then and was not asked about since.
    """
    for project, rounds in sent_back(evaluation).items():
        now = counting.get(project)
        for number, sent in enumerate(rounds if now else ()):
            later = rounds[number + 1 :]
            came = _sent(evaluation, later[0]) if later else now
            change = change_since(evaluation, rounds[: number + 1], came, ())
            if change and came and now:
                asked = frozenset(key for each in later for key in each.opened)
                stands = tuple(key for key in change.outside if key not in asked and answers_alike(came, now, key))
                finding = outside_finding(replace(change, outside=stands), now, evaluation.template.layout, sent.round)
                if finding:
                    yield finding


def _answered_again(evaluation: Evaluation, came: Submission, before: Sequence[SentBack]) -> tuple[SentBack, ...]:
    """The rounds before the last one whose form a return is, and those between."""
    outcome = evaluation.known_outcome(came.sha256)
    form = outcome.round if outcome else 0
    return tuple(each for each in before if 0 < form <= each.round)


def _sent(evaluation: Evaluation, sent: SentBack) -> Submission | None:
    outcome = evaluation.known_outcome(sent.sha256)
    return outcome.submission if outcome else None


def change_since(
    evaluation: Evaluation, rounds: Sequence[SentBack], after: Submission | None, now: Iterable[Key]
) -> RoundChange | None:
    """What a new return made of the last of some rounds of a project; None while nothing new has come.

    Whoever answers an earlier round once more was asked about what that one had open.
    """
    *earlier, sent = rounds
    before = _sent(evaluation, sent)
    if after is None or before is None or after.sha256 == sent.sha256:
        return None
    # 整改表 carries verified values: that they are in the new return is no change of the unit's.
    decided = (done for done in evaluation.decided if done.project == sent.project)
    ours = {done.key for done in decided if done.action is not Action.WAIVE}
    again = {key for each in _answered_again(evaluation, after, earlier) for key in each.opened}
    return compare_rounds(before, after, evaluation.template.layout, (sent.asked, sent.opened | ours | again), now)


def unit_rounds(
    evaluation: Evaluation, counting: Mapping[str, Submission], now: Mapping[str, frozenset[Key]]
) -> tuple[UnitRounds, ...]:
    """Rounds, findings and days of every unit something was sent back to, in roster order.

    ``now`` holds today's findings of each project by code and slot key.
    """
    rounds, came = sent_back(evaluation), _arrivals(evaluation)
    by_unit: dict[str, list[str]] = {}
    for project in evaluation.roster.projects:
        if project.id in rounds:
            by_unit.setdefault(project.unit, []).append(project.id)
    changes = {
        project: _in_words(evaluation, each, change)
        for project, each in rounds.items()
        if (change := change_since(evaluation, each, counting.get(project), now.get(project, ())))
    }
    return tuple(
        _of_unit(unit, {project: rounds[project] for project in projects}, counting, now, came, changes)
        for unit, projects in by_unit.items()
    )


def _in_words(evaluation: Evaluation, rounds: Sequence[SentBack], change: RoundChange) -> ProjectChange:
    slots = evaluation.template.layout.slots
    earlier = frozenset(key for sent in rounds[:-1] for key in sent.asked)

    def labels(keys: Iterable[str]) -> tuple[str, ...]:
        return tuple(slots[key].label if key in slots else key for key in keys)

    def findings(keys: Iterable[Key]) -> tuple[str, ...]:
        return tuple(f"{code} {label}".strip() for code, key in keys for label in labels([key]))

    return ProjectChange(
        project=change.project,
        round=rounds[-1].round,
        closed=findings(change.closed),
        open=findings(change.open),
        reopened=findings(key for key in change.new if key in earlier),
        new=findings(key for key in change.new if key not in earlier),
        changed=labels(change.changed),
        outside=labels(change.outside),
    )


def _of_unit(
    unit: str,
    rounds: Mapping[str, list[SentBack]],
    counting: Mapping[str, Submission],
    now: Mapping[str, frozenset[Key]],
    came: Mapping[str, list[datetime]],
    changes: Mapping[str, ProjectChange],
) -> UnitRounds:
    asked = {(project, *key) for project, each in rounds.items() for one in each for key in one.asked}
    open_now = {(project, *key) for project in rounds for key in now.get(project, frozenset())}
    waiting = sum(
        project not in counting or counting[project].sha256 == each[-1].sha256 for project, each in rounds.items()
    )
    each_took = (_days(one, came.get(project, ())) for project, each in rounds.items() for one in each)
    spent = [days for days in each_took if days is not None]
    return UnitRounds(
        unit=unit,
        projects=len(rounds),
        rounds=max(one.round for each in rounds.values() for one in each),
        asked=len(asked),
        closed=len(asked - open_now),
        open=len(asked & open_now),
        waiting=waiting,
        days=f"{sum(spent) / len(spent):.1f}" if spent else "",
        changes=tuple(changes[project] for project in rounds if project in changes),
    )


def _days(sent: SentBack, came: Iterable[datetime]) -> float | None:
    later = [at for at in came if at > sent.at]
    return (min(later) - sent.at).total_seconds() / 86_400 if later else None


def _arrivals(evaluation: Evaluation) -> dict[str, list[datetime]]:
    with evaluation.workspace.ledger() as ledger:
        events = ledger.events(EventKind.READ)
    arrivals: dict[str, list[datetime]] = {}
    for event in events:
        arrivals.setdefault(event.project, []).append(datetime.fromisoformat(event.at))
    return arrivals
