"""Parts of 新建评价: names and dates, and names that may be one unit under two spellings."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtWidgets import QComboBox, QFormLayout, QGridLayout, QLineEdit, QWidget

from toolkit.desktop.state import beginning
from toolkit.desktop.widgets.elements import label

ARCHIVE = "archive"
"""The new evaluation goes on from last year's archive."""
_KEPT = "不填则沿用上年"
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
            self._layout.addRow(f"{words}是同一单位吗？", box)
            self._questions.append((question, box))
        self.setVisible(bool(questions))

    def answers(self) -> list[dict[str, object]]:
        """What was answered; a question left open is left out, and asked again by the findings."""
        return [
            {**question, "same": _SAME[box.currentText()]}
            for question, box in self._questions
            if _SAME[box.currentText()] is not None
        ]


class NamesAndDates(QWidget):
    """Names and dates of the new evaluation, two beside each other; they are written into its own scheme."""

    def __init__(self, changed: Callable[[], None]) -> None:
        super().__init__()
        self.fields = {name: QLineEdit() for name in beginning.ASKED}
        self.known: dict[str, str] = {}
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for number, (name, field) in enumerate(self.fields.items()):
            field.setAccessibleName(name)
            field.setPlaceholderText(beginning.hint(name))
            field.textEdited.connect(lambda _: changed())
            row, column = divmod(number, 2)
            layout.addWidget(label(name), row, 2 * column)
            layout.addWidget(field, row, 2 * column + 1)
        for column in (1, 3):
            layout.setColumnStretch(column, 1)

    def typed(self) -> dict[str, str]:
        """What stands in the fields."""
        return {name: field.text() for name, field in self.fields.items()}

    def take(self, known: Mapping[str, str]) -> None:
        """Show what another scheme has; what a person typed stays."""
        for name, field in self.fields.items():
            if field.text().strip() == self.known.get(name, ""):
                field.setText(known.get(name, ""))
        self.known = dict(known)

    def settings(self, kind: str) -> list[dict[str, object]]:
        """What is to be written: what differs from the scheme; from last year on only what was filled in."""
        if kind == ARCHIVE:
            return [row for row in beginning.settings(self.typed(), {}) if row["value"]]
        return beginning.settings(self.typed(), self.known) if kind == "" else []

    def suit(self, kind: str) -> None:
        """A sample has its own names; last year's are kept where nothing is filled in."""
        self.setVisible(kind in ("", ARCHIVE))
        for name, field in self.fields.items():
            field.setPlaceholderText(_KEPT if kind == ARCHIVE else beginning.hint(name))
