"""新建评价: roster and scheme of one's own or a sample; each file is checked as soon as it is chosen."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from toolkit.desktop.opening import open_file
from toolkit.desktop.state.session import Finished, Refused, Session
from toolkit.desktop.widgets import choosing
from toolkit.desktop.widgets.page import button, label

OWN = "用自己的项目清单和方案"
SAMPLES = {
    "南通 2024（39个项目，附模拟报送件）": "nantong-2024",
    "宿州 2023（17个项目，整体评分）": "suzhou-anhui-2023",
    "南昌 2022（单个项目）": "nanchang-2022",
    "江苏 2022（单个项目）": "jiangsu-2022",
    "苏州 2023（单个项目）": "suzhou-jiangsu-2023",
}

LAST_YEAR = "接续上年：用上年的归档包"
_ARCHIVE = "archive"
_ROWS_OF = {"": (2, 3), _ARCHIVE: (4,)}
"""Rows of the form by what an evaluation starts from: one's own workbooks, last year's archive; a sample has none."""


_SAME = {"先不定": None, "是同一单位": True, "是两个单位": False}


class UnitAnswers(QWidget):
    """Names that may be one unit under two spellings: two spellings would mean two packages and two letters."""

    def __init__(self) -> None:
        super().__init__()
        self._questions: list[tuple[Mapping[str, str], QComboBox]] = []
        self._layout = QFormLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self.hide()

    def ask(self, questions: Sequence[Mapping[str, str]]) -> None:
        """Ask about other names."""
        while self._layout.rowCount():
            self._layout.removeRow(0)
        self._questions = []
        for question in questions:
            box = QComboBox()
            box.addItems(list(_SAME))
            words = f"“{question['other']}”与“{question['name']}”"
            box.setAccessibleName(f"{words}是同一单位吗")
            self._layout.addRow(words, box)
            self._questions.append((question, box))
        self.setVisible(bool(questions))

    def answers(self) -> list[dict[str, object]]:
        """What was answered; a question left open is left out, and asked again by the findings."""
        return [
            {**question, "same": _SAME[box.currentText()]}
            for question, box in self._questions
            if _SAME[box.currentText()] is not None
        ]


class NewEvaluation(QDialog):
    """Asks for a folder and for what the evaluation starts from. ``folder`` is set once it has been made."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self.folder = ""
        self.setWindowTitle("新建评价")
        self.setMinimumWidth(640)
        self.source = QComboBox()
        self.source.addItem(OWN, "")
        for words, name in SAMPLES.items():
            self.source.addItem(words, name)
        self.source.insertItem(1, LAST_YEAR, _ARCHIVE)
        self.source.currentIndexChanged.connect(lambda _: self._update())
        self.place, self.roster, self.scheme, self.archive = (QLineEdit() for _ in range(4))
        self._form = QFormLayout()
        self._add("从什么开始", self.source)
        self._add("放在哪个文件夹", self.place, self._choose_folder)
        self._add("项目清单（.xlsx）", self.roster, lambda: self._choose_file(self.roster, "项目清单"))
        self._add("方案（.xlsx）", self.scheme, lambda: self._choose_file(self.scheme, "方案"))
        self._add(
            "上年的归档包（.zip）", self.archive, lambda: self._choose_file(self.archive, "归档包", "归档包 (*.zip)")
        )
        self._make_faults()
        self.said = label("", "quiet")
        self.said.setWordWrap(True)
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel, Qt.Orientation.Horizontal
        )
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setText("建立")
        self.buttons.accepted.connect(self._make)
        self.buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addLayout(self._form)
        self.units = UnitAnswers()
        layout.addWidget(self.units)
        layout.addWidget(self.said)
        layout.addWidget(self.faults)
        layout.addWidget(self.open_fault, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self.buttons)
        self.scheme.textChanged.connect(lambda _: self._check_scheme())
        self.roster.textChanged.connect(lambda _: self._ask_units())
        for field in (self.place, self.roster, self.scheme, self.archive):
            field.textChanged.connect(lambda _: self._update())
        self._update()

    def _make_faults(self) -> None:
        """What must be put right, each with its cell, and the button that opens its workbook."""
        self.faults = QListWidget()
        self.faults.setAccessibleName("要改正的问题")
        self.faults.setWordWrap(True)
        self.faults.itemActivated.connect(lambda _: self._open_fault())
        self.open_fault = button("打开有问题的文件", self._open_fault, "small")
        self.open_fault.hide()

    def _add(self, words: str, field: QWidget, choose: Callable[[], None] | None = None) -> None:
        field.setAccessibleName(words)
        row = QHBoxLayout()
        row.addWidget(field, 1)
        if choose is not None:
            row.addWidget(button("选择…", choose))
        self._form.addRow(words, row)

    def _choose_folder(self) -> None:
        folder = choosing.folder(self, "评价放在哪个文件夹")
        if folder:
            self.place.setText(folder)

    def _choose_file(self, field: QLineEdit, words: str, kind: str = "Excel 工作簿 (*.xlsx)") -> None:
        path = choosing.file(self, f"选择{words}", kind)
        if path:
            field.setText(path)

    def _missing(self) -> str:
        if not self.place.text().strip():
            return "请选择评价放在哪个文件夹（新文件夹即可）"
        own = ((self.roster, "项目清单"), (self.scheme, "方案"))
        asked = {"": own, _ARCHIVE: ((self.archive, "上年的归档包"),)}.get(self.source.currentData(), ())
        for field, words in asked:
            if not Path(field.text().strip()).is_file():
                return f"请选择{words}文件"
        return ""

    def _update(self) -> None:
        for source, rows in _ROWS_OF.items():
            for row in rows:
                self._form.setRowVisible(row, self.source.currentData() == source)
        missing = self._missing()
        self.said.setText(missing)
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(not missing)

    def _check_scheme(self) -> None:
        path = self.scheme.text().strip()
        if Path(path).is_file():
            self._session.look("scheme check", self._show_faults, file=path)

    def _ask_units(self) -> None:
        self.units.ask(())
        path = self.roster.text().strip()
        if Path(path).is_file():
            self._session.look("view unit questions", self._show_units, file=path)

    def _show_units(self, finished: Finished) -> None:
        if finished.error:
            self.faults.addItem(finished.error)
        self.units.ask(finished.values.get("questions", ()))

    def _show_faults(self, finished: Finished) -> None:
        self.faults.clear()
        if finished.error:
            self.faults.addItem(finished.error)
        for found in finished.values.get("findings", ()):
            place = f"{found['workbook']}《{found['sheet']}》{found['cell']}"
            fault = QListWidgetItem(f"{place}：{found['message']}　{found['hint']}")
            fault.setData(Qt.ItemDataRole.UserRole, found["workbook"])
            self.faults.addItem(fault)
        self.open_fault.setVisible(bool(self.faults.count()))
        if not self.faults.count():
            self.said.setText("；".join(filter(None, ("方案没有发现问题", self._missing()))))

    def _open_fault(self) -> None:
        """The workbook of the chosen fault, else of the first, in Excel or WPS."""
        fault = self.faults.currentItem() or self.faults.item(0)
        name = fault.data(Qt.ItemDataRole.UserRole) if fault else ""
        paths = [field.text().strip() for field in (self.scheme, self.roster, self.archive) if field.text().strip()]
        path = next((path for path in paths if Path(path).name == name), paths[0] if paths else "")
        self.said.setText(open_file(path) if path else "先选择文件")

    def _make(self) -> None:
        given: dict[str, object] = {"folder": self.place.text().strip()}
        if self.source.currentData() == _ARCHIVE:
            given["archive"] = self.archive.text().strip()
        elif self.source.currentData():
            given["sample"] = self.source.currentData()
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
        self._show_faults(finished)
