"""Two returns of a project: a person decides which counts, and the ledger says who and why."""

import shutil
from pathlib import Path

from tests.pipeline.conftest import call
from toolkit.excel.sheet_patch import patch_cells


def two_returns(folder: Path) -> list[dict[str, str]]:
    """The first project's return a second time with one cell changed."""
    inbox = folder / "03-收件箱"
    first = next(one for one in sorted(inbox.iterdir()) if one.name.startswith("001_"))
    (inbox / "001_改.xlsx").write_bytes(patch_cells(first.read_bytes(), {("资金情况", "A2"): "第二份"}))
    return [one for one in call("collect", "-w", folder)["files"] if one["project"] == "1"]


def counting(folder: Path) -> str:
    found = [one for one in call("check", "-w", folder, code=None)["findings"] if one["code"] in ("READ-52", "READ-53")]
    (note,) = (one for one in found if one["project"] == "1")
    return note["workbook"]


def test_a_person_decides_and_the_decision_stays(demo_copy: Path) -> None:
    returns = two_returns(demo_copy)
    assert len(returns) == 2
    assert counting(demo_copy) == "001_改.xlsx", "the later one"
    earlier = next(one for one in returns if one["name"] != "001_改.xlsx")
    said = call("choose", "1", earlier["sha256"][:8], "--by", "王评价", "--reason", "单位来函说明", "-w", demo_copy)
    assert (said["name"], said["by"]) == (earlier["name"], "王评价")
    assert counting(demo_copy) == earlier["name"]
    shutil.rmtree(demo_copy / "03-收件箱")
    assert counting(demo_copy) == earlier["name"], "from the originals alone"


def test_what_cannot_be_meant_is_refused_with_the_choices(demo_copy: Path) -> None:
    words = call("choose", "1", "ffffff", "--by", "王评价", "--reason", "x", "-w", demo_copy, code=3)
    assert "001_" in words["error"]
    assert "--by" in call("choose", "1", "ffffff", "--by", " ", "--reason", "x", "-w", demo_copy, code=3)["error"]


def test_evidence_that_came_with_an_earlier_return_stays_with_its_project(demo_copy: Path) -> None:
    """The unit sends its folder with evidence, then one corrected workbook by itself: both are one project's."""
    inbox = demo_copy / "03-收件箱"
    first = next(one for one in sorted(inbox.iterdir()) if one.name.startswith("001_"))
    for folder, data in (("甲", patch_cells(first.read_bytes(), {("资金情况", "A2"): "第二份"})),
                         ("乙", patch_cells(first.read_bytes(), {("资金情况", "A2"): "第三份"}))):  # fmt: skip
        (inbox / folder).mkdir()
        (inbox / folder / "报表.xlsx").write_bytes(data)
        (inbox / folder / f"{folder}的材料.txt").write_text(f"{folder}：合影说明", encoding="utf-8")
        call("collect", "-w", demo_copy)
    nobodys = [one for one in call("check", "-w", demo_copy, code=None)["findings"] if one["code"] == "EVID-05"]
    assert not [one for one in nobodys if "的材料" in one["message"]]
