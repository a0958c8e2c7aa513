"""Looking at an archive from outside: run in a process that can be killed, answers are plain lists and texts."""

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from toolkit.archive.container import ArchiveError, Entry, OpenedArchive, open_archive
from toolkit.archive.digests import digests_of
from toolkit.archive.manifest import MANIFEST, Manifest, ManifestError, Member
from toolkit.errors import LedgerError
from toolkit.ledger import Anchor, EventKind, Ledger

LEDGER, IDENTITY, ORIGINALS = "台账.sqlite3", ".jixiao/评价标识.json", "04-原件"
Problem = tuple[str, str, str]
"""Code, member ("" for the archive), sentence."""


def examine(path: Path, anchor: Anchor | None = None) -> dict[str, Any]:
    """Everything that is wrong with an archive.

    Returns: ``{"problems": [(code, member, sentence)], "manifest": text of MANIFEST.json or "", "events": number}``.
    """
    with path.open("rb") as stream:
        try:
            archive = open_archive(stream)
        except ArchiveError as error:
            return {"problems": [("ARCHIVE-01", "", str(error))], "manifest": "", "events": 0}
        by_name = {entry.name: entry for entry in archive.entries}
        if MANIFEST not in by_name:
            return {"problems": [("ARCHIVE-05", MANIFEST, "归档包里没有清单")], "manifest": "", "events": 0}
        text = archive.read(by_name[MANIFEST])
        try:
            manifest = Manifest.parse(text)
        except ManifestError as error:
            return {"problems": [("ARCHIVE-05", MANIFEST, str(error))], "manifest": "", "events": 0}
        problems = [*_members(archive, by_name, manifest), *_seal(archive, by_name, manifest)]
        events, found = _ledger(archive, by_name, manifest, anchor)
        return {"problems": problems + found, "manifest": text.decode(), "events": events}


def extract(path: Path, folder: Path) -> int:
    """Put an archive's members into a new folder; how many there were. Only for one that was examined and is sound.

    Raises:
        ArchiveError: the container is not as it was written.
    """
    with path.open("rb") as stream:
        archive = open_archive(stream)
        for entry in archive.entries:
            target = folder.joinpath(*entry.name.split("/"))
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(archive.read(entry))
    return len(archive.entries)


def _members(archive: OpenedArchive, by_name: dict[str, Entry], manifest: Manifest) -> Iterator[Problem]:
    listed = {member.name: member for member in manifest.members}
    if len(listed) < len(manifest.members):
        yield ("ARCHIVE-05", MANIFEST, "清单里有成员登记了两次")
    for name in by_name:
        if name not in listed and name != MANIFEST:
            yield ("ARCHIVE-04", name, "清单里没有这一件：是归档以后加进来或改名的")
    for name, member in listed.items():
        if name not in by_name:
            yield ("ARCHIVE-03", name, "清单里有这一件，归档包里没有：被删除或改名")
        else:
            yield from _changed(archive.read(by_name[name]), by_name[name], member)


def _changed(data: bytes, entry: Entry, member: Member) -> Iterator[Problem]:
    sha256, sm3 = digests_of(data)
    wrong = [
        words
        for words, differs in (
            (f"字节数应为{member.size}，现为{len(data)}", len(data) != member.size),
            (f"sha256 应为{member.sha256[:12]}…，现为{sha256[:12]}…", sha256 != member.sha256),
            (f"SM3 应为{member.sm3[:12]}…，现为{sm3[:12]}…", sm3 != member.sm3),
        )
        if differs
    ]
    if wrong:
        yield ("ARCHIVE-02", entry.name, f"内容与清单不符：{'；'.join(wrong)}")


def _seal(archive: OpenedArchive, by_name: dict[str, Entry], manifest: Manifest) -> Iterator[Problem]:
    key = b""
    if not manifest.masked:
        try:
            key = bytes.fromhex(json.loads(archive.read(by_name[IDENTITY]))["key"])
        except (KeyError, ValueError, TypeError):
            yield ("ARCHIVE-03", IDENTITY, "评价标识缺失或损坏，清单的封签无法核对")
            return
    if not manifest.fits(key):
        yield ("ARCHIVE-05", MANIFEST, "清单的封签不符：清单的内容在归档以后被改动过")


def _ledger(
    archive: OpenedArchive, by_name: dict[str, Entry], manifest: Manifest, anchor: Anchor | None
) -> tuple[int, list[Problem]]:
    """How many events the ledger in the archive has, and what is wrong with it. A masked copy holds none."""
    if manifest.masked:
        return 0, []
    if LEDGER not in by_name or IDENTITY not in by_name:
        return 0, [("ARCHIVE-03", LEDGER, "归档包里没有台账或评价标识")]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ledger.sqlite3"
        path.write_bytes(archive.read(by_name[LEDGER]))
        try:
            key = bytes.fromhex(json.loads(archive.read(by_name[IDENTITY]))["key"])
            with Ledger.open(path, key) as ledger:
                return len(ledger.events()), list(_chain(ledger, by_name, manifest, anchor))
        except (LedgerError, ValueError, KeyError, TypeError) as error:
            return 0, [("ARCHIVE-06", LEDGER, f"台账读不出来：{getattr(error, 'message', '评价标识已损坏')}")]


def _chain(ledger: Ledger, by_name: dict[str, Entry], manifest: Manifest, anchor: Anchor | None) -> Iterator[Problem]:
    head = ledger.anchor()
    if (head.seq, head.hash) != (manifest.head.get("seq"), manifest.head.get("hash")):
        words = f"台账末条是第{head.seq}条（{head.hash[:12]}…），清单登记的是第{manifest.head.get('seq')}条"
        yield ("ARCHIVE-06", LEDGER, f"{words}（{str(manifest.head.get('hash'))[:12]}…），两者不一致")
    for problem in ledger.verify(anchor):
        yield ("ARCHIVE-06", LEDGER, problem.message)
    for event in ledger.events(EventKind.RECEIVED):
        if f"{ORIGINALS}/{event.subject}" not in by_name:
            words = f"台账第{event.seq}条收到的原件不在归档包里"
            yield ("ARCHIVE-03", f"{ORIGINALS}/{event.subject}", words)
