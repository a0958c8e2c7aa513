"""Where openpyxl is loaded: only commands that need it pay for it.

It loads numpy too, where that is installed, to know numpy's numbers when it is given some. We give it none, and numpy
takes as long to load as openpyxl.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from openpyxl import Workbook


def loaded(data: bytes) -> "Workbook":
    """The workbook as openpyxl sees it; it raises anything from KeyError to BadZipFile for what is none."""
    with _without_numpy():
        from openpyxl import load_workbook

    return load_workbook(BytesIO(data))


def empty() -> "Workbook":
    """A workbook with one blank sheet."""
    with _without_numpy():
        from openpyxl import Workbook

    return Workbook()


@contextmanager
def _without_numpy() -> Iterator[None]:
    """Openpyxl does not find numpy while it is loaded.

    Where another thread runs, it might load numpy at this moment and not find it: then openpyxl loads both.
    """
    is_alone = len(sys._current_frames()) == 1  # noqa: SLF001 - documented; threads that Qt began are among them
    if not is_alone or "openpyxl" in sys.modules or "numpy" in sys.modules:
        yield
        return
    sys.modules["numpy"] = None  # type: ignore[assignment]  # as the documentation of import has it
    try:
        yield
    finally:
        del sys.modules["numpy"]
