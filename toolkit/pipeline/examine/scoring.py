"""Score sheets of all projects, and what the master says of each beside its score: one piece of work, once for all.

Both follow from the same return: a process that has it unpacked and its fields calculated works out both (ADR 0058).
"""

import pickle
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from toolkit.cache import Cache, entry_key
from toolkit.collect.answer import Member
from toolkit.formula.detail_rows import verified_fields
from toolkit.formula.fields import SingleValues, field_values
from toolkit.model import (
    WHOLE_EVALUATION,
    CellRef,
    Finding,
    Opinion,
    Project,
    Roster,
    Scheme,
    ScoredObject,
    ScoreSheet,
    Submission,
)
from toolkit.model.plain import plain_text
from toolkit.pipeline.examine.doubtful_values import (
    Doubted,
    as_meant,
    doubted,
    doubtful_fields,
    in_doubt,
    returns_as_meant,
)
from toolkit.pipeline.intake.returned import Returns
from toolkit.pipeline.plan.evaluation import Evaluation, grouped
from toolkit.pipeline.plan.readings import kept_return
from toolkit.pipeline.plan.remembering import Wanted, each_once
from toolkit.pipeline.plan.side_by_side import SideBySide
from toolkit.pipeline.progress import Progress, silent, tell
from toolkit.problems import Detection, ProblemCase, ShortJudgements, detections, short_judgements
from toolkit.scoring import score_project, score_whole

_Kept = TypeVar("_Kept")


@dataclass(frozen=True, slots=True)
class ToldProject:
    """One project: its single fields as verified, and how the rows of 问题与建议 stand to it."""

    fields: SingleValues
    problems: ShortJudgements


_SCORE = Wanted("score", ScoreSheet)
_TOLD = Wanted("told project", ToldProject)


def score(
    evaluation: Evaluation, known: Returns, findings: Sequence[Finding], progress: Progress = silent
) -> dict[str, ScoreSheet]:
    """Score sheets by project id (one under 整体 when the evaluation is scored as a whole). Units: 分.

    ``findings``: those of the evaluation; what they call doubtful gives no score, and what :func:`told_projects` gives
    is worked out together with a score, and kept.
    """
    if evaluation.scheme.scored_object is ScoredObject.WHOLE:
        meant = returns_as_meant(known.counting, findings)
        whole = score_whole(evaluation.scheme, evaluation.roster, known.counting, evaluation.opinions, meant)
        return {WHOLE_EVALUATION: whole}
    return _of_each(_Projects(evaluation, known, findings), _SCORE, progress)


def told_projects(evaluation: Evaluation, known: Returns, findings: Sequence[Finding]) -> dict[str, ToldProject]:
    """What the master says of every project of the roster beside its score, by id; ``findings``: of the evaluation."""
    return _of_each(_Projects(evaluation, known, findings), _TOLD)


def _of_each(projects: "_Projects", wanted: Wanted[_Kept], progress: Progress = silent) -> dict[str, _Kept]:
    """One result of every project of the roster, by its id."""
    setting, ids = projects.setting, projects.ids
    with SideBySide(scored_apart, setting, len(ids)) as processes:
        found = each_once(setting.cache, wanted, ids, projects, processes)
        return {project: next(found) for project in tell(progress, "评分", ids)}


@dataclass(frozen=True, slots=True)
class _Setting:
    """What all projects have in common."""

    scheme: Scheme
    cache: Cache


@dataclass(frozen=True, slots=True)
class _Asked:
    """A project as a process is told of it.

    Attributes:
        kept: under which key its return is kept, "" for none.
        detected: what the checks found that rows of 问题与建议 hang on.
        in_doubt: cells with values that are still to be corrected: they are told nowhere.
        doubted: cells of which a score has to wait.
    """

    project: Project
    kept: str
    opinions: tuple[Opinion, ...]
    detected: tuple[Detection, ...]
    in_doubt: tuple[CellRef, ...]
    doubted: tuple[Doubted, ...]


