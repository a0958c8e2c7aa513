"""Odd and hostile files of all makes: each ends in one verdict with a reason, and no file stops the batch."""

import json
import math
import os
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest

from tests.collect import reference_cells
from tests.collect.returned import clean, context
from toolkit.collect import Cause, WorkerLimits, read_batch
from toolkit.collect.opening import open_return
from toolkit.errors import UnreadableFileError
from toolkit.excel.book import Book
from toolkit.excel.legacy import read_legacy
from toolkit.excel.read import read_workbook
from toolkit.excel.sniff import FileKind, kind_of
from toolkit.model import ErrorValue

CORPUS = Path(os.environ.get("JIXIAO_CORPUS") or Path(__file__).parents[3] / "shared" / "corpus")
FILES = sorted(path for path in CORPUS.rglob("*") if path.is_file() and path.suffix not in (".md", ".tsv"))
LONG = frozenset({"188_calamine_issue_174.xlsx"})
"""Files other libraries take twenty seconds for; that they are read is tested with all the others."""
pytestmark = pytest.mark.skipif(not FILES, reason="没有找到异常文件集（可用环境变量 JIXIAO_CORPUS 指定）")
OUR_FAULTS = {Cause.OUR_FAULT}
EXPLAINED = {
    "090_libreoffic_071_fdo_74516.ods": "calamine fails on line breaks between the cells of a row",
    "092_libreoffic_col.xlsx": "line breaks around numbers of strings: calamine takes them all for 0, openpyxl fails",
    "175_xlsx2csv_formatted_inline_string.xlsx": "calamine drops the blank at the end of a run of text, openpyxl fails",
}
"""Files in which we read what the other libraries do not, and why we are right."""


def test_every_file_has_one_verdict_and_a_good_one_among_them_is_read():
    files = [(path.read_bytes(), path.name) for path in FILES]
    files.insert(len(files) // 2, (clean(), "采集表.xlsx"))
    outcomes = list(read_batch(files, context(), limits=WorkerLimits(20.0)))
    assert [one.file_name for one in outcomes] == [name for _, name in files]
    assert [one.file_name for one in outcomes if one.accepted] == ["采集表.xlsx"]
    refused = [one for one in outcomes if not one.accepted]
    assert {one.cause for one in refused} <= set(Cause) - OUR_FAULTS
    assert all(len(one.reason) > 10 for one in refused)


def opened(data: bytes) -> Book | None:
    kind = kind_of(data)
    try:
        return read_workbook(data) if kind is FileKind.XLSX else read_legacy(data, kind).book
    except UnreadableFileError:
        return None


def test_every_file_of_an_older_format_says_that_what_of_it_was_not_seen():
    said = set()
    for path in FILES:
        data = path.read_bytes()
        kind = kind_of(data)
        if kind in (FileKind.XLS, FileKind.XLSB, FileKind.ODS) and opened(data):
            one = open_return(data, path.name)
            assert one.values_only is (kind is not FileKind.ODS)
            assert [(note.code, kind.value in note.message) for note in one.notes] == [("READ-51", True)]
            said.add(path.suffix)
    assert said >= {".xls", ".xlsb", ".et", ".ods"}


def reference(path: Path, tool: str) -> dict:
    """What another library finds; nothing when it fails, hangs or dies."""
    command = [sys.executable, "-W", "ignore", reference_cells.__file__, str(path), tool]
    try:
        done = subprocess.run(command, capture_output=True, check=True, timeout=20)
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
        return {}
    return json.loads(done.stdout)


def agrees(ours: object, theirs: object) -> bool:
    if theirs is None:
        return isinstance(ours, Decimal | str)
    if isinstance(theirs, int | float) and not isinstance(theirs, bool):
        return isinstance(ours, bool | Decimal) and math.isclose(float(ours), theirs, rel_tol=1e-9, abs_tol=1e-9)
    return str(ours).strip() == str(theirs).strip()


def differences(book: Book, references: list[dict]) -> list[tuple[str, int, int]]:
    """Cells that no other library reads as we do, those among them that only we find something in."""
    found = []
    for sheet in book.sheets:
        theirs: dict[tuple[int, int], list] = {}
        for one in references:
            for place, value in one.get(sheet.name, {}).items():
                row, column = map(int, place.split(","))
                theirs.setdefault((row, column), []).append(value)
        ours = {place: cell.value for place, cell in sheet.cells.items()}
        for place in theirs.keys() | {place for place, value in ours.items() if has_content(value)}:
            if not any(agrees(ours.get(place), value) for value in theirs.get(place, ())):
                found.append((sheet.name, *place))
    return found


def has_content(value: object) -> bool:
    """Whether a value is anything but blank or an error, which the other libraries leave out."""
    return not isinstance(value, ErrorValue) and str("" if value is None else value).strip() != ""


def references(path: Path, kind: FileKind) -> list[dict]:
    """What others find in a file; calamine is no judge of what we ourselves read with it, where xlrd can read it."""
    if kind is FileKind.XLSX:
        return [reference(path, "openpyxl"), reference(path, "calamine")]
    by_xlrd = reference(path, "xlrd") if kind is FileKind.XLS else {}
    return [by_xlrd or reference(path, "calamine")]


@pytest.mark.parametrize("path", FILES, ids=[path.name[:40] for path in FILES])
def test_what_is_read_is_what_other_libraries_find(path: Path):
    if path.name in LONG and not os.environ.get("JIXIAO_FULL"):
        pytest.skip("用时较长，JIXIAO_FULL=1 时核对")
    data = path.read_bytes()
    book = opened(data)
    if book is None:
        return
    differing = differences(book, references(path, kind_of(data)))
    assert bool(differing) == (path.name in EXPLAINED), differing
