"""How much of thousands of projects a report lists row by row; the master workbook lists all of it (ADR 0045)."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from toolkit.model import CellRef, Finding, Sentence, Severity
from toolkit.report.wording import quoted

MOST_PROJECTS = 500
"""Projects that a table has a row for: some thirty pages."""
MOST_FINDINGS = 1_000
"""Findings that the list in annex 3 has a row for: some hundred pages."""
SHORTENED = "REPORT-02"
_WHERE = "不需要处理：全部项目和问题见汇总总表，每个项目的问题另见它的单项目报告"
_T = TypeVar("_T")
_Row = dict[str, object]


def first(projects: Sequence[_T]) -> Sequence[_T]:
    """The projects, or what stands for each of them, that a report has rows for."""
    return projects[:MOST_PROJECTS]


def rest(projects: Sequence[_T]) -> Sequence[_T]:
    """Those that it has no rows for."""
    return projects[MOST_PROJECTS:]


def closed(
    rows: list[_Row], others: int, where: str, sums: Mapping[str, object] | None = None, name: str = "名称"
) -> list[_Row]:
    """Rows of projects with one more that says how many others there are and where they stand, if there are any.

    Args:
        rows: at least one, all with the same keys.
        others: how many projects have no row.
        where: they stand: a sheet of the master, or other reports.
        sums: what the row says of the others; its further cells are a dash.
        name: of the cell with the words.
    """
    if not others:
        return rows
    blank = {key: ["—"] * len(value) if isinstance(value, list) else "—" for key, value in rows[-1].items()}
    return [*rows, {**blank, "序号": "", name: f"其余{others}个项目，见{where}", **(sums or {})}]


def some_names(names: Iterable[str]) -> str:
    """“甲”“乙”…; of more than a report lists the first, and how many they are."""
    every = list(dict.fromkeys(names))
    return quoted(every, MOST_PROJECTS, f"{len(every)}个项目")


def shortened(projects: int, findings: int) -> tuple[Finding, ...]:
    """What a run says of overall reports that do not list everything, of so many projects and findings."""
    parts = [
        *([f"各表只列前{MOST_PROJECTS}个项目（共{projects}个），不印热力图"] if projects > MOST_PROJECTS else []),
        *([f"核查问题清单只列前{MOST_FINDINGS}项（共{findings}项，须更正的在前）"] if findings > MOST_FINDINGS else []),
    ]
    if not parts:
        return ()
    words = Sentence.saying("整体报告{what}；表的末行写明其余的见汇总总表何处", what="，".join(parts))
    return (Finding(SHORTENED, Severity.NOTE, CellRef("07-评价报告"), words, _WHERE),)
