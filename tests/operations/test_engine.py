"""The engine: one process, JSON lines, nothing else on its output, gone when its input is closed."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from toolkit import pipeline


class Peer:
    """What a window does with the engine, without a window."""

    def __init__(self, process: "subprocess.Popen[bytes]") -> None:
        self.process = process
        self.progress: list[dict[str, Any]] = []
        self.ready = self._line()

    def ask(self, operation: str, workspace: Path, **parameters: object) -> dict[str, Any]:
        """Send a request and wait for its answer."""
        self.send({"id": 7, "operation": operation, "workspace": str(workspace), "parameters": parameters})
        while (message := self._line())["event"] in ("progress", "part"):
            self.progress.append(message)
        return message

    def send(self, request: object) -> None:
        assert self.process.stdin
        self.process.stdin.write(json.dumps(request).encode() + b"\n")
        self.process.stdin.flush()

    def _line(self) -> dict[str, Any]:
        assert self.process.stdout
        return json.loads(self.process.stdout.readline())


@contextmanager
def engine() -> Iterator[Peer]:
    command = [sys.executable, "-m", "toolkit.operations.engine"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        yield Peer(process)
        assert process.stdin
        process.stdin.close()
        assert process.wait(10) == 0


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("engine") / "南昌"
    pipeline.initialise(folder, "nanchang-2022", datetime(2026, 1, 5).astimezone())
    return folder


def test_it_answers_in_order_and_tells_how_far_it_is(workspace: Path) -> None:
    with engine() as peer:
        assert peer.ready["event"] == "ready"
        done = peer.ask("run", workspace)
        assert (done["event"], done["id"], done["ok"]) == ("result", 7, True), done
        assert done["values"]["projects"] == 1
        assert {message["stage"] for message in peer.progress} >= {"核查", "评分", "生成报告"}
        assert all(0 <= message["done"] <= max(message["total"], message["done"]) for message in peer.progress)
        board = peer.ask("view board", workspace)["values"]
        assert board["counts"]["returned"] == 1
        row = board["projects"][0]
        sheet = peer.ask("view preview", workspace, project=row["id"], sheet="资金情况", cell="C5")["values"]
        assert sheet["cells"]


def test_what_goes_wrong_is_an_answer(workspace: Path, tmp_path: Path) -> None:
    with engine() as peer:
        for operation, place, exit_code, words in (
            ("explode", workspace, 2, "没有操作"),
            ("status", tmp_path, 3, "不是评价工作区"),
            ("resolve", workspace, 2, "请填写“项目序号”"),
        ):
            answer = peer.ask(operation, place)
            assert (answer["event"], answer["exit"]) == ("error", exit_code), answer
            assert words in answer["message"]
        peer.send(["not", "a", "request"])
        assert peer._line()["exit"] == 2
        assert peer.ask("status", workspace)["event"] == "result"


def test_ones_own_workbook_is_shown_and_opened_at_a_cell_and_nothing_else_is(workspace: Path) -> None:
    with engine() as peer:
        sheet = peer.ask("view preview", workspace, workbook="方案.xlsx", sheet="选项", cell="B2")["values"]
        assert (sheet["file"], sheet["sheet"]) == ("方案.xlsx", "选项")
        assert sheet["cells"]
        for name in ("../方案.xlsx", "台账.sqlite3", "没有.xlsx"):
            answer = peer.ask("view preview", workspace, workbook=name, sheet="指标")
            assert "没有工作簿" in answer["message"], name
        for file in (workspace / "没有.xlsx", workspace / "台账.sqlite3"):
            answer = peer.ask("view open own", workspace, file=str(file), sheet="指标", cell="E4")
            assert "没有工作簿" in answer["message"], file
