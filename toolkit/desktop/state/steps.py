"""The rail: the steps of the work in their order, each with how it stands."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from toolkit.operations import Json


class Standing(StrEnum):
    """How a step stands, in the words of its badge."""

    NOT_STARTED = "未开始"
    TO_DO = "需处理"
    DONE = "已完成"
    NONE = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One entry of the rail. ``count`` belongs to 需处理; ``note`` is the second, smaller line."""

    page: str
    standing: Standing = Standing.NONE
    count: int = 0
    note: str = ""

    @property
    def badge(self) -> str:
        """``需处理 8``."""
        return f"{self.standing} {self.count}" if self.standing is Standing.TO_DO and self.count else str(self.standing)


PAGES = ("开始", "方案", "下发", "收件", "核查", "整改", "评审", "评分", "汇总并出报告", "归档")
"""Names of the pages in the order of the work."""
BESIDE = ("校核", "工作组", "设置")
"""Pages that belong to no step."""
NAMES = (*PAGES, *BESIDE)
SECTIONS = MappingProxyType({"台账": "归档", "日志": "归档", "假设分析": "评分", "比较两版": "方案"})
"""Parts of pages that have a name of their own, each with its page."""


def steps(board: Json, made: Json | None = None) -> list[Step]:
    """The rail for a board (``view board``); nothing has begun while no evaluation is open.

    Args:
        board: ``{"counts": {...}, "projects": [...], "corrections": [...], "reports_wait": bool}``.
        made: what was made: ``{"reports": int, "archived": bool}``.
    """
    known = dict(_standing(board["counts"], board, made or {})) if board else {}
    standing = {page: Step(page, Standing.NOT_STARTED) for page in PAGES} | known
    return [standing.get(page, Step(page)) for page in NAMES]


def _standing(counts: Json, board: Json, made: Json) -> Iterator[tuple[str, Step]]:
    projects, returned = counts["projects"], counts["returned"]
    yield "开始", Step("开始", Standing.DONE, note=board["title"])
    yield "方案", Step("方案", Standing.DONE, note=f"{projects}个项目")
    yield "下发", _part("下发", counts["dispatched"], projects, "已下发")
    yield "收件", _part("收件", returned, projects, "已报送")
    to_correct = counts["to_correct"]
    if not returned:
        yield "核查", Step("核查", Standing.NOT_STARTED)
    elif to_correct:
        yield "核查", Step("核查", Standing.TO_DO, to_correct, f"{to_correct}个项目须更正")
    else:
        yield "核查", Step("核查", Standing.DONE, note="没有须更正的问题")
    yield "整改", _correction(board, to_correct)
    yield "评审", _review(returned, counts.get("provisional", 0))
    yield "评分", _part("评分", counts["scored"], returned, "已评分")
    reports = made.get("reports", 0)
    yield "汇总并出报告", _delivered(reports, waits=board.get("reports_wait", False))
    if made.get("archived"):
        yield "归档", Step("归档", Standing.DONE, note="已归档")


def _delivered(reports: int, *, waits: bool) -> Step:
    if waits:
        return Step("汇总并出报告", Standing.TO_DO, note="总表之后报告没有出完")
    if not reports:
        return Step("汇总并出报告", Standing.NOT_STARTED)
    return Step("汇总并出报告", Standing.DONE, note=f"报告{reports}份")


def _review(returned: int, waiting: int) -> Step:
    """Opinions are complete once no score can change any more."""
    if not returned:
        return Step("评审", Standing.NOT_STARTED)
    if waiting:
        return Step("评审", Standing.TO_DO, waiting, f"{waiting}个项目还有待评审的指标")
    return Step("评审", Standing.DONE, note="没有待评审的指标")


def _part(page: str, done: int, of: int, word: str) -> Step:
    note = f"{word} {done}/{of}"
    if not done:
        return Step(page, Standing.NOT_STARTED, note=note)
    return Step(page, Standing.DONE, note=note) if done >= of else Step(page, Standing.TO_DO, of - done, note)


def _correction(board: Json, to_correct: int) -> Step:
    sent = sum(row["round"] > 0 for row in board["projects"])
    if not sent:
        if to_correct or not board["counts"]["returned"]:
            return Step("整改", Standing.NOT_STARTED)
        return Step("整改", Standing.DONE, note="没有要退回整改的问题")
    waiting = sum(row["round"] > 0 and row["errors"] > 0 for row in board["projects"])
    note = f"已退回{sent}个项目"
    return Step("整改", Standing.TO_DO, waiting, note) if waiting else Step("整改", Standing.DONE, note=note)
