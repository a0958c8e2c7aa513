"""Reports rendered side by side in a few processes, and each only once for all commands.

A process is told the words and charts of one document after another and sends back the documents. What is being made
at one time is bounded, so that thousands of reports need no more memory than dozens. A process that fails, and a
system that starts none, costs time only: the document is rendered here, and what is wrong with it is said here.
"""

import pickle
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from types import TracebackType
from typing import Self

from toolkit.cache import Cache
from toolkit.collect.answer import Member
from toolkit.model.document_kind import DocumentKind
from toolkit.pipeline.plan.remembering import Documents
from toolkit.pipeline.plan.side_by_side import SideBySide, no_answer
from toolkit.report.documents import Job, Making
from toolkit.word.chart_xml import load_drawing

_AHEAD = 4  # documents a process has before it: it must not wait while we write one


class Rendering(Making):
    """Takes documents from what is kept, and has the others rendered; use as a context manager."""

    def __init__(self, cache: Cache, expected: int) -> None:
        """``expected``: how many documents there will be."""
        self._kept = Documents(cache)
        self._sources: dict[DocumentKind, bytes] = {}
        self._processes = SideBySide(rendered, self._sources, expected, load_drawing)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._processes.__exit__(kind, error, at)
        self._kept.save()

    @property
    def is_told(self) -> bool:
        """Of thousands of documents only the first are kept."""
        return self._kept.is_asked

    def names(self, source: bytes, kind: DocumentKind) -> Sequence[str]:
        """The words a template asks for; found once for all commands. Processes are told its bytes when they begin."""
        self._sources[kind] = source
        key = (source, b"names")
        found = self._kept.find(key)
        if found is None:
            found = "\n".join(super().names(source, kind)).encode()
            self._kept.keep(key, found)
        return found.decode().split("\n")

    def documents(self, jobs: Iterable[Job]) -> Iterator[bytes]:
        """The documents in their order, whichever process they come from."""
        waiting: deque[_Document] = deque()
        for job in jobs:
            waiting.append(self.begun(job))
            if len(waiting) > _AHEAD * self._processes.width:
                yield waiting.popleft().finished()
        while waiting:
            yield waiting.popleft().finished()

    def begun(self, job: Job) -> "_Document":
        """A document that is found among those kept, or given to a process."""
        found = self._kept.find(job.made_from) if job.made_from else None
        if found is not None or not job.is_plain:
            return _Document(job, self._kept, found=found)
        asked = {name: job.words[name] for name in job.asked}
        return _Document(job, self._kept, self._processes.begin(replace(job, source=b"", words=asked, made_from=())))


class _Document:
    """One that was found, is being rendered in a process, or will be rendered here when it is asked for."""

    def __init__(
        self,
        job: Job,
        kept: Documents,
        answer: Callable[[], bytes | None] = no_answer,
        *,
        found: bytes | None = None,
    ) -> None:
        self._job = job
        self._kept = kept
        self._answer = answer
        self._found = found

    def finished(self) -> bytes:
        if self._found is not None:
            return self._found
        made = self._answer()
        if made is None:
            made = self._job.render()
        if self._job.made_from:
            self._kept.keep(self._job.made_from, made)
        return made


def rendered(data: bytes, _name: str, sources: Mapping[DocumentKind, bytes]) -> Member:
    """What a process does with a document it is told of."""
    job: Job = pickle.loads(data)  # noqa: S301  from the program that started us
    return Member("", replace(job, source=sources[job.kind]).render())
