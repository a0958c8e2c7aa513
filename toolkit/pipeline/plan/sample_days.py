"""The days of a sample's evaluation: which of them it is follows from how far the work has come."""

import json
from datetime import date, datetime
from pathlib import Path

from toolkit.errors import ToolkitError
from toolkit.ledger.kinds import EventKind
from toolkit.pipeline.plan.workspace import IDENTITY_FILE, Workspace

_CAME_IN = frozenset({EventKind.DISPATCHED, EventKind.RECEIVED})
"""Once one of these is on record, the units' files are expected, or have begun to come in."""
_LOOKED_AT = frozenset({EventKind.CHECKED, EventKind.REPORTED})
"""Once one of these is on record, the round's files are in and their findings are known."""


def clock(root: Path, now: datetime) -> datetime:
    """The time in an evaluation's folder: ``now``, but in a sample's the day its work has reached, at this hour.

    A sample has a calendar of its own (:class:`toolkit.demo_data.SampleCalendar`): letters, returns, corrections and
    report would contradict one another if every reader's own day stood among them. Workbooks are made and sent on the
    first of its days, returns are collected on the second, and what follows the first check happens on the third. So
    a learner who goes step by step, or does all at once, collects what is there before 报送截止日.
    """
    try:
        identity = json.loads((root / IDENTITY_FILE).read_text(encoding="utf-8"))
        last = date.fromisoformat(identity["today"])
    except (OSError, ValueError, KeyError, TypeError):  # no sample, or no evaluation: whoever opens it says so
        return now
    return datetime.combine(_reached(root, identity, last), now.timetz())


def _reached(root: Path, identity: dict[str, str], last: date) -> date:
    try:
        issued, returned = (date.fromisoformat(identity[name]) for name in ("issued", "returned"))
        with Workspace.open(root).ledger() as ledger:
            happened = {event.kind for event in ledger.events()}
    except (KeyError, ValueError, TypeError, ToolkitError):  # of an older version, or whoever opens it says so
        return last
    if happened & _LOOKED_AT:
        return last
    return returned if happened & _CAME_IN else issued
