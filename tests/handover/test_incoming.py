"""A log from outside: what is taken in, what is refused and why, whatever stands in its lines."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tests.handover.test_one_state import KEY, START, chained
from toolkit.handover import judged_logs, parse_log
from toolkit.handover.incoming import Known
from toolkit.ledger import Log, log_line
from toolkit.ledger.event import NewEvent
from toolkit.ledger.kinds import FileReceived, Initialised
from toolkit.model import Finding, Severity

NOW = datetime(2026, 2, 1, 9, tzinfo=UTC)
PLACE = "交回/日志/甲.jsonl"


def log_of(*moments: datetime, number: str = "1") -> Log:
    """A log that begins the evaluation PJ and notes a file at each moment."""
    began = NewEvent(Initialised(number=number), START, f"initialised:{number}", subject="PJ")
    files = [
        NewEvent(FileReceived(file="1.xlsx", size=1, folder=""), at, f"received:{at_place}", subject=f"{at_place}")
        for at_place, at in enumerate(moments)
    ]
    return chained([began, *files])


LOG = log_of(START + timedelta(days=1), START + timedelta(days=2))
TEXT = "".join(map(log_line, LOG))


def judged(text: str | bytes, logs: Mapping[str, Log] | None = None) -> tuple[list[int], list[tuple[str, str]]]:
    """How long the logs are that are taken in, and code with line of what is found."""
    data = text.encode() if isinstance(text, str) else text
    new, found = judged_logs([parse_log(PLACE, data)], Known("PJ", KEY, logs or {}, NOW))
    return [len(log) for log in new.values()], [(finding.code, finding.at.cell) for finding in found]


def test_a_log_whose_chain_holds_is_taken_in_with_or_without_a_mark_of_its_encoding() -> None:
    assert judged(TEXT) == ([3], [])
    assert judged(b"\xef\xbb\xbf" + TEXT.encode()) == ([3], [])
    assert judged(TEXT.rstrip("\n")) == ([3], [])


def test_only_what_is_longer_than_known_is_new() -> None:
    name = LOG[0].hash
    assert judged(TEXT, {name: LOG[:2]}) == ([3], [])
    assert judged(TEXT, {name: LOG}) == ([], [])
    assert judged("".join(map(log_line, LOG[:2])), {name: LOG}) == ([], []), "an old copy takes nothing away"


LINES = TEXT.splitlines(keepends=True)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (b"\xff\xfe\x00", [("MERGE-02", "")]),
        ("", [("MERGE-02", "")]),
        (LINES[0] + "{}\n" + LINES[1], [("MERGE-02", "第2行")]),
        (TEXT.replace("1.xlsx", "2.xlsx", 1), [("MERGE-02", "第2行")]),
        (LINES[0] + LINES[2], [("MERGE-02", "第2行")]),  # one line taken out
        (LINES[1] + LINES[2], [("MERGE-04", "第1行")]),  # the beginning taken out
        (TEXT.replace('"PJ"', '"另一次"', 1), [("MERGE-04", "第1行")]),
    ],
    ids=["no text", "empty", "no event", "altered", "a line taken out", "no beginning", "another evaluation"],
)
def test_what_is_wrong_is_told_with_its_line_and_nothing_is_taken_in(
    text: str | bytes, found: list[tuple[str, str]]
) -> None:
    assert judged(text) == ([], found)


def test_of_a_file_that_is_no_log_twenty_lines_are_told() -> None:
    assert judged("nothing\n" * 50) == ([], [("MERGE-02", f"第{line}行") for line in range(1, 21)])


def test_a_log_continued_in_two_places_is_told_where_it_parts() -> None:
    other = log_of(START + timedelta(days=1), START + timedelta(days=3))
    new, found = judged("".join(map(log_line, other)), {LOG[0].hash: LOG})
    assert (new, found) == ([], [("MERGE-03", "第3行")])


def clock_of(*moments: datetime) -> list[Finding]:
    _, found = judged_logs(
        [parse_log(PLACE, "".join(map(log_line, log_of(*moments))).encode())], Known("PJ", KEY, {}, NOW)
    )
    return list(found)


def test_a_clock_may_be_off_by_a_day_to_either_side() -> None:
    assert clock_of(NOW + timedelta(days=1)) == []
    assert clock_of(NOW, NOW - timedelta(days=1)) == []


def test_a_clock_that_is_off_by_more_is_a_warning_and_keeps_nothing_out() -> None:
    (ahead,) = clock_of(NOW + timedelta(days=3), NOW + timedelta(days=3, hours=1))
    assert (ahead.code, ahead.severity, ahead.at.cell) == ("MERGE-05", Severity.WARNING, "第2行"), "told once"
    assert "比本机快3天" in ahead.message
    (back,) = clock_of(NOW, NOW - timedelta(days=5))
    assert (back.at.cell, "早5天" in back.message) == ("第3行", True)


@pytest.mark.parametrize(
    "moment", ["0001-01-01T00:00:00+00:00", "0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59"]
)
@pytest.mark.parametrize("at", range(3))
def test_the_ends_of_the_calendar_break_nothing(moment: str, at: int) -> None:
    """Somebody altered a line to a time before which, or after which, there is no day."""
    events = [replace(event, at=moment) if number == at else event for number, event in enumerate(LOG)]
    new, found = judged("".join(map(log_line, events)))
    assert new == []
    assert ("MERGE-02", f"第{at + 1}行") in found
