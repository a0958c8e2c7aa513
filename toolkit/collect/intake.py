"""What came back, file by file: folders, archives and mail unpacked in memory, nothing written beside the originals."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from stat import S_ISREG
from typing import Protocol

from toolkit.collect.mail import is_mail
from toolkit.collect.unzip import CannotUnpackError
from toolkit.excel.sniff import FileKind, kind_of
from toolkit.text.folding import printable_name

_LARGEST = 500_000_000
"""A file on disk larger than this is reported, neither read nor stored. Units: bytes."""
_SHUT = "文件或文件夹无法打开。请检查文件是否被其他程序占用、是否有读取权限，再重新读取"
_NO_FILE = "不是普通文件（是管道、设备、套接字或通往别处文件夹的链接），没有读取。请删去它，把报送件直接放进来"
_TOO_LARGE = "文件过大（{} MB），没有读取和存档。请分成几份，每份不超过 {} MB"
_EVIDENCE = (FileKind.PDF, FileKind.IMAGE, FileKind.WORD, FileKind.SLIDES, FileKind.OFD, FileKind.RECORDING)
WORKBOOK_NAMES = (".xlsx", ".xlsm", ".xls", ".xlsb", ".et", ".ods")
_LITTER_NAMES = frozenset(["thumbs.db", "desktop.ini", "ehthumbs.db", "__macosx"])
_LITTER_STARTS = ("~$", "~wrl", "._", ".~")
_UNFINISHED = (".tmp", ".part", ".partial", ".crdownload", ".opdownload", ".download", ".downloading", ".xltd")
"""What Office calls a file while it saves it, and browsers and download programs while they fetch it."""
_DEEPEST = 2  # an archive or mail, and one archive within


class Unpack(Protocol):
    """Path and content of every file of an archive or mail; raises CannotUnpackError."""

    def __call__(self, data: bytes, *, is_mail: bool) -> Iterator[tuple[str, bytes]]:
        """Open it; in a process that can be killed, since it comes from outside."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """One file that came back.

    Attributes:
        name: its own name, without folders, as it can be stored and shown: a unit chooses it.
        path: the file on disk it came in.
        evidence: supporting material (PDF, picture, document, film), not a workbook.
        inside: path within the archive or mail, "" for a file of its own.
        folder: where it lay under the given path, archives and mails counted as folders.
        problem: why its bytes could not be had, in Chinese with what to do; ``data`` is then empty.
    """

    name: str
    data: bytes
    path: Path
    evidence: bool = False
    inside: str = ""
    problem: str = ""
    folder: str = ""


def incoming(paths: Iterable[Path], unpack: Unpack) -> Iterator[Incoming]:
    """Every file that came back under some paths: files, folders, zips (one within another) and mails.

    Those of a folder are sorted by path; the same file on disk comes only once. What programs leave beside files while
    they write them, and what systems put into folders, says nothing and is passed over.
    """
    seen: set[str] = set()
    for given in map(Path, paths):
        for path in _files(given):
            place = os.path.realpath(path)  # a link that leads to itself has a place as well
            if place not in seen:
                seen.add(place)
                yield from _opened(path, _folder(path, given), unpack)


def _files(given: Path) -> Iterator[Path]:
    if not given.is_dir():
        yield given
        return
    shut: list[OSError] = []
    for folder, folders, names in os.walk(given, onerror=shut.append):
        folders[:] = sorted(name for name in folders if not _is_litter(name))
        yield from (link for name in folders if (link := Path(folder) / name).is_symlink())
        yield from (Path(folder) / name for name in sorted(names) if not _is_litter(name) and not _is_unfinished(name))
    yield from (Path(error.filename) for error in shut)


def _opened(path: Path, folder: str, unpack: Unpack) -> Iterator[Incoming]:
    name = printable_name(path.name)
    try:
        stat = path.stat()
        if not S_ISREG(stat.st_mode):
            yield Incoming(name, b"", path, problem=_NO_FILE)
            return
        size = stat.st_size
        data = path.read_bytes() if size <= _LARGEST else b""
    except OSError:
        yield Incoming(name, b"", path, problem=_SHUT)
        return
    if size > _LARGEST:
        problem = _TOO_LARGE.format(size // 1_000_000, _LARGEST // 1_000_000)
        yield Incoming(name, b"", path, problem=problem)
        return
    yield from _within(Incoming(name, data, path, folder=folder), _DEEPEST, unpack)


def _within(incoming: Incoming, depth: int, unpack: Unpack) -> Iterator[Incoming]:
    """The file itself, or what is in it when it is an archive or a mail."""
    kind = kind_of(incoming.data)
    zipped = kind is FileKind.ARCHIVE and incoming.data.startswith(b"PK")
    if not depth or not (zipped or is_mail(incoming.name, incoming.data)):
        # A scan sent under a workbook's name stands for the workbook: the unit has to hear that it is none.
        posing = incoming.name.casefold().endswith(WORKBOOK_NAMES)
        yield replace(incoming, evidence=kind in _EVIDENCE and not posing)
        return
    whole = empty = True
    try:
        for inside, data in unpack(incoming.data, is_mail=not zipped):
            parts = PurePosixPath(inside).parts
            # What a mail carries was sent, whatever the sender's program called it.
            if not any(map(_is_litter, parts)) and not (zipped and _is_unfinished(inside)):
                empty = False
                yield from _within(_member(incoming, inside, data), depth - 1, unpack)
    except CannotUnpackError:
        whole = False
    if empty or not whole:
        # Handed on as it is: reading it says what is wrong, now and whenever it is read again.
        yield incoming


def _is_litter(name: str) -> bool:
    """Whether a file or folder is one that programs and systems put beside others: owner files, thumbnails."""
    plain = name.casefold()
    hidden = plain.startswith(".") and not plain.endswith(WORKBOOK_NAMES)  # a workbook is read, however it is named
    return hidden or plain in _LITTER_NAMES or plain.startswith(_LITTER_STARTS)


def _is_unfinished(name: str) -> bool:
    """Whether a program is still writing a file, or has left it behind unfinished."""
    return name.casefold().endswith(_UNFINISHED)


def _folder(path: Path, given: Path) -> str:
    """The folder of a file relative to the path it was found under, "" when that is the file or its folder."""
    folder = path.relative_to(given).parent.as_posix() if path != given else ""
    return "" if folder == "." else printable_name(folder)


def _member(container: Incoming, inside: str, data: bytes) -> Incoming:
    """A file of an archive or mail; the container counts as a folder."""
    inside = printable_name(inside)
    name = PurePosixPath(inside)
    folder = PurePosixPath(container.folder, container.name, name.parent).as_posix()
    whole = f"{container.inside}/{inside}".lstrip("/")
    return Incoming(name.name, data, container.path, inside=whole, folder=folder)
