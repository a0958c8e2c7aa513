"""核查: every finding with the cell it is about beside it, and what a person decides."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QSplitter, QVBoxLayout, QWidget

from toolkit.desktop.pages.opening import open_file
from toolkit.desktop.state.rows import Column, Row, Rows
from toolkit.desktop.state.session import Finished
from toolkit.desktop.widgets.page import Page, button, label
from toolkit.desktop.widgets.preview import Preview
from toolkit.desktop.widgets.table import Table

COLUMNS = (
    Column("程度", "label", 7),
    Column("项目", "project", 5),
    Column("编号", "code", 10),
    Column("位置", "place", 18),
    Column("问题", "message", 50),
    Column("填报", "found", 14),
    Column("应为", "expected", 14),
    Column("怎么改", "hint", 40),
    Column("责任单位", "unit", 18),
    Column("项目名称", "name", 26),
)
_COLOURS = {"须更正": "error", "请核实": "warning", "提示": "note"}
ACCEPT, OVERRIDE, WAIVE = "采纳建议值", "核定为", "豁免"


class CheckPage(Page):
    """Findings, the sheet around the chosen one, decisions."""

    name = "核查"
    sentence = "逐条定位到单元格；处理要留姓名和理由"

    def build(self) -> None:
        """Put the page together."""
        self.action("打开问题清单", lambda: open_file(f"{self.session.workspace}/05-核查结果"))
        self.action("重新核查", lambda: self.start("check", self._checked), is_main=True)
        self.table = Table(
            "核查发现",
            Rows(COLUMNS, identity),
            filters=(("程度", "label"), ("编号", "code"), ("责任单位", "unit"), ("项目", "project")),
            colour=lambda row, key: _COLOURS.get(row["label"], "") if key == "label" else "",
            empty="没有发现问题；还没有报送件时，先到“收件”页读取",
        )
        self.table.chosen.connect(self._show_cell)
        self.preview = Preview()
        below = QWidget()
        layout = QVBoxLayout(below)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(self._decision())
        layout.addWidget(self.preview, 1)
        split = QSplitter(Qt.Orientation.Vertical)
        split.addWidget(self.table)
        split.addWidget(below)
        split.setSizes([360, 280])
        self.body.addWidget(split, 1)

    def _decision(self) -> QHBoxLayout:
        self.action_box = QComboBox()
        self.action_box.addItems([ACCEPT, OVERRIDE, WAIVE])
        self.action_box.setAccessibleName("处理方式")
        self.value, self.by, self.reason = QLineEdit(), QLineEdit(), QLineEdit()
        for field, words, width in ((self.value, "核定值", 110), (self.by, "姓名", 90), (self.reason, "理由", 0)):
            field.setPlaceholderText(words)
            field.setAccessibleName(words)
            if width:
                field.setMaximumWidth(width + field.fontMetrics().averageCharWidth() * 4)
        self.action_box.currentTextChanged.connect(lambda words: self.value.setEnabled(words == OVERRIDE))
        self.value.setEnabled(False)
        self.decide = button("处理选中的发现", self._resolve)
        row = QHBoxLayout()
        row.addWidget(label("处理："))
        row.addWidget(self.action_box)
        row.addWidget(self.value)
        row.addWidget(self.by)
        row.addWidget(self.reason, 1)
        row.addWidget(self.decide)
        return row

    def entered(self) -> None:
        """Ask for the findings."""
        if self.session.workspace:
            self.session.look("view findings", self._show)

    def _checked(self, finished: Finished) -> None:
        self.say_trouble(finished.error)
        self.entered()

    def _show(self, finished: Finished) -> None:
        self.say_trouble(finished.error)
        self.table.load(
            {**found, "place": f"{found['sheet']} {found['cell']}".strip()}
            for found in finished.values.get("findings", ())
        )

    def _show_cell(self, rows: Sequence[Row]) -> None:
        if not rows:
            return
        found = rows[0]
        if not (found["project"] and found["sheet"]):
            self.preview.say(f"{found['message']}　{found['hint']}")
            return

        def then(finished: Finished) -> None:
            if finished.error:
                self.preview.say(finished.error)
                return
            related = [cell["cell"] for cell in found["related"] if cell["sheet"] == found["sheet"]]
            expected = f"　应为：{found['expected']}" if found["expected"] else ""
            words = f"{finished.values['file']}《{found['sheet']}》{found['cell']}　填报：{found['found']}{expected}"
            self.preview.show_cut(finished.values, found["cell"], related, words)

        self.session.look("view preview", then, project=found["project"], sheet=found["sheet"], cell=found["cell"])

    def _resolve(self) -> None:
        rows = [row for row in self.table.chosen_rows() if row["project"]]
        if not rows:
            self.say_trouble("请先在表中选中要处理的发现（可按住 Ctrl 或 Shift 选几条）。")
            return
        self._resolve_next(list(rows), [])

    def _resolve_next(self, rows: list[Row], failed: list[str]) -> None:
        """One after another; what cannot be settled is said at the end and stops none of the others."""
        if not rows:
            self.say_trouble("\n".join(failed))
            self.entered()
            return
        found, words = rows.pop(0), self.action_box.currentText()

        def then(finished: Finished) -> None:
            if finished.error:
                failed.append(f"项目{found['project']} {found['code']}：{finished.error}")
            self._resolve_next(rows, failed)

        cell = f"{found['sheet']}!{found['cell']}" if found["cell"] else ""
        self.start(
            "resolve",
            then,
            project=found["project"],
            code=found["code"],
            by=self.by.text().strip(),
            reason=self.reason.text().strip(),
            cell=cell,
            accept=words == ACCEPT,
            waive=words == WAIVE,
            value=self.value.text().strip() if words == OVERRIDE else "",
        )


def identity(row: Row) -> tuple[str, ...]:
    """What a finding is known by."""
    return (row["project"], row["code"], row["workbook"], row["sheet"], row["cell"], row["message"])
