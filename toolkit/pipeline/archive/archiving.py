"""An evaluation as one archive."""

import platform
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from toolkit import __version__
from toolkit.archive import ArchiveError, ArchiveFacts, Content, Digests, Manifest, write_archive
from toolkit.errors import WorkspaceError
from toolkit.excel.files import sha256_of
from toolkit.ledger import EventKind
from toolkit.ledger.kinds import Reported
from toolkit.model import Finding
from toolkit.pipeline.archive.inventory import inventory
from toolkit.pipeline.archive.masking import Masking, masked_contents
from toolkit.pipeline.archive.opening import file_digests
from toolkit.pipeline.archive.personal import personal_masks
from toolkit.pipeline.archive.readable import readable_papers
from toolkit.pipeline.deliver.verifying import verify
from toolkit.pipeline.outcome import Json
from toolkit.pipeline.plan.evaluation import Evaluation
from toolkit.pipeline.plan.workspace import Workspace
from toolkit.pipeline.progress import Progress, silent

_DECIDE_OVER_BYTES = ("XlsxWriter", "lxml", "docxtpl", "python-docx", "python-pptx", "deflate")


@dataclass(frozen=True, slots=True)
class Archived:
    """An archive that was written.

    Attributes:
        findings: what ``jixiao verify`` says of the results in it; an archive is written all the same.
        masked: texts that were masked; 0 for a whole archive.
        left_out: members that could not be masked, and why.
    """

    file: Path
    manifest: Manifest
    digests: Digests
    findings: tuple[Finding, ...]
    masked: int = 0
    left_out: tuple[tuple[str, str], ...] = ()

    @property
    def ok(self) -> bool:
        """Its results agree with its data."""
        return all(finding.severity.rank > 0 for finding in self.findings)

    def as_json(self) -> Json:
        """``{"ok", "file", "sha256", "sm3", "members", "masked", "masks", "left_out", "head", "findings"}``."""
        return {
            "ok": self.ok,
            "file": str(self.file),
            "sha256": self.digests.sha256,
            "sm3": self.digests.sm3,
            "members": len(self.manifest.members),
            "masked": self.manifest.masked,
            "masks": self.masked,
            "left_out": [{"name": name, "why": why} for name, why in self.left_out],
            "head": dict(self.manifest.head),
            "findings": [finding.as_json() for finding in self.findings],
        }


def make_archive(
    evaluation: Evaluation, file: Path, now: datetime, progress: Progress = silent, *, mask: bool = False
) -> Archived:
    """Write the archive; the workspace stays as it is, so that the same workspace gives the same bytes.

    ``mask`` makes a copy without personal data, which cannot be run again.

    Raises:
        WorkspaceError: the file would lie in the workspace itself, or a member cannot be archived.
    """
    if file.resolve().is_relative_to(evaluation.workspace.root.resolve()):
        advice = "换一个工作区以外的位置，例如上一级文件夹"
        raise WorkspaceError("归档包不能写在工作区里面：下次归档会把它也收进去", where=file, what_to_do=advice)
    findings = verify(evaluation, now, progress).findings
    files = inventory(evaluation)
    contents = [*files, *readable_papers(evaluation, files)]
    facts = archive_facts(evaluation)
    if not mask:
        return _written(file, contents, facts, findings, progress)
    masking = Masking(personal_masks(evaluation))
    contents = list(masked_contents(contents, masking))
    facts = replace(facts, key=b"", masked=True, title=masking.masks.apply(facts.title))
    archived = _written(file, contents, facts, findings, progress)
    return replace(archived, masked=len(masking.masks.masks), left_out=tuple(masking.left_out))


def _written(
    file: Path, contents: list[Content], facts: ArchiveFacts, findings: tuple[Finding, ...], progress: Progress
) -> Archived:
    try:
        written = write_archive(file, contents, facts, lambda done, total: progress("归档", done, total))
    except ArchiveError as error:
        raise WorkspaceError(str(error), where=file, what_to_do="把所说的文件改名或移出工作区，再归档") from error
    return Archived(file, written.manifest, file_digests(file), findings)


def archive_facts(evaluation: Evaluation) -> ArchiveFacts:
    """What the manifest says besides its members."""
    workspace, scheme = evaluation.workspace, evaluation.scheme
    with workspace.ledger() as ledger:
        head = ledger.anchor()
    return ArchiveFacts(
        workspace.evaluation_id,
        scheme.title,
        program_facts(),
        {"version": scheme.version, "sha256": scheme.sha256},
        {"seq": head.seq, "hash": head.hash},
        made_when(workspace),
        workspace.key,
    )


def program_facts() -> dict[str, str]:
    """The versions that decide over the bytes of master and reports."""
    found = {"jixiao-toolkit": __version__, "python": platform.python_version()}
    for name in _DECIDE_OVER_BYTES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = ""
    return found


def made_when(workspace: Workspace) -> Mapping[str, Mapping[str, str]]:
    """Path of master and reports → when what stands there was generated, and how, as the ledger has it."""
    with workspace.ledger() as ledger:
        aggregated, reported = ledger.events(EventKind.AGGREGATED), ledger.events(EventKind.REPORTED)
    named = {"": workspace.master, **{path.name: path for path in workspace.reports.glob("*.docx")}}
    made: dict[str, dict[str, str]] = {}
    for event in (*aggregated, *reported):
        said = event.details
        report = said if isinstance(said, Reported) else None
        path = named.get(report.file if report else "")
        if path is None or not path.is_file():
            continue
        key, present = path.relative_to(workspace.root).as_posix(), sha256_of(path.read_bytes())
        if made.get(key, {}).get("sha256") != present:  # of an edited file the last generation counts
            pages = "是" if report and report.paged else ""
            made[key] = {"at": event.at, "sha256": event.subject, "pages": pages}
    return made
