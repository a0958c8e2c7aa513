"""归档: the ledger, exports, and a log that can be sent to whoever keeps the program."""

from PySide6.QtWidgets import QPlainTextEdit, QTabWidget

from toolkit.desktop.pages.intake import when
from toolkit.desktop.state.log import log_text
from toolkit.desktop.state.rows import Column, Rows
from toolkit.desktop.state.session import Finished
from toolkit.desktop.widgets import choosing
from toolkit.desktop.widgets.page import Page
from toolkit.desktop.widgets.table import Table

_EVENTS = (
    Column("序", "seq", 6, right=True),
    Column("时间", "at", 16),
    Column("事件", "kind", 12),
    Column("项目", "project", 6),
    Column("单位", "unit", 22),
    Column("内容", "words", 70),
)


class ArchivePage(Page):
    """Ledger, settings, log."""

    name = "归档"
    sentence = "何时下发、收到、读取、拒收、处理、出报告，只增不改"

    def build(self) -> None:
        """Put the page together."""
        self.action("导出台账…", self._export_ledger)
        self.action("导出各表…", self._export_tables)
        self.action("校验台账", lambda: self.start("ledger verify", self._verified))
        self.events = Table(
            "台账",
            Rows(_EVENTS, lambda row: row["seq"]),
            filters=(("事件", "kind"), ("单位", "unit")),
            empty="先打开或新建一个评价",
        )
        self.log = QPlainTextEdit(readOnly=True)
        self.log.setAccessibleName("日志")
        self.tabs = QTabWidget()
        self.tabs.addTab(self.events, "台账")
        self.tabs.addTab(self.log, "日志（可复制发给维护人员）")
        self.body.addWidget(self.tabs, 1)

    def entered(self) -> None:
        """Ask for the ledger."""
        self.updated()
        if self.session.workspace:
            self.events.wait()
            self.session.look("view ledger", self._show)

    def turn_to_section(self, name: str) -> None:
        """The ledger, or the log."""
        self.tabs.setCurrentWidget(self.log if name == "日志" else self.events)

    def updated(self) -> None:
        """Show what ran."""
        self.log.setPlainText(log_text(self.session))

    def _show(self, finished: Finished) -> None:
        self.say_of_look(finished.error)
        self.events.load({**event, "at": when(event["at"])} for event in finished.values.get("events", ()))

    def _verified(self, finished: Finished) -> None:
        words = finished.error or "\n".join(str(problem) for problem in finished.values.get("problems", ()))
        if words:
            self.say_trouble(words)
        else:
            self.say("台账完好：没有事件被改动、删除或调换。")

    def _export_ledger(self) -> None:
        path = choosing.new_file(self, "导出台账", "台账.xlsx", "Excel 工作簿 (*.xlsx)")
        if path:
            self.start("ledger export", file=path)

    def _export_tables(self) -> None:
        folder = choosing.folder(self, "各表导出到哪个文件夹")
        if folder:
            self.start("export", folder=folder)
