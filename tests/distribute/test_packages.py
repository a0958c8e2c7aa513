"""Every unit gets its package once; nothing is rewritten without need; no name a unit chose leads outside."""

from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from toolkit.distribute import (
    FILE_LIST_NAME,
    LETTER_NAME,
    Package,
    PackageFile,
    UnitPackage,
    make_packages,
    plan_packages,
    record_dispatch,
)
from toolkit.ledger import EventKind, Ledger
from toolkit.model import Project, Roster

DATA, INDUSTRY, POLICE = "市大数据管理中心", "市工业和信息化局", "市公安局"


def project(number: int, *units: str) -> Project:
    return Project(str(number), 2024, "、".join(units), units, f"项目{number}", Decimal("286.5"))


ROSTER = Roster((project(1, DATA), project(2, DATA, INDUSTRY), project(3, POLICE)))
WORKBOOKS = {one.id: (f"{one.id}_{one.name}.xlsx", f"workbook {one.id}".encode()) for one in ROSTER.projects}


def letter(package: UnitPackage) -> bytes:
    return f"letter to {package.unit}: {[file.name for file in package.files]}".encode()


def pack(out: Path, units: tuple[UnitPackage, ...], letter: Callable[[UnitPackage], bytes] = letter) -> list[Package]:
    return make_packages(units, out, letter)


def test_every_single_unit_gets_its_workbooks() -> None:
    plans = plan_packages(ROSTER, WORKBOOKS)
    assert {plan.unit: [file.name for file in plan.files] for plan in plans} == {
        DATA: ["1_项目1.xlsx", "2_项目2.xlsx"],
        INDUSTRY: ["2_项目2.xlsx"],
        POLICE: ["3_项目3.xlsx"],
    }


def test_a_unit_without_workbook_gets_no_package() -> None:
    plans = plan_packages(ROSTER, {"2": WORKBOOKS["2"]})
    assert [(plan.unit, [file.name for file in plan.files]) for plan in plans] == [
        (DATA, ["2_项目2.xlsx"]),
        (INDUSTRY, ["2_项目2.xlsx"]),
    ]


def test_folder_zip_and_list_hold_the_same_files(tmp_path: Path) -> None:
    (source := tmp_path / "source.xlsx").write_bytes(b"from a file")
    plan = UnitPackage(DATA, (PackageFile("表.xlsx", source), PackageFile("说明.txt", b"words")))
    (package,) = pack(tmp_path / "下发", (plan,))
    assert package.folder == tmp_path / "下发" / DATA
    on_disk = {path.name: path.read_bytes() for path in package.folder.iterdir()}
    assert set(on_disk) == {"表.xlsx", "说明.txt", LETTER_NAME, FILE_LIST_NAME}
    with ZipFile(package.archive) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == on_disk
    assert {file.name: (file.sha256, file.size) for file in package.files} == {
        name: (sha256(data).hexdigest(), len(data)) for name, data in on_disk.items()
    }
    listed = on_disk[FILE_LIST_NAME].decode("utf-8-sig")
    assert f"表.xlsx\t11\t{sha256(b'from a file').hexdigest()}\r\n" in listed
    assert f"责任单位：{DATA}\r\n文件数：3" in listed


def test_the_zip_is_plain_to_every_reader_and_always_the_same(tmp_path: Path) -> None:
    first, second = (pack(tmp_path / name, plan_packages(ROSTER, WORKBOOKS)) for name in "ab")
    assert [one.archive.read_bytes() for one in first] == [one.archive.read_bytes() for one in second]
    with ZipFile(first[0].archive) as archive:
        members = archive.infolist()
    assert all(member.flag_bits & 0x800 for member in members if not member.filename.isascii())
    assert {(member.date_time, member.compress_type) for member in members} == {((1980, 1, 1, 0, 0, 0), ZIP_STORED)}
    assert [member.filename for member in members] == sorted(member.filename for member in members)


def test_a_second_run_rewrites_only_what_changed(tmp_path: Path) -> None:
    plans = plan_packages(ROSTER, WORKBOOKS)
    assert all(package.written for package in pack(tmp_path, plans))
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    assert [package.written for package in pack(tmp_path, plans)] == [(), (), ()]
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == before

    changed = plan_packages(ROSTER, WORKBOOKS | {"3": ("3_项目3.xlsx", b"another")})
    data, industry, police = pack(tmp_path, changed)
    assert (data.written, industry.written) == ((), ())
    assert police.written == ("3_项目3.xlsx", FILE_LIST_NAME, f"{POLICE}.zip")


def test_somebody_elses_file_is_left_alone_and_told(tmp_path: Path) -> None:
    plans = plan_packages(ROSTER, WORKBOOKS)
    pack(tmp_path, plans)
    (tmp_path / DATA / "我的笔记.txt").touch()
    package = pack(tmp_path, plans)[0]
    assert package.leftover == ("我的笔记.txt",)
    with ZipFile(package.archive) as archive:
        assert "我的笔记.txt" not in archive.namelist()


def test_the_letter_is_told_the_names_as_they_stand_on_disk(tmp_path: Path) -> None:
    seen: list[str] = []

    def read_names(package: UnitPackage) -> bytes:
        seen.extend(file.name for file in package.files)
        return b""

    names = ("表.xlsx", "表.XLSX", LETTER_NAME, "../a:b.xlsx")
    (package,) = pack(tmp_path, (UnitPackage(DATA, tuple(PackageFile(name, b"x") for name in names)),), read_names)
    assert set(seen) | {LETTER_NAME, FILE_LIST_NAME} == {file.name for file in package.files}
    assert len({name.casefold() for name in seen}) == len(names)
    assert LETTER_NAME not in seen


HOSTILE = [
    "../../etc",
    "..",
    "C:\\x",
    "con",
    "a/b",
    "",
    "甲",
    "甲.zip",
    "甲.ZIP",
    "x\r\ny",
    "a" * 300,
    "\ud800",
    "~$甲",
]


@given(st.lists(st.text() | st.sampled_from(HOSTILE), min_size=1, max_size=5))
@example(HOSTILE)
@settings(max_examples=30, deadline=None)
def test_hostile_names_stay_inside_and_apart(tmp_path_factory: pytest.TempPathFactory, names: list[str]) -> None:
    out = tmp_path_factory.mktemp("out")
    units = tuple(UnitPackage(name, (PackageFile(name, name.encode(errors="replace")),)) for name in names)
    packages = pack(out, units, lambda _: b"letter")
    assert {path.parent for package in packages for path in (package.folder, package.archive)} == {out}
    assert len({path.name.casefold() for path in out.iterdir()}) == 2 * len(names)
    for package, name in zip(packages, names, strict=True):
        assert len(list(package.folder.iterdir())) == 3
        assert name.encode(errors="replace") in [path.read_bytes() for path in package.folder.iterdir()]
        assert len((package.folder / FILE_LIST_NAME).read_bytes().splitlines()) == 7


def test_a_dispatch_is_recorded_once_for_each_content(tmp_path: Path) -> None:
    at = datetime(2026, 11, 21, tzinfo=UTC)
    packages = pack(tmp_path / "下发", plan_packages(ROSTER, WORKBOOKS))
    with Ledger.open(tmp_path / "台账.sqlite") as ledger:
        assert record_dispatch(ledger, packages, at=at) == 3
        assert record_dispatch(ledger, packages, at=at) == 0
        event = ledger.events(EventKind.DISPATCHED)[0]
    assert (event.unit, event.subject) == (DATA, sha256(packages[0].archive.read_bytes()).hexdigest())
    assert event.printed()["项目序号"] == ["1", "2"]
