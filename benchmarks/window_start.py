"""Cold start to a window that answers, its memory, how long a stop takes, the longest call on the interface thread.

python benchmarks/window_start.py                    2,039个项目的回答现成，量的只是窗口
python benchmarks/window_start.py 评价文件夹          一个真的评价，计算程序照常读取
python benchmarks/window_start.py --make 评价文件夹   先做一个：2,039个项目，每个一份填好的报送件，都已读取（约十分钟）
（界限：1.0 秒，80 MB，停止 300 毫秒，每次调用 50 毫秒）
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from window_calls import Walk

PROJECTS = 2039
FINDINGS = 33_964
LONGEST = 50
"""Units: milliseconds of processor time."""


def board() -> dict:
    """A board of 2,039 returned projects."""
    rows = [
        {"id": str(number), "unit": f"市第{number % 27}局", "name": f"智慧城市项目{number}", "dispatched": True,
         "returned": "2026-01-05T10:00:00+08:00", "round": 0, "errors": number % 3, "warnings": 1, "total": "88.00",
         "grade": "良", "provisional": False}
        for number in range(1, PROJECTS + 1)
    ]  # fmt: skip
    counts = {"projects": PROJECTS, "dispatched": PROJECTS, "returned": PROJECTS, "to_correct": 9, "scored": PROJECTS}
    return {"title": "大评价", "deadline": "", "projects": rows, "corrections": [], "counts": counts}


def answers() -> dict:
    """What the engine answers for an evaluation of that size: 33,964 findings, 10,000 events in the ledger, scores."""
    findings = [
        {"code": f"FUND-{number % 40:02}", "severity": "error", "label": "须更正",
         "project": str(number % PROJECTS + 1),
         "workbook": f"{number % PROJECTS + 1}.xlsx", "sheet": "资金情况", "cell": f"C{number % 90}",
         "indicator": "B102",
         "found": str(number), "expected": "549.40万元",
         "message": f"主合同累计支付金额{number}万元超过审计核减后合同金额",
         "hint": "核对支付凭证，更正累计支付金额", "explanation": "", "name": f"智慧城市项目{number % PROJECTS + 1}",
         "unit": f"市第{number % 27}局", "place": f"资金情况 C{number % 90}", "decided": "",
         "related": " ".join(f"D{row}" for row in range(number % 20))}
        for number in range(FINDINGS)
    ]  # fmt: skip
    events = [
        {"seq": number, "at": "2026-01-05T10:00:00+08:00", "kind": "报送", "project": str(number % PROJECTS + 1),
         "unit": f"市第{number % 27}局", "subject": f"{number}.xlsx", "words": f"文件：{number}.xlsx；大小：60000"}
        for number in range(10_000)
    ]  # fmt: skip
    scores = [
        {"id": row["id"], "name": row["name"], "unit": row["unit"], "total": "88.00", "grade": "良", "lost": 4,
         "provisional": False}
        for row in board()["projects"]
    ]  # fmt: skip
    cells = [
        {"row": row, "column": column, "shown": f"{row}.{column}", "kind": "数值", "formula": "", "fill": "eef1f5"}
        for row in range(1, 32) for column in range(1, 20)
    ]  # fmt: skip
    cut = {"file": "1.xlsx", "sheet": "资金情况", "top": 1, "left": 1, "bottom": 31, "right": 19, "cells": cells,
           "merges": [[1, 1, 1, 9]], "widths": [12] * 19, "heights": [20] * 31}  # fmt: skip
    return {"view board": board(), "view findings": {"findings": findings, "severities": {}},
            "view ledger": {"events": events}, "view scores": {"projects": scores}, "view settings": {"settings": []},
            "view preview": cut, "view form": {**cut, "path": "1.xlsx", "sheets": ["封面", "资金情况"]},
            "view correction": {"units": [], "lines": []}, "view opinions": opinions()}  # fmt: skip


def opinions() -> dict:
    """Five opinions on every project."""
    rows = [
        {"project": str(number % PROJECTS + 1), "name": f"智慧城市项目{number % PROJECTS + 1}",
         "unit": f"市第{number % 27}局", "indicator": f"D10{number % 5}", "item": "完成值", "verified": "0.85",
         "reason": "抽查的13项证明材料中有11项能够直接证明，评定为85%", "evidence": "E03、E11", "evaluator": "甲",
         "reviewer": "乙", "warning": ""}
        for number in range(5 * PROJECTS)
    ]  # fmt: skip
    return {"opinions": rows, "findings": [], "agreement": {}}


FAKE = """
import json, sys, time
from toolkit.operations.engine import messages
known = json.load(open(sys.argv[1], encoding="utf-8"))
print(json.dumps({"event": "ready", "version": ""}), flush=True)
for line in sys.stdin:
    request = json.loads(line)
    name, number = request["operation"], request["id"]
    if name == "run":
        for done in range(1, 100000):
            told = {"event": "progress", "id": number, "stage": "读取报送件", "done": done, "total": 99999, "item": ""}
            print(json.dumps(told), flush=True)
            time.sleep(0.002)
    for message in messages(number, True, known.get(name, {})):
        print(json.dumps(message), flush=True)
