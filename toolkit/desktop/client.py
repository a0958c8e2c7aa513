"""The engine as a child process of the window: JSON lines over its standard input and output."""

import json
import os
import sys
from collections import deque
from collections.abc import Mapping, Sequence
from pathlib import Path
from time import perf_counter
from typing import Any

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, QTimer, Signal

from toolkit.desktop.state.session import Hear
from toolkit.desktop.turns import Turns, freeing
from toolkit.operations import Json
from toolkit.processes import ENGINE, is_installed_program

ENDED = "计算程序意外结束。已完成的部分都已保存，可以直接重新开始。"
STOPPED = "已停止。"
_PROGRESS = b'{"event": "progress"'
_RESULT = b'{"event": "result"'
_MOMENT = 0.006
"""Units: seconds."""
NOT_FOUND = "没有找到计算程序，请重新安装本工具。"


def engine_command() -> list[str]:
    """The engine's program: this Python, or the console program beside the window in an installed copy.

    ``-P``: a file of the folder it is started in, ``json.py`` say, never stands in for a module.
    """
    if is_installed_program():
        name = "jixiaoc.exe" if os.name == "nt" else "jixiaoc"
        return [str(Path(sys.executable).with_name(name)), ENGINE]
    return [sys.executable, "-P", "-X", "utf8", "-m", "toolkit.operations.engine"]


class EngineClient(QObject):
    """Sends requests and hands answers to who asked. A stopped engine is started again with the next request."""

    ready = Signal()

    def __init__(self, parent: QObject | None = None, command: Sequence[str] = ()) -> None:
        super().__init__(parent)
        self.command = list(command) or engine_command()
        self._process: QProcess | None = None
        self._hearing: dict[int, Hear] = {}
        self._number = 0
        self._rest = b""
        self._lines: deque[bytes] = deque()
        self._draining = QTimer(self, singleShot=True, interval=0)
        self._draining.timeout.connect(self._drain)
        self._parts: dict[tuple[int, str], list[object]] = {}
        self._freeing = Turns(self)
        self._done_with: list[list[object]] = []
        self._words_at_end = ENDED
        self._environment: dict[str, str] = {}

    def use_environment(self, values: Mapping[str, str]) -> None:
        """Give the engine other variables; one that rests is ended, so that the next request starts it with them."""
        self._environment = dict(values)
        if self.idle and self._process is not None:
            self.close()

    def start(self) -> None:
        """Start the engine, so that the first request finds it ready."""
        if self._process is not None:
            return
        process = QProcess(self)
        environment = QProcessEnvironment.systemEnvironment()
        environment.insert("PYTHONUTF8", "1")
        for name, value in self._environment.items():
            environment.insert(name, value)
        process.setProcessEnvironment(environment)
        process.readyReadStandardOutput.connect(self._read)
        process.readyReadStandardError.connect(process.readAllStandardError)
        process.finished.connect(self._ended)
        process.errorOccurred.connect(self._failed)
        self._rest, self._words_at_end = b"", ENDED
        self._process = process
        process.start(self.command[0], self.command[1:])

    def ask(self, name: str, workspace: str, parameters: Json, hear: Hear) -> None:
        """Send a request; see :class:`toolkit.desktop.state.session.Engine`."""
        self.start()
        self._number += 1
        self._hearing[self._number] = hear
        request = {"id": self._number, "operation": name, "workspace": workspace, "parameters": parameters}
        if self._process is not None:
            self._process.write(json.dumps(request).encode() + b"\n")

    @property
    def idle(self) -> bool:
        """Every request has been answered."""
        return not self._hearing

    def stop(self) -> None:
        """End the engine at once; the ledger and the files it writes survive that."""
        if self._process is not None:
            self._words_at_end = STOPPED
            self._process.kill()

    def close(self) -> None:
        """End the engine with the window: its input is closed, then it goes by itself."""
        process, self._process = self._process, None
        self._hearing.clear()
        if process is not None:
            process.finished.disconnect()
            process.closeWriteChannel()
            if not process.waitForFinished(2000):
                process.kill()
                process.waitForFinished(1000)

    def _read(self) -> None:
        if self._process is None:
            return
        *lines, self._rest = (self._rest + bytes(self._process.readAllStandardOutput().data())).split(b"\n")
        self._lines.extend(lines)
        if not self._draining.isActive():
            self._drain()

    def _drain(self) -> None:
        """Take lines for a moment, the rest in the next turn of the loop: many answers never hold up the window.

        A result fills a page, which takes a moment of its own: it is the last thing a turn takes, or the first.
        """
        end = perf_counter() + _MOMENT
        took = 0
        while self._lines:
            is_result = self._lines[0].startswith(_RESULT)
            if took and (is_result or perf_counter() > end):
                self._draining.start()
                return
            self._take(json.loads(self._lines.popleft()))
            took += 1
            end = 0.0 if is_result else end

    def _take(self, message: dict[str, Any]) -> None:
        if message["event"] == "ready":
            self.ready.emit()
            return
        number = message["id"]
        if message["event"] == "part":
            self._parts.setdefault((number, message["key"]), []).extend(message["rows"])
            return
        long: dict[str, list[object]] = {}
        if message["event"] == "result":
            long = self._taken_parts(number)
            message["values"] |= long
        hear = self._hearing.get(number) if message["event"] == "progress" else self._hearing.pop(number, None)
        if hear is not None:
            hear(message)
        if long:
            self._done_with += [list(rows) for rows in long.values()]
            self._freeing.run(freeing(self._done_with), bool)

    def _taken_parts(self, number: int) -> dict[str, list[object]]:
        """Long lists of a result, which came before it in parts."""
        keys = [known for known in self._parts if known[0] == number]
        return {key: self._parts.pop((number, key)) for number, key in keys}

    def _failed(self, error: QProcess.ProcessError) -> None:
        """A program that cannot be started never finishes, so that nothing else would tell."""
        if error is QProcess.ProcessError.FailedToStart:
            self._words_at_end = NOT_FOUND
            QTimer.singleShot(0, self._ended)

    def _ended(self, *_: object) -> None:
        """Take what came before the end, then tell who still waits; what they ask for now goes to another engine."""
        words, is_stopped = self._words_at_end, self._words_at_end == STOPPED
        lines = [line for line in self._lines if not line.startswith(_PROGRESS)]
        asked = set(self._hearing)
        self._process = None
        self._lines.clear()
        for line in lines:
            self._take(json.loads(line))
        self._parts = {known: rows for known, rows in self._parts.items() if known[0] not in asked}
        waiting = {number: self._hearing.pop(number) for number in sorted(asked & self._hearing.keys())}
        for number, hear in waiting.items():
            hear({"event": "error", "id": number, "message": words, "exit": 70, "log": "", "stopped": is_stopped})
