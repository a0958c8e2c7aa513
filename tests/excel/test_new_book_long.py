"""Long sheets of which a copy of the process writes half have the bytes they have when they are written in turn."""

import os
import sys
from collections.abc import Callable
from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

import openpyxl
import pytest

from toolkit.excel import new_book_long, new_book_rows
from toolkit.excel.new_book import LongTable, Look, NewBook, NewCell, NewLink, NewRow, NewSheet, OwnCell, RowPattern
from toolkit.excel.new_book_writer import begin_sheets, write_book
from toolkit.pipeline.plan import side_by_side
from toolkit.pipeline.plan.side_by_side import in_a_copy

PATTERN = RowPattern((OwnCell(Look.WHOLE), OwnCell(Look.TEXT), NewCell("同", Look.TEXT), OwnCell(Look.TEXT)))


def long_sheet(name: str, count: int) -> NewSheet:
    """Rows with a text of their own, and one that every other row of all sheets has."""

    def rows(start: int):
        return (NewRow(PATTERN, (Decimal(n), f"{name}第{n}行", f"第{n % 7}类"), 21.0) for n in range(start, count))

    def links():
        return iter((NewLink("A2", "jixiao://A/1", "看"),))

    table = LongTable(2, count, rows, repeated=(f"{name}第{count - 1}行",))
    return NewSheet(name, {(1, 1): NewCell(name, Look.TITLE)}, links=links, table=table)


SIZES = {"甲": 250, "乙": 90, "丙": 200, "丁": 60}
LONG = {"甲": "sheet1", "丙": "sheet3"}
BOOK = NewBook("总表", tuple(long_sheet(name, count) for name, count in SIZES.items()))


@pytest.fixture(autouse=True)
def small_sheets_are_long(monkeypatch):
    """Two of the sheets are long."""
    for name, size in {"_LONG": 100, "_SECTION": 60, "_LOOKS": 2, "_SEEN": 10, "_WORTH_A_COPY": 100}.items():
        monkeypatch.setattr(new_book_long, name, size)


def begun_at_once(taken: list[bytes]) -> new_book_long.Apart:
    """The work is done here, when a copy would begin with it."""

    def apart(work: Callable[[], bytes]) -> Callable[[], bytes]:
        taken.append(work())
        return lambda: taken[-1]

    return apart


def parts(data: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_copy_is_given_as_much_as_is_left_here_with_the_short_sheets():
    """Of 1,800 cells in long sheets and 602 in short ones, which count twice, 240 are left with the short ones."""
    taken: list[bytes] = []
    assert write_book(BOOK, begun_at_once(taken)) == write_book(BOOK)
    (written,) = taken
    with ZipFile(BytesIO(written)) as archive:
        names = archive.namelist()
    assert names == [*(f"甲/{start}" for start in (60, 120, 180, 240)), *(f"丙/{start}" for start in (0, 60, 120, 180))]


def test_sheets_that_were_begun_before_the_workbook_was_drawn_are_written_apart_as_a_whole():
    taken: list[bytes] = []
    begun = begin_sheets(BOOK.sheets[:1], begun_at_once(taken))
    assert write_book(BOOK, begun_at_once(taken), begun) == write_book(BOOK)
    apart = []
    for written in taken:
        with ZipFile(BytesIO(written)) as archive:
            apart.append(archive.namelist())
    assert apart == [
        [f"甲/{start}" for start in (0, 60, 120, 180, 240)],
        [f"丙/{start}" for start in (0, 60, 120, 180)],
    ]


def test_sheets_that_were_begun_where_there_is_no_copy_are_written_with_the_workbook():
    begun = begin_sheets(BOOK.sheets[:1], new_book_long.not_apart)
    assert write_book(BOOK, begun=begun) == write_book(BOOK)


def test_nothing_is_begun_of_sheets_that_are_short():
    assert begin_sheets(BOOK.sheets[1:2], begun_at_once([])) is None


def test_every_row_is_there_with_its_texts():
    with BytesIO(write_book(BOOK)) as file:
        book = openpyxl.load_workbook(file)
    for name, count in SIZES.items():
        rows = [[cell.value for cell in row] for row in book[name].iter_rows(min_row=2)]
        assert rows == [[n, f"{name}第{n}行", "同", f"第{n % 7}类"] for n in range(count)]


def test_long_sheets_come_last_and_share_only_their_own_texts_that_many_rows_say():
    written = parts(write_book(BOOK))
    sheets = [name for name in written if name.startswith("xl/worksheets/sheet")]
    assert sheets == [f"xl/worksheets/{name}.xml" for name in ("sheet2", "sheet4", "sheet1", "sheet3")]
    shared = written["xl/sharedStrings.xml"].decode()
    assert [text in shared for text in ("乙第89行", "同", "第6类", "甲第9行", "甲第134行", "甲第249行")] == [True] * 6
    assert [text in shared for text in ("甲第10行", "丙第198行")] == [False] * 2
    assert "丙第198行" in written["xl/worksheets/sheet3.xml"].decode()


def test_without_long_sheets_every_text_is_shared_and_no_copy_is_made(monkeypatch):
    taken: list[bytes] = []
    monkeypatch.setattr(new_book_long, "_LONG", 251)
    written = parts(write_book(BOOK, begun_at_once(taken)))
    assert taken == []
    assert not any(b"inlineStr" in content for content in written.values())


def test_a_text_that_is_met_when_the_table_is_full_stands_in_its_cell(monkeypatch):
    monkeypatch.setattr(new_book_long, "_LONG", 251)
    monkeypatch.setattr(new_book_rows, "_MOST_SHARED", 150)
    written = parts(write_book(BOOK))
    assert written["xl/sharedStrings.xml"].count(b"<si>") == 150
    assert "丙第198行" in written["xl/worksheets/sheet3.xml"].decode()


def test_no_copy_is_made_for_a_few_rows(monkeypatch):
    taken: list[bytes] = []
    monkeypatch.setattr(new_book_long, "_WORTH_A_COPY", 3 * sum(SIZES.values()))
    assert write_book(BOOK, begun_at_once(taken)) == write_book(BOOK)
    assert taken == []


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere no process is copied")
def test_a_real_copy_writes_the_same_bytes(monkeypatch):
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    answers: list[bytes | None] = []

    def noted(work: Callable[[], bytes]) -> Callable[[], bytes | None]:
        answer = in_a_copy(work)

        def asked() -> bytes | None:
            answers.append(answer())
            return answers[-1]

        return asked

    assert write_book(BOOK, noted) == write_book(BOOK)
    assert [bool(answer) for answer in answers] == [True]


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere no process is copied")
def test_what_a_copy_does_not_answer_is_written_here(monkeypatch):
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    plain = write_book(BOOK)
    real = new_book_long._written
    here = os.getpid()

    def ends_early(sections):
        return real(sections) if os.getpid() == here else os._exit(3)

    monkeypatch.setattr(new_book_long, "_written", ends_early)
    assert write_book(BOOK, in_a_copy) == plain


def test_where_no_process_can_be_copied_there_is_no_answer(monkeypatch):
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    monkeypatch.setattr(side_by_side, "can_copy", lambda: False)
    assert in_a_copy(lambda: b"nothing")() is None
