"""Every run proof-reads what it wrote: all reports about the whole, and of many project reports, alike, some."""

import os
import re
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING, Self, TypeAlias

from toolkit.collect.worker import IsolatedReader, WorkerLimits
from toolkit.errors import StoppedReadingError, UnreadableFileError
from toolkit.model import CellRef, Finding, Severity
from toolkit.model.self_form import SELF_FORM_FILE
from toolkit.pipeline.plan.side_by_side import WORTH_STARTING, in_a_copy, may_copy
from toolkit.pipeline.progress import Progress

if TYPE_CHECKING:
    from toolkit.proof.declaration import Result, Rule
    from toolkit.proof.looking import Said
    from toolkit.proof.report import Report

CODE = "PROOF-01"
_DRAWN = 5
"""Project reports come from one template and one arithmetic; 39 would take as long as the rest of a run."""
_PROCESSES = 2
"""The report about the whole takes one of them as long as all others take the other."""
_OF_PROJECT = re.compile(r"[0-9]{3,}_")
_LEFT_OUT = "same.number"
"""The rule that can only say of a number that it is right: a run tells what is not."""
_HINT = "打开报告核对；原因在模板、报告素材、评审意见或数据里，改正后重新生成。全部报告：jixiao proof 07-评价报告 -w ."

_DIVIDED = range(2_000, 50_000)
"""Numbers in a report: of a shorter one all rules together take little longer than to divide them; of a longer one two
processes would hold much."""
_LARGE = 6_000_000
"""A larger report is about more than some 1,300 projects: read, it would hold more than a process may.

Proof-reading takes time in line with the size, and goes on beside the rendering of the other reports. Units: bytes.
"""
_NOT_READ = "报告篇幅很大，本次运行没有校核"
_NOT_DONE = "校核这份报告的程序超时或异常退出，本次运行没有校核"
_BY_ITSELF = "另行校核：jixiao proof 07-评价报告 -w ."

_LONG = 500_000
"""What a process took to read a report of this size it would keep to its end; the next report gets another one.

Only where it is no copy, which thousands of reports are not read by. Units: bytes.
"""
_LIMITS = WorkerLimits(seconds=900.0, memory=2_000_000_000)
"""Half a minute of work for the largest report there is; on a machine that does much else, many times as long.

A report that was not read in time is told as one that was not: what hangs a process must not hang this one.
"""
_Found: TypeAlias = tuple[tuple[bool, str, str, str], ...]
"""Whether it contradicts, what is said, found and expected, of each finding."""


