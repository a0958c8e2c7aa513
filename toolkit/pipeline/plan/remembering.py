"""The compiled template, the readings of returned files and rendered documents, each worked out once for all commands.

They are kept under everything they depend on (ADR 0014): the program, scheme and template; for a reading also roster,
layout, the evaluation's identity, the original and its name; for a document its template, words and charts.
Values put in beforehand follow from scheme and roster.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import islice
from typing import TypeVar

from toolkit.cache import Cache, entry_key, program_state
from toolkit.collect import Cause, Outcome
from toolkit.generate import CompiledTemplate, compile_template
from toolkit.model import Layout, Roster, Scheme, Submission
from toolkit.model.identity import Identity
from toolkit.model.plain import DamagedValueError, from_plain_text, plain_text

Kind = TypeVar("Kind")
_PASSING = frozenset({Cause.TOO_SLOW, Cause.CRASHED, Cause.OUR_FAULT, Cause.ALTERED})
"""Verdicts about the machine, the program or the disk at one moment, not about the file."""
_MOST_DOCUMENTS = 1_000
"""Documents of one run that are kept: of more, readings would have to give way."""
_TOGETHER = 50  # readings or documents written in one go: a killed run loses no more of them
_MOST_HELD = 500  # outcomes, while files are taken in
_LOOKED_FOR = 50  # projects whose results are looked for, and kept, in one go


def compiled_once(
    cache: Cache, template: bytes, scheme: Scheme, prior: frozenset[str] = frozenset()
) -> CompiledTemplate:
    """The template bound to the scheme, and to the slots that may hold last year's value.

    Raises:
        TemplateError: the template has mistakes; all of them are named.
    """
    key = entry_key("template", program_state(), template, plain_text(scheme, Scheme), "\n".join(sorted(prior)))
    kept = cache.get(key)
    if kept is not None:
        with suppress(DamagedValueError):
            return from_plain_text(kept, CompiledTemplate)
    compiled = compile_template(template, scheme, prior)
    cache.put({key: plain_text(compiled, CompiledTemplate)})
    return compiled


def each_once(
    cache: Cache,
    what: str,
    kind: type[Kind],
    made_from: Iterable[tuple[str, Sequence[bytes]]],
    make: Callable[[str], Kind],
    lasting: Callable[[Kind], bool] = lambda _: True,
) -> Iterator[Kind]:
    """What is worked out for every project by itself, in order: made before from the same, or made now and kept.

    Args:
        cache: of the workspace.
        what: which result.
        kind: of value.
        made_from: each project's id, and everything its result depends on beside the program; asked for piece by piece.
        make: works out one project's.
        lasting: whether a result is about what it was made from, not about one moment.
    """
    wanted = iter(made_from)
    while some := dict(islice(wanted, _LOOKED_FOR)):
        keys = {project: entry_key(what, program_state(), *parts) for project, parts in some.items()}
        kept = cache.get_many(keys.values())
        found = {project: _unpacked(kept.get(key), kind) for project, key in keys.items()}
        made = {project: make(project) for project, result in found.items() if result is None}
        cache.put({keys[project]: plain_text(result, kind) for project, result in made.items() if lasting(result)})
        yield from (made[project] if result is None else result for project, result in found.items())


def _unpacked(data: bytes | None, kind: type[Kind]) -> Kind | None:
    with suppress(DamagedValueError):
        return None if data is None else from_plain_text(data, kind)
    return None


class Documents:
    """Rendered documents, those of this run and those kept from earlier ones, by what they were made from."""

    def __init__(self, cache: Cache) -> None:
        self._cache = cache
        self._new: dict[str, bytes] = {}
        self._left = _MOST_DOCUMENTS

    def find(self, made_from: Sequence[bytes]) -> bytes | None:
        """The document made from the same before."""
        return self._cache.get(_document_key(made_from))

    def keep(self, made_from: Sequence[bytes], document: bytes) -> None:
        """Take note of a document; of one that was made now as of any."""
        if self._left:
            self._left -= 1
            self._new[_document_key(made_from)] = document
        if len(self._new) >= _TOGETHER:
            self.save()

    def save(self) -> None:
        """Keep what was made for later runs."""
        self._cache.put(self._new)
        self._new.clear()


def _document_key(made_from: Sequence[bytes]) -> str:
    return entry_key("document", program_state(), *made_from)


class Readings:
    """What returned files say in one evaluation: those read in this run, and those kept from earlier ones."""

    def __init__(self, cache: Cache, scheme: Scheme, roster: Roster, layout: Layout, identity: Identity) -> None:
        self._cache = cache
        parts = (plain_text(scheme, Scheme), plain_text(roster, Roster), plain_text(layout, Layout))
        self._depends = entry_key("reading", program_state(), *parts, identity.evaluation, identity.key)
        self._outcomes: dict[str, Outcome] = {}
        self._new: dict[str, Outcome] = {}

    @property
    def lasting(self) -> bool:
        """Everything read is about the files, nothing about one moment; what follows from it may be kept."""
        return not any(outcome.cause in _PASSING for outcome in self._outcomes.values())

    def known(self, sha256: str) -> Outcome | None:
        """What was read in this run, or found among what is kept."""
        return self._outcomes.get(sha256)

    def keep(self, outcome: Outcome) -> Outcome:
        """Take note of what a file says; the first word on its bytes stands."""
        if outcome.sha256 not in self._outcomes:
            self._outcomes[outcome.sha256] = outcome
            if outcome.cause not in _PASSING:
                self._new[self._key(outcome.sha256, outcome.file_name)] = outcome
        if len(self._new) >= _TOGETHER:
            self.save()
        return self._outcomes[outcome.sha256]

    def find(self, files: Iterable[tuple[str, str]]) -> None:
        """Look for readings of files, given as digest and name, among what is kept from earlier runs."""
        wanted = (file for file in files if file[0] not in self._outcomes)
        while keys := {self._key(*file): file[0] for file in islice(wanted, _LOOKED_FOR)}:
            for key, data in self._cache.get_many(keys).items():
                with suppress(DamagedValueError):
                    self._outcomes.setdefault(keys[key], from_plain_text(data, Outcome))

    def told(self, submission: Submission) -> bytes:
        """A return as it was read, said in short: all that follows from the same is the same."""
        return self._key(submission.sha256, submission.file_name).encode()

    def let_go(self) -> None:
        """Forget what was read once it is much: what is kept is found again."""
        if len(self._outcomes) > _MOST_HELD:
            self.save()
            self._outcomes = {key: outcome for key, outcome in self._outcomes.items() if outcome.cause in _PASSING}

    def save(self) -> None:
        """Keep what was read for later runs."""
        self._cache.put({key: plain_text(outcome, Outcome) for key, outcome in self._new.items()})
        self._new.clear()

    def _key(self, sha256: str, name: str) -> str:
        return entry_key("reading", self._depends, sha256, name)
