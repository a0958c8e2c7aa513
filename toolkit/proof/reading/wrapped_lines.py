"""Text as programs copy it out of a PDF: a line for each printed line, heads and numbers of pages between them.

Paragraphs begin with two blanks there, so the lines that go on are told from those that begin.
"""

import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence

from toolkit.proof.reading.levels import is_caption, numbered_level
from toolkit.text.patterns import Pattern

_INDENTED = Pattern("(?:\u3000{2}|[ ]{4,})\\s*\\S")
_PAGE = Pattern(
    r"\s*(?:[-—–]\s*)?(?P<number>\d{1,3})(?:\s*[-—–])?\s*|\s*第\s*(?P<of>\d{1,3})\s*页(?:\s*[,，/]?\s*共\s*\d{1,3}\s*页)?\s*"
)
_FEWEST_LINES = 8
"""So many lines must go on from the one before, and so many begin with blanks, before a text is taken for wrapped."""
_FEWEST_PAGES = 3
_FULL = 0.75
"""A line of this share of the widest is full: the next one may go on with its sentence."""
_SHORTEST_HEAD = 6


def unwrapped(lines: Sequence[str]) -> list[str]:
    """The lines with those of a paragraph joined, without heads and numbers of pages; as they are where few go on."""
    if sum(_INDENTED.match(line) is not None for line in lines) < _FEWEST_LINES:
        return list(lines)
    clean = list(_without_pages(lines))
    widest = max((_width(line) for line in clean if _is_text(line)), default=0)
    longest = max((len(line) for line in clean if _is_text(line)), default=0)
    whole: list[str] = []
    joined, is_open = 0, False
    for at, line in enumerate(clean):
        before = clean[at - 1] if at else ""
        full = _width(before) >= widest * _FULL or len(before) >= longest * _FULL
        if is_open and full and _goes_on(before, line):
            whole[-1] += line.strip()
            joined += 1
            continue
        whole.append(line)
        is_open = _INDENTED.match(line) is not None
    return whole if joined >= _FEWEST_LINES else list(lines)


def _goes_on(before: str, line: str) -> bool:
    """Whether a line goes on with the paragraph of a full line before it."""
    if not _is_text(line) or _INDENTED.match(line) or is_caption(line):
        return False
    return before.rstrip()[-1:] not in "。！？：" or not numbered_level(line.strip())


def _is_text(line: str) -> bool:
    return bool(line.strip()) and "\t" not in line


def _width(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in line.rstrip())


def _without_pages(lines: Sequence[str]) -> Iterator[str]:
    """The lines but for numbers of pages that count up, and for a head beside them that every page repeats."""
    pages = _pages(lines)
    repeated = Counter(line.strip() for at, line in enumerate(lines) if _is_text(line) and {at - 1, at + 1} & pages)
    heads = {text for text, times in repeated.items() if times >= _FEWEST_PAGES - 1 and len(text) >= _SHORTEST_HEAD}
    for at, line in enumerate(lines):
        if at not in pages and not (pages and line.strip() in heads):
            yield line


def _pages(lines: Sequence[str]) -> set[int]:
    """Where numbers of pages stand: alone in their lines, each one more than the one before; too few are none."""
    found: list[int] = []
    last = 0
    for at, line in enumerate(lines):
        match = _PAGE.fullmatch(line)
        number = int(match["number"] or match["of"]) if match else 0
        if number and (not found or number == last + 1):
            found.append(at)
            last = number
    return set(found) if len(found) >= _FEWEST_PAGES else set()
