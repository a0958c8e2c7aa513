"""新建评价: roster and scheme of one's own, a sample or last year's archive; checked while it is being filled in."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from toolkit.desktop.opening import open_file
from toolkit.desktop.state import beginning, places
from toolkit.desktop.state.session import Finished, Refused, Session
from toolkit.desktop.widgets import choosing
from toolkit.desktop.widgets.elements import button, label
from toolkit.desktop.widgets.evaluation_fields import ARCHIVE, NamesAndDates, UnitAnswers
from toolkit.desktop.widgets.fault_list import FaultList

OWN = "用自己的项目清单和方案"
SAMPLES = {
    "南通 2024（39个项目，附模拟报送件）": "nantong-2024",
    "宿州 2023（17个项目，整体评分）": "suzhou-anhui-2023",
    "南昌 2022（单个项目）": "nanchang-2022",
    "江苏 2022（单个项目）": "jiangsu-2022",
    "苏州 2023（单个项目）": "suzhou-jiangsu-2023",
}

LAST_YEAR = "接续上年：用上年的归档包"
_ROWS_OF = {"": (2, 3), ARCHIVE: (4,)}
"""Rows of the form by what an evaluation starts from: one's own workbooks, last year's archive; a sample has none."""
_TYPING = 400
"""Units: milliseconds after the last key before what was typed is checked."""


class NewEvaluation(QDialog):
    """Asks for a folder and for what the evaluation starts from. ``folder`` is set once it has been made."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self.folder = ""
        self._checks = 0
        self.setWindowTitle("新建评价")
        self.setMinimumWidth(760)
        self.source = QComboBox()
        self.source.addItem(OWN, "")
        for words, name in SAMPLES.items():
            self.source.addItem(words, name)
        self.source.insertItem(1, LAST_YEAR, ARCHIVE)
        self.place, self.roster, self.scheme, self.archive = (QLineEdit() for _ in range(4))
        self._form = QFormLayout()
        self._add("从什么开始", self.source)
        self._add("放在哪个文件夹", self.place, self._choose_folder)
        self._add("项目清单（.xlsx）", self.roster, lambda: self._choose_file(self.roster, "项目清单"))
        self._add("方案（.xlsx）", self.scheme, lambda: self._choose_file(self.scheme, "方案"))
        self._add(
            "上年的归档包（.zip）", self.archive, lambda: self._choose_file(self.archive, "归档包", "归档包 (*.zip)")
        )
        self._soon = QTimer(self, singleShot=True, interval=_TYPING)
        self._soon.timeout.connect(self._check)
        self.names = NamesAndDates(self._typed)
        self.faults = FaultList(self._fill, self._open_at)
        self.said = label("", "quiet")
        self.said.setWordWrap(True)
        self.units = UnitAnswers()
        self._put_together()
        self._listen()
        self._update()

    def _put_together(self) -> None:
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel, Qt.Orientation.Horizontal
        )
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setText("建立")
        self.buttons.button(QDialogButtonBox.StandardButton.Cancel).setText("取消")
        layout = QVBoxLayout(self)
        layout.addLayout(self._form)
        for part in (self.names, self.units, self.said):
            layout.addWidget(part)
        layout.addWidget(self.faults, 1)
        layout.addWidget(self.buttons)

    def _listen(self) -> None:
        self.source.currentIndexChanged.connect(lambda _: self._update())
        self.buttons.accepted.connect(self._make)
        self.buttons.rejected.connect(self.reject)
        self.roster.textChanged.connect(lambda _: self._ask_units())
        for field in (self.roster, self.scheme):
            field.textChanged.connect(lambda _: self._check())
        for field in (self.place, self.roster, self.scheme, self.archive):
            field.textChanged.connect(lambda _: self._update())

    def _add(self, words: str, field: QWidget, choose: Callable[[], None] | None = None) -> None:
        field.setAccessibleName(words)
        row = QHBoxLayout()
        row.addWidget(field, 1)
        if choose is not None:
            chooser = button("选择…", choose)
            chooser.setAccessibleName(f"选择{words}")
            row.addWidget(chooser)
        self._form.addRow(words, row)

    def _choose_folder(self) -> None:
        folder = choosing.folder(self, "评价放在哪个文件夹")
        if folder:
            self.place.setText(folder)

    def _choose_file(self, field: QLineEdit, words: str, kind: str = "Excel 工作簿 (*.xlsx)") -> None:
        path = choosing.file(self, f"选择{words}", kind)
        if path:
            field.setText(path)

    @property
    def _kind(self) -> str:
        return str(self.source.currentData())

    def _given(self) -> dict[str, str]:
        fields = {"place": self.place, "roster": self.roster, "scheme": self.scheme, "archive": self.archive}
        return {name: field.text().strip() for name, field in fields.items()}

    def _missing(self) -> str:
        return beginning.missing(self._kind, self._given(), self.names.typed())

    def _update(self) -> None:
        for source, rows in _ROWS_OF.items():
            for row in rows:
                self._form.setRowVisible(row, self._kind == source)
        self.names.suit(self._kind)
        if self._kind:
            self.faults.show_faults(())
        missing = self._missing()
        self.said.setText(missing)
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(not missing)

    def _typed(self) -> None:
        self._update()
        self._soon.start()

    def _check(self) -> None:
        """Have what was chosen and typed so far looked at; only the answer to the latest question counts."""
        given = self._given()
        files = {key: given[key] for key in ("scheme", "roster") if Path(given[key]).is_file()}
        if self._kind or not files:
            return
        self._checks += 1
        number = self._checks

        def then(finished: Finished) -> None:
            if number == self._checks:
                self._show_checked(finished)

        self._session.look("view new plan", then, settings=self.names.settings(""), **files)

    def _show_checked(self, finished: Finished) -> None:
        if finished.error:
            self.faults.show_faults([beginning.Fault(finished.error)])
            return
        if self.scheme.text().strip():
            self.names.take(beginning.known_values(finished.values))
        self._update()
        self._show_faults(finished.values)
        if not self.faults.faults:
            count = finished.values["projects"]
            sound = f"没有发现问题，共{count}个项目。" if count else "没有发现问题。"
            self.said.setText(f"{sound}{self._missing()}")

    def _show_faults(self, values: dict[str, object]) -> None:
        given = self._given()
        self.faults.show_faults(beginning.faults(values, [given["scheme"], given["roster"]]))

    def _ask_units(self) -> None:
        self.units.ask(())
        path = self.roster.text().strip()
        if Path(path).is_file():
            self._session.look("view unit questions", self._show_units, file=path)

    def _show_units(self, finished: Finished) -> None:
        self.units.ask(finished.values.get("questions", ()))

    def _fill(self, fault: beginning.Fault) -> None:
        """To the field of the wizard."""
        field = self.names.fields[fault.setting]
        field.setFocus()
        field.selectAll()

    def _open_at(self, fault: beginning.Fault) -> None:
        """To the cell of the workbook; back in the window everything is checked again."""
        if not fault.sheet:
            self.said.setText(open_file(fault.path) or "改好并保存以后，回到这里会重新检查。")
            return
        self.said.setText("正在打开……")
        self._session.look("view open own", self._opened, file=fault.path, sheet=fault.sheet, cell=fault.cell)

    def _opened(self, finished: Finished) -> None:
        self.said.setText(finished.error or places.opened_own(finished.values))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """The list of faults makes it higher: its buttons stay on a screen of 768 pixels."""
        super().resizeEvent(event)
        lowest = self.screen().availableGeometry().bottom() - self.frameGeometry().bottom()
        if lowest < 0 and self.isVisible():
            self.move(self.x(), max(self.screen().availableGeometry().top(), self.y() + lowest))

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Look again when a person comes back from Excel."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.ActivationChange and self.isActiveWindow() and self.faults.faults:
            self._soon.start()

    def _make(self) -> None:
        given: dict[str, object] = {"folder": self.place.text().strip(), "settings": self.names.settings(self._kind)}
        if self._kind == ARCHIVE:
            given["archive"] = self.archive.text().strip()
        elif self._kind:
            given["sample"] = self._kind
        else:
            given |= {"roster": self.roster.text().strip(), "scheme": self.scheme.text().strip()}
            given["answers"] = self.units.answers()
        try:
            self._session.start("init", self._made, **given)
        except Refused as reason:
            self.said.setText(str(reason))
            return
        self.said.setText("正在建立……")
        self.buttons.setEnabled(False)

    def _made(self, finished: Finished) -> None:
        self.buttons.setEnabled(True)
        if finished.ok:
            self.folder = str(finished.parameters["folder"])
            self.accept()
            return
        self.said.setText(finished.error or "没有建立：请先改正下列问题，再按“建立”。")
        if not finished.error:
            self._show_faults(finished.values)
