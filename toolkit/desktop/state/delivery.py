"""汇总并出报告: what will happen, what is missing, what came out."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

Json = dict[str, Any]
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
    missing = []
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
