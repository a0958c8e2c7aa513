"""A table of 20,000 findings on the screen: processor time of each step, the first search after loading among them.

python benchmarks/window_table.py        （界限：每次筛选 100 毫秒，界面线程一次 50 毫秒）

Every round loads the rows anew and goes through the steps in order, so that none repeats the one before it. A step has
two figures: until its rows are drawn, and until nothing is left to do (texts for searching, lists of
filters). A busy machine makes processor time itself half as long again: the limit holds for the quickest round.
"""

import os
import random
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, field

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication
from window_calls import Beats

from toolkit.desktop.application import _application
from toolkit.desktop.pages.check import COLUMNS, identity
from toolkit.desktop.state.rows import Rows
from toolkit.desktop.turns import resting
from toolkit.desktop.widgets.table import Table

ROWS, ROUNDS, LIMIT, CALL = 20_000, 7, 100.0, 50.0
"""The last two in milliseconds of processor time: a step, one call on the interface thread."""


def findings() -> list[dict[str, str]]:
    chance = random.Random(1)  # noqa: S311  made-up rows
    units = [f"市第{number}局" for number in range(27)]
    rows = []
    for number in range(ROWS):
        project = str(chance.randrange(1, 2040))
        rows.append({
            "label": chance.choice(["须更正", "请核实", "提示"]), "project": project,
            "code": f"FUND-{chance.randrange(40):02}", "place": f"资金情况 C{number % 90}", "decided": "",
            "message": f"主合同累计支付金额{number}万元超过审计核减后合同金额", "found": str(number),
            "expected": "549.40万元",
            "hint": "核对支付凭证，更正累计支付金额", "unit": chance.choice(units), "name": f"智慧城市项目{project}",
            "workbook": f"{project}.xlsx", "sheet": "资金情况", "cell": f"C{number % 90}",
        })  # fmt: skip
    return rows


@dataclass
class Measured:
    """Milliseconds of processor time by step."""

    application: QApplication
    table: Table
    beats: Beats = field(default_factory=Beats)
    drawn: dict[str, list[float]] = field(default_factory=dict)
    ended: dict[str, list[float]] = field(default_factory=dict)

    def step(self, words: str, change: Callable[[], object]) -> None:
        """Do something, wait until it is drawn, then until nothing is left to do."""
        self.beats.doing = words
        start = time.process_time()
        change()
        while self.table.is_working:
            self.application.processEvents()
        self.application.processEvents()
        self.drawn.setdefault(words, []).append((time.process_time() - start) * 1000)
        while not resting(self.table):
            self.application.processEvents()
        self.ended.setdefault(words, []).append((time.process_time() - start) * 1000)

    def loaded(self) -> None:
        """Other rows stand in the table; lists of filters and texts for searching are still to be made."""
        rows, before = findings(), self.table.rows.content
        self.beats.doing = "装入"
        self.beats.start()
        self.table.load(rows)
        while self.table.rows.content is before:
            self.application.processEvents()

    def go(self) -> None:
        """One round: what a person does in the table."""
        table = self.table
        self.loaded()
        self.step("装入后第一次搜索", lambda: table.search_for("合同"))
        self.step("搜索两个词", lambda: table.search_for("超过 199"))
        self.step("清除搜索", lambda: table.search_for(""))
        self.step("按责任单位筛选", lambda: table.bar.filters["unit"].setCurrentText("市第3局"))
        self.step("取消筛选", lambda: table.bar.filters["unit"].setCurrentIndex(0))
        self.step("按项目排序", lambda: table.sort(1))
        self.step("反过来排序", lambda: table.sort(1))
        self.step("按责任单位分组", lambda: table.bar.groups and table.bar.groups.setCurrentIndex(1))
        self.step("取消分组", lambda: table.bar.groups and table.bar.groups.setCurrentIndex(0))


def main() -> None:
    application = _application(dark=False)
    filters = (("程度", "label"), ("编号", "code"), ("责任单位", "unit"), ("项目", "project"))
    table = Table(
        "核查发现", Rows(COLUMNS, identity), choose_first=True, filters=filters, groups=(("责任单位", "unit"),)
    )
    table.resize(1100, 600)
    table.show()
    measured = Measured(application, table)
    for _ in range(ROUNDS):
        measured.go()
    worst = 0.0
    for words, drawn in measured.drawn.items():
        middle, call = statistics.median(drawn), measured.beats.longest[words] * 1000
        rest = statistics.median(measured.ended[words])
        print(f"{words}：画出 {min(drawn):.0f} 毫秒（中位 {middle:.0f}），做完 {rest:.0f}，一次最长 {call:.0f}")
        worst = max(worst, min(drawn))
    longest = max(measured.beats.longest.values()) * 1000
    print(f"{ROWS} 行：最慢一步 {worst:.0f} 毫秒（限 {LIMIT:.0f}），一次最长 {longest:.0f} 毫秒（限 {CALL:.0f}）")
    if worst > LIMIT or longest > CALL:
        raise SystemExit("没有达到界限")


if __name__ == "__main__":
    main()
