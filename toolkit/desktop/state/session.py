"""One evaluation that is open in the window: what runs, what ran, what is known of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Protocol

from toolkit.desktop.state.commands import in_window
from toolkit.desktop.state.pending import Pending
from toolkit.operations import Json, operation

Hear = Callable[[Json], None]


class Engine(Protocol):
    """Carries out requests in another process and calls back on the window's own thread."""

    def ask(self, name: str, workspace: str, parameters: Json, hear: Hear) -> None:
        """Send a request; ``hear`` is called with each progress message and once with the result or error."""

    def stop(self) -> None:
        """End what is under way at once; everything asked for is answered with an error."""

    def use_environment(self, values: Mapping[str, str]) -> None:
        """Give the process other variables."""


class Refused(Exception):  # noqa: N818  (an answer to a click, not a fault)
    """An operation cannot be started now; the text says why, in Chinese."""


@dataclass(frozen=True, slots=True)
class Running:
    """An operation under way, and how far it is. ``total`` is 0 while it is not known."""

    name: str
    title: str
    stage: str = ""
    done: int = 0
    total: int = 0
    item: str = ""

    @property
    def words(self) -> str:
        """``核查：第 12/39 个：智慧城管``."""
        if not self.stage:
            return f"{self.title}：正在开始"
        count = f"：第 {self.done}/{self.total} 个" if self.total else ""
        return f"{self.stage}{count}{f'：{self.item}' if self.item else ''}"


@dataclass(frozen=True, slots=True)
class Finished:
    """An operation that ended: its result, or what went wrong.

    Attributes:
        ok: nothing must be corrected.
        error: one Chinese paragraph; "" when it ran to its end.
        log: file with details where the fault is the program's.
    """

    name: str
    title: str
    parameters: Json
    ok: bool
    values: Json
    error: str = ""
    log: str = ""
    stopped: bool = False


Then = Callable[[Finished], None]
RECORD = "resolve together"
SETTLING = ("check", "run", "correct", "decide", "aggregate", "report")
"""What begins with recording the decisions that wait: from then on they can no longer be undone."""