class OwnProof:
    """Proof-reads reports while others are still rendered; use as a context manager.

    It does so in two copies of this process, where copies are to be had (see :func:`may_copy`), of many reports in one
    process of its own, else when asked for findings.
    """

    def __init__(self, projects: int = 0) -> None:
        """``projects``: how many the evaluation has."""
        self._drawn: frozenset[Path] = frozenset()
        self._copied = may_copy(projects)
        self._apart = self._copied or projects >= WORTH_STARTING
        self._readers: tuple[IsolatedReader, ...] = ()
        self._idle: SimpleQueue[IsolatedReader] = SimpleQueue()
        self._threads: ThreadPoolExecutor | None = None
        self._begun: dict[Path, Future[_Found | None]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for reader in self._readers:
            reader.close()
        if self._threads is not None:
            self._threads.shutdown(cancel_futures=True)

    def prepare(self, *, many: bool = False) -> None:
        """Some reports will change: copies load the rules while the first of them is still made.

        One of them has the patterns ready too, which takes long where none are kept yet; the other finds them kept.

        ``many``: so many that both processes will be busy with one each, and none has to be divided.
        """
        self._start(_load, load_rules, many=many)

    def expect(self, paths: Sequence[Path]) -> None:
        """All reports there will be; those of projects that will be looked at if all of them change."""
        self._drawn = frozenset(_chosen(paths))
        if self._drawn:
            self._start()

    def begin(self, path: Path) -> None:
        """A report was written; one that will be looked at is proof-read from now on."""
        if _is_large(path) or (_OF_PROJECT.match(path.name) and path not in self._drawn):
            return
        self._start()
        if self._threads is not None:
            self._begun[path] = self._threads.submit(self._found_in, path)

    def _start(self, *loads: Callable[[], None], many: bool = False) -> None:
        """Begin the processes; ``loads``: what each of them loads until a report comes."""
        if self._threads is not None or not self._apart:
            return
        width = _PROCESSES if self._copied and (os.cpu_count() or 1) >= _PROCESSES else 1
        self._readers = tuple(
            IsolatedReader(not many, _LIMITS, _read, at_once=self._copied, first=first)
            for first in (*loads, *[None] * width)[:width]
        )
        for reader in self._readers:
            self._idle.put(reader)
        self._threads = ThreadPoolExecutor(width)

    def _found_in(self, path: Path) -> "_Found | None":
        """What the next process that is free finds."""
        reader = self._idle.get()
        try:
            return _apart(reader, path)
        finally:
            if not self._copied and path.stat().st_size > _LONG:
                reader.close()
            self._idle.put(reader)

    def findings(self, paths: Sequence[Path], progress: Progress) -> tuple[Finding, ...]:
        """What is found in the reports that have changed."""
        # A form holds the words of the unit that returned it; what is wrong there is the unit's to correct.
        chosen = list(_chosen([path for path in paths if not path.stem.endswith(SELF_FORM_FILE)]))
        found: list[Finding] = []
        for done, path in enumerate(chosen, 1):
            if _is_large(path):
                found.append(Finding(CODE, Severity.NOTE, CellRef(path.name), _NOT_READ, _BY_ITSELF))
                continue
            begun = self._begun.get(path)
            results = begun.result() if begun else _read(path.read_bytes(), path.name)
            if results is None:
                found.append(Finding(CODE, Severity.NOTE, CellRef(path.name), _NOT_DONE, _BY_ITSELF))
            else:
                found += [_finding(path.name, *result) for result in results]
            progress("校核报告", done, len(chosen))
        return tuple(found)


def _apart(reader: IsolatedReader, path: Path) -> "_Found | None":
    """What is found by a process of its own; None where it hung, or ended twice, over this report."""
    data = path.read_bytes()
    for _ in range(2):
        try:
            return reader.plain(data, path.name)
        except StoppedReadingError:
            return None
        except UnreadableFileError:  # it ended: by the report, or because somebody ended it; another begins
            continue
        except OSError:  # none is to be had
            return _read(data, path.name)
    return None


def load_rules() -> None:
    """Import what reports are proof-read with; processes copied from one that has it need not do so."""
    from toolkit.proof import engine
    from toolkit.proof.reading import word_document

    _ = engine, word_document


def _load() -> None:
    from toolkit.proof.kept_patterns import load_patterns

    load_rules()
    load_patterns()


def _read(data: bytes, name: str, divided: object = False) -> "_Found":
    # Imported here: a run that changes no report starts without the rules.
    from toolkit.proof.catalogue import RULES
    from toolkit.proof.engine import proof
    from toolkit.proof.looking import look
    from toolkit.proof.reading import read_document

    rules = tuple(rule for rule in RULES if rule.code != _LEFT_OUT)
    how = _divided if divided else look
    return tuple(map(_plain, proof(read_document(data, name), rules=rules, look=how).findings))


def _divided(report: "Report", rules: "Sequence[Rule]") -> "Sequence[Said]":
    """What rules say: of a long report they are divided between this process and a copy of it."""
    from toolkit.proof.looking import look, look_in_two

    return look_in_two(report, rules, in_a_copy) if len(report.facts) in _DIVIDED else look(report, rules)


def _plain(result: "Result") -> tuple[bool, str, str, str]:
    from toolkit.proof.declaration import Verdict

    message = f"{result.place}{result.verdict}：{result.message}"
    return result.verdict is Verdict.DIFFERS, message, result.found, result.expected


def _is_large(path: Path) -> bool:
    return path.stat().st_size > _LARGE


def _chosen(paths: Sequence[Path]) -> Iterator[Path]:
    single = [path for path in paths if _OF_PROJECT.match(path.name)]
    yield from (path for path in paths if not _OF_PROJECT.match(path.name))
    yield from single[:: max(1, -(-len(single) // _DRAWN))]


def _finding(name: str, differs: bool, message: str, found: str, expected: str) -> Finding:
    severity = Severity.WARNING if differs else Severity.NOTE
    return Finding(CODE, severity, CellRef(name), message, _HINT, found=found, expected=expected)
