"""Which program computes: its version, its files and the libraries around it, as one short text."""

import hashlib
import os
import sys
import sysconfig
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from toolkit import __version__
from toolkit.resources import DOCUMENT_TEMPLATES, WORKBOOK_TEMPLATES, resource_root


@cache
def program_state() -> str:
    """Another text after any change of the program, its templates, its libraries or Python.

    Files are told by name, size and time of change: an update or an edit changes one of these, and looking at them
    costs a few milliseconds where reading them would cost more than the work that is saved.
    """
    package = Path(__file__).resolve().parent.parent
    root = resource_root()
    digest = hashlib.sha256(f"{__version__}\n{sys.version}\n".encode())
    for folder in (package, root / WORKBOOK_TEMPLATES, root / DOCUMENT_TEMPLATES):
        for line in sorted(_files(folder, "")):
            digest.update(line.encode("utf-8", "surrogateescape"))
    for path in (Path(sysconfig.get_path("purelib")), Path(sys.executable)):
        digest.update(f"{path}\t{path.stat().st_mtime_ns if path.exists() else 0}\n".encode())
    return digest.hexdigest()


def _files(folder: Path, within: str) -> Iterator[str]:
    """A line for every file of a folder and those below it; what Python compiles for itself is left out."""
    if not folder.is_dir():
        return
    with os.scandir(folder) as entries:
        for entry in entries:
            name = f"{within}/{entry.name}"
            if entry.is_dir():
                if entry.name != "__pycache__":
                    yield from _files(Path(entry.path), name)
            elif not entry.name.startswith(("~$", ".")):
                stat = entry.stat()
                yield f"{folder.name}{name}\t{stat.st_size}\t{stat.st_mtime_ns}\n"
