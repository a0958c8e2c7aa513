"""Archives come from outside: they are opened in a process of its own that can be killed."""

from pathlib import Path
from typing import Any

from toolkit.archive import examine, extract
from toolkit.collect.worker import IsolatedReader, WorkerLimits
from toolkit.errors import WorkspaceError
from toolkit.ledger import Anchor

_SECONDS, _BYTES_A_SECOND = 60.0, 10_000_000
_EXAMINE, _EXTRACT = "examine", "extract"


def examined_apart(file: Path, anchor: Anchor | None = None) -> dict[str, Any]:
    """What :func:`toolkit.archive.examine` says of a file.

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
