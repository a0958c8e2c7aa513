"""The compiled template, what is worked out for each project, and rendered documents, each once for all commands.

They are kept under everything they depend on (ADR 0014): the program, scheme and template; for a document its template,
words and charts. What returned files say is in :mod:`toolkit.pipeline.plan.readings`.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Generic, NamedTuple, Protocol, TypeVar

from toolkit.cache import Cache, entry_key, program_state
from toolkit.generate import CompiledTemplate, compile_template
from toolkit.model import Scheme
from toolkit.model.plain import DamagedValueError, from_plain_text, plain_text
from toolkit.pipeline.plan.side_by_side import SideBySide, no_answer

Kind = TypeVar("Kind")
_MOST_DOCUMENTS = 1_000
"""Documents of one run that are kept: of more, readings would have to give way."""
_DOCUMENT = "document "
"""What their keys begin with."""
_TOGETHER = 50  # documents written in one go: a killed run loses no more of them
_WORTH_ASKING = 8  # projects of those below that are not kept: for fewer no process is begun
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


class Making(Protocol):
    """How one project's results are made: by a process that is told ``request``, or here by ``make``; both give a text.

    A text has a line for each result that follows from one piece of work.
    """

    def made_from(self, project: str) -> Mapping[str, Sequence[bytes]]:
        """The results that are made, in the order of their lines: which, and all it depends on beside the program."""

    def request(self, project: str) -> object:
        """What a process has to be told."""

    def make(self, project: str) -> bytes:
        """Work it out here."""


@dataclass(frozen=True, slots=True)
class Wanted(Generic[Kind]):
    """Which result is asked for; those made with it are kept beside it.

    Attributes:
        result: its name.
        kind: of value.
        lasting: whether the result is about what it was made from, not about one moment; else it is made here.
    """

    result: str
    kind: type[Kind]
    lasting: Callable[[Kind], bool] = lambda _: True


def each_once(
    cache: Cache, wanted: Wanted[Kind], projects: Iterable[str], making: Making, processes: SideBySide | None = None
) -> Iterator[Kind]:
    """What is worked out for every project by itself, in order: made before from the same, or made now and kept.

    Args:
        cache: of the workspace.
        wanted: which result.
        projects: their ids.
        making: works out one project's results.
        processes: where several are worked out at a time.
    """
    worked = _WorkedOut(cache, wanted, making, processes)
    left = iter(projects)
    before: list[_One[Kind]] = []
    while some := list(islice(left, _LOOKED_FOR)):
        # The next projects are being worked on while those before are handed out.
        now = worked.begun(some)
        yield from worked.finished(before)
        before = now
    yield from worked.finished(before)


class _One(NamedTuple, Generic[Kind]):
    """One project's results.

    Attributes:
        keys: by result, in the order of their lines.
        found: what was asked for, where all results are kept. answer: else what is being worked out.
    """

    project: str
    keys: Mapping[str, str]
    found: Kind | None
    answer: Callable[[], bytes | None]


@dataclass(frozen=True, slots=True)
class _WorkedOut(Generic[Kind]):
    """How results are found, begun and kept; fields as the arguments of :func:`each_once`."""

    cache: Cache
    wanted: Wanted[Kind]
    making: Making
    processes: SideBySide | None

    def begun(self, projects: Iterable[str]) -> list[_One[Kind]]:
        """Of every project what is kept, or what is asked for now."""
        keyed = {project: self._keys(project) for project in projects}
        kept = self.cache.get_many(keys[self.wanted.result] for keys in keyed.values())
        beside = self.cache.held(
            key for keys in keyed.values() for result, key in keys.items() if result != self.wanted.result
        )
        held = beside | kept.keys()
        found = {
            project: self._unpacked(kept[keys[self.wanted.result]]) if held.issuperset(keys.values()) else None
            for project, keys in keyed.items()
        }
        many = self.processes if sum(result is None for result in found.values()) >= _WORTH_ASKING else None
        return [
            _One(
                project,
                keys,
                result := found[project],
                many.begin(self.making.request(project)) if many and result is None else no_answer,
            )
            for project, keys in keyed.items()
        ]

    def finished(self, ones: Iterable[_One[Kind]]) -> Iterator[Kind]:
        """The results of what was begun; those made now are kept."""
        new: dict[str, bytes] = {}
        results = []
        for one in ones:
            result, lines = (one.found, {}) if one.found is not None else self._made(one)
            new |= {one.keys[name]: line for name, line in lines.items()}
            results.append(result)
        self.cache.put(new)
        yield from results

    def _keys(self, project: str) -> dict[str, str]:
        """Under which key each of a project's results is kept."""
        made_from = self.making.made_from(project)
        return {result: entry_key(result, program_state(), *parts) for result, parts in made_from.items()}

    def _made(self, one: _One[Kind]) -> tuple[Kind, Mapping[str, bytes]]:
        """The result a process answered with, else worked out here; with the lines of all where they may be kept."""
        lines = _lines(one.answer(), one.keys)
        result = self._unpacked(lines.get(self.wanted.result))
        if result is None or not self.wanted.lasting(result):
            lines = _lines(self.making.make(one.project), one.keys)
            result = from_plain_text(lines[self.wanted.result], self.wanted.kind)
        return result, lines if self.wanted.lasting(result) else {}

    def _unpacked(self, text: bytes | None) -> Kind | None:
        with suppress(DamagedValueError):
            return None if text is None else from_plain_text(text, self.wanted.kind)
        return None


def _lines(text: bytes | None, results: Iterable[str]) -> dict[str, bytes]:
    """Result → its line; nothing where the text has not a line for each."""
    lines = text.split(b"\n") if text else []
    names = tuple(results)
    return dict(zip(names, lines, strict=True)) if len(lines) == len(names) else {}


class Documents:
    """Rendered documents, those of this run kept for later ones, by what they were made from."""

    def __init__(self, cache: Cache) -> None:
        self._cache = cache
        self._new: dict[str, bytes] = {}
        self._left = _MOST_DOCUMENTS

    @cached_property
    def _kept(self) -> frozenset[str]:
        """What there is to find: to look into the file for each of thousands of documents takes longer."""
        return self._cache.keys(_DOCUMENT)

    @property
    def is_asked(self) -> bool:
        """Whether a document may be found, or will be kept: else nobody need tell what it is made from."""
        return bool(self._left or self._kept)

    def key(self, made_from: Sequence[bytes]) -> str:
        """Under which a document made from this is kept."""
        return f"{_DOCUMENT}{entry_key('document', program_state(), *made_from)}"

    def find(self, key: str) -> bytes | None:
        """The document made from the same before this run."""
        return self._cache.get(key) if key in self._kept else None

    def keep(self, key: str, document: bytes) -> None:
        """Take note of a document; of one that was made now as of any."""
        if self._left:
            self._left -= 1
            self._new[key] = document
        if len(self._new) >= _TOGETHER:
            self.save()

    def save(self) -> None:
        """Keep what was made for later runs."""
        self._cache.put(self._new)
        self._new.clear()