"""
"""An engine that has the answer at hand: what is measured is the window."""


def first() -> None:
    """One start: time to a drawn window whose engine is ready, and the memory it takes."""
    began = float(sys.argv[2])
    from toolkit.desktop.application import _application
    from toolkit.desktop.client import EngineClient
    from toolkit.desktop.window import MainWindow

    application = _application(dark=False)
    client = EngineClient()
    window = MainWindow(client)
    client.start()
    window.show()
    application.processEvents()
    drawn = time.time() - began
    is_ready = []
    client.ready.connect(lambda: is_ready.append(True))
    while not is_ready:
        application.processEvents()
    memory = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmRSS"))
    cpu = time.process_time()
    print(json.dumps({"cpu": cpu, "drawn": drawn, "ready": time.time() - began, "mb": int(memory.split()[1]) / 1024}))
    window.close()


def measure(folder: str, command: list[str]) -> None:
    """The longest call on the interface thread wherever a person goes, and how long a stop takes."""
    from toolkit.desktop.application import _application
    from toolkit.desktop.client import EngineClient
    from toolkit.desktop.window import MainWindow

    application = _application(dark=False)
    client = EngineClient(command=command)
    window = MainWindow(client)
    window.resize(1366, 768)
    client.start()  # as the program does
    window.show()
    walk = Walk(application, window)
    walk.rest(2.0)  # the start is measured apart
    walk.go(folder)
    rows = len(window.page("核查").table.rows.rows)
    walk.do("开始汇总", lambda: window.session.start("run"), 1.0)
    pressed = time.perf_counter()
    window.session.stop()
    while window.session.running:
        application.processEvents()
    stopped = time.perf_counter() - pressed
    walk.rest(0.5)
    counts = window.session.board["counts"]
    each = {name: most * 1000 for name, most in walk.beats.longest.items()}
    where = max(each, key=each.__getitem__)
    told = {"longest": each[where], "where": where, "each": each, "stop": stopped * 1000, "findings": rows}
    print(json.dumps(told | {"projects": counts["projects"], "returned": counts["returned"]}))
    window.close()


def longest_with_answers() -> None:
    """The same with an engine that has the answers at hand."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / ".jixiao").mkdir()
        file = Path(folder) / "board.json"
        file.write_text(json.dumps(answers()), encoding="utf-8")
        measure(folder, [sys.executable, "-c", FAKE, str(file)])


def make(folder: Path) -> None:
    """An evaluation of 2,039 projects with a filled-in return of each on record."""
    import growth

    with tempfile.TemporaryDirectory() as place:
        listed = Path(place) / "项目清单.xlsx"
        listed.write_bytes(growth.roster(PROJECTS))
        growth.measured("init", folder, "--roster", listed, "--scheme", growth.SAMPLE / "方案.xlsx")
    growth.measured("generate", "-w", folder)
    growth.fill(folder)
    print(growth.measured("collect", "-w", folder))


def main() -> None:
    environment = os.environ | {"QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")}
    starts = []
    for _ in range(5):
        command = [sys.executable, __file__, "--first", str(time.time())]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
        starts.append(json.loads(done.stdout))
    middle = sorted(starts, key=lambda start: start["drawn"])[2]
    drawn, cpu, ready = middle["drawn"], middle["cpu"], middle["ready"]
    print(f"启动到窗口可用：中位 {drawn:.2f} 秒（界限 1.0），其中处理器 {cpu:.2f} 秒；计算程序就绪 {ready:.2f} 秒")
    print(f"窗口内存：{middle['mb']:.0f} MB（界限 80）")
    command = [sys.executable, __file__, "--longest", *sys.argv[1:2]]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    told = json.loads(done.stdout.splitlines()[-1])
    print(
        f"{told['projects']} 个项目、已报送 {told['returned']} 个、{told['findings']} 条发现，"
        f"界面线程一次最长占用处理器 {told['longest']:.0f} 毫秒（界限 50），在“{told['where']}”"
    )
    print("各处最长（毫秒）：" + "、".join(f"{where} {most:.0f}" for where, most in told["each"].items()))
    print(f"停止：{told['stop']:.0f} 毫秒（界限 300）")
    if told["longest"] > LONGEST:
        raise SystemExit(f"“{told['where']}”一次占用界面线程超过 {LONGEST} 毫秒")


def chosen(words: list[str]) -> None:
    """What the words behind the program's name ask for."""
    if words[:1] == ["--first"]:
        first()
    elif words[:1] == ["--make"]:
        make(Path(words[1]))
    elif words[:1] == ["--longest"] and len(words) > 1:
        measure(words[1], [])
    elif words[:1] == ["--longest"]:
        longest_with_answers()
    else:
        main()


if __name__ == "__main__":
    chosen(sys.argv[1:])
