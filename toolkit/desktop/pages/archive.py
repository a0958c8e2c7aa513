"""归档: the ledger, exports, and a log that can be sent to whoever keeps the program."""

from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QTabWidget, QVBoxLayout, QWidget

from toolkit.desktop.pages.intake import when
from toolkit.desktop.state.archived import ARCHIVED_FILE, Archived
from toolkit.desktop.state.log import log_text
from toolkit.desktop.state.recent import settings_folder
from toolkit.desktop.state.rows import Column, Rows
from toolkit.desktop.state.session import Finished
from toolkit.desktop.widgets import choosing
from toolkit.desktop.widgets.elements import button, label
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
        self.archived = Archived(settings_folder() / ARCHIVED_FILE)
        self.action("导出台账…", self._export_ledger)
        self.action("导出各表…", self._export_tables)
        self.action("校验台账", lambda: self.start("ledger verify", self._verified))
        self.action("归档…", lambda: self.open_operation("archive make"), is_main=True)
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
        logs = QWidget()
        layout = QVBoxLayout(logs)
        layout.addWidget(self.log, 1)
        row = QHBoxLayout()
        row.addWidget(label("没有单位、项目、人名和数字；出了问题可以发给维护人员", "quiet"), 1)
        row.addWidget(button("复制日志", self._copy_log, "small"))
        row.addWidget(button("日志存为文件…", self._save_log, "small"))
        layout.addLayout(row)
        self._logs = logs
        self.tabs.addTab(logs, "日志")
        self.body.addWidget(self.tabs, 1)

    def entered(self) -> None:
        """Ask for the ledger."""
        self.updated()
        if self.session.workspace:
            self.events.wait()
            self.session.look("view ledger", self._show)

    def turn_to_section(self, name: str) -> None:
        """The ledger, or the log."""
        self.tabs.setCurrentWidget(self._logs if name == "日志" else self.events)

    def updated(self) -> None:
        """Show what ran."""
        self.log.setPlainText(log_text(self.session))
        last = self.session.history[-1] if self.session.history else None
        if last and last.name == "archive make" and last.ok:
            self.archived.note(self.session.workspace, str(last.parameters["file"]))

    def _copy_log(self) -> None:
        QGuiApplication.clipboard().setText(self.log.toPlainText())
        self.say("日志已复制，可以粘贴到聊天或邮件里。")

    def _save_log(self) -> None:
        path = choosing.new_file(self, "日志存为", "绩效核查工作台日志.txt", "文本文件 (*.txt)")
        if not path:
            return
        try:
            Path(path).write_text(self.log.toPlainText(), encoding="utf-8")
        except OSError as fault:
            self.say_trouble(f"日志没有存：{fault.strerror}")
        else:
            self.say(f"日志已存到 {path}")

    def _show(self, finished: Finished) -> None:
        self.say_of_look(finished.error)
        events = finished.values.get("events", ())
        for event in events:  # in place: copies of 10,000 rows are thrown away in one long moment
            event["at"] = when(event["at"])
        self.events.load(events)

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
