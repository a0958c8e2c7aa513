"""What lies in the inbox beside good workbooks: said once, in the same words whenever it is read again."""

import os
import shutil
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest

from tests.collect.damage import packed
from tests.pipeline.conftest import call
from toolkit.excel.md_table import md_to_xlsx
from toolkit.excel.sheet_patch import patch_cells
from toolkit.ledger import EventKind, Ledger, NewEvent
from toolkit.ledger.kinds import FileReceived
from toolkit.pipeline import load
from toolkit.pipeline.intake import collecting, originals
from toolkit.pipeline.intake.originals import original_path
from toolkit.pipeline.outcome import FileState
from toolkit.pipeline.plan import readings

NOW = datetime(2024, 12, 25, 9, tzinfo=UTC)
_DAMAGED = "压缩包或工作簿已损坏"


def refused(folder: Path) -> dict[str, str]:
    return {one["name"]: one["reason"] for one in call("collect", "-w", folder)["files"] if one["state"] == "refused"}


def test_what_was_refused_is_refused_in_the_same_words_when_read_again(
    sample_made: Callable[[str], Path], tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(sample_made("nanchang-2022"), tmp_path / "南昌"))
    inbox = folder / "03-收件箱"
    cut_off = packed({"批复.pdf": b"%PDF-1.7" * 50})[:-10]
    (inbox / "坏.xlsx").write_bytes(b"PK\x03\x04garbage")
    (inbox / "断.zip").write_bytes(cut_off)
    (inbox / "外.zip").write_bytes(packed({"内.zip": cut_off + b"\0" * 9, "深.zip": packed({"底.zip": packed({})})}))
    call("run", "-w", folder)
    assert not call("verify", "-w", folder)["findings"]
    reasons = refused(folder)
    assert all(_DAMAGED in reasons[name] for name in ("坏.xlsx", "断.zip", "内.zip"))
    assert "压缩包" in reasons["底.zip"]
    found = [one["message"] for one in call("check", "-w", folder, code=None)["findings"]]
    assert {f"文件“{name}”不予接收：{reason}" for name, reason in reasons.items()} <= set(found)


def test_what_is_no_file_is_said_and_read_by_nobody(demo_copy: Path) -> None:
    """A named pipe would be waited at for ever."""
    os.mkfifo(demo_copy / "03-收件箱" / "管道.xlsx")
    links = {"断链.xlsx": "没有的文件.xlsx", "自己.xlsx": "自己.xlsx", "别处": "..", "零.xlsx": "/dev/zero"}
    for name, target in links.items():
        (demo_copy / "03-收件箱" / name).symlink_to(target)
    reasons = refused(demo_copy)
    assert {"管道.xlsx", *links} <= reasons.keys()


def test_a_path_that_is_not_there_is_told_before_anything_is_taken_in(demo_copy: Path) -> None:
    said = call("collect", demo_copy / "03-收件箱", demo_copy / "没有", "-w", demo_copy, code=3)
    assert "找不到要读取的文件或文件夹" in said["error"]
    assert str(demo_copy / "没有") in said["error"]


def states(folder: Path) -> dict[str, str]:
    return {one["name"]: one["state"] for one in call("collect", "-w", folder)["files"]}


def test_a_units_own_workbook_is_evidence_beside_its_return_and_refused_alone(
    demo_copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where so much is taken in that what was read is let go, and found again where it is asked for."""
    monkeypatch.setattr(readings, "Readings", partial(readings.Readings, most=0))
    inbox, unit = demo_copy / "03-收件箱", demo_copy / "03-收件箱" / "单位"
    unit.mkdir()
    own = md_to_xlsx("## 支出明细\n\n| 摘要 | 金额 |\n| --- | --- |\n| 设备 | 12.5 |")
    (unit / "支出明细.xlsx").write_bytes(own)
    assert states(demo_copy)["支出明细.xlsx"] == "refused"
    form = next(inbox.glob("001_*"))
    (unit / "改.xlsx").write_bytes(patch_cells(form.read_bytes(), {("资金情况", "A2"): "重报"}))
    now = states(demo_copy)
    assert (now["支出明细.xlsx"], now["改.xlsx"]) == ("evidence", "accepted")
    found = [one for one in call("check", "-w", demo_copy, code=None)["findings"] if "支出明细" in one["message"]]
    assert {one["code"] for one in found} == {"EVID-02"}
    assert "支出明细.xlsx" not in refused(demo_copy)


def test_a_refused_file_is_said_to_the_project_in_its_name_until_a_return_comes(demo_copy: Path) -> None:
    inbox = demo_copy / "03-收件箱"

    def said() -> dict[str, str]:
        (one,) = (one for one in call("check", "-w", demo_copy, code=None)["findings"] if one["code"] == "COLLECT-01")
        return one

    before = said()
    assert (before["project"], before["severity"], before["found"]) == ("38", "error", "")
    form = next(one for one in (demo_copy / "01-采集表").iterdir() if one.name.startswith("038"))
    (inbox / "重报.xlsx").write_bytes(form.read_bytes())
    call("collect", "-w", demo_copy)
    assert said()["severity"] == "note"


def test_every_original_is_on_disk_under_its_name_before_the_ledger_tells_of_it(
    demo_copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The ledger is told of several files together: of none that a power cut could still take away."""
    again = tmp_path / "再报"
    again.mkdir()
    for number, form in enumerate(sorted((demo_copy / "03-收件箱").glob("0*.xlsx"))[:11]):
        (again / form.name).write_bytes(patch_cells(form.read_bytes(), {("资金情况", "A2"): f"重报{number}"}))
    workspace = load(demo_copy).workspace
    settled: list[Path] = []
    groups: list[int] = []
    settle, record = originals.settle, Ledger.record_many

    def noted(ledger: Ledger, events: Iterable[NewEvent]) -> int:
        told = list(events)
        came = [event.subject for event in told if isinstance(event.details, FileReceived)]
        if came:
            groups.append(len(came))
            assert settled == [workspace.originals] * len(groups)
            assert all(original_path(workspace, sha256).is_file() for sha256 in came)
        return record(ledger, told)

    def surely(folder: Path) -> None:
        settle(folder)
        settled.append(folder)

    monkeypatch.setattr(originals, "settle", surely)
    monkeypatch.setattr(Ledger, "record_many", noted)
    files = collecting.collect(load(demo_copy), [again], NOW)
    assert [file.state for file in files] == [FileState.ACCEPTED] * 11
    assert groups == [8, 3]
    with workspace.ledger() as ledger:
        read = {event.subject for event in ledger.events() if event.kind == EventKind.READ}
    assert {file.sha256 for file in files} <= read
