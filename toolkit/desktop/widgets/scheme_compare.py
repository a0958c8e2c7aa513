"""比较两版: two scheme workbooks, what differs, and which scores it can move."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QVBoxLayout, QWidget

from toolkit.desktop.state.forms import Field
from toolkit.desktop.state.rows import Column, Rows
from toolkit.desktop.widgets.elements import button, label
from toolkit.desktop.widgets.fields import FileField
from toolkit.desktop.widgets.table import Table
from toolkit.operations import Json, Kind

_COLUMNS = (
    Column("变化", "kind", 6),
    Column("什么", "what", 14),
    Column("编号", "key", 14),
    Column("原来", "before", 26),
    Column("现在", "after", 26),
    Column("影响得分", "effect", 34),
)


class SchemeCompare(QWidget):
    """:attr:`asked` carries both paths."""

    asked = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self.before = FileField(Field("before", "原来的方案", Kind.FILE, "上一版或上一年的方案工作簿", True, ""))
        self.after = FileField(Field("after", "现在的方案", Kind.FILE, "", True, ""))
        form = QFormLayout()
        form.addRow("原来的方案", self.before)
        form.addRow("现在的方案", self.after)
        self.said = label("", "quiet")
        self.said.setWordWrap(True)
        self.table = Table(
            "方案的变化",
            Rows(_COLUMNS, lambda row: (row["what"], row["key"])),
            filters=(("变化", "kind"), ("什么", "what")),
            colour=lambda row, key: "warning" if key == "effect" and row["grades"] else "",
            empty="选定两份方案，按“比较”；这里列出改了什么、影响哪些指标的得分",
        )
        row = QHBoxLayout()
        row.addWidget(self.said, 1)
        row.addWidget(button("比较", self._ask, "main"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(form)
        layout.addLayout(row)
        layout.addWidget(self.table, 1)

    def _ask(self) -> None:
        before, after = str(self.before.value()).strip(), str(self.after.value()).strip()
        if not (before and after):
            self.said.setText("请选定两份方案。")
            return
        self.asked.emit(before, after)

    def show_changes(self, values: Json) -> None:
        """Show what operation ``scheme diff`` gave."""
        changes = [{**change, "effect": change["words"].rpartition("；")[2]} for change in values["changes"]]
        moved = "、".join(values["moves"])
        effect = f"会影响这些指标的得分：{moved}" if moved else "不影响得分"
        self.said.setText(f"{len(changes)} 处变化；{effect}。" if changes else "两份方案没有不同。")
        self.table.load(changes)
