"""Zip archives as units send them: names in GBK or UTF-8, streamed under caps, nothing put on disk."""

import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from zipfile import ZipFile, ZipInfo

_MOST_ENTRIES = 2_000
_MOST_BYTES = 200_000_000
"""What one archive may unpack to, counted while reading; what its directory declares is not believed. Units: bytes."""
_UTF8_FLAG, _ENCRYPTED_FLAG = 0x800, 0x1


class CannotUnpackError(Exception):
    """The archive cannot be unpacked; the text says why and what to do, in Chinese."""


def unpack(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Path and content of every file of an archive, in order of path.

    Raises:
        CannotUnpackError: encrypted, damaged, or more than it may hold. Files before the fault were handed out.
    """
    try:
        with ZipFile(BytesIO(data)) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            _refuse(entries)
            left = _MOST_BYTES
            for name, entry in sorted(((member_name(entry), entry) for entry in entries), key=lambda pair: pair[0]):
                content = _content(archive, entry, left)
                left -= len(content)
                yield name, content
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, ValueError, RuntimeError) as error:
        raise CannotUnpackError("压缩包或工作簿已损坏、不完整。请确认能打开后重新报送") from error


def _refuse(entries: list[ZipInfo]) -> None:
    if any(entry.flag_bits & _ENCRYPTED_FLAG for entry in entries):
        raise CannotUnpackError("压缩包设有密码。请去除密码后重新报送")
    if len(entries) > _MOST_ENTRIES:
        raise CannotUnpackError(f"压缩包内文件过多（{len(entries)} 个）。请只报送采集表和佐证材料")


def _content(archive: ZipFile, entry: ZipInfo, left: int) -> bytes:
    with archive.open(entry) as stream:
        content = stream.read(left + 1)
    if len(content) > left:
        raise CannotUnpackError(f"压缩包解开后超过 {_MOST_BYTES // 1_000_000} MB。请只报送采集表，佐证材料分开报送")
    return content


def member_name(entry: ZipInfo) -> str:
    """A member's path with ``/``; Chinese Windows writes GBK where the format's flag says otherwise."""
    name = entry.orig_filename
    if not entry.flag_bits & _UTF8_FLAG:
        raw = name.encode("cp437", "replace")
        for encoding in ("utf-8", "gb18030"):
            try:
                name = raw.decode(encoding)
                break
            except UnicodeDecodeError:
                continue
    parts = name.replace("\\", "/").split("\0")[0].split("/")
    return "/".join(part for part in parts if part not in ("", ".", "..")) or "未命名"
