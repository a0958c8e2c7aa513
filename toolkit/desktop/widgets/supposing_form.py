"""假设分析: weights, grade bands and one value to try, and what that would do to totals, ranks and grades."""

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QSplitter,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from toolkit.desktop.state.rows import Column, Rows
from toolkit.desktop.state.supposing import Supposing, changed_first, summary
from toolkit.desktop.widgets.elements import button, label
from toolkit.desktop.widgets.table import Table
from toolkit.operations import Json

_RESULT = (
    Column("序号", "id", 4),
    Column("项目", "name", 14),
    Column("等级", "grade", 8),
    Column("名次", "rank", 8),
    Column("升降", "moves", 6),
    Column("现总分", "total_before", 7, right=True),
    Column("假设总分", "total_after", 8, right=True),
    Column("差", "difference", 6, right=True),
    Column("变化", "changes", 6),
)
_NONE = "（不改某个值）"


class SupposingForm(QWidget):
    """What is supposed at the left, the effect at the right; :attr:`asked` carries the operation's parameters."""

    asked = Signal(dict)

    def __init__(self) -> None:
        super().__init__()
        self.supposing = Supposing()
        self.weights = QTableWidget(0, 3)
        self.weights.setAccessibleName("假设的分值")
        self.weights.setHorizontalHeaderLabels(["指标", "现分值", "假设分值"])
        self.weights.verticalHeader().hide()
        header = self.weights.horizontalHeader()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column in (1, 2):
            self.weights.setColumnWidth(column, 80)
        self.weights.itemChanged.connect(lambda _: self._say())
        self.said = label("")
        self.said.hide()
        self.said.setWordWrap(True)
        self.projects, self.items, self.value = QComboBox(), QComboBox(), QLineEdit()
        for box, words in ((self.projects, "假设哪个项目"), (self.items, "假设哪个取值项"), (self.value, "假设的值")):
            box.setAccessibleName(words)
        self.items.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.projects.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.value.setPlaceholderText("假设的值")
        self.bands: dict[str, QLineEdit] = {}
        self._bands = QHBoxLayout()
        self.table = Table(
            "假设的影响",
            Rows(_RESULT, lambda row: row["id"]),
            filters=(("变化", "changes"),),
            colour=lambda row, key: "warning" if key in ("grade", "moves") and row["changes"] == "有变化" else "",
            empty="在左边改分值、等级下限或某个项目的一个值，按“计算影响”；改分值时各指标按现在的得分率折算，方案和台账都不会改动",
        )
        self._put_together()

    def _put_together(self) -> None:
        left = QWidget()
        layout = QVBoxLayout(left)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.weights, 1)
        layout.addLayout(self._bands)
        layout.addWidget(self.projects)
        row = QHBoxLayout()
        row.addWidget(self.items, 2)
        row.addWidget(self.value, 1)
        layout.addLayout(row)
        buttons = QHBoxLayout()
        buttons.addWidget(button("恢复原样", self.reset))
        buttons.addWidget(button("计算影响", self.compute, "main"))
        layout.addLayout(buttons)
        right = QWidget()
        beside = QVBoxLayout(right)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.addWidget(self.said)
        beside.addWidget(self.table, 1)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.addWidget(left)
        split.addWidget(right)
        split.setSizes([420, 700])
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(split)

    def load(self, known: Json, projects: Iterable[Json]) -> None:
        """Show the scheme's own marks; what was typed stays while the scheme is the same."""
        if known == self.supposing.known:
            return
        self.supposing = Supposing(known)
        self._fill_bands()
        self.projects.clear()
        for project in projects:
            self.projects.addItem(f"{project['id']} {project['name']}", project["id"])
        self.items.clear()
        self.items.addItem(_NONE, "")
        for item in known.get("items", ()):
            self.items.addItem(item["label"], item["item"])
        self.reset()

    def _tell(self, words: str) -> None:
        self.said.setText(words)
        self.said.setVisible(bool(words))

    def reset(self) -> None:
        """Everything as the scheme has it."""
        rows = self.supposing.known.get("weights", ())
        self.weights.blockSignals(True)
        self.weights.setRowCount(len(rows))
        for place, row in enumerate(rows):
            for column, words in enumerate((f"{row['code']} {row['name']}", row["full_mark"], row["full_mark"])):
                item = QTableWidgetItem(words)
                if column < 2:
                    item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
                self.weights.setItem(place, column, item)
        self.weights.blockSignals(False)
        for band in self.supposing.known.get("bands", ()):
            self.bands[band["name"]].setText(band["lower"])
        self.items.setCurrentIndex(0)
        self.value.clear()
        self.table.load(())
        self._tell("")

    def compute(self) -> None:
        """Ask for the effect, unless something must be put right first."""
        if not self._say():
            self.asked.emit(self.supposing.parameters())

    def show_effect(self, rows: Iterable[Json]) -> None:
        """Show what would change."""
        effect = list(rows)
        self.table.load(changed_first(effect))
        self._tell(summary(effect))

    def _fill_bands(self) -> None:
        while self._bands.count():
            taken = self._bands.takeAt(0)
            widget = taken.widget() if taken else None
            if widget:
                widget.deleteLater()
        self.bands = {}
        for band in self.supposing.known.get("bands", ()):
            field = QLineEdit()
            field.setAccessibleName(f"{band['name']}的下限")
            self._bands.addWidget(label(f"{band['name']}≥"))
            self._bands.addWidget(field)
            self.bands[band["name"]] = field

    def _say(self) -> list[str]:
        supposing = self.supposing
        codes = [row["code"] for row in supposing.known.get("weights", ())]
        cells = [self.weights.item(place, 2) for place in range(self.weights.rowCount())]
        supposing.weights = {code: cell.text() for code, cell in zip(codes, cells, strict=True) if cell}
        supposing.bands = {name: field.text() for name, field in self.bands.items()}
        supposing.project = self.projects.currentData() or ""
        supposing.item, supposing.value = self.items.currentData() or "", self.value.text().strip()
        faults = supposing.faults()
        self._tell("；".join(faults))
        return faults
