"""What a rule is given: the document, its facts by place, its sentences, and what the workspace knows."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from itertools import groupby
from types import MappingProxyType
from typing import Any

from toolkit.proof.commas import wide
from toolkit.proof.document import Document, Paragraph, Place
from toolkit.proof.document_facts import facts_of
from toolkit.proof.facts import Fact
from toolkit.proof.forms import parted
from toolkit.proof.outline import contents_lines
from toolkit.proof.searching import Searched
from toolkit.text.patterns import Pattern

_END = Pattern(r"[。！？!?\n]+|；(?=\s*$)")


@dataclass(frozen=True, slots=True)
class KnownProject:
    """A project of the roster: its amounts in 元 and its score as the master has them, by their names."""

    name: str
    unit: str = ""
    amounts: Mapping[str, Decimal] = field(default_factory=lambda: MappingProxyType({}))
    score: Decimal | None = None
    grade: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """What a workspace knows; empty without one.

    Attributes:
        units: names of the responsible units.
        indicators: full marks by name of the indicator.
        bands: grade → least score, of a hundred.
        full_mark: what all indicators count together; None where nobody knows. Units: 分.
        cell: what the master has at an address, given it and the printed text: None where it says the same.
    """

    projects: tuple[KnownProject, ...] = ()
    units: tuple[str, ...] = ()
    indicators: Mapping[str, Decimal] = field(default_factory=lambda: MappingProxyType({}))
    bands: Mapping[str, Decimal] = field(default_factory=lambda: MappingProxyType({}))
    cell: Callable[[str, str], str | None] | None = None
    full_mark: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a paragraph or cell: where it begins in it, and its facts."""

    place: Place
    start: int
    text: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True)
class Report:
    """A document as it is read, with its facts; ``memory`` keeps what several rules ask (:mod:`toolkit.proof.once`)."""

    document: Document
    facts: tuple[Fact, ...]
    known: Known = field(default_factory=Known)
    typed: Document | None = None
    memory: dict[Hashable, Any] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def of(cls, document: Document, known: Known | None = None) -> "Report":
        """The report of a document."""
        read = parted(wide(document))
        return cls(read, facts_of(read), known or Known(), document)

    @property
    def printed(self) -> Document:
        """The document as it was typed, for rules about its marks."""
        return self.typed or self.document

    @cached_property
    def _by_place(self) -> Mapping[Place, tuple[Fact, ...]]:
        found: dict[Place, list[Fact]] = defaultdict(list)
        for fact in self.facts:
            found[fact.place].append(fact)
        return {place: tuple(facts) for place, facts in found.items()}

    @cached_property
    def texts(self) -> Mapping[Place, str]:
        """The text of every paragraph and cell that has one."""
        return dict(self.document.texts())

    def facts_at(self, place: Place) -> tuple[Fact, ...]:
        """The facts of a paragraph or cell."""
        return self._by_place.get(place, ())

    def facts_within(self, place: Place, start: int, end: int) -> tuple[Fact, ...]:
        """The facts of a paragraph or cell that stand, even partly, between two places of its text."""
        return tuple([fact for fact in self.facts_at(place) if fact.start < end and fact.end > start])

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """Every sentence of paragraphs and cells, in order."""
        return tuple(sentence for place, text in self.document.texts() for sentence in self._split(place, text))

    @cached_property
    def prose(self) -> tuple[Sentence, ...]:
        """The sentences outside tables, and those that cells tell: notes, facts, explanations."""
        return tuple(sentence for sentence in self.sentences if not sentence.place.table or tells(sentence.text))

    @cached_property
    def outside_tables(self) -> tuple[Sentence, ...]:
        """The sentences of paragraphs, for rules about what a report says of all its projects."""
        return tuple(sentence for sentence in self.sentences if not sentence.place.table)

    @cached_property
    def with_several_numbers(self) -> tuple[Sentence, ...]:
        """The sentences with two numbers or more; of thousands of cells few have them."""
        return tuple(sentence for sentence in self.sentences if len(sentence.facts) > 1)

    @cached_property
    def texts_with_several_numbers(self) -> tuple[tuple[Place, str], ...]:
        """The paragraphs and cells with two numbers or more."""
        return tuple(item for item in self.document.texts() if len(self.facts_at(item[0])) > 1)

    @cached_property
    def _sentences_by_place(self) -> Mapping[Place, tuple[Sentence, ...]]:
        return {place: tuple(found) for place, found in groupby(self.sentences, lambda sentence: sentence.place)}

    def sentences_at(self, place: Place) -> tuple[Sentence, ...]:
        """The sentences of a paragraph or cell."""
        return self._sentences_by_place.get(place, ())

    def sentences_with(self, *patterns: Pattern) -> Sequence[Sentence]:
        """The sentences in which one of some patterns may be found: the others lack a word that each needs."""
        return self._searched("sentences").fitting(*patterns)

    def prose_with(self, *patterns: Pattern) -> Sequence[Sentence]:
        """Those of :attr:`prose` in which one of some patterns may be found."""
        return self._searched("prose").fitting(*patterns)

    def outside_with(self, *patterns: Pattern) -> Sequence[Sentence]:
        """Those of :attr:`outside_tables` in which one of some patterns may be found."""
        return self._searched("outside_tables").fitting(*patterns)

    def _searched(self, which: str) -> Searched[Sentence]:
        if which not in self.memory:
            sentences: tuple[Sentence, ...] = getattr(self, which)
            self.memory[which] = Searched(sentences, [sentence.text for sentence in sentences])
        searched: Searched[Sentence] = self.memory[which]
        return searched

    def section(self, *words: str) -> tuple[Paragraph, ...]:
        """The paragraphs under the first heading that holds one of some words, up to the next of its level."""
        listed = {line.paragraph.place for line in contents_lines(self.document)}
        paragraphs = tuple(item for item in self.document.paragraphs if item.place not in listed)
        first = next((at for at, item in enumerate(paragraphs) if item.level and _holds(item.text, words)), None)
        if first is None:
            return ()
        rest = paragraphs[first + 1 :]
        level = paragraphs[first].level
        end = next((at for at, item in enumerate(rest) if item.level and item.level <= level), len(rest))
        return rest[:end]

    def _split(self, place: Place, text: str) -> list[Sentence]:
        facts = self.facts_at(place)
        if not _END.search(text):  # most cells
            return [Sentence(place, 0, text, facts)] if text.strip() else []
        starts = [0, *(match.end() for match in _END.finditer(text))]
        ends = [*starts[1:], len(text)]
        return [
            Sentence(place, start, text[start:end], tuple(fact for fact in facts if start <= fact.start < end))
            for start, end in zip(starts, ends, strict=True)
            if text[start:end].strip()
        ]


_TOLD = Pattern("[，。；：（]")
_FEWEST = 14


def tells(text: str) -> bool:
    """Whether the text of a cell is a sentence rather than a name or a number."""
    return len(text) >= _FEWEST and _TOLD.search(text) is not None


def _holds(text: str, words: tuple[str, ...]) -> bool:
    return any(word in text for word in words)
