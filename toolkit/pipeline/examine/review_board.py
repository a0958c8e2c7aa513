"""The state of the three-level review as a value, and as a workbook with a tick for every signature that holds."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from toolkit.excel.table_sheet import Column, TableSheet, table_workbook
from toolkit.model import Finding, is_sound
from toolkit.people import LEVELS, Note, NoteState, Place, Review, State, project_state
from toolkit.pipeline.plan.evaluation import Evaluation
from toolkit.pipeline.plan.outputs import Outputs
from toolkit.text.number_runs import number_runs

_NAMED = 5


@dataclass(frozen=True, slots=True)
class ReviewBoard:
    """All reviews, by project and indicator in their order, and all notes."""

    file: Path | None
    reviews: Mapping[Place, Review]
    notes: tuple[Note, ...]
    findings: tuple[Finding, ...]
    new: int = 0

    @property
    def ok(self) -> bool:
        """No signature fell; one over what is not evaluated any more is only told."""
        return is_sound(self.findings)

    @property
    def order(self) -> tuple[str, ...]:
        """All projects, as they are listed."""
        return tuple(dict.fromkeys(project for project, _ in self.reviews))

    def projects(self) -> dict[str, State]:
        """Project id → state."""
        states: dict[str, list[State]] = {}
        for (project, _), review in self.reviews.items():
            states.setdefault(project, []).append(review.state)
        return {project: project_state(found) for project, found in states.items()}

    def blockers(self) -> tuple[str, ...]:
        """What stands between this evaluation and a final report, in Chinese."""
        missing = by_project(
            (
                (review.project, review.indicator, f"缺{'、'.join(review.missing)}签字")
                for review in self.reviews.values()
                if review.missing
            ),
            self.order,
        )
        waiting = [
            f"项目{note.project}的复核意见{note.id}（{note.author}）{note.state.value}，没有关闭"
            for note in self.notes
            if note.state is not NoteState.CLOSED
        ]
        return (*waiting, *missing)

    def as_json(self) -> dict[str, Any]:
        """``{"ok", "new", "file", "projects": {id: state}, "indicators", "notes", "blockers", "findings"}``."""
        return {
            "ok": self.ok,
            "new": self.new,
            "file": str(self.file) if self.file else "",
            "projects": {project: state.value for project, state in self.projects().items()},
            "indicators": [_review_json(review) for review in self.reviews.values()],
            "notes": [_note_json(note) for note in self.notes],
            "blockers": list(self.blockers()),
            "findings": [finding.as_json() for finding in self.findings],
        }


def by_project(troubles: Iterable[tuple[str, str, str]], order: Sequence[str]) -> list[str]:
    """Project, indicator and what of it: said once where it holds for several indicators or projects alike.

    ``order``: all projects, as they are listed.
    """
    codes: dict[tuple[str, str], list[str]] = {}
    for project, code, words in troubles:
        codes.setdefault((project, words), []).append(code)
    alike: dict[tuple[tuple[str, ...], str], list[str]] = {}
    for (project, words), found in codes.items():
        alike.setdefault((tuple(found), words), []).append(project)
    return [
        f"{_projects(projects, order)}{_indicators(found, several=len(projects) > 1)}{words}"
        for (found, words), projects in alike.items()
    ]


def _projects(ids: Sequence[str], order: Sequence[str]) -> str:
    return f"项目{ids[0]}" if len(ids) == 1 else f"{len(ids)}个项目（{number_runs(ids, order)}）"


def _indicators(codes: Sequence[str], *, several: bool) -> str:
    if len(codes) == 1:
        return f"{'的' if several else ''}指标{codes[0]}"
    named = f"{'、'.join(codes[:_NAMED])}{'等' if len(codes) > _NAMED else ''}"
    return f"{'各有' if several else '的'}{len(codes)}个指标（{named}）"


def _review_json(review: Review) -> dict[str, Any]:
    return {
        "project": review.project,
        "indicator": review.indicator,
        "state": review.state.value,
        "signed": {level: signature.by for level, signature in review.signed.items()},
        "fallen": [
            {"level": signed.signature.level, "by": signed.signature.by, "changed": list(signed.why) or [signed.words]}
            for signed in review.fallen
        ],
        "notes": [note.id for note in review.open_notes],
    }


def _note_json(note: Note) -> dict[str, Any]:
    return {
        "id": note.id, "project": note.project, "indicator": note.indicator, "place": note.place, "text": note.text,
        "by": note.author, "at": note.at, "state": note.state.value, "closed_by": note.closed_by,
        "answers": [{"by": by, "text": text} for by, text in note.answers],
    }  # fmt: skip


_COLUMNS = (
    Column("项目序号", 9, numeric=True), Column("项目名称", 30), Column("指标编号", 10), Column("指标名称", 28),
    Column("状态", 14), *(Column(level, 22) for level in LEVELS), Column("失效的签字", 40), Column("未关闭的意见", 14),
)  # fmt: skip
_NOTE_COLUMNS = (
    Column("编号", 11), Column("项目序号", 9, numeric=True), Column("位置", 30), Column("意见", 44),
    Column("提出人", 12), Column("回复", 44), Column("状态", 11),
)  # fmt: skip


BOARD_KEY, NOTE_KEY = ("项目序号", "指标编号"), ("编号",)
"""What rows of the two sheets are known by."""


def board_file(evaluation: Evaluation) -> Path:
    """Where 三级复核表.xlsx stands."""
    return evaluation.workspace.root / "14-复核记录" / "三级复核表.xlsx"


def write_board(evaluation: Evaluation, board: ReviewBoard, now: datetime) -> Path:
    """三级复核表.xlsx: a tick with name and day for every signature that holds."""
    path = board_file(evaluation)
    with Outputs(evaluation.workspace, now) as outputs:
        outputs.put(path, table_workbook(board_sheets(evaluation, board)))
    return path


def board_sheets(evaluation: Evaluation, board: ReviewBoard) -> tuple[TableSheet, TableSheet]:
    """Its two sheets."""
    title = evaluation.scheme.title
    rows = [_row(evaluation, review) for review in board.reviews.values()]
    notes = [
        (
            note.id,
            note.project,
            note.place,
            note.text,
            note.author,
            "；".join(f"{by}：{text}" for by, text in note.answers),
            note.state.value,
        )
        for note in board.notes
    ]
    hint = "√ 表示签字有效；所签的原件、取值、规则、评审意见、佐证、项目或指标名称有改动的，只有这一处的签字失效。"
    return (
        TableSheet("三级复核表", f"{title}三级复核表", _COLUMNS, rows, hint, filtered=True),
        TableSheet("复核意见", f"{title}复核意见", _NOTE_COLUMNS, notes, "由评价人回复，由提出人关闭。"),
    )


def _row(evaluation: Evaluation, review: Review) -> tuple[str, ...]:
    project, indicator = evaluation.roster.project(review.project), evaluation.scheme.indicator(review.indicator)
    ticks = [
        f"√ {found.by} {found.at[:10]}" if (found := review.signed.get(level)) is not None else "" for level in LEVELS
    ]
    fell = "；".join(f"{signed.signature.level} {signed.signature.by}：{signed.words}" for signed in review.fallen)
    return (
        review.project, project.name if project else "", review.indicator, indicator.name if indicator else "",
        review.state.value, *ticks, fell, "、".join(note.id for note in review.open_notes),
    )  # fmt: skip
