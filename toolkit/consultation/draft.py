"""The extract of the draft for one unit: what the letter template's tags are filled with."""

from collections.abc import Sequence
from dataclasses import dataclass

from toolkit.model import LetterFacts
from toolkit.text.letters import letter_words

DRAFT_TEMPLATE = "征求意见函.docx"


@dataclass(frozen=True, slots=True)
class DraftLine:
    """One indicator as the draft shows it; ``lost`` says why it did not earn everything, "" where it did."""

    code: str
    dimension: str
    name: str
    full_mark: str
    score: str
    lost: str


@dataclass(frozen=True, slots=True)
class DraftProject:
    """One project of the unit: its total and grade, its lines, and findings as (place, what was found, what to do).

    ``shared_out``: marks of indicators that do not apply were added to those of the others.
    """

    id: str
    name: str
    total: str
    grade: str
    lines: tuple[DraftLine, ...]
    findings: tuple[tuple[str, str, str], ...]
    shared_out: bool = False


@dataclass(frozen=True, slots=True)
class UnitDraft:
    """All that one unit is shown."""

    unit: str
    projects: tuple[DraftProject, ...]


def draft_context(draft: UnitDraft, facts: LetterFacts, reply: str) -> dict[str, object]:
    """What the template's tags mean for one unit; ``reply`` is the file name of its reply workbook."""
    return {
        **letter_words(facts, draft.unit),
        "项目数": len(draft.projects),
        "项目列表": [_project(number, project) for number, project in enumerate(draft.projects, 1)],
        "回复表": reply,
    }


def _project(number: int, project: DraftProject) -> dict[str, object]:
    lost = [line for line in project.lines if line.lost]
    return {
        "号": number,
        "序号": project.id,
        "名称": project.name,
        "总分": project.total,
        "等级": project.grade or "未定",
        "折算": project.shared_out,
        "指标": [_line(line) for line in project.lines],
        "扣分": [_line(line) for line in lost],
        "发现": _findings(project.findings),
        "发现数": len(project.findings),
    }


def _line(line: DraftLine) -> dict[str, object]:
    return {
        "编号": line.code, "一级指标": line.dimension, "名称": line.name, "分值": line.full_mark, "得分": line.score,
        "理由": line.lost,
    }  # fmt: skip


def _findings(findings: Sequence[tuple[str, str, str]]) -> list[dict[str, object]]:
    return [
        {"序号": number, "位置": place, "问题": words, "要求": wanted}
        for number, (place, words, wanted) in enumerate(findings, 1)
    ]
