"""The longest call on the interface thread, wherever a person goes in the window; used by ``window_start.py``."""

import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from toolkit.desktop.window import MainWindow


class Beats:
    """Processor time between two turns of the interface thread's loop: the longest of each thing that is done."""

    def __init__(self) -> None:
        from PySide6.QtCore import QTimer

        self.longest: dict[str, float] = {}
        self.doing, self._last = "", time.thread_time()
        self._timer = QTimer(interval=0)
        self._timer.timeout.connect(self._beat)

    def start(self) -> None:
        """Measure from now on."""
        self._last = time.thread_time()
        self._timer.start()

    def _beat(self) -> None:
        now = time.thread_time()
        self.longest[self.doing] = max(self.longest.get(self.doing, 0.0), now - self._last)
        self._last = now


class Walk:
    """A person who goes everywhere and waits for nothing but answers."""

    def __init__(self, application: "QApplication", window: "MainWindow") -> None:
        self.application, self.window, self.beats = application, window, Beats()

    def rest(self, seconds: float) -> None:
        """Let the window work until it rests, at least so long."""
        end = time.perf_counter() + seconds
        while time.perf_counter() < end or not (self.window.at_rest or self.window.session.running):
            self.application.processEvents()

    def go(self, folder: str) -> None:
        """Open the evaluation, turn to every page, then do on them what takes long."""
        self.beats.start()
        self.do("打开", lambda: self.window.session.open(folder), 1.0)
        for name, turn in self._turns():
            self.do(name, turn, 0.3)
        for name, work in self._works():
            self.do(name, work, 0.4)

    def do(self, name: str, work: Callable[[], object], seconds: float) -> None:
        """One thing; its words name it among the longest calls."""
        self.beats.doing = name
        work()
        self.rest(seconds)

    def _turns(self) -> Iterator[tuple[str, Callable[[], object]]]:
        from toolkit.desktop.state.steps import NAMES, SECTIONS

        for name in (*NAMES, *SECTIONS):
            yield name, lambda name=name: self.window.turn_to(name)
        yield "再到核查", lambda: self.window.turn_to("核查")

    def _works(self) -> Iterator[tuple[str, Callable[[], object]]]:
        check = self.window.page("核查")
        table = check.table
        for words in ("市", "市第3", "", "没有这样的词", ""):
            yield "搜索", lambda words=words: table.search.setText(words)
        for place in (4, 0):
            yield "排序", lambda place=place: table.sort(place)
        for place in (2, 0):
            yield "分组", lambda place=place: table.bar.groups.setCurrentIndex(place)
        for place in (3, 0):
            yield "筛选", lambda place=place: table.bar.filters["unit"].setCurrentIndex(place)
        yield "选中一行", lambda: table.view.selectRow(40)
        yield "全选", table.view.selectAll
        yield "复制全部", table.copy
        yield "改看一行", lambda: table.view.selectRow(41)
        check.decision.by.setText("张三")
        check.decision.reason.setText("已与合同核对")
        yield "处理一条", check.decision._decide
        yield "撤销", check.decision._undo
        yield "刷新", self.window._refresh
