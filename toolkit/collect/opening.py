"""Bytes into a book, by what they are and not by what the file is called; or the reason why not and what to do."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from toolkit.collect.context import Cause
from toolkit.collect.mail import attachments, is_mail
from toolkit.collect.unzip import CannotUnpackError, unpack
from toolkit.errors import UnreadableFileError
from toolkit.excel.book import Book
from toolkit.excel.read import read_workbook
from toolkit.excel.sniff import FileKind, kind_of
from toolkit.model import CellRef, Finding, Sentence, Severity

_SEEN = "文件为{kind}，读取了数值和公式；内容是否被隐藏无法核对"
_UNSEEN = "文件为{kind}，只读取了数值；公式是否被改动、内容是否被隐藏无法核对"
_PASTED = "表里没有一个公式，像是整表粘贴成了数值；只读取数值，计算结果以重算值为准"
_PASTED_HINT = "内容照常评价；今后请直接在下发的采集表上填写"
_SAVE_AS = "请在 Excel 或 WPS 中打开采集表，另存为 .xlsx 后重新报送"
_SEND_TABLE = "请报送下发的采集表（.xlsx）本身；盖章扫描件和佐证材料请另行报送"
_AT_SIGHT = {
    FileKind.ENCRYPTED: (Cause.ENCRYPTED, "文件设有打开密码，无法读取。请去除密码后重新报送"),
    FileKind.EMPTY: (Cause.EMPTY, "文件是空的（没有内容）。请检查原文件后重新报送"),
    FileKind.PDF: (Cause.NOT_A_WORKBOOK, f"文件是 PDF，不是采集表。{_SEND_TABLE}"),
    FileKind.IMAGE: (Cause.NOT_A_WORKBOOK, f"文件是图片，不是采集表。{_SEND_TABLE}"),
    FileKind.WORD: (Cause.NOT_A_WORKBOOK, f"文件是文字文档，不是采集表。{_SEND_TABLE}"),
    FileKind.SLIDES: (Cause.NOT_A_WORKBOOK, f"文件是演示文稿，不是采集表。{_SEND_TABLE}"),
    FileKind.OFD: (Cause.NOT_A_WORKBOOK, f"文件是 OFD 版式文件，不是采集表。{_SEND_TABLE}"),
    FileKind.RECORDING: (Cause.NOT_A_WORKBOOK, f"文件是音频或视频，不是采集表。{_SEND_TABLE}"),
    FileKind.IWORK: (
        Cause.NOT_A_WORKBOOK,
        "文件是苹果 Numbers、Pages 或 Keynote 文稿，读不了。请在 Numbers 中选“文件→导出为→Excel”，把导出的 .xlsx 报送",
    ),
    FileKind.HTML: (Cause.NOT_A_WORKBOOK, f"文件其实是网页，不是工作簿。{_SAVE_AS}"),
    FileKind.TEXT: (Cause.NOT_A_WORKBOOK, f"文件其实是文本或 CSV，不是工作簿。{_SAVE_AS}"),
    FileKind.UNKNOWN: (Cause.UNREADABLE, "文件已损坏、不完整或无法识别。请在 Excel 或 WPS 中确认能打开后重新报送"),
}
_ONLY_A_LINK = "文件里只有一个网址（在线文档的链接），没有采集表。请打开在线文档，下载为 .xlsx，把下载的文件报送"
_LINK, _LONGEST_LINK = re.compile(rb"https?://", re.IGNORECASE), 2_000
"""A text of at most so many bytes that holds an address is taken for one."""
_NO_ATTACHMENT = "邮件中没有附件。请把采集表作为附件发送，或直接报送采集表"
_PACKED = "文件是空的压缩包，或未能解开的压缩包（只解开 zip，最多两层）。请解压后直接报送采集表"


class CannotOpenError(Exception):
    """There is no book in the bytes; the text says why and what to do, in Chinese."""

    def __init__(self, cause: Cause, reason: str) -> None:
        super().__init__(reason)
        self.cause = cause


def refused_at_sight(data: bytes) -> bool:
    """Whether some bytes are no workbook of any kind, so that nobody has to parse them to say so."""
    return kind_of(data) in _AT_SIGHT


@dataclass(frozen=True, slots=True)
class Opened:
    """A book, and what is to be said about its file; ``values_only``: formulas did not come through."""

    book: Book
    notes: tuple[Finding, ...] = ()
    values_only: bool = False


def open_return(data: bytes, file_name: str) -> Opened:
    """The book in some bytes.

    Raises:
        CannotOpenError: not a workbook, or a damaged or dangerous one.
    """
    kind = kind_of(data)
    if is_mail(file_name, data):
        raise _of_container(attachments(data), _NO_ATTACHMENT)
    if kind in _AT_SIGHT:
        raise _not_a_workbook(kind, data)
    if kind is FileKind.ARCHIVE:
        raise _of_container(unpack(data) if data.startswith(b"PK") else (), _PACKED)
    try:
        return _with_formulas(data, file_name) if kind is FileKind.XLSX else _older(data, kind, file_name)
    except UnreadableFileError as error:
        reason = "。".join(part for part in (error.message, error.what_to_do) if part)
        raise CannotOpenError(Cause.UNREADABLE, reason) from error


def _not_a_workbook(kind: FileKind, data: bytes) -> CannotOpenError:
    if kind is FileKind.TEXT and len(data) <= _LONGEST_LINK and _LINK.search(data):
        return CannotOpenError(Cause.NOT_A_WORKBOOK, _ONLY_A_LINK)
    return CannotOpenError(*_AT_SIGHT[kind])


def _of_container(inside: Iterable[object], otherwise: str) -> CannotOpenError:
    """Why an archive or mail was not taken apart when it came in; a workbook cut off in the middle looks like one."""
    reason = otherwise
    try:
        for _ in inside:
            pass
    except CannotUnpackError as error:
        reason = str(error)
    return CannotOpenError(Cause.CANNOT_OPEN, reason)


def _with_formulas(data: bytes, file_name: str) -> Opened:
    """A workbook as it was sent out; one without a single formula was pasted as values, and that is said once."""
    book = read_workbook(data)
    if any(cell.formula for sheet in book.sheets for cell in sheet.cells.values()):
        return Opened(book)
    note = Finding("READ-55", Severity.WARNING, CellRef(file_name), _PASTED, _PASTED_HINT)
    return Opened(book, (note,), values_only=True)


def _older(data: bytes, kind: FileKind, file_name: str) -> Opened:
    """A workbook of another format: what of it cannot be seen cannot be checked, and the file says so."""
    from toolkit.excel.legacy import read_legacy

    read = read_legacy(data, kind)
    severity, template = (Severity.NOTE, _SEEN) if read.formulas_seen else (Severity.WARNING, _UNSEEN)
    message = Sentence.saying(template, kind=kind.value)
    note = Finding("READ-51", severity, CellRef(file_name), message, _SAVE_AS)
    return Opened(read.book, (note,), values_only=not read.formulas_seen)