@dataclass(slots=True)
class Session:
    """The open evaluation.

    Attributes:
        looker: a second process that shows things while the first one is at work; None for none.
        workspace: its folder; "" when none is open.
        running: what writes into it right now; only one thing does at a time.
        history: everything that ended, the latest last, without the values of its result.
        board: the last known board, see operation ``view board``.
        pending: decisions that are not recorded yet.
        locked: why nothing may be changed here (another window has it open), "" where it may.
    """

    engine: Engine
    looker: Engine | None = None
    workspace: str = ""
    running: Running | None = None
    history: list[Finished] = field(default_factory=list)
    board: Json = field(default_factory=dict)
    board_error: str = ""
    pending: Pending = field(default_factory=Pending)
    locked: str = ""
    _listeners: list[Callable[[], None]] = field(default_factory=list)
    _progress_listeners: list[Callable[[], None]] = field(default_factory=list)
    _generation: int = 0
    _refreshes: int = 0
    _stopping: bool = False

    def listen(self, listener: Callable[[], None]) -> None:
        """Call ``listener`` whenever something here has changed."""
        self._listeners.append(listener)

    def listen_to_progress(self, listener: Callable[[], None]) -> None:
        """Call ``listener`` whenever what runs has come further, which can be a thousand times a second."""
        self._progress_listeners.append(listener)

    def changed(self) -> None:
        """Tell everyone."""
        for listener in tuple(self._listeners):
            listener()

    def open(self, workspace: str) -> None:
        """Turn to another evaluation.

        Raises:
            Refused: something still writes into the one that is open.
        """
        if self.running:
            raise Refused(f"“{self.running.title}”还在进行，请等它完成或先停止")
        self.workspace, self.board, self.board_error = workspace, {}, ""
        self.pending.open(workspace)
        self._generation += 1
        self._refreshes = 0
        self.changed()
        self.refresh()

    def refresh(self) -> None:
        """Ask for the board again; what is shown stays until the answer comes."""
        if self.workspace:
            self._refreshes += 1
            self.look("view board", self._take_board)
            for listener in self._progress_listeners:
                listener()

    @property
    def refreshing(self) -> bool:
        """The board has been asked for and has not come yet."""
        return self._refreshes > 0

    def _take_board(self, finished: Finished) -> None:
        self._refreshes -= 1
        if finished.error:
            self.board_error = finished.error
        else:
            self.board, self.board_error = finished.values, ""
        self.changed()

    def look(self, name: str, then: Then, **parameters: object) -> None:
        """Ask for something that only shows; an answer about an evaluation that was left meanwhile is dropped.

        Where the engine was stopped, which ends whatever it was asked for, it is asked for again.
        """
        generation = self._generation

        def hear(message: Json) -> None:
            if message["event"] == "progress" or generation != self._generation:
                return
            if message.get("stopped"):
                self.look(name, then, **parameters)
            else:
                then(_finished(name, parameters, message))

        looking = self.looker if self.running and self.looker else self.engine
        looking.ask(name, self.workspace, parameters, hear)

    def start(self, name: str, then: Then | None = None, **parameters: object) -> None:
        """Start an operation that changes something; decisions that wait are recorded before a run.

        Raises:
            Refused: another one is still running, or no evaluation is open.
        """
        if name in SETTLING and self.pending.count and self.workspace:
            self.record(lambda done: self._after_recording(done, name, then, parameters))
            return
        self._begin(name, then, parameters)

    def record(self, then: Then) -> None:
        """Put the decisions that wait into the ledger; what is refused is told and waits no longer.

        Raises:
            Refused: something else is running.
        """

        def recorded(finished: Finished) -> None:
            if not finished.error:
                self.pending.clear()
            then(finished)

        self._begin(RECORD, recorded, {"decisions": self.pending.all()})

    def _after_recording(self, recorded: Finished, name: str, then: Then | None, parameters: Json) -> None:
        """Go on to what was asked for; decisions that could not be recorded are reasons to look before that."""
        refused = refused_words(recorded)
        if recorded.error or refused:
            words = recorded.error or f"这些处理意见没有采用，其余已记入台账；请看过再重新开始：\n{refused}"
            ended = Finished(name, operation(name).title, parameters, ok=False, values={}, error=words)
            if then:
                then(ended)
            return
        self._begin(name, then, parameters)

    def _begin(self, name: str, then: Then | None, parameters: Json) -> None:
        wanted = operation(name)
        if self.running:
            raise Refused(f"“{self.running.title}”正在进行，完成或停止以后才能开始“{wanted.title}”")
        if wanted.in_workspace and not self.workspace:
            raise Refused("请先打开或新建一个评价")
        if wanted.in_workspace and wanted.changes and self.locked:
            raise Refused(self.locked)
        self.running = Running(name, wanted.title)
        self._stopping = False

        def hear(message: Json) -> None:
            if message["event"] == "progress":
                self._take_progress(message)
            else:
                self._take_end(_finished(name, parameters, message, stopped=self._stopping), then)

        self.changed()
        self.engine.ask(name, self.workspace, parameters, hear)

    def use_environment(self, values: Mapping[str, str]) -> None:
        """Give both processes other variables."""
        for process in filter(None, (self.engine, self.looker)):
            process.use_environment(values)

    def stop(self) -> None:
        """End what runs; what it finished is saved, and starting it again goes on from there."""
        if self.running:
            self._stopping = True
            self.engine.stop()

    def _take_progress(self, message: Json) -> None:
        if self.running:
            told = {key: message[key] for key in ("stage", "done", "total", "item")}
            self.running = Running(self.running.name, self.running.title, **told)
            for listener in self._progress_listeners:
                listener()

    def _take_end(self, finished: Finished, then: Then | None) -> None:
        self.running = None
        self.history.append(replace(finished, values={}))
        if then:
            then(finished)
        self.changed()
        if self.running is None:
            self.refresh()


def refused_words(recorded: Finished) -> str:
    """Why decisions were not recorded, a line each."""
    refused = recorded.values.get("refused", ())
    places = (" ".join(filter(None, (f"项目{row['project']}", row["code"], row["cell"]))) for row in refused)
    return "\n".join(f"{place}：{in_window(row['message'])}" for place, row in zip(places, refused, strict=True))


def _finished(name: str, parameters: Mapping[str, object], message: Json, *, stopped: bool = False) -> Finished:
    title = operation(name).title
    if message["event"] == "result":
        return Finished(name, title, dict(parameters), bool(message["ok"]), _said_here(message["values"]))
    words = "已停止。已完成的部分都已保存，再次开始会接着做完。" if stopped else in_window(str(message["message"]))
    return Finished(name, title, dict(parameters), ok=False, values={}, error=words, log=message.get("log", ""),
                    stopped=stopped)  # fmt: skip


def _said_here(values: Json) -> Json:
    """A result whose findings advise pages and buttons instead of commands."""
    found = values.get("findings")
    if not isinstance(found, list) or not any("jixiao " in row.get("hint", "") for row in found):
        return values
    return {**values, "findings": [{**row, "hint": in_window(row.get("hint", ""))} for row in found]}
