"""收回: whatever comes back is read, explained or refused, and nothing is lost.

In: a returned file's bytes and what is known about the evaluation (:class:`CollectContext`).
Out: an :class:`Outcome`: ACCEPTED with a :class:`toolkit.model.Submission` whose balance adds up, or REFUSED with
a reason and what to do, in Chinese. ``incoming`` unpacks folders, zips and mail; ``choose`` decides which of several
returns counts. Nothing here writes a file.
"""

from toolkit.collect.context import CollectContext, Outcome, ReturnState
from toolkit.collect.intake import Incoming, Intake, incoming
from toolkit.collect.reading import read_return
from toolkit.collect.series import Choice, choose
from toolkit.collect.worker import IsolatedReader, WorkerLimits, read_batch

__all__ = [
    "Choice",
    "CollectContext",
    "Incoming",
    "Intake",
    "IsolatedReader",
    "Outcome",
    "ReturnState",
    "WorkerLimits",
    "choose",
    "incoming",
    "read_batch",
    "read_return",
]
