"""Whether an archive is what was handed over."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from toolkit.archive import Digests, Manifest, examine, extract
from toolkit.collect.worker import IsolatedReader, WorkerLimits
from toolkit.errors import WorkspaceError
from toolkit.ledger import Anchor
from toolkit.model import CellRef, Finding, Severity
from toolkit.pipeline.outcome import Json

_SECONDS, _BYTES_A_SECOND = 60.0, 10_000_000
_EXAMINE, _EXTRACT = "examine", "extract"

_HINT = "以移交时留存的归档包为准，向移交方重新索取；不要使用改动过的归档包"


@dataclass(frozen=True, slots=True)
class ArchiveVerdict:
    """Of ``archive verify``.

    Attributes:
        manifest: None where it cannot be read.
        events: events of the ledger inside; 0 for a masked copy.
        digests: of the whole file, to be compared with what was noted when it was handed over.
    """

    file: Path
    manifest: Manifest | None
    events: int
    findings: tuple[Finding, ...]
    digests: Digests

    @property
    def ok(self) -> bool:
        """Nothing was changed, taken out or added."""
        return not self.findings

    def as_json(self) -> Json:
        """``{"ok", "file", "sha256", "sm3", "members", "events", "masked", "head", "program", "findings"}``."""
        manifest = self.manifest
        return {
            "ok": self.ok,
            "file": str(self.file),
            "sha256": self.digests.sha256,
            "sm3": self.digests.sm3,
            "members": len(manifest.members) if manifest else 0,
            "events": self.events,
            "masked": manifest.masked if manifest else False,
            "head": dict(manifest.head) if manifest else {},
            "program": dict(manifest.program) if manifest else {},
            "findings": [finding.as_json() for finding in self.findings],
        }


def verify_archive(file: Path, printed: Anchor | None = None) -> ArchiveVerdict:
    """Compare an archive with its own manifest, seal and ledger; nothing but the file is needed.

    Args:
        file: the zip.
        printed: a receipt of the ledger that was printed or mailed, which a forger of the archive could not change.

    Raises:
        WorkspaceError: there is no such file.
        UnreadableFileError: the worker hung, died or failed over it.
    """
    found = examined_apart(file, printed)
    findings = tuple(
        Finding(code, Severity.ERROR, CellRef(member or file.name), message, _HINT)
        for code, member, message in found["problems"]
    )
    manifest = Manifest.parse(found["manifest"].encode()) if found["manifest"] else None
    return ArchiveVerdict(file, manifest, int(found["events"]), findings, file_digests(file))


def file_digests(file: Path) -> Digests:
    """Both digests of a file, read piece by piece."""
    from hashlib import sha256

    from cryptography.hazmat.primitives import hashes

    first, second = sha256(), hashes.Hash(hashes.SM3())
    with file.open("rb") as stream:
        while piece := stream.read(1 << 20):
            first.update(piece)
            second.update(piece)
    return Digests(first.hexdigest(), second.finalize().hex())


@contextmanager
def unpacked(file: Path) -> Iterator[tuple[Path, Manifest]]:
    """An archive's workspace in a passing folder, and its manifest; the archive itself is only read.

    Raises:
        WorkspaceError: there is no such file, or it is not what was handed over, or it is a masked copy.
        UnreadableFileError: the worker hung, died or failed over it.
    """
    verdict = verify_archive(file)
    if verdict.manifest is None or not verdict.ok:
        first = verdict.findings[0]
        more = f"（共{len(verdict.findings)}处，运行 jixiao archive verify 逐条查看）"
        raise WorkspaceError(f"归档包没有通过校验：{first.message}{more}", where=file, what_to_do=_HINT)
    if verdict.manifest.masked:
        advice = "改用没有脱敏的归档包；脱敏副本只供对外提供"
        raise WorkspaceError("这是脱敏副本，原件和台账都不全，不能从它重算或续做", where=file, what_to_do=advice)
    with TemporaryDirectory(prefix="jixiao-archive-") as folder:
        extracted_apart(file, Path(folder))
        yield Path(folder), verdict.manifest


def examined_apart(file: Path, anchor: Anchor | None = None) -> dict[str, Any]:
    """What :func:`toolkit.archive.examine` says of a file; it comes from outside, so a process that can be killed asks.

    Raises:
        WorkspaceError: there is no such file.
        UnreadableFileError: the worker hung, died or failed over it.
    """
    printed = f"{anchor.seq}:{anchor.hash}" if anchor else ""
    problems, manifest, events = _apart(file, (_EXAMINE, printed))
    return {"problems": problems, "manifest": manifest, "events": events}


def extracted_apart(file: Path, folder: Path) -> int:
    """Put a sound archive's members into a folder; how many.

    Raises:
        UnreadableFileError: the worker hung, died or failed over it.
    """
    return int(_apart(file, (_EXTRACT, str(folder)))[0])


def _apart(file: Path, request: tuple[str, str]) -> tuple[Any, ...]:
    if not file.is_file():
        raise WorkspaceError("找不到归档包", where=file, what_to_do="核对路径和文件名")
    seconds = _SECONDS + file.stat().st_size / _BYTES_A_SECOND
    with IsolatedReader(None, WorkerLimits(seconds=seconds), _work) as reader:
        return reader.plain("\n".join((*request, str(file.resolve()))).encode(), file.name)


def _work(data: bytes, _name: str, _context: object) -> Any:  # noqa: ANN401  plain values, see IsolatedReader.plain
    what, argument, file = data.decode().split("\n", 2)
    if what == _EXTRACT:
        return (extract(Path(file), Path(argument)),)
    found = examine(Path(file), Anchor.parse(argument))
    return (tuple(found["problems"]), found["manifest"], found["events"])
