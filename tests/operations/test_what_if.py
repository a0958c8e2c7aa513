"""假设分析 and decisions taken together, on the published single-project sample."""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest

from toolkit import pipeline
from toolkit.errors import WorkspaceError
from toolkit.operations import BadRequest, operation
from toolkit.operations.memory import Memory
from toolkit.pipeline.examine.results import results
from toolkit.pipeline.examine.what_if import Supposed, what_if

NOW = datetime(2026, 1, 5).astimezone()


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("supposed") / "南昌"
    pipeline.initialise(folder, "nanchang-2022", NOW)
    pipeline.collect(pipeline.load(folder), (), NOW)
    return folder


@pytest.fixture
def asked(workspace: Path) -> Iterator:
    memory = Memory()

    def ask(name: str, **given: object) -> dict:
        chosen = operation(name)
        return chosen.work(chosen.asked(workspace, given, NOW, lambda *_, **__: None, memory)).values

    return ask


def test_nothing_supposed_changes_nothing(asked) -> None:
    (row,) = asked("view what if")["projects"]
    assert row["total_before"] == row["total_after"] == "93.50"
    assert (row["grade_after"], row["rank_after"], row["moved"]) == ("优", 1, 0)


def test_bands_move_grades_and_nothing_else(asked) -> None:
    (row,) = asked("view what if", bands="优=95")["projects"]
    assert (row["grade_before"], row["grade_after"], row["difference"]) == ("优", "良", "0.00")


def test_weights_count_at_the_score_rate_of_each_indicator(asked, workspace: Path) -> None:
    known = asked("view suppositions")
    lines = pipeline.score(pipeline.load(workspace), NOW).sheets[0].lines
    lost = min(lines, key=lambda line: line.score / line.full_mark)
    full = next(line for line in lines if line.score == line.full_mark > 1)
    marks = {row["code"]: Decimal(row["full_mark"]) for row in known["weights"]}
    text = f"{lost.code}={marks[lost.code] + 1}；{full.code}={marks[full.code] - 1}"
    (row,) = asked("view what if", weights=text)["projects"]
    assert Decimal(row["difference"]) == (lost.score / lost.full_mark - 1).quantize(Decimal("0.01"))


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"weights": "A999=3"}, "方案中没有指标A999"),
        ({"bands": "优=70"}, "从高到低"),
        ({"bands": "特优=99"}, "方案中没有等级“特优”"),
        ({"item": "没有", "project": "1", "value": "1"}, "没有取值项“没有”"),
        ({"item": "没有", "project": "9", "value": "1"}, "没有项目9"),
    ],
)
def test_what_cannot_be_supposed_is_said(asked, given: dict[str, str], words: str) -> None:
    with pytest.raises(WorkspaceError, match=words):
        asked("view what if", **given)


def test_weights_that_do_not_add_up_say_by_how_much(asked) -> None:
    first = asked("view suppositions")["weights"][0]
    more = Decimal(first["full_mark"]) + 2
    with pytest.raises(WorkspaceError, match="再减2"):
        asked("view what if", weights=f"{first['code']}={more}")
    with pytest.raises(BadRequest, match="应写成"):
        asked("view what if", weights="A101：三")


def test_nothing_is_written(workspace: Path) -> None:
    evaluation = pipeline.load(workspace)
    before = {path: path.stat().st_mtime_ns for path in workspace.rglob("*") if path.is_file()}
    what_if(evaluation, results(evaluation, NOW.date()), Supposed())
    assert {path: path.stat().st_mtime_ns for path in workspace.rglob("*") if path.is_file()} == before


def test_decisions_together_are_taken_or_refused_each_for_itself(asked) -> None:
    wanted = [
        {"project": "1", "code": "NONE-01", "action": "豁免", "by": "张三", "reason": "已核对", "cell": ""},
        {"project": "7", "code": "FUND-01", "action": "豁免", "by": "", "reason": "", "cell": ""},
    ]
    done = asked("resolve together", decisions=wanted)
    assert done["decisions"] == []
    assert [row["project"] for row in done["refused"]] == ["1", "7"]
    assert "没有这个问题" in done["refused"][0]["message"]
    assert "处理人和理由" in done["refused"][1]["message"]
    with pytest.raises(BadRequest, match="没有处理方式"):
        asked("resolve together", decisions=[{"action": "忽略"}])
    with pytest.raises(BadRequest, match="核定的写明核定值"):
        asked("resolve together", decisions=[{"action": "核定"}])
