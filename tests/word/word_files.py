"""Small Word files for tests, and what can be read back from them."""

from io import BytesIO

from docx import Document
from lxml import etree

from toolkit.word.package import DOCUMENT, read_parts


def document(*paragraphs: str, header: str = "") -> bytes:
    """A plain document made by python-docx, without the house's styles."""
    made = Document()
    for text in paragraphs:
        made.add_paragraph(text)
    if header:
        made.sections[0].header.paragraphs[0].text = header
    return saved(made)


def saved(made) -> bytes:
    target = BytesIO()
    made.save(target)
    return target.getvalue()


def opened(docx: bytes):
    return Document(BytesIO(docx))


def texts(docx: bytes) -> list[str]:
    return [paragraph.text for paragraph in opened(docx).paragraphs]


def cells(docx: bytes, table: int = 0) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in opened(docx).tables[table].rows]


def body(docx: bytes) -> str:
    """Canonical XML of the body: equal for equal content, whatever the prefixes declared around it."""
    root = etree.fromstring(read_parts(docx)[DOCUMENT])
    return etree.tostring(etree.fromstring(etree.tostring(root[0])), method="c14n", exclusive=True).decode()
