"""Score sheets of all projects: side by side in a few processes, and each only once for all commands."""

import pickle
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from toolkit.cache import Cache, entry_key
from toolkit.collect.answer import Member
from toolkit.model import WHOLE_EVALUATION, Opinion, Project, Scheme, ScoredObject, ScoreSheet, Submission
from toolkit.model.plain import DamagedValueError, from_plain_text, plain_text
from toolkit.pipeline.intake.returned import Returns
from toolkit.pipeline.plan.evaluation import Evaluation, grouped
from toolkit.pipeline.plan.readings import kept_return
from toolkit.pipeline.plan.remembering import Wanted, each_once, result_key
from toolkit.pipeline.plan.side_by_side import SideBySide
from toolkit.pipeline.progress import Progress, silent, tell
from toolkit.scoring import score_project, score_whole

_SCORE = "score"


def score(evaluation: Evaluation, known: Returns, progress: Progress = silent) -> dict[str, ScoreSheet]:
    """Score sheets by project id (one under 整体 when the evaluation is scored as a whole). Units: 分."""
    if evaluation.scheme.scored_object is ScoredObject.WHOLE:
        whole = score_whole(evaluation.scheme, evaluation.roster, known.counting, evaluation.opinions)
        return {WHOLE_EVALUATION: whole}
    projects = evaluation.roster.projects
    sheets = Sheets(evaluation, known)
    made_from = ((project.id, sheets.made_from(project.id)) for project in projects)
    with SideBySide(scored_apart, sheets.setting, len(known.compared)) as processes:
        scored = each_once(sheets.setting.cache, _SCORE, Wanted(ScoreSheet), made_from, sheets, processes)
        return {project.id: next(scored) for project in tell(progress, "评分", projects)}


@dataclass(frozen=True, slots=True)
class _Setting:
    """What the scoring of all projects has in common."""

    scheme: Scheme
    cache: Cache


@dataclass(frozen=True, slots=True)
class _Asked:
    """A project to be scored: under which key its return is kept, "" for none, and the evaluators' opinions."""

    project: Project
    kept: str
    opinions: tuple[Opinion, ...]


class Sheets:
    """What every project's score sheet is made from."""

    def __init__(self, evaluation: Evaluation, known: Returns) -> None:
        self.setting = _Setting(evaluation.scheme, evaluation.workspace.cache)
        self._readings = evaluation.readings
        self._known = known
        self._projects = {project.id: project for project in evaluation.roster.projects}
        self._opinions = grouped(evaluation.opinions)
        self._of_all = entry_key("scheme", plain_text(evaluation.scheme, Scheme)).encode()

    def made_from(self, project: str) -> Sequence[bytes]:
        """What a score sheet depends on."""
        asked = self.request(project)
        opinions = plain_text(asked.opinions, tuple[Opinion, ...])
        return self._of_all, plain_text(asked.project, Project), asked.kept.encode(), opinions

    def key(self, project: str) -> str:
        """Under which key a score sheet is kept."""
        return result_key(_SCORE, self.made_from(project))

    def request(self, project: str) -> _Asked:
        """The project as a process is told of it."""
        submission = self._known.compared.get(project)
        kept = self._readings.told(submission).decode() if submission else ""
        return _Asked(self._projects[project], kept, self._opinions.get(project, ()))

    def make(self, project: str) -> bytes:
        """The score sheet, worked out here."""
        asked = self.request(project)
        return _scored(self.setting.scheme, asked, self._known.counting.get(project))


def kept_sheet(cache: Cache, key: str) -> ScoreSheet | None:
    """The score sheet that is kept under a key (see :meth:`Sheets.key`); None where it is kept no more."""
    data = cache.get(key)
    with suppress(DamagedValueError):
        return None if data is None else from_plain_text(data, ScoreSheet)
    return None


def scored_apart(data: bytes, _name: str, setting: Any) -> Member:  # noqa: ANN401
    """What a process does with a project it is told of; nothing where its return is kept no more."""
    asked: _Asked = pickle.loads(data)  # noqa: S301  from the program that started us
    submission: Submission | None = kept_return(setting.cache, asked.kept) if asked.kept else None
    if asked.kept and submission is None:
        return Member("", b"")
    return Member("", _scored(setting.scheme, asked, submission))


def _scored(scheme: Scheme, asked: _Asked, submission: Submission | None) -> bytes:
    return plain_text(score_project(scheme, asked.project, submission, asked.opinions), ScoreSheet)
