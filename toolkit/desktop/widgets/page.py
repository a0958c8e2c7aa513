"""What all pages have alike: title, one sentence, actions, a place for trouble, and the open evaluation."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from toolkit.desktop.state.session import Finished, Refused, Session, Then


class Page(QWidget):
    """A page of the window. ``name`` is what the rail and ``--page`` call it."""

    name = ""
    sentence = ""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self._actions = QHBoxLayout()
        self._actions.addStretch(1)
        self._trouble = label("", "error")
        self._trouble.setWordWrap(True)
        self._trouble.hide()
        self._words = label("", "quiet")
        self._words.setWordWrap(True)
        self._words.hide()
        self.body = QVBoxLayout()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 12)
        head = QHBoxLayout()
        head.addWidget(label(self.name, "title"))
        head.addSpacing(12)
        head.addWidget(label(self.sentence, "quiet"), 1)
        head.addLayout(self._actions)
        layout.addLayout(head)
        layout.addWidget(self._trouble)
        layout.addWidget(self._words)
        layout.addLayout(self.body, 1)
        self._is_built = False
        self._shown_board: object = None

    def ensure_built(self) -> None:
        """Put the page together when it is first wanted: a start does not wait for pages nobody looks at."""
        if not self._is_built:
            self._is_built = True
            self.build()

    def has_new_board(self) -> bool:
        """Whether the board is another one than at the last call; large tables are not filled for nothing."""
        is_new = self._shown_board is not self.session.board
        self._shown_board = self.session.board
        return is_new

    def build(self) -> None:
        """Put the page together; called once."""

    def entered(self) -> None:
        """The page has come to the front, or another evaluation was opened: ask for what it shows."""

    def updated(self) -> None:
        """The board, or what runs, has changed."""

    def action(self, words: str, do: Callable[[], object], *, is_main: bool = False) -> QPushButton:
        """A button at the upper right; the main one is coloured."""
        made = button(words, do, "main" if is_main else "")
        self._actions.addWidget(made)
        return made

    def start(self, name: str, then: Then | None = None, **parameters: object) -> None:
        """Start an operation; why it cannot start is said on the page."""
        self.say_trouble("")
        try:
            self.session.start(name, then or self._told, **parameters)
        except Refused as reason:
            self.say_trouble(str(reason))

    def _told(self, finished: Finished) -> None:
        self.say_trouble(finished.error)

    def say_trouble(self, words: str) -> None:
        """Show what went wrong above the page's content; "" takes it away."""
        self._trouble.setText(words)
        self._trouble.setVisible(bool(words))
        self.say("")

    def say(self, words: str) -> None:
        """Say what went well, in the same place; "" takes it away."""
        if words:
            self._trouble.hide()
        self._words.setText(words)
        self._words.setVisible(bool(words))


def label(words: str, look: str = "") -> QLabel:
    """Plain text: nothing in it is markup."""
    made = QLabel(words)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setObjectName(look)
    return made


def button(words: str, do: Callable[[], object], look: str = "") -> QPushButton:
    """A button with its words as its accessible name."""
    made = QPushButton(words)
    made.setObjectName(look)
    made.setAccessibleName(words)
    made.clicked.connect(lambda _checked: do())
    return made


def panel(*widgets: QWidget) -> QFrame:
    """Widgets under one another in a frame."""
    made = QFrame()
    made.setObjectName("panel")
    layout = QVBoxLayout(made)
    for widget in widgets:
        layout.addWidget(widget)
    return made
