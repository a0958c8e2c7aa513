"""The workbooks consultants write (方案, 项目清单, 评审意见, 模板): read, or said which cannot be and what to do."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from toolkit.errors import SchemeError, UnreadableFileError, WorkspaceError

Read = TypeVar("Read")
_SAVE_ANEW = "在 Excel 或 WPS 中打开这个文件，另存为 .xlsx 工作簿后重试"


def open_outside(*paths: Path | None) -> None:
    """Open workbooks that somebody gave us in a process that can be killed, before they are read here.

    What such a workbook says is worked out in this process as before, and in the same words. One over which that
    process hangs, dies or fills its memory never gets so far; one that is not there, or no workbook, is left to
    :func:`read_own` to tell.

    Raises:
        SchemeError: the process hung or died over a file.
    """
    from toolkit.collect import IsolatedReader

    given = [path for path in paths if path is not None and path.is_file()]
    if not given:
        return
    with IsolatedReader(None, read=opened_plain, at_once=True) as reader:
        for path in given:
            try:
                reader.plain(path.read_bytes(), path.name)
            except UnreadableFileError as error:
                raise SchemeError(error.message, where=path, what_to_do=_SAVE_ANEW) from error


def opened_plain(data: bytes, _name: str, _context: object) -> tuple[Any, ...]:
    """What the other process does with a workbook: read it, and say nothing of what it found."""
    from toolkit.excel.read import read_workbook

    try:
        read_workbook(data)
    except UnreadableFileError:
        return ("no workbook",)
    return ("workbook",)


def read_own(path: Path, read: Callable[[bytes, str], Read]) -> Read:
    """What ``read`` makes of a file's bytes and name.

    Raises:
        WorkspaceError: there is no such file.
        SchemeError: the file is no workbook.
    """
    try:
        return read(path.read_bytes(), path.name)
    except FileNotFoundError:
        raise WorkspaceError(
            "找不到文件", where=path, what_to_do="核对路径和文件名；工作区里的文件请放回原处" + _blank_form(path)
        ) from None
    except UnreadableFileError as error:
        raise SchemeError(error.message, where=path, what_to_do=_SAVE_ANEW) from error


def _blank_form(path: Path) -> str:
    """Where a workbook that nobody has written yet comes from."""
    made_by = {"方案.xlsx": "jixiao scheme new 方案.xlsx", "项目清单.xlsx": "jixiao template new 模板"}.get(path.name)
    return f"；还没有的，运行 {made_by} 取一份来填" if made_by else ""
