"""工作组: members and their assignment, three-level review, notes; and the work shared between laptops."""

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from toolkit.desktop.state.results import finding_row
from toolkit.desktop.state.rows import Column, Rows
from toolkit.desktop.state.session import Finished
from toolkit.desktop.widgets.page import Page
from toolkit.desktop.widgets.table import Table

_FINDINGS = (
    Column("程度", "severity", 7),
    Column("项目", "project", 6),
    Column("位置", "place", 24),
    Column("问题", "message", 50),
    Column("怎么改", "hint", 40),
)
_STATES = (
    Column("项目", "project", 6),
    Column("指标", "indicator", 10),
    Column("状态", "state", 14),
    Column("已签", "signed_words", 40),
    Column("失效的签字", "fallen_words", 50),
)
_COLOURS = {"须更正": "error", "请核实": "warning"}
_FILE = "工作组.xlsx"


class TeamPage(Page):
    """What is wrong with 工作组.xlsx, and how far the review has come."""

    name = "工作组"
    sentence = "成员、分工、回避写在 工作组.xlsx；签字、打分、移交在“更多操作”里"

    def build(self) -> None:
        """Put the page together."""
        self.action("打开工作组表", self._open)
        self.action("核对人员", self._check, is_main=True)
        self.findings = Table(
            "人员核对",
            Rows(_FINDINGS, lambda row: (row["code"], row["place"], row["message"])),
            filters=(("程度", "severity"), ("项目", "project")),
            colour=lambda row, key: _COLOURS.get(row["severity"], "") if key == "severity" else "",
            empty="没有核对出问题；还没有工作组表的，按“打开工作组表”生成一份，填好后按“核对人员”",
        )
        self.findings.opened.connect(self.open_own)
        self.states: Table | None = None
        self._states_place = QWidget()
        self.tabs = QTabWidget()
        self.tabs.addTab(self.findings, "人员核对")
        self.tabs.addTab(self._states_place, "复核状态")
        self.tabs.currentChanged.connect(lambda _: self.entered())
        self.body.addWidget(self.tabs, 1)

    def entered(self) -> None:
        """Ask for what the tab at the front shows."""
        if not self.session.workspace:
            return
        if self.tabs.currentWidget() is self._states_place:
            self._ensure_states().wait()
            self.session.look("view review states", self._show_states)
        elif self._file.exists():
            self.session.look("people check", self._show_findings)

    def _ensure_states(self) -> Table:
        """The table of the second tab, made when it is first wanted."""
        if self.states is None:
            self.states = Table(
                "复核状态",
                Rows(_STATES, lambda row: (row["project"], row["indicator"])),
                filters=(("状态", "state"), ("项目", "project")),
                colour=lambda row, key: "warning" if key == "state" and "改动" in row["state"] else "",
                empty="还没有签字；在“更多操作”里选“三级复核签字”",
            )
            layout = QVBoxLayout(self._states_place)
            layout.setContentsMargins(0, 0, 0, 0)
            layout.addWidget(self.states)
        return self.states

    @property
    def _file(self) -> Path:
        return Path(self.session.workspace) / _FILE

    def _open(self) -> None:
        if not self.session.workspace:
            self.say_trouble("请先打开或新建一个评价")
        elif self._file.exists():
            self.open_path(_FILE)
        else:
            self.start("people new", self._made)

    def _made(self, finished: Finished) -> None:
        self.say_end(finished)
        if not finished.error:
            self.open_path(_FILE)
            self.say("已生成工作组表；填写后保存，再按“核对人员”。")

    def _check(self) -> None:
        if self.session.workspace and not self._file.exists():
            self.say_trouble("还没有工作组表：按“打开工作组表”生成一份，填写保存后再核对。")
            return
        self.tabs.setCurrentWidget(self.findings)
        self.start("people check", self._show_findings)

    def _show_findings(self, finished: Finished) -> None:
        self.say_of_look(finished.error)
        values: dict[str, Any] = finished.values
        self.findings.load(finding_row(found) for found in values.get("findings", ()))
        if not finished.error and self.findings.rows.rows:
            self.say(f"成员 {values['members']} 人，已分工的项目 {values['assigned']} 个。")

    def _show_states(self, finished: Finished) -> None:
        self.say_of_look(finished.error)
        self._ensure_states().load(
            {
                **row,
                "signed_words": "，".join(f"{level} {by}" for level, by in dict(row["signed"]).items()),
                "fallen_words": "；".join(map(str, row["fallen"])),
            }
            for row in finished.values.get("indicators", ())
        )
