"""A text as the picture of a QR code, the same bytes for the same text on every machine."""

import struct
import zlib
from typing import Any

from deflate import zlib_compress

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_SCALE = 8
"""Pixels a module is wide and high: one byte of a picture with one bit for each pixel, so that rows are made of bytes.

Printed at three centimetres a spreadsheet program need not blur it.
"""

_MASK = 3
"""One of the eight patterns that break up large areas of one colour. Trying all of them takes seven times as long."""


def code_picture(text: str) -> bytes:
    """A PNG, black on white with the quiet zone around it; a seventh of it may be soiled and it still can be read.

    Raises:
        ValueError: longer than a code can hold (2,331 bytes).
    """
    import zxingcpp

    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M", data_mask=_MASK)
    image: Any = code.to_image(scale=1, add_quiet_zones=True)  # a buffer, which its stubs do not say
    height, width = image.shape
    modules = memoryview(image).tobytes()
    rows = (b"\0" + modules[start : start + width] for start in range(0, width * height, width))
    head = struct.pack(">IIBBBBB", width * _SCALE, height * _SCALE, 1, 0, 0, 0, 0)
    content = zlib_compress(b"".join(row * _SCALE for row in rows), 1)
    return _SIGNATURE + _chunk(b"IHDR", head) + _chunk(b"IDAT", bytes(content)) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
