"""Results of all projects as ``score`` left them, where nothing that they are made from has changed since (ADR 0077).

What is kept of each project by itself is found again whatever became of the others, but takes being asked for, one
after another, and the comparison of all returns. Kept for the whole round, results are unpacked many projects at once.
"""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, TypeVar

from toolkit.cache import Cache, entry_key
from toolkit.model import Finding, Roster, ScoreSheet
from toolkit.model.plain import DamagedValueError, from_plain_text, plain_text
from toolkit.pipeline.examine.checking import Reports
from toolkit.pipeline.examine.results import Examined, Results, results
from toolkit.pipeline.examine.scoring import ToldProject, told_projects
from toolkit.pipeline.intake.returned import returns
from toolkit.pipeline.plan.evaluation import Evaluation
from toolkit.pipeline.plan.state import master_state
from toolkit.pipeline.progress import Progress, silent
from toolkit.review import OpinionReading

Kind = TypeVar("Kind")
_TOGETHER = 50  # projects in one entry


@dataclass(frozen=True, slots=True)
class _Outline:
    """What belongs to no project alone.

    Attributes:
        findings: of the evaluation. unsound: see :class:`Reports`. scored: of whom there are score sheets, by id.
    """

    findings: tuple[Finding, ...]
    unsound: tuple[str, ...]
    scored: tuple[str, ...]


def results_state(evaluation: Evaluation, today: date) -> str:
    """Another text after any change that could make other results.

    It tells files as they are now; scheme, roster, findings about them and opinions as this evaluation has read them.
    """
    return entry_key(
        master_state(evaluation.workspace, today),
        evaluation.scheme.sha256,
        plain_text(evaluation.roster, Roster),
        plain_text(evaluation.findings, tuple[Finding, ...]),
        plain_text(evaluation.opinion_reading, OpinionReading),
    )


def scored_results(evaluation: Evaluation, today: date, progress: Progress = silent) -> Results:
    """Check and score everything on record, and keep what it comes to for the commands that print it."""
    before = results_state(evaluation, today)
    found = results(evaluation, today, progress)
    told = found.told()
    if evaluation.readings.lasting and results_state(evaluation, today) == before:
        kept = _KeptRound(evaluation.workspace.cache, before)
        kept.put("sheets", tuple(found.sheets.values()), ScoreSheet)
        kept.put("told", tuple(told.values()), ToldProject)
        kept.put(
            "outline", (_Outline(found.examined.findings, found.examined.to_correct(), tuple(found.sheets)),), _Outline
        )
    return found


def known_results(evaluation: Evaluation, today: date, state: str, progress: Progress = silent) -> Results:
    """The results that were kept of a state, or else those worked out now.

    ``state``: :func:`results_state`, asked for before any of this.
    """
    kept = _KeptRound(evaluation.workspace.cache, state)
    for outline in kept.some("outline", 1, _Outline):
        sheets = tuple(kept.some("sheets", len(outline.scored), ScoreSheet))
        known = returns(evaluation, progress)
        if len(sheets) == len(outline.scored) and evaluation.readings.lasting:
            reports = Reports(evaluation, known, today, outline.unsound)
            examined = Examined(known, reports, outline.findings)
            told = partial(_told, evaluation, examined, kept)
            return Results(examined, dict(zip(outline.scored, sheets, strict=True)), told)
    return results(evaluation, today, progress)


def _told(evaluation: Evaluation, examined: Examined, kept: "_KeptRound") -> dict[str, ToldProject]:
    """What was kept of every project, else what is worked out."""
    ids = tuple(project.id for project in evaluation.roster.projects)
    told = tuple(kept.some("told", len(ids), ToldProject))
    if len(told) == len(ids):
        return dict(zip(ids, told, strict=True))
    return told_projects(evaluation, examined.returns, examined.findings)


@dataclass(frozen=True, slots=True)
class _KeptRound:
    """Values of a round under its state, many in each entry."""

    cache: Cache
    state: str

    def put(self, what: str, values: Sequence[Kind], kind: type[Kind]) -> None:
        """Keep values of one kind."""
        several: Any = tuple[kind, ...]  # type: ignore[valid-type]
        for start in range(0, len(values), _TOGETHER):
            text = plain_text(tuple(values[start : start + _TOGETHER]), several)
            self.cache.put({self._key(what, start): text})

    def some(self, what: str, count: int, kind: type[Kind]) -> Iterator[Kind]:
        """So many of them, or fewer where not all are there."""
        several: Any = tuple[kind, ...]  # type: ignore[valid-type]
        with suppress(DamagedValueError):
            for start in range(0, count, _TOGETHER):
                text = self.cache.get(self._key(what, start))
                if text is None:
                    return
                yield from from_plain_text(text, several)

    def _key(self, what: str, start: int) -> str:
        return entry_key("round", self.state, what, str(start))
