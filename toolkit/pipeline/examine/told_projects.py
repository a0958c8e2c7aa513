"""What the master says of each project beside its score: verified fields and problems, side by side, once for all."""

import pickle
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from toolkit.cache import Cache, entry_key
from toolkit.collect.answer import Member
from toolkit.formula.detail_rows import verified_fields
from toolkit.formula.fields import SingleValues, field_values
from toolkit.model import Finding, Opinion, Project, Roster, Scheme, ScoredObject, ScoreSheet, Submission
from toolkit.model.plain import plain_text
from toolkit.pipeline.examine.results import Examined
from toolkit.pipeline.examine.scoring import Sheets, kept_sheet
from toolkit.pipeline.plan.evaluation import Evaluation, grouped
from toolkit.pipeline.plan.readings import kept_return
from toolkit.pipeline.plan.remembering import Wanted, each_once
from toolkit.pipeline.plan.side_by_side import SideBySide
from toolkit.pipeline.progress import Progress, silent, tell
from toolkit.problems import ProblemCase, ShortJudgements, short_judgements


@dataclass(frozen=True, slots=True)
class ToldProject:
    """One project: its single fields as verified, and how the rows of 问题与建议 stand to it."""

    fields: SingleValues
    problems: ShortJudgements


def told_projects(
    evaluation: Evaluation, examined: Examined, sheets: Mapping[str, ScoreSheet], progress: Progress = silent
) -> dict[str, ToldProject]:
    """Every project of the roster by its id; ``sheets``: those of this evaluation as it is scored."""
    projects = evaluation.roster.projects
    making = _Projects(evaluation, examined, sheets)
    made_from = ((project.id, making.made_from(project.id)) for project in projects)
    with SideBySide(told_apart, making.setting, len(projects)) as processes:
        told = each_once(making.setting.cache, "told project", Wanted(ToldProject), made_from, making, processes)
        return {project.id: next(told) for project in tell(progress, "列出问题", projects)}


@dataclass(frozen=True, slots=True)
class _Setting:
    """What all projects have in common."""

    scheme: Scheme
    cache: Cache


@dataclass(frozen=True, slots=True)
class _Asked:
    """A project as a process is told of it.

    Attributes:
        kept, sheet: under which keys its return and its score sheet are kept; "" where it has none.
        findings: of the checks that rows hang on.
    """

    project: Project
    kept: str
    sheet: str
    opinions: tuple[Opinion, ...]
    findings: tuple[Finding, ...]


class _Projects:
    """What is told of every project, and what that is made from."""

    def __init__(self, evaluation: Evaluation, examined: Examined, sheets: Mapping[str, ScoreSheet]) -> None:
        scheme, known = evaluation.scheme, examined.returns
        self.setting = _Setting(scheme, evaluation.workspace.cache)
        self._readings, self._known, self._sheets = evaluation.readings, known, sheets
        self._keys = Sheets(evaluation, known)
        self._whole = scheme.scored_object is ScoredObject.WHOLE
        self._projects = {project.id: project for project in evaluation.roster.projects}
        self._opinions = grouped(evaluation.opinions)
        asked = {row.key for row in scheme.problems}
        self._findings = grouped(finding for finding in examined.findings if finding.code in asked)
        self._of_all = entry_key("scheme", plain_text(scheme, Scheme)).encode()

    def made_from(self, project: str) -> Sequence[bytes]:
        """What is told of a project depends on; its score sheet follows from the same."""
        opinions = plain_text(self._opinions.get(project, ()), tuple[Opinion, ...])
        findings = plain_text(self._findings.get(project, ()), tuple[Finding, ...])
        return self._of_all, plain_text(self._projects[project], Project), self._kept(project), opinions, findings

    def _kept(self, project: str) -> bytes:
        """Under which key its return is kept."""
        submission = self._known.compared.get(project)
        return self._readings.told(submission) if submission else b""

    def request(self, project: str) -> _Asked:
        """The project as a process is told of it."""
        submission = self._known.compared.get(project)
        return _Asked(
            self._projects[project],
            self._kept(project).decode(),
            self._keys.key(project) if submission and not self._whole else "",
            self._opinions.get(project, ()),
            self._findings.get(project, ()),
        )

    def make(self, project: str) -> bytes:
        """The project, worked out here."""
        asked = self.request(project)
        sheet = self._sheets.get(project) if asked.sheet else None
        return _told(self.setting.scheme, asked, self._known.counting.get(project), sheet)


def told_apart(data: bytes, _name: str, setting: Any) -> Member:  # noqa: ANN401
    """What a process does with a project it is told of; nothing where its return or score sheet is kept no more."""
    asked: _Asked = pickle.loads(data)  # noqa: S301  from the program that started us
    submission = kept_return(setting.cache, asked.kept) if asked.kept else None
    sheet = kept_sheet(setting.cache, asked.sheet) if asked.sheet else None
    if (asked.kept and submission is None) or (asked.sheet and sheet is None):
        return Member("", b"")
    return Member("", _told(setting.scheme, asked, submission, sheet))


def _told(scheme: Scheme, asked: _Asked, submission: Submission | None, sheet: ScoreSheet | None) -> bytes:
    fields = field_values(scheme, submission, verified_fields(scheme, submission, asked.opinions))
    case = ProblemCase(scheme, asked.project, fields, sheet, asked.findings, submission)
    told = ToldProject(fields.single(), short_judgements(case, Roster((asked.project,))))
    return plain_text(told, ToldProject)
