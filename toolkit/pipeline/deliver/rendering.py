"""Reports rendered side by side in a few processes, and each only once for all commands.

A process is told the words and charts of one document after another. Reports of projects, of which there may be
thousands, it lays ready itself, and says where they wait; documents on the whole it sends back. What is being made at
one time is bounded, so that thousands of reports need no more memory than dozens. A process that fails, and a system
that starts none, costs time only: the document is rendered here, and what is wrong with it is said here.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from types import TracebackType
from typing import Self

from toolkit.cache import Cache
from toolkit.model.document_kind import DocumentKind
from toolkit.pipeline.deliver.laying import Laying, is_laid, rendered
from toolkit.pipeline.plan.remembering import Documents
from toolkit.pipeline.plan.side_by_side import SideBySide, no_answer
from toolkit.report import Document, Laid
from toolkit.report.documents import Job, Making

_AHEAD = 4  # documents a process has before it: it must not wait while we write one
_AT_ONCE = 2  # documents that are taken for each that is begun, while more are waiting than there need be
_ONE_BEFORE = 8
"""Of so many project reports one is rendered while what is said of the whole is gathered: about as long as it takes."""


class Rendering(Making):
    """Takes documents from what is kept, and has the others rendered; use as a context manager."""

    def __init__(self, cache: Cache, expected: int, laying: Laying) -> None:
        """``expected``: how many documents there will be. ``laying``: where reports of projects are laid ready."""
        self._kept = Documents(cache)
        self._laying = laying
        self._sources: dict[DocumentKind, bytes] = {}
        self._processes = SideBySide(rendered, (self._sources, laying), expected, _load, waits=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._processes.__exit__(kind, error, at)
        self._kept.save()

    @property
    def is_told(self) -> bool:
        """Of thousands of documents only the first are kept."""
        return self._kept.is_asked

    @property
    def one_before(self) -> int:
        """So that processes have work while what is said of the whole is gathered here."""
        return _ONE_BEFORE

    def names(self, source: bytes, kind: DocumentKind) -> Sequence[str]:
        """The words a template asks for; found once for all commands. Processes are told its bytes when they begin."""
        self._sources[kind] = source
        key = self._kept.key((source, b"names"))
        found = self._kept.find(key)
        if found is None:
            found = "\n".join(super().names(source, kind)).encode()
            self._kept.keep(key, found)
        return found.decode().split("\n")

    def documents(self, jobs: Iterable[Job], begun: int) -> Iterator[Document]:
        """The documents, whichever process they come from; of those begun first the ones on the whole come first.

        None is handed out before they are made: a mistake in a template of theirs is told while nothing is written.
        """
        finished = self._in_turn(jobs, begun)
        first: list[Document] = []
        try:
            first.extend(islice(finished, begun))
        except BaseException:
            for document in first:
                self._laying.withdraw(document.laid)
            raise
        yield from sorted(first, key=lambda document: document.kind is DocumentKind.PROJECT)
        yield from finished

    def _in_turn(self, jobs: Iterable[Job], begun: int) -> Iterator[Document]:
        """The documents in the order of their jobs; so many are begun before the first is waited for."""
        waiting: deque[_Begun] = deque()
        for number, job in enumerate(jobs, 1):
            waiting.append(self.begun(job))
            if number > begun:  # processes are told of more before all that was begun at first has come
                spare = len(waiting) - _AHEAD * self._processes.width
                for _ in range(min(spare, _AT_ONCE)):
                    yield self._finished(waiting.popleft())
        while waiting:
            yield self._finished(waiting.popleft())

    def begun(self, job: Job) -> "_Begun":
        """A document that is found among those kept, given to a process, or to be made here when its turn comes."""
        key = self._kept.key(job.made_from) if job.made_from else ""
        found = self._kept.find(key) if key else None
        if found is not None or not job.is_plain:
            return _Begun(job.name, job.kind, job.again or (lambda: job), found=found)
        asked = {name: job.words[name] for name in job.asked}
        told = replace(job, source=b"", words=asked, made_from=(), again=None)
        answer = self._processes.begin(told)
        return _Begun(job.name, job.kind, job.again or (lambda: job), key, is_laid(job), answer)

    def _finished(self, begun: "_Begun") -> Document:
        document = self._answered(begun)
        if begun.key and (data := document.data or self._laid(document)):
            self._kept.keep(begun.key, data)
        return document

    def _answered(self, begun: "_Begun") -> Document:
        """What was found, what a process answers, else what is made here."""
        data = begun.found or begun.answer()
        if data is None:
            again = begun.again()
            return Document(begun.name, begun.kind, again.render())
        if begun.found is None and begun.is_laid:
            return Document(begun.name, begun.kind, b"", Laid(*data.decode().split("\n")))
        return Document(begun.name, begun.kind, data)

    def _laid(self, document: Document) -> bytes | None:
        """The bytes of a document that a process has laid ready."""
        return self._laying.generations.read(document.laid.sha256) if document.laid else None


def _load() -> None:
    """What every document needs, loaded in each process while it is told of its first."""
    from toolkit.word import render
    from toolkit.word.chart_xml import load_drawing

    _ = render
    load_drawing()


@dataclass(frozen=True, slots=True)
class _Begun:
    """A document that was found, is being rendered in a process, or will be rendered here when its turn comes.

    Attributes:
        again: makes its job once more: what it says is not held while a process renders it.
        key: under which it is kept; "" where it is not.
        is_laid: whether a process lays it ready.
    """

    name: str
    kind: DocumentKind
    again: Callable[[], Job]
    key: str = ""
    is_laid: bool = False
    answer: Callable[[], bytes | None] = no_answer
    found: bytes | None = None
