"""收件: whatever came back is dropped here; each file gets a row with what became of it."""

from collections import Counter
from collections.abc import Iterable

from PySide6.QtWidgets import QTabWidget

from toolkit.desktop.state.row_content import Row
from toolkit.desktop.state.rows import Column, Rows
from toolkit.desktop.state.session import Finished
from toolkit.desktop.widgets.drop_zone import DropZone
from toolkit.desktop.widgets.elements import button
from toolkit.desktop.widgets.page import Page
from toolkit.desktop.widgets.table import Table

_FILES = (
    Column("结果", "words", 8),
    Column("项目", "project", 6),
    Column("文件", "name", 44),
    Column("说明", "reason", 48),
)
_PROJECTS = (
    Column("序号", "id", 5),
    Column("责任单位", "unit", 16),
    Column("项目", "name", 36),
    Column("报送", "state", 7),
    Column("报送时间", "returned", 20),
    Column("须更正", "errors", 7, right=True),
    Column("请核实", "warnings", 7, right=True),
)
_ORDER = ("refused", "duplicate", "accepted", "evidence")
"""What must be looked at comes first."""
STATES = {"accepted": "已读取", "refused": "拒收", "duplicate": "重复", "evidence": "佐证"}


class IntakePage(Page):
    """Drop zone, what became of the files, and every project's state."""

    name = "收件"
    sentence = "文件叫什么名字都行；原件按内容存档，一个字节也不改"

    def build(self) -> None:
        """Put the page together."""
        self.action("打开收件箱文件夹", lambda: self.open_path("03-收件箱"))
        self.action("收取邮件", lambda: self.start("fetch"))
        self.action("催报", lambda: self.start("remind"))
        self.action("读取收件箱", lambda: self.take([]), is_main=True)
        self._last: list[str] = []
        self.zone = DropZone("把收到的文件、文件夹、压缩包或邮件拖到这里")
        self.zone.dropped.connect(self.take)
        self.files = Table(
            "刚收到的文件",
            Rows(_FILES, lambda row: (row["sha256"], row["name"])),
            filters=(("结果", "words"),),
            colour=_file_colour,
            empty="还没有读取过文件",
        )
        self.projects = Table(
            "各项目报送情况",
            Rows(_PROJECTS, lambda row: row["id"]),
            filters=(("责任单位", "unit"), ("报送", "state")),
            colour=lambda row, key: "warning" if key == "state" and row["state"] == "未报送" else "",
            empty="先打开或新建一个评价",
        )
        self.tabs = QTabWidget()
        self.again = button("重试", lambda: self.take(self._last), "small")
        self.again.setToolTip("把上一次的文件再读取一遍；已读取的不重复")
        self.again.setEnabled(False)
        self.tabs.setCornerWidget(self.again)
        self.tabs.addTab(self.projects, "各项目")
        self.tabs.addTab(self.files, "刚收到的文件")
        self.body.addWidget(self.zone)
        self.body.addWidget(self.tabs, 1)

    def filled(self, name: str) -> dict[str, object]:
        """The chosen file's project and hash, for saying which return counts."""
        rows = self.files.chosen_rows()
        if name != "choose" or not rows:
            return {}
        return {"project": rows[0]["project"], "sha256": rows[0]["sha256"]}

    def take(self, paths: list[str]) -> None:
        """Read files; the inbox when there are none."""
        self._last = paths
        self.start("collect", self._taken, paths=paths)

    def _taken(self, finished: Finished) -> None:
        self.say_end(finished)
        rows = [{**row, "words": STATES[row["state"]]} for row in finished.values.get("files", ())]
        self.files.load(sorted(rows, key=lambda row: _ORDER.index(row["state"])))
        refused = sum(row["state"] == "refused" for row in rows)
        self.again.setEnabled(bool(refused or finished.error))
        if refused:
            self.say_trouble(f"{counted(rows)}。拒收的理由在下表；处理以后按“重试”。")
        elif not finished.error:
            self.say(f"{counted(rows)}。" if rows else "收件箱里没有新文件。")
        if rows:
            self.tabs.setCurrentWidget(self.files)

    def updated(self) -> None:
        """Show the board."""
        if not self.has_new_board():
            return
        self.projects.load(_project(row) for row in self.session.board.get("projects", ()))


def _project(row: Row) -> Row:
    """A project on the board; of what has not come in nothing is counted."""
    if not row["returned"]:
        return {**row, "state": "未报送", "errors": "", "warnings": ""}
    late = f"（晚{row['days_late']}天）" if row["days_late"] else ""
    return {**row, "state": "晚报送" if late else "已报送", "returned": f"{when(row['returned'])}{late}"}


def counted(rows: Iterable[Row]) -> str:
    """How many files came to what: 已读取 37 个，拒收 1 个."""
    counts = Counter(row["state"] for row in rows)
    return "，".join(f"{STATES[state]} {counts[state]} 个" for state in STATES if counts[state])


def when(moment: str) -> str:
    """``2024-12-20T14:07:31+08:00`` → ``2024-12-20 14:07``."""
    return moment[:16].replace("T", " ")


def _file_colour(row: Row, key: str) -> str:
    return {"refused": "error", "accepted": "done"}.get(row["state"], "") if key == "words" else ""
