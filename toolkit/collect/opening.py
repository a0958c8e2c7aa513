"""Bytes into a book, by what they are and not by what the file is called; or the reason why not and what to do."""

from dataclasses import dataclass
from io import BytesIO
from zipfile import is_zipfile

from toolkit.collect.context import Cause
from toolkit.errors import UnreadableFileError
from toolkit.excel.book import Book
from toolkit.excel.read import read_workbook
from toolkit.excel.sniff import FileKind, kind_of
from toolkit.model import CellRef, Finding, Severity

_SAVE_AS = "请在 Excel 或 WPS 中打开采集表，另存为 .xlsx 后重新报送"
_SEND_TABLE = "请报送下发的采集表（.xlsx）本身；盖章扫描件和佐证材料请另行报送"
_REFUSED = {
    FileKind.ENCRYPTED: ("文件设有打开密码，无法读取", "请去除密码后重新报送"),
    FileKind.EMPTY: ("文件是空的（没有内容）", "请检查原文件后重新报送"),
    FileKind.PDF: ("文件是 PDF，不是采集表", _SEND_TABLE),
    FileKind.IMAGE: ("文件是图片，不是采集表", _SEND_TABLE),
    FileKind.WORD: ("文件是文字文档，不是采集表", _SEND_TABLE),
    FileKind.HTML: ("文件其实是网页，不是工作簿", _SAVE_AS),
    FileKind.TEXT: ("文件其实是文本或 CSV，不是工作簿", _SAVE_AS),
    FileKind.ARCHIVE: ("文件是压缩包，不是采集表", "请解压后报送其中的采集表"),
    FileKind.UNKNOWN: ("文件已损坏、不完整或无法识别", "请在 Excel 或 WPS 中确认能打开后重新报送"),
}


_CAUSES = {
    FileKind.EMPTY: Cause.EMPTY,
    FileKind.ENCRYPTED: Cause.ENCRYPTED,
    **dict.fromkeys((FileKind.PDF, FileKind.IMAGE, FileKind.WORD, FileKind.HTML, FileKind.TEXT), Cause.NOT_A_WORKBOOK),
}


def refused_at_sight(data: bytes) -> bool:
    """Whether some bytes are no workbook of any kind, so that nobody has to parse them to say so."""
    return kind_of(data) in _CAUSES


def cause_of(data: bytes) -> Cause:
    """Why some bytes that could not be opened are refused, out of the closed list."""
    kind = kind_of(data)
    if kind is FileKind.ARCHIVE and (not data.startswith(b"PK") or is_zipfile(BytesIO(data))):
        return Cause.NOT_A_WORKBOOK
    return _CAUSES.get(kind, Cause.UNREADABLE)


@dataclass(frozen=True, slots=True)
class Opened:
    """A book, and what is to be said about the file its file; ``values_only``: formulas did not come through."""

    book: Book
    notes: tuple[Finding, ...] = ()
    values_only: bool = False


def open_return(data: bytes, file_name: str) -> Opened:
    """The book in some bytes.

    Raises:
        UnreadableFileError: not a workbook, or a damaged or dangerous one; the message says which and what to do.
    """
    kind = kind_of(data)
    if kind is FileKind.XLSX:
        return Opened(read_workbook(data))
    if kind is FileKind.ARCHIVE and data.startswith(b"PK") and not is_zipfile(BytesIO(data)):
        # A workbook cut off in the middle no longer says that it was one.
        kind = FileKind.UNKNOWN
    if kind in _REFUSED:
        message, what_to_do = _REFUSED[kind]
        raise UnreadableFileError(message, what_to_do=what_to_do)
    return _older(data, kind, file_name)


def _older(data: bytes, kind: FileKind, file_name: str) -> Opened:
    """A workbook of another format: values only, so formulas cannot be checked, and the file says so."""
    from toolkit.excel.legacy import read_legacy

    book = read_legacy(data, kind)
    message = f"文件为{kind.value}，只读取了数值；公式是否被改动无法核对"
    return Opened(
        book, (Finding("READ-51", Severity.WARNING, CellRef(file_name), message, _SAVE_AS),), values_only=True
    )
