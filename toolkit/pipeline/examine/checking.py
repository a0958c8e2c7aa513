"""What the checks of every return came to: side by side in a few processes, once for all commands, few of them held."""

import pickle
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from toolkit.cache import Cache, entry_key
from toolkit.checks import CAUSES, Case, CheckReport, check_submission, folded
from toolkit.checks.outcome import Outcome
from toolkit.collect.answer import Member
from toolkit.correct import Places, explained
from toolkit.ledger.kinds import Action
from toolkit.model import NO_FIGURES, Finding, Layout, Project, Scheme, Submission, Value, is_sound
from toolkit.model.plain import plain_text
from toolkit.pipeline.examine.resolutions import placed_decisions, settled, with_verified
from toolkit.pipeline.intake.returned import Returns
from toolkit.pipeline.plan.decisions import Resolution
from toolkit.pipeline.plan.evaluation import Evaluation, grouped
from toolkit.pipeline.plan.readings import MOST_HELD, held_of, kept_return
from toolkit.pipeline.plan.remembering import Wanted, each_once
from toolkit.pipeline.plan.side_by_side import SideBySide
from toolkit.pipeline.progress import Progress, tell


class Reports(Mapping[str, CheckReport]):
    """What the checks of every return that counts came to, by project id; some of it held, the rest found again.

    Attributes:
        unsound: projects with something that must be corrected, once :meth:`each` has gone through all.
    """

    def __init__(self, evaluation: Evaluation, known: Returns, today: date, unsound: tuple[str, ...] = ()) -> None:
        """Waivers that lapsed before ``today`` count no longer; ``unsound``: where that is known already."""
        self.unsound = unsound
        self._cases = _Cases(evaluation, known)
        self._today = today
        self._held: dict[str, CheckReport] = {}

    def each(self, progress: Progress) -> Iterator[tuple[Finding, ...]]:
        """What is listed of all of them in roster order; a case that was checked before is not checked again."""
        cases, unsound = self._cases, []
        with SideBySide(checked_apart, cases.setting, len(cases.known.compared)) as processes:
            checked = cases.each(self, _LISTED, processes)
            for project in tell(progress, "核查", cases.evaluation.roster.projects):
                if project.id in self:
                    listed = next(checked).findings
                    if cases.answered(project.id):
                        listed = tuple(folded(self[project.id].findings))
                    if not is_sound(listed):
                        unsound.append(project.id)
                    yield listed
        self.unsound = tuple(unsound)

    def __getitem__(self, project: str) -> CheckReport:
        """One project's; checked again where it is held and kept no more."""
        if project not in self:
            raise KeyError(project)
        return self._held.get(project) or self._hold(project, self._answered(project))

    def __contains__(self, project: object) -> bool:
        return project in self._cases.known.compared

    def __iter__(self) -> Iterator[str]:
        roster = self._cases.evaluation.roster
        return (project.id for project in roster.projects if project.id in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def _hold(self, project: str, report: CheckReport) -> CheckReport:
        while len(self._held) >= held_of(len(self._cases.known.compared), MOST_HELD):
            del self._held[next(iter(self._held))]
        self._held[project] = report
        return report

    def _answered(self, project: str) -> CheckReport:
        """The report with what the unit and the evaluators say about its findings."""
        report = next(self._cases.each([project], _WHOLE))
        if not self._cases.answered(project):
            return report
        decided, lost = self._cases.decided(project)
        submission = self._cases.known.counting[project]
        places = Places(submission, self._cases.setting.layout)
        findings = settled(explained(report.findings, submission, places), places, decided, self._today)
        return CheckReport(tuple(sorted([*findings, *lost], key=Finding.sort_key)), report.ran)


@dataclass(frozen=True, slots=True)
class _Listed:
    """The findings of a report as lists have them; ``lasts``: no check broke."""

    findings: tuple[Finding, ...]
    lasts: bool


def _lasting(report: CheckReport) -> bool:
    return all(ran.outcome is not Outcome.BROKE for ran in report.ran)


_LISTED = Wanted("listed findings", _Listed, lambda listed: listed.lasts)
_WHOLE = Wanted("report of checks", CheckReport, _lasting)
"""Of what the checks of a return come to most commands ask for the listed findings only."""
_Kept = TypeVar("_Kept")


@dataclass(frozen=True, slots=True)
class _Setting:
    """What all cases have in common."""

    scheme: Scheme
    layout: Layout
    cache: Cache


@dataclass(frozen=True, slots=True)
class _Asked:
    """A case as a process is told of it: its return, or under which key that is kept."""

    project: Project
    submission: Submission | str
    put_in: Mapping[str, Value]
    last_year: Mapping[str, Value]
    received: date | None
    arrived: date
    right: frozenset[tuple[str, str]]


class _Cases:
    """Every project's return as its checks look at it: with the values that evaluators verified."""

    def __init__(self, evaluation: Evaluation, known: Returns) -> None:
        self.evaluation = evaluation
        self.known = known
        layout = evaluation.template.layout
        self.setting = _Setting(evaluation.scheme, layout, evaluation.workspace.cache)
        self._decisions = grouped(evaluation.decided)
        self._of_all = entry_key("case", plain_text(evaluation.scheme, Scheme), plain_text(layout, Layout)).encode()

    def decided(self, project: str) -> tuple[list[Resolution], list[Finding]]:
        """The decisions with the keys of their cells in this return, and what is to be said of the others."""
        if project not in self._decisions:
            return [], []
        return placed_decisions(self.setting.scheme, self.known.counting[project], self._decisions[project])

    def answered(self, project: str) -> bool:
        """Whether the unit or the evaluators say something about its findings."""
        return project in self._decisions or bool(self.known.compared[project].explanations)

    def each(
        self, projects: Iterable[str], wanted: Wanted[_Kept], processes: SideBySide | None = None
    ) -> Iterator[_Kept]:
        """The reports of some projects, whole or as they are listed."""
        return each_once(self.setting.cache, wanted, projects, self, processes)

    def made_from(self, project: str) -> Mapping[str, Sequence[bytes]]:
        """What the report of a project depends on, listed and whole."""
        asked = self.request(project)
        submission = asked.submission
        told = submission.encode() if isinstance(submission, str) else plain_text(submission, Submission | None)
        figures = (plain_text(values, Mapping[str, Value]) for values in (asked.put_in, asked.last_year))
        received = f"{asked.received or ''} {asked.arrived} {sorted(asked.right)}".encode()
        parts = self._of_all, plain_text(asked.project, Project), told, *figures, received
        return {_LISTED.result: parts, _WHOLE.result: parts}

    def request(self, project: str) -> _Asked:
        """The case as a process is told of it."""
        evaluation = self.evaluation
        own = evaluation.roster.project(project)
        if own is None:
            raise KeyError(project)
        put_in = evaluation.prior.prefill.get(project, NO_FIGURES)
        last_year = evaluation.prior.figures.get(project, NO_FIGURES)
        arrived = date.fromisoformat(self.known.receipts[project].at[:10])
        late, right = self._late(project), self._right(project)
        return _Asked(own, self._return(project), put_in, last_year, late, arrived, right)

    def _right(self, project: str) -> frozenset[tuple[str, str]]:
        """The doubts about values that were waived."""
        if project not in self._decisions:
            return frozenset()
        decided, _ = self.decided(project)
        waived = (done for done in decided if done.action is Action.WAIVE and done.code in CAUSES)
        return frozenset((done.code, done.key) for done in waived)

    def _late(self, project: str) -> date | None:
        """The day it came where that was late: a project in time is not checked again for it."""
        came, due = self.known.first_came.get(project), self.setting.scheme.timetable.due
        return came if came and due and came > due else None

    def make(self, project: str) -> bytes:
        """The report, worked out here."""
        asked = self.request(project)
        submission = self.known.counting[project] if isinstance(asked.submission, str) else asked.submission
        return _checked(asked, submission, self.setting)

    def _return(self, project: str) -> Submission | str:
        """The return with verified values; where there are none, under which key it is kept."""
        decided, _ = self.decided(project)
        if decided:
            as_read = self.known.counting[project]
            verified = with_verified(self.setting.scheme, as_read, decided)
            if verified is not as_read:
                return verified
        return self.evaluation.readings.told(self.known.compared[project]).decode()


def checked_apart(data: bytes, _name: str, setting: Any) -> Member:  # noqa: ANN401
    """What a process does with a case it is told of; nothing where the return is kept no more."""
    asked: _Asked = pickle.loads(data)  # noqa: S301  from the program that started us
    submission = kept_return(setting.cache, asked.submission) if isinstance(asked.submission, str) else asked.submission
    return Member("", _checked(asked, submission, setting) if submission else b"")


def _checked(asked: _Asked, submission: Submission, setting: _Setting) -> bytes:
    """The report of a case in its lines."""
    report = check_submission(
        Case(
            setting.scheme,
            asked.project,
            submission,
            setting.layout,
            asked.put_in,
            asked.last_year,
            asked.received,
            asked.arrived,
            asked.right,
        )
    )
    listed = _Listed(tuple(folded(report.findings)), _lasting(report))
    return plain_text(listed, _Listed) + b"\n" + plain_text(report, CheckReport)
