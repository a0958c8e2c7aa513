"""Workbooks beside the master whose figures rest on the ledger: each against what would be written now."""

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

from toolkit.consultation import HANDLING_KEY, MOVES_KEY, TYPED, handling_sheets
from toolkit.errors import ToolkitError, UnreadableFileError
from toolkit.excel.own_columns import RowDifference, row_differences
from toolkit.excel.read import read_workbook
from toolkit.excel.table_sheet import TableSheet
from toolkit.model import CellRef, Finding, ScoreSheet, Sentence, Severity
from toolkit.pipeline.examine.consulting import FOLDER as OPINIONS
from toolkit.pipeline.examine.consulting import HANDLING_FILE, standing_of
from toolkit.pipeline.examine.draft_extracts import Draft
from toolkit.pipeline.examine.giving_out import FOLDER as SCOREBOOKS
from toolkit.pipeline.examine.giving_out import RULING_FILE
from toolkit.pipeline.examine.review_board import BOARD_KEY, NOTE_KEY, board_file, board_sheets
from toolkit.pipeline.examine.signing import review_board
from toolkit.pipeline.intake.originals import original_path
from toolkit.pipeline.intake.surveying import MAPPING, read_again, results_file
from toolkit.pipeline.plan.evaluation import Evaluation
from toolkit.pipeline.plan.own_files import read_own
from toolkit.pipeline.plan.scorebooks import comparable_marks, rulings_on_record
from toolkit.pipeline.plan.surveys import surveyed_values
from toolkit.review import RULING_KEY, compare, ruling_sheet
from toolkit.survey import Mapping as Remembered
from toolkit.survey import read_mapping, result_sheets

_RULED = frozenset(("裁定值", "理由", "裁定人"))
_AGAIN = "不是人填写的栏目请勿直接改动；重新运行生成它的命令"
_NOT_READ = "确要改的，重新运行读回这份表的命令（adjudicate 或 opinions）；否则改回"
Keyed = tuple[TableSheet, Sequence[str]]


def verify_workbooks(evaluation: Evaluation, sheets: Mapping[str, ScoreSheet], now: datetime) -> Iterator[Finding]:
    """差异裁定, 征求意见处理表, 三级复核表, 问卷结果: those that are there, what in them would be written otherwise."""
    root = evaluation.workspace.root
    rulings, handling = root / SCOREBOOKS / RULING_FILE, root / OPINIONS / HANDLING_FILE
    if rulings.is_file():
        yield from _compared(rulings, partial(_rulings, evaluation), _RULED)
    if handling.is_file():
        yield from _compared(handling, partial(_opinions, evaluation, sheets), TYPED)
    if (board := board_file(evaluation)).is_file():
        yield from _compared(board, partial(_reviews, evaluation, now))
    for digest, code, project in _surveys(evaluation):
        path = results_file(evaluation, code, digest)
        if path.is_file():
            yield from _compared(path, partial(_results, evaluation, digest, code, project))


def _rulings(evaluation: Evaluation) -> Iterable[Keyed]:
    compared = compare(evaluation.scheme, comparable_marks(evaluation.workspace))
    differing = [compared_mark for compared_mark in compared if compared_mark.differs and compared_mark.complete]
    return [(ruling_sheet(evaluation.scheme, differing, rulings_on_record(evaluation.workspace)), RULING_KEY)]


def _opinions(evaluation: Evaluation, sheets: Mapping[str, ScoreSheet]) -> Iterable[Keyed]:
    handled, moves = handling_sheets(*standing_of(Draft(evaluation, None, sheets)))
    return [(handled, HANDLING_KEY), (moves, MOVES_KEY)]


def _reviews(evaluation: Evaluation, now: datetime) -> Iterable[Keyed]:
    board, notes = board_sheets(evaluation, review_board(evaluation, now))
    return [(board, BOARD_KEY), (notes, NOTE_KEY)]


def _surveys(evaluation: Evaluation) -> list[tuple[str, str, str]]:
    """sha256, survey and project of every questionnaire that counts; project "" where one file is of several."""
    found: dict[tuple[str, str], set[str]] = {}
    for value in surveyed_values(evaluation.workspace):
        found.setdefault((value.sha256, value.survey), set()).add(value.project)
    return [(*key, projects.pop() if len(projects) == 1 else "") for key, projects in found.items()]


def _results(evaluation: Evaluation, digest: str, code: str, project: str) -> Iterable[Keyed]:
    data = original_path(evaluation.workspace, digest).read_bytes()
    path = evaluation.workspace.root / MAPPING
    remembered = read_own(path, read_mapping) if path.exists() else Remembered()
    results, answers = read_again(evaluation, data, code, project, remembered)
    names = {project.id: project.name for project in evaluation.roster.projects}
    return [(sheet, ()) for sheet in result_sheets(results, answers, names)]


def _compared(path: Path, sheets: Callable[[], Iterable[Keyed]], typed: Container[str] = ()) -> Iterator[Finding]:
    try:
        book = read_workbook(path.read_bytes())
        wanted = list(sheets())
    except UnreadableFileError as error:
        yield Finding(
            "VERIFY-21",
            Severity.ERROR,
            CellRef(path.name),
            Sentence.of("文件读不出来：{reason}", {"reason": error.message}),
            _AGAIN,
        )
        return
    except (ToolkitError, OSError) as error:
        words = Sentence.of("无法重新生成来核对：{reason}", {"reason": str(getattr(error, "message", error))})
        yield Finding("VERIFY-21", Severity.WARNING, CellRef(path.name), words, "核对原件和对照表是否还在")
        return
    for sheet, key in wanted:
        for difference in row_differences(sheet, book, path.name, key, typed):
            yield _told(difference)


def _told(difference: RowDifference) -> Finding:
    if not difference.heading:
        what = "缺少" if difference.expected else "多出"
        words = Sentence.of(
            "《{sheet}》{what}“{said}”",
            {"sheet": difference.at.sheet, "what": what, "said": (difference.expected or difference.found)[:60]},
        )
    else:
        said = "为“{found}”，已读回的是“{expected}”" if difference.typed else "为“{found}”，应为“{expected}”"
        words = Sentence.of(
            "《{sheet}》“{key}”的{heading}" + said,
            {
                "sheet": difference.at.sheet,
                "key": difference.key[:40],
                "heading": difference.heading,
                "found": difference.found[:60],
                "expected": difference.expected[:60],
            },
        )
    return Finding(
        "VERIFY-21",
        Severity.WARNING if difference.typed else Severity.ERROR,
        difference.at,
        words,
        _NOT_READ if difference.typed else _AGAIN,
        found=difference.found[:60],
        expected=difference.expected[:60],
    )
