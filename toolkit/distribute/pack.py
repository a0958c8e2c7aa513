"""Puts packages on disk: a folder and a zip for each unit, nothing rewritten that has not changed."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from io import BytesIO
from itertools import islice
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from toolkit.distribute.package import Package, PackagedFile, UnitPackage
from toolkit.excel.files import AT_ONCE, safe_file_name, sha256_of, unique_names, write_if_changed
from toolkit.ooxml.fixed_day import FIXED_DAY

LETTER_NAME = "通知函.docx"
FILE_LIST_NAME = "文件清单.txt"

_NO_TIME = FIXED_DAY.timetuple()[:6]
_LENGTH_OF_FOLDER_NAME = 60  # a Windows path ends at 260 characters, and two names stand in it


def make_packages(
    units: Sequence[UnitPackage],
    out_dir: Path,
    letter: Callable[[UnitPackage], bytes],
    letter_name: str = LETTER_NAME,
    write: Callable[[Path, bytes], bool] = write_if_changed,
) -> list[Package]:
    """Writes ``<unit>/`` and ``<unit>.zip`` for every unit into a folder.

    Args:
        units: what each unit gets; unit and file names may be any text, what is written is safe and unique.
        out_dir: the folder, made when missing. Files of earlier runs are replaced when they changed, never deleted.
        letter: makes a unit's letter; it is given the package with the file names as they stand on disk.
        letter_name: what the letter's file is called.
        write: puts a file on disk and says whether it is new or different; called from several threads.

    Returns:
        One package for each unit, in the same order.

    Raises:
        FileBusyError: when a file to be replaced is open in another program.
    """
    # Without dots, so that the folder of a unit "甲.zip" cannot be the archive of a unit "甲".
    names = unique_names(safe_file_name(unit.unit, _LENGTH_OF_FOLDER_NAME).replace(".", "_") for unit in units)
    made: list[Package] = []
    ordered = iter(zip(units, names, strict=True))
    with ThreadPoolExecutor(AT_ONCE) as threads:
        while group := list(islice(ordered, AT_ONCE)):
            begun = [
                threads.submit(_make_package, unit, out_dir / name, _contents(unit, letter, letter_name), write)
                for unit, name in group
            ]
            made += [each.result() for each in begun]
    return made


def _contents(unit: UnitPackage, letter: Callable[[UnitPackage], bytes], letter_name: str) -> dict[str, bytes]:
    settled = _with_final_names(unit, letter_name)
    contents = {file.name: file.read() for file in settled.files}
    contents[letter_name] = letter(settled)
    contents[FILE_LIST_NAME] = _file_list(unit.unit, contents)
    return dict(sorted(contents.items()))


def _make_package(
    unit: UnitPackage, folder: Path, contents: Mapping[str, bytes], write: Callable[[Path, bytes], bool]
) -> Package:
    archive = folder.parent / f"{folder.name}.zip"
    archived = zipped(contents)
    written = [file for file, data in contents.items() if write(folder / file, data)]
    written += [archive.name] if write(archive, archived) else []
    return Package(
        unit=unit.unit,
        folder=folder,
        archive=archive,
        files=tuple(PackagedFile(file, sha256_of(data), len(data)) for file, data in contents.items()),
        sha256=sha256_of(archived),
        project_ids=tuple(file.project.id for file in unit.files if file.project),
        written=tuple(written),
        leftover=tuple(sorted(entry.name for entry in folder.iterdir() if entry.name not in contents)),
    )


def _with_final_names(unit: UnitPackage, letter_name: str) -> UnitPackage:
    """The package with safe, unique names, none of which is the letter's or the list's."""
    wished = [safe_file_name(file.name) for file in unit.files]
    final = unique_names([letter_name, FILE_LIST_NAME, *wished])[2:]
    files = tuple(replace(file, name=name) for file, name in zip(unit.files, final, strict=True))
    return replace(unit, files=files)


def _file_list(unit: str, contents: Mapping[str, bytes]) -> bytes:
    """The hashes of all other files, as text that an old Windows Notepad opens too (byte order mark, CRLF)."""
    shown = " ".join("".join(c if c.isprintable() else " " for c in unit).split())
    lines = ["文件清单", f"责任单位：{shown}", f"文件数：{len(contents)}", "", "文件名\t字节数\tSHA-256"]
    lines += [f"{name}\t{len(data)}\t{sha256_of(data)}" for name, data in sorted(contents.items())]
    return ("\r\n".join(lines) + "\r\n").encode("utf-8-sig")


def zipped(contents: Mapping[str, bytes]) -> bytes:
    """A zip whose bytes depend on the contents only.

    Members are stored, not deflated: xlsx and docx are compressed already, and two zlib versions do not pack alike.
    Python sets the UTF-8 flag for every name that is not plain ASCII; Windows and WPS then show Chinese correctly.
    """
    target = BytesIO()
    with ZipFile(target, "w", ZIP_STORED) as archive:
        for name, data in sorted(contents.items()):
            member = ZipInfo(name, _NO_TIME)
            member.create_system, member.external_attr = 3, 0o644 << 16  # the same on every system
            archive.writestr(member, data)
    return target.getvalue()
