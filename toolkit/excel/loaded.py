"""A workbook as openpyxl sees it, loaded without numpy."""

import sys
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from openpyxl import Workbook


def loaded(data: bytes) -> "Workbook":
    """The workbook; openpyxl raises anything from KeyError to BadZipFile for what is none."""
    _load_openpyxl()
    from openpyxl import load_workbook

    return load_workbook(BytesIO(data))


def empty() -> "Workbook":
    """A workbook with one blank sheet."""
    _load_openpyxl()
    from openpyxl import Workbook

    return Workbook()


def _load_openpyxl() -> None:
    """Load openpyxl as where numpy is not installed, and leave numpy to whoever asks for it.

    Where it is, openpyxl loads it to know its numbers by their types, which takes as long as openpyxl itself; none of
    our cells holds one.
    """
    if "openpyxl" in sys.modules or "numpy" in sys.modules:
        return
    sys.modules["numpy"] = None  # type: ignore[assignment]  # so Python says that a module cannot be had
    try:
        import openpyxl
    finally:
        del sys.modules["numpy"]
    _ = openpyxl
