"""工作组.xlsx: written to be filled in, read in a process of its own, held against projects and their suppliers."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from toolkit.collect import IsolatedReader
from toolkit.errors import UnreadableFileError, WorkspaceError
from toolkit.excel.files import write_atomic
from toolkit.model import CellRef, Finding, Project, ReportRole, Sentence, Severity, Submission, is_sound
from toolkit.people import Known, Party, Team, check_team, read_team, team_workbook
from toolkit.pipeline.intake.returned import returns
from toolkit.pipeline.plan.evaluation import Evaluation

_PARTS = ("承建", "中标", "供应", "监理", "施工", "开发", "服务商", "实施单位")
"""Words in a roster heading that name a company with a part in the project."""


@dataclass(frozen=True, slots=True)
class CheckedTeam:
    """The team, and what is wrong with it."""

    file: Path
    team: Team
    findings: tuple[Finding, ...]

    @property
    def ok(self) -> bool:
        """Nothing must be corrected."""
        return is_sound(self.findings)

    def as_json(self) -> dict[str, Any]:
        """``{"ok", "file", "members", "assigned", "blocked": [{"name", "project", "why"}], "findings"}``."""
        team = self.team
        return {
            "ok": self.ok,
            "file": str(self.file),
            "members": len(team.members),
            "assigned": len({assignment.project for assignment in team.assignments if assignment.names()}),
            "blocked": [
                {"name": recusal.name, "project": recusal.project, "why": recusal.why} for recusal in team.blocked
            ],
            "findings": [finding.as_json() for finding in self.findings],
        }


def new_team(evaluation: Evaluation) -> Path:
    """Write 工作组.xlsx to fill in.

    Raises:
        WorkspaceError: there is one already.
    """
    path = evaluation.workspace.team
    if path.exists():
        raise WorkspaceError("工作组.xlsx已经有了", where=path, what_to_do="直接填写；要重新生成的，先把原来的改名")
    evaluation.workspace.team_papers.mkdir(exist_ok=True)  # first: a killed program that made the workbook made both
    write_atomic(path, team_workbook(evaluation.scheme, evaluation.roster))
    return path


def check_people(evaluation: Evaluation, now: datetime) -> CheckedTeam:
    """Everything that is wrong or missing about the people.

    Raises:
        WorkspaceError: there is no 工作组.xlsx.
    """
    path = evaluation.workspace.team
    if not path.is_file():
        raise WorkspaceError("还没有工作组.xlsx", where=path, what_to_do="运行 jixiao people new 生成，填写后再核对")
    try:
        with IsolatedReader(evaluation.collecting) as reader:
            reading = read_team(reader.book(path.read_bytes()), path.name)
    except UnreadableFileError as error:
        hint = "在 Excel 或 WPS 中打开后另存为 .xlsx"
        broken = Finding(
            "TEAM-15",
            Severity.ERROR,
            CellRef(path.name),
            Sentence.saying("工作组.xlsx打不开：{message}", message=error.message),
            hint,
        )
        return CheckedTeam(path, Team(), (broken,))
    team, findings = check_team(reading.team, _known(evaluation, now))
    return CheckedTeam(path, team, (*reading.findings, *findings))


def team_of(evaluation: Evaluation, now: datetime) -> Team | None:
    """The team with its recusals; None where no 工作组.xlsx was made."""
    return check_people(evaluation, now).team if evaluation.workspace.team.is_file() else None


def _known(evaluation: Evaluation, now: datetime) -> Known:
    space, returned = evaluation.workspace, returns(evaluation).counting
    papers = frozenset(path.name for path in space.team_papers.iterdir()) if space.team_papers.is_dir() else frozenset()
    parties = {
        project.id: tuple(_parties(evaluation, project, returned.get(project.id)))
        for project in evaluation.roster.projects
    }
    client = evaluation.scheme.client
    return Known(evaluation.roster.projects, client, now.date(), space.team.name, parties, papers)


def _parties(evaluation: Evaluation, project: Project, submission: Submission | None) -> Iterator[Party]:
    """Units and companies with a part in a project: from the roster, and from what came back."""
    for unit in project.units:
        yield Party(unit, "责任单位")
    for heading, text in project.attributes.items():
        if text and any(part in heading for part in _PARTS):
            yield Party(text, heading)
    for field in evaluation.scheme.of_role(ReportRole.PARTIES):
        value = submission.value(field.key) if submission else None
        if isinstance(value, str) and value.strip():
            yield Party(value.strip(), field.label)
