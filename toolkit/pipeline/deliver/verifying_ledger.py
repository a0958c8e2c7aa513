"""Whether anybody altered the ledger, its originals, or what was merged into it."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import zip_longest

from toolkit.excel.files import sha256_of
from toolkit.ledger import Anchor, EventKind, Ledger, LedgerProblem, ProblemKind, log_line
from toolkit.ledger.chain import find_problems
from toolkit.ledger.kinds import LogMerged
from toolkit.pipeline.intake.originals import altered_originals, original_path
from toolkit.pipeline.outcome import Json
from toolkit.pipeline.plan.ledger_ends import ANCHOR_FILE, RECEIPTS
from toolkit.pipeline.plan.logs import FOLDER, OWN, other_logs
from toolkit.pipeline.plan.workspace import Workspace


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
