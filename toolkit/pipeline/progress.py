"""How work tells how far it is, by a callback that a terminal, a window and a test each hear in their own way.

Beside it, how long its stages took.
"""

import time
from collections.abc import Iterable, Iterator, Sized
from contextlib import contextmanager
from typing import Protocol, TypeVar

READING = "读取报送件"
"""The stage in which returned files are read, whoever reads them."""
Item = TypeVar("Item")
Item_co = TypeVar("Item_co", covariant=True)


class Progress(Protocol):
    """Called with the stage's Chinese name, how many are done, of how many (0 when not known), and which one it was."""

    def __call__(self, stage: str, done: int, total: int, /, item: str = "") -> None:
        """Take note."""


class Countable(Sized, Iterable[Item_co], Protocol[Item_co]):
    """Something that can be counted and walked through."""


def silent(_stage: str, _done: int, _total: int, /, item: str = "") -> None:
    """Listen to nothing."""


def tell(progress: Progress, stage: str, items: Countable[Item]) -> Iterator[Item]:
    """Walk through ``items`` and tell after each, by its name where it has one."""
    total = len(items)
    progress(stage, 0, total)
    for done, item in enumerate(items, 1):
        yield item
        progress(stage, done, total, item=str(getattr(item, "name", "")))


class Stopwatch:
    """Wall-clock seconds per stage, for the summary only."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Time what happens inside."""
        start = time.perf_counter()
        yield
        self.seconds[name] = self.seconds.get(name, 0.0) + time.perf_counter() - start
