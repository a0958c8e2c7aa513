"""What a file is, by its bytes; its extension is never asked, units rename files freely."""

import re
import zipfile
import zlib
from enum import StrEnum
from io import BytesIO

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLD_BIFF = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00", b"\x09\x08\x08\x00")
_BIFF8_START = re.compile(rb"\x09\x08\x10\x00\x00\x06\x05\x00|\x09\x08\x08\x00\x00\x05\x05\x00")
_FILEPASS = 0x2F
_IMAGES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*", b"RIFF")
_PICTURE_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1", b"avif")
"""What telephones call their photographs where other files of the container (films) have their kind."""
_SOUND = (b"ID3", b"OggS", b"\x1aE\xdf\xa3")
_ARCHIVES = (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"MSCF")
_MARKUP = re.compile(rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|meta|table)\b", re.IGNORECASE | re.DOTALL)
_MAIN_PARTS = ("xl/workbook.xml", "xl/workbook.bin", "word/document.xml", "ppt/presentation.xml", "OFD.xml")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


class FileKind(StrEnum):
    """Kinds of files that come back; the values are what a user is told."""

    XLSX = "Excel 工作簿（.xlsx）"
    XLS = "Excel 97-2003 或 WPS 工作簿（.xls、.et）"
    XLSB = "Excel 二进制工作簿（.xlsb）"
    ODS = "OpenDocument 表格（.ods）"
    XML_TABLE = "XML 表格（Excel 2003）"
    ENCRYPTED = "加密文件"
    HTML = "网页"
    TEXT = "文本或 CSV"
    PDF = "PDF 文件"
    IMAGE = "图片"
    WORD = "Word 或 WPS 文字文档"
    SLIDES = "PPT 或 WPS 演示文稿"
    OFD = "OFD 版式文件"
    RECORDING = "音频或视频"
    IWORK = "苹果 Numbers、Pages 或 Keynote 文稿"
    ARCHIVE = "压缩包"
    EMPTY = "空文件"
    UNKNOWN = "无法识别的文件"


NO_TABLES = (
    FileKind.ENCRYPTED, FileKind.HTML, FileKind.TEXT, FileKind.PDF, FileKind.IMAGE, FileKind.WORD, FileKind.SLIDES,
    FileKind.OFD, FileKind.RECORDING, FileKind.IWORK, FileKind.EMPTY,
)  # fmt: skip
"""What is certainly no workbook, whatever its name says."""


_ZIPPED = (
    (re.compile(r"^xl/workbook\.bin$"), FileKind.XLSB),
    (re.compile(r"^xl/"), FileKind.XLSX),
    (re.compile(r"^word/"), FileKind.WORD),
    (re.compile(r"^ppt/"), FileKind.SLIDES),
    (re.compile(r"^ofd\.xml$"), FileKind.OFD),
    (re.compile(r"\.iwa$"), FileKind.IWORK),
)
"""What a member of a package is called, in small letters, and what the package then is; the first that fits."""


def kind_of(data: bytes) -> FileKind:
    """The kind of a file; a damaged workbook is still of its kind, and reading it says what is wrong."""
    if not data.strip(b"\x00 \t\r\n"):
        return FileKind.EMPTY
    if data.startswith(_OLE):
        return _ole_kind(data)
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip_kind(data)
    for marks, kind in (
        (b"%PDF", FileKind.PDF),
        (_IMAGES, FileKind.IMAGE),
        (_ARCHIVES, FileKind.ARCHIVE),
        (_SOUND, FileKind.RECORDING),
    ):
        if data.startswith(marks):
            return kind
    if data[4:8] == b"ftyp":
        return FileKind.IMAGE if data[8:12] in _PICTURE_BRANDS else FileKind.RECORDING
    return FileKind.XLS if data.startswith(_OLD_BIFF) else _text_kind(data)


def _ole_kind(data: bytes) -> FileKind:
    """Old binary files; the streams' names stand in the file as UTF-16."""

    def has(name: str) -> bool:
        return name.encode("utf-16-le") in data

    if has("EncryptedPackage"):
        return FileKind.ENCRYPTED
    if has("Workbook") or has("Book\x00"):
        return FileKind.ENCRYPTED if _has_password(data) else FileKind.XLS
    if has("PowerPoint Document"):
        return FileKind.SLIDES
    return FileKind.WORD if has("WordDocument") else FileKind.UNKNOWN


def _has_password(data: bytes) -> bool:
    """Whether the workbook stream of a .xls begins with a password record."""
    for start in _BIFF8_START.finditer(data):
        place = start.start()
        for _ in range(8):
            kind, length = (int.from_bytes(data[place + at : place + at + 2], "little") for at in (0, 2))
            if kind == _FILEPASS:
                return True
            place += 4 + length
    return False


def _zip_kind(data: bytes) -> FileKind:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = {name.replace("\\", "/").lstrip("/").casefold() for name in archive.namelist()}
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        # Cut off: the directory at the end is gone, the names before each member are not.
        names = {name.casefold() for name in _MAIN_PARTS if name.encode() in data}
    told = (kind for mark, kind in _ZIPPED if any(map(mark.search, names)))
    if kind := next(told, None):
        return kind
    if b"opendocument.spreadsheet" in data[:200] or {"content.xml", "meta-inf/manifest.xml"} <= names:
        return FileKind.ENCRYPTED if _ods_encrypted(data) else FileKind.ODS
    # The package of a workbook whose main part has an unusual name
    return FileKind.XLSX if "[content_types].xml" in names else FileKind.ARCHIVE


def _ods_encrypted(data: bytes) -> bool:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive, archive.open("META-INF/manifest.xml") as manifest:
            return b"encryption-data" in manifest.read(1_000_000)
    except (zipfile.BadZipFile, zlib.error, KeyError, OSError, ValueError, RuntimeError, EOFError):
        return False


def _text_kind(data: bytes) -> FileKind:
    head = data[:4096].removeprefix(b"\xef\xbb\xbf")
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head.decode("utf-16", "replace").encode("utf-8")
    if _MARKUP.match(head) or head[:13].upper() == b"MIME-VERSION:":
        return FileKind.HTML
    if head.lstrip().startswith(b"<?xml"):
        if b"urn:schemas-microsoft-com:office:spreadsheet" in head:
            return FileKind.XML_TABLE
        return FileKind.HTML if b"<html" in head.lower() else FileKind.UNKNOWN
    for encoding in ("utf-8", "gb18030"):
        text = head.decode(encoding, "replace")
        # A character cut in half at the end of the sample is no fault.
        if "\ufffd" not in text[:-2] and not _CONTROL.search(text):
            return FileKind.TEXT
    return FileKind.UNKNOWN
