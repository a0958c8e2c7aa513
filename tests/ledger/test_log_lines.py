"""A line of a laptop's log is an event or none, whatever somebody wrote there."""

import json

import pytest

from toolkit.ledger import Event, log_line, read_line

EVENT = Event(
    7, "2026-01-05T09:00:00+08:00", "received", "3", "市数据局", "9f", '{"文件":"表.xlsx"}', "once", "0" * 64, "a" * 64
)
COLUMNS = json.loads(log_line(EVENT))


def changed(place: int, value: object) -> str:
    """The line with another value in one of its columns."""
    return json.dumps([*COLUMNS[:place], value, *COLUMNS[place + 1 :]])


def test_a_line_reads_back_as_its_event_and_is_one_line() -> None:
    line = log_line(EVENT)
    assert read_line(line) == EVENT
    assert line.count("\n") == 1
    assert "市数据局" in line, "people read logs"


@pytest.mark.parametrize(
    "line",
    [
        "", "{}", "null", "7", "[", "[" * 100_000, json.dumps(COLUMNS[:-1]), json.dumps([*COLUMNS, "more"]),
        changed(0, "7"), changed(0, 7.0), changed(0, True), changed(0, None), changed(3, 3), changed(8, None),
        changed(1, "2026-01-05T09:00:00"), changed(1, "yesterday"), changed(1, ""),
        changed(6, "[]"), changed(6, "words"), changed(6, "[" * 100_000),
    ],
    ids=lambda line: line[:30],
)  # fmt: skip
def test_anything_else_is_no_event(line: str) -> None:
    """A number in quotes, a time without its zone, details that are no object: a reader would fall over each."""
    assert read_line(line) is None
