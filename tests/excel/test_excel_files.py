from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.errors import FileBusyError
from toolkit.excel import files
from toolkit.excel.files import safe_file_name, sha256_of, unique_names, write_atomic


def test_a_written_file_is_whole_and_leaves_no_debris(tmp_path: Path) -> None:
    target = tmp_path / "新建" / "表.xlsx"
    write_atomic(target, b"one")
    write_atomic(target, b"two")
    assert target.read_bytes() == b"two"
    assert [item.name for item in target.parent.iterdir()] == ["表.xlsx"]


def test_a_busy_file_is_retried_then_its_owner_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "表.xlsx"
    target.write_bytes(b"old")
    owner = "张三"
    record = bytearray(165)
    record[54:56] = len(owner).to_bytes(2, "little")
    record[56 : 56 + 4] = owner.encode("utf-16-le")
    (tmp_path / "~$表.xlsx").write_bytes(record)
    calls: list[float] = []
    monkeypatch.setattr(files.time, "sleep", calls.append)

    def refuse(*_: object) -> None:
        raise PermissionError(13, "in use")

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(FileBusyError, match=r"张三.*请先在 Excel 或 WPS 中关闭"):
        write_atomic(target, b"new")
    assert target.read_bytes() == b"old"
    assert len(calls) == 6
    assert not list(tmp_path.glob("*.tmp"))


def test_a_file_released_in_time_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    really, failures = Path.replace, [PermissionError(), PermissionError()]
    monkeypatch.setattr(files.time, "sleep", lambda _: None)

    def sometimes(a: Path, b: Path) -> None:
        if failures:
            raise failures.pop()
        really(a, b)

    monkeypatch.setattr(Path, "replace", sometimes)
    write_atomic(tmp_path / "a", b"1")
    assert (tmp_path / "a").read_bytes() == b"1"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("01 智慧城管平台.xlsx", "01 智慧城管平台.xlsx"),
        ("市发改委/市数据局：项目?.xlsx", "市发改委_市数据局：项目_.xlsx"),
        ("../../etc/passwd", "_.._etc_passwd"),
        ("CON.xlsx", "_CON.xlsx"),
        ("com1 .txt", "_com1.txt"),
        ("nul.tar.gz", "_nul.tar.gz"),
        ("尾点...", "尾点"),
        ("行一\n行二", "行一_行二"),
        ("\u202etxt.exe", "_txt.exe"),
        ("", "未命名"),
        (" . ", "未命名"),
        ("项" * 300 + ".xlsx", "项" * 78 + ".xlsx"),
    ],
)
def test_names(text: str, name: str) -> None:
    assert safe_file_name(text) == name


@settings(max_examples=200, deadline=None)
@given(st.text(), st.integers(20, 120))
def test_any_text_becomes_a_name_windows_takes(text: str, limit: int) -> None:
    name = safe_file_name(text, limit)
    assert 0 < len(name) <= limit
    assert not set(name) & set('<>:"/\\|?*')
    assert name == name.strip(" ")
    assert not name.endswith(".")
    assert name.isprintable() or all(ord(c) > 0x9F for c in name if not c.isprintable())
    assert name.split(".")[0].casefold() not in {"con", "prn", "aux", "nul", "com1"}
    assert len(name.encode()) <= 240
    assert safe_file_name(name, limit) == name


def test_doubles_are_numbered() -> None:
    names = ["A.xlsx", "a.XLSX", "a(2).xlsx", "b", "b"]
    assert unique_names(names) == ["A.xlsx", "a(2).XLSX", "a(2)(2).xlsx", "b", "b(2)"]


def test_hash() -> None:
    assert sha256_of(b"") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
