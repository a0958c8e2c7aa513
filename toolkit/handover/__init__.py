"""移交与合并: what several laptops did, read as one state without a server.

In: the logs of several laptops (:mod:`toolkit.ledger.logs`) and the bytes of logs from outside. Out: which decision is
in force about each thing, where two people decided differently, and what is wrong with a log from outside. Everything
is a function of the set of events: the order in which logs were merged does not matter, and merging twice is merging
once. It writes no file.
"""

from toolkit.handover.decisions import Conflict, Thing, agreed, conflicts, in_force, outcome_of, thing_of
from toolkit.handover.incoming import IncomingLog, Known, judged_logs, parse_log
from toolkit.handover.joining import Fork, joined

__all__ = [
    "Conflict",
    "Fork",
    "IncomingLog",
    "Known",
    "Thing",
    "agreed",
    "conflicts",
    "in_force",
    "joined",
    "judged_logs",
    "outcome_of",
    "parse_log",
    "thing_of",
]
