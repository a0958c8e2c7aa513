"""汇总并出报告: the one button, what it will do, what is missing, what came out."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QTabWidget, QWidget

from toolkit.desktop.state import delivery, last_figures
from toolkit.desktop.state.last_figures import LastFigures
from toolkit.desktop.state.recent import settings_folder
from toolkit.desktop.state.rows import Column, Rows
from toolkit.desktop.state.session import Finished
from toolkit.desktop.widgets import choosing
from toolkit.desktop.widgets.elements import button, label, panel
from toolkit.desktop.widgets.page import Page
from toolkit.desktop.widgets.table import Table

_FILES = (Column("文件", "name", 56), Column("人工修改过的", "changes", 60))
_CONFLICTS = (
    Column("文件", "name", 30),
    Column("种类", "kind", 18),
    Column("原文", "at", 40),
    Column("原来", "before", 22),
    Column("现在", "after", 22),
)
_SINCE = (
    Column("项目", "project", 6),
    Column("项目名称", "name", 40),
    Column("内容", "what", 12),
    Column("上次", "before", 14),
    Column("这次", "after", 14),
)
_MOST_AT_ONCE = 10
"""Files opened by one click."""
_MOST_LINES = 6
"""Of a result shown at once."""


class DeliverPage(Page):
    """The big button."""

    name = "汇总并出报告"
    sentence = "读取、核查、评分、汇总、出报告，一次完成；可随时停止，再按接着做完"

    def build(self) -> None:
        """Put the page together."""
        self.action("打开报告文件夹", lambda: self.open_path("07-评价报告"))
        self.action("复核成果", lambda: self.start("verify", self._verified))
        self.button = button("汇总并出报告", self.press, "big")
        self._focus_waits: QWidget | None = None
        self.does, self.missing = label(""), label("", "error")
        for words in (self.does, self.missing):
            words.setWordWrap(True)
        self.result = label("", "quiet")
        self.result.setWordWrap(True)
        self.told = QScrollArea()
        self.told.setWidget(self.result)
        self.told.setWidgetResizable(True)
        self.told.setFrameShape(QScrollArea.Shape.NoFrame)
        self.told.hide()
        self.run: dict[str, Any] = {}
        self.files = Table("生成的文件", Rows(_FILES, lambda row: row["file"]), empty="还没有生成；按上面的按钮")
        self.files.opened.connect(lambda row: self.open_path(row["file"]))
        self.conflicts = Table(
            "人工修改过的报告",
            Rows(_CONFLICTS, lambda row: tuple(row.values())),
            filters=(("文件", "name"), ("种类", "kind")),
            empty="人工改过的报告里，数字变化和请核对的地方列在这里",
        )
        self.tabs = QTabWidget()
        self.tabs.addTab(self.files, "生成的文件")
        self.tabs.addTab(self.conflicts, "人工修改过的报告")
        self.since = Table(
            "与上次相比",
            Rows(_SINCE, lambda row: (row["project"], row["what"])),
            filters=(("内容", "what"),),
            empty="再次汇总以后，这里列出与上一次不同的数：总分、等级、平均分、报送和须更正",
        )
        self.tabs.addTab(self.since, "与上次相比")
        self.last = LastFigures(settings_folder() / "上次成果")
        self._is_compared = True
        self.tabs.setCornerWidget(self._file_buttons())
        self.body.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        self.body.addWidget(panel(self.does, self.missing))
        self.body.addWidget(self.told)
        self.body.addWidget(self.tabs, 1)

    def _file_buttons(self) -> QWidget:
        """What can be done with the chosen files."""
        shown = QWidget()
        row = QHBoxLayout(shown)
        row.setContentsMargins(0, 0, 0, 4)
        row.addWidget(button("打开", self._open, "small"))
        row.addWidget(button("另存为…", self._save_as, "small"))
        return shown

    def _open(self) -> None:
        rows = self.files.chosen_rows()
        if not rows:
            self.say_trouble("先在表中选中要打开的文件（可按住 Ctrl 或 Shift 选几个）")
        for row in rows[:_MOST_AT_ONCE]:
            self.open_path(row["file"])

    def _save_as(self) -> None:
        """Copies of the chosen files in another folder; nothing there is written over."""
        rows = self.files.chosen_rows()
        if not rows:
            self.say_trouble("先在表中选中要另存的文件（可按住 Ctrl 或 Shift 选几个）")
            return
        folder = choosing.folder(self, "另存到哪个文件夹")
        if folder:
            self.save_to(folder)

    def save_to(self, folder: str) -> None:
        """Copy the chosen files into a folder."""
        saved, faults = delivery.save_copies([row["file"] for row in self.files.chosen_rows()], folder)
        if faults:
            self.say_trouble("\n".join(faults))
        else:
            self.say(f"已另存 {saved} 个文件到 {folder}")

    def press(self) -> None:
        """Run it."""
        self._say_result("")
        self.start("run", self._done)

    def _say_result(self, words: str) -> None:
        """In a few lines that scroll: the files below keep their room."""
        self.result.setText(words)
        self.told.setVisible(bool(words))
        line = self.result.fontMetrics().lineSpacing()
        height = self.result.heightForWidth(max(line, self.told.viewport().width()))
        self.told.setFixedHeight(max(0, min(height, line * _MOST_LINES)) + self.told.frameWidth() * 2)

    def entered(self) -> None:
        """Show what stands in the folder."""
        self.updated()
        self._show_files()

    def allow(self, *, may_start: bool) -> None:
        """Whether the big button may be pressed; while it may not, Qt moves the focus on: it comes back afterwards."""
        here = self.window()
        had_focus = here.focusWidget() is self.button
        self.button.setEnabled(may_start)
        if had_focus and not may_start:
            self._focus_waits = here.focusWidget()
        elif may_start and self._focus_waits is not None:
            if here.focusWidget() is self._focus_waits:
                self.button.setFocus()
            self._focus_waits = None

    def updated(self) -> None:
        """Say what the button means now."""
        plan = delivery.preview(self.session.board)
        self.does.setText("\n".join(f"{number}. {words}" for number, words in enumerate(plan.does, 1)))
        self.missing.setText("\n".join(f"• {words}" for words in plan.missing))
        self.missing.setVisible(bool(plan.missing))
        self.allow(may_start=bool(self.session.board) and self.session.running is None)
        if self.has_new_board() and not self._is_compared:
            self._compare()

    def _compare(self) -> None:
        """What differs from the last time, once the board after a run has come."""
        self._is_compared = True
        board, workspace = self.session.board, self.session.workspace
        now = last_figures.figures(board)
        names = {str(row["id"]): str(row["name"]) for row in board["projects"]}
        rows = last_figures.changes(self.last.of(workspace), now, names)
        self.since.load(rows)
        self.tabs.setTabText(2, f"与上次相比（{len(rows)}）" if rows else "与上次相比")
        self.last.keep(workspace, now)

    def _done(self, finished: Finished) -> None:
        self.say_end(finished)
        if not finished.error:
            values = self.run = finished.values
            self._is_compared = False
            grades = "、".join(f"{grade}{count}个" for grade, count in values["grades"].items())
            self._say_result(
                f"完成：项目{values['projects']}个，已报送{values['returned']}个；{grades}；"
                f"报告{len(values['reports'])}份。双击打开。{delivery.told_of_reports(values)}"
            )
        self._show_files()

    def _verified(self, finished: Finished) -> None:
        if finished.error:
            self.say_end(finished)
            return
        wrong = [found["message"] for found in finished.values["findings"] if found["severity"] == "error"]
        self.say_trouble("\n".join(wrong[:8]))
        if not wrong:
            self._say_result("复核通过：报告里的数与汇总总表一致，总表里的分与重新计算一致，台账未被改动。")

    def _show_files(self) -> None:
        """The files as they stand, and what the last run changed in those a person had edited."""
        self.files.load(delivery.rows(self.session.workspace, self.run) if self.session.workspace else ())
        conflicts = delivery.conflicts(self.run)
        self.conflicts.load(conflicts)
        self.tabs.setTabText(1, f"人工修改过的报告（{len(conflicts)}）" if conflicts else "人工修改过的报告")
