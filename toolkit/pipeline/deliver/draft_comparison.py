"""``jixiao report --compare``: what changed between two drafts, in figures and in words."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from toolkit.aggregate import cell_words
from toolkit.errors import TemplateError, UnreadableFileError
from toolkit.excel.table_sheet import Column, TableSheet, table_workbook
from toolkit.pipeline.deliver.drafts import FOLDER, STAGES, Draft, cover_mark, two_drafts
from toolkit.pipeline.edited import SetAside
from toolkit.pipeline.plan.evaluation import Evaluation
from toolkit.pipeline.plan.outputs import Outputs
from toolkit.pipeline.progress import Progress, silent
from toolkit.word.comparing import ChangeKind, Comparison, compare_documents

_SAME, _CHANGED, _ONLY_OLD, _ONLY_NEW, _UNREADABLE = "无变化", "有变化", "新稿没有", "旧稿没有", "读不出来"
_JSON_STATES = {
    _SAME: "same",
    _CHANGED: "changed",
    _ONLY_OLD: "only_old",
    _ONLY_NEW: "only_new",
    _UNREADABLE: "unreadable",
}
_MARKS = frozenset(map(cover_mark, STAGES))
_OVERVIEW = (
    Column("报告", 56),
    Column("情况", 12),
    Column("数字变动", 10, numeric=True),
    Column("文字变动", 10, numeric=True),
    Column("说明", 50),
)
_FIGURES = (
    Column("报告", 40),
    Column("章节", 34),
    Column("数字的含义", 44),
    Column("旧稿", 16),
    Column("新稿", 16),
    Column("出现次数", 10, numeric=True),
    Column("上下文", 60),
    Column("新稿总表位置", 20),
)
_WORDS = (
    Column("报告", 40),
    Column("章节", 34),
    Column("变动", 10),
    Column("改动之处", 50),
    Column("旧稿文字", 60),
    Column("新稿文字", 60),
)


@dataclass(frozen=True, slots=True)
class ReportComparison:
    """One report in both drafts; ``why``: what kept it from being compared."""

    name: str
    state: str
    found: Comparison = field(default_factory=Comparison)
    why: str = ""


@dataclass(frozen=True, slots=True)
class DraftComparison:
    """Two drafts compared; ``file`` is the workbook that lists everything."""

    old: Draft
    new: Draft
    file: Path
    reports: tuple[ReportComparison, ...]
    notes: tuple[str, ...]
    meaning: Callable[[str], str]
    set_aside: tuple[SetAside, ...] = ()

    @property
    def figures(self) -> int:
        """How many figures changed, each report counted for itself."""
        return sum(len(report.found.figures) for report in self.reports)

    @property
    def words(self) -> int:
        """How many paragraphs, rows and charts changed."""
        return sum(len(report.found.words) for report in self.reports)

    def as_json(self) -> dict[str, Any]:
        """``{"old", "new", "file", "figures", "words", "notes", "reports": [{"name", "state", …}], "set_aside"}``."""
        return {
            "old": self.old.as_json(),
            "new": self.new.as_json(),
            "file": str(self.file),
            "figures": self.figures,
            "words": self.words,
            "notes": list(self.notes),
            "reports": [self._report(report) for report in self.reports],
            "set_aside": [aside.as_json() for aside in self.set_aside],
        }

    def _report(self, report: ReportComparison) -> dict[str, Any]:
        figures = [
            {
                "at": figure.at,
                "was_at": figure.was_at,
                "meaning": self.meaning(figure.at),
                "before": figure.before,
                "after": figure.after,
                "place": figure.place,
                "context": figure.context,
                "times": figure.times,
            }
            for figure in report.found.figures
        ]
        words = [
            {
                "kind": change.kind.value,
                "place": change.place,
                "before": change.before,
                "after": change.after,
                "changed": change.changed,
            }
            for change in report.found.words
        ]
        state = _JSON_STATES[report.state]
        return {"name": report.name, "state": state, "why": report.why, "figures": figures, "words": words}


def compare_drafts(
    evaluation: Evaluation, old: str, new: str, now: datetime, progress: Progress = silent
) -> DraftComparison:
    """Compare two drafts (see :func:`two_drafts` for how they are named) and write the workbook.

    Raises:
        WorkspaceError: there are no such drafts.
    """
    first, second = two_drafts(evaluation, old, new)
    reports = tuple(_reports(first, second, progress))
    notes = tuple(
        f"{draft.title}存稿以后有文件被改动或移走，按现有文件对比：{'、'.join(altered)}"
        for draft in (first, second)
        if (altered := draft.altered())
    )
    space = evaluation.workspace
    master = second.master(space)
    meaning = cell_words(master) if master else (lambda _at: "")
    path = space.reports / FOLDER / f"对比_{_short(first)}与{_short(second)}.xlsx"
    path.parent.mkdir(parents=True, exist_ok=True)
    made = DraftComparison(first, second, path, reports, notes, meaning)
    with Outputs(space, now) as outputs:
        outputs.put(path, table_workbook(_sheets(made)))
    return DraftComparison(first, second, path, reports, notes, meaning, outputs.set_aside)


def _short(draft: Draft) -> str:
    return f"第{draft.number}稿" if draft.number else draft.title


def _reports(first: Draft, second: Draft, progress: Progress) -> Iterator[ReportComparison]:
    olds, news = first.reports(), second.reports()
    names = list(dict.fromkeys((*news, *olds)))
    for done, name in enumerate(names, 1):
        if name not in olds or name not in news:
            yield ReportComparison(name, _ONLY_OLD if name in olds else _ONLY_NEW)
        else:
            yield _compared(name, olds[name], news[name])
        progress("对比报告", done, len(names))


def _compared(name: str, old: Path, new: Path) -> ReportComparison:
    try:
        found = compare_documents(old.read_bytes(), new.read_bytes(), _MARKS)
    except (TemplateError, UnreadableFileError) as error:
        return ReportComparison(name, _UNREADABLE, why=error.message)
    except OSError as error:
        return ReportComparison(name, _UNREADABLE, why=f"文件打不开（{error.strerror}）")
    return ReportComparison(name, _CHANGED if found.figures or found.words else _SAME, found)


def _sheets(made: DraftComparison) -> tuple[TableSheet, ...]:
    title = f"{made.old.title}与{made.new.title}对比"
    hint = "；".join((f"数字变动{made.figures}处，文字变动{made.words}处", *made.notes)) + "。"
    overview = [
        (report.name, report.state, str(len(report.found.figures)), str(len(report.found.words)), _note(report))
        for report in made.reports
    ]
    return (
        TableSheet("总览", title, _OVERVIEW, overview, hint, filtered=True),
        TableSheet(
            "数字变动",
            f"{title}：数字",
            _FIGURES,
            list(_figure_rows(made)),
            "同一报告中同一来源的数字列一次。数字都来自汇总总表。",
            filtered=True,
        ),
        TableSheet(
            "文字变动",
            f"{title}：文字",
            _WORDS,
            list(_word_rows(made)),
            "只有数字变动的段落不在此列；表格按行对比。",
            filtered=True,
        ),
    )


def _note(report: ReportComparison) -> str:
    kinds = Counter(change.kind for change in report.found.words)
    told = "、".join(f"{kind.value}{kinds[kind]}" for kind in ChangeKind if kinds[kind])
    return report.why or told


def _figure_rows(made: DraftComparison) -> Iterator[tuple[str, ...]]:
    for report in made.reports:
        for figure in report.found.figures:
            yield (
                *(report.name, figure.place, made.meaning(figure.at), figure.before, figure.after),
                *(str(figure.times), figure.context, figure.at),
            )


def _word_rows(made: DraftComparison) -> Iterator[tuple[str, ...]]:
    for report in made.reports:
        for change in report.found.words:
            yield report.name, change.place, change.kind.value, change.changed, change.before, change.after
