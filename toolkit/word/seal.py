"""What a report's text was when it was generated: a fingerprint of every paragraph, table row and chart.

The fingerprints stand in custom document properties, which Word, WPS, LibreOffice and python-docx keep. They tell a
paragraph as generated from one a person edited, and from one of which only digits were altered; the order of the
paragraphs does not matter. What counts as text: :mod:`toolkit.word.text_units`.
"""

import hashlib
import re
from base64 import b64encode
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from functools import lru_cache

from toolkit.word.open_document import OpenDocument, open_document
from toolkit.word.package import DOCUMENT, Node
from toolkit.word.properties import NAME as PROPERTIES
from toolkit.word.properties import ensure_properties, read_properties, with_properties
from toolkit.word.text_units import TextUnit, UnitKind, body_units, text_units
from toolkit.word.unit_texts import unit_words

PREFIX = "jx_text_"
_WORDS, _DIGITLESS, _PAGES = 6, 3, 3
"""Units: bytes of the three hashes; 48 bits make two different texts of one report equal once in 10¹⁰ reports."""
_RECORD = (_WORDS + _DIGITLESS + _PAGES) * 4 // 3
_PER_PROPERTY = 15  # records: 240 characters, and programs cut properties at 255
_NO_PAGES = "-" * (_PAGES * 4 // 3)


class _WithoutDigits(dict[int, int | None]):
    """For ``translate``: takes out digits of every script, and points."""

    def __missing__(self, code: int) -> int | None:
        letter = chr(code)
        self[code] = None if letter.isdigit() or letter == "." else code
        return self[code]


_WITHOUT_DIGITS = _WithoutDigits()


class Change(StrEnum):
    """What happened to a unit after generation."""

    DIGITS = "digits"
    EDITED = "edited"
    PAGES = "pages"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class TextChange:
    """A difference from the text as generated; ``text`` and ``kind`` say where, "" for what is no longer there."""

    change: Change
    kind: UnitKind
    text: str


def seal(docx: bytes) -> bytes:
    """The finished report with the fingerprints of its text; nothing may change it afterwards.

    Raises:
        TemplateError: the bytes are not a ``.docx``.
    """
    document = open_document(docx)
    put_seal(document)
    return document.close()


def put_seal(document: OpenDocument) -> None:
    """As :func:`seal`, on a document being finished."""
    parts = document.parts
    ensure_properties(parts)
    document.write_body()
    body = document.body if isinstance(document.body, str) else parts[DOCUMENT].decode()
    read = unit_words(parts, body, document.runs)
    units = [(unit.words, unit.pages) for unit in text_units(parts, document.root)] if read is None else read
    records = [_record(*unit) for unit in units]
    starts = range(0, max(1, len(records)), _PER_PROPERTY)  # a document without text is sealed too
    batches = [records[start : start + _PER_PROPERTY] for start in starts]
    values = {f"{PREFIX}{number:03d}": "".join(batch) for number, batch in enumerate(batches, 1)}
    parts[PROPERTIES] = with_properties(parts[PROPERTIES], values)


def text_changes(docx: bytes) -> list[TextChange] | None:
    """How a report differs from its text as generated, in the order of the document; None for one without a seal.

    Raises:
        TemplateError: the bytes are not a ``.docx``.
    """
    return changes_in(open_document(docx))


def changes_in(document: OpenDocument) -> list[TextChange] | None:
    """As :func:`text_changes`, of a document that is open."""
    sealed = _sealed(document.parts)
    return None if sealed is None else _compare(sealed, text_units(document.parts, document.root))


def unit_states(parts: Mapping[str, bytes], root: Node) -> dict[Node, Change | None] | None:
    """Of every paragraph and table row of the body: None as generated, DIGITS or EDITED; no states without a seal.

    Args:
        parts: the package.
        root: its parsed body, whose nodes are the keys.
    """
    sealed = _sealed(parts)
    if sealed is None:
        return None
    units = body_units(root)
    now = [_record(unit.words, unit.pages) for unit in units]
    known = Counter(map(_words, sealed))
    known.subtract(map(_words, now))
    left = Counter(_digitless(record) for record in sealed if known[_words(record)] > 0)
    return {unit.node: _state(record, known, left) for unit, record in zip(units, now, strict=True)}


def _state(record: str, known: Mapping[str, int], left: Counter[str]) -> Change | None:
    """``known``: words → how often they were sealed less how often they stand now; ``left``: sealed and gone."""
    if known[_words(record)] >= 0:
        return None
    if left[_digitless(record)] > 0:
        left[_digitless(record)] -= 1
        return Change.DIGITS
    return Change.EDITED


def _sealed(parts: Mapping[str, bytes]) -> list[str] | None:
    """The records, none for a document sealed without text; None without a seal."""
    texts = [text for name, text in sorted(read_properties(parts).items()) if name.startswith(PREFIX)]
    return re.findall(f".{{{_RECORD}}}", "".join(texts)) if texts else None


def _compare(sealed: Sequence[str], units: Sequence[TextUnit]) -> list[TextChange]:
    now = [_record(unit.words, unit.pages) for unit in units]
    if now == list(sealed):
        return []
    left, open_units = _unmatched([_words(record) for record in sealed], [_words(record) for record in now])
    known = {_words(record) for record in sealed}
    moved = Counter(_words(sealed[index]) for index in left)
    changed = []
    for index in open_units:
        if units[index].kind is UnitKind.FRINGE and _words(now[index]) in known:
            continue  # programs give every section a footer of its own
        if moved[_words(now[index])]:
            moved[_words(now[index])] -= 1
        else:
            changed.append(index)
    leftover = list(_remaining(sealed, left, moved))
    found = _altered(now, changed, leftover)
    found |= {index: Change.PAGES for index in _other_pages(sealed, now) if index not in found}
    removed = max(0, len(leftover) - sum(change is Change.EDITED for change in found.values()))
    gone = [TextChange(Change.REMOVED, UnitKind.PARAGRAPH, "")] * removed
    return [TextChange(found[index], units[index].kind, units[index].text) for index in sorted(found)] + gone


def _unmatched(sealed: Sequence[str], now: Sequence[str]) -> tuple[list[int], list[int]]:
    """Places of both sides that do not stand in the same order."""
    matcher = SequenceMatcher(None, sealed, now, autojunk=False)
    edits = [code for code in matcher.get_opcodes() if code[0] != "equal"]
    left = [index for _, start, end, _, _ in edits for index in range(start, end)]
    return left, [index for _, _, _, start, end in edits for index in range(start, end)]


def _remaining(sealed: Sequence[str], left: Iterable[int], still: Mapping[str, int]) -> Iterable[str]:
    """Records of sealed units that are nowhere in the document."""
    counts = dict(still)
    for index in left:
        if counts.get(_words(sealed[index]), 0):
            counts[_words(sealed[index])] -= 1
            yield sealed[index]


def _altered(now: Sequence[str], changed: Iterable[int], leftover: list[str]) -> dict[int, Change]:
    """Whether only digits differ from a sealed unit that is gone; such a unit is taken off ``leftover``."""
    found = {}
    for index in changed:
        same = next((record for record in leftover if _digitless(record) == _digitless(now[index])), None)
        if same is not None:
            leftover.remove(same)
        found[index] = Change.EDITED if same is None else Change.DIGITS
    return found


def _other_pages(sealed: Sequence[str], now: Sequence[str]) -> list[int]:
    known = Counter(sealed)
    words = {_words(record) for record in sealed}
    found = []
    for index, record in enumerate(now):
        if known[record]:
            known[record] -= 1
        elif _words(record) in words:
            found.append(index)
    return found


def _words(record: str) -> str:
    return record[: _WORDS * 4 // 3]


def _digitless(record: str) -> str:
    return record[_WORDS * 4 // 3 : -len(_NO_PAGES)]


def _hash(text: str, size: int) -> str:
    return b64encode(hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[:size]).decode()


@lru_cache(10_000)
def _record(words: str, pages: str) -> str:
    """Fingerprints of a unit's words, of its words without digits, of its page numbers."""
    digitless = words.translate(_WITHOUT_DIGITS)
    return _hash(words, _WORDS) + _hash(digitless, _DIGITLESS) + (_hash(pages, _PAGES) if pages else _NO_PAGES)
