"""The zip of an archive, which can be written in one way only.

Members are stored as they are (what they hold is compressed already), in order, dated 1980-01-01, without comments,
extra fields or gaps. So every byte of the file follows from names and contents: a reader recomputes headers and
directory and finds whatever else stands in the file. Without deflating, no library decides over the bytes.
"""

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BufferedIOBase
from typing import IO

from toolkit.ooxml.fixed_day import DOS_DAY

_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_UTF8_NAME, _STORED, _VERSION = 0x800, 0, 20
MOST_MEMBERS, MOST_BYTES, MOST_OF_ONE = 60_000, 3_900_000_000, 300_000_000
"""What an archive may hold: members, bytes in all, bytes of one member."""
_FORBIDDEN = frozenset('\\:*?"<>|')


class ArchiveError(Exception):
    """The file is no archive as the toolkit writes them; the text says why, in Chinese."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A member as it stands in the file: where its bytes begin, how many there are, and their checksum."""

    name: str
    start: int
    size: int
    crc: int


class ArchiveWriter:
    """Writes members one after another to a stream; call :meth:`finish` at the end."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._directory: list[bytes] = []
        self._offset = 0
        self._taken: set[str] = set()

    def add(self, name: str, data: bytes) -> None:
        """Write a member.

        Raises:
            ArchiveError: the name cannot be one, is there already, or the archive would hold too much.
        """
        if fault := fault_of_name(name) or ("重名" if name.casefold() in self._taken else ""):
            raise ArchiveError(f"归档成员“{name[:80]}”不能写入：{fault}")
        self._taken.add(name.casefold())
        head = _local(name, data)
        if len(data) > MOST_OF_ONE or self._offset + len(head) + len(data) > MOST_BYTES:
            raise ArchiveError(f"归档内容过大（写到“{name[:80]}”时超出上限），请把大的佐证材料另行移交")
        if len(self._directory) >= MOST_MEMBERS:
            raise ArchiveError(f"归档文件过多（超过{MOST_MEMBERS}个）")
        self._directory.append(_central(name, zlib.crc32(data), len(data), self._offset))
        self._stream.write(head)
        self._stream.write(data)
        self._offset += len(head) + len(data)

    def finish(self) -> None:
        """Write the directory and the end."""
        self._stream.write(_ending(self._directory, self._offset))


@dataclass(frozen=True, slots=True)
class OpenedArchive:
    """An archive whose container is exactly as it was written; contents are read when asked for."""

    stream: BufferedIOBase
    entries: tuple[Entry, ...]

    def read(self, entry: Entry) -> bytes:
        """A member's bytes."""
        self.stream.seek(entry.start)
        return self.stream.read(entry.size)


def open_archive(stream: BufferedIOBase) -> OpenedArchive:
    """Walk through the whole file and compare every byte that is no content with what must stand there.

    Raises:
        ArchiveError: anything else stands there.
    """
    stream.seek(0, 2)
    length = stream.tell()
    entries: list[Entry] = []
    directory: list[bytes] = []
    taken: set[str] = set()
    offset = 0
    for entry in _walk(stream, length):
        if fault := fault_of_name(entry.name):
            raise ArchiveError(f"条目“{entry.name[:80]}”{fault}")
        if entry.name.casefold() in taken:
            raise ArchiveError(f"条目“{entry.name[:80]}”重复出现，内容有歧义")
        taken.add(entry.name.casefold())
        directory.append(_central(entry.name, entry.crc, entry.size, offset))
        entries.append(entry)
        offset = entry.start + entry.size
    stream.seek(offset)
    ending = _ending(directory, offset)
    if stream.read(len(ending)) != ending:
        raise ArchiveError("归档包的目录区与内容不一致：有条目被改名、增删、移动，或格式被改写")
    if length != offset + len(ending):
        raise ArchiveError(f"归档包末尾多出{length - offset - len(ending)}字节")
    return OpenedArchive(stream, tuple(entries))


def _walk(stream: BufferedIOBase, length: int) -> Iterator[Entry]:
    offset = 0
    stream.seek(0)
    while (mark := stream.read(_LOCAL.size))[:4] == b"PK\x03\x04" and len(mark) == _LOCAL.size:
        *_, crc, packed, size, name_length, extra = _LOCAL.unpack(mark)
        raw = stream.read(name_length)
        try:
            name = raw.decode()
        except UnicodeDecodeError:
            raise ArchiveError("条目名称不是 UTF-8，不是本工具写的归档包") from None
        if extra or packed != size or mark != _head(raw, crc, size):
            raise ArchiveError(f"条目“{name[:80]}”的文件头不是本工具写的（被重新压缩或改写过）")
        start = offset + _LOCAL.size + name_length
        if size > MOST_OF_ONE or start + size > length:
            raise ArchiveError(f"条目“{name[:80]}”不完整：归档包被截断")
        yield Entry(name, start, size, crc)
        offset = start + size
        stream.seek(offset)
    if offset == 0:
        raise ArchiveError("文件不是归档包（开头不是条目）")


def fault_of_name(name: str) -> str:
    """Why a name cannot be a member's, in Chinese; "" where it can."""
    parts = name.split("/")
    if any(part in ("", ".", "..") or part != part.strip() for part in parts):
        return "的路径不安全"
    if _FORBIDDEN.intersection(name) or not name.isprintable() or len(name.encode()) > 1000:
        return "的名称含有不允许的字符或过长"
    return ""


def _head(name: bytes, crc: int, size: int) -> bytes:
    flags = 0 if name.isascii() else _UTF8_NAME
    return _LOCAL.pack(
        b"PK\x03\x04", _VERSION, flags, _STORED, 0, DOS_DAY, crc, size, size, len(name), 0
    )  # fmt: skip


def _local(name: str, data: bytes) -> bytes:
    raw = name.encode()
    return _head(raw, zlib.crc32(data), len(data)) + raw


def _central(name: str, crc: int, size: int, offset: int) -> bytes:
    raw = name.encode()
    flags = 0 if raw.isascii() else _UTF8_NAME
    common = (_VERSION, _VERSION, flags, _STORED, 0, DOS_DAY, crc, size, size, len(raw))
    return _CENTRAL.pack(b"PK\x01\x02", *common, 0, 0, 0, 0, 0, offset) + raw


def _ending(directory: list[bytes], offset: int) -> bytes:
    listing = b"".join(directory)
    count = len(directory)
    return listing + _END.pack(b"PK\x05\x06", 0, 0, count, count, len(listing), offset, 0)
