"""Copies of this process that give one answer: several at a time, large ones, and those that give none."""

import os
import time

import pytest

from toolkit.collect.child import AnsweringCopy, can_copy, own_pipes, write_frame

LARGE = 300_000
"""More than a pipe holds."""

pytestmark = pytest.mark.skipif(not can_copy(), reason="processes are copied on Linux alone, before there are threads")


def saying(content):
    """What a copy does that answers with some bytes."""
    return lambda: write_frame(own_pipes()[1], content)


def test_answers_are_asked_for_in_any_order_and_copies_are_still_made():
    copies = [AnsweringCopy(saying(bytes([65 + number]) * LARGE)) for number in range(3)]
    assert can_copy()
    answers = [copy.answer(LARGE, 60) for copy in reversed(copies)]
    assert answers == [b"C" * LARGE, b"B" * LARGE, b"A" * LARGE]


@pytest.mark.parametrize(
    ("serve", "most", "seconds"),
    [
        pytest.param(lambda: None, LARGE, 60, id="it ends without a word"),
        pytest.param(lambda: os.write(1, b"\x00\x00"), LARGE, 60, id="it ends within one"),
        pytest.param(saying(b"A" * LARGE), LARGE - 1, 60, id="it says too much"),
        pytest.param(lambda: time.sleep(60), LARGE, 0.05, id="it says nothing in time"),
    ],
)
def test_where_no_answer_comes_nothing_is_left_of_the_copy(serve, most, seconds):
    copy = AnsweringCopy(serve)
    assert copy.answer(most, seconds) is None
    with pytest.raises(ChildProcessError):
        os.waitpid(copy._process._id, os.WNOHANG)
