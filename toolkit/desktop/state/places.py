"""Where a finding is: the workbook it can be put right in, and what is said once it is open."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

Json = Mapping[str, Any]
_OWN = frozenset({"方案.xlsx", "项目清单.xlsx", "评审意见.xlsx", "报告素材.xlsx", "工作组.xlsx", "预填.xlsx"})
"""Workbooks of the evaluators' own in the evaluation's folder."""


def is_own(found: Json) -> bool:
    """Whether a finding is about a workbook of the evaluators' own, though it may be about a project."""
    return found.get("workbook", "") in _OWN


def own_workbook(found: Json, workspace: str, chosen: Iterable[str] = ()) -> str:
    """The evaluators' own workbook a finding is about: one of those chosen, else one in the evaluation's folder.

    Args:
        found: a finding with its ``workbook``.
        workspace: the open evaluation's folder, "" for none.
        chosen: paths a person chose or typed.

    Returns:
        Its path; "" where there is none of this name.
    """
    name = str(found.get("workbook", ""))
    near = next((path for path in chosen if name and Path(path).name == name), "")
    here = Path(workspace) / name
    return near or (str(here) if workspace and name == here.name and here.is_file() else "")


def opened_own(values: Json) -> str:
    """What to do now that a workbook of one's own is open, and where, if no program went to the cell."""
    if values["program"]:
        return f"已用 {values['program']} 打开，定位在 {values['at']}；改好保存后回到这里重新检查。"
    return f"已打开；本机没有可自动定位的程序，请到 {values['at']} 修改，保存后回到这里重新检查。"


def opened_copy(values: Json) -> str:
    """Where the copy of a return was opened; without a program that jumps to a cell, where to look."""
    if values["program"]:
        return f"已用 {values['program']} 打开副本（只读），定位在 {values['at']}；原件不动。"
    return f"已打开副本；本机没有可自动定位的程序，请到 {values['at']} 查看。原件不动。"
