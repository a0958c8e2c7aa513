"""The draft as units are shown it: for each unit its projects with scores, losses and findings."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from toolkit.consultation import NO_SCORE, OTHER, AskedLine, DraftLine, DraftProject, UnitDraft
from toolkit.model import WHOLE_EVALUATION, Finding, LineState, ScoreLine, ScoreSheet, Severity
from toolkit.pipeline.examine.results import Examined, examine
from toolkit.pipeline.examine.scoring import score
from toolkit.pipeline.plan.evaluation import Evaluation
from toolkit.pipeline.progress import Progress, silent
from toolkit.text import plain
from toolkit.text import score as score_text

_TITLE, _UNSCORED = "评价整体", "未评分"


@dataclass(frozen=True, slots=True)
class Draft:
    """Scores and findings as they are now; without ``examined`` only scores are asked for."""

    evaluation: Evaluation
    examined: Examined | None
    sheets: Mapping[str, ScoreSheet]

    @classmethod
    def of(cls, evaluation: Evaluation, now: datetime, progress: Progress = silent) -> "Draft":
        """Check and score what counts."""
        examined = examine(evaluation, now.date(), progress)
        return cls(evaluation, examined, score(evaluation, examined.returns, examined.findings, progress))

    def units(self) -> dict[str, tuple[str, ...]]:
        """Unit → ids of what it is asked about: its projects, and the whole where the evaluation is scored as one."""
        whole = tuple(project for project in self.sheets if project == WHOLE_EVALUATION)
        units = self.evaluation.roster.units()
        return {unit: (*(project.id for project in projects), *whole) for unit, projects in units.items()}

    def scores(self) -> dict[tuple[str, str], str]:
        """Project and indicator → the score as it is shown now."""
        return {
            (project, line.code): self._shown(line) if sheet.has_data else _UNSCORED
            for project, sheet in self.sheets.items()
            for line in sheet.own_lines
        }

    def name(self, project: str) -> str:
        """Name of a project; of the whole, its own words."""
        known = self.evaluation.roster.project(project)
        return known.name if known else _TITLE

    def lines(self, projects: tuple[str, ...]) -> tuple[AskedLine, ...]:
        """Rows of a reply workbook: the indicators of each project, then one for all else."""
        rows: list[AskedLine] = []
        for project in projects:
            name = self.name(project)
            rows += [
                AskedLine(project, line.code, self._shown(line), name, line.name, plain(line.effective_mark))
                for line in self._own_lines(project)
            ]
            rows.append(AskedLine(project, OTHER, NO_SCORE, name, "核查发现、文字和其他"))
        return tuple(rows)

    def extract(self, unit: str, projects: tuple[str, ...]) -> UnitDraft:
        """What one unit is shown."""
        return UnitDraft(unit, tuple(self._project(project) for project in projects))

    def _own_lines(self, project: str) -> tuple[ScoreLine, ...]:
        """The lines of a project; none where nothing could be scored, of which no line says anything."""
        sheet = self.sheets.get(project)
        return sheet.own_lines if sheet and sheet.has_data else ()

    def _project(self, project: str) -> DraftProject:
        sheet, report = self.sheets.get(project), self.examined.reports.get(project) if self.examined else None
        found = [finding for finding in report.findings if finding.severity is not Severity.NOTE] if report else []
        total = score_text(sheet.total, self._places) if sheet and sheet.has_data else _UNSCORED
        return DraftProject(
            project, self.name(project), total, sheet.shown_grade if sheet else "",
            tuple(self._line(line) for line in self._own_lines(project)), tuple(_told(finding) for finding in found),
            shared_out=bool(sheet and sheet.renormalised and sheet.has_data),
        )  # fmt: skip

    def _line(self, line: ScoreLine) -> DraftLine:
        lost = line.state is not LineState.NOT_APPLICABLE and line.score < line.effective_mark
        because = "；".join(words for words in (line.because, line.reason) if words) if lost else ""
        return DraftLine(
            line.code, line.dimension, line.name, score_text(line.effective_mark, self._places), self._shown(line),
            because or ("按评分规则" if lost else ""),
        )  # fmt: skip

    @property
    def _places(self) -> int:
        return self.evaluation.scheme.score_places

    def _shown(self, line: ScoreLine) -> str:
        return score_text(line.score, self._places) if line.state is LineState.SCORED else line.state.value

    def full_marks(self) -> dict[tuple[str, str], Decimal]:
        """Project and indicator → the most it can earn there."""
        return {
            (project, line.code): line.effective_mark
            for project, sheet in self.sheets.items()
            for line in sheet.own_lines
        }


def _told(finding: Finding) -> tuple[str, str, str]:
    place = f"《{finding.at.sheet}》{finding.at.cell}" if finding.at.sheet else "整个文件"
    return place, finding.words, finding.hint or "请核实"
