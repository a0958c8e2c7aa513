"""Stamped workbooks put on disk by a few threads at once: only what is missing or different is written.

Threads are enough to use every core: compressing, hashing and waiting for the disk all release the interpreter.
"""

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from toolkit.excel.files import sha256_of, write_if_changed

_BATCH = 64  # files handed out at a time, so that 10,000 need no more memory than a hundred
_WAITING = 2  # threads more than cores: some of them wait for the disk

Result = tuple[str, bool]
"""SHA-256 of the file, and whether it had to be written."""


def write_all(
    paths: Sequence[Path],
    stamped: Callable[[int], bytes],
    told: Callable[[int], None],
    workers: int | None = None,
    put: Callable[[Path, bytes], bool] = write_if_changed,
) -> list[Result]:
    """All workbooks, their results in the order of the paths; a file that is right already is left alone.

    Args:
        paths: where each goes.
        stamped: the workbook with this index; called from several threads.
        told: called with the number of workbooks done so far.
        workers: threads; None decides by the number of processor cores.
        put: puts a file on disk and says whether it is new or different.

    Raises:
        FileBusyError: a workbook must change, and another program has it open.
    """

    def write(index: int) -> Result:
        data = stamped(index)
        return sha256_of(data), put(paths[index], data)

    results: list[Result] = []
    with ThreadPoolExecutor(workers or (os.cpu_count() or 1) + _WAITING) as pool:
        for start in range(0, len(paths), _BATCH):
            for result in pool.map(write, range(start, min(start + _BATCH, len(paths)))):
                results.append(result)
                told(len(results))
    return results
