import os
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.generate.stamped import small_template
from tests.small_scheme import PROJECTS
from toolkit.generate import generate_all, workbook_name


def test_a_second_run_writes_nothing_and_a_damaged_file_is_mended(tmp_path):
    first = generate_all(PROJECTS, tmp_path, small_template())
    assert all(one.written for one in first)
    first[1].path.write_bytes(b"half")
    told = []
    again = generate_all(PROJECTS, tmp_path, small_template(), lambda done, total, _name: told.append((done, total)))
    assert [one.written for one in again] == [False, True, False]
    assert told == [(1, 3), (2, 3), (3, 3)]
    assert {path.name for path in tmp_path.iterdir()} == {one.path.name for one in again}


def test_what_a_killed_run_left_unfinished_is_swept_away(tmp_path):
    old, young, other = (tmp_path / name for name in (f".{'a' * 16}.tmp", f".{'b' * 16}.tmp", ".mine.tmp"))
    for path in (old, young, other):
        path.write_bytes(b"half")
    for path in (old, other):
        os.utime(path, (0, 0))
    generate_all(PROJECTS[:1], tmp_path, small_template())
    assert (old.exists(), young.exists(), other.exists()) == (False, True, True)


@settings(max_examples=200)
@given(st.text(max_size=150))
def test_any_project_name_gives_a_safe_file_name(name: str):
    made = workbook_name(replace(PROJECTS[0], name=name))
    assert len(made) <= 100
    assert made.startswith("001_")
    assert made.endswith(".xlsx")
    assert not set(made) & set('<>:"/\\|?*\n\r\t\0')
