"""How the documents of an evaluation are rendered, one after another; which they are: ``planned.py``."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache, partial
from typing import TYPE_CHECKING

from toolkit.errors import TemplateError
from toolkit.model.document_kind import DocumentKind
from toolkit.report.facts import ReportFacts
from toolkit.report.planned import CHARTS, Planned, planned_documents
from toolkit.report.told import told
from toolkit.word.charts import ChartKind, ChartSpec, chart_names, put_charts
from toolkit.word.contents import CONTENTS_MARK, fill_contents_with_pages, put_contents
from toolkit.word.package import DOCUMENT, read_parts
from toolkit.word.seal import put_seal, seal

if TYPE_CHECKING:
    from toolkit.word.render import WordTemplate

_NOTHING_TO_DRAW = ChartSpec(ChartKind.COLUMN, (), {})
PagesOfDocument = Callable[[str, bytes], Mapping[str, str]]
"""File name and ``.docx`` → bookmark and page number of every heading in its contents."""


@dataclass(frozen=True, slots=True)
class Laid:
    """A report that the process which made it has written beside its place.

    Attributes:
        sha256: of the report as it was generated. finished: of its file.
        waiting: the passing name of the file; "" where the file in its place holds the same.
    """

    sha256: str
    finished: str
    waiting: str


@dataclass(frozen=True, slots=True)
class Document:
    """A finished report: a safe file name, its kind, the ``.docx``; b"" for one that is ``laid`` ready."""

    name: str
    kind: DocumentKind
    data: bytes
    laid: Laid | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """A document that is still to be made.

    Attributes:
        name: of its file.
        source: the template's bytes.
        words: all there are. asked: the names of those the template asks for.
        paged: its contents are filled later, when the pages are known.
        made_from: by what an equal document is known again; () where that cannot be told, or nobody asks.
        is_plain: whether other processes can be told of it.
        again: makes the same job once more, for whoever does not hold what a document says while it is being made.
    """

    name: str
    kind: DocumentKind
    source: bytes
    words: Mapping[str, object]
    asked: Sequence[str]
    charts: Mapping[str, ChartSpec]
    paged: bool
    made_from: tuple[bytes, ...] = ()
    is_plain: bool = True
    again: "Callable[[], Job] | None" = None

    def render(self) -> bytes:
        """The document.

        Raises:
            TemplateError: the template asks for something no report has; it names every mistake.
        """
        with _mistakes_named(self.source, self.kind, self.words):
            document = _compiled(self.source, self.kind.template).open(self.words)
            if self.charts:
                put_charts(document, self.charts)
        if not self.paged:
            put_contents(document)
            put_seal(document)
        return document.close()


class Making:
    """Makes documents one after another, each anew; see the heirs for what is kept and for what goes side by side."""

    def names(self, source: bytes, kind: DocumentKind) -> Sequence[str]:
        """The words a template asks for, in order."""
        return sorted(_compiled(source, kind.template).names())

    @property
    def is_told(self) -> bool:
        """Whether it wants to be told by what an equal document is known again."""
        return False

    @property
    def one_before(self) -> int:
        """Of so many project reports one is begun before the documents on the whole; 0: none is."""
        return 0

    def documents(self, jobs: Iterable[Job], _begun: int) -> Iterator[Document]:
        """The documents, those on the whole first; so many may be begun before one is waited for."""
        return (Document(job.name, job.kind, job.render()) for job in jobs)


def render_reports(
    facts: ReportFacts,
    template_bytes: Callable[[str], bytes],
    *,
    pages_of: PagesOfDocument | None = None,
    making: Making | None = None,
) -> Iterator[Document]:
    """The documents, those on the whole first; every template is read and compiled once.

    Args:
        facts: what the reports are about.
        template_bytes: file name of a Word template → its bytes.
        pages_of: lays a document out, for page numbers in the contents; None leaves them out.
        making: makes them; may begin with some while those before are being taken.

    Raises:
        TemplateError: a template cannot be read, or asks for something no report has; it names every mistake.
    """
    making = making or Making()
    plan, begun = _in_turn(planned_documents(facts), making)
    kinds = dict.fromkeys(planned.kind for planned in plan)
    templates = {kind: _Template(kind, template_bytes(kind.template), making) for kind in kinds}
    for template in templates.values():  # compiled before there are other processes, which then need not do it
        with suppress(TemplateError):
            _ = template.names

    def jobs() -> Iterator[Job]:
        while plan:  # what a document says is forgotten with it: of thousands only those being made are held
            planned = plan.popleft()
            yield templates[planned.kind].job(planned, paged=pages_of is not None)

    for document in making.documents(jobs(), begun):
        if pages_of and templates[document.kind].has_contents:
            paged = fill_contents_with_pages(document.data, partial(pages_of, document.name))
            yield replace(document, data=seal(paged))
        else:
            yield document


def _in_turn(plan: Sequence[Planned], making: Making) -> tuple[deque[Planned], int]:
    """The plan as it is carried out, and how much of it is begun before the first document is waited for.

    Some project reports come first, to be rendered while what is said of the whole is gathered. Documents on the whole
    are always among those that are begun.
    """
    single = [planned for planned in plan if planned.kind is DocumentKind.PROJECT]
    whole = [planned for planned in plan if planned.kind is not DocumentKind.PROJECT]
    first = len(single) // making.one_before if making.one_before else 0
    return deque((*single[:first], *whole, *single[first:])), first + len(whole)


class _Template:
    """A kind's template, read and compiled when a document is to be made of it."""

    def __init__(self, kind: DocumentKind, source: bytes, making: Making) -> None:
        self._kind = kind
        self._source = source
        self._making = making

    @cached_property
    def charts(self) -> Mapping[str, ChartSpec]:
        """The charts it has a place for that there can be, nothing to draw in any."""
        known = CHARTS.get(self._kind, ())
        return {name: _NOTHING_TO_DRAW for name in chart_names(self._source) if name in known}

    @cached_property
    def has_contents(self) -> bool:
        """Whether there is a place for a table of contents, whose page numbers are remembered by themselves."""
        return CONTENTS_MARK.encode() in read_parts(self._source)[DOCUMENT]

    @cached_property
    def names(self) -> Sequence[str]:
        """The words it asks for, in order."""
        return self._making.names(self._source, self._kind)

    def job(self, planned: Planned, *, paged: bool) -> Job:
        """What there is to make of a planned document; ``paged``: pages will be known."""
        words = planned.words()
        with _mistakes_named(self._source, self._kind, words):
            charts = {**self.charts, **planned.charts()} if self.charts else {}
            asked = [name for name in self.names if name in words]
        paged = paged and self.has_contents
        is_told = self._making.is_told
        made_from = told({name: words[name] for name in asked}, charts) if is_told else None
        keys = () if made_from is None else (self._source, made_from, b"to be laid out" if paged else b"finished")
        is_plain, again = made_from is not None or not is_told, partial(self.job, planned, paged=paged)
        return Job(planned.name, self._kind, self._source, words, asked, charts, paged, keys, is_plain, again)


