"""Files to documents: one module a kind of file, told apart by their bytes first and their names second."""

from pathlib import PurePath

from toolkit.errors import UnreadableFileError
from toolkit.proof.document import Document
from toolkit.proof.reading.text_lines import read_text

SUFFIXES = (".docx", ".pdf", ".xlsx", ".txt")
_ASK = "请给出 .docx、.pdf、.xlsx 或 .txt 文件；其他格式请先在 Word 或 WPS 中另存"

__all__ = ["SUFFIXES", "read_document", "read_text"]


def read_document(data: bytes, name: str) -> Document:
    """A report from the bytes of its file.

    Raises:
        UnreadableFileError: it is none of the kinds, damaged, encrypted or built to do harm; says which.
        MissingProgramError: a PDF, and the library that reads it is not installed.
    """
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
