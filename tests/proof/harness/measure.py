"""Injects errors one at a time and counts what the rules find: recall per kind, false alarms, numbers decided."""

import multiprocessing
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from random import Random

from tests.proof.harness import (
    kinds_facts,
    kinds_figures,
    kinds_places,
    kinds_rows,
    kinds_slips,
    kinds_structure,
    kinds_text,
)
from tests.proof.harness.injection import KINDS, Injection
from tests.proof.harness.paper import Paper, Part
from toolkit.proof.declaration import Result
from toolkit.proof.document import Document, Paragraph
from toolkit.proof.engine import Proof, proof
from toolkit.proof.reading import read_text

DECLARING = (kinds_figures, kinds_facts, kinds_text, kinds_structure, kinds_slips, kinds_places, kinds_rows)
"""The modules whose import declares all kinds."""


@dataclass
class Score:
    """What became of the errors of one kind."""

    injected: int = 0
    found: int = 0
    missed: list[str] = field(default_factory=list)

    @property
    def recall(self) -> float:
        return self.found / self.injected if self.injected else 0.0


@dataclass(frozen=True)
class Clean:
    """A paper without errors and what the rules say of it."""

    paper: Paper
    proof: Proof

    @property
    def numbers(self) -> int:
        return len(self.proof.checked) + len(self.proof.unchecked)


def paper_of(document: Document) -> Paper:
    """The paper of a document that was read: what text can hold of it."""
    parts = [_part(block) for block in document.blocks]
    paper = Paper(document.name, tuple(part for part in parts if part.text or any(map(any, part.rows))))
    again = read_text(paper.as_text(), paper.name)  # lines that text takes for a table of their own stay one
    return paper if len(again.blocks) == len(paper.parts) else paper_of(again)


def _part(block: object) -> Part:
    if isinstance(block, Paragraph):
        return Part(_line(block.text), block.level)
    return Part(rows=tuple(tuple(_line(cell.text) for cell in row) for row in block.rows))  # type: ignore[attr-defined]


def _line(text: str) -> str:
    return re.sub(r"\s*[\n\t]\s*", " ", text).strip()


def document_of(paper: Paper) -> Document:
    """The document the reader makes of a paper's text, every part one block."""
    document = read_text(paper.as_text(), paper.name)
    assert len(document.blocks) == len(paper.parts), paper.name
    return document


def clean(paper: Paper) -> Clean:
    """Proof-read a paper as it is."""
    return Clean(paper, proof(document_of(paper)))


def found_by(injection: Injection, before: Clean) -> tuple[Result, ...]:
    """The findings that were not there before and that name the error: its place, its counterpart's, or its text."""
    known = {_key(finding) for finding in before.proof.findings}
    after = proof(document_of(injection.paper)).findings
    return tuple(finding for finding in after if _key(finding) not in known and _names(finding, injection))


def _key(finding: Result) -> tuple[str, ...]:
    return (finding.kind, finding.found, finding.expected, finding.message)


def _names(finding: Result, injection: Injection) -> bool:
    blocks = {place.block - 1 for place in (finding.place, *finding.related)}
    said = f"{finding.found} {finding.expected} {finding.message}"
    return bool(blocks & set(injection.places)) or (len(injection.wrong) > 1 and injection.wrong in said)


def injections(papers: Sequence[Paper], count: int, seed: int) -> Iterator[tuple[str, Paper, Injection]]:
    """``count`` errors, kinds in turn, papers by chance; a kind that fits no paper is left out."""
    random = Random(seed)
    kinds = list(KINDS.items())
    made = 0
    barren: set[str] = set()
    while made < count and len(barren) < len(kinds):
        for name, inject in kinds:
            if made >= count or name in barren:
                continue
            pair = _first(papers, inject, random)
            if pair is None:
                barren.add(name)
                continue
            made += 1
            yield name, *pair


def _first(
    papers: Sequence[Paper], inject: Callable[[Paper, Random], Injection | None], random: Random
) -> tuple[Paper, Injection] | None:
    for _ in range(40):
        paper = random.choice(papers)
        injection = inject(paper, random)
        if injection is not None and injection.paper != paper:
            return paper, injection
    return None


def measure(
    papers: Iterable[Paper], count: int, seed: int = 1, processes: int = 1
) -> tuple[dict[str, Score], dict[str, Clean]]:
    """Recall per kind over ``count`` errors, and the clean papers; the same however many processes look."""
    cleans = {paper.name: clean(paper) for paper in papers}
    scores = {name: Score() for name in KINDS}
    made = list(injections([each.paper for each in cleans.values()], count, seed))
    for (name, paper, injection), found in zip(made, _looked_at(made, cleans, processes), strict=True):
        score = scores[name]
        score.injected += 1
        if found:
            score.found += 1
        elif len(score.missed) < 3:
            score.missed.append(_shown(paper, injection))
    return scores, cleans


_Made = tuple[str, Paper, Injection]
_work: tuple[list[_Made], dict[str, Clean]] = ([], {})
"""What forked processes inherit: to send the papers to each for every error would take longer than to read them."""


def _looked_at(made: list[_Made], cleans: dict[str, Clean], processes: int) -> Iterator[bool]:
    global _work  # noqa: PLW0603 - see above
    _work = (made, cleans)
    if processes == 1:
        yield from map(_is_found, range(len(made)))
        return
    with multiprocessing.get_context("fork").Pool(processes) as pool:
        yield from pool.imap(_is_found, range(len(made)), chunksize=4)


def _is_found(number: int) -> bool:
    made, cleans = _work
    _, paper, injection = made[number]
    return bool(found_by(injection, cleans[paper.name]))


def _shown(paper: Paper, injection: Injection) -> str:
    place = injection.places[0] if injection.places else 0
    part = injection.paper.parts[min(place, len(injection.paper.parts) - 1)]
    return f"{paper.name}：{injection.wrong or '（删去或重复）'}｜{part.text[:80] or part.rows[0]}"
