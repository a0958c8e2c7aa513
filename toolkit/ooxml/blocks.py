"""A long content compressed piece by piece, as deflate blocks that stand one behind another in one stream.

libdeflate compresses a content as a whole and marks its last block as the end of the stream. For a piece that became a
single block the mark is the first bit; taken away, and the stream filled up to a whole byte, further blocks may follow.
Every piece is inflated again before it counts, which also shows where its last bit stands.

Source: RFC 1951, 3.2.3 (a block's header), 3.2.4 (a block without compression begins at a byte).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from deflate import DeflateError, crc32, deflate_compress, deflate_decompress

PIECE = 65_535
"""Bytes that the fastest level makes one block of."""
LAST_BLOCK = b"\x01\x00\x00\xff\xff"
"""An empty block that ends a stream."""
_LEVEL = 1
_ZEROS = bytes(2**20)
_UP_TO_THE_BYTE = (b"\x00\x00\xff\xff", b"\x00\x00\x00\xff\xff")
"""An empty block without compression, its three bits of header in the last byte of a stream or in a byte of its own."""


@dataclass(frozen=True, slots=True)
class Blocks:
    """Part of a content, compressed: further blocks, at last :data:`LAST_BLOCK`, may follow.

    Attributes:
        checksum, size: CRC-32 and length of what the blocks hold. Units: bytes.
    """

    checksum: int = 0
    size: int = 0
    payload: bytes = b""


def compressed(content: Iterable[bytes]) -> Iterator[Blocks]:
    """A content, however it is cut, in pieces of one length but the last; each compressed when it is asked for."""
    waiting = bytearray()
    for some in content:
        waiting += some
        while len(waiting) >= PIECE:
            yield _compressed(bytes(waiting[:PIECE]))
            del waiting[:PIECE]
    if waiting:
        yield _compressed(bytes(waiting))


def _compressed(piece: bytes) -> Blocks:
    return Blocks(crc32(piece), len(piece), deflated_block(piece))


def joined(several: Iterable[Blocks]) -> Blocks:
    """Parts of a content one behind another as one."""
    size = checksum = 0
    payload = bytearray()
    for blocks in several:
        checksum, size = checksum_of_both(checksum, blocks.checksum, blocks.size), size + blocks.size
        payload += blocks.payload
    return Blocks(checksum, size, bytes(payload))


def checksum_of_both(first: int, second: int, length: int) -> int:
    """CRC-32 of two contents one behind the other, from that of each and the length of the second.

    A content's checksum is that of as many zeros, begun with what stood before, changed by what the content itself
    changes in it; zeros begun with nothing are taken away again. Units: bytes.
    """
    return second ^ _over_zeros(length, first) ^ _over_zeros(length, 0)


def _over_zeros(length: int, before: int) -> int:
    whole, rest = divmod(length, len(_ZEROS))
    for _ in range(whole):
        before = crc32(_ZEROS, before)
    return crc32(_ZEROS[:rest], before)


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
