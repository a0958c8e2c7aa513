"""Evaluators' opinions with what speaks against them, and the evidence of a project beside them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from toolkit.collect import EvidenceFile
from toolkit.model import EvidenceItem, Opinion, Submission
from toolkit.people import Team
from toolkit.pipeline.examine.results import Examined
from toolkit.pipeline.examine.teaming import team_of
from toolkit.pipeline.plan.evaluation import Evaluation
from toolkit.review import shown_mark

Json = dict[str, Any]
_PEOPLE = (("evaluator", "评价人"), ("reviewer", "复核人"))


@dataclass(frozen=True, slots=True)
class OpinionRow:
    """An opinion as it is shown; ``warnings`` are recusals, a missing or identical second person, no evidence."""

    opinion: Opinion
    name: str
    unit: str
    indicator: str
    verified: str
    warnings: tuple[str, ...]

    def as_json(self) -> Json:
        """``{"project", "name", "unit", "indicator", "title", "item", "verified", …, "warnings": […]}``."""
        opinion = self.opinion
        return {
            "project": opinion.project,
            "name": self.name,
            "unit": self.unit,
            "indicator": opinion.indicator,
            "title": self.indicator,
            "item": opinion.item,
            "verified": self.verified,
            "reason": opinion.reason,
            "evidence": opinion.evidence,
            "evaluator": opinion.evaluator,
            "reviewer": opinion.reviewer,
            "warnings": list(self.warnings),
        }


def opinion_rows(evaluation: Evaluation, now: datetime) -> tuple[OpinionRow, ...]:
    """Every opinion in force, in the order they are read."""
    projects = {project.id: project for project in evaluation.roster.projects}
    scheme, team = evaluation.scheme, team_of(evaluation, now)
    rows = []
    for opinion in evaluation.opinions:
        project, indicator = projects.get(opinion.project), scheme.indicator(opinion.indicator)
        item = (opinion.project, opinion.indicator, opinion.item)
        rows.append(
            OpinionRow(
                opinion,
                project.name if project else "",
                project.unit if project else "",
                indicator.name if indicator else "",
                shown_mark(scheme, item, opinion.verified),
                tuple(_warnings(opinion, team)),
            )
        )
    return tuple(rows)


def _warnings(opinion: Opinion, team: Team | None) -> Iterator[str]:
    for attribute, role in _PEOPLE:
        name = getattr(opinion, attribute)
        why = team.why_not(name, opinion.project) if team and name else ""
        if why:
            yield f"{role}{name}应回避：{why}"
        if not name:
            yield f"缺{role}"
    if opinion.evaluator and opinion.evaluator == opinion.reviewer:
        yield "评价人和复核人是同一人"
    if not opinion.evidence:
        yield "没有写佐证"


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """One item of the evidence list of a project, and a file that came for it; ``file`` None where none came."""

    item: EvidenceItem | None
    claimed: str
    named: str
    file: EvidenceFile | None

    @property
    def title(self) -> str:
        """What the item is called; a file of no item says what it is."""
        if self.item:
            return self.item.name
        return "签章页扫描件" if self.file and self.file.signed else "清单以外的文件"

    def as_json(self) -> Json:
        """``{"code", "title", "required", "claimed", "named", "file", "sha256", "pages", "bytes", "openable"}``."""
        return {
            "code": self.item.code if self.item else "",
            "title": self.title,
            "required": bool(self.item and self.item.required),
            "claimed": self.claimed,
            "named": self.named,
            "file": self.file.name if self.file else "",
            "sha256": self.file.sha256 if self.file else "",
            "pages": self.file.pages if self.file else None,
            "bytes": self.file.size if self.file else 0,
            "openable": bool(self.file and self.file.openable),
        }


def evidence_rows(evaluation: Evaluation, examined: Examined, project: str) -> tuple[EvidenceRow, ...]:
    """The evidence of a project: every item of the list with what its unit says and what came, then other files."""
    submission = examined.returns.counting.get(project)
    files = [file for file in examined.returns.evidence if file.project == project]
    rows: list[EvidenceRow] = []
    for item in evaluation.scheme.evidence:
        claimed, named = (_said(submission, f"{key}_{item.code}") for key in ("佐证提供", "佐证文件名"))
        came: list[EvidenceFile | None] = [file for file in files if file.item == item.code]
        rows += [EvidenceRow(item, claimed, named, file) for file in came or [None]]
    rows += [EvidenceRow(None, "", "", file) for file in files if not file.item]
    return tuple(rows)


def _said(submission: Submission | None, key: str) -> str:
    value = submission.value(key) if submission else None
    return "" if value is None else str(value)
