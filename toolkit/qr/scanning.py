"""The QR codes on a scan: a PDF's first and last pages, or a picture. Only for the process that can be killed."""

import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from time import monotonic
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PIL import Image

_LONGEST_SIDE = 2200
"""Pixels a page is looked at with: A4 at 190 dots an inch; larger pictures are made smaller."""
_MOST_PIXELS = 150_000_000
"""A picture that would unfold to more is not opened: A3 at 900 dots an inch in grey has that many."""
_FIRST_PAGES, _LAST_PAGES = 5, 3
"""Signed pages are sent alone, or before or behind everything else."""
_SECONDS = 8.0
"""No further page is begun after so long."""
_MOST_CODES, _LONGEST_TEXT = 50, 1_000
_FORMATS = ("PNG", "JPEG", "TIFF", "BMP", "GIF", "WEBP")


@dataclass(frozen=True, slots=True)
class Codes:
    """What was found: texts in the order they were met, each once; whether there are codes and none can be read."""

    texts: tuple[str, ...] = ()
    damaged: bool = False


def codes_on(data: bytes) -> Codes:
    """The codes on a PDF or picture; none where it cannot be opened or would cost too much."""
    texts: dict[str, None] = {}
    damaged = False
    last = monotonic() + _SECONDS
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a picture's oddities; its size is looked at before it unfolds
        for picture in _pictures(data):
            for text in _codes(picture):
                damaged |= not text
                if text and len(texts) < _MOST_CODES:
                    texts[text] = None
            if monotonic() > last:
                break
    return Codes(tuple(texts), damaged and not texts)


def _codes(picture: "Image.Image") -> Iterator[str]:
    """The text of every code, "" for one that is damaged."""
    import zxingcpp

    kinds: Any = zxingcpp.BarcodeFormat.QRCode  # one or several, which its stubs do not say
    for found in zxingcpp.read_barcodes(picture, formats=kinds, try_invert=False, return_errors=True):
        yield found.text[:_LONGEST_TEXT] if found.valid else ""


def _pictures(data: bytes) -> Iterator["Image.Image"]:
    yield from _pages(data) if data[:1024].lstrip().startswith(b"%PDF") else _picture(data)


def _pages(data: bytes) -> Iterator["Image.Image"]:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:  # damaged, or with a password
        return
    count = len(document)
    for number in sorted({*range(min(count, _FIRST_PAGES)), *range(max(0, count - _LAST_PAGES), count)}):
        try:
            page = document[number]
            scale = _LONGEST_SIDE / max(*page.get_size(), 1.0)
            yield page.render(scale=scale, grayscale=True).to_pil()
        except (pypdfium2.PdfiumError, ValueError):  # this page is damaged; the others may not be
            continue


def _picture(data: bytes) -> Iterator["Image.Image"]:
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(BytesIO(data), formats=_FORMATS) as opened:
            if opened.width * opened.height > _MOST_PIXELS:
                return
            opened.draft("L", _fitting(opened.size))
            yield _smaller(opened)
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError, EOFError):
        return


def _smaller(opened: "Image.Image") -> "Image.Image":
    picture = opened.convert("L")
    picture.thumbnail(_fitting(picture.size))
    return picture


def _fitting(size: tuple[int, int]) -> tuple[int, int]:
    scale = min(1.0, _LONGEST_SIDE / max(size))
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))
