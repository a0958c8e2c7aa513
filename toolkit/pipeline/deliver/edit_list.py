"""人工修改合并情况: which figures changed in reports a person edited, and where a person should look."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from toolkit.excel.table_sheet import Column, TableSheet, table_workbook
from toolkit.pipeline.edited import EditedReport, EditState
from toolkit.pipeline.plan.outputs import Outputs

NAME = "人工修改合并情况.xlsx"
_REPORTS = (Column("报告", 50), Column("处理情况", 24), Column("人工修改稿另存为", 50), Column("说明", 50))
_FIGURES = (Column("报告", 44), Column("原数", 16), Column("新数", 16), Column("上下文", 60), Column("总表位置", 20))
_PLACES = (Column("报告", 44), Column("情况", 36), Column("人工文字", 60), Column("新生成的文字", 60))


def write_edit_list(
    outputs: Outputs, folder: Path, title: str, edited: Sequence[EditedReport], now_at: Mapping[str, str]
) -> Path | None:
    """Write the list beside the reports; None where no edited report changed.

    ``now_at``: address of a figure → the cell where a person finds it, of those that are named otherwise.
    """
    told = [report for report in edited if report.state is not EditState.UNTOUCHED]
    if not told:
        return None
    reports = [
        (report.file.name, report.state.value, report.copy.name if report.copy else "", report.why) for report in told
    ]
    sheets = (
        TableSheet(
            "报告", f"{title}：人工修改过的报告", _REPORTS, reports, "修改过的文字已保留，数字已按本次数据更新。"
        ),
        TableSheet("数字变化", "数字变化", _FIGURES, list(_figures(told, now_at)), "同一来源的数字只列一次。"),
        TableSheet("请核对", "请核对", _PLACES, list(_places(told)), "除已删除的段落外，报告中相应位置有批注。"),
    )
    path = folder / NAME
    outputs.put(path, table_workbook(sheets))
    return path


def _figures(edited: Sequence[EditedReport], now_at: Mapping[str, str]) -> Iterator[tuple[str, ...]]:
    for report in edited:
        for change in report.merged.figures if report.merged else ():
            yield report.file.name, change.before, change.after, change.context, _cell(change.at, now_at)


def _cell(at: str, now_at: Mapping[str, str]) -> str:
    cell, mark, number = at.partition("#")
    return f"{now_at.get(cell, cell)}{mark}{number}"


def _places(edited: Sequence[EditedReport]) -> Iterator[tuple[str, ...]]:
    for report in edited:
        for place in report.merged.attention if report.merged else ():
            yield report.file.name, place.reason.value, place.mine, place.theirs
