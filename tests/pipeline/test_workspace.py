"""The folder an evaluation lives in: numbered folders, each number once, all of them in the README."""

import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from toolkit.excel.write import tables_to_xlsx
from toolkit.operations.catalogue import operation
from toolkit.pipeline import UnitQuestion, Workspace, clock, initialise, load
from toolkit.pipeline.progress import silent

SAMPLE = Path(__file__).parents[2] / "samples" / "nantong-2024"
README = Path(__file__).parents[2] / "README.md"


def test_folders_are_numbered_once_and_the_readme_knows_them_all(tmp_path: Path):
    space = Workspace.create(tmp_path, datetime(2025, 6, 10, tzinfo=UTC))
    folders = [*space.folders(), space.corrections, space.reminders, space.drafts]
    assert [one.name[:3] for one in folders] == [f"{number:02}-" for number in range(1, len(folders) + 1)]
    assert not [one.name for one in space.folders() if not one.is_dir()]
    readme = README.read_text(encoding="utf-8")
    assert not [one.name for one in folders if f"`{one.name}`" not in readme and one != space.masters]


def test_init_asks_about_two_spellings_and_keeps_the_answer_in_the_workspace(tmp_path: Path):
    heads = ("序号", "立项年度", "责任单位", "项目名称", "项目类型")
    rows = [("1", "2023", "市卫健委", "甲", "新建"), ("2", "2023", "市卫生健康委员会", "乙", "新建")]
    roster = tmp_path / "清单.xlsx"
    roster.write_bytes(tables_to_xlsx({"项目清单": [heads, *rows]}))
    given = roster.read_bytes()
    scheme = Path(shutil.copy(SAMPLE / "方案.xlsx", tmp_path / "我的方案.xlsx"))
    asked: list[tuple[str, str]] = []

    def same(question: UnitQuestion) -> bool:
        asked.append((question.name, question.other))
        return True

    made = initialise(tmp_path / "甲", (roster, scheme), datetime(2025, 6, 10, tzinfo=UTC), answer=same)
    assert made.ok
    assert asked == [("市卫生健康委员会", "市卫健委")]
    assert roster.read_bytes() == given
    assert list(load(tmp_path / "甲").roster.units()) == ["市卫生健康委员会"]
    assert "ROSTER-09" not in {one.code for one in made.findings}
    unasked = initialise(tmp_path / "乙", (roster, scheme), datetime(2025, 6, 10, tzinfo=UTC))
    assert [one.code for one in unasked.findings if one.code.startswith("ROSTER-09")] == ["ROSTER-09"]
    assert len(load(tmp_path / "乙").roster.units()) == 2


def test_a_sample_lives_on_its_own_days_and_nobody_else_does(tmp_path: Path):
    own, now = tmp_path / "自建", datetime(2026, 11, 28, 9, 30, tzinfo=UTC)
    Workspace.create(own, now)
    assert clock(own, now) == now
    assert clock(tmp_path / "没有", now) == now
    sample = tmp_path / "样例"
    initialise(sample, "nanchang-2022", now)
    assert clock(sample, now) == datetime(2023, 2, 6, 9, 30, tzinfo=UTC)
    assert Workspace.open(sample).created.date() == date(2023, 2, 6)


@pytest.mark.parametrize("steps", ["generate send collect check", "collect check", "send run", "run"])
def test_a_learner_collects_a_samples_returns_in_time_whatever_the_steps(tmp_path: Path, steps: str):
    folder, now = tmp_path / "样例", datetime(2026, 11, 28, 9, 30, tzinfo=UTC)
    initialise(folder, "nanchang-2022", now)
    days = []
    for step in (*steps.split(), "status"):
        day = clock(folder, now)
        done = operation(step).work(operation(step).asked(folder, {}, day, silent))
        days.append(day.date())
    board = done.values
    assert [row["days_late"] for row in board["projects"]] == [0]
    assert days == sorted(days)
    assert days[0] == date(2023, 2, 6)  # 下发
    assert days[-1] == date(2023, 3, 1)  # after the first check: 演示日历's 今天


def test_a_sample_of_an_older_version_or_with_a_damaged_ledger_stays_on_its_last_day(tmp_path: Path):
    folder, now = tmp_path / "样例", datetime(2026, 11, 28, 9, 30, tzinfo=UTC)
    initialise(folder, "nanchang-2022", now)
    (folder / "台账.sqlite3").write_bytes(b"no ledger")
    assert clock(folder, now).date() == date(2023, 3, 1)
