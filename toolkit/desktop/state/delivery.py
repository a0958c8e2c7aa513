"""汇总并出报告: what will happen, what is missing, what came out."""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from toolkit.operations import Json

_COPY = "（人工修改 "
"""In the name of a person's version that was kept beside the report made anew."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What pressing the button means now; ``missing`` are things that do not stop it but should be known."""

    does: tuple[str, ...]
    missing: tuple[str, ...]


def preview(board: Json) -> Preview:
    """Words for a board (``view board``)."""
    if not board:
        return Preview((), ("还没有打开评价",))
    counts = board["counts"]
    does = (
        "读取收件箱里的新文件，已读过的不重复读取",
        f"核查已报送的{counts['returned']}个项目，按规则评分",
        "写汇总总表（Excel，含公式和图表）",
        "写评价报告（Word）；人工改过的内容保留，只更新数字",
    )
    missing = ["总表更新以后报告没有出完，文件夹里的报告不全或不是最新"] if board.get("reports_wait") else []
    waiting = counts["projects"] - counts["returned"]
    if waiting:
        missing.append(f"{waiting}个项目尚未报送，报告中列为未报送")
    if counts["to_correct"]:
        missing.append(f"{counts['to_correct']}个项目有须更正的问题，报告中如实列出")
    return Preview(does, tuple(missing))


def made(workspace: str) -> Json:
    """What stands in the folder by now: ``{"master": path or "", "reports": [paths]}``, reports on the whole first."""
    root = Path(workspace)
    master = root / "06-汇总总表" / "汇总总表.xlsx"
    written = (root / "07-评价报告").glob("*.docx")
    wanted = (path for path in written if not path.name.startswith("~$") and _COPY not in path.name)
    reports = sorted(wanted, key=lambda path: (path.name[:1].isdigit(), path.name))
    return {"master": str(master) if master.exists() else "", "reports": [str(path) for path in reports]}


def told_of_reports(run: Json) -> str:
    """What a run has to say of its reports, the gravest first, a line each; "" where that is nothing."""
    found = sorted(run.get("report_findings", ()), key=lambda one: _GRAVEST.index(one["severity"]))
    lines = [f"{one['workbook']} {one['message']}".strip() for one in found[:_TOLD]]
    more = [f"等共{len(found)}条"] if len(found) > _TOLD else []
    return "".join(f"\n• {line}" for line in [*lines, *more])


_GRAVEST = ("error", "warning", "note")
_TOLD = 6
"""So many findings are told under the button."""
_EDITED = {
    "merged": "人工修改已保留，数据已更新",
    "untouched": "数据未变，保持人工修改后的原样",
    "set_aside": "无法合并，按新数据重新生成",
    "busy": "文件正被打开，没有更新",
}


def rows(workspace: str, run: Json) -> list[Json]:
    """A row for each file that stands in the folder, with what the last run (``{}`` for none) changed in it."""
    files = made(workspace)
    edited = {Path(report["file"]).name: report for report in run.get("edited", ())}
    aside = {Path(copy["file"]).name: Path(copy["copy"]).name for copy in run.get("set_aside", ())}
    return [
        {"file": path, "name": Path(path).name, "changes": _changes(Path(path).name, edited, aside)}
        for path in filter(None, (files["master"], *files["reports"]))
    ]


def conflicts(run: Json) -> list[Json]:
    """Figures that changed in reports a person edited, and places to look at: file, where, before, after."""
    found = []
    for report in run.get("edited", ()):
        name = Path(report["file"]).name
        found += [
            {"name": name, "kind": "数字变化", "at": each["context"] or each["at"], "before": each["before"],
             "after": each["after"]}
            for each in report["figures"]
        ]  # fmt: skip
        found += [
            {"name": name, "kind": f"请核对：{each['reason']}", "at": "", "before": each["mine"], "after": each["new"]}
            for each in report["attention"]
        ]
    return found


def save_copies(files: Sequence[str], folder: str) -> tuple[int, list[str]]:
    """Copy files into a folder: how many, and for each that was not copied why. Nothing there is written over."""
    faults = []
    for file in files:
        target = Path(folder) / Path(file).name
        if target.exists():
            faults.append(f"“{target.name}”在那个文件夹里已经有了，没有另存")
            continue
        try:
            shutil.copyfile(file, target)
        except OSError as fault:
            faults.append(f"“{target.name}”没有另存：{fault.strerror}")
    return len(files) - len(faults), faults


def _changes(name: str, edited: Json, aside: Json) -> str:
    if name in aside:
        return f"按本次数据重新生成，人工修改稿另存为 {aside[name]}"
    if name not in edited:
        return ""
    report = edited[name]
    counts = f"数字变化{len(report['figures'])}处，请核对{len(report['attention'])}处"
    copy = f"；人工修改稿另存为 {Path(report['copy']).name}" if report["copy"] else ""
    return f"{_EDITED.get(report['state'], report['state'])}（{report['why'] or counts}）{copy}"
