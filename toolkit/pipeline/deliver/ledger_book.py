"""The ledger for people: as an Excel 台账 that can be handed in, and whether anybody altered it."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

from toolkit.excel.files import sha256_of, write_atomic
from toolkit.excel.table_sheet import Column, TableSheet, table_workbook
from toolkit.ledger import Anchor, Event, EventKind, Ledger, LedgerProblem, ProblemKind, log_line
from toolkit.ledger.chain import find_problems
from toolkit.ledger.kinds import LogMerged
from toolkit.pipeline.intake.originals import altered_originals, original_path
from toolkit.pipeline.outcome import Json
from toolkit.pipeline.plan.evaluation import Evaluation
from toolkit.pipeline.plan.logs import FOLDER, OWN, other_logs
from toolkit.pipeline.plan.workspace import ANCHOR_FILE, RECEIPTS, Workspace

COLUMNS = (
    Column("序号", 7, numeric=True),
    Column("时间", 21),
    Column("事件", 15),
    Column("项目序号", 9),
    Column("项目名称", 30),
    Column("责任单位", 22),
    Column("说明", 72),
    Column("对象", 18),
    Column("校验值（前16位）", 19),
)
COUNTS = (Column("事件", 20), Column("条数", 10, numeric=True), Column("最早", 21), Column("最近", 21))
_HEX = frozenset("0123456789abcdef")
_SHA256, _SHOWN_HASH = 64, 16
_LISTED = 12
"""Items of a list that are printed; the whole list stands in the ledger."""


@dataclass(frozen=True, slots=True)
class LedgerVerdict:
    """Whether the ledger's chain holds; ``anchor`` is where it ends, for keeping elsewhere."""

    events: int
    anchor: Anchor
    problems: tuple[LedgerProblem, ...]

    @property
    def ok(self) -> bool:
        """Nothing was altered, taken out or moved."""
        return not self.problems

    def as_json(self) -> Json:
        """``{"ok", "events", "anchor": {"seq", "hash"}, "problems": [{"kind", "seq", "message"}]}``."""
        rows = [
            {"kind": problem.kind.value, "seq": problem.seq, "message": problem.message} for problem in self.problems
        ]
        anchor = {"seq": self.anchor.seq, "hash": self.anchor.hash}
        return {"ok": self.ok, "events": self.events, "anchor": anchor, "problems": rows}


@dataclass(frozen=True, slots=True)
class LedgerExport:
    """The written 台账."""

    file: Path
    verdict: LedgerVerdict

    def as_json(self) -> Json:
        """``{"file"}`` and what the verdict says."""
        return {"file": str(self.file), **self.verdict.as_json()}


def verify_ledger(workspace: Workspace, printed: Anchor | None = None) -> LedgerVerdict:
    """Look for altered, missing and moved events and originals. Scheme and roster are not needed for it.

    Args:
        workspace: whose ledger.
        printed: an anchor from a printed receipt or an archive, which a forger of this folder could not change.

    Raises:
        LedgerError: the ledger cannot be opened, or has another key.
    """
    with workspace.ledger() as ledger:
        events, anchor, problems = len(ledger.events()), ledger.anchor(), ledger.verify(workspace.anchor)
        told = {problem.seq for problem in problems}
        problems += [*_witnessed(workspace, ledger), *_logged(workspace, ledger, told)]
        if printed and not ledger.holds(printed):
            words = f"与给出的凭据不符：第 {printed.seq} 条事件已不是当时的那一条"
            problems.append(LedgerProblem(ProblemKind.MISSING, printed.seq, words))
    return LedgerVerdict(events, anchor, (*problems, *altered_originals(workspace), *merged_problems(workspace)))


def _witnessed(workspace: Workspace, ledger: Ledger) -> Iterator[LedgerProblem]:
    """Receipts of the folder that the ledger no longer agrees with; an anchor that was taken away."""
    receipts, log = workspace.receipts, workspace.logs / OWN
    if workspace.anchor is None and (receipts or log.is_file()):
        words = f"台账凭据（{ANCHOR_FILE}）不见了：台账末尾是否被截去，只能凭回执和日志核对"
        yield LedgerProblem(ProblemKind.MISSING, ledger.anchor().seq, words)
    wrong = [receipt for receipt in receipts if not ledger.holds(receipt)]
    if wrong:
        last = max(wrong, key=lambda receipt: receipt.seq)
        words = f"与台账回执不符：{len(wrong)}行回执所记的事件已不在台账中，最后一行记到第 {last.seq} 条（{RECEIPTS}）"
        yield LedgerProblem(ProblemKind.MISSING, last.seq, words)


