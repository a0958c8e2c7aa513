"""A long content compressed piece by piece, as deflate blocks that stand one behind another in one stream.

libdeflate compresses a content as a whole and marks its last block as the end of the stream. For a piece that became a
single block the mark is the first bit; taken away, and the stream filled up to a whole byte, further blocks may follow.
Every piece is inflated again before it counts, which also shows where its last bit stands.

Source: RFC 1951, 3.2.3 (a block's header), 3.2.4 (a block without compression begins at a byte).
"""

import zlib

from deflate import deflate_compress

PIECE = 65_535
"""Bytes that the fastest level makes one block of."""
LAST_BLOCK = b"\x01\x00\x00\xff\xff"
"""An empty block that ends a stream."""
_LEVEL = 1
_UP_TO_THE_BYTE = (b"\x00\x00\xff\xff", b"\x00\x00\x00\xff\xff")
"""An empty block without compression, its three bits of header in the last byte of a stream or in a byte of its own."""


def deflated_block(content: bytes) -> bytes:
    """The content compressed; further blocks, at last :data:`LAST_BLOCK`, may follow."""
    stream = bytes(deflate_compress(content, _LEVEL))
    if not stream[0] & 1:  # several blocks: where the last one begins stands nowhere
        half = len(content) // 2
        return deflated_block(content[:half]) + deflated_block(content[half:])
    open_ended = bytes((stream[0] & 0xFE,)) + stream[1:]
    return next(
        open_ended + filling for filling in _UP_TO_THE_BYTE if _inflated(open_ended + filling + LAST_BLOCK) == content
    )


def _inflated(stream: bytes) -> bytes | None:
    """The content of a whole stream; None where it is none, or where something follows it."""
    engine = zlib.decompressobj(-15)
    try:
        content = engine.decompress(stream)
    except zlib.error:
        return None
    return content if engine.eof and not engine.unused_data else None
