"""The table of lines and tests names tests that exist."""

import re
from pathlib import Path

import pytest

import tests.trial

LINES = re.findall(r"^\| (.+?) \| (tests/\S+?\.py)(?:::(\w+))? \|$", tests.trial.__doc__ or "", re.MULTILINE)


@pytest.mark.parametrize(("line", "file", "name"), LINES)
def test_a_line_names_a_test(line: str, file: str, name: str) -> None:
    text = (Path(__file__).parents[2] / file).read_text(encoding="utf-8")
    assert re.search(rf"^def {name or 'test_'}", text, re.MULTILINE), line


def test_every_numbered_line_is_there() -> None:
    told = " ".join(line for line, _, _ in LINES)
    wanted = [*(f"A{number}" for number in range(1, 14)), *(f"B{number}" for number in range(1, 8)), *"CDEF"]
    assert [each for each in wanted if not re.search(rf"\b{each}\b", told)] == []
