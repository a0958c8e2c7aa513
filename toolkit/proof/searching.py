"""Which of many texts a pattern may fit: those that hold the words it needs, seen in one pass over all of them."""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import Generic, TypeVar

from toolkit.text.patterns import Pattern, Words

Item = TypeVar("Item")
_BETWEEN = "\0"
"""Between two texts: it stands in no word."""


class Searched(Generic[Item]):
    """Texts that many patterns look through, each with what it belongs to."""

    def __init__(self, items: Sequence[Item], texts: Sequence[str]) -> None:
        """The items, and the text of each."""
        self._items = items
        self._whole = _BETWEEN.join(texts)
        self._starts = [0, *accumulate(len(text) + 1 for text in texts)]
        self._holding: dict[str, frozenset[int]] = {}

    def fitting(self, *patterns: Pattern) -> Sequence[Item]:
        """Those in whose text one of some patterns may be found, in order: all others lack a word that each needs."""
        if not all(pattern.needed for pattern in patterns):
            return self._items
        numbers = frozenset().union(*map(self._numbers, patterns))
        return [self._items[number] for number in sorted(numbers)]

    def _numbers(self, pattern: Pattern) -> frozenset[int]:
        first, *others = pattern.needed
        numbers = self._of(first)
        for words in others:
            if numbers:
                numbers &= self._of(words)
        return numbers

    def _of(self, words: Words) -> frozenset[int]:
        if len(words) == 1:
            (word,) = words
            return self._with(word)
        return frozenset().union(*map(self._with, words))

    def _with(self, word: str) -> frozenset[int]:
        """The numbers of the texts that hold a word."""
        if word not in self._holding:
            self._holding[word] = frozenset(self._find(word))
        return self._holding[word]

    def _find(self, word: str) -> list[int]:
        found: list[int] = []
        at = self._whole.find(word)
        while at >= 0:
            number = bisect_right(self._starts, at) - 1
            found.append(number)
            at = self._whole.find(word, self._starts[number + 1])
        return found
