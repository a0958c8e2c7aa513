"""Kept results: there as they were put in, or not there at all."""

import os
import sqlite3
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.cache import Cache, entry_key, program, program_state

KEY = entry_key("reading", "a", "b")


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path / "缓存.sqlite3", b"secret")


def test_what_is_put_in_comes_out(cache):
    assert cache.get(KEY) is None
    cache.put({KEY: b"\x00words" * 1_000, entry_key("other"): b""})
    assert cache.get(KEY) == b"\x00words" * 1_000
    assert cache.get_many([KEY, "unknown", entry_key("other")]) == {
        KEY: b"\x00words" * 1_000,
        entry_key("other"): b"",
    }
    assert cache.held([KEY, "unknown"]) == {KEY}


@given(st.lists(st.text(), max_size=4), st.lists(st.text(), max_size=4))
def test_other_parts_give_another_key(these, those):
    assert (entry_key("reading", *these) == entry_key("reading", *those)) == (these == those)


def test_a_result_under_another_secret_or_key_is_not_ours(cache, tmp_path):
    cache.put({KEY: b"ours"})
    assert Cache(tmp_path / "缓存.sqlite3", b"another").get(KEY) is None
    with sqlite3.connect(tmp_path / "缓存.sqlite3") as file:
        file.execute("UPDATE entry SET key = 'moved'")
    assert cache.get("moved") is None


def test_any_damaged_byte_gives_the_result_or_nothing_and_room_for_a_new_one(cache, tmp_path):
    path = tmp_path / "缓存.sqlite3"
    cache.put({KEY: os.urandom(6_000), "second": b"second"})
    whole, known = path.read_bytes(), cache.get(KEY)
    lost = 0
    for place in range(0, len(whole), 37):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 0x55]) + whole[place + 1 :])
        found = cache.get(KEY)
        assert found in (None, known)
        if found is None:
            lost += 1
            cache.put({KEY: b"made again"})
            assert cache.get(KEY) == b"made again", place
    assert lost > 100  # the result fills most of the file


@pytest.mark.parametrize("content", [b"", b"no database at all" * 100, b"SQLite format 3\x00"])
def test_a_file_that_is_no_database_is_made_anew(cache, tmp_path, content):
    (tmp_path / "缓存.sqlite3").write_bytes(content)
    assert cache.get(KEY) is None
    cache.put({KEY: b"ours"})
    assert cache.get(KEY) == b"ours"


def test_a_folder_that_is_gone_or_a_busy_file_costs_nothing_but_time(cache, tmp_path):
    nowhere = Cache(tmp_path / "none" / "缓存.sqlite3", b"secret")
    nowhere.put({KEY: b"ours"})
    assert nowhere.get(KEY) is None
    cache.put({KEY: b"before"})
    holding = sqlite3.connect(tmp_path / "缓存.sqlite3")
    holding.execute("BEGIN EXCLUSIVE")
    assert cache.get(KEY) is None
    cache.put({KEY: b"after"})
    holding.rollback()
    assert cache.get(KEY) == b"before"


def test_the_oldest_results_give_way(tmp_path):
    path = tmp_path / "缓存.sqlite3"
    cache = Cache(path, b"secret", most=50_000)
    for number in range(100):
        cache.put({f"{number}": os.urandom(1_000)})
    kept = [number for number in range(100) if cache.get(f"{number}")]
    assert kept == list(range(kept[0], 100))
    assert 20 < len(kept) < 50


def test_what_follows_from_many_originals_never_gives_way(tmp_path):
    originals = tmp_path / "原件"
    originals.mkdir()
    for number in range(100):
        (originals / f"{number}").touch()
    cache = Cache(tmp_path / "缓存.sqlite3", b"secret", most=10_000, originals=originals)
    for number in range(100):
        cache.put({f"{number}": os.urandom(25_000)})
    assert all(cache.get(f"{number}") for number in range(100))


def test_a_changed_file_of_the_program_is_another_program(tmp_path, monkeypatch):
    package = tmp_path / "toolkit"
    (package / "cache").mkdir(parents=True)
    (package / "rule.py").write_text("MARK = 1")
    monkeypatch.setattr(program, "__file__", str(package / "cache" / "program.py"))
    states = [program_state.__wrapped__()]
    (package / "rule.py").write_text("MARK = 22")
    states.append(program_state.__wrapped__())
    os.utime(package / "rule.py", ns=(1, 1))
    states.append(program_state.__wrapped__())
    (package / "__pycache__").mkdir()
    (package / "__pycache__" / "rule.pyc").write_bytes(b"")
    states.append(program_state.__wrapped__())
    assert len(set(states)) == 3
    assert states[2] == states[3]
