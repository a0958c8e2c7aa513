"""The line in which a person decides about the selected findings: how, by whom, why; with undo until the next run."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QWidget

from toolkit.desktop.state.pending import ACCEPT, OVERRIDE, WAIVE, CannotDecide, Pending, Row
from toolkit.desktop.widgets.elements import button, label

_COUNTED, _MANY = "记入台账（{}）", 9999


class DecisionBar(QWidget):
    """Takes decisions into :class:`Pending`; ``changed`` is told what happened, in words, "" for nothing to say."""

    def __init__(
        self,
        pending: Callable[[], Pending],
        chosen: Callable[[], Sequence[Row]],
        changed: Callable[[str], None],
        record: Callable[[], None],
    ) -> None:
        super().__init__()
        self._pending, self._chosen, self._changed = pending, chosen, changed
        self.action_box = QComboBox()
        self.action_box.addItems([ACCEPT, OVERRIDE, WAIVE])
        self.action_box.setAccessibleName("处理方式")
        self.value, self.by, self.reason = _field("核定值", 12), _field("姓名", 10), _field("理由", 0)
        self.by.setText(str(QSettings("jixiao", "window").value("姓名", "")))
        self.value.setEnabled(False)
        self.action_box.currentTextChanged.connect(lambda words: self.value.setEnabled(words == OVERRIDE))
        self.decide = button("处理选中", self._decide)
        self.undo = button("撤销", self._undo)
        self.record = button(_COUNTED.format(_MANY), record)
        self.record.setAccessibleName("记入台账")
        self.record.setMinimumWidth(self.record.sizeHint().width())  # beside it "撤销" must not move under the mouse
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(label("处理："))
        row.addWidget(self.action_box)
        row.addWidget(self.value)
        row.addWidget(self.by)
        row.addWidget(self.reason, 1)
        for pressed in (self.decide, self.undo, self.record):
            row.addWidget(pressed)
        self.update_count()

    def update_count(self) -> None:
        """Say how many decisions wait."""
        count = self._pending().count
        self.undo.setEnabled(bool(count))
        self.record.setEnabled(bool(count))
        self.record.setText(_COUNTED.format(count) if count else "记入台账")
        self.undo.setToolTip("收回最近一次处理；核查、汇总或记入台账以前都可撤销")

    def recorded(self) -> None:
        """What was decided is on record: its value and reason are not those of the row that is chosen next."""
        self.value.clear()
        self.reason.clear()

    def _decide(self) -> None:
        name = self.by.text().strip()
        try:
            words = (self.action_box.currentText(), self.value.text().strip(), name, self.reason.text().strip())
            count = self._pending().decide(self._chosen(), *words)
        except CannotDecide as reason:
            self._changed(f"没有处理：{reason}。")
            self._go_to_missing()
            return
        QSettings("jixiao", "window").setValue("姓名", name)
        self.update_count()
        self._changed(f"已处理 {count} 条，下次核查或汇总时记入台账；在那以前可以撤销。")

    def _go_to_missing(self) -> None:
        """Put the cursor where something must be filled in."""
        empty = [
            field for field in (self.value, self.by, self.reason) if field.isEnabled() and not field.text().strip()
        ]
        if empty:
            empty[0].setFocus()

    def _undo(self) -> None:
        count = self._pending().undo()
        self.update_count()
        self._changed(f"已撤销 {count} 条处理。")


def _field(words: str, characters: int) -> QLineEdit:
    field = QLineEdit()
    field.setPlaceholderText(words)
    field.setAccessibleName(words)
    if characters:
        field.setMaximumWidth(field.fontMetrics().horizontalAdvance("国") * characters)
    return field