class _Projects:
    """What the results of every project are made from."""

    def __init__(self, evaluation: Evaluation, known: Returns, findings: Sequence[Finding]) -> None:
        scheme = evaluation.scheme
        self.setting = _Setting(scheme, evaluation.workspace.cache)
        self._projects = {project.id: project for project in evaluation.roster.projects}
        self.ids = tuple(self._projects)
        self._readings, self._known = evaluation.readings, known
        self._opinions = grouped(evaluation.opinions)
        asked = {row.key for row in scheme.problems}
        self._detected = detections(each for each in findings if each.code in asked)
        self._doubted = doubted(findings)
        self._in_doubt: dict[str, tuple[CellRef, ...]] = {}
        for each in findings:
            if cells := in_doubt(each):
                self._in_doubt[each.project] = (*self._in_doubt.get(each.project, ()), *cells)
        self._of_all = entry_key("scheme", plain_text(scheme, Scheme)).encode()

    def made_from(self, project: str) -> Mapping[str, Sequence[bytes]]:
        """What a score depends on, and what is told beside it; that follows from what checks found too."""
        asked = self.request(project)
        opinions = plain_text(asked.opinions, tuple[Opinion, ...])
        waiting = plain_text(asked.doubted, tuple[Doubted, ...])
        parts = self._of_all, plain_text(asked.project, Project), asked.kept.encode(), opinions, waiting
        of_score = {} if _whole(self.setting.scheme) else {_SCORE.result: parts}
        left_out = plain_text(asked.in_doubt, tuple[CellRef, ...])
        return {**of_score, _TOLD.result: (*parts, plain_text(asked.detected, tuple[Detection, ...]), left_out)}

    def request(self, project: str) -> _Asked:
        """The project as a process is told of it."""
        submission = self._known.compared.get(project)
        return _Asked(
            self._projects[project],
            self._readings.told(submission).decode() if submission else "",
            self._opinions.get(project, ()),
            self._detected.get(project, ()),
            self._in_doubt.get(project, ()),
            self._doubted.get(project, ()),
        )

    def make(self, project: str) -> bytes:
        """The results, worked out here."""
        return _worked_out(self.setting.scheme, self.request(project), self._known.counting.get(project))


def scored_apart(data: bytes, _name: str, setting: Any) -> Member:  # noqa: ANN401
    """What a process does with a project it is told of; nothing where its return is kept no more."""
    asked: _Asked = pickle.loads(data)  # noqa: S301  from the program that started us
    submission = kept_return(setting.cache, asked.kept) if asked.kept else None
    if asked.kept and submission is None:
        return Member("", b"")
    return Member("", _worked_out(setting.scheme, asked, submission))


def _worked_out(scheme: Scheme, asked: _Asked, submission: Submission | None) -> bytes:
    """The lines of what is asked for, as :meth:`_Projects.made_from` names them."""
    verified = verified_fields(scheme, submission, asked.opinions)
    fields = field_values(scheme, submission, verified)
    meant = as_meant(submission, asked.doubted) if submission and asked.doubted else None
    sheet = None if _whole(scheme) else score_project(scheme, asked.project, submission, asked.opinions, fields, meant)
    scored = sheet if submission and sheet and sheet.has_data else None
    if submission and asked.in_doubt:
        fields = field_values(scheme, submission, verified, doubtful_fields(scheme, submission, asked.in_doubt))
    case = ProblemCase(scheme, asked.project, fields, scored, asked.detected, submission)
    told = ToldProject(fields.single(), short_judgements(case, Roster((asked.project,))))
    lines = [plain_text(sheet, ScoreSheet)] if sheet else []
    return b"\n".join((*lines, plain_text(told, ToldProject)))


def _whole(scheme: Scheme) -> bool:
    return scheme.scored_object is ScoredObject.WHOLE
