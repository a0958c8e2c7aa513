"""A sample handed over as one file: sound, the same bytes twice, the same results out of it again."""

import html
import json
import os
import re
import shutil
import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest

from tests.archive import test_tampering as tampering
from tests.pipeline.conftest import call
from toolkit.aggregate import build_master
from toolkit.archive import digests_of, examine
from toolkit.errors import WorkspaceError
from toolkit.excel.files import sha256_of
from toolkit.excel.read import read_workbook
from toolkit.ledger import EventKind
from toolkit.ledger.kinds import PriorTaken
from toolkit.model import ReadState
from toolkit.pipeline.archive.archiving import make_archive
from toolkit.pipeline.archive.inventory import inventory
from toolkit.pipeline.archive.next_year import initialise_from
from toolkit.pipeline.archive.rerunning import rerun_archive
from toolkit.pipeline.deliver.master_book import plan_master
from toolkit.pipeline.dispatch.distributing import generate
from toolkit.pipeline.examine.results import results
from toolkit.pipeline.intake.collecting import collect
from toolkit.pipeline.intake.originals import altered_originals
from toolkit.pipeline.intake.returned import returns
from toolkit.pipeline.plan.evaluation import Evaluation, load
from toolkit.pipeline.plan.prior import field_of

SAMPLES = ("nanchang-2022", "jiangsu-2022", "suzhou-anhui-2023", "suzhou-jiangsu-2023", "nantong-2024")
OLD_WORKSPACE = Path(__file__).parents[1] / "upgrade" / "workspace-0.1.0.zip"
NOW = datetime(2026, 3, 2, tzinfo=UTC)
FULL = os.environ.get("JIXIAO_FULL") == "1"


@pytest.fixture(scope="module")
def archived(sample_made: Callable[[str], Path], tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, dict]:  # type: ignore[type-arg]
    """A workspace, its archive, and what the command said."""
    folder = sample_made("nanchang-2022")
    file = tmp_path_factory.mktemp("handed") / "南昌归档.zip"
    return folder, file, call("archive", "make", "-w", folder, file)


def test_an_archive_verifies_and_names_its_digests(archived: tuple[Path, Path, dict]) -> None:  # type: ignore[type-arg]
    _, file, said = archived
    assert said["ok"], said["findings"]
    verdict = call("archive", "verify", file)
    assert verdict["ok"]
    assert verdict["findings"] == []
    assert (verdict["sha256"], verdict["sm3"]) == tuple(digests_of(file.read_bytes()))
    assert verdict["head"] == said["head"]
    assert verdict["events"] == said["head"]["seq"]


def test_files_of_the_workspace_may_have_the_names_of_what_is_written_from_the_ledger(
    archived: tuple[Path, Path, dict],  # type: ignore[type-arg]
    tmp_path: Path,
) -> None:
    folder = shutil.copytree(archived[0], tmp_path / "南昌")
    (folder / "台账.xlsx").write_bytes(b"mine")
    assert call("archive", "make", "-w", folder, tmp_path / "归档.zip")["ok"]
    with zipfile.ZipFile(tmp_path / "归档.zip") as made, zipfile.ZipFile(archived[1]) as before:
        assert made.read("台账.xlsx") == b"mine"
        assert set(made.namelist()) - set(before.namelist()) == {"台账（归档时）.xlsx"}


def test_a_second_archive_of_the_same_workspace_is_the_same_file(
    archived: tuple[Path, Path, dict],
    tmp_path: Path,  # type: ignore[type-arg]
) -> None:
    folder, file, _ = archived
    call("archive", "make", "-w", folder, tmp_path / "再次.zip")
    assert (tmp_path / "再次.zip").read_bytes() == file.read_bytes()


def test_master_and_reports_come_out_again_byte_for_byte(archived: tuple[Path, Path, dict]) -> None:  # type: ignore[type-arg]
    folder, file, _ = archived
    before = file.read_bytes()
    rerun = call("archive", "rerun", file)
    reports = sorted(path.name for path in (folder / "07-评价报告").glob("*.docx"))
    assert rerun["ok"]
    assert rerun["identical"] == 1 + len(reports)
    assert {row["state"] for row in rerun["results"]} == {"identical"}
    assert sorted(Path(row["name"]).name for row in rerun["results"] if row["name"].endswith(".docx")) == reports
    assert file.read_bytes() == before


