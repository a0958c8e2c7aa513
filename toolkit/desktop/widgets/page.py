"""What all pages have alike: title, one sentence, actions, a place for trouble, and the open evaluation."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMenu,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from toolkit.desktop.opening import open_file
from toolkit.desktop.state import forms, places
from toolkit.desktop.state.session import Finished, Refused, Session, Then
from toolkit.desktop.widgets.elements import button, cut, label, scrolled
from toolkit.operations import operation

if TYPE_CHECKING:
    from toolkit.desktop.widgets.operation_panel import OperationPanel


class Page(QWidget):
    """A page of the window. ``name`` is what the rail and ``--page`` call it."""

    name = ""
    sentence = ""
    turning = Signal(str)
    """Asks the window for another page."""

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
        self._content = QWidget()
        self.body = QVBoxLayout(self._content)
        self.body.setContentsMargins(0, 0, 0, 0)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._content)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 12)
        head = QHBoxLayout()
        head.addWidget(label(self.name, "title"))
        head.addSpacing(12)
        sentence = label(self.sentence, "quiet")
        sentence.setWordWrap(True)  # with large letters two lines: in one it would make the window too wide
        head.addWidget(sentence, 1)
        head.addLayout(self._actions)
        layout.addLayout(head)
        layout.addWidget(self._message_line())
        layout.addWidget(scrolled(self._stack), 1)
        self._shown_board: object = None
        self._looked_wrong = False

    def _message_line(self) -> QWidget:
        """Where something is said: as high as one line while nothing is, so that no button moves under the mouse."""
        line = QWidget()
        line.setMinimumHeight(self._words.fontMetrics().height() + 2)
        layout = QVBoxLayout(line)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._trouble)
        layout.addWidget(self._words)
        return line

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

    def turn_to_section(self, name: str) -> None:
        """Bring a part of the page to the front."""

    def action(self, words: str, do: Callable[[], object], *, is_main: bool = False) -> QPushButton:
        """A button at the upper right; the main one is coloured."""
        made = button(words, do, "main" if is_main else "")
        self._actions.addWidget(made)
        return made

    def offer_more(self) -> None:
        """A menu of the operations that belong here, each with all its fields; none where there are none."""
        offered = forms.offered_on(self.name)
        if not offered:
            return
        menu = QMenu(self)
        menu.setToolTipsVisible(True)
        for wanted in offered:
            entry = menu.addAction(wanted.title)
            entry.setToolTip(forms.said(wanted, wanted.help))
            entry.triggered.connect(lambda _checked=False, name=wanted.name: self.open_operation(name))
        self.more = QPushButton("更多操作")
        self.more.setAccessibleName("更多操作")
        self.more.setMenu(menu)
        self._actions.insertWidget(1, self.more)

    def filled(self, name: str) -> dict[str, object]:  # noqa: ARG002
        """What is known of an operation's fields from what is chosen on the page."""
        return {}

    def open_operation(self, name: str) -> "OperationPanel":
        """Show an operation's form in place of the page's content."""
        from toolkit.desktop.widgets.operation_panel import OperationPanel  # a fifth of the window's start

        self._leave_operation()
        panel = OperationPanel(operation(name), self.session.workspace, self.filled(name))
        panel.left.connect(self._leave_operation)
        panel.asked.connect(lambda parameters: self._carry_out(panel, parameters))
        panel.at.connect(lambda found: self.open_own(found, panel.files))
        self._stack.addWidget(panel)
        self._stack.setCurrentWidget(panel)
        return panel

    def _carry_out(self, panel: "OperationPanel", parameters: dict[str, object]) -> None:
        name = panel.wanted.name

        def then(finished: Finished) -> None:
            panel.show_end(finished)
            self.entered()

        try:
            self.session.start(name, then, **parameters)
        except Refused as reason:
            panel.result.say(str(reason), is_trouble=True)

    def _leave_operation(self) -> None:
        while self._stack.count() > 1:
            if panel := self._stack.widget(1):
                self._stack.removeWidget(panel)
                panel.deleteLater()

    def start(self, name: str, then: Then | None = None, **parameters: object) -> None:
        """Start an operation; why it cannot start is said on the page."""
        self.say_trouble("")
        try:
            self.session.start(name, then or self._told, **parameters)
        except Refused as reason:
            self.say_trouble(str(reason))

    def open_path(self, path: str) -> None:
        """Open a file or folder, in full or within the evaluation; why it cannot be opened is said on the page."""
        if not self.session.workspace and not Path(path).is_absolute():
            self.say_trouble("请先打开或新建一个评价")
            return
        self.say_opened(str(Path(self.session.workspace) / path))

    def say_opened(self, path: str, words: str = "") -> None:
        """Open a file; say why it was not opened, else ``words``."""
        trouble = open_file(path)
        self.say_trouble(trouble)
        if not trouble:
            self.say(words)

    def open_own(self, found: Mapping[str, Any], chosen: Iterable[str] = ()) -> None:
        """Open the evaluators' own workbook a finding is about, at its cell; ``chosen`` are files named by a person."""
        path = places.own_workbook(found, self.session.workspace, chosen)
        if not path or not found["sheet"]:
            self.say("这一条不在某个单元格里，没有可打开的位置。")
            return
        self.say("正在打开……")
        self.session.look("view open own", self._opened_own, file=path, sheet=found["sheet"], cell=found["cell"])

    def _opened_own(self, finished: Finished) -> None:
        self.say_end(finished)
        if not finished.error:
            self.say(places.opened_own(finished.values))

    def _told(self, finished: Finished) -> None:
        self.say_end(finished)
        if not finished.error:
            self.say(f"“{finished.title}”完成。")

    def say_end(self, finished: Finished) -> None:
        """How an operation ended: trouble, that it was stopped, or nothing."""
        if finished.stopped:
            self.say(finished.error)
        else:
            self.say_trouble(finished.error)

    def say_trouble(self, words: str) -> None:
        """Show what went wrong above the page's content; "" takes it away."""
        self._trouble.setText(cut(words))
        self._trouble.setVisible(bool(words))
        self.say("")

    @property
    def has_words(self) -> bool:
        """Something is said already that must not be written over."""
        return self._words.isVisible() or self._trouble.isVisible()

    def say_of_look(self, words: str) -> None:
        """What went wrong with showing something; "" takes only such words away, not what an operation came to."""
        if words or self._looked_wrong:
            self.say_trouble(words)
        self._looked_wrong = bool(words)

    def say(self, words: str) -> None:
        """Say what went well, in the same place; "" takes it away."""
        if words:
            self._trouble.hide()
        self._words.setText(cut(words))
        self._words.setVisible(bool(words))
