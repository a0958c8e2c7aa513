"""A folder of workbooks, one a project: only what is missing or different is written."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from toolkit.excel.files import sha256_of, unique_names, write_atomic
from toolkit.generate.stamping import CollectionTemplate, workbook_name
from toolkit.model import Project


@dataclass(frozen=True, slots=True)
class Generated:
    """One project's workbook on disk; ``written`` is False when it was already there, byte for byte."""

    project: Project
    path: Path
    sha256: str
    written: bool


def generate_all(
    projects: Iterable[Project],
    out_dir: Path,
    template: CollectionTemplate,
    on_progress: Callable[[int, int], None] | None = None,
) -> list[Generated]:
    """Write every project's workbook into a folder; killed and run again, it finishes what is missing.

    Args:
        projects: in roster order.
        out_dir: made when missing.
        template: the compiled template.
        on_progress: told (done, total) after each workbook.

    Raises:
        FileBusyError: a workbook that must change is open in another program.
    """
    ordered = list(projects)
    names = unique_names(workbook_name(project) for project in ordered)
    done = []
    for number, (project, name) in enumerate(zip(ordered, names, strict=True), start=1):
        done.append(_generate(project, out_dir / name, template))
        if on_progress:
            on_progress(number, len(ordered))
    return done


def _generate(project: Project, path: Path, template: CollectionTemplate) -> Generated:
    data = template.stamp(project)
    same = path.is_file() and path.stat().st_size == len(data) and path.read_bytes() == data
    if not same:
        write_atomic(path, data)
    return Generated(project, path, sha256_of(data), not same)
