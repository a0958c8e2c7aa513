"""An engine that answers what a test has written down, for view-models without a process and without a display."""

from typing import Any

Json = dict[str, Any]


class FakeEngine:
    """Keeps requests until the test answers them."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, Json]] = []
        self._waiting: list[tuple[str, Any]] = []

    def ask(self, name: str, _workspace: str, parameters: Json, hear: Any) -> None:
        self.asked.append((name, parameters))
        self._waiting.append((name, hear))

    def use_environment(self, values: Json) -> None:
        self.environment = dict(values)

    def stop(self) -> None:
        waiting, self._waiting = self._waiting, []
        for _, hear in waiting:
            hear({"event": "error", "message": "已停止。", "exit": 70, "log": ""})

    def progress(self, stage: str, done: int, total: int, item: str = "") -> None:
        self._waiting[0][1]({"event": "progress", "stage": stage, "done": done, "total": total, "item": item})

    def result(self, name: str, values: Json, *, ok: bool = True) -> None:
        self._take(name)({"event": "result", "ok": ok, "values": values})

    def error(self, name: str, message: str, log: str = "") -> None:
        self._take(name)({"event": "error", "message": message, "exit": 3, "log": log})

    def stopped(self, name: str) -> None:
        self._take(name)({"event": "error", "message": "已停止。", "exit": 70, "log": "", "stopped": True})

    def _take(self, name: str) -> Any:
        place = next(number for number, (asked, _) in enumerate(self._waiting) if asked == name)
        return self._waiting.pop(place)[1]


def board(**counts: int) -> Json:
    """A board of three projects, as operation ``view board`` gives it."""
    known = {"projects": 3, "dispatched": 3, "returned": 2, "to_correct": 1, "scored": 2} | counts
    rows = [
        {"id": str(n), "unit": "甲局", "name": f"项目{n}", "dispatched": True, "returned": "", "round": 0, "errors": 0}
        for n in range(1, 4)
    ]
    return {"title": "样例评价", "deadline": "", "projects": rows, "corrections": [], "counts": known}
