"""Generated reports kept and laid ready beside their place, in whichever process they are rendered.

This is all that a process which renders reports loads: what else becomes of a report is for the main process to decide
(:mod:`toolkit.pipeline.deliver.living`).
"""

import pickle
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.collect.answer import Member
from toolkit.excel.files import is_sha256, sha256_of, write_atomic, write_beside
from toolkit.model.document_kind import DocumentKind
from toolkit.report import Laid
from toolkit.report.documents import Job
from toolkit.word.generation import with_base

if TYPE_CHECKING:
    from toolkit.pipeline.plan.workspace import Workspace


class Generations:
    """Documents as they were generated, by sha256."""

    def __init__(self, workspace: "Workspace") -> None:
        self.folder = workspace.generations

    def keep(self, data: bytes, suffix: str = ".docx", *, settled: bool = True) -> str:
        """Keep one; its sha256. ``settled`` as of :func:`~toolkit.excel.files.write_atomic`."""
        sha256 = sha256_of(data)
        path = self.folder / f"{sha256}{suffix}"
        if not path.exists():
            write_atomic(path, data, settled=settled)
        return sha256

    def read(self, sha256: str, suffix: str = ".docx") -> bytes | None:
        """One that was kept; None for one that is not here, or is no longer what it was."""
        path = self.folder / f"{sha256}{suffix}"
        if not is_sha256(sha256) or not path.is_file():
            return None
        data = path.read_bytes()
        return data if sha256_of(data) == sha256 else None


@dataclass(frozen=True, slots=True)
class Laying:
    """Lays generated reports ready, in whichever process they are made: only to be put in their place is left.

    Attributes:
        folder: of the reports.
    """

    generations: Generations
    folder: Path

    def lay(self, name: str, generated: bytes) -> Laid:
        """Keep a generation, and write the report beside its place unless that very report stands there.

        The names of both files are surely on disk once the shelf is settled: to see to that with every report is half
        of all waiting.

        Args:
            name: of the report's file.
            generated: the report.

        Raises:
            OSError: the disk is full, or refuses a file.
        """
        sha256 = self.generations.keep(generated, settled=False)
        finished = with_base(generated, sha256)
        path = self.folder / name
        there = path.is_file() and path.read_bytes() == finished
        return Laid(sha256, sha256_of(finished), "" if there else write_beside(path, finished).name)

    def withdraw(self, laid: Laid | None) -> None:
        """Remove what was laid ready and will not be put in its place."""
        if laid is not None and laid.waiting:
            (self.folder / laid.waiting).unlink(missing_ok=True)


def is_laid(job: Job) -> bool:
    """Of the reports of projects there may be thousands; whose contents are to have page numbers is not finished."""
    return job.kind is DocumentKind.PROJECT and not job.paged


def rendered(data: bytes, _name: str, context: tuple[Mapping[DocumentKind, bytes], Laying]) -> Member:
    """What a process does with a document it is told of."""
    sources, laying = context
    job: Job = pickle.loads(data)  # noqa: S301  from the program that started us
    made = replace(job, source=sources[job.kind]).render()
    if not is_laid(job):
        return Member("", made)
    laid = laying.lay(job.name, made)
    return Member("", f"{laid.sha256}\n{laid.finished}\n{laid.waiting}".encode())
