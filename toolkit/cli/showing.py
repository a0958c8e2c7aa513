"""Showing the window on a folder or link, without a parser of command lines: it would take as long as the window."""

import sys
from collections.abc import Callable
from pathlib import Path

from toolkit.operations.trouble import CANNOT_GO_ON

MISSING = (
    '窗口需要 PySide6。请运行 py -m pip install "PySide6-Essentials>=6.8,<6.12"，或使用安装包；命令行各命令不受影响。'
)


def is_missing(fault: ModuleNotFoundError) -> bool:
    """The extra ``desktop`` was not installed."""
    return (fault.name or "").partition(".")[0] == "PySide6"


def whole(folder: str | None) -> str:
    """A folder with its whole path, a link as it is; "" for none."""
    return str(Path(folder).absolute()) if folder and "://" not in folder else folder or ""


def main() -> None:
    """``jixiao window [folder]``, without options."""
    _show(sys.argv[2:], _tell)


def without_console() -> None:
    """``jixiaow [folder]``: a program that has no console. Not tried on Windows here."""
    _show(sys.argv[1:], _tell_in_a_box)


def _show(words: list[str], tell: Callable[[str], object]) -> None:
    try:
        from toolkit.desktop.application import main as show
    except ModuleNotFoundError as fault:
        if not is_missing(fault):
            raise
        tell(MISSING)
        sys.exit(CANNOT_GO_ON)
    sys.exit(show(whole(words[0] if words else "")))


def _tell(words: str) -> None:
    if sys.stderr is not None:
        sys.stderr.write(f"{words}\n")


def _tell_in_a_box(words: str) -> None:
    """On Windows, elsewhere on standard error.

    Source: Win32 API, MessageBoxW. Not tried on Windows here.
    """
    import ctypes

    user = getattr(ctypes, "windll", None)  # only on Windows
    user.user32.MessageBoxW(None, words, "绩效核查工作台", 0) if user is not None else _tell(words)
