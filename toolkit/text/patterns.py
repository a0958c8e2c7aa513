"""Patterns that are compiled when first used, and the words without which a text cannot fit one (ADR 0051).

There are a thousand patterns in the rules of proof-reading, and to compile them takes longer than to look through a
short report. To read one is ten times quicker, and tells what must stand in a text: ``同比(增长|下降)`` fits none
without 同比增长 or 同比下降. Who has many texts to look through asks for these words first.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from re import _constants as kinds  # type: ignore[attr-defined]
from re import _parser as reading  # type: ignore[attr-defined]
from typing import Any, TypeAlias

from toolkit.text.pattern_code import PatternCode, code_of, made_of

Words: TypeAlias = frozenset[str]
"""One of them must stand in a text."""

_MOST = 12
"""So many words in place of one another; to look for more takes longer than to try the pattern."""
_MOST_OF_PARTS = 60
"""So many where each of several ways to go on needs another: a pattern of thousands of names needs none of them."""
_ASKED = 2
"""So many groups of words are asked for."""


class Pattern:
    """What :func:`re.compile` gives, compiled when first used; its methods are those of :class:`re.Pattern`."""

    def __init__(self, text: str, flags: int = 0) -> None:
        self.pattern = text
        self.flags = flags
        _MADE.add(self)

    def __repr__(self) -> str:
        return f"Pattern({self.pattern!r})"

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """As the standard library has it."""
        code, _ = _KNOWN.get((self.pattern, self.flags), (None, ()))
        made = made_of(self.pattern, code) if code else None
        return made or re.compile(self.pattern, self.flags)

    @cached_property
    def search(self) -> Callable[..., re.Match[str] | None]:
        """As of a compiled pattern."""
        return self.compiled.search

    @cached_property
    def match(self) -> Callable[..., re.Match[str] | None]:
        """As of a compiled pattern."""
        return self.compiled.match

    @cached_property
    def fullmatch(self) -> Callable[..., re.Match[str] | None]:
        """As of a compiled pattern."""
        return self.compiled.fullmatch

    @cached_property
    def finditer(self) -> Callable[..., Iterator[re.Match[str]]]:
        """As of a compiled pattern."""
        return self.compiled.finditer

    @cached_property
    def findall(self) -> Callable[..., list[Any]]:
        """As of a compiled pattern."""
        return self.compiled.findall

    @cached_property
    def split(self) -> Callable[..., list[str | Any]]:
        """As of a compiled pattern."""
        return self.compiled.split

    @cached_property
    def sub(self) -> Callable[..., str]:
        """As of a compiled pattern."""
        return self.compiled.sub

    @cached_property
    def needed(self) -> tuple[Words, ...]:
        """Groups of words: a text in which none of a group stands does not fit; no group where none is sure."""
        known = _KNOWN.get((self.pattern, self.flags))
        return known[1] if known else needed(self.pattern, self.flags)


_Known: TypeAlias = dict[tuple[str, int], tuple[PatternCode | None, tuple[Words, ...]]]
"""Text and flags of patterns → what compiling them gives, and the words they need."""
_KNOWN: _Known = {}


class _Made:
    """The patterns of the program's modules: all that are made until somebody asks for them."""

    def __init__(self) -> None:
        self._patterns: list[Pattern] | None = []

    def add(self, pattern: Pattern) -> None:
        if self._patterns is not None:
            self._patterns.append(pattern)

    def taken(self) -> Sequence[Pattern]:
        """Those made so far; of others made later, of a document's words, no note is taken."""
        patterns, self._patterns = self._patterns or (), None
        return patterns


_MADE = _Made()


def take_made() -> Sequence[Pattern]:
    """The patterns made so far, the first time this is asked; no note is taken of those made later."""
    return _MADE.taken()


def codes_of(patterns: Iterable[Pattern]) -> _Known:
    """What compiling them gives, and the words they need."""
    return {(each.pattern, int(each.flags)): (code_of(each.pattern, each.flags), each.needed) for each in patterns}


def remember_codes(known: _Known) -> None:
    """Patterns not used yet are made of these."""
    _KNOWN.update(known)


def needed(text: str, flags: int = 0) -> tuple[Words, ...]:
    """The most telling groups of words that a pattern needs, at most two; none where case does not count.

    It is seen from how the standard library reads the pattern. That has no promise of staying as it is: what is not
    understood counts as needing nothing, so that a text is looked at in vain, never left out.
    """
    parsed = reading.parse(text, flags)
    if parsed.state.flags & re.IGNORECASE:
        return ()
    found = _Reading()
    found.all_of(parsed)
    found.end()
    return tuple(sorted(set(found.groups), key=_worth)[:_ASKED])


