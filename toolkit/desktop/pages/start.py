"""开始: evaluations opened lately, a new one, one to practise with."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem

from toolkit.desktop.pages.new_evaluation import NewEvaluation
from toolkit.desktop.state.recent import Recent, settings_folder, short
from toolkit.desktop.state.session import Finished, Refused
from toolkit.desktop.widgets import choosing
from toolkit.desktop.widgets.elements import button, label, panel, tip
from toolkit.desktop.widgets.page import Page

_SAMPLE = "nantong-2024"


class StartPage(Page):
    """Open, begin, practise."""

    name = "开始"
    sentence = "打开一个评价，或新建一个；第一次使用可先用样例练习"

    def build(self) -> None:
        """Put the page together."""
        self.recent = Recent(settings_folder() / "最近打开.json")
        self.list = QListWidget()
        self.list.setAccessibleName("最近打开的评价")
        self.list.itemActivated.connect(lambda item: self.open(item.toolTip()))
        self.hint = label("还没有打开过评价。新建一个，或用样例练习。", "quiet")
        buttons = QHBoxLayout()
        for words, do, look in (
            ("新建评价…", self._new, "main"),
            ("打开文件夹…", self._choose, ""),
            ("用样例练习…", self._practise, ""),
        ):
            buttons.addWidget(button(words, do, look))
        buttons.addStretch(1)
        self.body.addLayout(buttons)
        shown = panel(label("最近打开"), self.hint, self.list)
        shown.layout().setAlignment(Qt.AlignmentFlag.AlignTop)  # type: ignore[union-attr]
        self.body.addWidget(shown, 1)

    def entered(self) -> None:
        """Show the list as it is now."""
        folders = self.recent.folders()
        self.hint.setVisible(not folders)
        self.list.setVisible(bool(folders))
        self.list.clear()
        for folder in folders:
            item = QListWidgetItem(f"{Path(folder).name}\n{short(folder)}")
            item.setToolTip(tip(folder))
            self.list.addItem(item)

    def open(self, folder: str) -> None:
        """Open an evaluation's folder; one that is none is said."""
        self.say_trouble("")
        if not (Path(folder) / ".jixiao").is_dir():
            self.say_trouble(f"“{folder}”不是评价文件夹。请选择含有“方案.xlsx”和“03-收件箱”的文件夹，或新建一个评价。")
            return
        try:
            self.session.open(folder)
        except Refused as reason:
            self.say_trouble(str(reason))
            return
        self.recent.add(folder)
        self.entered()
        self.say(f"已打开“{Path(folder).name}”。左边各步写着做到哪里；从“方案”看起，或直接到要做的一步。")

    def _choose(self) -> None:
        folder = choosing.folder(self, "打开评价文件夹")
        if folder:
            self.open(folder)

    def _new(self) -> None:
        wizard = NewEvaluation(self.session, self)
        if wizard.exec() and wizard.folder:
            self.open(wizard.folder)
            self.say("已建立。下一步：在“方案”页看一遍指标，再到“下发”生成采集表；名称和日期可在“设置”页再改。")

    def _practise(self) -> None:
        folder = choosing.folder(self, "选择一个文件夹，练习放在其中新建的“练习（南通样例）”里")
        if folder:
            self.practise(str(Path(folder) / "练习（南通样例）"))

    def practise(self, folder: str) -> None:
        """Set up the sample in a folder, with the simulated returns in its inbox, and open it."""

        def then(finished: Finished) -> None:
            self.say_end(finished)
            if not finished.error:
                self.open(folder)

        self.start("init", then, folder=folder, sample=_SAMPLE)
