"""汇总并出报告: the one button, what it will do, what is missing, what came out."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from toolkit.desktop.pages.opening import open_file
from toolkit.desktop.state import delivery
from toolkit.desktop.state.session import Finished
from toolkit.desktop.widgets.page import Page, button, label, panel


class DeliverPage(Page):
    """The big button."""

    name = "汇总并出报告"
    sentence = "读取、核查、评分、汇总、出报告，一次完成；可随时停止，再按接着做完"

    def build(self) -> None:
        """Put the page together."""
        self.action("打开报告文件夹", lambda: open_file(f"{self.session.workspace}/07-评价报告"))
        self.action("复核成果", lambda: self.start("verify", self._verified))
        self.button = button("汇总并出报告", self.press, "big")
        self.does, self.missing = label(""), label("", "error")
        for words in (self.does, self.missing):
            words.setWordWrap(True)
        self.result = label("", "quiet")
        self.result.setWordWrap(True)
        self.files = QListWidget()
        self.files.setAccessibleName("生成的文件")
        self.files.itemActivated.connect(lambda item: open_file(item.data(Qt.ItemDataRole.UserRole)))
        self.body.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        self.body.addWidget(panel(self.does, self.missing))
        self.body.addWidget(self.result)
        self.body.addWidget(self.files, 1)

    def press(self) -> None:
        """Run it."""
        self.result.setText("")
        self.start("run", self._done)

    def entered(self) -> None:
        """Show what stands in the folder."""
        self.updated()
        self._show_files()

    def updated(self) -> None:
        """Say what the button means now."""
        plan = delivery.preview(self.session.board)
        self.does.setText("\n".join(f"{number}. {words}" for number, words in enumerate(plan.does, 1)))
        self.missing.setText("\n".join(f"• {words}" for words in plan.missing))
        self.missing.setVisible(bool(plan.missing))
        self.button.setEnabled(bool(self.session.board) and self.session.running is None)

    def _done(self, finished: Finished) -> None:
        self.say_trouble(finished.error)
        if not finished.error:
            values = finished.values
            grades = "、".join(f"{grade}{count}个" for grade, count in values["grades"].items())
            self.result.setText(
                f"完成：项目{values['projects']}个，已报送{values['returned']}个；{grades}；"
                f"报告{len(values['reports'])}份。双击打开。"
            )
        self._show_files()

    def _verified(self, finished: Finished) -> None:
        if finished.error:
            self.say_trouble(finished.error)
            return
        wrong = [found["message"] for found in finished.values["findings"] if found["severity"] == "error"]
        self.say_trouble("\n".join(wrong[:8]))
        if not wrong:
            self.result.setText("复核通过：报告里的数与汇总总表一致，总表里的分与重新计算一致，台账未被改动。")

    def _show_files(self) -> None:
        self.files.clear()
        if not self.session.workspace:
            return
        made = delivery.made(self.session.workspace)
        for path in filter(None, (made["master"], *made["reports"])):
            item = QListWidgetItem(Path(path).name)
            item.setData(Qt.ItemDataRole.UserRole, path)
            item.setToolTip(path)
            self.files.addItem(item)
