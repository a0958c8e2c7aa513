"""Three laptops by the commands people type: every kind of decision, clocks a year off, a merge that is killed."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from tests.pipeline.conftest import call
from toolkit import pipeline
from toolkit.cli import options
from toolkit.consultation import Settlement, UnitOpinion
from toolkit.excel.files import sha256_of
from toolkit.ledger import EventKind, NewEvent
from toolkit.ledger.kinds import RulingMade, ScorebookLocked, Signed
from toolkit.model import Severity
from toolkit.pipeline.plan.consulted import received_event, replies_in_force, settled_event, settlements_on_record
from toolkit.pipeline.plan.decisions import known_of
from toolkit.pipeline.plan.scorebooks import locked_files, rulings_on_record
from toolkit.pipeline.plan.surveys import SurveyedValue, surveyed_values
from toolkit.pipeline.plan.workspace import Workspace

NOW = datetime(2026, 2, 3, 9).astimezone()
YEAR = timedelta(days=365)
FULL = os.environ.get("JIXIAO_FULL") == "1"
EVERY = 1 if FULL else 15
ITEM = ("1", "D101", "扣分")
KINDS = {"adjudicated", "scorebook_locked", "surveyed", "opinions_received", "opinion_settled"}


@contextmanager
def clock(at: datetime) -> Iterator[None]:
    """Commands see this time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(options, "now", lambda _where=None: at)
        yield


