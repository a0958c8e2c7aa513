"""The finished master, opened and handed out. Excel cannot run here: a stand-in takes its place (SpreadsheetApp)."""

import csv
import io
from pathlib import Path
from typing import Any

import pytest

from tests.pipeline.conftest import call
from toolkit import pipeline
from toolkit.aggregate import master_csv, master_frames
from toolkit.errors import WorkspaceError
from toolkit.excel.write import tables_to_xlsx


class Shown:
    def __init__(self) -> None:
        self.paths: list[Path] = []

    def show(self, path: Path) -> None:
        self.paths.append(path)


def test_the_master_is_shown(demo_made: tuple[Path, dict[str, Any]]) -> None:
    shown = Shown()
    pipeline.open_master(demo_made[0], shown)
    assert shown.paths == [Path(demo_made[1]["master"])]


def test_without_a_master_the_user_is_told_what_to_do(demo_copy: Path) -> None:
    (demo_copy / "06-汇总总表" / "汇总总表.xlsx").unlink()
    with pytest.raises(WorkspaceError, match="先运行 jixiao run"):
        pipeline.open_master(demo_copy, Shown())


def test_the_tables_come_out_as_they_stand(demo_made: tuple[Path, dict[str, Any]], tmp_path: Path) -> None:
    call("export", tmp_path, "-w", demo_made[0])
    rows = list(csv.DictReader((tmp_path / "汇总.csv").open(encoding="utf-8-sig", newline="")))
    scored = {one["id"]: one for one in call("score", "-w", demo_made[0])["projects"]}
    totals = next(heading for heading in rows[0] if heading.startswith("总分"))
    printed = {row["序号"]: row[totals] for row in rows if row["序号"] in scored}
    assert {key: "—" if total == "—" else f"{float(total):.2f}" for key, total in printed.items()} == {
        key: one["total"] if one["grade"] else "—" for key, one in scored.items()
    }


def test_hostile_text_stays_text_in_csv() -> None:
    master = tables_to_xlsx({"问题清单": [["标题"], ["说明"], ["问题", "现填"], ["=cmd|x", "＝1+1"], ["-2", "正常"]]})
    rows = list(csv.reader(io.StringIO(master_csv(master)["问题清单.csv"].decode("utf-8-sig"))))
    assert rows == [["问题", "现填"], ["'=cmd|x", "'＝1+1"], ["'-2", "正常"]]
    assert master_frames(master)["问题清单"].shape == (2, 2)
