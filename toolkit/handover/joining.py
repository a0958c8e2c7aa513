"""Two copies of one log joined: the longer holds the shorter, or the log was continued in two places."""

from dataclasses import dataclass
from itertools import zip_longest

from toolkit.ledger import Event, Log


@dataclass(frozen=True, slots=True)
class Fork:
    """The first event in which two copies of one log differ."""

    ours: Event
    theirs: Event


def joined(known: Log, other: Log) -> Log | Fork:
    """The longer of two copies of a log whose chains hold, or where they part.

    Because each hash covers all before it, one comparison at the shorter one's end tells.
    """
    shorter, longer = sorted((known, other), key=len)
    if not shorter or longer[len(shorter) - 1].hash == shorter[-1].hash:
        return longer
    for ours, theirs in zip_longest(known, other):
        if ours is None or theirs is None or ours.hash != theirs.hash:
            break
    return Fork(ours, theirs)
