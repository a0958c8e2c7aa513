"""整改: what went back to the units, what they corrected."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter

from toolkit.desktop.pages.opening import open_file
from toolkit.desktop.state.rows import Column, Row, Rows
from toolkit.desktop.state.session import Finished
from toolkit.desktop.widgets.page import Page
from toolkit.desktop.widgets.table import Table

_UNITS = (
    Column("责任单位", "unit", 30),
    Column("项目数", "projects_shown", 8, right=True),
    Column("轮次", "rounds", 6, right=True),
    Column("要求更正", "asked", 8, right=True),
    Column("已销号", "closed", 8, right=True),
    Column("未销号", "open", 8, right=True),
    Column("待报送", "waiting", 8, right=True),
    Column("平均用时（天）", "days_shown", 12, right=True),
)
_CHANGES = (
    Column("项目", "project", 6),
    Column("位置", "place", 22),
    Column("填报项", "label", 26),
    Column("整改前", "before", 24),
    Column("整改后", "after", 24),
)


class CorrectionPage(Page):
    """Rounds of every unit, and what changed in between."""

    name = "整改"
    sentence = "须更正的问题做成整改表退回单位；收回后自动销号"

    def build(self) -> None:
        """Put the page together."""
        self.action("打开整改文件夹", lambda: open_file(f"{self.session.workspace}/08-退回整改"))
        self.action("连同请核实一并退回", lambda: self.start("correct", self._made, warnings=True))
        self.action("生成整改表", lambda: self.start("correct", self._made), is_main=True)
        self.units = Table(
            "各单位整改进度",
            Rows(_UNITS, lambda row: row["unit"]),
            colour=lambda row, key: "warning" if key == "open" and row["open"] else "",
            empty="还没有退回过整改；有须更正的问题时按“生成整改表”",
            choose_first=True,
        )
        self.units.chosen.connect(self._show_changes)
        self.changes = Table(
            "整改前后的不同",
            Rows(_CHANGES, lambda row: tuple(row.values())),
            empty="单位报回整改表后，这里列出整改前后的不同",
        )
        split = QSplitter(Qt.Orientation.Vertical)
        split.addWidget(self.units)
        split.addWidget(self.changes)
        self.body.addWidget(split, 1)

    def entered(self) -> None:
        """Ask for the rounds."""
        if self.session.workspace:
            self.units.wait()
            self.session.look("rounds", self._show)

    def _made(self, finished: Finished) -> None:
        self.say_end(finished)
        self.entered()

    def _show(self, finished: Finished) -> None:
        self.say_of_look(finished.error)
        self.units.load(
            {
                **unit,
                "projects_shown": "、".join(map(str, unit["projects"]))
                if isinstance(unit["projects"], list | tuple)
                else unit["projects"],
                "days_shown": "" if unit["days"] is None else unit["days"],
            }
            for unit in finished.values.get("units", ())
        )

    def _show_changes(self, rows: list[Row]) -> None:
        self.changes.load(
            {**change, "place": f"{change.get('sheet', '')} {change.get('cell', '')}".strip()}
            for row in rows
            for change in row.get("changes", ())
        )
