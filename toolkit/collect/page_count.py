"""An evidence file looked into: can it be opened, and how many pages has it. In a worker: PDF files can be hostile."""

import logging
from dataclasses import dataclass
from io import BytesIO
from zipfile import is_zipfile

from toolkit.excel.sniff import FileKind, kind_of

_IMAGE_ENDS = {b"\x89PNG": b"IEND\xaeB`\x82", b"\xff\xd8\xff": b"\xff\xd9"}
_TAIL = 4_096  # cameras and scanners write a little behind a picture's end


@dataclass(frozen=True, slots=True)
class Look:
    """What an evidence file is. ``pages`` is None when it has none or they cannot be counted."""

    kind: str = ""
    pages: int | None = None
    openable: bool = True


def look_at(data: bytes) -> Look:
    """What can be said of an evidence file without showing it."""
    kind = kind_of(data)
    if kind is FileKind.PDF:
        pages = _pdf_pages(data)
        return Look(kind.value, pages, pages is not None)
    return Look(kind.value, None, _whole(data, kind))


def _pdf_pages(data: bytes) -> int | None:
    """Number of pages; None when the file is damaged or cannot be read without a password."""
    from pypdf import PdfReader

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        return len(PdfReader(BytesIO(data)).pages) or None
    except Exception:  # noqa: BLE001 - whatever the library stumbles over, the answer is: cannot be opened
        return None


def _whole(data: bytes, kind: FileKind) -> bool:
    if kind in (FileKind.EMPTY, FileKind.ENCRYPTED, FileKind.UNKNOWN):
        return False
    if data.startswith(b"PK"):
        return is_zipfile(BytesIO(data))
    end = next((tail for head, tail in _IMAGE_ENDS.items() if data.startswith(head)), b"")
    return end in data[-_TAIL:]
