"""What a team is held against, and how a finding about it is put."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from toolkit.model import CellRef, Finding, Project, Sentence, Severity
from toolkit.people.recusal import Party


@dataclass(frozen=True, slots=True)
class Known:
    """What the team is held against.

    Attributes:
        projects: in roster order. parties: project id → units and companies that have a part in it.
        client: 委托方. papers: names of files that lie with the team's papers. today: for what is due.
        workbook: name of 工作组.xlsx, for what is missing altogether.
    """

    projects: tuple[Project, ...]
    client: str
    today: date
    workbook: str
    parties: Mapping[str, tuple[Party, ...]] = field(default_factory=dict)
    papers: frozenset[str] = frozenset()


def on_projects(ids: Sequence[str]) -> str:
    """``项目3``, or ``4个项目（1-3、7）``."""
    return f"项目{ids[0]}" if len(ids) == 1 else f"{len(ids)}个项目（{_spans(ids)}）"


def _spans(ids: Sequence[str]) -> str:
    """``1、2、3、7`` → ``1-3、7``, as commands take it."""
    spans: list[list[str]] = []
    for project in ids:
        follows = spans and project.isdecimal() and spans[-1][-1].isdecimal()
        if follows and int(project) == int(spans[-1][-1]) + 1:
            spans[-1].append(project)
        else:
            spans.append([project])
    return "、".join(f"{span[0]}-{span[-1]}" if len(span) > 2 else "、".join(span) for span in spans)


told = Sentence.saying


def say(
    code: str, severity: Severity, at: CellRef, words: str | Sentence, hint: str, project: str = "", found: str = ""
) -> Finding:  # fmt: skip
    """A finding about the team."""
    return Finding(code, severity, at, words, hint, project=project, found=found)
