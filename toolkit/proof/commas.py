"""Commas and semicolons typed in half width: read as the full-width ones that end a clause, in the same place."""

from dataclasses import replace

from toolkit.proof.document import Cell, Document, Paragraph, Table
from toolkit.text.patterns import Pattern

_TYPED = Pattern(r"(?<![0-9]),|,(?![0-9])|;")
_CHINESE = Pattern("[\u4e00-\u9fff]")
_WIDE = {",": "，", ";": "；"}


def wide(document: Document) -> Document:
    """The document as the rules read it; the same where nothing was typed in half width."""
    blocks = tuple(_block(block) for block in document.blocks)
    if all(new is old for new, old in zip(blocks, document.blocks, strict=True)):
        return document
    return replace(document, blocks=blocks)


def _block(block: Paragraph | Table) -> Paragraph | Table:
    if isinstance(block, Paragraph):
        text = _text(block.text)
        return block if text is block.text else replace(block, text=text)
    if not any(_TYPED.search(cell.text) for row in block.rows for cell in row):
        return block
    return replace(block, rows=tuple(tuple(map(_cell, row)) for row in block.rows), caption=_text(block.caption))


def _cell(cell: Cell) -> Cell:
    text = _text(cell.text)
    return cell if text is cell.text else replace(cell, text=text)


def _text(text: str) -> str:
    if not _TYPED.search(text) or not _CHINESE.search(text):
        return text
    return _TYPED.sub(lambda match: _WIDE[match[0]], text)
