"""A long content compressed piece by piece, as deflate blocks that stand one behind another in one stream.

libdeflate compresses a content as a whole and marks its last block as the end of the stream. For a piece that became a
single block the mark is the first bit; taken away, and the stream filled up to a whole byte, further blocks may follow.
Every piece is inflated again before it counts, which also shows where its last bit stands.

Source: RFC 1951, 3.2.3 (a block's header), 3.2.4 (a block without compression begins at a byte).
"""

from deflate import DeflateError, deflate_compress, deflate_decompress

PIECE = 65_535
"""Bytes that the fastest level makes one block of."""
LAST_BLOCK = b"\x01\x00\x00\xff\xff"
"""An empty block that ends a stream."""
_LEVEL = 1
_UP_TO_THE_BYTE = (b"\x00\x00\xff\xff", b"\x00\x00\x00\xff\xff")
"""An empty block without compression, its three bits of header in the last byte of a stream or in a byte of its own."""


def deflated_block(content: bytes) -> bytes:
    """The content compressed; further blocks, at last :data:`LAST_BLOCK`, may follow."""
    if not content:
        return b""
    stream = bytes(deflate_compress(content, _LEVEL))
    if not stream[0] & 1:  # several blocks: where the last one begins stands nowhere
        half = len(content) // 2
        return deflated_block(content[:half]) + deflated_block(content[half:])
    open_ended = bytes((stream[0] & 0xFE,)) + stream[1:]
    return next(
        open_ended + filling for filling in _UP_TO_THE_BYTE if _inflated(open_ended + filling + LAST_BLOCK, content)
    )


def _inflated(stream: bytes, content: bytes) -> bool:
    """Whether the stream holds the content; one with the shorter filling in a wrong place is damaged."""
    try:
        return deflate_decompress(stream, len(content)) == content
    except DeflateError:
        return False
