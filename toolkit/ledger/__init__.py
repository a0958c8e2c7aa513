"""The ledger: what was sent, received, found and decided, as events that can only be added.

In: one call per thing that happened, with what it says (:mod:`toolkit.ledger.kinds`), its time and a natural key that
makes a second run harmless.
Out: the events again, and the verdict of :meth:`Ledger.verify` on whether anybody altered them.
It knows no stage; ``pipeline`` and the stages above write to it. Several laptops keep a ledger each; their logs travel
as lines of text and are read as one order of events (:mod:`toolkit.ledger.logs`).
"""

from toolkit.ledger.chain import GENESIS, Anchor, LedgerProblem, ProblemKind
from toolkit.ledger.details import Details
from toolkit.ledger.event import Event, NewEvent
from toolkit.ledger.kinds import EventKind
from toolkit.ledger.logs import Log, in_order, log_line, of_log, read_line
from toolkit.ledger.server import Server
from toolkit.ledger.sqlite_file import ensure_openable
from toolkit.ledger.store import Ledger

__all__ = [
    "GENESIS",
    "Anchor",
    "Details",
    "Event",
    "EventKind",
    "Ledger",
    "LedgerProblem",
    "Log",
    "NewEvent",
    "ProblemKind",
    "Server",
    "ensure_openable",
    "in_order",
    "log_line",
    "of_log",
    "read_line",
]
