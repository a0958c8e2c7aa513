"""Operations carried out for another process: requests and answers are JSON objects, one a line, UTF-8.

Standard input: ``{"id", "operation", "workspace", "parameters"}``. Standard output:
``{"event": "ready", "version"}`` once, then for each request any number of
``{"event": "progress", "id", "stage", "done", "total", "item"}``, any number of
``{"event": "part", "id", "key", "rows"}``, which are rows of a long list of the result, in order, and one of
``{"event": "result", "id", "ok", "values"}`` or ``{"event": "error", "id", "message", "exit", "log"}``.
The engine ends when its input is closed. To cancel, end the process: the ledger survives that.
"""

import json
import os
import queue
import signal
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from toolkit import __version__, processes
from toolkit.operations.catalogue import operation
from toolkit.operations.declaration import BadRequest
from toolkit.operations.memory import Memory
from toolkit.operations.trouble import USAGE, Trouble, trouble

_REQUESTS = ("id", "operation", "workspace", "parameters")
_GONE = 0
_ROWS_AT_ONCE = 100


def main() -> None:
    """Serve until the input is closed. Stray prints go to standard error, never between the answers."""
    processes.set_up()
    answers = os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(2, 1)
    signal.signal(signal.SIGTERM, lambda *_: _leave())
    _serve(sys.stdin.buffer, answers)


def _serve(requests: BinaryIO, answers: BinaryIO) -> None:
    waiting: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    engine = Engine(answers)
    engine.say({"event": "ready", "version": __version__})  # before anything is received: no requests end the process
    threading.Thread(target=_receive, args=(requests, waiting), daemon=True).start()
    while True:
        engine.answer(waiting.get())


def _receive(requests: BinaryIO, waiting: "queue.SimpleQueue[bytes]") -> None:
    """Hand lines on; when there are no more, the other process is gone and so are we, whatever is under way."""
    for line in requests:
        waiting.put(line)
    _leave()


def _leave() -> None:
    """End at once and take the programs started here along (LibreOffice runs in a process group of its own)."""
    from toolkit.excel.libreoffice import stop_running

    stop_running()
    os._exit(_GONE)


class Engine:
    """Answers requests one after another."""

    def __init__(self, answers: BinaryIO) -> None:
        self._answers = answers
        self._memory = Memory()

    def say(self, message: Mapping[str, object]) -> None:
        """Write one line; names with lone surrogates stay escaped, so that every line is UTF-8."""
        self._answers.write(json.dumps(message, ensure_ascii=True, allow_nan=False).encode() + b"\n")

    def answer(self, line: bytes) -> None:
        """Carry out one request; whatever goes wrong is an answer."""
        number: object = None
        try:
            request = _request(line)
            number = request["id"]
            self._carry_out(number, request)
        except Exception as fault:  # noqa: BLE001  an engine that dies of one request serves no other
            self._say_trouble(number, trouble(fault))

    def _carry_out(self, number: object, request: Mapping[str, object]) -> None:
        chosen = operation(str(request["operation"]))
        given = request["parameters"]
        if not isinstance(given, dict):
            raise BadRequest("parameters 应是一个对象")

        def tell(stage: str, done: int, total: int, /, item: str = "") -> None:
            self.say({"event": "progress", "id": number, "stage": stage, "done": done, "total": total, "item": item})

        from toolkit import pipeline

        workspace = Path(str(request["workspace"]))
        now = pipeline.clock(workspace, datetime.now().astimezone())
        asked = chosen.asked(workspace, given, now, tell, self._memory)
        with ExitStack() as held:
            if chosen.is_alone:
                held.enter_context(pipeline.turn(workspace, chosen.title, now, lambda words: tell(words, 0, 0)))
            done = chosen.work(asked)
        for message in messages(number, done.ok, done.values):
            self.say(message)

    def _say_trouble(self, number: object, what: Trouble) -> None:
        self.say({"event": "error", "id": number, "message": what.message, "exit": what.exit_code, "log": what.log})


def messages(number: object, ok: bool, values: Mapping[str, object]) -> Iterator[Mapping[str, object]]:
    """A result as messages of which none keeps a window long: rows of long lists go before the rest."""
    rest = dict(values)
    for key, rows in values.items():
        if isinstance(rows, list) and len(rows) > _ROWS_AT_ONCE:
            rest[key] = []
            for start in range(0, len(rows), _ROWS_AT_ONCE):
                yield {"event": "part", "id": number, "key": key, "rows": rows[start : start + _ROWS_AT_ONCE]}
    yield {"event": "result", "id": number, "ok": ok, "values": rest}


def _request(line: bytes) -> Mapping[str, object]:
    try:
        request = json.loads(line)
    except ValueError:
        raise BadRequest("收到的请求不是 JSON") from None
    if not isinstance(request, dict) or any(name not in request for name in _REQUESTS):
        raise BadRequest(f"请求应有 {'、'.join(_REQUESTS)}")
    return request


__all__ = ["USAGE", "Engine", "main"]

if __name__ == "__main__":
    main()
