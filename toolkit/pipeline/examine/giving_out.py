"""``jixiao scorebooks``: a book for every scorer, with the projects they are assigned to."""

from collections.abc import Container, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from toolkit.errors import WorkspaceError
from toolkit.excel.files import safe_file_name, write_atomic
from toolkit.ledger import NewEvent
from toolkit.ledger.kinds import ScorebookIssued
from toolkit.model import CellRef, Finding, Sentence, Severity, is_sound
from toolkit.pipeline.examine.teaming import check_people
from toolkit.pipeline.intake.returned import returns
from toolkit.pipeline.outcome import Json
from toolkit.pipeline.plan.evaluation import Evaluation
from toolkit.pipeline.plan.scorebooks import handed_back, issued_items, locked_files
from toolkit.review import Item, review_rows, scorebook, seal_of

FOLDER = "12-打分册"
RULING_FILE = "差异裁定.xlsx"
SCORER, REVIEWER = "评价人", "复核人"


@dataclass(frozen=True, slots=True)
class GivenOut:
    """Scorebooks written: scorer → file and number of items; with findings of severity ERROR none was.

    ``taken_back``: scorers whose books nobody waits for any more.
    """

    folder: Path
    books: tuple[tuple[str, Path, int], ...]
    findings: tuple[Finding, ...] = ()
    taken_back: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        """Nothing stands against giving them out."""
        return is_sound(self.findings)

    def as_json(self) -> Json:
        """``{"folder", "books": [{"scorer", "file", "items"}], "taken_back", "findings"}``."""
        books = [{"scorer": scorer, "file": str(path), "items": count} for scorer, path, count in self.books]
        findings = [found.as_json() for found in self.findings]
        return {
            "folder": str(self.folder),
            "books": books,
            "taken_back": list(self.taken_back),
            "findings": findings,
        }


def give_out(evaluation: Evaluation, scorers: Sequence[str], now: datetime) -> GivenOut:
    """Write a book for every scorer: those named, on all projects, or as 工作组.xlsx assigns them.

    Locked books stay as they are. Of scorers not named, or not assigned, any more no book is waited for.

    Raises:
        WorkspaceError: nobody is named, or the books of all were locked already.
    """
    items = [row[:3] for row in review_rows(evaluation.scheme, evaluation.roster)]
    assigned, findings = _assigned(evaluation, scorers, items, now)
    folder = evaluation.workspace.root / FOLDER
    if not assigned and not findings:
        advice = "用 --scorers 写明至少两名打分人，或在工作组.xlsx 中分工（评价人）"
        raise WorkspaceError("没有打分人", what_to_do=advice)
    space, books = evaluation.workspace, []
    locked = locked_files(space)
    if assigned and set(assigned) <= set(locked):
        raise WorkspaceError(f"{'、'.join(assigned)}的打分册已经锁定", what_to_do="已锁定的不再发；换人的先改分工")
    if findings:
        return GivenOut(folder, (), tuple(findings))
    folder.mkdir(exist_ok=True)
    issued = issued_items(space)
    further = scorers and space.team.is_file()  # experts named beside those whom 工作组.xlsx assigns
    missing = not_returned(evaluation)
    gone = () if further else tuple(name for name in _waited_for(evaluation) if name not in assigned)
    events = [_issued(name, (), now) for name in gone]
    for scorer, given in ((name, items) for name, items in assigned.items() if name not in locked):
        path, is_known = folder / safe_file_name(f"打分册-{scorer}.xlsx", 60), issued.get(scorer) == given
        books.append((scorer, path, len(given)))
        if not (is_known and path.exists()):
            seal = (space.evaluation_id, seal_of(space.key, space.evaluation_id, scorer, given))
            write_atomic(path, scorebook(evaluation.scheme, evaluation.roster, scorer, given, seal, missing))
        events += [] if is_known else [_issued(scorer, given, now)]
    with space.ledger() as ledger:
        ledger.record_many(events)
    return GivenOut(folder, tuple(books), _not_asked(evaluation, missing), gone)


def not_returned(evaluation: Evaluation) -> frozenset[str]:
    """Ids of the projects that nothing has come of, once something has come: there is nothing to score them by."""
    counting = returns(evaluation).counting
    return frozenset(project.id for project in evaluation.roster.projects if counting and project.id not in counting)


def _not_asked(evaluation: Evaluation, missing: Container[str]) -> tuple[Finding, ...]:
    names = [f"{project.id}“{project.name}”" for project in evaluation.roster.projects if project.id in missing]
    if not names:
        return ()
    words = Sentence.saying("没有收到采集表的项目不要求打分：{names}", names="、".join(names))
    hint = "不需要处理；以后收到采集表的，打分人在同一份打分册里照常打"
    return (Finding("SCORER-12", Severity.NOTE, CellRef(FOLDER), words, hint),)


def _issued(scorer: str, items: tuple[Item, ...], now: datetime) -> NewEvent:
    return NewEvent(ScorebookIssued(items=items), now, f"scorebook:{scorer}:{items}:{now.isoformat()}", "", "", scorer)


def _waited_for(evaluation: Evaluation) -> list[str]:
    """Scorers with a book that never came back."""
    space = evaluation.workspace
    locked = locked_files(space)
    return [name for name in issued_items(space) if name not in locked and not handed_back(space, name)[1]]


def _assigned(
    evaluation: Evaluation, scorers: Sequence[str], items: Sequence[tuple[str, ...]], now: datetime
) -> tuple[dict[str, tuple[Item, ...]], list[Finding]]:
    everything: tuple[Item, ...] = tuple((project, code, local) for project, code, local in items)
    if scorers:
        if len(set(scorers)) < 2:
            advice = "用 --scorers 写明，如 --scorers 甲、乙；同名的写成能区分的，如 王伟（财政）、王伟（信息）"
            raise WorkspaceError("双人打分至少要两名打分人", what_to_do=advice)
        return dict.fromkeys(scorers, everything), []
    if not evaluation.workspace.team.is_file():
        return {}, []
    team = check_people(evaluation, now).team
    assigned: dict[str, list[Item]] = {}
    findings: list[Finding] = []
    for project in dict.fromkeys(item[0] for item in everything):
        names = team.on_project(project, SCORER)
        for name in sorted(set(names) & set(team.on_project(project, REVIEWER))):
            words = Sentence.saying("项目{project}的打分人“{name}”又是复核人", project=project, name=name)
            place = CellRef(evaluation.workspace.team.name)
            findings.append(Finding("SCORER-08", Severity.ERROR, place, words, "由另一人复核", project))
        for name in names:
            assigned.setdefault(name, []).extend(item for item in everything if item[0] == project)
    return {name: tuple(given) for name, given in assigned.items()}, findings