@lru_cache(maxsize=len(DocumentKind))
def _compiled(source: bytes, name: str) -> "WordTemplate":
    # Imported here: whoever only says what is to be rendered, and knows which words it asks for, compiles nothing.
    from toolkit.word.render import compile_template

    return compile_template(source, name)


@contextmanager
def _mistakes_named(source: bytes, kind: DocumentKind, words: Mapping[str, object]) -> Iterator[None]:
    """The template's first mistake becomes all of them."""
    try:
        yield
    except TemplateError as error:
        raise _all_mistakes(error, source, kind, words) from error


def _all_mistakes(
    error: TemplateError, source: bytes, kind: DocumentKind, words: Mapping[str, object]
) -> TemplateError:
    """Rendering stops at the first mistake; a consultant wants to mend them in one go."""
    from toolkit.word.lint import lint_template

    try:
        problems = lint_template(source, words, CHARTS.get(kind, ()))
    except TemplateError:
        return error  # no Word file at all
    if len(problems) < 2:
        return error
    listed = "；".join(
        f"（{n}）{problem.place}：{problem.message}，{problem.hint}" for n, problem in enumerate(problems, 1)
    )
    return TemplateError(
        f"Word 模板有{len(problems)}处问题：{listed}",
        where=kind.template,
        what_to_do="请在 Word 中逐处改正后重新生成报告",
    )
