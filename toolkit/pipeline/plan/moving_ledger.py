"""Moving a workspace's ledger to a server or back into its folder: event for event, with the same chain of hashes."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from toolkit.ledger import Anchor, EventKind, Ledger, Server
from toolkit.ledger.kinds import LedgerMoved
from toolkit.pipeline.plan.ledger_place import LEDGER_FILE, note_place
from toolkit.pipeline.plan.workspace import Workspace

HERE = ("本机", "sqlite")
"""What stands for the file in the workspace's own folder."""


@dataclass(frozen=True, slots=True)
class MovedLedger:
    """Where a ledger was and is, how many events were carried over, and how far it reaches now."""

    before: str
    after: str
    carried: int
    end: Anchor

    def as_json(self) -> dict[str, Any]:
        """For ``--json``."""
        return {
            "from": self.before,
            "to": self.after,
            "carried": self.carried,
            "events": self.end.seq,
            "anchor": f"{self.end.seq}:{self.end.hash}",
        }


def move_ledger(workspace: Workspace, address: str, now: datetime) -> MovedLedger:
    """Carry the ledger over and work with it there from now on; what stood at the old place stays as it is.

    Moved back and forth, each place takes only what it does not hold yet. The old place notes where the ledger went and
    that note is carried over with the rest, so that of two places none says what the other does not know. Stopped
    half-way, the old place is still the one in use and the command can be repeated.

    Args:
        workspace: whose ledger.
        address: ``postgresql://…``, or one of :data:`HERE` for the file in the folder.
        now: the time.

    Raises:
        LedgerError: the ledger is not sound, the new place holds another one, or a server cannot be reached.
    """
    with workspace.ledger() as old:
        place = _place(workspace, address, old)
        if place == workspace.ledger_place:
            return MovedLedger(old.place, old.place, 0, old.anchor())
        with Ledger.open(place, workspace.key) as new:
            carried = new.take_over(old)
            _note_move(old, new.place, now)
            carried += new.take_over(old)
            note_place(workspace.root, place)
            return MovedLedger(old.place, new.place, carried, new.anchor())


def _note_move(old: Ledger, after: str, now: datetime) -> None:
    """Record where the ledger goes; once, though the move was stopped after that and is repeated."""
    last = old.own_events()[-1]
    if last.kind != EventKind.LEDGER_MOVED or last.says(LedgerMoved).after != after:
        old.record(LedgerMoved(before=old.place, after=after), at=now, once=f"ledger moved:{last.hash}")


def ledger_copy(workspace: Workspace, file: Path) -> None:
    """Write the ledger, wherever it is, into a SQLite file of its own."""
    with workspace.ledger() as ledger, Ledger.open(file, workspace.key) as copy:
        copy.take_over(ledger)


def _place(workspace: Workspace, address: str, ledger: Ledger) -> Path | Server:
    if address.strip() in HERE:
        return workspace.root / LEDGER_FILE
    return Server.at(address, ledger.own_events()[0].hash)
