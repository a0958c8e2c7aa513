"""Stamped workbooks put on disk, with a helper process for many: only what is missing or different is written."""

import os
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path

from toolkit.errors import ToolkitError
from toolkit.excel.files import sha256_of, write_atomic
from toolkit.excel.stamp import SlotValue, Stamp

_WORTHWHILE = 300  # files: below, a helper costs more time to start than it saves
_BATCH = 16  # files a helper is given at a time
_AHEAD = 3  # batches waiting at the helper, so that it is never idle

Values = Mapping[str, SlotValue]
Result = tuple[str, bool]
"""SHA-256 of the file, and whether it had to be written."""


def write_one(stamper: Stamp, path: Path, values: Values) -> Result:
    """One workbook on disk; a file that is right already, byte for byte, is left alone.

    Raises:
        FileBusyError: it must change, and another program has it open.
    """
    data = stamper.fill(values)
    same = path.is_file() and path.stat().st_size == len(data) and path.read_bytes() == data
    if not same:
        write_atomic(path, data)
    return sha256_of(data), not same


def write_all(
    stamper: Stamp,
    paths: Sequence[Path],
    values: Callable[[int], Values],
    told: Callable[[int], None],
    processes: int | None = None,
) -> list[Result]:
    """All workbooks, their results in the order of the paths.

    Args:
        stamper: the compiled template.
        paths: where each goes.
        values: what fills the slots of the workbook with this index.
        told: called with the number of workbooks done so far.
        processes: 1 or 2; None decides by the number of files and of processor cores.

    Raises:
        FileBusyError: as :func:`write_one`.
    """
    work = _Work(stamper, paths, values, told, [None] * len(paths), len(paths))
    worthwhile = len(paths) >= _WORTHWHILE and (os.cpu_count() or 1) > 1
    if (processes or 1 + worthwhile) > 1:
        # The helper takes files from the end while this process, which need not start first, takes them from the front.
        with ProcessPoolExecutor(1, get_context("spawn"), _prepare, (stamper,)) as helper:
            work.run(helper)
    else:
        work.run(None)
    return [result for result in work.results if result]


@dataclass(slots=True)
class _Work:
    """What is left to do lies between ``front`` and ``back``."""

    stamper: Stamp
    paths: Sequence[Path]
    values: Callable[[int], Values]
    told: Callable[[int], None]
    results: list[Result | None]
    back: int
    front: int = 0
    done: int = 0
    waiting: deque[tuple[range, "Future[list[Result | None]]"]] = field(default_factory=deque)

    def run(self, helper: ProcessPoolExecutor | None) -> None:
        while self.front < self.back or self.waiting:
            helper = self._hand_over(helper)
            if self.front < self.back:
                self._here(self.front)
                self.front += 1
            if self.waiting and (self.front >= self.back or self.waiting[0][1].done()):
                self._take_back()

    def _hand_over(self, helper: ProcessPoolExecutor | None) -> ProcessPoolExecutor | None:
        while helper and len(self.waiting) < _AHEAD and self.back - self.front > _BATCH:
            batch = range(self.back - _BATCH, self.back)
            try:
                future = helper.submit(_write_batch, [(self.paths[one], self.values(one)) for one in batch])
            except (BrokenExecutor, OSError):
                return None
            self.back = batch.start
            self.waiting.append((batch, future))
        return helper

    def _take_back(self) -> None:
        batch, future = self.waiting.popleft()
        try:
            results = future.result()
        except (BrokenExecutor, OSError):  # the helper was stopped from outside, or could not start
            results = [None] * len(batch)
        for index, result in zip(batch, results, strict=True):
            if result:
                self._finished(index, result)
            else:
                self._here(index)

    def _here(self, index: int) -> None:
        self._finished(index, write_one(self.stamper, self.paths[index], self.values(index)))

    def _finished(self, index: int, result: Result) -> None:
        self.results[index] = result
        self.done += 1
        self.told(self.done)


_prepared: list[Stamp] = []
"""The helper's stamper, received once instead of with every batch."""


def _prepare(stamper: Stamp) -> None:
    _prepared[:] = [stamper]


def _write_batch(jobs: Sequence[tuple[Path, Values]]) -> list[Result | None]:
    return [_try(path, values) for path, values in jobs]


def _try(path: Path, values: Values) -> Result | None:
    try:
        return write_one(_prepared[0], path, values)
    except ToolkitError:  # met again by the process that can tell it
        return None
