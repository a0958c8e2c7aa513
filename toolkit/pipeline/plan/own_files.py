"""The workbooks consultants write (方案, 项目清单, 评审意见, 模板): read, or said which cannot be and what to do."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from toolkit.errors import SchemeError, UnreadableFileError, WorkspaceError

Read = TypeVar("Read")


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
        advice = "在 Excel 或 WPS 中打开这个文件，另存为 .xlsx 工作簿后重试"
        raise SchemeError(error.message, where=path, what_to_do=advice) from error


def _blank_form(path: Path) -> str:
    """Where a workbook that nobody has written yet comes from."""
    made_by = {"方案.xlsx": "jixiao scheme new 方案.xlsx", "项目清单.xlsx": "jixiao template new 模板"}.get(path.name)
    return f"；还没有的，运行 {made_by} 取一份来填" if made_by else ""
