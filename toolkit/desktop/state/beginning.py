"""What the wizard of a new evaluation asks for, and what it says of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from toolkit.desktop.state.places import own_workbook
from toolkit.operations import Json

NAMES = ("评价名称", "评价年度", "委托单位", "评价机构")
DATES = ("评价期间起", "评价期间止", "发函日期", "报送截止日", "整改截止日", "报告日期")
ASKED = (*NAMES, *DATES)
"""Settings of sheet 方案 that a new evaluation has of its own; all others stand in the scheme."""
HINTS: Mapping[str, str] = MappingProxyType({
    "评价名称": "印在采集表、通知函和报告上", "评价年度": "2024", "委托单位": "财政部门或主管部门",
    "评价机构": "本机构全称", "报送截止日": "没有这一天就不能下发",
})  # fmt: skip
DAY = "年-月-日，如 2024-12-31"
REQUIRED = ("评价名称", "评价年度", "委托单位", "评价机构")
_SHEET = "方案"
_WHERE_FROM = {
    "scheme": "（还没有的：到“方案”页按“更多操作”，选“新建方案”或“导入指标表”）",
    "roster": "（还没有的：到“方案”页按“更多操作”，选“取出全部模板”，填其中的 项目清单.xlsx）",
}
"""Where a person gets a file that the wizard asks for."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing to put right: its words with the cell, and where that is done.

    Attributes:
        setting: the field of the wizard it is about; "" where it is about a workbook.
        path: the workbook; "" where none of those chosen has its name.
        sheet: the sheet to open it at; "" where it is about the whole workbook.
        cell: the cell to open it at; "" for the sheet's first.
    """

    words: str
    setting: str = ""
    path: str = ""
    sheet: str = ""
    cell: str = ""


def hint(name: str) -> str:
    """What stands in an empty field."""
    return HINTS.get(name, DAY)


def known_values(checked: Json) -> dict[str, str]:
    """What the scheme has of the settings that are asked for."""
    rows = {row["name"]: row["value"] for row in checked.get("settings", ())}
    return {name: rows.get(name, "") for name in ASKED}


def settings(typed: Mapping[str, str], known: Mapping[str, str]) -> list[Json]:
    """What differs from the scheme, as operations ``init`` and ``view new plan`` take it."""
    return [
        {"name": name, "value": text.strip()} for name, text in typed.items() if text.strip() != known.get(name, "")
    ]


def faults(checked: Json, paths: Sequence[str]) -> list[Fault]:
    """Every finding with its place; errors first."""
    cells = {row["cell"]: row["name"] for row in checked.get("settings", ()) if row["name"] in ASKED}
    found = sorted(checked.get("findings", ()), key=lambda row: row["severity"] != "error")
    return [_fault(row, cells, paths) for row in found]


def _fault(found: Json, cells: Mapping[str, str], paths: Sequence[str]) -> Fault:
    place = f"{found['workbook']}《{found['sheet']}》{found['cell']}" if found["sheet"] else found["workbook"]
    must = "" if found["severity"] == "error" else "（可以先建立）"
    words = f"{place}：{found['message']}　{found['hint']}{must}"
    setting = cells.get(found["cell"], "") if found["sheet"] == _SHEET else ""
    path = own_workbook(found, "", paths)
    return Fault(words, setting or _named(found), path, found["sheet"], found["cell"])


def _named(found: Json) -> str:
    """A setting that has no row yet is known by its name in the words."""
    if found["sheet"] != _SHEET or found["cell"]:
        return ""
    return next((name for name in ASKED if f"“{name}”" in found["message"]), "")


def missing(kind: str, given: Mapping[str, str], names: Mapping[str, str]) -> str:
    """What is still to be chosen or filled in before an evaluation can be begun; "" for nothing.

    Args:
        kind: "" one's own workbooks, ``archive`` last year's archive, else a sample.
        given: paths by ``place``, ``roster``, ``scheme``, ``archive``.
        names: what was typed, by setting.
    """
    if not given["place"]:
        return "请选择评价放在哪个文件夹（新文件夹即可）"
    files = {"": (("scheme", "方案"), ("roster", "项目清单")), "archive": (("archive", "上年的归档包"),)}.get(kind, ())
    for key, words in files:
        if not Path(given[key]).is_file():
            return f"请选择{words}文件{_WHERE_FROM.get(key, '')}"
    if kind == "":
        empty = [name for name in REQUIRED if not names.get(name, "").strip()]
        return f"请填写{'、'.join(empty)}" if empty else ""
    return ""