@pytest.fixture(scope="module")
def laptops(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The first laptop, and two colleagues who decided the same things differently; one clock is a year behind."""
    root = tmp_path_factory.mktemp("三台")
    first = root / "首台"
    pipeline.initialise(first, "nanchang-2022", NOW)
    with clock(NOW):
        for name in ("李四", "王五"):
            call("handover", root / name, "--to", name, "--projects", "1", "-w", first)
    record(root / "李四", decided("李四", "3", NOW - YEAR))
    record(root / "李四", [signed("李四", "初评", NOW - YEAR - timedelta(days=9))])
    record(root / "王五", decided("王五", "5", NOW + timedelta(hours=1)))
    record(root / "王五", [signed("李四", "复核", NOW)])
    for name, at in (("李四", NOW - YEAR), ("王五", NOW)):
        with clock(at):
            call("handover", root / f"交回{name}", "-w", root / name)
    return {"首台": first, **{name: root / f"交回{name}" for name in ("李四", "王五")}}


def decided(by: str, value: str, at: datetime) -> list[NewEvent]:
    """One decision of every kind, about the same things whoever makes it."""
    opinion = UnitOpinion("市局", "1", "D101", "5", "调整", "数据有误", "E01")
    reply = UnitOpinion("市局", "1", "D102", value, "调整", f"{by}收到的说法", "E01")
    digest = sha256_of(value.encode())
    survey = SurveyedValue("1", "D401", "W1", digest, (("完成值", Decimal(value) / 10),), f"{by}导入")
    marks = ((*ITEM, ("数", value), "理由", "E01"),)
    return [
        NewEvent(RulingMade(item=ITEM, value=("数", value), reason="看过", by=by), at, f"ruled:{by}", "1", "", "D101"),
        NewEvent(ScorebookLocked(file=f"{by}.xlsx", sha256=digest, marks=marks), at, "locked:甲", "", "", "甲"),
        NewEvent(survey.details(f"{by}.xlsx"), at, f"surveyed:{by}", "1", subject=survey.sha256),
        received_event("市局", [reply], (f"{by}.xlsx", digest, "印"), at),
        settled_event(opinion, Settlement(opinion.id, "部分采纳", "有依据", value, by), at),
    ]


def signed(by: str, level: str, at: datetime) -> NewEvent:
    details = Signed(level=level, by=by, inputs={})
    return NewEvent(details, at, f"signed:{level}:{by}", "1", "", "D101")


def record(folder: Path, events: list[NewEvent]) -> None:
    space = Workspace.open(folder)
    for file in (b"3", b"5"):
        (space.originals / sha256_of(file)).write_bytes(file)
    with space.ledger() as ledger:
        ledger.record_many(events)


def in_force(folder: Path) -> list[Any]:
    """What counts here of every kind."""
    space = Workspace.open(folder)
    found = (locked_files, rulings_on_record, surveyed_values, replies_in_force, settlements_on_record)
    return [read(space) for read in found]


def told(merged: dict[str, Any]) -> list[Any]:
    """The disputes a merge tells."""
    return [(one["kind"], one["about"], [said["hash"] for said in one["decisions"]]) for one in merged["conflicts"]]


@pytest.fixture(scope="module")
def orders(laptops: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Path, dict[str, Any]]]:
    """The first laptop after merging its colleagues' work in every order, one after the other and both at once."""
    colleagues = [brought for name, brought in laptops.items() if name != "首台"]
    ways = [[[path] for path in order] for order in permutations(colleagues)]
    ways += [[[*reversed(colleagues), colleagues[0]]]]
    if FULL:
        ways += [[list(order)] for order in permutations(colleagues)]
    found = []
    for number, steps in enumerate(ways):
        copy = tmp_path_factory.mktemp("次序") / str(number)
        shutil.copytree(laptops["首台"], copy)
        with clock(NOW + timedelta(days=1)):
            for step in steps:
                merged = call("merge", *step, "-w", copy, code=None)
        found.append((copy, merged))
    return found


def test_whatever_the_order_every_dispute_is_told_and_nothing_of_it_counts(
    orders: list[tuple[Path, dict[str, Any]]],
) -> None:
    (first, merged), *others = orders
    assert {kind for kind, *_ in told(merged)} == KINDS
    for other, merged_there in others:
        assert told(merged_there) == told(merged)
        assert in_force(other) == in_force(first) == [{}, {}, (), {}, {}]
    said = {found["message"] for found in merged["findings"] if found["code"] == "MERGE-07"}
    for words in (
        "甲的打分册有2个不同的决定",
        "项目1指标D401的问卷结果",
        "市局的意见回复",
        "（扣分）的差异裁定",
        "的处理有2个",
    ):
        assert any(words in message for message in said), words
    everything = "".join(said)
    for words in (
        "李四.xlsx”（1条意见）",
        "王五.xlsx”（1项有分）",
        "李四 部分采纳 3",
        "王五 5",
        "答卷“李四.xlsx”（完成值 0.3）",
    ):
        assert words in everything


def test_a_clock_that_went_back_is_located_in_the_log_and_settles_nothing(
    orders: list[tuple[Path, dict[str, Any]]],
) -> None:
    told_of_both = [merged for _, merged in orders if len(merged["logs"]) == 2]
    assert told_of_both
    for merged in told_of_both:
        clocks = [found for found in merged["findings"] if found["code"] == "MERGE-05"]
        assert any("365天" in found["message"] or "364天" in found["message"] for found in clocks)
        assert any("早9天" in found["message"] for found in clocks)
        assert all(found["cell"].startswith("第") for found in clocks)
        assert {found["severity"] for found in clocks} == {Severity.WARNING}


def test_a_person_who_signed_two_levels_on_two_laptops_is_told(
    orders: list[tuple[Path, dict[str, Any]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    from toolkit.pipeline.examine import signing

    empty = {("1", "D101"): {}}
    monkeypatch.setattr(signing, "inputs_now", lambda _evaluation, _found: empty)
    for folder, _ in orders[:2]:
        board = signing.review_board(pipeline.load(folder), NOW)
        assert [found.code for found in board.findings] == ["SIGN-01"]
        assert "初评也是李四在另一台电脑上签的" in board.findings[0].message
        assert board.reviews["1", "D101"].missing == ("复核", "质控")


def test_settled_by_a_third_person_it_counts_on_every_laptop(
    orders: list[tuple[Path, dict[str, Any]]], tmp_path: Path
) -> None:
    """And what is said again afterwards (a folder read anew) brings no dispute back."""
    folder = tmp_path / "裁定"
    shutil.copytree(orders[0][0], folder)
    other = tmp_path / "另一台"
    shutil.copytree(orders[1][0], other)
    with clock(NOW + timedelta(days=2)):
        for conflict in orders[0][1]["conflicts"]:
            taken = conflict["decisions"][0]["hash"][:8]
            call("merge", "--settle", taken, "--by", "组长", "--reason", "看过原件", "-w", folder)
        assert call("merge", "-w", folder)["conflicts"] == []
    counting = in_force(folder)
    assert all(counting)
    standing = known_of(Workspace.open(folder), EventKind.SCOREBOOK_LOCKED)
    assert [len(events) for events in standing.values()] == [1]
    assert rulings_on_record(Workspace.open(folder))[ITEM].value in (Decimal(3), Decimal(5))
    assert call("ledger", "verify", "-w", folder)["ok"]
    assert in_force(other) != counting


def test_a_merge_killed_at_any_moment_and_made_again_is_one_that_was_never_killed(
    laptops: dict[str, Path], tmp_path: Path
) -> None:
    folder = tmp_path / "首台"
    shutil.copytree(laptops["首台"], folder)
    command = [sys.executable, "-m", "tests.pipeline.killed_merges", str(folder), str(laptops["李四"]), str(EVERY)]
    done = subprocess.run(
        command, cwd=Path(__file__).parents[2], env={**os.environ, "PYTHONUTF8": "1"}, stdout=-1, check=True
    )
    said = json.loads(done.stdout)
    assert said["moments"] > 10
    assert said["interrupted"] > 1
    assert said["different"] == []
