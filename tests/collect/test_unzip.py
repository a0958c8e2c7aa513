"""Zip archives as units send them: where they are refused, to the last file and byte, and what their names become."""

from io import BytesIO
from zipfile import ZipFile, ZipInfo

import pytest

from toolkit.collect import unzip
from toolkit.collect.unzip import CannotUnpackError, member_name, unpack

UTF8 = 0x800


def archive(*contents: bytes) -> bytes:
    target = BytesIO()
    with ZipFile(target, "w") as made:
        for number, content in enumerate(contents):
            made.writestr(f"{number:04}.xlsx", content)
    return target.getvalue()


def refused(data: bytes) -> str:
    with pytest.raises(CannotUnpackError) as error:
        list(unpack(data))
    return str(error.value)


def test_an_archive_with_a_password_is_told_as_such() -> None:
    """Not as damaged: whoever sent it has to know what to change."""
    data = bytearray(archive(b"1", b"2"))
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    assert "设有密码" in refused(bytes(data))


def test_files_and_bytes_are_counted_to_the_last(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unzip, "_MOST_ENTRIES", 3)
    monkeypatch.setattr(unzip, "_MOST_BYTES", 30)
    assert [len(content) for _, content in unpack(archive(b"a" * 10, b"b" * 10, b"c" * 10))] == [10, 10, 10]
    assert "文件过多（4 个）" in refused(archive(b"", b"", b"", b""))
    assert "解开后超过" in refused(archive(b"a" * 10, b"b" * 10, b"c" * 11))


def test_what_comes_before_the_fault_is_handed_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unzip, "_MOST_BYTES", 15)
    files = unpack(archive(b"a" * 10, b"b" * 10))
    assert next(files) == ("0000.xlsx", b"a" * 10)
    with pytest.raises(CannotUnpackError):
        next(files)


@pytest.mark.parametrize(
    ("written", "flag", "name"),
    [
        ("采集表.xlsx".encode().decode("cp437"), 0, "采集表.xlsx"),
        ("采集表.xlsx".encode("gb18030").decode("cp437"), 0, "采集表.xlsx"),
        ("采集表.xlsx", UTF8, "采集表.xlsx"),
        ("甲局\\采集表.xlsx", UTF8, "甲局/采集表.xlsx"),
        ("../../etc/passwd", UTF8, "etc/passwd"),
        ("/./a//b.xlsx", UTF8, "a/b.xlsx"),
        ("..", UTF8, "未命名"),
    ],
)
def test_a_members_name_is_read_as_it_was_meant_and_leads_nowhere(written: str, flag: int, name: str) -> None:
    entry = ZipInfo(written)
    entry.orig_filename, entry.flag_bits = written, flag
    assert member_name(entry) == name
