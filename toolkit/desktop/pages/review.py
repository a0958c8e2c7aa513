"""评审: what evaluators judge, the evidence of the project beside it, the second person, recusals, agreement."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from toolkit.desktop.state import delivery, reviewing
from toolkit.desktop.state.row_content import Row
from toolkit.desktop.state.rows import Column, Rows
from toolkit.desktop.state.session import Finished
from toolkit.desktop.widgets import choosing
from toolkit.desktop.widgets.elements import label
from toolkit.desktop.widgets.page import Page
from toolkit.desktop.widgets.table import Table

_COLUMNS = (
    Column("项目", "project", 5),
    Column("指标", "place", 16),
    Column("取值项", "item", 8),
    Column("核定值", "verified", 7),
    Column("提醒", "warning", 10),
    Column("评价人", "evaluator", 7),
    Column("复核人", "reviewer", 7),
    Column("佐证", "evidence", 10),
    Column("理由", "reason", 30),
    Column("项目名称", "name", 24),
)
_EVIDENCE = (
    Column("编号", "code", 5),
    Column("材料", "title", 14),
    Column("引用", "cited", 7),
    Column("收到的文件", "came", 14),
    Column("页数", "pages_shown", 6),
    Column("单位填报", "said", 20),
)


class ReviewPage(Page):
    """Opinions on record beside the evidence; they are written in the workbook 评审意见.xlsx."""

    name = "评审"
    sentence = "意见写在 评审意见.xlsx；评价人、复核人须是两人"

    def build(self) -> None:
        """Put the page together."""
        self.action("读入评审意见…", self._take)
        self.action("另存评审意见…", self._save_as)
        self.action("打开评审意见", self._open, is_main=True)
        self.table = Table(
            "评审意见",
            Rows(_COLUMNS, lambda row: (row["project"], row["indicator"], row["item"])),
            filters=(("提醒", "state"), ("评价人", "evaluator"), ("复核人", "reviewer")),
            groups=(("项目", "name"), ("责任单位", "unit"), ("指标", "place"), ("评价人", "evaluator")),
            choose_first=True,
            colour=lambda _row, key: "warning" if key == "warning" else "",
            empty="还没有评审意见；按“打开评审意见”填写，保存后这里自动更新",
        )
        self.table.chosen.connect(self._show_chosen)
        self.agreement = label("", "quiet")
        self.agreement.setWordWrap(True)
        left = QWidget()
        layout = QVBoxLayout(left)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.agreement)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.addWidget(left)
        split.addWidget(self._beside())
        split.setSizes([720, 400])
        self.body.addWidget(split, 1)
        self._items: tuple[Row, ...] = ()
        self._project = ""
        self._first: Row = {}

    def _beside(self) -> QWidget:
        """The chosen opinion in full, and the evidence of its project."""
        self.opinion = label("选中一条意见，这里显示它的理由和这个项目的佐证")
        self.opinion.setWordWrap(True)
        self.evidence = Table(
            "佐证",
            Rows(_EVIDENCE, lambda row: (row["code"], row["file"], row["sha256"])),
            filters=(("引用", "cited"),),
            colour=_evidence_colour,
            empty="选中一条意见，这里列出这个项目的佐证",
        )
        self.evidence.opened.connect(self._open_evidence)
        whole = QWidget()
        layout = QVBoxLayout(whole)
        layout.setContentsMargins(8, 0, 0, 0)
        layout.addWidget(self.opinion)
        layout.addWidget(self.evidence, 1)
        layout.addWidget(label("双击打开佐证的副本；原件不动", "quiet"))
        return whole

    def entered(self) -> None:
        """Ask for the opinions."""
        if self.session.workspace:
            self._project = ""
            self.table.wait()
            self.session.look("view opinions", self._show)

    def _show(self, finished: Finished) -> None:
        self.say_of_look(finished.error)
        opinions = finished.values.get("opinions", ())
        self.table.load([reviewing.shown_opinion(row) for row in opinions])
        if finished.error:
            return
        self.agreement.setText(reviewing.agreement_words(finished.values["standing"]))
        faults = finished.values["findings"]
        self._first = next(iter(faults), {})
        if faults:
            self.say_trouble("\n".join(f"评审意见《{f['sheet']}》{f['cell']}：{f['message']}" for f in faults))
        elif not self.has_words:
            self.say(reviewing.summary(opinions))

    def _open(self) -> None:
        """The workbook, at the first place where something is wrong or still to be filled in."""
        if self._first.get("sheet"):
            self.open_own(self._first)
        else:
            self.open_path(reviewing.WORKBOOK)

    def _show_chosen(self, rows: Sequence[Row]) -> None:
        if not rows:
            return
        chosen = rows[0]
        parts = (f"项目{chosen['project']} {chosen['name']}　{chosen['place']} {chosen['item']}：{chosen['verified']}",
                 f"理由：{chosen['reason']}" if chosen["reason"] else "", chosen["warning"])  # fmt: skip
        self.opinion.setText("\n".join(filter(None, parts)))
        if chosen["project"] == self._project:
            self._show_evidence()
            return
        self._project, self._items = chosen["project"], ()
        self.evidence.wait()
        self.session.look("view evidence", self._take_evidence, project=chosen["project"])

    def _take_evidence(self, finished: Finished) -> None:
        self.say_of_look(finished.error)
        if finished.parameters["project"] == self._project:
            self._items = tuple(finished.values.get("items", ()))
            self._show_evidence()

    def _show_evidence(self) -> None:
        cited = "、".join(str(row["evidence"]) for row in self.table.chosen_rows()[:1])
        self.evidence.load(reviewing.shown_evidence(map(dict, self._items), cited))

    def _open_evidence(self, row: Row) -> None:
        if not row["sha256"]:
            self.say_trouble(f"{row['code']} {row['title']}：没有收到文件。")
            return

        def then(finished: Finished) -> None:
            self.say_end(finished)
            if finished.error:
                return
            values = finished.values
            if values["opens"]:
                self.say_opened(values["file"], f"已打开“{values['name']}”的副本；原件不动。")
            else:
                self.say(f"“{values['name']}”不是可直接打开的文件，副本在 {values['file']}；请确认来源再处理。")

        self.session.look("view open evidence", then, sha256=row["sha256"])

    def _take(self) -> None:
        """Put an evaluator's workbook in place of the present one, which is kept beside it."""
        if not self.session.workspace or self.session.locked:
            self.say_trouble(self.session.locked or "请先打开或新建一个评价")
            return
        file = choosing.file(self, "读入评审意见", "Excel 工作簿 (*.xlsx)")
        if file:
            self.take(file)

    def take(self, file: str) -> None:
        """Take a workbook of opinions; what is wrong in it is listed with its cells, as for one filled in here."""
        try:
            self.say(reviewing.take_workbook(file, self.session.workspace))
        except OSError as fault:
            self.say_trouble(f"没有读入：{fault.strerror}。关闭打开着评审意见的程序后再试。")
            return
        self.session.refresh()
        self.entered()

    def _save_as(self) -> None:
        folder = choosing.folder(self, "评审意见另存到哪个文件夹")
        if folder:
            self.save_to(folder)

    def save_to(self, folder: str) -> None:
        """Copy the workbook for an evaluator to fill in elsewhere."""
        _, faults = delivery.save_copies([f"{self.session.workspace}/{reviewing.WORKBOOK}"], folder)
        if faults:
            self.say_trouble("\n".join(faults))
        else:
            self.say(f"已另存到 {folder}；填写后按“读入评审意见”。")


def _evidence_colour(row: Row, key: str) -> str:
    if key == "came" and not row["file"]:
        return "warning"
    return {"cited": "accent"}.get(key, "")
