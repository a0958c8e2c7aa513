"""The tags a consultant writes into the workbook template, cut out of a cell's text."""

import re
from dataclasses import dataclass

_TAG = re.compile(r"\{\{\s*([#/?]?)\s*([^{}]*?)\s*\}\}")


@dataclass(frozen=True, slots=True)
class RowTag:
    """A tag about its whole row: ``{{# 字段 资金情况 }}``, ``{{/ 明细 }}``, ``{{? 明细 资金情况 }}``.

    Attributes:
        sign: ``#`` the row repeats, ``/`` a block of rows ends here, ``?`` the row is dropped when there is nothing.
        noun: what it repeats over.
        words: the words after the noun.
    """

    sign: str
    noun: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CellText:
    """A template cell's text without its row tags.

    Attributes:
        parts: plain text and value tags in order; a value tag is the tuple of its dotted names.
    """

    row_tags: tuple[RowTag, ...]
    parts: tuple[str | tuple[str, ...], ...]

    @property
    def only_tag(self) -> tuple[str, ...] | None:
        """The value tag, when the cell holds nothing else."""
        tag = self.parts[0] if len(self.parts) == 1 else None
        return tag if isinstance(tag, tuple) else None


def parse_text(text: str) -> CellText:
    """Cut a cell's text into tags and plain parts; text without tags is one part."""
    row_tags: list[RowTag] = []
    parts: list[str | tuple[str, ...]] = []
    position = 0
    for match in _TAG.finditer(text):
        if plain := text[position : match.start()]:
            parts.append(plain)
        position = match.end()
        sign, body = match.groups()
        words = body.split()
        if sign:
            row_tags.append(RowTag(sign, words[0] if words else "", tuple(words[1:])))
        else:
            parts.append(tuple(name.strip() for name in body.split(".")))
    if plain := text[position:]:
        parts.append(plain)
    if row_tags:
        parts = [part for part in parts if not (isinstance(part, str) and not part.strip())]
    return CellText(tuple(row_tags), tuple(parts))
