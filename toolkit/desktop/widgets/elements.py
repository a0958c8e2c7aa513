"""What every part of the window is put together from: words, buttons, frames, content that scrolls."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import Qt as QtText
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

_MOST_LINES = 8


def scrolled(content: QWidget) -> QScrollArea:
    """Content that scrolls where a window is too low or too narrow for it, so that no foot is cut off."""
    made = QScrollArea()
    made.setWidget(content)
    made.setWidgetResizable(True)
    made.setFrameShape(QFrame.Shape.NoFrame)
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return made


def cut(words: str) -> str:
    """The first lines of a long text: a message never pushes the page's content out of the window."""
    lines = words.splitlines()
    return words if len(lines) <= _MOST_LINES else "\n".join((*lines[:_MOST_LINES], f"……共 {len(lines)} 行"))


def label(words: str, look: str = "") -> QLabel:
    """Plain text: nothing in it is markup."""
    made = QLabel(words)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setObjectName(look)
    return made


def tip(words: str) -> str:
    """Words for a tool tip, which Qt would take for markup, pictures from other machines included, if they look it."""
    return QtText.convertFromPlainText(words) if QtText.mightBeRichText(words) else words


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
