"""Decisions that wait: taken, undone, kept over a restart, recorded before a run."""

import json
from pathlib import Path

import pytest

from tests.desktop.fake_engine import FakeEngine, board
from toolkit.desktop.state.pending import ACCEPT, OVERRIDE, WAIVE, CannotDecide, Pending, key_of
from toolkit.desktop.state.session import Finished, Refused, Session


def row(project: str, code: str, cell: str = "C9", sheet: str = "资金情况") -> dict[str, str]:
    return {"project": project, "code": code, "sheet": sheet, "cell": cell}


@pytest.fixture
def folder(tmp_path: Path) -> str:
    (tmp_path / ".jixiao").mkdir()
    return str(tmp_path)


def test_batches_are_undone_one_by_one_the_latest_first(folder: str) -> None:
    pending = Pending()
    pending.open(folder)
    assert pending.decide([row("1", "FUND-01"), row("2", "FUND-01")], WAIVE, "", "张三", "已核对") == 2
    assert pending.decide([row("3", "MISS-01", "")], OVERRIDE, "12.5", "张三", "见合同") == 1
    assert pending.count == 3
    assert pending.words()[key_of(row("3", "MISS-01", ""))] == "核定12.5（张三）"
    assert pending.undo() == 1
    assert pending.undo() == 2
    assert pending.undo() == 0
    assert pending.count == 0
    assert not (Path(folder) / ".jixiao" / "待记入的处理意见.json").exists()


def test_a_finding_decided_again_has_only_the_later_decision(folder: str) -> None:
    pending = Pending()
    pending.open(folder)
    pending.decide([row("1", "FUND-01")], WAIVE, "", "张三", "甲")
    pending.decide([row("1", "FUND-01")], ACCEPT, "不算", "李四", "乙")
    assert [wanted["action"] for wanted in pending.all()] == [ACCEPT]
    assert pending.all()[0]["value"] == ""
    assert pending.all()[0]["cell"] == "资金情况!C9"
    assert pending.count == 1


def test_undoing_the_later_decision_leaves_the_earlier_one_also_after_a_restart(folder: str) -> None:
    """Taking back a correction of one of two decisions took both away from that finding."""
    pending = Pending()
    pending.open(folder)
    pending.decide([row("1", "FUND-01"), row("2", "FUND-01")], WAIVE, "", "张三", "甲")
    pending.decide([row("1", "FUND-01")], OVERRIDE, "9", "李四", "乙")
    pending = Pending()
    pending.open(folder)
    assert pending.undo() == 1
    assert [(wanted["project"], wanted["action"], wanted["by"]) for wanted in pending.all()] == [
        ("1", WAIVE, "张三"),
        ("2", WAIVE, "张三"),
    ]


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([], "先在表中选中"),
        ([row("1", "A"), row("", "BATCH-01")], "选中的2条里有1条不属于某个项目（BATCH-01），"),
        ([row("1", "A")], "填写核定值；填写姓名；填写理由"),
    ],
)
def test_what_is_missing_is_said_at_once(folder: str, rows: list[dict[str, str]], words: str) -> None:
    pending = Pending()
    pending.open(folder)
    with pytest.raises(CannotDecide, match=words):
        pending.decide(rows, OVERRIDE, "", "", "")
    assert pending.count == 0


def test_they_wait_over_a_restart_and_a_damaged_file_holds_none(folder: str) -> None:
    first, second = Pending(), Pending()
    first.open(folder)
    first.decide([row("1", "FUND-01")], WAIVE, "", "张三", "已核对")
    second.open(folder)
    assert second.all() == first.all()
    file = Path(folder) / ".jixiao" / "待记入的处理意见.json"
    for damaged in ("坏", "[[{}]]", "3"):
        file.write_text(damaged, encoding="utf-8")
        second.open(folder)
        assert second.count == 0


def started(folder: str) -> tuple[FakeEngine, Session]:
    engine = FakeEngine()
    session = Session(engine)
    session.open(folder)
    engine.result("view board", board())
    session.pending.decide([row("1", "FUND-01")], WAIVE, "", "张三", "已核对")
    return engine, session


def test_a_run_records_first_and_then_goes_on(folder: str) -> None:
    engine, session = started(folder)
    ends: list[Finished] = []
    session.start("run", ends.append)
    assert engine.asked[-1][0] == "resolve together"
    assert engine.asked[-1][1]["decisions"][0]["by"] == "张三"
    engine.result("resolve together", {"decisions": [{}], "refused": []})
    assert session.pending.count == 0
    assert engine.asked[-1][0] == "run"
    with pytest.raises(Refused):
        session.start("check")
    engine.result("run", {"projects": 3})
    assert [end.ok for end in ends] == [True]


def test_refused_decisions_are_read_before_the_run(folder: str) -> None:
    engine, session = started(folder)
    ends: list[Finished] = []
    session.start("run", ends.append)
    refused = [
        {"project": "1", "code": "FUND-01", "cell": "资金情况!C9", "message": "没有建议值"},
        {"project": "38", "code": "BATCH-01", "cell": "", "message": "没有报送件；用 jixiao status 查看各项目"},
    ]
    engine.result("resolve together", {"decisions": [], "refused": refused}, ok=False)
    assert "项目1 FUND-01 资金情况!C9：没有建议值" in ends[0].error
    assert "项目38 BATCH-01：没有报送件" in ends[0].error
    assert "jixiao" not in ends[0].error, "a window names its pages, not commands"
    assert session.running is None
    session.start("run", ends.append)
    assert engine.asked[-1][0] == "run"


def test_decisions_that_could_not_be_recorded_wait_on(folder: str) -> None:
    engine, session = started(folder)
    session.start("run")
    engine.error("resolve together", "台账被占用")
    assert session.pending.count == 1
    assert session.running is None
    kept = json.loads((Path(folder) / ".jixiao" / "待记入的处理意见.json").read_text(encoding="utf-8"))
    assert kept[0][0]["reason"] == "已核对"
