"""A long workbook whose sheets are written beside one another has the bytes it has when they are written in turn."""

import os
import sys
from collections.abc import Callable
from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

import pytest

from toolkit.excel import new_book_rows, new_book_sheets
from toolkit.excel.new_book import LongTable, Look, NewBook, NewCell, NewLink, NewRow, NewSheet, OwnCell, RowPattern
from toolkit.excel.new_book_writer import write_book
from toolkit.pipeline.plan import side_by_side
from toolkit.pipeline.plan.side_by_side import in_a_copy

PATTERN = RowPattern((OwnCell(Look.WHOLE), OwnCell(Look.TEXT), NewCell("同", Look.TEXT), OwnCell(Look.TEXT)))


def long_sheet(name: str, count: int) -> NewSheet:
    """Rows with a text of their own, and one that every other row of all sheets has."""

    def rows(start: int):
        return (NewRow(PATTERN, (Decimal(n), f"{name}第{n}行", f"第{n % 7}类"), 21.0) for n in range(start, count))

    def links():
        return iter((NewLink("A2", "jixiao://A/1", "看"),))

    return NewSheet(name, {(1, 1): NewCell(name, Look.TITLE)}, links=links, table=LongTable(2, count, rows))


SIZES = {"甲": 250, "乙": 90, "丙": 200, "丁": 60}
BOOK = NewBook("总表", tuple(long_sheet(name, count) for name, count in SIZES.items()))


@pytest.fixture(autouse=True)
def few_texts_are_shared(monkeypatch):
    """The table is full in the middle of the first sheet."""
    monkeypatch.setattr(new_book_rows, "_MOST_SHARED", 150)
    monkeypatch.setattr(new_book_sheets, "_WORTH_A_COPY", 100)


def begun_at_once(taken: list[bytes]) -> new_book_sheets.Apart:
    """The work is done here, when a copy would begin with it."""

    def apart(work: Callable[[], bytes]) -> Callable[[], bytes]:
        taken.append(work())
        return lambda: taken[-1]

    return apart


def test_the_sheets_left_when_the_texts_are_full_are_divided_by_how_much_they_hold():
    taken: list[bytes] = []
    assert write_book(BOOK, begun_at_once(taken)) == write_book(BOOK)
    (written,) = taken
    with ZipFile(BytesIO(written)) as archive:
        assert archive.namelist() == ["xl/worksheets/sheet3.xml", "xl/worksheets/sheet2.xml"]


def test_a_book_whose_texts_fit_into_the_table_is_written_here_alone(monkeypatch):
    taken: list[bytes] = []
    monkeypatch.setattr(new_book_rows, "_MOST_SHARED", 3 * sum(SIZES.values()))
    assert write_book(BOOK, begun_at_once(taken)) == write_book(BOOK)
    assert taken == []


def test_no_copy_is_made_for_a_few_rows(monkeypatch):
    taken: list[bytes] = []
    monkeypatch.setattr(new_book_sheets, "_WORTH_A_COPY", 3 * sum(SIZES.values()))
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
    real = new_book_sheets.SheetParts._written_apart
    here = os.getpid()

    def ends_early(self, names):
        return real(self, names) if os.getpid() == here else os._exit(3)

    monkeypatch.setattr(new_book_sheets.SheetParts, "_written_apart", ends_early)
    assert write_book(BOOK, in_a_copy) == plain


def test_where_no_process_can_be_copied_there_is_no_answer(monkeypatch):
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    monkeypatch.setattr(side_by_side, "can_copy", lambda: False)
    assert in_a_copy(lambda: b"nothing")() is None
