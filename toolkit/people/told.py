"""What a team is held against, and how a finding about it is put."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from toolkit.model import CellRef, Finding, Project, Sentence, Severity
from toolkit.people.recusal import Party
from toolkit.text.number_runs import number_runs


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


def on_projects(ids: Sequence[str], known: Known) -> str:
    """``项目3``, or ``4个项目（1至3、7）``."""
    if len(ids) == 1:
        return f"项目{ids[0]}"
    return f"{len(ids)}个项目（{number_runs(ids, [project.id for project in known.projects])}）"


told = Sentence.saying


def say(
    code: str, severity: Severity, at: CellRef, words: str | Sentence, hint: str, project: str = "", found: str = ""
) -> Finding:  # fmt: skip
    """A finding about the team."""
    return Finding(code, severity, at, words, hint, project=project, found=found)
