"""A ``.docx`` as a document: body in order, headings by style or numbering, tables on their grid, numbered lists."""

from toolkit.errors import TemplateError, UnreadableFileError
from toolkit.ooxml.package import refuse
from toolkit.proof.document import Document
from toolkit.proof.reading.blocks import Blocks
from toolkit.proof.reading.levels import is_caption, numbered_level
from toolkit.word.body import body_blocks, cell_text, grid_rows
from toolkit.word.headings import heading_levels
from toolkit.word.package import DOCUMENT, STYLES, Node, paragraph_text, parse, read_parts, w

P = w("p")
_MOST_CELLS = 400_000
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


def _in_contents(paragraph: Node) -> bool:
    style = paragraph.find(f"{w('pPr')}/{w('pStyle')}")
    return style is not None and style.get(w("val"), "").lower().startswith(_TOC)


def _looks_alone(text: str) -> bool:
    return "。" not in text and "\t" not in text
