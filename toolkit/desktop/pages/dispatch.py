"""下发: forms, packages, letters and mails for the units."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QMessageBox, QSplitter, QTabWidget, QVBoxLayout, QWidget

from toolkit.desktop.pages.intake import when
from toolkit.desktop.state import packages
from toolkit.desktop.state.row_content import Row
from toolkit.desktop.state.rows import Column, Rows
from toolkit.desktop.state.session import Finished
from toolkit.desktop.widgets.elements import button
from toolkit.desktop.widgets.page import Page
from toolkit.desktop.widgets.preview import Preview
from toolkit.desktop.widgets.table import Table

_COLUMNS = (
    Column("序号", "id", 5),
    Column("责任单位", "unit", 22),
    Column("项目", "name", 40),
    Column("已下发", "dispatched", 8),
    Column("报送时间", "returned", 16),
)
_PACKAGES = (
    Column("责任单位", "unit", 30),
    Column("采集表", "forms", 7, right=True),
    Column("压缩包", "archive_name", 34),
    Column("通知函（双击打开）", "letter_name", 24),
)
_MAILS = (
    Column("责任单位", "unit", 22),
    Column("收件地址", "address", 28),
    Column("结果", "words", 12),
    Column("说明", "answer", 30),
    Column("主题", "subject", 40),
)


class DispatchPage(Page):
    """Generate, pack, mail."""

    name = "下发"
    sentence = "每个项目一份采集表"

    def build(self) -> None:
        """Put the page together."""
        self.action("邮件草稿", lambda: self.start("send", self._mailed, drafts=True))
        self.action("发送邮件…", self._mail)
        self.action("生成采集表", lambda: self.start("generate", self._generated))
        self.action("生成并打包下发", lambda: self.start("send", self._mailed), is_main=True)
        self.table = Table(
            "项目下发情况",
            Rows(_COLUMNS, lambda row: row["id"]),
            filters=(("责任单位", "unit"), ("已下发", "dispatched")),
            empty="先在“开始”页打开或新建一个评价",
            choose_first=True,
        )
        self.table.opened.connect(self._open_form)
        self.table.chosen.connect(self._ask_form)
        self.packages = Table(
            "下发包和通知函",
            Rows(_PACKAGES, lambda row: row["unit"]),
            empty="还没有下发包；按“生成并打包下发”",
        )
        self.packages.opened.connect(lambda row: self.open_path(row["letter"] or row["archive"]))
        self.mails = Table(
            "邮件",
            Rows(_MAILS, lambda row: (row["unit"], row["address"])),
            filters=(("结果", "words"),),
            empty="还没有发过邮件；“发送邮件…”先列出谁会收到什么，确认后才发送，账户在“设置”页的“邮箱”里填写和测试",
        )
        split = QSplitter(Qt.Orientation.Vertical)
        split.addWidget(self.table)
        split.addWidget(self._form_preview())
        split.setSizes([330, 300])
        self.tabs = QTabWidget()
        self.tabs.addTab(split, "各项目")
        self.tabs.addTab(self.packages, "下发包和通知函")
        self.tabs.addTab(self.mails, "邮件")
        self.tabs.setCornerWidget(button("打开下发包文件夹", lambda: self.open_path("02-下发包"), "small"))
        self.tabs.currentChanged.connect(lambda _: self._show_packages())
        self.body.addWidget(self.tabs, 1)

    def _form_preview(self) -> QWidget:
        """The chosen project's form, a sheet at a time."""
        self.sheets, self.preview = QComboBox(), Preview()
        self.sheets.setAccessibleName("采集表的工作表")
        self.sheets.hide()
        self.sheets.activated.connect(lambda _: self._ask_form(self.table.chosen_rows(), self.sheets.currentText()))
        self.preview.say("选中一个项目，这里显示它的采集表；双击在 Excel 中打开")
        whole = QWidget()
        layout = QVBoxLayout(whole)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.sheets, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self.preview, 1)
        return whole

    def _ask_form(self, rows: Sequence[Row], sheet: str = "") -> None:
        if rows:
            kept = sheet or self.sheets.currentText()
            self.session.look("view form", self._show_form, project=str(rows[0]["id"]), sheet=kept)

    def _show_form(self, finished: Finished) -> None:
        values = finished.values
        self.sheets.setVisible(not finished.error)
        if finished.error:
            self.preview.say(finished.error)
            return
        self.sheets.clear()
        self.sheets.addItems(values["sheets"])
        self.sheets.setCurrentText(values["sheet"])
        self.preview.show_cut(values, "", (), f"{values['file']}　双击上面的项目在 Excel 中打开")

    def updated(self) -> None:
        """Show the board."""
        if not self.has_new_board():
            return
        rows = self.session.board.get("projects", ())
        self.table.load({**row, "returned": when(row["returned"])} for row in rows)

    def entered(self) -> None:
        """Show what lies in the folder."""
        self._show_packages()

    def _show_packages(self) -> None:
        if self.tabs.currentWidget() is self.packages:
            self.packages.load(packages.packages(self.session.workspace))

    def _generated(self, finished: Finished) -> None:
        self.say_end(finished)
        if not finished.error:
            self.say(packages.generated_words(finished.values))
            self._ask_form(self.table.chosen_rows())

    def _open_form(self, row: Row) -> None:
        from pathlib import Path

        folder = Path(self.session.workspace) / "01-采集表"
        number = str(row["id"]).zfill(3)
        file = next(folder.glob(f"{number}_*.xlsx"), None)
        if file is None:
            self.say_trouble(f"项目{row['id']}还没有采集表，请先按“生成采集表”。")
        else:
            self.open_path(str(file))

    def _mail(self) -> None:
        """Show who would get what, then ask."""
        self.start("send", self._preview_mail, dry_run=True)

    def _preview_mail(self, finished: Finished) -> None:
        self._mailed(finished)
        if finished.error:
            return
        count = packages.to_send(finished.values)
        if not count:
            self.say_trouble(
                "没有可发的邮件：项目清单里没有单位邮箱，或都已发过。在 项目清单.xlsx 的“邮箱”一列填写后再发。"
            )
            return
        answer = QMessageBox.question(self, "发送邮件", f"下表列出将要发出的{count}封邮件。现在发送吗？")
        if answer is QMessageBox.StandardButton.Yes:
            self.start("send", self._mailed, email=True)

    def _mailed(self, finished: Finished) -> None:
        self.say_end(finished)
        mails = packages.mail_rows(finished.values)
        self.mails.load(mails)
        if mails:
            self.tabs.setCurrentWidget(self.mails)
        if not finished.error:
            self.say(packages.sent_words(finished.values))
        self._show_packages()
        self._ask_form(self.table.chosen_rows())
