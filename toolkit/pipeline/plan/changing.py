"""A workbook people write into: a copy of this process works out what it becomes, this one puts that in its place."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeAlias

from toolkit.errors import FileBusyError, UnreadableFileError
from toolkit.excel.files import write_atomic

Begin: TypeAlias = Callable[[Callable[[], bytes]], Callable[[], bytes | None]]
"""Begins some work in a copy of this process; what comes back gives its bytes, None where there is no such copy."""


def begin_change(path: Path, change: Callable[[bytes], bytes], begin: Begin) -> Callable[[], bool]:
    """Begin to change a file; what comes back waits for it, and puts it in its place: False for no change.

    What somebody saved meanwhile is changed instead. A workbook that is open in Excel, or is none, stays as it is.
    """
    data = path.read_bytes()
    answer = begin(lambda: change(data))

    def put() -> bool:
        changed = answer()
        with suppress(FileBusyError, UnreadableFileError):
            now = path.read_bytes()
            if changed is None or now != data:  # nobody did it, or somebody saved the workbook meanwhile
                changed = change(now)
            if changed != now:
                write_atomic(path, changed)
                return True
        return False

    return put
