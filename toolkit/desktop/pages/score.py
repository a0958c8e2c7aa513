"""评分: totals and grades, and how each point came about."""

from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QTabWidget, QVBoxLayout, QWidget

from toolkit.desktop.state.row_content import Row
from toolkit.desktop.state.rows import Column, Rows
from toolkit.desktop.state.session import Finished
from toolkit.desktop.widgets.page import Page
from toolkit.desktop.widgets.supposing_form import SupposingForm
from toolkit.desktop.widgets.table import Table
from toolkit.operations import Json

_PROVISIONAL = "（暂）"
_PROJECTS = (
    Column("序号", "id", 5),
    Column("责任单位", "unit", 16),
    Column("项目", "name", 34),
    Column("总分", "total", 8, right=True),
    Column("等级", "grade", 9),
    Column("失分指标", "lost", 8, right=True),
)
_LINES = (
    Column("编号", "code", 7),
    Column("指标", "name", 26),
    Column("分值", "full_mark", 6, right=True),
    Column("得分", "score", 7, right=True),
    Column("评分规则", "rule", 14),
    Column("怎样得出", "because", 60),
)


class ScorePage(Page):
    """Scores of all projects, and the lines of the chosen one."""

    name = "评分"
    sentence = "每一分都由规则和取值得出；“假设分析”试算换分值、换等级、换一个值的影响"

    def build(self) -> None:
        """Put the page together."""
        self.action("重新评分", self.entered, is_main=True)
        self.projects = Table(
            "项目得分",
            Rows(_PROJECTS, lambda row: row["id"]),
            filters=(("等级", "grade"), ("责任单位", "unit")),
            empty="还没有可评分的项目",
            choose_first=True,
        )
        self.lines = Table(
            "指标得分",
            Rows(_LINES, lambda row: row["code"]),
            colour=lambda row, key: "warning" if key == "score" and _loses(row) else "",
            empty="选中一个项目，这里列出它每个指标的得分和推导",
        )
        self.projects.chosen.connect(self._show_lines)
        split = QSplitter(Qt.Orientation.Vertical)
        split.addWidget(self.projects)
        split.addWidget(self.lines)
        self.supposing: SupposingForm | None = None
        self._supposing_place = QWidget()
        self.tabs = QTabWidget()
        self.tabs.addTab(split, "得分和推导")
        self.tabs.addTab(self._supposing_place, "假设分析")
        self.tabs.currentChanged.connect(self._turned)
        self.body.addWidget(self.tabs, 1)

    def entered(self) -> None:
        """Ask for the scores."""
        if self.session.workspace:
            self.projects.wait()
            self.session.look("view scores", self._show)
            if self.supposing:
                self.session.look("view suppositions", self._show_suppositions)

    def turn_to_section(self, name: str) -> None:
        """What is supposed."""
        self.tabs.setCurrentIndex(int(name == "假设分析"))

    def _turned(self, tab: int) -> None:
        """Build what is supposed when it is first wanted: most people only look at scores."""
        if not tab:
            return
        if self.supposing is None:
            self.supposing = SupposingForm()
            self.supposing.asked.connect(self._suppose)
            layout = QVBoxLayout(self._supposing_place)
            layout.setContentsMargins(0, 0, 0, 0)
            layout.addWidget(self.supposing)
        if self.session.workspace:
            self.session.look("view suppositions", self._show_suppositions)

    def _show_suppositions(self, finished: Finished) -> None:
        self.say_of_look(finished.error)
        if self.supposing and not finished.error:
            self.supposing.load(finished.values, self.session.board.get("projects", ()))

    def _suppose(self, parameters: Json) -> None:
        self.say_trouble("")
        self.session.look("view what if", self._show_effect, **parameters)

    def _show_effect(self, finished: Finished) -> None:
        self.say_of_look(finished.error)
        if self.supposing and not finished.error:
            self.supposing.show_effect(finished.values["projects"])

    def _show(self, finished: Finished) -> None:
        self.say_of_look(finished.error)
        self.projects.load(_shown(row) for row in finished.values.get("projects", ()))

    def _show_lines(self, rows: list[Row]) -> None:
        if not rows:
            self.lines.load(())
            return
        self.session.look("view score lines", self._load_lines, project=rows[0]["id"])

    def _load_lines(self, finished: Finished) -> None:
        chosen = self.projects.chosen_rows()
        if chosen and chosen[0]["id"] == finished.parameters["project"]:
            self.lines.load([line for line in finished.values.get("indicators", ()) if line["applies"]])


def _shown(project: Json) -> Json:
    """Totals and grades that can still change say so; what is not scored has no total and no losses."""
    if not project["scored"]:
        return {**project, "total": "未评分", "lost": ""}
    ending = _PROVISIONAL if project["provisional"] else ""
    return {**project, "total": f"{project['total']}{ending}", "grade": f"{project['grade']}{ending}"}


def _loses(line: Row) -> bool:
    return Decimal(line["score"]) < Decimal(line["mark"])
