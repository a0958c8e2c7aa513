"""Excel's wildcards ``*``, ``?`` and ``~``, matched in time that does not explode on hostile patterns."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

MAX_PATTERN = 255  # Excel's limit for a search text
_BETWEEN_STARS = 3  # pieces of a pattern that asks for a text anywhere: nothing, the text, nothing


@dataclass(frozen=True, slots=True)
class _Piece:
    """What stands between two stars: of fixed length, so that its leftmost match decides."""

    pattern: re.Pattern[str]
    length: int


def has_wildcard(pattern: str) -> bool:
    """Whether a pattern holds ``*``, ``?`` or ``~``."""
    return any(mark in pattern for mark in "*?~")


def matches(pattern: str, text: str) -> bool:
    """Whether a whole text matches a pattern, in any case."""
    return matcher(pattern)(text)


def matcher(pattern: str) -> Callable[[str], bool]:
    """The same as a test of many texts: the pattern is read once."""
    if len(pattern) > MAX_PATTERN:
        return lambda _text: False
    if not has_wildcard(pattern):
        wanted = pattern.upper()
        return lambda text: text.upper() == wanted
    pieces = _pieces(pattern)
    if [piece.length for piece in pieces[::2]] == [0, 0] and len(pieces) == _BETWEEN_STARS:
        within = pieces[1].pattern.search
        return lambda text: within(text) is not None
    return partial(_fits, pieces)


def _fits(pieces: list[_Piece], text: str) -> bool:
    first, *others = pieces
    if not others:
        return first.pattern.fullmatch(text) is not None
    if first.pattern.match(text) is None:
        return False
    last = others.pop()
    end = _skip(others, text, first.length)
    tail = len(text) - last.length
    return end is not None and tail >= end and last.pattern.fullmatch(text, tail) is not None


def find(pattern: str, text: str, start: int) -> int | None:
    """Where a pattern first occurs in a text from a position on, in any case; positions count from 0."""
    pieces = _pieces(pattern)
    first = pieces[0].pattern.search(text, start)
    if first is None or _skip(pieces[1:], text, first.end()) is None:
        return None
    return first.start()


def _pieces(pattern: str) -> list[_Piece]:
    pieces: list[list[str]] = [[]]
    at = 0
    while at < len(pattern):
        mark = pattern[at]
        if mark == "~" and at + 1 < len(pattern):  # also before an ordinary character, as Excel reads it
            at += 1
            pieces[-1].append(re.escape(pattern[at]))
        elif mark == "*":
            pieces.append([])
        else:
            pieces[-1].append("." if mark == "?" else re.escape(mark))
        at += 1
    return [_Piece(re.compile("".join(piece), re.IGNORECASE | re.DOTALL), len(piece)) for piece in pieces]


def _skip(pieces: list[_Piece], text: str, start: int) -> int | None:
    for piece in pieces:
        found = piece.pattern.search(text, start)
        if found is None:
            return None
        start = found.end()
    return start
