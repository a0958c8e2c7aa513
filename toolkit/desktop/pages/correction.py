"""整改: what went back to the units, what they corrected."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter

from toolkit.desktop.state import correction
from toolkit.desktop.state.row_content import Row
from toolkit.desktop.state.rows import Column, Rows
from toolkit.desktop.state.session import Finished
from toolkit.desktop.widgets.page import Page
from toolkit.desktop.widgets.table import Table

_UNITS = (
    Column("责任单位", "unit", 30),
    Column("项目数", "projects", 8, right=True),
    Column("轮次", "rounds", 6, right=True),
    Column("要求更正", "asked", 8, right=True),
    Column("已销号", "closed", 8, right=True),
    Column("未销号", "open", 8, right=True),
    Column("待报送", "waiting", 8, right=True),
    Column("平均用时（天）", "days", 12, right=True),
)
_LINES = (
    Column("项目", "project", 5),
    Column("轮次", "round", 5, right=True),
    Column("情况", "kind", 11),
    Column("位置", "place", 18),
    Column("填报项", "label", 22),
    Column("退回时的问题", "asked", 36),
    Column("整改前", "before", 16),
    Column("整改后", "after", 16),
)
_COLOURS = {"未销号": "error", "新出现": "error", "待报送": "warning", "未要求的改动": "warning", "已销号": "done"}


class CorrectionPage(Page):
    """Rounds of every unit, and what changed in between."""

    name = "整改"
    sentence = "须更正的问题做成整改表退回单位；收回后自动销号"

    def build(self) -> None:
        """Put the page together."""
        self.action("打开整改文件夹", lambda: self.open_path("08-退回整改"))
        self.action("连同请核实一并退回", lambda: self.start("correct", self._made, warnings=True))
        self.action("生成整改表", lambda: self.start("correct", self._made), is_main=True)
        self.units = Table(
            "各单位整改进度",
            Rows(_UNITS, lambda row: row["unit"]),
            colour=lambda row, key: "warning" if key == "open" and row["open"] else "",
            empty="还没有退回过整改；有须更正的问题时按“生成整改表”",
            choose_first=True,
        )
        self.units.chosen.connect(self._show_lines)
        self.lines = Table(
            "逐条情况",
            Rows(_LINES, lambda row: (row["project"], row["kind"], row["code"], row["place"], row["label"])),
            filters=(("情况", "kind"), ("项目", "project")),
            colour=lambda row, key: _COLOURS.get(row["kind"], "") if key == "kind" else "",
            empty="退回以后，这里逐条列出要求更正的问题；单位报回后，列出是否销号和整改前后的不同",
        )
        self._all_lines: list[Row] = []
        split = QSplitter(Qt.Orientation.Vertical)
        split.addWidget(self.units)
        split.addWidget(self.lines)
        self.body.addWidget(split, 1)

    def entered(self) -> None:
        """Ask for the rounds."""
        if self.session.workspace:
            self.units.wait()
            self.session.look("view correction", self._show)

    def _made(self, finished: Finished) -> None:
        self.say_end(finished)
        if not finished.error:
            self.say(correction.made_words(finished.values))
        self.entered()

    def _show(self, finished: Finished) -> None:
        self.say_of_look(finished.error)
        self._all_lines = [correction.shown_line(line) for line in finished.values.get("lines", ())]
        self.units.load(finished.values.get("units", ()))
        self._show_lines(self.units.chosen_rows())

    def _show_lines(self, rows: list[Row]) -> None:
        units = {row["unit"] for row in rows}
        self.lines.load([line for line in self._all_lines if line["unit"] in units])