def _logged(workspace: Workspace, ledger: Ledger, told: Collection[int]) -> Iterator[LedgerProblem]:
    """The first line of the own log, written behind the ledger, that the ledger does not have.

    Events that are ``told`` to be altered differ from their lines of course; these are not told again.
    """
    path = workspace.logs / OWN
    if not path.is_file():
        return
    text = path.read_text(encoding="utf-8", errors="replace")
    lines = [line + "\n" for line in text.split("\n")[:-1]]  # what follows the last line feed was not finished
    for number, (line, event) in enumerate(zip_longest(lines, ledger.own_events()), 1):
        if line is None:  # a program was stopped before it could write on: the next command does
            return
        if event is None:
            words = f"台账缺少第 {number} 条起的 {len(lines) - number + 1} 条事件，本机日志（{FOLDER}/{OWN}）中还有"
            yield LedgerProblem(ProblemKind.MISSING, number, words)
            return
        if line != log_line(event) and event.seq not in told:
            words = f"本机日志（{FOLDER}/{OWN}）第 {number} 行与台账第 {number} 条不符，有一处被改动过"
            yield LedgerProblem(ProblemKind.ALTERED, number, words)
            return


def merged_problems(workspace: Workspace) -> list[LedgerProblem]:
    """Merged logs that are gone or no longer what came in, and their originals; the own ledger says what came."""
    with workspace.ledger() as ledger:
        taken = {event.subject: event for event in ledger.own_events(EventKind.MERGED) if event.readable}
    logs = {log[0].log: log for log in other_logs(workspace.logs)}
    problems: list[LedgerProblem] = []
    for name, event in taken.items():
        said, log = event.says(LogMerged), logs.get(name, ())
        who, end = f"合并来的日志（{said.person}）", Anchor(len(log), said.last_hash)
        if said.events != len(log) or find_problems(log, end, workspace.key):
            problems.append(LedgerProblem(ProblemKind.ALTERED, event.seq, f"{who}被改动或不见了"))
        for sha256 in said.originals:
            path = original_path(workspace, sha256)
            if not path.is_file() or sha256_of(path.read_bytes()) != sha256:
                words = f"{who}的原件{sha256[:12]}…被改动或不见了"
                problems.append(LedgerProblem(ProblemKind.ALTERED, event.seq, words))
    return problems


def export_ledger(evaluation: Evaluation, file: Path) -> LedgerExport:
    """Write all events, a count of each kind and the verdict into a workbook.

    Raises:
        FileBusyError: the workbook is open in another program.
        LedgerError: the ledger cannot be read.
    """
    data, verdict = ledger_book(evaluation)
    write_atomic(file, data)
    return LedgerExport(file, verdict)


def ledger_book(evaluation: Evaluation) -> tuple[bytes, LedgerVerdict]:
    """The workbook, and whether the ledger's chain holds.

    Raises:
        LedgerError: the ledger cannot be read.
    """
    verdict = verify_ledger(evaluation.workspace)
    with evaluation.workspace.ledger() as ledger:
        events = ledger.events()
    title = f"{evaluation.scheme.title}工作台账"
    state = "校验通过，未发现改动" if verdict.ok else f"校验发现{len(verdict.problems)}处问题，见“校验”表"
    hint = f"共{len(events)}条，只追加、不修改；{state}。末条校验值：{verdict.anchor.hash}"
    names = {project.id: (project.name, project.unit) for project in evaluation.roster.projects}
    sheets = [
        TableSheet("台账", title, COLUMNS, [_row(event, names) for event in events], hint),
        TableSheet("统计", f"{title}统计", COUNTS, _counts(events), "按事件种类统计。"),
    ]
    if verdict.problems:
        rows = [(str(problem.seq), problem.message) for problem in verdict.problems]
        sheets.append(
            TableSheet("校验", "台账校验", (Column("序号", 8, numeric=True), Column("问题", 80)), rows, state)
        )
    return table_workbook(sheets), verdict


def _row(event: Event, names: Mapping[str, tuple[str, str]]) -> tuple[str, ...]:
    name, owner = names.get(event.project, ("", ""))
    what = (event.moment, event.label, event.project, name, event.unit or owner)
    return (str(event.seq), *what, _words(event), _short(event.subject), event.hash[:_SHOWN_HASH])


def _words(event: Event) -> str:
    return "；".join(f"{name}：{_plain(value)}" for name, value in event.printed().items() if value not in ("", []))


def _plain(value: object) -> str:
    """A detail without brackets and quotes; of a hash its first digits, of a long list its first items."""
    if isinstance(value, Mapping | list):
        shown = "、".join(map(_plain, list(value)[:_LISTED]))
        return f"{shown}等{len(value)}项" if len(value) > _LISTED else shown
    return _short(str(value))


def _short(text: str) -> str:
    return f"{text[:12]}…" if len(text) == _SHA256 and _HEX.issuperset(text) else text


def _counts(events: tuple[Event, ...]) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    for kind in EventKind:
        times = [event.moment for event in events if event.kind == kind]
        if times:
            rows.append((kind.label, str(len(times)), min(times), max(times)))
    return rows
