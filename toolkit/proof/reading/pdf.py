"""A PDF with a text layer as a document; its libraries are loaded only here.

Unit lines stand outside a table's box, tables go on over pages without a head, and lines are no paragraphs: words of a
paragraph are joined again where a line is full.
"""

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from toolkit.errors import MissingProgramError, UnreadableFileError
from toolkit.proof.document import Document, Paragraph
from toolkit.proof.reading.blocks import Blocks
from toolkit.proof.reading.levels import is_caption, is_contents_line, numbered_level
from toolkit.text.patterns import Pattern

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

    from toolkit.proof.reading.pdf_page import PdfPage

_MOST_PAGES = 2000
_INDENT = 12
"""A line that begins this far right of the others begins a paragraph. Units: points."""
_PAGE = Pattern(r"[-—–\s]*(?:第\s*)?(?:[0-9]{1,4}|[IVXivx]{1,6})(?:\s*页)?(?:\s*[/共]+\s*[0-9]{1,4}\s*页?)?[-—–\s]*")
_LAID_OUT = Pattern(
    r"(?<=[\u4e00-\u9fff，。；：（《“”》]) (?=[0-9A-Za-z“《])|(?<=[0-9A-Za-z%”》]) (?=[\u4e00-\u9fff，。；：）])"
    r"|(?<=[\u4e00-\u9fff，。；：、（）《》“”]) (?=[\u4e00-\u9fff，。；：、（）《》“”])"
)
"""Blanks that programs set between Chinese and Latin, and in lines they fill; nobody typed them."""
_ANNEX = Pattern(r"附\s*[件录]\s*[0-9一二三四五六七八九十]{1,2}[^，。；]{0,40}$")
_LINE = 20
"""Shorter paragraphs that end a page are labels of charts and lines of a cover."""
_SENTENCE_ENDS = "。！？…"
_FULL = 0.93
"""A line that reaches this share of the widest one goes on in the next."""
Rows = list[list[str | None]]


def read_pdf(data: bytes, name: str) -> Document:
    """A document from a PDF.

    Raises:
        MissingProgramError: pdfplumber is not installed.
        UnreadableFileError: damaged, encrypted, or all its pages are pictures.
    """
    try:
        import pypdfium2

        from toolkit.proof.reading.pdf_page import PdfPage
    except ImportError as error:
        raise MissingProgramError(
            "校核 PDF 需要 pdfplumber，本机没有安装",
            where=name,
            what_to_do="请安装 jixiao-toolkit[proof]，或把报告另存为 .docx 再校核",
        ) from error
    try:
        with closing(pypdfium2.PdfDocument(data)) as pdf:
            return _document(pdf, name, PdfPage)
    except UnreadableFileError:
        raise
    except Exception as error:
        raise UnreadableFileError(
            f"PDF 打不开：已损坏、加了密码或不规范（{type(error).__name__}）",
            where=name,
            what_to_do="请去掉密码，用 WPS 或 Word 重新输出 PDF 后再用",
        ) from error


def _document(pdf: "PdfDocument", name: str, read: "type[PdfPage]") -> Document:
    if len(pdf) > _MOST_PAGES:
        raise UnreadableFileError(f"PDF 超过 {_MOST_PAGES} 页", where=name, what_to_do="请分册校核")
    blocks = Blocks()
    blank: list[int] = []
    pending: list[tuple[int, Rows]] = []
    for number in range(1, len(pdf) + 1):
        with closing(pdf[number - 1]) as page:  # objects of read pages would stay in memory
            if not _page(blocks, read(page), number, pending):
                blank.append(number)
    _flush(blocks, pending)
    if len(blank) == len(pdf):
        raise UnreadableFileError(
            "PDF 没有文字层（是扫描件或图片）", where=name, what_to_do="请用可以复制文字的 PDF，或给出 .docx"
        )
    notes = (f"第{'、'.join(map(str, blank))}页没有文字层，未能核",) if blank else ()
    return Document(name, "pdf", tuple(blocks.done), notes)


def _page(blocks: Blocks, page: "PdfPage", number: int, pending: list[tuple[int, Rows]]) -> bool:
    """One page; whether it holds text. A table that ends a page waits for the head of the next one."""
    lines = [line for line in page.text_lines() if not _is_page_number(line["text"])]
    margin = min((line["x0"] for line in lines), default=page.width)
    widest = max((page.width - margin, *(line["x1"] for line in lines)))  # a page of short lines has no full one
    left = 0
    for table in page.tables():
        rows = [
            [cell if cell is None else _set_close(cell.replace("\n", "")) for cell in row] for row in page.rows(table)
        ]
        above = [line for line in lines[left:] if line["bottom"] <= table.bbox[1] + 2]
        left += len(above)
        while left < len(lines) and lines[left]["top"] < table.bbox[3] - 2:
            left += 1
        if above:
            _flush(blocks, pending)
        _paragraphs(blocks, above, number, widest)
        if pending and len(pending[-1][1][0]) != len(rows[0]):
            _flush(blocks, pending)
        if pending:
            head = pending[0][1][0]
            pending.append((number, rows[1:] if rows[0] == head else rows))
        elif rows:
            pending.append((number, rows))
    rest = lines[left:]
    if rest:
        _flush(blocks, pending)
    _paragraphs(blocks, rest, number, widest)
    return bool(lines)


def _flush(blocks: Blocks, pending: list[tuple[int, Rows]]) -> None:
    if pending:
        blocks.table([row for _, rows in pending for row in rows], page=pending[0][0])
        pending.clear()


def _set_close(text: str) -> str:
    return _LAID_OUT.sub("", text.strip())


def _is_page_number(text: str) -> bool:
    return _PAGE.fullmatch(text.strip()) is not None


def _paragraphs(blocks: Blocks, lines: Sequence[dict[str, Any]], page: int, widest: float) -> None:
    """Add the paragraphs that lines make; the first may go on from the page before."""
    left = min((line["x0"] for line in lines), default=0)
    for number, (text, indented) in enumerate(_joined(lines, widest, left)):
        before = blocks.done[-1] if blocks.done else None
        if not number and not indented and isinstance(before, Paragraph) and _goes_on(before, text, page):
            blocks.done[-1] = replace(before, text=before.text + text)
            continue
        level = 0 if is_caption(text) else numbered_level(text)
        blocks.paragraph(text, level, page)


def _goes_on(before: Paragraph, text: str, page: int) -> bool:
    """Whether a paragraph that ends a page without an end of its sentence is continued by the next page's first."""
    turned = before.place.page == page - 1 and not before.level and len(before.text) > _LINE
    is_listed = is_contents_line(before.text) or is_contents_line(text)
    return turned and not is_listed and before.text[-1] not in _SENTENCE_ENDS and not _begins(text)


def _begins(text: str) -> bool:
    return bool(numbered_level(text)) or is_caption(text) or _ANNEX.match(text) is not None


def _joined(lines: Sequence[dict[str, Any]], widest: float, left: float) -> Iterator[tuple[str, bool]]:
    """The words of each paragraph, and whether its first line is indented."""
    words, first = "", False
    for line in lines:
        text = _set_close(line["text"])
        indented = line["x0"] > left + _INDENT
        if words and (indented or _begins(text)):
            yield words, first
            words = ""
        first = first if words else indented
        words += text
        if line["x1"] < widest * _FULL or is_contents_line(text):
            yield words, first
            words = ""
    if words:
        yield words, first