def _worth(words: Words) -> tuple[float, list[str]]:
    """Long words are rare, and few are quickly asked for."""
    return len(words) / 6 ** min(map(len, words)), sorted(words)


_Node: TypeAlias = tuple[Any, Any]


class _Reading:
    """The words found so far: ``run`` holds what may stand in a row up to here, one of them for sure."""

    def __init__(self) -> None:
        self.groups: list[Words] = []
        self.run: Words = frozenset({""})
        self.whole = True

    def end(self) -> None:
        """Anything may stand next: the row ends here."""
        if "" not in self.run:
            self.groups.append(_without_longer(self.run))
        self.run, self.whole = frozenset({""}), False

    def then(self, words: Words | None) -> None:
        """One of some words stands next; any text where there are none."""
        if words is None or len(words) * len(self.run) > _MOST:
            self.end()
        if words is not None and len(words) <= _MOST:
            self.run = frozenset(left + right for left in self.run for right in words)

    def all_of(self, nodes: Sequence[_Node]) -> None:
        """The parts of a pattern, one behind the other."""
        for kind, what in nodes:
            _READ.get(kind, _anything)(self, what)


def _without_longer(words: Words) -> Words:
    """A word that holds another need not be asked for."""
    return frozenset(word for word in words if not any(other in word for other in words if other != word))


def _anything(found: _Reading, _: object) -> None:
    found.end()


def _nothing(_: _Reading, __: object) -> None:
    """A place, or what must not stand there: nothing is read, nothing is needed."""


def _literal(found: _Reading, sign: int) -> None:
    found.then(frozenset({chr(sign)}))


def _one_of(found: _Reading, signs: Sequence[_Node]) -> None:
    plain = all(kind is kinds.LITERAL for kind, _ in signs)
    found.then(frozenset(chr(sign) for _, sign in signs) if plain else None)


def _part(nodes: Sequence[_Node]) -> _Reading:
    part = _Reading()
    part.all_of(nodes)
    return part


def _take(found: _Reading, part: _Reading) -> None:
    """What a part needs, which stands next."""
    if part.whole:
        found.then(part.run)
        return
    found.end()
    part.end()
    found.groups += part.groups


def _group(found: _Reading, what: tuple[object, int, int, Sequence[_Node]]) -> None:
    _, flags, _, nodes = what
    if flags & re.IGNORECASE:
        found.end()
    else:
        _take(found, _part(nodes))


def _atomic(found: _Reading, nodes: Sequence[_Node]) -> None:
    _take(found, _part(nodes))


def _branch(found: _Reading, what: tuple[object, Sequence[Sequence[_Node]]]) -> None:
    parts = [_part(nodes) for nodes in what[1]]
    if all(part.whole for part in parts):
        found.then(frozenset().union(*(part.run for part in parts)))
        return
    found.end()
    for part in parts:
        part.end()
    if all(part.groups for part in parts):
        words = frozenset[str]().union(*(min(part.groups, key=_worth) for part in parts))
        found.groups += [_without_longer(words)] if len(words) <= _MOST_OF_PARTS else []


def _repeated(found: _Reading, what: tuple[int, Any, Sequence[_Node]]) -> None:
    least, most, nodes = what
    part = _part(nodes) if least or most == 1 else None
    if part is None or not (least or part.whole):
        found.end()
    elif most == 1:
        _take(found, part) if least else found.then(part.run | {""})
    else:
        _take(found, part)
        found.end()


def _looked_at(found: _Reading, what: tuple[int, Sequence[_Node]]) -> None:
    """What stands before or behind: needed, but not read."""
    part = _part(what[1])
    part.end()
    found.groups += part.groups


_READ: dict[Any, Callable[[_Reading, Any], None]] = {
    kinds.LITERAL: _literal,
    kinds.IN: _one_of,
    kinds.BRANCH: _branch,
    kinds.SUBPATTERN: _group,
    kinds.ATOMIC_GROUP: _atomic,
    kinds.MAX_REPEAT: _repeated,
    kinds.MIN_REPEAT: _repeated,
    kinds.POSSESSIVE_REPEAT: _repeated,
    kinds.ASSERT: _looked_at,
    kinds.ASSERT_NOT: _nothing,
    kinds.AT: _nothing,
}
