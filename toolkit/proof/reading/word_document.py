"""A ``.docx`` as a document: body in order, headings by style or numbering, tables on their grid, numbered lists."""

from collections.abc import Iterator

from toolkit.errors import TemplateError, UnreadableFileError
from toolkit.ooxml.package import refuse
from toolkit.proof.document import Document
from toolkit.proof.reading.blocks import Blocks
from toolkit.proof.reading.levels import is_caption, numbered_level
from toolkit.word.headings import heading_levels
from toolkit.word.package import DOCUMENT, STYLES, Node, paragraph_text, parse, read_parts, w

P, TBL, TR, TC = w("p"), w("tbl"), w("tr"), w("tc")
_MOST_CELLS = 400_000
_CONTAINERS = frozenset(map(w, ("sdt", "sdtContent", "ins", "moveTo", "smartTag", "customXml")))
_TOC = ("toc", "目录")


def read_docx(data: bytes, name: str) -> Document:
    """A document from a ``.docx``.

    Raises:
        UnreadableFileError: not a Word document, damaged, or built to do harm.
    """
    try:
        parts = read_parts(data, name)
    except TemplateError as error:
        raise UnreadableFileError(error.message, where=name, what_to_do=error.what_to_do) from error
    root = parse(parts[DOCUMENT])
    level_of = heading_levels(parts.get(STYLES, b""))
    blocks = Blocks()
    cells = 0
    for node in body_blocks(root):
        if node.tag == P:
            text = paragraph_text(node).strip()
            level = level_of(node) or 0
            if not level and not _in_contents(node) and not is_caption(text):
                level = numbered_level(text) if _looks_alone(text) else 0
            blocks.paragraph(text, level)
            continue
        rows = list(grid_rows(node))
        cells += sum(map(len, rows))
        if cells > _MOST_CELLS:
            raise refuse(f"表格单元格过多（超过 {_MOST_CELLS} 个）")
        blocks.table([[None if cell is None else cell_text(cell) for cell in row] for row in rows])
    return Document(name, "docx", tuple(blocks.done))


def body_blocks(root: Node) -> Iterator[Node]:
    """Paragraphs and tables of the body in order; those in content controls and tracked insertions too."""
    body = root.find(w("body"))
    return iter(()) if body is None else _blocks(body)


def _blocks(parent: Node) -> Iterator[Node]:
    for node in parent:
        if node.tag in (P, TBL):
            yield node
        elif node.tag in _CONTAINERS:
            yield from _blocks(node)


def grid_rows(table: Node) -> Iterator[list[Node | None]]:
    """The rows of a table, a place a column of its grid; None where another cell covers it."""
    for row in _within(table, TR):
        cells: list[Node | None] = [None] * _count(row, "trPr/gridBefore")
        for cell in _within(row, TC):
            merged = cell.find(f"{w('tcPr')}/{w('vMerge')}")
            covered = merged is not None and merged.get(w("val"), "continue") == "continue"
            cells.append(None if covered else cell)
            cells.extend([None] * (max(1, _count(cell, "tcPr/gridSpan")) - 1))
        yield cells


def cell_text(cell: Node) -> str:
    """The words of a cell, its paragraphs parted by line breaks; those of nested tables too."""
    return "\n".join(filter(None, (paragraph_text(paragraph).strip() for paragraph in cell.iter(P))))


def _within(parent: Node, tag: str) -> Iterator[Node]:
    for node in parent:
        if node.tag == tag:
            yield node
        elif node.tag in _CONTAINERS:
            yield from _within(node, tag)


def _count(node: Node, path: str) -> int:
    found = node.find("/".join(map(w, path.split("/"))))
    try:
        return 0 if found is None else min(200, max(0, int(found.get(w("val"), 0))))
    except ValueError:
        return 0


def _in_contents(paragraph: Node) -> bool:
    style = paragraph.find(f"{w('pPr')}/{w('pStyle')}")
    return style is not None and style.get(w("val"), "").lower().startswith(_TOC)


def _looks_alone(text: str) -> bool:
    return "。" not in text and "\t" not in text
