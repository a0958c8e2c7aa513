"""The window: the rail at the left, a page beside it, and a line at the foot that says what runs."""

import os
from collections.abc import Callable
from types import TracebackType

from PySide6.QtCore import QSettings, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMainWindow, QProgressBar, QStackedWidget, QVBoxLayout, QWidget

from toolkit.desktop.appearance import rules
from toolkit.desktop.client import EngineClient
from toolkit.desktop.locking import WorkspaceLock
from toolkit.desktop.pages import page_class
from toolkit.desktop.state import delivery
from toolkit.desktop.state.archived import ARCHIVED_FILE, Archived
from toolkit.desktop.state.linking import Link, ask_open_window, folder_of, take_asked
from toolkit.desktop.state.mail_account import MailAccounts
from toolkit.desktop.state.recent import Recent, settings_folder
from toolkit.desktop.state.session import Finished, Session
from toolkit.desktop.state.steps import NAMES, PAGES, SECTIONS, steps
from toolkit.desktop.turns import resting
from toolkit.desktop.watching import FolderWatch
from toolkit.desktop.widgets.elements import button, label
from toolkit.desktop.widgets.page import Page
from toolkit.desktop.widgets.rail import Rail
from toolkit.operations.trouble import trouble

TITLE = "绩效核查工作台"
_SIZE = (1280, 720)
_OFTEN = 100
"""Units: milliseconds between two looks at how far a run is; an engine may tell a thousand times a second."""


