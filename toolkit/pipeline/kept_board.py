"""The board without any work when nothing has changed since it was last made.

A board is kept under the content of every file that can bear on it: the plan, templates, opinions and whatever else
lies in the workspace, the ledger's events, the originals, and the day, on which waivers lapse. What the toolkit itself
writes for people is left out: no board is made from it.
"""

import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path

from toolkit.cache import entry_key, program_state
from toolkit.model.plain import DamagedValueError, from_plain_text, plain_text
from toolkit.pipeline.plan.ledger_place import LEDGER_FILE
from toolkit.pipeline.plan.workspace import CACHE_FILE, Workspace
from toolkit.pipeline.standing import Board

_LARGE = 20_000_000
"""Beside the originals, a larger file is told by size and time of change. Units: bytes."""


def status_of(folder: Path, now: datetime, computed: Callable[[], Board] | None = None) -> Board:
    """Where every project of a workspace stands.

    Args:
        folder: the workspace.
        now: the time.
        computed: makes the board where it is not known; None reads the workspace.

    Raises:
        WorkspaceError, SchemeError: as :func:`toolkit.pipeline.load`.
    """
    workspace = Workspace.open(folder)
    before = _state(workspace, now.date())
    kept = workspace.cache.get(before)
    if kept is not None:
        with suppress(DamagedValueError):
            return from_plain_text(kept, Board)
    if not workspace.opinions.exists():  # the first step that asks for opinions writes the workbook they go into
        _with_opinions(folder)
        before = _state(workspace, now.date())
    board = computed() if computed else _computed(folder, now)
    if _state(workspace, now.date()) == before:
        workspace.cache.put({before: plain_text(board, Board)})
    return board


def _with_opinions(folder: Path) -> None:
    from toolkit.pipeline.plan.evaluation import load

    _ = load(folder).opinion_reading


def _computed(folder: Path, now: datetime) -> Board:
    from toolkit.pipeline.board import status
    from toolkit.pipeline.plan.evaluation import load

    return status(load(folder), now)


def _state(workspace: Workspace, today: date) -> str:
    """The key of a board: another one after any change that could make it another board."""
    with workspace.ledger() as ledger:
        events = hashlib.sha256(repr(ledger.events()).encode("utf-8", "surrogatepass")).digest()
    files = "\n".join(sorted(_deciding(workspace)))
    return entry_key("board", program_state(), today.isoformat(), events, files)


def _deciding(workspace: Workspace) -> Iterator[str]:
    """A line for every file of the workspace that no step only writes."""
    written = {
        workspace.workbooks, workspace.packages, workspace.inbox, workspace.findings, workspace.masters,
        workspace.reports, workspace.generations, workspace.corrections, workspace.reminders, workspace.drafts,
    }  # fmt: skip
    ledger = workspace.root / LEDGER_FILE
    passing = {str(ledger) + ending for ending in ("", "-wal", "-shm")} | {str(workspace.root / CACHE_FILE)}
    for folder, folders, names in os.walk(workspace.root):
        folders[:] = [name for name in folders if Path(folder, name) not in written]
        for path in (Path(folder, name) for name in names):
            if str(path) not in passing and not path.name.startswith("~$"):
                yield f"{path.relative_to(workspace.root)}\t{_content(path, whole=path.parent == workspace.originals)}"


def _content(path: Path, *, whole: bool) -> str:
    try:
        stat = path.stat()
        if stat.st_size > _LARGE and not whole:
            return f"{stat.st_size} {stat.st_mtime_ns}"
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:  # gone or locked by now: the board that is made says what follows from it
        return "-"
