"""The rail says how every step stands."""

import os
import sys
from pathlib import Path

import pytest

from tests.desktop.fake_engine import board
from toolkit.desktop.state import delivery
from toolkit.desktop.state.recent import Recent, settings_folder, short
from toolkit.desktop.state.steps import BESIDE, NAMES, PAGES, Standing, steps


def badges(known: dict, **made: int) -> dict[str, str]:
    return {step.page: step.badge for step in steps(known, made)}


def test_nothing_has_begun_while_no_evaluation_is_open() -> None:
    assert [step.page for step in steps({})] == list(NAMES)
    assert {step.standing for step in steps({}) if step.page in PAGES} == {Standing.NOT_STARTED}
    assert {step.standing for step in steps({}) if step.page in BESIDE} == {Standing.NONE}


def test_badges_count_what_waits() -> None:
    found = badges(board())
    assert found["方案"] == "已完成"
    assert found["下发"] == "已完成"
    assert found["收件"] == "需处理 1"
    assert found["核查"] == "需处理 1"
    assert found["整改"] == "未开始"
    assert found["汇总并出报告"] == "未开始"
    assert (found["开始"], found["评审"], found["评分"], found["归档"]) == ("已完成", "已完成", "已完成", "未开始")
    assert badges(board(provisional=2))["评审"] == "需处理 2"


def test_reports_older_than_the_master_are_no_finished_work() -> None:
    """A run stopped among 393 reports said 已完成."""
    stopped = {**board(), "reports_wait": True}
    assert badges(stopped, reports=62)["汇总并出报告"] == "需处理"
    assert delivery.preview(stopped).missing[0] == "总表更新以后报告没有出完，文件夹里的报告不全或不是最新"
    assert badges(board(), reports=62)["汇总并出报告"] == "已完成"


def test_badges_when_all_is_done() -> None:
    found = badges(board(returned=3, to_correct=0, scored=3), reports=5)
    assert (found["收件"], found["核查"], found["整改"]) == ("已完成", "已完成", "已完成")
    assert badges(board(), archived=True)["归档"] == "已完成"
    assert found["汇总并出报告"] == "已完成"


def test_badges_before_anything_was_sent() -> None:
    found = badges(board(dispatched=0, returned=0, to_correct=0, scored=0))
    assert {found[page] for page in ("下发", "收件", "核查", "整改", "评审", "评分")} == {"未开始"}


def test_corrections_that_are_out_count_until_they_are_clean() -> None:
    known = board()
    known["projects"][0] |= {"round": 1, "errors": 2}
    known["projects"][1] |= {"round": 1}
    assert badges(known)["整改"] == "需处理 1"
    known["projects"][0] |= {"errors": 0}
    assert badges(known)["整改"] == "已完成"


def test_the_button_says_what_is_missing() -> None:
    assert delivery.preview({}).missing == ("还没有打开评价",)
    assert delivery.preview(board()).missing == (
        "1个项目尚未报送，报告中列为未报送",
        "1个项目有须更正的问题，报告中如实列出",
    )
    assert delivery.preview(board(returned=3, to_correct=0)).missing == ()


