"""Names nobody should choose, and runs cut short: no unsafe path, nothing overwritten, nothing half written."""

import os
import random
import sys
import time
from dataclasses import replace
from io import BytesIO
from multiprocessing import get_context
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.generate.stamped import small_template
from tests.small_scheme import PROJECTS
from toolkit.excel.files import safe_file_name, unique_names
from toolkit.generate import generate_all, workbook_name
from toolkit.model import Project

PIECES = (
    "../", "..\\", "C:\\", "/etc/passwd", "CON", "nul.txt", "COM1", "LPT9.", "aux", " . ", "…", "\u202e", "\u200b",
    "\x00", "\r\n", "\t", "<b>", '"', "|", "?", "*", ":", "~$", "%2e%2e", "=cmd|' /C calc'!A0", "{{ 7*7 }}", "名称",
    "超长" * 90, "é", "e\u0301", "ﬁ", "Ａ", "a", "A", "\ud800", "😀", ".xlsx", "(2)", "$(rm -rf)", "`id`", "&", "'",
)  # fmt: skip
RESERVED = {"CON", "PRN", "AUX", "NUL", *(f"{port}{number}" for port in ("COM", "LPT") for number in range(1, 10))}
KILLS = int(os.environ.get("JIXIAO_KILLS", "12"))


def hostile(count: int) -> list[str]:
    dice = random.Random(20241121)  # noqa: S311 - the same names on every run
    return ["".join(dice.choices(PIECES, k=dice.randint(1, 5))) for _ in range(count)]


def is_safe(name: str) -> bool:
    stem = name.split(".", maxsplit=1)[0].rstrip().upper()
    forbidden = set('<>:"/\\|?*') & set(name) or any(ord(char) < 32 or 0xD800 <= ord(char) < 0xE000 for char in name)
    return not forbidden and stem not in RESERVED and name == name.strip(" .") and 0 < len(name) <= 100


def test_ten_thousand_hostile_names_give_safe_and_different_paths():
    texts = hostile(10_000)
    projects = [replace(PROJECTS[0], id=str(number % 7), name=text) for number, text in enumerate(texts)]
    books = unique_names(workbook_name(one) for one in projects)
    units = unique_names(safe_file_name(text) for text in texts)
    for names in (books, units):
        assert [name for name in names if not is_safe(name[:100])] == []
        assert len({name.casefold() for name in names}) == len(texts), "one file would overwrite another"


def test_hostile_names_on_disk(tmp_path):
    projects = [replace(PROJECTS[0], id="1", name=text, unit=text) for text in hostile(40)]
    made = generate_all(projects, tmp_path / "out", small_template())
    assert {one.path.resolve().parent for one in made} == {(tmp_path / "out").resolve()}
    assert len(list((tmp_path / "out").iterdir())) == 40 == len({one.path for one in made})
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_four_threads_write_the_same_files_as_one(tmp_path):
    projects = [replace(PROJECTS[number % 3], id=str(number + 1)) for number in range(90)]
    told: list[int] = []
    four = generate_all(projects, tmp_path / "four", small_template(), lambda done, *_: told.append(done), workers=4)
    one = generate_all(projects, tmp_path / "one", small_template(), workers=1)
    assert told == list(range(1, 91))
    assert [(made.path.name, made.sha256) for made in four] == [(made.path.name, made.sha256) for made in one]
    assert [made.path.read_bytes() for made in four] == [made.path.read_bytes() for made in one]
    assert not any(made.written for made in generate_all(projects, tmp_path / "one", small_template(), workers=4))


def _again_and_again(projects: list[Project], folder: Path) -> None:
    while True:
        generate_all(projects, folder, small_template())
        for path in folder.glob("*.xlsx"):
            path.unlink()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot fork the process that is killed")
def test_killed_at_any_moment_nothing_is_half_written(tmp_path):
    projects = [replace(PROJECTS[number % 3], id=str(number + 1)) for number in range(40)]
    right = {workbook_name(one): small_template().stamp(one) for one in projects}
    out, dice = tmp_path / "out", random.Random(7)  # noqa: S311 - chance, not secrecy
    for _ in range(KILLS):
        _killed(projects, out, dice.uniform(0.0, 0.25))
        left = {path.name: path.read_bytes() for path in out.glob("*.xlsx")}
        assert all(right[name] == data for name, data in left.items()), "a file is half written or of another project"
        times = {path.name: path.stat().st_mtime_ns for path in out.glob("*.xlsx")}
        again = generate_all(projects, out, small_template())
        assert {one.path.name for one in again if not one.written} == left.keys(), "right files are left alone"
        assert {name: (out / name).stat().st_mtime_ns for name in left} == times
        assert {path.name: path.read_bytes() for path in out.glob("*.xlsx")} == right


def _killed(projects: list[Project], out: Path, after: float) -> None:
    process = get_context("fork").Process(target=_again_and_again, args=(projects, out))
    process.start()
    time.sleep(after)
    process.kill()
    process.join()


def test_a_stamped_file_is_a_whole_zip():
    with ZipFile(BytesIO(small_template().stamp(PROJECTS[0]))) as archive:
        assert archive.testzip() is None
