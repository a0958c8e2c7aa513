"""What the window shows of opinions: who must keep out, and the evidence of a project beside them."""

import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from tests.pipeline.conftest import call
from toolkit import pipeline
from toolkit.operations.declaration import Asked
from toolkit.operations.memory import Memory
from toolkit.operations.reviewing import REVIEWING
from toolkit.people import Team
from toolkit.people.team import Blocked
from toolkit.pipeline.examine import opinion_board

NOW = datetime(2026, 1, 5).astimezone()
MEMORY = Memory()


@pytest.fixture
def folder(sample_made: Callable[[str], Path], tmp_path: Path) -> Path:
    return Path(shutil.copytree(sample_made("nanchang-2022"), tmp_path / "评价"))


def asked(folder: Path, name: str, **given: str) -> dict[str, object]:
    wanted = next(known for known in REVIEWING if known.name == name)
    request = wanted.asked(folder, given, NOW, lambda *_, **__: None, MEMORY)
    assert isinstance(request, Asked)
    return dict(wanted.work(request).values)


def test_recusals_and_the_second_person_are_warned_of(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = asked(folder, "view opinions")["opinions"]
    assert isinstance(rows, list)
    assert rows
    assert all(row["verified"] and row["title"] for row in rows if row["indicator"])
    name = rows[0]["evaluator"]
    blocked = Team(blocked=(Blocked(name, "1", "曾在该单位任职"),))
    monkeypatch.setattr(opinion_board, "team_of", lambda *_: blocked)
    again = asked(folder, "view opinions")["opinions"]
    assert isinstance(again, list)
    assert f"评价人{name}应回避：曾在该单位任职" in again[0]["warnings"]
    assert not any("应回避" in words for words in rows[0]["warnings"])


def test_evidence_stands_beside_the_opinions_and_is_opened_as_a_copy(folder: Path, tmp_path: Path) -> None:
    item = pipeline.load(folder).scheme.evidence[0]
    sent = tmp_path / "1_佐证"
    sent.mkdir()
    papers = {f"{item.file_stem}.txt": "批复", "不在清单里.txt": "其他", f"{item.code}_工具.exe": "MZ"}
    for name, text in papers.items():
        (sent / name).write_text(text, encoding="utf-8")
    call("collect", sent, "-w", folder)
    items = asked(folder, "view evidence", project="1")["items"]
    assert isinstance(items, list)
    came = {row["file"]: row for row in items if row["file"]}
    assert came[f"{item.file_stem}.txt"]["code"] == item.code
    assert {row["code"] for row in items} >= {known.code for known in pipeline.load(folder).scheme.evidence}
    opened = asked(folder, "view open evidence", sha256=came[f"{item.file_stem}.txt"]["sha256"])
    copy = Path(str(opened["file"]))
    assert (opened["opens"], copy.suffix, copy.read_text(encoding="utf-8")) == (True, ".txt", "批复")
    assert not copy.is_relative_to(folder)
    program = came.get(f"{item.code}_工具.exe")
    if program:
        opened = asked(folder, "view open evidence", sha256=program["sha256"])
        assert (opened["opens"], Path(str(opened["file"])).suffix) == (False, ".bin")
