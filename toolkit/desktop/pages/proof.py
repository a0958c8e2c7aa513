"""校核: finished reports read against themselves and the evaluation; findings decided, commented copies opened."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLineEdit, QTabWidget, QVBoxLayout, QWidget

from toolkit.desktop.state import proofing
from toolkit.desktop.state.pending import CannotDecide
from toolkit.desktop.state.row_content import Row
from toolkit.desktop.state.rows import Column, Rows
from toolkit.desktop.state.session import Finished, Refused
from toolkit.desktop.widgets.drop_zone import DropZone
from toolkit.desktop.widgets.elements import button, label
from toolkit.desktop.widgets.page import Page
from toolkit.desktop.widgets.table import Table

_COLUMNS = (
    Column("结论", "verdict", 7),
    Column("位置", "place", 16),
    Column("报告中的值", "found", 16),
    Column("应为或另一处", "expected", 16),
    Column("说明", "words", 56),
    Column("处理", "decided", 16),
    Column("文件", "file", 30),
)
_COVERAGE = (Column("文件", "file", 50), Column("核对了多少", "coverage", 60))
_COLOURS = {"不一致": "error", "疑似": "warning"}


class ProofPage(Page):
    """Choose reports, look through what was found, decide."""

    name = "校核"
    sentence = "核对报告里每个数、名称、日期和引用；原件不改，另写带批注的副本和校核清单"

    def build(self) -> None:
        """Put the page together."""
        self.proofed = proofing.Proofed()
        self.action("打开校核清单", lambda: self._open_in_folder("校核清单.xlsx"))
        self.action("打开批注副本", self._open_copy)
        self.action("校核本评价的报告", self._proof_own, is_main=True)
        self.zone = DropZone("把写好的报告（.docx、.pdf、.xlsx、.txt）拖到这里校核")
        self.zone.dropped.connect(self.proof)
        self.against = QCheckBox("同时与打开的评价核对（项目清单、方案、汇总总表）")
        self.against.setChecked(True)
        self.table = Table(
            "校核发现",
            Rows(_COLUMNS, lambda row: (row["file"], row["mark"], row["place"], row["message"])),
            filters=(("结论", "verdict"), ("文件", "file")),
            colour=lambda row, key: _COLOURS.get(row["verdict"], "") if key == "verdict" else "",
            empty="还没有校核；把报告拖到上面，或按“校核本评价的报告”",
            choose_first=True,
        )
        self.table.opened.connect(self._open_row)
        self.body.addWidget(self.zone)
        self.body.addWidget(self.against)
        self.coverage = Table(
            "核对范围", Rows(_COVERAGE, lambda row: row["file"]), empty="校核以后，这里列出每份报告核对了多少个数字"
        )
        found = QWidget()
        layout = QVBoxLayout(found)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.table, 1)
        layout.addLayout(self._decisions())
        self.tabs = QTabWidget()
        self.tabs.addTab(found, "校核发现")
        self.tabs.addTab(self.coverage, "核对范围")
        self.body.addWidget(self.tabs, 1)

    def _decisions(self) -> QHBoxLayout:
        """The line in which the chosen findings are decided."""
        self.decision, self.reason = QComboBox(), QLineEdit()
        self.decision.addItems([proofing.FIXED, proofing.DISMISSED, proofing.OPEN])
        self.decision.setAccessibleName("处理方式")
        self.reason.setPlaceholderText("理由（忽略的须写；下次校核不再列出）")
        self.reason.setAccessibleName("理由")
        row = QHBoxLayout()
        row.addWidget(label("处理："))
        row.addWidget(self.decision)
        row.addWidget(self.reason, 1)
        row.addWidget(button("处理选中", self._decide))
        return row

    def updated(self) -> None:
        """Reading against an evaluation needs one that is open."""
        self.against.setEnabled(bool(self.session.workspace))

    def proof(self, paths: list[str]) -> None:
        """Proof-read files."""
        against = self.against.isChecked() and bool(self.session.workspace)
        self.start("view proof", self._proofed, files=paths, against=against)

    def _proof_own(self) -> None:
        folder = Path(self.session.workspace) / "07-评价报告"
        if not self.session.workspace or not any(folder.glob("*.docx")):
            self.say_trouble("还没有报告：先在“汇总并出报告”页生成，或把别处的报告拖到这里。")
            return
        self.proof([str(folder)])

    def _proofed(self, finished: Finished) -> None:
        self.say_end(finished)
        if not finished.error:
            self.proofed.take(finished.values)
            self.table.load(self.proofed.rows)
            self.coverage.load(self.proofed.coverage)
            self.say(self.proofed.summary())

    def _decide(self) -> None:
        decision, reason = self.decision.currentText(), self.reason.text().strip()
        try:
            decisions = self.proofed.decisions(self.table.chosen_rows(), decision, reason)
            self.session.start(
                "view proof decide",
                lambda finished: self._decided(finished, decisions),
                folder=self.proofed.folder,
                decisions=decisions,
            )
        except (CannotDecide, Refused) as why:
            self.say_trouble(f"没有处理：{why}")

    def _decided(self, finished: Finished, decisions: Sequence[dict[str, str]]) -> None:
        self.say_end(finished)
        if not finished.error:
            self.proofed.decided(decisions)
            self.table.load(self.proofed.rows)
            self.say(f"已写入校核清单 {finished.values['written']} 条；忽略的下次校核不再列出。")

    def _open_row(self, row: Row) -> None:
        copy = self.proofed.copies.get(str(row["file"]))
        if copy:
            self.say_opened(copy, f"已打开批注副本；这一条在{row['place']}。")
        else:
            self.say(f"这个文件没有批注副本；请在原件的{row['place']}查看。")

    def _open_copy(self) -> None:
        chosen = [row["file"] for row in self.table.chosen_rows()]
        copies = [self.proofed.copies[name] for name in chosen if name in self.proofed.copies]
        copies = copies or list(self.proofed.copies.values())
        if copies:
            self.open_path(copies[0])
        else:
            self.say_trouble("没有批注副本：先校核一份 Word 报告；没有发现问题的报告不写副本。")

    def _open_in_folder(self, name: str) -> None:
        if self.proofed.folder:
            self.open_path(str(Path(self.proofed.folder) / name))
        else:
            self.say_trouble("还没有校核过。")
