"""Pieces compressed one by one stand behind one another as one stream that any inflater reads."""

import random
import zlib

from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.ooxml.blocks import LAST_BLOCK, PIECE, deflated_block


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
