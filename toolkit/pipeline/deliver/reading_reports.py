"""Reports read again, side by side in a few processes, each let go before the next but some is read.

The files are a person's to edit: what stands in them comes back as plain values. A process that fails, and a system
that starts none, costs time only: the report is read here.
"""

import pickle
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from toolkit.collect.answer import Member
from toolkit.model.plain import DamagedValueError, from_plain_text, plain_text
from toolkit.pipeline.plan.side_by_side import SideBySide
from toolkit.report import PrintedReport, read_report

_AHEAD = 200
"""Reports that are read before they are asked for: some 100,000 bytes each."""


class ReportReading:
    """The reports of an evaluation, read one after another; use as a context manager."""

    def __init__(self, paths: Sequence[Path]) -> None:
        self._coming = iter(paths)
        self._processes = SideBySide(read_apart, None, len(paths))
        self._begun: deque[tuple[Path, Callable[[], bytes | None]]] = deque()

    def __enter__(self) -> Self:
        """Begin to read the first of them, where there are processes for it."""
        for _ in range(_AHEAD):
            self._begin_next()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._processes.__exit__(kind, error, at)

    def reports(self) -> Iterator[tuple[Path, PrintedReport]]:
        """Every report, in the order of the paths.

        Raises:
            OSError: a file can no longer be opened.
        """
        while self._begun:
            path, answer = self._begun.popleft()
            self._begin_next()
            yield path, _known(answer()) or read_report(path.read_bytes())

    def _begin_next(self) -> None:
        path = next(self._coming, None)
        if path is not None:
            self._begun.append((path, self._processes.begin(str(path))))


def _known(answer: bytes | None) -> PrintedReport | None:
    with suppress(DamagedValueError):
        return None if answer is None else from_plain_text(answer, PrintedReport)
    return None


def read_apart(data: bytes, _name: str, _context: None) -> Member:
    """What a process does with the path of a report."""
    path: str = pickle.loads(data)  # noqa: S301  from the program that started us
    return Member("", plain_text(read_report(Path(path).read_bytes()), PrintedReport))
