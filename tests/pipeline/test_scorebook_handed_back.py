"""A locked scorebook with blanks is handed back: blanks may be filled, marks that were given stay."""

import shutil
from datetime import datetime
from pathlib import Path

import pytest

from toolkit import pipeline
from toolkit.errors import WorkspaceError
from toolkit.excel.read import read_workbook
from toolkit.excel.table import read_table
from toolkit.excel.write import with_cells
from toolkit.ledger import EventKind
from toolkit.model import Opinion
from toolkit.pipeline.examine.giving_out import GivenOut, give_out
from toolkit.pipeline.examine.handing_back import HandedBack, unlock
from toolkit.pipeline.examine.scorebooks import Adjudicated, adjudicate
from toolkit.pipeline.examine.teaming import new_team
from toolkit.pipeline.plan.scorebooks import issued_items, scored_opinions
from toolkit.pipeline.plan.workspace import Workspace
from toolkit.review import MARKS

NOW = datetime(2026, 2, 3, 9).astimezone()
LATER = datetime(2026, 2, 4, 9).astimezone()


@pytest.fixture(scope="module")
def locked_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Nantong sample with the book of 甲 locked: the first item is marked, all others are blank."""
    folder = tmp_path_factory.mktemp("handed back") / "南通"
    pipeline.initialise(folder, "nantong-2024", NOW)
    give_out(pipeline.load(folder), ("甲", "乙"), NOW)
    made = lock(folder, typed(folder / "12-打分册" / "打分册-甲.xlsx", folder.parent / "甲.xlsx", 4))
    assert made.locked == ("甲",)
    return folder


@pytest.fixture
def locked(locked_once: Path, tmp_path: Path) -> Path:
    return shutil.copytree(locked_once, tmp_path / "南通")


def typed(form: Path, to: Path, row: int, **other: object) -> Path:
    """The book with a mark that its item takes in one row."""
    (found,) = [
        one for one in read_table(read_workbook(form.read_bytes()), "x", MARKS, ("取值项",)).rows if one.number == row
    ]
    mark = 0 if found.text("取值项") == "扣分" else 1
    cells = {f"H{row}": mark, f"I{row}": "查阅资料"} | other
    to.write_bytes(with_cells(form.read_bytes(), MARKS, cells))  # type: ignore[arg-type]
    return to


def lock(folder: Path, path: Path) -> Adjudicated:
    return adjudicate(pipeline.load(folder), (path,), LATER)


def hand_back(folder: Path, scorer: str = "甲", by: str = "主评人", reason: str = "漏打") -> HandedBack:
    return unlock(pipeline.load(folder), scorer, by, reason, LATER)


def test_without_it_a_blank_is_a_dead_end(locked: Path, tmp_path: Path) -> None:
    more = typed(tmp_path.parent / tmp_path.name / "南通" / "12-打分册" / "打分册-甲.xlsx", tmp_path / "补.xlsx", 5)
    assert [found.code for found in lock(locked, more).findings if found.severity == "error"] == ["SCORER-03"]


def test_blanks_are_filled_and_the_book_locked_again(locked: Path, tmp_path: Path) -> None:
    back = hand_back(locked)
    assert back.blank > 1
    done = lock(locked, typed(back.file, tmp_path / "补.xlsx", 5))
    assert done.locked == ("甲",)
    again = hand_back(locked)
    assert again.blank == back.blank - 1
    with pipeline.load(locked).workspace.ledger() as ledger:
        detail = [event.printed() for event in ledger.events(EventKind.SCOREBOOK_UNLOCKED)]
    assert [(one["退回人"], one["理由"]) for one in detail] == [("主评人", "漏打")] * 2


@pytest.mark.parametrize("other", [{"H4": "不适用"}, {"I4": "另一理由"}, {"H4": "", "I4": ""}])
def test_a_mark_that_was_given_cannot_be_changed(locked: Path, tmp_path: Path, other: dict[str, object]) -> None:
    back = hand_back(locked)
    done = lock(locked, typed(back.file, tmp_path / "补.xlsx", 5, **other))
    assert done.locked == ()
    assert "SCORER-03" in {found.code for found in done.findings}


@pytest.mark.parametrize(
    ("scorer", "by", "reason", "words"),
    [
        ("乙", "主评人", "漏打", "没有已锁定"),
        ("丙", "主评人", "漏打", "没有已锁定"),
        ("甲", "甲", "漏打", "不能退回自己"),
        ("甲", "", "漏打", "写明由谁"),
        ("甲", "主评人", "", "写明由谁"),
    ],
)
def test_what_cannot_be_handed_back_is_told(locked: Path, scorer: str, by: str, reason: str, words: str) -> None:
    with pytest.raises(WorkspaceError, match=words):
        hand_back(locked, scorer, by, reason)


def test_of_three_scorers_two_decide_nothing_and_one_handed_back_keeps_its_marks(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = tmp_path_factory.mktemp("three") / "南通"
    pipeline.initialise(folder, "nantong-2024", NOW)
    give_out(pipeline.load(folder), ("甲", "乙", "丙"), NOW)
    books = {name: folder / "12-打分册" / f"打分册-{name}.xlsx" for name in ("甲", "乙", "丙")}
    for name in ("甲", "乙"):
        lock(folder, typed(books[name], folder.parent / f"{name}.xlsx", 4))
        assert scored(folder) == []
    lock(folder, typed(books["丙"], folder.parent / "丙.xlsx", 4))
    assert [opinion.reason for opinion in scored(folder)] == ["查阅资料"], "the reason once, and no names"
    hand_back(folder, "丙")
    assert len(scored(folder)) == 1


def scored(folder: Path) -> list[Opinion]:
    evaluation = pipeline.load(folder)
    return list(scored_opinions(evaluation.scheme, evaluation.workspace))


def test_nobody_waits_for_the_book_of_a_scorer_who_left(tmp_path: Path) -> None:
    folder = tmp_path / "南通"
    pipeline.initialise(folder, "nantong-2024", NOW)
    assign(folder, "甲、乙", at=NOW)
    assert set(issued_items(Workspace.open(folder))) == {"甲", "乙"}
    lock(folder, typed(folder / "12-打分册" / "打分册-甲.xlsx", tmp_path / "甲.xlsx", 4))
    assert assign(folder, "甲、丙").taken_back == ("乙",)
    assert set(issued_items(Workspace.open(folder))) == {"甲", "丙"}
    late = lock(folder, typed(folder / "12-打分册" / "打分册-乙.xlsx", tmp_path / "乙.xlsx", 4))
    assert ([found.code for found in late.findings], late.missing) == (["SCORER-01"], ("丙",))
    assign(folder, "甲、乙")
    assert set(issued_items(Workspace.open(folder))) == {"甲", "乙"}


def test_a_name_that_was_mistyped_is_not_waited_for_once_the_scorers_are_named_again(tmp_path: Path) -> None:
    folder = tmp_path / "南昌"
    pipeline.initialise(folder, "nanchang-2022", NOW)
    give_out(pipeline.load(folder), ("王伟", "李那"), NOW)
    assert give_out(pipeline.load(folder), ("王伟", "李娜"), LATER).taken_back == ("李那",)
    assert set(issued_items(Workspace.open(folder))) == {"王伟", "李娜"}
    new_team(pipeline.load(folder))
    beside = give_out(pipeline.load(folder), ("专家（甲）", "专家（乙）"), LATER)
    assert beside.taken_back == (), "experts beside those whom 工作组.xlsx assigns"


def assign(folder: Path, scorers: str, at: datetime = LATER) -> GivenOut:
    """The first project given to these scorers, and its books given out."""
    team = Workspace.open(folder).team
    if not team.exists():
        new_team(pipeline.load(folder))
    team.write_bytes(with_cells(team.read_bytes(), "分工", {"D4": scorers}))
    return give_out(pipeline.load(folder), (), at)