class MainWindow(QMainWindow):
    """Everything a person sees. One window works on one evaluation."""

    def __init__(self, client: EngineClient) -> None:
        super().__init__()
        client.setParent(self)
        self._client = client
        self._looker = EngineClient(self, command=client.command)
        self.session = Session(client, self._looker)
        accounts = MailAccounts(settings_folder() / "邮件账户.json")
        accounts.load()
        self.session.use_environment(accounts.environment(os.environ))
        self.lock = WorkspaceLock()
        self.watch = FolderWatch(self)
        self.watch.changed.connect(self._folder_changed)
        self.rail = Rail()
        self._pages: dict[str, Page] = {}
        self._stack = QStackedWidget()
        self.rail.turned.connect(self._turned)
        self.setCentralWidget(self._put_together())
        self.setWindowTitle(TITLE)
        self.setStyleSheet(rules())
        self.resize(*_SIZE)
        self._shortcuts()
        self._workspace = ""
        self.session.listen(self._update)
        self._steps: list[Callable[[], object]] = []
        self._turning = QTimer(self, singleShot=True, interval=0)
        self._turning.timeout.connect(self._next_step)
        self._soon = QTimer(self, singleShot=True, interval=_OFTEN)
        self._soon.timeout.connect(self._show_running)
        self.session.listen_to_progress(self._look_soon)
        self._stack.addWidget(self.page(NAMES[0]))
        self._update()
        self.rail.turn_to(0)

    def page(self, name: str) -> Page:
        """The page of a name, put together when it is first wanted: a start does not wait for pages nobody looks at."""
        page = self._built(name)
        if self._stack.indexOf(page) < 0:
            self._stack.addWidget(page)
        return page

    def _built(self, name: str) -> Page:
        """A page that may not stand in the window yet, where it is laid out in the looks of the window."""
        if name not in self._pages:
            page = page_class(name)(self.session)
            page.turning.connect(self.turn_to)
            page.build()
            page.offer_more()
            self._pages[name] = page
        return self._pages[name]

    @property
    def shown(self) -> Page | None:
        """The page at the front."""
        page = self._stack.currentWidget()
        return page if isinstance(page, Page) else None

    def turn_to(self, name: str) -> None:
        """Bring a page, or a part of one (台账, 日志 …), to the front."""
        page = SECTIONS.get(name, name)
        self.rail.turn_to(NAMES.index(page))
        if page != name:
            self._steps.append(lambda: self.page(page).turn_to_section(name))
            self._turning.start()

    def follow(self, link: Link) -> bool:
        """Open a link's evaluation at its project; False when another window, which has it open, shows it instead."""
        start = self.page(NAMES[0])
        folder = folder_of(link, Recent(settings_folder() / "最近打开.json").folders())
        if not folder:
            start.say_trouble("链接里的评价在这台电脑上还没有打开过：先用“打开文件夹”打开它，再点链接。")
            return True
        start.open(folder)  # type: ignore[attr-defined]
        if self.session.locked:
            ask_open_window(folder, link)
            return False
        self._show_project(link.project)
        return True

    def _show_project(self, project: str) -> None:
        """The findings of one project."""
        self.turn_to("核查")
        self._steps.append(lambda: self.page("核查").show_project(project))  # type: ignore[attr-defined]
        self._turning.start()
        self.raise_()
        self.activateWindow()

    def report_fault(self, _kind: type[BaseException], fault: BaseException, _trace: TracebackType | None) -> None:
        """A fault of the window's own: one calm sentence on the page, the details in a file that the log names."""
        what = trouble(fault)
        self.session.history.append(Finished("", "窗口", {}, ok=False, values={}, error=what.message, log=what.log))
        if self.shown:
            self.shown.say_trouble(what.message)

    def _put_together(self) -> QWidget:
        self._bar = QProgressBar()
        self._bar.setAccessibleName("进度")
        self._bar.setTextVisible(False)
        self._bar.setMaximumWidth(260)
        self._says: QLabel = label("", "quiet")
        self._stop = button("停止", self.session.stop)
        for part in (self._bar, self._stop):  # where they appear nothing moves, and no page is laid out again
            policy = part.sizePolicy()
            policy.setRetainSizeWhenHidden(True)
            part.setSizePolicy(policy)
        foot = QHBoxLayout()
        foot.setContentsMargins(20, 6, 20, 8)
        foot.addWidget(self._says, 1)
        foot.addWidget(self._bar)
        foot.addWidget(self._stop)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self._stack, 1)
        right.addLayout(foot)
        whole = QWidget()
        layout = QHBoxLayout(whole)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.rail)
        layout.addLayout(right, 1)
        return whole

    def _shortcuts(self) -> None:
        for number in range(len(PAGES)):
            keys = QKeySequence(f"Alt+{(number + 1) % 10}")
            QShortcut(keys, self, lambda number=number: self.rail.turn_to(number))
        QShortcut(QKeySequence("F5"), self, self._refresh)
        QShortcut(QKeySequence("Ctrl+F"), self, self._find)

    def _turned(self, place: int) -> None:
        if place >= 0:
            self._steps = [
                lambda: page_class(NAMES[place]),
                lambda: self._built(NAMES[place]),
                lambda: self.page(NAMES[place]),
                lambda: self._stack.setCurrentWidget(self.page(NAMES[place])),
                self._enter,
            ]
            self._turning.start()

    def _next_step(self) -> None:
        """A turn is a few short calls instead of a long one: import the page, build it, put it there, ask for rows."""
        if self._steps:
            self._steps.pop(0)()
        if self._steps:
            self._turning.start()

    def _enter(self) -> None:
        if self.shown:
            self.shown.entered()
            self.shown.updated()

    @property
    def at_rest(self) -> bool:
        """Everything that was asked for has been answered and shown."""
        answered = self._client.idle and self._looker.idle and self.session.running is None
        return answered and not self._steps and resting(self)

    def _update(self) -> None:
        if self.session.workspace != self._workspace:
            self._opened()
        self._show_running()
        self.rail.steps.show(steps(self.session.board, self._made()))
        if self.shown:
            self.shown.updated()

    def _made(self) -> dict[str, object]:
        """What stands in the open evaluation's folder, and whether it was archived."""
        folder = self.session.workspace
        if not folder:
            return {}
        reports = len(delivery.made(folder)["reports"])
        return {"reports": reports, "archived": bool(Archived(settings_folder() / ARCHIVED_FILE).last(folder))}

    def _look_soon(self) -> None:
        if not self._soon.isActive():
            self._soon.start()

    def _show_running(self) -> None:
        running = self.session.running
        self._stop.setVisible(running is not None)
        self._bar.setVisible(running is not None)
        if running:
            self._bar.setRange(0, running.total)
            self._bar.setValue(running.done)
        self._says.setText(running.words if running else self._standing())

    def _standing(self) -> str:
        if not self.session.workspace:
            return "没有打开评价"
        title = self.session.board.get("title", "")
        if self.session.board_error:
            return self.session.board_error
        return f"{title}　正在更新各项目进度……" if title and self.session.refreshing else title or "正在读取……"

    def _opened(self) -> None:
        self._workspace = self.session.workspace
        self.session.locked = self.lock.take(self._workspace)
        if self.session.locked:
            self.page("开始").say_trouble(self.session.locked)
        self.setWindowTitle(f"{self._workspace} — {TITLE}")
        self.watch.follow(self._workspace)
        if self.shown:
            self.shown.entered()

    def _folder_changed(self) -> None:
        project = take_asked(self.session.workspace)
        if project is not None:
            self._show_project(project)
        if self.session.running is None:
            self._refresh()

    def _refresh(self) -> None:
        self.session.refresh()
        if self.shown:
            self.shown.entered()

    def _find(self) -> None:
        from toolkit.desktop.widgets.table import Table

        tables = self.shown.findChildren(Table) if self.shown else []
        table = next((table for table in tables if table.isVisible()), None)
        if table:
            table.search.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802, D102
        QSettings("jixiao", "window").setValue("geometry", self.saveGeometry())
        self.lock.give_back()
        for client in (self._client, self._looker):
            client.close()
        super().closeEvent(event)