def test_what_no_longer_comes_out_is_named(archived: tuple[Path, Path, dict], tmp_path: Path) -> None:  # type: ignore[type-arg]
    folder = Path(shutil.copytree(archived[0], tmp_path / "改过"))
    edited = next((folder / "07-评价报告").glob("*.docx"))
    edited.write_bytes(edited.read_bytes() + b"\0")
    (folder / "06-汇总总表" / "汇总总表.xlsx").unlink()
    file = tmp_path / "改过.zip"
    call("archive", "make", "-w", folder, file, code=1)
    rerun = call("archive", "rerun", file, code=1)
    rows = {Path(row["name"]).name: row["state"] for row in rerun["results"]}
    assert rows.pop(edited.name) == "edited"
    assert rows.pop("汇总总表.xlsx") == "missing"
    assert set(rows.values()) <= {"identical"}


def test_the_index_has_a_row_for_every_paper(archived: tuple[Path, Path, dict]) -> None:  # type: ignore[type-arg]
    with zipfile.ZipFile(archived[1]) as archive:
        names = set(archive.namelist())
        book = read_workbook(archive.read("目录.xlsx"))
        manifest = json.loads(archive.read("MANIFEST.json"))
    sheet = book.sheet("目录")
    assert sheet is not None
    rows = {
        str(sheet.cells[row, 7].value): (str(sheet.cells[row, 1].value), str(sheet.cells[row, 9].value))
        for row in range(4, 4 + len(manifest["members"]) - 1)
    }
    assert set(rows) == names - {"目录.xlsx", "MANIFEST.json"}
    assert len({number for number, _ in rows.values()}) == len(rows)
    assert {number.partition("-")[0] for number, _ in rows.values()} == {"立项性", "证明性", "结论性"}
    assert {row["name"]: row["sha256"] for row in manifest["members"] if row["number"]} == {
        name: sha256 for name, (_, sha256) in rows.items()
    }


@pytest.mark.parametrize(
    ("words", "code", "part"),
    [
        (("make", "归档.rar"), 2, ".zip"),
        (("verify", "没有.zip"), 3, "找不到归档包"),
        (("rerun", "没有.zip"), 3, "找不到归档包"),
        (("verify", "坏的.zip"), 1, ""),
        (("rerun", "坏的.zip"), 3, "没有通过校验"),
        (("verify", "坏的.zip", "--anchor", "x"), 2, "条数:校验值"),
    ],
)
def test_wrong_uses_are_told(archived: tuple[Path, Path, dict], tmp_path: Path, words, code, part) -> None:  # type: ignore[no-untyped-def, type-arg]
    (tmp_path / "坏的.zip").write_bytes(b"PK\x03\x04 rubbish")
    what, name, *more = words
    where = ("-w", archived[0]) if what == "make" else ()
    said = call("archive", what, tmp_path / name, *where, *more, code=code)
    assert part in json.dumps(said, ensure_ascii=False)


def test_an_archive_is_not_written_into_its_own_workspace(archived: tuple[Path, Path, dict]) -> None:  # type: ignore[type-arg]
    said = call("archive", "make", "-w", archived[0], archived[0] / "归档.zip", code=3)
    assert "工作区里面" in said["error"]
    assert not (archived[0] / "归档.zip").exists()


@pytest.mark.skipif(not FULL, reason="五个样例逐个归档、校验、重算、改二十处、脱敏约五分钟：JIXIAO_FULL=1")
@pytest.mark.parametrize("sample", SAMPLES)
def test_every_sample_comes_out_again(sample_made: Callable[[str], Path], tmp_path: Path, sample: str) -> None:
    file = tmp_path / "归档.zip"
    call("archive", "make", "-w", sample_made(sample), file)
    assert call("archive", "verify", file)["ok"]
    rerun = call("archive", "rerun", file)
    assert (rerun["ok"], rerun["different"], rerun["edited"]) == (True, 0, 0)
    assert rerun["identical"] == len(rerun["results"]) > len(list((sample_made(sample) / "07-评价报告").glob("*.docx")))
    found = {name: [code for code, _, _ in examine_bytes(data, tmp_path)] for name, data in spoilt(file.read_bytes())}
    assert len(found) == 20
    assert [name for name, codes in found.items() if not codes] == []
    said = call("archive", "make", "--mask", "-w", sample_made(sample), tmp_path / "脱敏.zip")
    secret = contacts(sample_made(sample))
    assert said["masks"] >= len(secret)
    assert leaks(tmp_path / "脱敏.zip", secret) == []


