"""A folder of workbooks, one a project: only what is missing or different is written."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from toolkit.excel.files import sweep, unique_names, write_if_changed
from toolkit.excel.stamp_files import write_all
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
    on_progress: Callable[[int, int, str], None] | None = None,
    workers: int | None = None,
    put: Callable[[Path, bytes], bool] = write_if_changed,
) -> list[Generated]:
    """Write every project's workbook into a folder; killed and run again, it finishes what is missing.

    Args:
        projects: in roster order.
        out_dir: made when missing.
        template: the compiled template.
        on_progress: told (done, total, name) after each workbook.
        workers: threads that write at once; None decides by the processor cores.
        put: puts a file on disk and says whether it is new or different.

    Raises:
        FileBusyError: a workbook that must change is open in another program.
    """
    sweep(out_dir)
    ordered = list(projects)
    paths = [out_dir / name for name in unique_names(workbook_name(project) for project in ordered)]

    def told(done: int) -> None:
        if on_progress:
            on_progress(done, len(ordered), ordered[done - 1].name)

    results = write_all(paths, lambda index: template.stamp(ordered[index]), told, workers, put)
    return [Generated(project, path, *result) for project, path, result in zip(ordered, paths, results, strict=True)]
