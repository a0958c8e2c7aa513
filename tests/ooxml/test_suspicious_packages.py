"""Zip files as damage or an attacker leaves them: each is refused for its own reason, the nearest sound one is read."""

import struct
import zipfile
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from zlib import crc32

import pytest

from toolkit.errors import UnreadableFileError
from toolkit.excel.read import read_workbook
from toolkit.ooxml.package import (
    Member,
    PackageLimits,
    deflate,
    inflate,
    read_members,
    stored,
    with_member,
    write_members,
)

CONTENT = bytes(range(256)) * 4
CENTRAL = b"PK\x01\x02"
FLAGS, PACKED, OFFSET = 8, 20, 42
"""Where a line of the directory tells flags, compressed size and the place of its member."""
TWO = write_members([stored("a.xml", CONTENT), stored("b.xml", CONTENT)])


def with_line(data: bytes, line: int, at: int, value: bytes) -> bytes:
    """A zip file with some bytes of one line of its directory put in place of what stands there."""
    start = -1
    for _ in range(line + 1):
        start = data.index(CENTRAL, start + 1)
    return data[: start + at] + value + data[start + at + len(value) :]


def zipped(method: int) -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w", method) as archive:
        archive.writestr("a.xml", CONTENT)
    return target.getvalue()


def refused(data: bytes, limits: PackageLimits | None = None) -> str:
    with pytest.raises(UnreadableFileError) as error:
        read_members(data, limits)
    return str(error.value)


def test_sound_files_of_both_kinds_are_read() -> None:
    assert {name: inflate(member) for name, member in read_members(TWO).items()} == {"a.xml": CONTENT, "b.xml": CONTENT}
    for method in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        assert inflate(read_members(zipped(method))["a.xml"]) == CONTENT


def test_a_zip_file_without_members_is_no_workbook_and_no_fault_of_the_program() -> None:
    empty = write_members([])
    assert read_members(empty) == {}
    with pytest.raises(UnreadableFileError) as error:
        read_workbook(empty)
    assert "程序出错" not in str(error.value)


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (lambda data: with_line(data, 0, FLAGS, b"\x01\x00"), "已加密"),
        (lambda _: zipped(zipfile.ZIP_BZIP2), "不支持的压缩方式"),
        (lambda data: with_line(data, 1, OFFSET, bytes(4)), "互相重叠"),
        (lambda data: with_line(data, 0, PACKED, struct.pack("<I", len(CONTENT) + 1)), "互相重叠"),
        (lambda data: with_line(data, 1, PACKED, struct.pack("<I", len(CONTENT) + 1)), "互相重叠"),
        (lambda data: b"GIF89a" + data, "开头另有内容"),
        (lambda data: b"PK\x03\x05" + data[4:], "压缩结构打不开"),
        (lambda data: data[:-30], "压缩结构打不开"),
        (lambda _: b"", "压缩结构打不开"),
        (lambda data: data.replace(b"b.xml", b"A.xml"), "同名条目"),
        (lambda data: data.replace(b"b.xml", b"\\a.xm").replace(b"a.xml", b"/a.xm"), "同名条目"),
    ],
)
def test_what_is_wrong_with_a_file_is_told(spoil: Callable[[bytes], bytes], reason: str) -> None:
    assert reason in refused(spoil(TWO))


def test_limits_hold_to_the_last_byte_and_member() -> None:
    assert "文件过大" in refused(TWO, PackageLimits(file_bytes=len(TWO) - 1))
    assert "条目过多" in refused(TWO, PackageLimits(members=1))
    assert len(read_members(TWO, PackageLimits(file_bytes=len(TWO), members=2))) == 2


PACKING = (stored("a", CONTENT), deflate("a", CONTENT), replace(deflate("a", CONTENT), size=3))


@pytest.mark.parametrize("member", PACKING, ids=["stored", "deflated", "with a size that is a lie"])
def test_a_member_that_grows_beyond_the_limit_is_refused_whatever_it_says_of_its_size(member: Member) -> None:
    assert inflate(member, len(CONTENT)) == CONTENT
    with pytest.raises(UnreadableFileError, match="压缩炸弹"):
        inflate(member, len(CONTENT) - 1)


@pytest.mark.parametrize("member", PACKING, ids=["stored", "deflated", "with a size that is a lie"])
def test_a_member_that_was_altered_or_cut_off_is_refused(member: Member) -> None:
    with pytest.raises(UnreadableFileError, match="校验不符"):
        inflate(replace(member, crc=member.crc ^ 1))
    with pytest.raises(UnreadableFileError, match="已损坏"):
        inflate(replace(member, payload=member.payload[:-3]))


def test_content_that_is_no_stream_and_one_with_something_behind_it() -> None:
    packed = deflate("a", CONTENT)
    with pytest.raises(UnreadableFileError, match="已损坏"):
        inflate(replace(packed, payload=b"\xff" * 20))
    assert inflate(replace(packed, payload=packed.payload + b"more")) == CONTENT


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_a_changed_member_of_another_programs_file_is_checked_before_it_is_changed(method: int) -> None:
    data = zipped(method)
    changed = with_member(data, "a.xml", lambda content: content + b"!")
    assert inflate(read_members(changed)["a.xml"]) == CONTENT + b"!"
    wrong = data.replace(struct.pack("<I", crc32(CONTENT)), struct.pack("<I", crc32(b"other")))
    with pytest.raises(UnreadableFileError, match="校验不符"):
        with_member(wrong, "a.xml", lambda content: content)
