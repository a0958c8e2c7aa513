"""Where openpyxl is loaded: only commands that need it pay for it."""

from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from openpyxl import Workbook


def loaded(data: bytes) -> "Workbook":
    """The workbook as openpyxl sees it; it raises anything from KeyError to BadZipFile for what is none."""
    from openpyxl import load_workbook

    return load_workbook(BytesIO(data))


def empty() -> "Workbook":
    """A workbook with one blank sheet."""
    from openpyxl import Workbook

    return Workbook()
