"""What returned files say in one evaluation: read once for all commands, and few of them held at a time (ADR 0041).

Of every file only its verdict and the answers that are compared between projects, or printed as they are, stay in
memory. All that it says is asked for where one project is worked on, found among what is kept, and forgotten again.
"""

from collections import OrderedDict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from functools import cached_property
from itertools import islice
from types import MappingProxyType
from typing import Any

from toolkit.cache import Cache, entry_key, program_state
from toolkit.checks import compared_keys
from toolkit.collect import Cause, Outcome, evidence_keys
from toolkit.model import Layout, Reading, Roster, Scheme, Submission
from toolkit.model.identity import Identity
from toolkit.model.plain import DamagedValueError, from_plain_text, plain_text

_PASSING = frozenset({Cause.TOO_SLOW, Cause.CRASHED, Cause.OUR_FAULT, Cause.ALTERED})
"""Verdicts about the machine, the program or the disk at one moment, not about the file."""
_TOGETHER = 50  # readings written in one go: a killed run loses no more of them
_LOOKED_FOR = 50  # readings looked for in one go
MOST_HELD = 500
"""Whole readings that are held, where that is all of them."""
HELD_IN_PASSING = 20
"""Where there are more: each would be forgotten before its turn comes again."""


_NO_READINGS: Mapping[str, Reading] = MappingProxyType({})


class Readings:
    """What returned files say: those read in this run, and those kept from earlier ones.

    Args:
        cache: of the workspace.
        scheme, roster, layout, identity: what every reading depends on.
        again: reads the original of a digest under a name, where what was kept of it is gone.
        sent: digests of other schemes whose forms are today's.
        most: whole readings held at a time.
    """

    def __init__(  # noqa: PLR0913, PLR0917  (a reading depends on this much)
        self,
        cache: Cache,
        scheme: Scheme,
        roster: Roster,
        layout: Layout,
        identity: Identity,
        again: Callable[[str, str], Outcome],
        sent: Iterable[str] = (),
        most: int = MOST_HELD,
    ) -> None:
        self._cache = cache
        parts = (plain_text(scheme, Scheme), plain_text(roster, Roster), plain_text(layout, Layout))
        self._depends = entry_key("reading", program_state(), *parts, identity.evaluation, identity.key, *sorted(sent))
        self._compared = compared_keys(scheme) | evidence_keys(scheme) | _printed(scheme)
        self._again = again
        self._most = most
        self._brief: dict[str, Outcome] = {}
        self._whole: OrderedDict[str, Outcome] = OrderedDict()
        self._new: dict[str, tuple[Outcome, bytes]] = {}

    @property
    def lasting(self) -> bool:
        """Everything read is about the files, nothing about one moment; what follows from it may be kept."""
        return not any(outcome.cause in _PASSING for outcome in self._brief.values())

    def brief(self, sha256: str) -> Outcome | None:
        """The verdict on a file that was read or found, with few answers: those compared or printed as they are."""
        return self._brief.get(sha256)

    def known(self, sha256: str) -> Outcome | None:
        """All that such a file says."""
        brief = self._brief.get(sha256)
        if brief is None or brief.submission is None:
            return brief
        if sha256 in self._new:
            return self._new[sha256][0]
        return self._whole.get(sha256) or self._held(self._found(brief) or self._again(sha256, brief.file_name))

    def keep(self, outcome: Outcome, text: bytes = b"") -> None:
        """Take note of what a file says; the first word on its bytes stands. ``text``: the outcome as plain text."""
        if outcome.sha256 in self._brief:
            return
        self._brief[outcome.sha256] = reduced(outcome, self._compared)
        if outcome.cause not in _PASSING:
            self._new[outcome.sha256] = outcome, text or plain_text(outcome, Outcome)
        if len(self._new) >= _TOGETHER:
            self.save()
        self._held(outcome)

    def find(self, files: Iterable[tuple[str, str]]) -> None:
        """Look for readings of files, given as digest and name, among what is kept from earlier runs."""
        wanted = (file for file in files if file[0] not in self._brief)
        while keys := {self._brief_key(*file): file[0] for file in islice(wanted, _LOOKED_FOR)}:
            for key, data in self._cache.get_many(keys).items():
                with suppress(DamagedValueError):
                    self._brief.setdefault(keys[key], _unpacked_brief(data))

    def told(self, submission: Submission) -> bytes:
        """A return as it was read, said in short: all that follows from the same is the same."""
        return self._key(submission.sha256, submission.file_name).encode()

    def let_go(self) -> None:
        """Forget what was read once it is much: what is kept is found again."""
        if len(self._brief) > self._most:
            self.save()
            self._brief = {key: outcome for key, outcome in self._brief.items() if outcome.cause in _PASSING}

    def save(self) -> None:
        """Keep what was read for later runs."""
        texts: dict[str, bytes] = {}
        for sha256, (outcome, text) in self._new.items():
            brief = self._brief[sha256]
            texts[self._key(sha256, outcome.file_name)] = text
            texts[self._brief_key(sha256, outcome.file_name)] = _packed_brief(brief)
        self._cache.put(texts)
        self._new.clear()

    def _held(self, outcome: Outcome) -> Outcome:
        if outcome.submission is not None:
            self._whole[outcome.sha256] = outcome
            while len(self._whole) > held_of(len(self._brief), self._most):
                self._whole.popitem(last=False)
        return outcome

    def _found(self, brief: Outcome) -> Outcome | None:
        return _kept(self._cache, self._key(brief.sha256, brief.file_name))

    def _key(self, sha256: str, name: str) -> str:
        return entry_key("reading", self._depends, sha256, name)

    def _brief_key(self, sha256: str, name: str) -> str:
        return entry_key("brief reading", self._depends, sha256, name)


