"""核查: every finding with the cell it is about beside it, and what a person decides."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from toolkit.desktop.state import places
from toolkit.desktop.state.pending import RECORDED, key_of
from toolkit.desktop.state.recent import settings_folder
from toolkit.desktop.state.row_content import Row
from toolkit.desktop.state.rows import Column, Rows
from toolkit.desktop.state.saved_filters import SavedFilters
from toolkit.desktop.state.session import Finished, Refused, refused_words
from toolkit.desktop.widgets.decision_bar import DecisionBar
from toolkit.desktop.widgets.filter_choice import FilterChoice
from toolkit.desktop.widgets.page import Page
from toolkit.desktop.widgets.preview import Preview
from toolkit.desktop.widgets.table import Table

COLUMNS = (
    Column("程度", "label", 7),
    Column("项目", "project", 5),
    Column("编号", "code", 10),
    Column("位置", "place", 18),
    Column("处理", "decided", 12),
    Column("问题", "message", 50),
    Column("填报", "found", 14),
    Column("应为", "expected", 14),
    Column("怎么改", "hint", 40),
    Column("责任单位", "unit", 18),
    Column("项目名称", "name", 26),
)
_COLOURS = {"须更正": "error", "请核实": "warning", "提示": "note"}


class CheckPage(Page):
    """Findings, the sheet around the chosen one, decisions."""

    name = "核查"
    sentence = "逐条定位到单元格；处理要留姓名和理由，记入台账以前可撤销"

    def build(self) -> None:
        """Put the page together."""
        self.action("打开问题清单", lambda: self.open_path("05-核查结果"))
        self.action("读取清单中的处理意见", lambda: self.start("decide", self._decided))
        self.action("重新核查", lambda: self.start("check", self._checked), is_main=True)
        self.table = Table(
            "核查发现",
            Rows(COLUMNS, identity),
            filters=(("程度", "label"), ("编号", "code"), ("责任单位", "unit"), ("项目", "project")),
            groups=(("项目", "name"), ("责任单位", "unit"), ("编号", "code"), ("程度", "label")),
            choose_first=True,
            colour=lambda row, key: _COLOURS.get(row["label"], "") if key == "label" else "",
            empty="没有发现问题；还没有报送件时，先到“收件”页读取",
        )
        self.kept = FilterChoice(self.table, SavedFilters(settings_folder() / "常用筛选.json"))
        self.table.bar.add(self.kept)
        self.table.chosen.connect(self._show_cell)
        self.table.opened.connect(self._open_at)
        self._had_decided = False
        self.preview = Preview()
        self.decision = DecisionBar(lambda: self.session.pending, self.table.chosen_rows, self._said, self._record)
        below = QWidget()
        layout = QVBoxLayout(below)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.decision)
        layout.addWidget(self.preview, 1)
        split = QSplitter(Qt.Orientation.Vertical)
        split.addWidget(self.table)
        split.addWidget(below)
        split.setSizes([330, 310])
        self.body.addWidget(split, 1)

    def entered(self) -> None:
        """Ask for the findings."""
        self.decision.update_count()
        if self.session.workspace:
            self.table.wait()
            self.session.look("view findings", self._show)

    def filled(self, name: str) -> dict[str, object]:
        """The chosen finding, for deciding it with all that can be written about a decision."""
        rows = self.table.chosen_rows()
        if name == "fieldwork":
            return {"projects": "、".join(dict.fromkeys(str(row["project"]) for row in rows if row["project"]))}
        if name != "resolve" or not rows:
            return {}
        found = rows[0]
        cell = f"{found['sheet']}!{found['cell']}" if found["cell"] else ""
        return {"project": found["project"], "code": found["code"], "cell": cell, "by": self.decision.by.text()}

    def show_project(self, project: str) -> None:
        """Only what was found of one project."""
        self.table.use_filters({"chosen": {"project": project}} if project else {})

    def _checked(self, finished: Finished) -> None:
        self.say_end(finished)
        self.entered()

    def _show(self, finished: Finished) -> None:
        self.say_of_look(finished.error)
        self._load(finished.values.get("findings", ()))

    def _load(self, findings: Iterable[Row]) -> None:
        """Findings with what is decided of them; most lists have nothing decided and are shown as they came."""
        decided = self.session.pending.words()

        def mark(found: Row) -> None:
            found["decided"] = decided.get(key_of(found), self._recorded_words(found))  # type: ignore[index]

        self.table.load(findings, mark if decided or self._had_decided else None)
        self._had_decided = bool(decided)

    @staticmethod
    def _recorded_words(found: Row) -> str:
        """What the ledger has of a finding; what was pending and was taken back is no decision."""
        words = str(found.get("decided", ""))
        return words if words.startswith(RECORDED) else ""

    def _show_cell(self, rows: Sequence[Row]) -> None:
        if not rows:
            return
        found = rows[0]
        own = places.own_workbook(found, self.session.workspace)
        if not found["sheet"] or not (found["project"] or own):
            self.preview.say(f"{found['message']}　{found['hint']}")
            return

        def then(finished: Finished) -> None:
            if finished.error:
                self.preview.say(finished.error)
                return
            related = str(found["related"]).split()
            expected = f"　应为：{found['expected']}" if found["expected"] else ""
            words = f"{finished.values['file']}《{found['sheet']}》{found['cell']}　填报：{found['found']}{expected}"
            self.preview.show_cut(finished.values, found["cell"], related, words)

        is_own = not found["project"] or places.is_own(found)
        which = {"workbook": found["workbook"]} if is_own else {"project": found["project"]}
        self.session.look("view preview", then, **which, sheet=found["sheet"], cell=found["cell"])

    def _said(self, words: str) -> None:
        """Something was decided or taken back: say so, and show it in the table."""
        self.say_trouble(words) if words.startswith("没有") else self.say(words)
        self._load(self.table.rows.rows)

    def _record(self) -> None:
        try:
            self.session.record(self._recorded)
        except Refused as reason:
            self.say_trouble(str(reason))

    def _recorded(self, finished: Finished) -> None:
        refused = refused_words(finished)
        self._checked(finished)
        if refused:
            self.say_trouble(f"这些处理意见没有采用：\n{refused}")
        elif not finished.error:
            self.decision.recorded()
            self.say(f"已记入台账 {len(finished.values['decisions'])} 条。")

    def _decided(self, finished: Finished) -> None:
        faults = [f"{row['cell']}：{row['message']}" for row in finished.values.get("findings", ())]
        self._checked(finished)
        if faults:
            self.say_trouble("问题清单中没有采用的：\n" + "\n".join(faults[:8]))
        elif not finished.error:
            self.say(f"从问题清单中记入 {finished.values['new']} 条处理意见。")

    def _open_at(self, found: Row) -> None:
        if not (found["project"] and found["sheet"]) or places.is_own(found):
            self.open_own(found)
            return

        def then(finished: Finished) -> None:
            self.say_end(finished)
            if not finished.error:
                self.say(places.opened_copy(finished.values))

        self.say("正在打开副本……")
        self.session.look("view open at", then, project=found["project"], sheet=found["sheet"], cell=found["cell"])


def identity(row: Row) -> tuple[str, ...]:
    """What a finding is known by."""
    return (row["project"], row["code"], row["workbook"], row["sheet"], row["cell"], row["message"])
