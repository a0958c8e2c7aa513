"""Where returned bytes are kept, unchanged, and whether they still are."""

from pathlib import Path

from toolkit.excel.files import sha256_of
from toolkit.ledger import EventKind, LedgerProblem, ProblemKind
from toolkit.pipeline.plan.workspace import Workspace


def original_path(workspace: Workspace, sha256: str) -> Path:
    """Where an original's bytes are kept. The name says nothing of what the unit called it: that is in the ledger."""
    return workspace.originals / sha256


def altered_originals(workspace: Workspace) -> list[LedgerProblem]:
    """Originals on record that are gone or no longer what came in; every byte is read and hashed again."""
    with workspace.ledger() as ledger:
        received = ledger.own_events(EventKind.RECEIVED)
    problems = []
    for event in received:
        path = original_path(workspace, event.subject)
        name = f"原件“{event.details().get('文件名', '')}”（{workspace.originals.name}/{event.subject[:12]}…）"
        if not path.is_file():
            words = f"{name}不见了：收到时间{event.at[:16].replace('T', ' ')}"
            problems.append(LedgerProblem(ProblemKind.MISSING, event.seq, words))
        elif sha256_of(path.read_bytes()) != event.subject:
            words = f"{name}被改动过：内容与收到时的校验值不符"
            problems.append(LedgerProblem(ProblemKind.ALTERED, event.seq, words))
    return problems
