"""What the window knows of an open evaluation, with an engine that answers what the test says."""

from dataclasses import replace

import pytest

from tests.desktop.fake_engine import FakeEngine, board
from toolkit.desktop.state.log import log_text
from toolkit.desktop.state.session import Finished, Refused, Session


@pytest.fixture
def engine() -> FakeEngine:
    return FakeEngine()


@pytest.fixture
def session(engine: FakeEngine) -> Session:
    made = Session(engine)
    made.open("评价")
    engine.result("view board", board())
    return made


def test_opening_asks_for_the_board_and_tells_everyone(engine: FakeEngine) -> None:
    session, told = Session(engine), []
    session.listen(lambda: told.append(session.board.get("title", "")))
    session.open("评价")
    assert engine.asked == [("view board", {})]
    engine.result("view board", board())
    assert told == ["", "样例评价"]


def test_only_one_thing_changes_the_evaluation_at_a_time(engine: FakeEngine, session: Session) -> None:
    session.start("run")
    with pytest.raises(Refused, match="“汇总并出报告”正在进行，完成或停止以后才能开始“核查”"):
        session.start("check")
    with pytest.raises(Refused, match="还在进行"):
        session.open("另一个")
    engine.result("run", {"projects": 3})
    session.start("check")


def test_nothing_starts_where_no_evaluation_is_open(engine: FakeEngine) -> None:
    with pytest.raises(Refused, match="请先打开或新建"):
        Session(engine).start("run")
    Session(engine).start("init", folder="新", sample="nantong-2024")


def test_advice_of_findings_names_pages_too(engine: FakeEngine, session: Session) -> None:
    ended: list[Finished] = []
    session.start("people check", then=ended.append)
    engine.result("people check", {"findings": [{"message": "没有人员", "hint": "运行 jixiao people new，逐人填写"}]})
    assert ended[0].values["findings"][0]["hint"] == "在“工作组”页按“打开工作组表”，逐人填写"


def test_progress_names_the_file(engine: FakeEngine, session: Session) -> None:
    session.start("run")
    assert session.running
    assert session.running.words == "汇总并出报告：正在开始"
    engine.progress("读取报送件", 12, 39, "智慧城管.xlsx")
    assert session.running.words == "读取报送件：第 12/39 个：智慧城管.xlsx"
    engine.progress("写汇总总表", 0, 0)
    assert session.running.words == "写汇总总表"


def test_what_ended_is_kept_and_the_board_asked_again(engine: FakeEngine, session: Session) -> None:
    ends: list[Finished] = []
    session.start("check", ends.append)
    engine.result("check", {"findings": []}, ok=False)
    assert [end.ok for end in ends] == [False]
    assert session.running is None
    assert session.history == [replace(end, values={}) for end in ends]  # long results are not kept for ever
    assert engine.asked[-1] == ("view board", {})


def test_stopping_says_that_all_is_saved(session: Session) -> None:
    session.stop()
    assert session.history == []
    session.start("run")
    session.stop()
    assert session.history[-1].stopped
    assert "已完成的部分都已保存" in session.history[-1].error
    session.start("run")


def test_what_was_being_shown_is_asked_for_again_after_a_stop(engine: FakeEngine, session: Session) -> None:
    """The list stood empty, as if nothing had been found, until the page was left and entered again."""
    shown = []
    session.look("view findings", shown.append)
    engine.stopped("view findings")
    assert not shown
    engine.result("view findings", {"findings": []})
    assert [finished.error for finished in shown] == [""]


def test_what_listens_to_progress_hears_of_each_step_and_of_looking_again(engine: FakeEngine, session: Session) -> None:
    heard: list[str] = []
    session.listen_to_progress(lambda: heard.append(session.running.words if session.running else "看一眼"))
    session.start("run")
    engine.progress("核查", 1, 3, "甲.xlsx")
    engine.result("run", {})
    assert session.refreshing
    assert heard == ["核查：第 1/3 个：甲.xlsx", "看一眼"]
    engine.result("view board", board())
    assert not session.refreshing


def test_while_something_runs_a_second_process_looks(engine: FakeEngine) -> None:
    looker = FakeEngine()
    session = Session(engine, looker)
    session.open("评价")
    session.start("run")
    session.look("view findings", bool)
    assert [name for name, _ in engine.asked] == ["view board", "run"]
    assert [name for name, _ in looker.asked] == ["view findings"]
    session.use_environment({"SMTP_HOST": "甲"})
    assert engine.environment == looker.environment == {"SMTP_HOST": "甲"}


def test_an_evaluation_another_window_has_is_looked_at_but_not_changed(engine: FakeEngine, session: Session) -> None:
    session.locked = "这个评价已在另一个窗口中打开"
    with pytest.raises(Refused, match="另一个窗口"):
        session.start("check")
    session.look("view findings", bool)
    assert engine.asked[-1] == ("view findings", {})
    assert session.running is None


def test_an_answer_about_an_evaluation_left_meanwhile_is_dropped(engine: FakeEngine, session: Session) -> None:
    shown: list[object] = []
    session.look("view findings", shown.append)
    engine.result("view findings", {"findings": []})
    assert len(shown) == 1
    session.look("view findings", shown.append)
    session.open("另一个")
    engine.result("view findings", {"findings": []})
    assert len(shown) == 1


def test_trouble_with_the_board_is_kept_apart_from_what_is_shown(engine: FakeEngine, session: Session) -> None:
    session.refresh()
    engine.error("view board", "方案有1处必须改正")
    assert session.board_error == "方案有1处必须改正"
    assert session.board["title"] == "样例评价"


def test_the_log_holds_no_names(engine: FakeEngine, session: Session) -> None:
    session.start("collect", paths=["/home/张三/市教育局.xlsx"])
    engine.error("collect", "读不到“市教育局.xlsx”；位置：/home/张三/市教育局.xlsx；请这样处理：关闭它", "a.log")
    session.start("check")
    engine.result("check", {})
    session.start("run")
    session.stop()
    text = log_text(session)
    assert "教育局" not in text
    assert "张三" not in text
    assert "1. 读取报送件：没有完成：读不到（名称）" in text
    assert "2. 核查：完成" in text
    assert "3. 汇总并出报告：已停止" in text