def examine_bytes(data: bytes, folder: Path) -> list[tuple[str, str, str]]:
    (folder / "改过.zip").write_bytes(data)
    return list(examine(folder / "改过.zip")["problems"])


def spoilt(data: bytes) -> Iterator[tuple[str, bytes]]:
    """A whole evaluation's archive in twenty ways nobody should be able to hand on unnoticed."""
    held = tampering.members(data)
    names = sorted(name for name, content in held.items() if content and name != "MANIFEST.json")
    picked = names[:: max(1, len(names) // 8)][:8]
    original = next(name for name in names if name.startswith("04-原件/"))
    report = next(name for name in names if name.startswith("07-评价报告/"))
    for name in picked:
        middle = len(held[name]) // 2
        other = held[name][:middle] + bytes([held[name][middle] ^ 1]) + held[name][middle + 1 :]
        yield f"one bit of {name}", tampering.packed(held | {name: other})
    for name in (original, report):
        yield f"{name} taken out", tampering.packed({key: value for key, value in held.items() if key != name})
        yield f"{name} emptied", tampering.packed(held | {name: b""})
    yield "two changed places", tampering.packed(held | {picked[0]: held[picked[1]], picked[1]: held[picked[0]]})
    yield "renamed", tampering.packed({f"{key}x" if key == report else key: value for key, value in held.items()})
    for name in ("added", "commented", "deflated", "other_date", "hidden_gap"):
        yield name, getattr(tampering, name)(data)
    yield "another program in the manifest", tampering.in_manifest("program", {"python": "2.7"})(data)


def test_bytes_io_is_enough_to_read_an_archive(archived: tuple[Path, Path, dict]) -> None:  # type: ignore[type-arg]
    """Any program that reads zips reads it: nothing about the container is our own."""
    with zipfile.ZipFile(BytesIO(archived[1].read_bytes())) as archive:
        assert archive.testzip() is None


def parts(name: str, data: bytes) -> Iterator[tuple[str, str]]:
    """Every part of every archive inside, with its text: tags taken out, and as it stands."""
    yield name, ""
    if data.startswith(b"PK"):
        with zipfile.ZipFile(BytesIO(data)) as archive:
            yield f"{name}（注释）", archive.comment.decode("utf-8", "ignore")
            for info in archive.infolist():
                yield f"{name}/{info.filename}（注释）", (info.comment + info.extra).decode("utf-8", "ignore")
            for inner in archive.namelist():
                yield from parts(f"{name}/{inner}", archive.read(inner))
        return
    text = data.decode("utf-8", "ignore")
    yield name, html.unescape(text)
    yield name, html.unescape(re.sub(r"<[^>]*>", "", text))


def contacts(folder: Path) -> set[str]:
    """Contacts, telephone numbers and addresses of a roster."""
    roster = read_workbook((folder / "项目清单.xlsx").read_bytes()).sheets[0]
    headings = {str(cell.value): column for (row, column), cell in roster.cells.items() if row <= 3 and cell.value}
    columns = {headings[name] for name in ("联系人", "电话", "邮箱") if name in headings}
    cells = [cell for (row, column), cell in roster.cells.items() if column in columns and row > 3]
    return {text for cell in cells if len(text := str(cell.value or "").strip()) > 1}


def leaks(file: Path, secret: set[str]) -> list[tuple[str, str]]:
    """Where a masked copy still holds one of the texts, in any part of any file."""
    found = re.compile("|".join(map(re.escape, sorted(secret, key=len, reverse=True))) or r"(?!)")
    seen: set[tuple[str, str]] = set()
    listed = []
    for name, text in parts("", file.read_bytes()):
        if ("", text) not in seen:
            listed += [(name, match[0]) for match in found.finditer(text)]
            seen.add(("", text))
        listed += [(name, match[0]) for match in found.finditer(name)]
    return listed


def test_a_masked_copy_holds_no_contact_in_any_part(tmp_path: Path) -> None:
    """Four projects of Nantong, as version 0.1.0 left them; all five samples whole with JIXIAO_FULL=1."""
    folder = tmp_path / "评价"
    with zipfile.ZipFile(OLD_WORKSPACE) as archive:
        archive.extractall(folder)
    secret, file = contacts(folder), tmp_path / "脱敏.zip"
    assert len(secret) == 9
    made = make_archive(load(folder), file, NOW, mask=True)
    assert leaks(file, secret) == []
    assert leaks(folder / "02-下发包" / "市委网信办.zip", secret) != []
    assert made.masked >= len(secret)
    assert call("archive", "verify", file)["masked"]
    with pytest.raises(WorkspaceError, match="脱敏副本"):
        rerun_archive(file)


def rows_of(path: Path, sheet: str) -> list[dict[str, str]]:
    book = read_workbook(path.read_bytes()).sheet(sheet)
    assert book is not None
    names = {column: str(cell.value) for (row, column), cell in book.cells.items() if row == 3}
    lines: dict[int, dict[str, str]] = {}
    for (row, column), cell in book.cells.items():
        if row > 3 and column in names:
            lines.setdefault(row, {})[names[column]] = "" if cell.value is None else str(cell.value)
    return [lines[row] for row in sorted(lines)]


def test_the_next_year_begins_with_what_still_holds(archived: tuple[Path, Path, dict], tmp_path: Path) -> None:  # type: ignore[type-arg]
    old, file, _ = archived
    folder = tmp_path / "下一年"
    said = call("init", folder, "--from", file)
    assert said["ok"]
    for name in ("方案.xlsx", "项目清单.xlsx"):
        assert (folder / name).read_bytes() == (old / name).read_bytes()
    prior = rows_of(folder / "上年数据.xlsx", "上年数据")
    assert sum(row["状态"] == "待核实" for row in prior) == said["prior"] > 0
    assert {row["状态"] for row in prior} == {"待核实", "仅对比"}
    tracked = rows_of(folder / "整改跟踪.xlsx", "整改跟踪")
    assert len(tracked) == said["open_problems"] > 0
    assert {row["整改状态"] for row in tracked} == {"未整改"}
    unsettled = [row for row in call("check", "-w", old, code=None)["findings"] if row["severity"] != "note"]
    asked = {(row["project"], row["code"]) for row in unsettled if row["project"]}
    assert asked <= {(row["项目序号"], row["代码"]) for row in tracked}
    assert not (folder / "评审意见.xlsx").exists()
    assert call("ledger", "verify", "-w", folder)["events"] == 3
    assert "已有" in call("init", folder, "--from", file, code=3)["error"]


def test_last_years_conclusions_are_originals_that_say_whence_they_came(
    archived: tuple[Path, Path, dict],  # type: ignore[type-arg]
    tmp_path: Path,
) -> None:
    folder = tmp_path / "下一年"
    initialise_from(folder, archived[1], NOW)
    with load(folder).workspace.ledger() as ledger:
        noted = {event.details.file: event for event in ledger.events(EventKind.PRIOR_TAKEN)}
    assert set(noted) == {"上年数据.xlsx", "整改跟踪.xlsx"}
    for name, event in noted.items():
        said = event.says(PriorTaken)
        assert (said.archive, said.sha256) == ("南昌归档.zip", sha256_of(archived[1].read_bytes()))
        assert (folder / "04-原件" / event.subject).read_bytes() == (folder / name).read_bytes()
    listed = [content for content in inventory(load(folder)) if content.name.startswith("04-原件/")]
    assert sorted(content.title for content in listed) == ["原件：上年数据.xlsx", "原件：整改跟踪.xlsx"]
    assert all("收到" in content.origin for content in listed)
    (folder / "04-原件" / noted["整改跟踪.xlsx"].subject).unlink()
    assert any("整改跟踪.xlsx" in problem.message for problem in altered_originals(load(folder).workspace))


def test_an_archive_unpacked_on_another_machine_is_the_evaluation(
    archived: tuple[Path, Path, dict],  # type: ignore[type-arg]
    tmp_path: Path,
) -> None:
    """It holds no empty folder, and stood its own index in the way of the next archive."""
    folder = tmp_path / "恢复"
    with zipfile.ZipFile(archived[1]) as packed:
        packed.extractall(folder)
        names = set(packed.namelist())
    shutil.rmtree(folder / "03-收件箱", ignore_errors=True)
    (folder / "会议材料").mkdir()
    (folder / "会议材料" / "专家评审会会议纪要.docx").write_bytes(b"minutes")
    assert call("collect", "-w", folder) is not None
    assert call("verify", "-w", folder)["ok"]
    call("run", "-w", folder, code=None)
    master = Path("06-汇总总表") / "汇总总表.xlsx"
    assert (folder / master).read_bytes() == (archived[0] / master).read_bytes()
    again = tmp_path / "再次.zip"
    assert call("archive", "make", "-w", folder, again)["ok"]
    with zipfile.ZipFile(again) as packed:
        assert set(packed.namelist()) - names == {"会议材料/专家评审会会议纪要.docx"}
        assert names - set(packed.namelist()) == {name for name in names if name.startswith("03-收件箱/")}
    assert call("archive", "verify", again)["ok"]


def asked_and_answered(evaluation: Evaluation, project: str) -> set[str]:
    """The fields a unit filled in; what is calculated, or printed by the form, is not asked."""
    readings = returns(evaluation).counting[project].readings.values()
    filled = [reading.key for reading in readings if reading.state in (ReadState.VALUE, ReadState.NONE)]
    fields = {key: field_of(evaluation.scheme, key)[0] for key in filled}
    return {key for key, field in fields.items() if field and not field.formula and not field.prefill}


def test_what_is_sent_back_as_it_was_put_in_is_noticed_and_compared(
    archived: tuple[Path, Path, dict],
    tmp_path: Path,  # type: ignore[type-arg]
) -> None:
    """The new form holds every figure of last year; a unit that changes nothing hears of it."""
    folder = tmp_path / "下一年"
    initialise_from(folder, archived[1], NOW)
    evaluation = load(folder)
    generate(evaluation, NOW)
    form = next(evaluation.workspace.workbooks.glob("*.xlsx"))
    (project,) = evaluation.roster.projects
    put_in, layout = evaluation.prior.prefill[project.id], evaluation.template.layout
    assert set(put_in) == asked_and_answered(load(archived[0]), project.id)
    assert len(put_in) > 10
    book = read_workbook(form.read_bytes())
    shown = {key: cell for key in put_in if (cell := book.cell(layout.slots[key].sheet, layout.slots[key].cell))}
    assert {key: cell.value for key, cell in shown.items()} == put_in
    shutil.copy(form, evaluation.workspace.inbox)
    collect(evaluation, (evaluation.workspace.inbox,), NOW)
    found = results(evaluation, NOW.date())
    assert "YEAR-02" in {finding.code for finding in found.examined.findings}
    master = read_workbook(build_master(plan_master(evaluation, found)).data).sheet("年度对比")
    assert master is not None
    kinds = {str(cell.value) for (row, column), cell in master.cells.items() if column == 4 and row > 3}
    assert {"总分", "指标得分率", "采集数据"} >= kinds >= {"采集数据"}
    moves = {
        cell.value
        for (row, column), cell in master.cells.items()
        if column == 10 and master.cells[row, 4].value == "采集数据"
    }
    assert moves == {0}


def test_a_next_year_needs_a_sound_archive(tmp_path: Path) -> None:
    (tmp_path / "坏.zip").write_bytes(b"PK")
    assert "没有通过校验" in call("init", tmp_path / "年", "--from", tmp_path / "坏.zip", code=3)["error"]
    assert not (tmp_path / "年").exists()
