"""Long work on the interface thread in short turns, so that the window answers in between."""

from collections.abc import Callable, Generator
from time import perf_counter
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QTimer

T = TypeVar("T")
_MOMENT = 0.006
"""Units: seconds that a turn may take; its last step may take it a little beyond."""
_FREED_AT_ONCE = 500


class Turns(QObject):
    """Runs one generator at a time; what it returns is handed over in a turn of its own.

    It belongs to what it works for, and what is under way ends with that: a window or table that is closed meanwhile
    leaves nothing behind that seems to be at work.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._work: Generator[None, None, Any] | None = None
        self._then: Callable[[Any], object] = bool
        self._ended: list[Any] = []
        self._timer = QTimer(self, singleShot=True, interval=0)
        self._timer.timeout.connect(self._turn)

    @property
    def running(self) -> bool:
        """Something is under way here."""
        return self._work is not None

    def run(self, work: Generator[None, None, T], then: Callable[[T], object]) -> None:
        """Work on something from now on; what was under way here is given up."""
        self._work, self._then, self._ended = work, then, []
        self._timer.start()

    def stop(self) -> None:
        """Give up what is under way."""
        self._work, self._ended = None, []
        self._timer.stop()

    def _turn(self) -> None:
        if self._ended:
            value = self._ended[0]
            self.stop()
            self._then(value)
        elif self._work is not None:
            end = perf_counter() + _MOMENT
            try:
                while perf_counter() < end:
                    next(self._work)
            except StopIteration as done:
                self._ended = [done.value]
            except BaseException:
                self.stop()
                raise
            self._timer.start()


def resting(owner: QObject) -> bool:
    """Nothing is being worked on for a window or table, or for anything in it."""
    return not any(turns.running for turns in owner.findChildren(Turns))


def freeing(lists: list[list[Any]]) -> Generator[None, None, None]:
    """Let go of long lists little by little: a hundred thousand objects freed at once take a tenth of a second."""
    while lists:
        if lists[-1]:
            del lists[-1][-_FREED_AT_ONCE:]
            yield
        else:
            lists.pop()
