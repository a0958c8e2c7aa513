"""Where returned bytes are kept, unchanged, and whether they still are."""

from collections.abc import Mapping
from pathlib import Path

from toolkit.excel.files import settle, sha256_of, write_atomic, write_each
from toolkit.ledger import Event, EventKind, LedgerProblem, ProblemKind
from toolkit.ledger.kinds import OfAFile, ScorebookLocked
from toolkit.pipeline.plan.workspace import Workspace

_OF_A_FILE = (
    EventKind.RECEIVED,
    EventKind.SURVEYED,
    EventKind.OPINIONS_RECEIVED,
    EventKind.FORM_IMPORTED,
    EventKind.PRIOR_TAKEN,
)
"""Events whose subject is the sha256 of the file that came in."""


def original_path(workspace: Workspace, sha256: str) -> Path:
    """Where an original's bytes are kept. The name says nothing of what the unit called it: that is in the ledger."""
    return workspace.originals / sha256


def keep_original(workspace: Workspace, data: bytes, sha256: str) -> Path:
    """Put bytes on disk under their hash, once; the ledger is told of them only afterwards."""
    path = original_path(workspace, sha256)
    if not path.exists():
        write_atomic(path, data)
    return path


def keep_originals(workspace: Workspace, files: Mapping[str, bytes]) -> None:
    """The same of several files by their hashes, which wait for the disk together."""
    new = {path: data for sha256, data in files.items() if not (path := original_path(workspace, sha256)).exists()}
    if new:
        write_each(new)
        settle(workspace.originals)


def original_of(event: Event) -> str:
    """The sha256 of the file that an event says came in; "" for events of other kinds."""
    if event.kind in _OF_A_FILE:
        return event.subject
    return event.says(ScorebookLocked).sha256 if event.kind == EventKind.SCOREBOOK_LOCKED else ""


def file_of(event: Event) -> str:
    """The name a file came under; "" for events about no file."""
    said = event.details
    return said.file if isinstance(said, OfAFile) else ""


def altered_originals(workspace: Workspace) -> list[LedgerProblem]:
    """Originals on record that are gone or no longer what came in; every byte is read and hashed again."""
    with workspace.ledger() as ledger:
        events = ledger.own_events()
    kept = {sha256: event for event in events if event.readable and (sha256 := original_of(event))}
    problems = []
    for sha256, event in kept.items():
        path = original_path(workspace, sha256)
        name = f"原件“{file_of(event)}”（{workspace.originals.name}/{sha256[:12]}…）"
        if not path.is_file():
            words = f"{name}不见了：收到时间{event.moment}"
            problems.append(LedgerProblem(ProblemKind.MISSING, event.seq, words))
        elif sha256_of(path.read_bytes()) != sha256:
            words = f"{name}被改动过：内容与收到时的校验值不符"
            problems.append(LedgerProblem(ProblemKind.ALTERED, event.seq, words))
    return problems
