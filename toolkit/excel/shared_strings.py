"""The texts that the cells of a workbook share, and which of them do not read on as one text."""

import re
from functools import lru_cache
from typing import TypeAlias

from toolkit.excel.remembered import Remembered
from toolkit.excel.xml_parts import (
    has_sections,
    in_main,
    mixed_runs,
    resolved,
    rich_text,
    unescape,
    usual_text,
    without_indents,
)
from toolkit.ooxml.parse import iterate_xml

SharedText: TypeAlias = tuple[str, bool]
"""A text, and whether it has parts that do not read on; see :func:`xml_parts.mixed_runs`."""
_OPEN, _CLOSE = b"<si>", b"</si>"
_PLAIN = re.compile(r'<si><t(?: xml:space="preserve")?>([^<]*)</t>(?:<phoneticPr(?: [A-Za-z]+="[A-Za-z0-9]*")*/>)?')
_COUNTS = re.compile(rb' (?:uniqueC|c)ount="[0-9]*"')
_LARGEST_HEAD = 2_000  # bytes


def read_strings(name: str, content: bytes) -> tuple[list[str], frozenset[int]]:
    """The texts of a table in order, and the numbers of those with parts that do not read on as one text.

    Raises:
        UnreadableFileError: damaged XML.
    """
    found = _scan(name, content)
    if found is None:
        found = _parse(name, content)
    return [text for text, _ in found], frozenset(number for number, (_, mixed) in enumerate(found) if mixed)


def _parse(name: str, content: bytes) -> list[SharedText]:
    found = []
    for item in iterate_xml(name, content, "si"):
        table = item.getparent()
        # Texts are told by their number: one that does not stand in the table itself must not be counted.
        if in_main(item) and table is not None and table.getparent() is None:
            found.append((rich_text(item), mixed_runs(item)))
    return found


def _scan(name: str, content: bytes) -> list[SharedText] | None:
    """The texts of a table written the usual way, those not met before read by the parser; None to have it read all."""
    start, end = content.find(_OPEN), content.rfind(_CLOSE) + len(_CLOSE)
    head, tail = content[: max(start, 0)], content[end:]
    # Two opening tags before the first text: the declaration's "<?" and the table's own.
    if start < 0 or has_sections(content) or head.count(b"<") - head.count(b"<?") != 1 or len(head) > _LARGEST_HEAD:
        return None
    text = usual_text(head, content[start:end])
    if text is None:
        return None
    known = _known_texts(_COUNTS.sub(b"", head))
    pieces = without_indents(text).split("</si>")[:-1]
    found = [known[piece] or _plain(piece, known) for piece in pieces]
    missing = {piece for piece, read in zip(pieces, found, strict=True) if read is None}
    if not all(piece.startswith("<si>") and piece.count("<si") == 1 for piece in missing):
        return None
    # In their order, so that the same file is read the same way each time.
    news = [piece for piece in dict.fromkeys(pieces) if piece in missing]
    read = _parse(name, head + "".join(f"{piece}</si>" for piece in news).encode() + tail)
    if len(read) != len(news):
        return None
    told = dict(zip(news, read, strict=True))
    for piece, shared in told.items():
        known.keep(piece, shared)
    return [shared or told[piece] for piece, shared in zip(pieces, found, strict=True)]


def _plain(piece: str, known: Remembered[SharedText]) -> SharedText | None:
    match = _PLAIN.fullmatch(piece)
    if match is None:
        return None
    found = unescape(resolved(match[1])), False
    known.keep(piece, found)
    return found


@lru_cache(4)
def _known_texts(head: bytes) -> Remembered[SharedText]:
    """Texts met before in tables that begin alike: what their elements mean hangs on that."""
    del head
    return Remembered()
