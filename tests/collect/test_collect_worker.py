"""A worker that hangs, dies or fails costs one verdict."""

import os
import time

from tests.collect.returned import clean, context, read
from toolkit.collect.reading import read_return
from toolkit.collect.worker import IsolatedReader, WorkerLimits, read_batch


def moody(data: bytes, file_name: str, known):
    """A reader with a weakness for certain names."""
    if file_name == "hang":
        time.sleep(60)
    if file_name == "die":
        os._exit(134)
    if file_name == "fail":
        raise ValueError("坏")
    if file_name == "shout":
        os.write(2, b"thread panicked at ...")
    if file_name == "eat":
        return bytearray(10**10)
    return read_return(data, file_name, known)


def test_one_bad_file_never_stops_a_batch():
    names = ["好", "hang", "die", "好2", "fail", "eat", "好3"]
    outcomes = list(read_batch(((clean(), name) for name in names), context(), limits=WorkerLimits(6.0), read=moody))
    assert [one.file_name for one in outcomes] == names
    assert [one.accepted for one in outcomes] == [True, False, False, True, False, False, True]
    reasons = [one.reason for one in outcomes if not one.accepted]
    assert [word in reason for word, reason in zip(("时限", "异常退出", "坏", "Memory"), reasons, strict=True)] == [
        True
    ] * 4


def test_what_a_library_prints_is_not_shown(capfd):
    with IsolatedReader(context(), read=moody) as reader:
        assert reader.read(clean(), "shout").accepted
    assert capfd.readouterr().err == ""


def test_the_worker_gives_the_same_answer():
    with IsolatedReader(context()) as reader:
        assert reader.read(clean(), "表.xlsx") == read(clean(), "表.xlsx")
        assert not reader.read(b"%PDF", "表.xlsx").accepted
