"""A table of 20,000 findings: search, filter, sort and group, without Qt and with the table on the screen.

python benchmarks/window_table.py        （界限：每次筛选 100 毫秒）
"""

import os
import random
import statistics
import time
from collections.abc import Callable

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from toolkit.desktop.pages.check import COLUMNS, identity
from toolkit.desktop.state.rows import Rows
from toolkit.desktop.turns import Turns
from toolkit.desktop.widgets.table import Table

ROWS, LIMIT = 20_000, 100.0


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


def milliseconds(work: Callable[[], object], times: int = 7) -> tuple[float, float]:
    taken = []
    for _ in range(times):
        start = time.process_time()
        work()
        taken.append((time.process_time() - start) * 1000)
    return statistics.median(taken), max(taken)


def main() -> None:
    application = QApplication([])
    filters = (("程度", "label"), ("责任单位", "unit"))
    table = Table("核查发现", Rows(COLUMNS, identity), choose_first=True, filters=filters)
    table.resize(1100, 600)
    table.show()
    load = milliseconds(lambda: table.load(findings()), 1)[0]
    table.view.selectRow(7)

    def shown(change: Callable[[], None]) -> Callable[[], None]:
        def work() -> None:
            change()
            table._change()
            while not Turns.resting():
                application.processEvents()

        return work

    table.view.selectAll()
    table.view.clearSelection()
    rows = table.rows
    steps: dict[str, Callable[[], None]] = {
        "搜索一个词": lambda: setattr(rows, "search", "合同"),
        "搜索两个词": lambda: setattr(rows, "search", "超过 199"),
        "清除搜索": lambda: setattr(rows, "search", ""),
        "按责任单位筛选": lambda: rows.pick("unit", "市第3局"),
        "取消筛选": lambda: rows.pick("unit", ""),
        "按项目排序": lambda: setattr(rows, "sorted_by", "project"),
        "按责任单位分组": lambda: setattr(rows, "grouped_by", "unit"),
        "取消分组": lambda: setattr(rows, "grouped_by", ""),
    }
    print(f"装入 {ROWS} 行：{load:.0f} 毫秒（含造数据）")
    worst = 0.0
    for words, change in steps.items():
        middle, most = milliseconds(shown(change))
        print(f"{words}：中位 {middle:.1f} 毫秒，最长 {most:.1f} 毫秒（处理器时间，连同重画）")
        worst = max(worst, middle)
    print(f"最慢一步 {worst:.1f} 毫秒，界限 {LIMIT:.0f} 毫秒：{'达到' if worst <= LIMIT else '没有达到'}")


if __name__ == "__main__":
    main()
