"""The compiled template, what is worked out for each project, and rendered documents, each once for all commands.

They are kept under everything they depend on (ADR 0014): the program, scheme and template; for a document its template,
words and charts. What returned files say is in :mod:`toolkit.pipeline.plan.readings`.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
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
    """How one project's result is made: by a process that is told ``request``, or here by ``make``; both give its text.

    A text has a line, or several for those who want more or less of a result.
    """

    def request(self, project: str) -> object:
        """What a process has to be told."""

    def make(self, project: str) -> bytes:
        """Work it out here."""


@dataclass(frozen=True, slots=True)
class Wanted(Generic[Kind]):
    """What of a result is asked for.

    Attributes:
        kind: of value.
        line: of the result's text that holds it.
        lasting: whether the result is about what it was made from, not about one moment; else it is made here.
    """

    kind: type[Kind]
    line: int = 0
    lasting: Callable[[Kind], bool] = lambda _: True

    def of(self, text: bytes) -> Kind:
        """The value in a result's text.

        Raises:
            DamagedValueError: the text holds none.
        """
        lines = text.split(b"\n")
        return from_plain_text(lines[self.line] if self.line < len(lines) else b"", self.kind)


def each_once(
    cache: Cache,
    what: str,
    wanted: Wanted[Kind],
    made_from: Iterable[tuple[str, Sequence[bytes]]],
    making: Making,
    processes: SideBySide | None = None,
) -> Iterator[Kind]:
    """What is worked out for every project by itself, in order: made before from the same, or made now and kept.

    Args:
        cache: of the workspace.
        what: which result.
        wanted: what of it.
        made_from: each project's id, and everything its result depends on beside the program; asked for piece by piece.
        making: works out one project's.
        processes: where several are worked out at a time.
    """
    worked = _WorkedOut(cache, wanted, making, processes)
    keyed = ((project, result_key(what, parts)) for project, parts in made_from)
    before: tuple[dict[str, str], dict[str, _One[Kind]]] = ({}, {})
    while some := dict(islice(keyed, _LOOKED_FOR)):
        # The next projects are being worked on while those before are handed out.
        now = some, worked.begun(some)
        yield from worked.finished(*before)
        before = now
    yield from worked.finished(*before)


def result_key(what: str, made_from: Sequence[bytes]) -> str:
    """Under which key a project's result is kept; arguments as of :func:`each_once`."""
    return entry_key(what, program_state(), *made_from)


@dataclass(frozen=True, slots=True)
class _WorkedOut(Generic[Kind]):
    """How results are found, begun and kept; fields as the arguments of :func:`each_once`."""

    cache: Cache
    wanted: Wanted[Kind]
    making: Making
    processes: SideBySide | None

    def begun(self, some: Mapping[str, str]) -> dict[str, "_One[Kind]"]:
        """Of every project what is kept, or what is asked for now; ``some``: project id → key."""
        kept = self.cache.get_many(some.values())
        found = {project: self._unpacked(kept.get(key)) for project, key in some.items()}
        many = self.processes if sum(result is None for result in found.values()) >= _WORTH_ASKING else None
        return {
            project: _One(result, many.begin(self.making.request(project)) if many and result is None else no_answer)
            for project, result in found.items()
        }

    def finished(self, some: Mapping[str, str], ones: Mapping[str, "_One[Kind]"]) -> Iterator[Kind]:
        """The results of what was begun; those made now are kept."""
        new: dict[str, bytes] = {}
        results = []
        for project, one in ones.items():
            result, text = (one.found, None) if one.found is not None else self._made(project, one)
            if text is not None:
                new[some[project]] = text
            results.append(result)
        self.cache.put(new)
        yield from results

    def _made(self, project: str, one: "_One[Kind]") -> tuple[Kind, bytes | None]:
        """The result a process answered with, else worked out here; with its text where it may be kept."""
        text = one.answer()
        result = self._unpacked(text)
        if result is None or not self.wanted.lasting(result):
            text = self.making.make(project)
            result = self.wanted.of(text)
        return result, text if self.wanted.lasting(result) else None

    def _unpacked(self, text: bytes | None) -> Kind | None:
        with suppress(DamagedValueError):
            return None if text is None else self.wanted.of(text)
        return None


class _One(NamedTuple, Generic[Kind]):
    """One project's result as it was found, else the answer that is being worked out."""

    found: Kind | None
    answer: Callable[[], bytes | None]


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
