"""What went wrong, in one calm paragraph with an exit code: the same words on a terminal and in the window."""

import errno
import tempfile
import traceback
from dataclasses import dataclass

from toolkit.errors import ToolkitError
from toolkit.operations.declaration import BadRequest

FINDINGS, USAGE, CANNOT_GO_ON, OUR_FAULT, INTERRUPTED = 1, 2, 3, 70, 130
STOPPED = "已按要求中断。已完成的部分都已保存，重新运行同一条命令即可接着做完。"

_FULL = (errno.ENOSPC, errno.EDQUOT)
_WITH_FILES: dict[type[OSError] | tuple[type[OSError], ...], tuple[str, str]] = {
    PermissionError: ("没有读写权限，或文件正被其他程序打开", "关闭打开着它的 Excel、WPS，或换一个有权限的文件夹"),
    FileNotFoundError: ("找不到文件或文件夹", "核对路径和名称"),
    IsADirectoryError: ("这里需要一个文件，给出的是文件夹", "核对路径，写到文件名为止"),
    (NotADirectoryError, FileExistsError): ("这里需要一个文件夹，给出的是文件", "核对路径，或换一个文件夹"),
}
"""What the system refuses → what that means here, and what to do."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """One paragraph for a person, the exit code, and the log where the fault is ours."""

    message: str
    exit_code: int
    log: str = ""


def trouble(fault: BaseException) -> Trouble:
    """Say what a fault means for the person who asked."""
    if isinstance(fault, BadRequest):
        return Trouble(str(fault), USAGE)
    if isinstance(fault, ToolkitError):
        return Trouble(str(fault), CANNOT_GO_ON)
    if isinstance(fault, KeyboardInterrupt):
        return Trouble(STOPPED, INTERRUPTED)
    if isinstance(fault, OSError) and (fault.filename or fault.errno in _FULL):
        return Trouble(_on_file(fault), CANNOT_GO_ON)
    words = f"程序出错了（{type(fault).__name__}），这不是您的数据的问题。已完成的部分都已保存，可以直接重新运行。"
    return Trouble(words, OUR_FAULT, _write_log(fault))


def _write_log(fault: BaseException) -> str:
    """The file with the details; "" where none can be written."""
    try:
        with tempfile.NamedTemporaryFile("w", prefix="jixiao-", suffix=".log", delete=False, encoding="utf-8") as log:
            traceback.print_exception(fault, file=log)
    except OSError:
        return ""
    return log.name


def _on_file(fault: OSError) -> str:
    if fault.errno in _FULL:
        advice = "删去不用的文件腾出空间，或把评价文件夹移到别的磁盘，再重新运行；已完成的部分都已保存"
        return str(ToolkitError("磁盘空间不足，没有写完", where=str(fault.filename or ""), what_to_do=advice))
    kinds = (words for kind, words in _WITH_FILES.items() if isinstance(fault, kind))
    message, what_to_do = next(kinds, ("读写文件时出错", f"检查磁盘和文件夹后重试（系统提示：{fault.strerror}）"))
    return str(ToolkitError(message, where=str(fault.filename), what_to_do=what_to_do))
