"""One archive, tampered with in every way we could think of: each is found, and named where it is in one member."""

import json
import shutil
import sqlite3
import struct
import zipfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest

from toolkit.archive import ArchiveFacts, Content, PaperClass, digests_of, examine, write_archive
from toolkit.archive.manifest import Manifest
from toolkit.ledger import Anchor, Ledger
from toolkit.ledger.kinds import FileReceived, Initialised, Reported

KEY = bytes(range(32))
NOW = datetime(2024, 12, 31, 9, tzinfo=UTC)
ORIGINAL = b"a returned workbook"
REPORT = "07-评价报告/报告.docx"


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small archive with a ledger of three events, one original and one report."""
    folder = tmp_path_factory.mktemp("archive")
    sha256 = digests_of(ORIGINAL).sha256
    with Ledger.open(folder / "ledger.sqlite3", KEY) as ledger:
        ledger.record(Initialised(), at=NOW, once="initialised")
        ledger.record(FileReceived(file="1.xlsx", size=1, folder=""), at=NOW, once=sha256, subject=sha256)
        ledger.record(Reported(file="报告.docx"), at=NOW, once="reported", subject="报告.docx")
        head = ledger.anchor()
    with closing(sqlite3.connect(folder / "ledger.sqlite3")) as connection:
        book = connection.serialize()
    identity = json.dumps({"key": KEY.hex()}).encode()
    held = {
        ".jixiao/评价标识.json": identity,
        "台账.sqlite3": book,
        f"04-原件/{sha256}": ORIGINAL,
        REPORT: b"PK report" * 50,
        "方案.xlsx": b"a scheme",
    }
    contents = [
        Content(name, lambda data=data: data, PaperClass.EVIDENCE, name)  # type: ignore[misc]
        for name, data in held.items()
    ]
    facts = ArchiveFacts(
        "PJ1", "某评价", {"jixiao-toolkit": "0.2.0"}, {}, {"seq": head.seq, "hash": head.hash}, {}, KEY
    )
    return write_archive(folder / "归档.zip", contents, facts, lambda _done, _total: None).file


def members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {info.filename: archive.read(info) for info in archive.infolist()}


def packed(held: dict[str, bytes], order: list[str] | None = None) -> bytes:
    """The same container the toolkit writes, with other contents."""
    from toolkit.archive.container import ArchiveWriter

    stream = BytesIO()
    writer = ArchiveWriter(stream)
    for name in order or list(held):
        writer.add(name, held[name])
    writer.finish()
    return stream.getvalue()


def changed(data: bytes) -> bytes:
    held = members(data)
    return packed(held | {REPORT: held[REPORT][:-1] + b"!"})


def missing(data: bytes) -> bytes:
    return packed({name: held for name, held in members(data).items() if name != REPORT})


def added(data: bytes) -> bytes:
    held = members(data)
    return packed({"07-评价报告/另一份.docx": b"x"} | held)


def renamed(data: bytes) -> bytes:
    return packed({name.replace("报告.docx", "终稿.docx"): held for name, held in members(data).items()})


def doubled(data: bytes) -> bytes:
    stream = BytesIO(data)
    with zipfile.ZipFile(stream, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr(REPORT, b"another report")
    return stream.getvalue()


def reordered(data: bytes) -> bytes:
    """Harmless to read, but not what was written: the manifest is no longer the last member."""
    held = members(data)
    return packed(held, ["MANIFEST.json", *(name for name in held if name != "MANIFEST.json")])[:-1] + b"\x01"


def commented(data: bytes) -> bytes:
    stream = BytesIO(data)
    with zipfile.ZipFile(stream, "a") as archive:
        archive.comment = "终稿".encode()
    return stream.getvalue()


def deflated(data: bytes) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, held in members(data).items():
            archive.writestr(name, held)
    return stream.getvalue()


def local_name(data: bytes) -> bytes:
    """Another name before the content than in the directory: two readers see two files."""
    old, new = "报告.docx".encode(), "抱告.docx".encode()
    at = data.index(old)
    return data[:at] + new + data[at + len(old) :]


def hidden_gap(data: bytes) -> bytes:
    at = data.index(b"PK\x03\x04", 10)
    return data[:at] + b"hidden bytes" + data[at:]


def other_date(data: bytes) -> bytes:
    at = data.rindex(b"PK\x01\x02")
    return data[: at + 12] + struct.pack("<HH", 0, 0x5921) + data[at + 16 :]


def flipped_bit(data: bytes) -> bytes:
    at = data.index(ORIGINAL)
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


def manifest_with(data: bytes, change: Callable[[dict[str, object]], None]) -> bytes:
    held = members(data)
    values = json.loads(held["MANIFEST.json"])
    change(values)
    text = json.dumps(values, ensure_ascii=False, sort_keys=True, indent=1) + "\n"
    return packed(held | {"MANIFEST.json": text.encode()})


def manifest_and_member(data: bytes) -> bytes:
    """Both changed alike, as somebody would who knows what a manifest is; the seal takes the key."""
    held = members(data)
    report = b"a forged report"
    sha256, sm3 = digests_of(report)

    def forge(values: dict) -> None:  # type: ignore[type-arg]
        row = next(row for row in values["members"] if row["name"] == REPORT)
        row |= {"size": len(report), "sha256": sha256, "sm3": sm3}

    return manifest_with(packed(held | {REPORT: report}), forge)


def without_original(data: bytes) -> bytes:
    """Taken out of the manifest as well, sealed anew with the key: the ledger still knows of it."""
    held = members(data)
    gone = next(name for name in held if name.startswith("04-原件/"))
    manifest = Manifest.parse(held["MANIFEST.json"])
    rows = tuple(row for row in manifest.members if row.name != gone)

    forged = replace(manifest, members=rows).sealed(KEY)
    return packed({name: content for name, content in held.items() if name != gone} | {"MANIFEST.json": forged})


def ledger_with(data: bytes, statements: str) -> bytes:
    """The ledger altered, manifest and seal made to fit."""

    held = members(data)
    connection = sqlite3.connect(":memory:")
    connection.deserialize(held["台账.sqlite3"].replace(b"\x02\x02\x00\x40", b"\x01\x01\x00\x40", 1))
    connection.executescript("DROP TRIGGER event_no_update; DROP TRIGGER event_no_delete;" + statements)
    book = connection.serialize()
    manifest = Manifest.parse(held["MANIFEST.json"])
    sha256, sm3 = digests_of(book)
    rows = tuple(
        replace(row, size=len(book), sha256=sha256, sm3=sm3) if row.name == "台账.sqlite3" else row
        for row in manifest.members
    )
    forged = replace(manifest, members=rows).sealed(KEY)
    return packed(held | {"台账.sqlite3": book, "MANIFEST.json": forged})


def in_manifest(name: str, value: object) -> Callable[[bytes], bytes]:
    return lambda data: manifest_with(data, lambda values: values.__setitem__(name, value))


def in_first_row(name: str, value: object) -> Callable[[bytes], bytes]:
    return lambda data: manifest_with(data, lambda values: values["members"][0].__setitem__(name, value))  # type: ignore[index]


TAMPERINGS: dict[str, tuple[Callable[[bytes], bytes], str, str]] = {
    "a member changed": (changed, "ARCHIVE-02", REPORT),
    "one bit of an original": (flipped_bit, "ARCHIVE-02", "04-原件/"),
    "a member taken out": (missing, "ARCHIVE-03", REPORT),
    "a member added": (added, "ARCHIVE-04", "07-评价报告/另一份.docx"),
    "a member renamed": (renamed, "ARCHIVE-03", REPORT),
    "an entry doubled": (doubled, "ARCHIVE-01", ""),
    "members in another order, end altered": (reordered, "ARCHIVE-01", ""),
    "bytes after the end": (lambda data: data + b"more", "ARCHIVE-01", ""),
    "bytes before the beginning": (lambda data: b"#!more\n" + data, "ARCHIVE-01", ""),
    "bytes between two members": (hidden_gap, "ARCHIVE-01", ""),
    "cut off": (lambda data: data[:-40], "ARCHIVE-01", ""),
    "a comment": (commented, "ARCHIVE-01", ""),
    "another date in the directory": (other_date, "ARCHIVE-01", ""),
    "packed again by another program": (deflated, "ARCHIVE-01", ""),
    "two names for one member": (local_name, "ARCHIVE-01", ""),
    "a sha256 in the manifest": (in_first_row("sha256", "0" * 64), "ARCHIVE-02", ""),
    "an SM3 in the manifest": (in_first_row("sm3", "0" * 64), "ARCHIVE-02", ""),
    "a size in the manifest": (in_first_row("size", 1), "ARCHIVE-02", ""),
    "a working-paper number in the manifest": (in_first_row("number", "结论性-9999"), "ARCHIVE-05", ""),
    "the chain head in the manifest": (in_manifest("head", {"seq": 3, "hash": "0" * 64}), "ARCHIVE-06", ""),
    "the program version in the manifest": (in_manifest("program", {"python": "2.7"}), "ARCHIVE-05", ""),
    "one more key in the manifest": (in_manifest("note", "x"), "ARCHIVE-05", ""),
    "the seal": (in_manifest("seal", "0" * 64), "ARCHIVE-05", ""),
    "the claim that it is a masked copy": (in_manifest("masked", True), "ARCHIVE-05", ""),
    "member and manifest alike": (manifest_and_member, "ARCHIVE-05", ""),
    "an original and its row, sealed anew": (without_original, "ARCHIVE-03", "04-原件/"),
    "an event rewritten, sealed anew": (
        lambda data: ledger_with(data, "UPDATE event SET subject='x' WHERE seq=3;"),
        "ARCHIVE-06",
        "台账.sqlite3",
    ),
    "the last event cut off, sealed anew": (
        lambda data: ledger_with(data, "DELETE FROM event WHERE seq=3;"),
        "ARCHIVE-06",
        "台账.sqlite3",
    ),
    "no zip at all": (lambda _data: b"not a zip", "ARCHIVE-01", ""),
    "nothing": (lambda _data: b"", "ARCHIVE-01", ""),
}


def test_an_archive_nobody_touched_is_sound(sound: Path) -> None:
    found = examine(sound)
    assert found["problems"] == []
    assert found["events"] == 3


@pytest.mark.parametrize("name", TAMPERINGS)
def test_tampering_is_found_and_named(sound: Path, tmp_path: Path, name: str) -> None:
    tamper, code, member = TAMPERINGS[name]
    before = sound.read_bytes()
    after = tamper(before)
    assert after != before
    spoilt = tmp_path / "归档.zip"
    spoilt.write_bytes(after)
    problems = examine(spoilt)["problems"]
    assert any(found == code and at.startswith(member) for found, at, _ in problems), problems


def test_a_ledger_replaced_as_a_whole_does_not_fit_a_printed_receipt(sound: Path) -> None:
    found = examine(sound, Anchor(2, "f" * 64))
    assert [code for code, _, _ in found["problems"]] == ["ARCHIVE-06"]


@pytest.mark.parametrize("name", ["../外面.txt", "/etc/passwd", "a//b", "C:x", "a\\b", "a/./b", " a", "x\x00y", ""])
def test_no_member_leaves_the_folder_it_is_put_into(name: str) -> None:
    from toolkit.archive import ArchiveError
    from toolkit.archive.container import ArchiveWriter

    with pytest.raises(ArchiveError):
        ArchiveWriter(BytesIO()).add(name, b"x")


def test_the_same_contents_give_the_same_bytes(sound: Path, tmp_path: Path) -> None:
    held = members(sound.read_bytes())
    assert packed(held) == sound.read_bytes()
    shutil.copy(sound, tmp_path / "again.zip")
    assert examine(tmp_path / "again.zip") == examine(sound)


def test_sm3_is_the_digest_of_the_standard() -> None:
    """GB/T 32905-2016, annex A.1."""
    assert digests_of(b"abc").sm3 == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