def test_what_was_made_is_looked_up_in_the_folder(tmp_path: Path) -> None:
    assert delivery.made(str(tmp_path)) == {"master": "", "reports": []}
    for name in ("06-汇总总表/汇总总表.xlsx", "07-评价报告/甲.docx", "07-评价报告/~$甲.docx"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    made = delivery.made(str(tmp_path))
    assert made["master"].endswith("汇总总表.xlsx")
    assert [Path(path).name for path in made["reports"]] == ["甲.docx"]


def test_recent_folders_are_kept_last_first(tmp_path: Path) -> None:
    recent = Recent(tmp_path / "设置" / "最近.json")
    assert recent.folders() == []
    for name in ("甲", "乙"):
        (tmp_path / name).mkdir()
        recent.add(str(tmp_path / name))
    recent.add(str(tmp_path / "没有"))
    assert [Path(folder).name for folder in recent.folders()] == ["乙", "甲"]
    recent.file.write_text("坏", encoding="utf-8")
    assert recent.folders() == []
    Recent(tmp_path / "甲" / "乙.json" / "丙.json").add("x")
    (tmp_path / "占用").write_text("")
    Recent(tmp_path / "占用" / "最近.json").add("x")


def test_what_a_run_changed_in_edited_files_is_told_for_each(tmp_path: Path) -> None:
    for name in ("06-汇总总表/汇总总表.xlsx", "07-评价报告/甲.docx", "07-评价报告/乙.docx", "07-评价报告/丙.docx"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name, encoding="utf-8")
    figure = {"at": "汇总!C4", "before": "1", "after": "2", "context": "共1万元"}
    look = {"reason": "数字所在的句子被改写", "mine": "约1万元", "new": "共2万元"}
    run = {
        "edited": [
            {"file": "/x/甲.docx", "state": "merged", "copy": "", "why": "", "figures": [figure], "attention": [look]},
            {"file": "/x/丙.docx", "state": "set_aside", "copy": "/x/丙（人工修改）.docx", "why": "结构改动",
             "figures": [], "attention": []},
        ],
        "set_aside": [{"file": "/x/汇总总表.xlsx", "copy": "/x/汇总总表（人工修改）.xlsx"}],
    }  # fmt: skip
    changes = {row["name"]: row["changes"] for row in delivery.rows(str(tmp_path), run)}
    assert changes == {
        "汇总总表.xlsx": "按本次数据重新生成，人工修改稿另存为 汇总总表（人工修改）.xlsx",
        "甲.docx": "人工修改已保留，数据已更新（数字变化1处，请核对1处）",
        "乙.docx": "",
        "丙.docx": "无法合并，按新数据重新生成（结构改动）；人工修改稿另存为 丙（人工修改）.docx",
    }
    assert [(row["kind"], row["at"]) for row in delivery.conflicts(run)] == [
        ("数字变化", "共1万元"), ("请核对：数字所在的句子被改写", ""),
    ]  # fmt: skip
    assert delivery.conflicts({}) == []


def test_copies_never_write_over_a_file(tmp_path: Path) -> None:
    source, folder = tmp_path / "甲.docx", tmp_path / "桌面"
    source.write_text("甲", encoding="utf-8")
    folder.mkdir()
    assert delivery.save_copies([str(source)], str(folder)) == (1, [])
    saved, faults = delivery.save_copies([str(source), str(tmp_path / "没有.docx")], str(folder))
    assert saved == 0
    assert "已经有了" in faults[0]
    assert "没有另存" in faults[1]


@pytest.mark.skipif(os.name != "posix", reason="~ is a sign of POSIX systems")
def test_a_folder_at_home_is_named_with_its_sign(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert short(str(tmp_path / "评价")) == "~/评价"
    assert short("/srv/评价") == "/srv/评价"


@pytest.mark.parametrize(
    ("platform", "variable", "expected"),
    [
        ("win32", "APPDATA", "甲/jixiao"),
        ("linux", "XDG_CONFIG_HOME", "甲/jixiao"),
        ("darwin", "HOME", "甲/Library/Application Support/jixiao"),
    ],
)
def test_settings_stand_where_each_system_keeps_them(
    monkeypatch: pytest.MonkeyPatch, platform: str, variable: str, expected: str
) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setenv(variable, "甲")
    assert settings_folder() == Path(expected)


def test_what_a_run_says_of_its_reports_is_told_under_the_button() -> None:
    """The gravest first, and no more than fit."""
    told = [{"severity": "note", "workbook": "", "message": f"第{number}条"} for number in range(8)]
    told.append({"severity": "error", "workbook": "报告素材.xlsx", "message": "没有这一章节"})
    lines = delivery.told_of_reports({"report_findings": told}).split("\n• ")
    assert lines[1] == "报告素材.xlsx 没有这一章节"
    assert lines[-1] == "等共9条"
    assert len(lines) == 8
    assert delivery.told_of_reports({}) == ""
