"""What results are made from, as one short text: another one after any change that could make another result.

It tells the content of every file that can bear on them: the plan, templates, opinions and whatever else lies in the
workspace, the ledger's events, the originals, the table of regulations, and the day, on which waivers lapse.
"""

import hashlib
import os
from collections.abc import Container, Iterator
from datetime import date
from pathlib import Path

from toolkit.cache import entry_key, program_state
from toolkit.errors import TemplateError
from toolkit.excel.files import is_owner_file
from toolkit.ledger import EventKind
from toolkit.pipeline.plan.ledger_ends import ANCHOR_FILE, RECEIPTS
from toolkit.pipeline.plan.ledger_place import LEDGER_FILE
from toolkit.pipeline.plan.outputs import RECORD, UNDER_WAY
from toolkit.pipeline.plan.turns import TURN_FILE
from toolkit.pipeline.plan.workspace import CACHE_FILE, Workspace
from toolkit.resources import law_table_path

_LARGE = 20_000_000
"""Beside the originals, a larger file is told by size and time of change. Units: bytes."""
_NOTES_OF_OUTPUT = frozenset({EventKind.CHECKED, EventKind.AGGREGATED, EventKind.REPORTED})
"""What the ledger notes of files written for people; only ``verify`` asks for it."""


def plan_state(workspace: Workspace, today: date) -> str:
    """Another text after any change that could make it another board, or other findings."""
    return workspace_state("plan", workspace, today, _NOTES_OF_OUTPUT, _written(workspace))


def master_state(workspace: Workspace, today: date) -> str:
    """The same of the master workbook, but for what evaluators wrote into 评审意见, which the toolkit adds rows to.

    Originals are told by name, size and time of change: what they say was read before, or is read and verified now.
    """
    without = {*_written(workspace), workspace.opinions}
    return workspace_state("master", workspace, today, _NOTES_OF_OUTPUT, without, by_time=workspace.originals)


def _written(workspace: Workspace) -> frozenset[Path]:
    """What the toolkit writes for people and makes no result from."""
    written = {
        workspace.workbooks, workspace.packages, workspace.inbox, workspace.findings, workspace.masters,
        workspace.reports, workspace.generations, workspace.corrections, workspace.reminders, workspace.drafts,
    }  # fmt: skip
    notes = {workspace.root / name for name in (ANCHOR_FILE, RECEIPTS, RECORD, UNDER_WAY)} | {workspace.own_log}
    return frozenset(written | notes)


def workspace_state(
    what: str,
    workspace: Workspace,
    today: date,
    without_events: Container[str],
    without: Container[Path],
    *,
    by_time: Path | None = None,
) -> str:
    """Another text after any change of what a workspace holds.

    Args:
        what: it is for.
        workspace: the folder.
        today: the day.
        without_events: kinds of events that do not count.
        without: files and folders that do not count.
        by_time: a folder whose files are told by name, size and time of change.
    """
    with workspace.ledger() as ledger:
        events = repr([event for event in ledger.events() if event.kind not in without_events])
    files = "\n".join(sorted(_deciding(workspace, without, by_time)))
    return entry_key(what, program_state(), _laws(), today.isoformat(), events, files)


def _laws() -> str:
    """The table of regulations, by which a scheme and its words are judged; it is no part of the program."""
    try:
        return content_of(law_table_path())
    except TemplateError:
        return "-"


def _deciding(workspace: Workspace, without: Container[Path], by_time: Path | None) -> Iterator[str]:
    """A line for every file of the workspace but the ledger, whose events are told, and what is kept here."""
    ledger = workspace.root / LEDGER_FILE
    passing = {str(ledger) + ending for ending in ("", "-wal", "-shm")}
    passing |= {str(workspace.root / name) for name in (CACHE_FILE, TURN_FILE)}
    for folder, folders, names in os.walk(workspace.root):
        folders[:] = [name for name in folders if Path(folder, name) not in without]
        for path in (Path(folder, name) for name in names):
            if str(path) not in passing and path not in without and not is_owner_file(path):
                most = -1 if path.parent == by_time else None if path.parent == workspace.originals else _LARGE
                yield f"{path.relative_to(workspace.root)}\t{content_of(path, most)}"


def content_of(path: Path, most: int | None = None) -> str:
    """A file's sha256; of one larger than ``most`` bytes its size and time of change. "-": there is none to be read."""
    try:
        stat = path.stat()
        if most is not None and stat.st_size > most:
            return f"{stat.st_size} {stat.st_mtime_ns}"
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:  # gone or locked by now: the result that is made says what follows from it
        return "-"
