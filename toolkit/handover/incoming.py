"""A log from outside: its lines, its chain, its clock, and whether it goes on from what is known of it.

Nothing of a log with an error is taken in; warnings (a clock that is off) say what to look at and keep nothing out.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import PurePosixPath

from toolkit.handover.joining import Fork, joined
from toolkit.ledger import Anchor, Event, EventKind, Log, of_log, read_line
from toolkit.ledger.chain import GENESIS, find_problems
from toolkit.model import CellRef, Finding, Sentence, Severity, is_sound

_DAY = timedelta(days=1)
_MOST_FAULTS = 20
"""Faults listed of one log: a file that is no log at all has one in every line."""


@dataclass(frozen=True, slots=True)
class Known:
    """What a log from outside is held against.

    Attributes:
        evaluation: id of this evaluation. key: secret of its hashes.
        logs: id → log as it is known here, the own one among them.
        now: the time here.
    """

    evaluation: str
    key: bytes
    logs: Mapping[str, Log]
    now: datetime


@dataclass(frozen=True, slots=True)
class IncomingLog:
    """A log as a file from outside holds it."""

    place: str
    events: tuple[Event, ...]
    findings: tuple[Finding, ...] = field(default=())

    @property
    def id(self) -> str:
        """The hash of its first event."""
        return self.events[0].hash if self.events else ""


def parse_log(place: str, data: bytes) -> IncomingLog:
    """The lines of a file; every line that is no event is a finding."""
    try:
        lines = data.decode("utf-8-sig").split("\n")  # a unit's text may hold other line ends
    except UnicodeDecodeError:
        return IncomingLog(place, (), (_finding("MERGE-02", place, 0, "日志不是 UTF-8 文本"),))
    if not lines[-1]:
        lines.pop()
    events: list[Event] = []
    faults: list[Finding] = []
    for number, line in enumerate(lines, 1):
        event = read_line(line)
        if event is not None:
            events.append(event)
        elif len(faults) < _MOST_FAULTS:
            faults.append(_finding("MERGE-02", place, number, "这一行不是日志事件", line[:60]))
    if not lines:
        faults.append(_finding("MERGE-02", place, 0, "日志是空的"))
    return IncomingLog(place, of_log(events) if events else (), tuple(faults))


def judged_logs(incoming: Sequence[IncomingLog], known: Known) -> tuple[dict[str, Log], tuple[Finding, ...]]:
    """The logs that are new or longer than known, and all that is wrong with any of them."""
    findings = [finding for log in incoming for finding in log.findings]
    grown: dict[str, Log] = dict(known.logs)
    for log in incoming:
        wrong = list(_wrong(log, known)) if not log.findings else []
        findings += wrong
        if log.findings or not is_sound(wrong):
            continue
        whole = joined(grown.get(log.id, ()), log.events)
        if isinstance(whole, Fork):
            findings.append(_forked(log, whole))
        else:
            grown[log.id] = whole
    new = {name: log for name, log in grown.items() if len(log) > len(known.logs.get(name, ()))}
    return new, tuple(findings)


def _wrong(log: IncomingLog, known: Known) -> Iterator[Finding]:
    if not log.events:
        return
    first = log.events[0]
    if first.kind != EventKind.INITIALISED or first.subject != known.evaluation:
        yield _finding("MERGE-04", log.place, 1, f"这份日志属于另一次评价（{first.subject[:40]}）", first.subject)
        return
    yield from _broken(log, known.key)
    yield from _clock(log, known.now)


def _broken(log: IncomingLog, key: bytes) -> Iterator[Finding]:
    """Events that were altered, taken out or moved."""
    last = log.events[-1]
    problems = find_problems(log.events, Anchor(last.seq, last.hash), key)
    lines = {event.seq: number for number, event in reversed(list(enumerate(log.events, 1)))}
    if log.events[0].previous_hash != GENESIS and not problems:
        yield _finding("MERGE-02", log.place, 1, "日志缺少开头")
    for problem in problems[:_MOST_FAULTS]:
        yield _finding("MERGE-02", log.place, lines.get(problem.seq, 0), problem.message)


def _clock(log: IncomingLog, now: datetime) -> Iterator[Finding]:
    """Where the clock of that laptop went back by more than a day, or lies ahead of ours."""
    before: datetime | None = None
    ahead = False
    for number, event in enumerate(log.events, 1):
        at = datetime.fromisoformat(event.at)
        if at - now > _DAY and not ahead:
            ahead = True
            words = f"这台电脑的时钟比本机快{(at - now).days}天（{event.moment}）"
            yield _finding("MERGE-05", log.place, number, words, event.moment, severity=Severity.WARNING)
        if before is not None and before - at > _DAY:
            words = f"时间比上一条早{(before - at).days}天（{event.moment}），这台电脑的时钟调整过"
            yield _finding("MERGE-05", log.place, number, words, event.moment, severity=Severity.WARNING)
        before = at


def _forked(log: IncomingLog, fork: Fork) -> Finding:
    ours, theirs = fork.ours, fork.theirs
    words = (
        f"同一本日志的第{theirs.seq}条有两种内容：已有的是{ours.moment}“{ours.label}”，"
        f"这份是{theirs.moment}“{theirs.label}”；同一个工作区在两处各自续写过"
    )
    line = next((number for number, event in enumerate(log.events, 1) if event is theirs), theirs.seq)
    return _finding("MERGE-03", log.place, line, words, f"{theirs.moment} {theirs.label}", ours.moment)


_HINTS = {
    "MERGE-02": "请对方重新运行 jixiao handover 交回；日志只能由程序续写，不要用编辑器打开保存",
    "MERGE-03": "工作区不能整个复制给两个人用，请用 jixiao handover 移交；确认以哪一处为准，另一处的工作重新登记",
    "MERGE-04": "核对文件夹，只合并本次评价移交出去的工作区",
    "MERGE-05": "校准那台电脑的时钟；先后以时间为准的（同一项目几份报送件）用 jixiao choose 指定，其余不受影响",
}


def _finding(
    code: str, place: str, line: int, words: str, found: str = "", expected: str = "",
    severity: Severity = Severity.ERROR,
) -> Finding:  # fmt: skip
    at = CellRef(place, "", f"第{line}行" if line else "")
    where = f"“{PurePosixPath(place).name}”{f'第{line}行' if line else ''}"
    return Finding(
        code,
        severity,
        at,
        Sentence.saying("{where}：{words}", where=where, words=words),
        _HINTS[code],
        found=found,
        expected=expected,
    )
