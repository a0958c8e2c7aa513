"""How long work tells how far it is: a callback that a terminal, a window and a test each hear in their own way."""

from collections.abc import Iterable, Iterator, Sized
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
