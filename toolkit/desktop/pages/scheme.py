"""方案: indicators with weights and rules, what is wrong with the workbook, one indicator explained."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QPlainTextEdit,
    QSplitter,
    QTabWidget,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from toolkit.desktop.state import explained, indicators
from toolkit.desktop.state.rows import Column, Rows
from toolkit.desktop.state.session import Finished
from toolkit.desktop.widgets.elements import label, tip
from toolkit.desktop.widgets.page import Page
from toolkit.desktop.widgets.scheme_compare import SchemeCompare
from toolkit.desktop.widgets.score_curve import ScoreCurve
from toolkit.desktop.widgets.table import Table
from toolkit.operations import Json

FINDING_COLUMNS = (
    Column("程度", "label", 7),
    Column("位置", "place", 18),
    Column("问题", "message", 46),
    Column("怎么改", "hint", 40),
)


NO_EVALUATION = (
    "还没有打开评价：到“开始”页新建或打开。还没有方案的，按“更多操作”里的“新建方案”（从指标库选指标）或“导入指标表”。"
)
_EXAMPLES = (Column("取值", "label", 12), Column("得分", "score", 7, right=True), Column("怎样得出", "because", 60))


class SchemePage(Page):
    """The scheme as a tree, and its faults."""

    name = "方案"
    sentence = "指标、分值和评分规则都来自 方案.xlsx；在 Excel 或 WPS 中修改，保存后这里自动更新"

    def build(self) -> None:
        """Put the page together."""
        self.action("在 Excel 中打开", lambda: self.open_path("方案.xlsx"))
        self.action("重新检查", self.entered)
        self._totals: dict[tuple[str, ...], str] = {}
        self.tree = QTreeWidget()
        self.tree.setAccessibleName("指标体系")
        self.tree.setHeaderLabels(["指标", "分值", "评分规则"])
        self.tree.headerItem().setTextAlignment(1, Qt.AlignmentFlag.AlignCenter)
        self.tree.setColumnWidth(0, 340)
        self.tree.setColumnWidth(1, 70)
        self.tree.currentItemChanged.connect(lambda item, _: self._explain(item))
        self.compare = SchemeCompare()
        self.compare.asked.connect(self._compare)
        self.faults = Table(
            "方案的问题", Rows(FINDING_COLUMNS, lambda row: (row["code"], row["place"])), empty="没有发现问题"
        )
        self.faults.opened.connect(self.open_own)
        tabs = QTabWidget()
        tabs.addTab(self._explanation(), "解释")
        tabs.addTab(self.faults, "检查结果")
        tabs.addTab(self.compare, "比较两版")
        self.tabs = tabs
        split = QSplitter(Qt.Orientation.Horizontal)
        split.addWidget(self.tree)
        split.addWidget(tabs)
        split.setSizes([560, 560])
        self.body.addWidget(split, 1)

    def _explanation(self) -> QWidget:
        """Words, the curve, and an example for each of its points."""
        self.heading = label("选中一个指标，这里解释它怎样计分", "heading")
        self.heading.setWordWrap(True)
        self.card = QPlainTextEdit(readOnly=True)
        self.card.setAccessibleName("指标解释")
        self.curve = ScoreCurve()
        self.examples = Table("算例", Rows(_EXAMPLES, lambda row: row["label"]), empty="选中一个指标，这里列出算例")
        self.examples.make_bare()
        below = QWidget()
        layout = QVBoxLayout(below)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.curve)
        layout.addWidget(self.examples, 1)
        split = QSplitter(Qt.Orientation.Vertical)
        split.addWidget(self.card)
        split.addWidget(below)
        split.setSizes([190, 360])
        whole = QWidget()
        layout = QVBoxLayout(whole)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.heading)
        layout.addWidget(split, 1)
        return whole

    def turn_to_section(self, name: str) -> None:
        """Comparing two schemes."""
        self.tabs.setCurrentIndex(self.tabs.indexOf(self.compare) if name == "比较两版" else 0)

    @property
    def file(self) -> str:
        """The scheme's path."""
        return f"{self.session.workspace}/方案.xlsx"

    def entered(self) -> None:
        """Read the scheme and check it."""
        if not self.session.workspace:
            self.heading.setText(NO_EVALUATION)
        else:
            self.session.look("view scheme", self._show)
            self.session.look("scheme check", self._show_faults, file=self.file)
            if not self.compare.after.value():
                self.compare.after.put(self.file)

    def _show(self, finished: Finished) -> None:
        self.say_of_look(finished.error)
        chosen = self.tree.currentItem()
        before = chosen.data(0, Qt.ItemDataRole.UserRole) if chosen else ""
        self.tree.clear()
        parents: dict[tuple[str, ...], QTreeWidgetItem] = {}
        rows = finished.values.get("indicators", ())
        self._totals = indicators.totals(rows)
        for row in rows:
            path = indicators.path_of(row)
            parent = self._parent(path, parents)
            item = QTreeWidgetItem([f"{row['code']} {row['name']}", str(row["full_mark"]), str(row.get("rule", ""))])
            item.setData(0, Qt.ItemDataRole.UserRole, row["code"])
            item.setTextAlignment(1, Qt.AlignmentFlag.AlignCenter)
            item.setToolTip(2, tip(str(row.get("standard", ""))))
            (parent.addChild if parent else self.tree.addTopLevelItem)(item)
            if row["code"] == before or (not before and self.tree.currentItem() is None):
                self.tree.setCurrentItem(item)
        self.tree.expandAll()

    def _parent(self, path: tuple[str, ...], known: dict[tuple[str, ...], QTreeWidgetItem]) -> QTreeWidgetItem | None:
        if not path:
            return None
        if path not in known:
            above = self._parent(path[:-1], known)
            known[path] = QTreeWidgetItem([path[-1], self._totals.get(path, ""), ""])
            known[path].setTextAlignment(1, Qt.AlignmentFlag.AlignCenter)
            (above.addChild if above else self.tree.addTopLevelItem)(known[path])
        return known[path]

    def _show_faults(self, finished: Finished) -> None:
        rows = [with_place(found) for found in finished.values.get("findings", ())]
        self.faults.load(rows)
        self.tabs.setTabText(1, f"检查结果（{len(rows)}）" if rows else "检查结果")

    def _explain(self, item: QTreeWidgetItem | None) -> None:
        code = item.data(0, Qt.ItemDataRole.UserRole) if item else None
        if code:
            self.session.look("scheme explain", self._show_card, file=self.file, indicator=code)
        elif item:
            self._show_group(item)

    def _show_group(self, item: QTreeWidgetItem) -> None:
        """A heading of the tree: what it comes to, and nothing of the indicator shown before."""
        self.heading.setText(f"{item.text(0)}　{item.text(1)} 分")
        self.card.setPlainText("选中其中一个指标，这里解释它怎样计分。")
        self.curve.show_card(None)
        self.examples.load(())

    def _show_card(self, finished: Finished) -> None:
        chosen = self.tree.currentItem()
        if chosen and chosen.data(0, Qt.ItemDataRole.UserRole) != finished.parameters.get("indicator"):
            return  # another line was chosen meanwhile
        if finished.error:
            self.card.setPlainText(finished.error)
            self.curve.show_card(None)
            return
        shown = explained.card(finished.values)
        self.heading.setText(shown.title)
        self.card.setPlainText(shown.text())
        self.curve.show_card(shown)
        self.examples.load(
            {"label": point.label, "score": f"{point.score:f}", "because": point.because} for point in shown.points
        )

    def _compare(self, before: str, after: str) -> None:
        self.session.look("scheme diff", self._show_changes, before=before, after=after)

    def _show_changes(self, finished: Finished) -> None:
        if finished.error:
            self.compare.said.setText(finished.error)
            self.compare.table.load(())
        else:
            self.compare.show_changes(finished.values)


def with_place(found: Json) -> Json:
    """A finding with its place as text and its severity in words."""
    label = {"error": "须更正", "warning": "请核实", "note": "提示"}[found["severity"]]
    return {**found, "label": label, "place": f"{found['sheet']} {found['cell']}".strip()}