def held_of(count: int, most: int) -> int:
    """How many of so many results are held; ``most``: where that is all of them."""
    return most if count <= most else min(most, HELD_IN_PASSING)


def _printed(scheme: Scheme) -> frozenset[str]:
    """What the master gives as it is: of every indicator the unit's note."""
    return frozenset(indicator.name_for("说明") for indicator in scheme.indicators)


class _LaterReadings(Mapping[str, Reading]):
    """Readings that are unpacked when one of them is first asked for: where nothing has changed nobody asks."""

    def __init__(self, text: bytes) -> None:
        self._text = text

    @cached_property
    def _readings(self) -> Mapping[str, Reading]:
        text, self._text = self._text, b""
        readings: Any = Mapping[str, Reading]
        found: Mapping[str, Reading] = from_plain_text(text, readings)
        return found

    def __getitem__(self, key: str) -> Reading:
        return self._readings[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._readings)

    def __len__(self) -> int:
        return len(self._readings)


def _packed_brief(outcome: Outcome) -> bytes:
    """An outcome as two lines: all but its readings, and these."""
    readings = outcome.submission.readings if outcome.submission else _NO_READINGS
    return plain_text(reduced(outcome, ()), Outcome) + b"\n" + plain_text(readings, Mapping[str, Reading])


def _unpacked_brief(text: bytes) -> Outcome:
    """The outcome again.

    Raises:
        DamagedValueError: the text holds none.
    """
    verdict, _, readings = text.partition(b"\n")
    outcome = from_plain_text(verdict, Outcome)
    if outcome.submission is None:
        return outcome
    return replace(outcome, submission=replace(outcome.submission, readings=_LaterReadings(readings)))


def reduced(outcome: Outcome, compared: Container[str]) -> Outcome:
    """An outcome with nothing of the return but the answers to some questions."""
    submission = outcome.submission.reduced(compared) if outcome.submission else None
    return replace(outcome, submission=submission)


def kept_return(cache: Cache, key: str) -> Submission | None:
    """The return that is kept under a key (see :meth:`Readings.told`); None where it is kept no more."""
    outcome = _kept(cache, key)
    return outcome.submission if outcome else None


def _kept(cache: Cache, key: str) -> Outcome | None:
    data = cache.get(key)
    with suppress(DamagedValueError):
        return None if data is None else from_plain_text(data, Outcome)
    return None
