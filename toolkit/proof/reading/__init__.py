"""Files to documents: one module a kind of file, told apart by their bytes first and their names second."""

from collections.abc import Container
from dataclasses import replace
from pathlib import PurePath
from typing import TypeVar

from toolkit.errors import UnreadableFileError
from toolkit.proof.document import Cell, Document, Paragraph, Place
from toolkit.proof.reading.text_lines import read_text

_ASK = "请给出 .docx、.pdf、.xlsx 或 .txt 文件；其他格式请先在 Word 或 WPS 中另存"

Emptied = TypeVar("Emptied", Paragraph, Cell)
_MOST_TEXT = 10_000
"""Signs of one paragraph or cell, about five pages; rules compare the numbers of a text with one another."""

__all__ = ["read_document", "read_text"]


def read_document(data: bytes, name: str) -> Document:
    """A report from the bytes of its file; paragraphs and cells of more than five pages are left out, with a note.

    Raises:
        UnreadableFileError: it is none of the kinds, damaged, encrypted or built to do harm; says which.
        MissingProgramError: a PDF, and the library that reads it is not installed.
    """
    return _without_endless(_opened(data, name))


def _opened(data: bytes, name: str) -> Document:
    suffix = PurePath(name).suffix.lower()
    if not data:
        raise UnreadableFileError("文件是空的（0字节）", where=name, what_to_do="请重新导出或重新拷贝该文件")
    if data.lstrip()[:5] == b"%PDF-":
        from toolkit.proof.reading.pdf import read_pdf

        return read_pdf(data, name)
    if data[:4] == b"PK\x03\x04":
        return _from_package(data, name, suffix)
    if data[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        raise UnreadableFileError(
            "这是旧格式（.doc、.xls）或加了密码的文件",
            where=name,
            what_to_do="请去掉密码，另存为 .docx 或 .xlsx 后再用",
        )
    if suffix in (".txt", ".md", ".csv", ".tsv", ""):
        return read_text(_decoded(data, name), name)
    raise UnreadableFileError("文件内容与扩展名不符，或不是可以校核的格式", where=name, what_to_do=_ASK)


def _without_endless(document: Document) -> Document:
    endless = {place: len(text) for place, text in document.texts() if len(text) > _MOST_TEXT}
    if not endless:
        return document
    blocks = tuple(
        _emptied(block, endless)
        if isinstance(block, Paragraph)
        else replace(block, rows=tuple(tuple(_emptied(cell, endless) for cell in row) for row in block.rows))
        for block in document.blocks
    )
    notes = (f"{place}有{size:,}个字，过长，没有校核；请分段后再校核" for place, size in endless.items())
    return replace(document, blocks=blocks, notes=(*document.notes, *notes))


def _emptied(text: Emptied, endless: Container[Place]) -> Emptied:
    return replace(text, text="") if text.place in endless else text


def _from_package(data: bytes, name: str, suffix: str) -> Document:
    if suffix in (".xlsx", ".xlsm"):
        from toolkit.proof.reading.workbook import read_xlsx

        return read_xlsx(data, name)
    if suffix in (".docx", ".docm", ""):
        from toolkit.proof.reading.word_document import read_docx

        return read_docx(data, name)
    raise UnreadableFileError("不是可以校核的格式", where=name, what_to_do=_ASK)


def _decoded(data: bytes, name: str) -> str:
    """Text as Windows and Linux programs store it."""
    if b"\x00" in data[:4096] and data[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        raise UnreadableFileError("文件内容不是文字", where=name, what_to_do=_ASK)
    for encoding in ("utf-16",) if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableFileError("文字编码无法识别", where=name, what_to_do="请用记事本打开，另存为 UTF-8 编码的 .txt")
