"""What one unit is to get, and what was put on disk for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from toolkit.model import Project, Roster


@dataclass(frozen=True, slots=True)
class PackageFile:
    """One file for a unit.

    Attributes:
        name: the wished file name; made safe and unique when the package is written.
        content: the bytes, or the path of a file that holds them.
        project: the project whose collection workbook this is; None for a file of no one project.
    """

    name: str
    content: bytes | Path
    project: Project | None = None

    def read(self) -> bytes:
        """The file's bytes."""
        return self.content.read_bytes() if isinstance(self.content, Path) else self.content


@dataclass(frozen=True, slots=True)
class UnitPackage:
    """Everything one responsible unit is to get, in roster order."""

    unit: str
    files: tuple[PackageFile, ...]


@dataclass(frozen=True, slots=True)
class PackagedFile:
    """One file as it stands in a package; ``sha256`` in hexadecimal digits.

    Units: size in bytes.
    """

    name: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Package:
    """One unit's package on disk.

    Attributes:
        folder: the folder with the files; ``archive`` is the same as a zip beside it.
        files: workbooks and attachments, the letter and the file list, sorted by name, all with their hashes.
        sha256: hash of the zip; the same content always has the same hash.
        project_ids: the projects whose workbooks are inside.
        written: names of the files that were new or had changed, the zip included; empty on a run that changed nothing.
        leftover: files in the folder that this run did not put there; they are left alone and are not in the zip.
    """

    unit: str
    folder: Path
    archive: Path
    files: tuple[PackagedFile, ...]
    sha256: str
    project_ids: tuple[str, ...]
    written: tuple[str, ...] = ()
    leftover: tuple[str, ...] = ()


def plan_packages(roster: Roster, workbooks: Mapping[str, tuple[str, bytes | Path]]) -> tuple[UnitPackage, ...]:
    """One package for every single unit of the roster, in the roster's order.

    Args:
        roster: the projects; a joint project's workbook goes to each of its units.
        workbooks: project id → wished file name and content. Units none of whose projects is here get no package.
    """
    plans = []
    for unit, projects in roster.units().items():
        own = tuple(PackageFile(*workbooks[project.id], project) for project in projects if project.id in workbooks)
        if own:
            plans.append(UnitPackage(unit, own))
    return tuple(plans)
