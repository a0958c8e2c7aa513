"""Pieces compressed one by one stand behind one another as one stream that any inflater reads."""

import random
import zlib

from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.ooxml.blocks import LAST_BLOCK, PIECE, compressed, deflated_block, joined


def read(stream: bytes) -> bytes:
    engine = zlib.decompressobj(-15)
    content = engine.decompress(stream)
    assert engine.eof
    assert engine.unused_data == b""
    return content


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(st.binary(max_size=200), st.text("<c r=\"1'/>是", max_size=300).map(str.encode)), max_size=8))
def test_pieces_read_back_as_one_content(pieces: list[bytes]) -> None:
    assert read(b"".join(map(deflated_block, pieces)) + LAST_BLOCK) == b"".join(pieces)


def test_what_hardly_shrinks_becomes_several_blocks() -> None:
    noise = random.Random(7).randbytes(PIECE)  # noqa: S311 - the same bytes each time
    assert read(deflated_block(noise) + deflated_block(b"end") + LAST_BLOCK) == noise + b"end"


@settings(max_examples=50, deadline=None)
@given(st.lists(st.binary(max_size=40), max_size=6), st.integers(0, 6), st.sampled_from([1, 3, 5_000]))
def test_contents_compressed_apart_have_the_checksum_of_the_whole(few: list[bytes], cut: int, times: int) -> None:
    pieces = [piece * times for piece in few]
    whole = joined([joined(compressed(pieces[:cut])), joined(compressed(pieces[cut:]))])
    content = b"".join(pieces)
    assert (whole.checksum, whole.size) == (zlib.crc32(content), len(content))
    assert read(whole.payload + LAST_BLOCK) == content
