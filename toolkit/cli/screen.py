"""What a command shows: Chinese text and a progress bar on a terminal, or one JSON object for machines."""

import json
import logging
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from toolkit.errors import ToolkitError

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.progress import Progress, TaskID

CANNOT_GO_ON, OUR_FAULT, FINDINGS, INTERRUPTED = 3, 70, 1, 130
STOPPED = "已按要求中断。已完成的部分都已保存，重新运行同一条命令即可接着做完。"

TROUBLES_WITH_FILES: dict[type[OSError] | tuple[type[OSError], ...], tuple[str, str]] = {
    PermissionError: ("没有读写权限，或文件正被其他程序打开", "关闭打开着它的 Excel、WPS，或换一个有权限的文件夹"),
    FileNotFoundError: ("找不到文件或文件夹", "核对路径和名称"),
    IsADirectoryError: ("这里需要一个文件，给出的是文件夹", "核对路径，写到文件名为止"),
    (NotADirectoryError, FileExistsError): ("这里需要一个文件夹，给出的是文件", "核对路径，或换一个文件夹"),
}
"""What the system refuses → what that means here, and what to do."""


class Screen:
    """One command's output. Standard output carries the result, standard error the progress and the trouble."""

    def __init__(self, *, as_json: bool) -> None:
        self.as_json = as_json
        self._bar: Progress | None = None
        self._tasks: dict[str, TaskID] = {}

    def progress(self, stage: str, done: int, total: int) -> None:
        """Move the stage's bar; nothing on a pipe or for machines."""
        if self._bar is None:
            return
        if stage not in self._tasks:
            self._tasks[stage] = self._bar.add_task(stage, total=total)
        self._bar.update(self._tasks[stage], completed=done, total=total)

    def show(self, values: Mapping[str, Any], *blocks: Callable[[], "RenderableType"]) -> None:
        """Print ``values`` as JSON for machines, else the blocks for people."""
        self.stop()
        if self.as_json:
            sys.stdout.write(json.dumps(values, ensure_ascii=False, indent=2) + "\n")
            return
        console = out()
        for block in blocks:
            console.print(block())

    def start(self) -> None:
        """Show progress where a person is watching."""
        if self.as_json or not sys.stderr.isatty():
            return
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        self._bar = Progress(*columns, console=Console(stderr=True))
        self._bar.start()

    def stop(self) -> None:
        """Take the bar away."""
        if self._bar is not None:
            self._bar.stop()
            self._bar = None


def out() -> "Console":
    """Standard output for people. Unit text is printed as it is: markup in it means nothing."""
    from rich.console import Console

    return Console(markup=False, highlight=False, width=None if sys.stdout.isatty() else 120)


@contextmanager
def face(*, as_json: bool) -> Iterator[Screen]:
    """Run a command's work; trouble becomes one calm paragraph and an exit code."""
    screen = Screen(as_json=as_json)
    screen.start()
    try:
        yield screen
    except ToolkitError as trouble:
        _leave(screen, {"error": str(trouble)}, str(trouble), CANNOT_GO_ON)
    except (typer.Exit, typer.BadParameter):
        raise
    except KeyboardInterrupt:
        _leave(screen, {"error": STOPPED}, STOPPED, INTERRUPTED)
    except Exception as fault:  # noqa: BLE001  the face is the one place where our own faults end
        if isinstance(fault, OSError) and fault.filename:
            words = _words_on_file(fault)
            _leave(screen, {"error": words}, words, CANNOT_GO_ON)
        log = _write_log()
        words = f"程序出错了（{type(fault).__name__}），这不是您的数据的问题。已完成的部分都已保存，可以直接重新运行。"
        _leave(screen, {"error": words, "log": str(log)}, f"{words}\n请把日志发给维护人员：{log}", OUR_FAULT)
    finally:
        screen.stop()


def leave_with(*, findings: bool) -> None:
    """Exit with 1 when something needs correction."""
    if findings:
        raise typer.Exit(FINDINGS)


def _words_on_file(trouble: OSError) -> str:
    kinds = (one for kind, one in TROUBLES_WITH_FILES.items() if isinstance(trouble, kind))
    message, what_to_do = next(kinds, ("读写文件时出错", f"检查磁盘和文件夹后重试（系统提示：{trouble.strerror}）"))
    return str(ToolkitError(message, where=str(trouble.filename), what_to_do=what_to_do))


def _leave(screen: Screen, values: Mapping[str, str], words: str, code: int) -> None:
    screen.stop()
    if screen.as_json:
        sys.stdout.write(json.dumps(values, ensure_ascii=False) + "\n")
    sys.stderr.write(words + "\n")
    raise typer.Exit(code)


def _write_log() -> Path:
    import traceback

    with tempfile.NamedTemporaryFile("w", prefix="jixiao-", suffix=".log", delete=False, encoding="utf-8") as log:
        traceback.print_exc(file=log)
    logging.getLogger(__name__).debug("fault written to %s", log.name)
    return Path(log.name)
