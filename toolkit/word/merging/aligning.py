"""Which figure of a paragraph is which in another version of it.

Figures of equal clauses are the same; between equal clauses, those of clauses that read much the same. Letters alone do
not tell: every figure is one placeholder, and a clause that is new begins with a figure as often as not.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

from rapidfuzz.distance import Indel, LCSseq

from toolkit.word.merging.words import FIGURE, Slot

_PUNCTUATION = re.compile("[，。；：、？！｜\n]")
_SIMILAR = 0.6
"""Least share of common characters of two clauses that are the same, worded anew."""


class Said(Protocol):
    """A paragraph, row or table: its key and the figures of the key's placeholders, in order."""

    key: str
    figures: list[Slot]


@dataclass(frozen=True, slots=True)
class _Clause:
    """Words between two signs of punctuation, and how many figures stand before them."""

    text: str
    before: int


def aligned(before: Said, after: Said) -> dict[int, Slot]:
    """Place of a figure in one paragraph → the same figure in another version of it."""
    if before.key == after.key:
        return dict(enumerate(after.figures))
    found: dict[int, Slot] = {}
    for old, new in _same(list(_clauses(before.key)), list(_clauses(after.key))):
        for place, now in _figures(old.text, new.text):
            found[old.before + place] = after.figures[new.before + now]
    return found


def local_addresses(before: Said, after: Said) -> dict[str, str]:
    """Address in a paragraph's last version → address in its new one, where all its figures of that address agree.

    Nothing where the wording changed: it may then speak of another project, and the figures must not follow it.
    """
    if before.key != after.key:
        return {}
    found: dict[str, set[str]] = {}
    for place, slot in aligned(before, after).items():
        found.setdefault(before.figures[place].at, set()).add(slot.at)
    return {at: next(iter(now)) for at, now in found.items() if len(now) == 1}


def _clauses(key: str) -> Iterator[_Clause]:
    before = 0
    for text in _PUNCTUATION.split(key):
        if FIGURE in text:
            yield _Clause(text, before)
        before += text.count(FIGURE)


def _same(old: Sequence[_Clause], new: Sequence[_Clause]) -> Iterator[tuple[_Clause, _Clause]]:
    equal = [
        (code.src_start + step, code.dest_start + step)
        for code in LCSseq.opcodes([clause.text for clause in old], [clause.text for clause in new])
        if code.tag == "equal"
        for step in range(code.src_end - code.src_start)
    ]
    for place, now in equal:
        yield old[place], new[now]
    for (left, right), (next_left, next_right) in pairwise([(-1, -1), *equal, (len(old), len(new))]):
        yield from _similar(old[left + 1 : next_left], new[right + 1 : next_right])


def _similar(old: Sequence[_Clause], new: Sequence[_Clause]) -> Iterator[tuple[_Clause, _Clause]]:
    """Clauses that read much the same, the most similar first, each once."""
    scored = [
        (-Indel.normalized_similarity(first.text, second.text), place, now)
        for place, first in enumerate(old)
        for now, second in enumerate(new)
    ]
    taken: set[tuple[str, int]] = set()
    for score, place, now in sorted(scored):
        if -score >= _SIMILAR and not taken & {("old", place), ("new", now)}:
            taken |= {("old", place), ("new", now)}
            yield old[place], new[now]


def _figures(old: str, new: str) -> Iterator[tuple[int, int]]:
    """Numbers of the figures of two clauses that stand between the same characters."""
    for code in Indel.opcodes(old, new):
        if code.tag == "equal":
            for step, letter in enumerate(old[code.src_start : code.src_end]):
                if letter == FIGURE:
                    place, now = code.src_start + step, code.dest_start + step
                    yield old.count(FIGURE, 0, place), new.count(FIGURE, 0, now)
