"""The processes this program consists of: what it calls itself with to start one, and how each begins."""

import gc
import os
import sys

READ_WORKER = "--read-worker"
"""A process that reads files from outside; see :mod:`toolkit.collect.worker`."""
ENGINE = "--engine"
"""A process that works for the window; see :mod:`toolkit.operations.engine`."""


def set_up() -> None:
    """Leave out what costs a process of ours time and gives it nothing; call it before pydantic is loaded.

    What a command makes mostly stays until it ends, or goes without being looked for: looked through as often as by
    default, that costs a quarter of it. With a million new objects to a search the processes of the second engine hold
    twice as much as with 200,000. To look for plugins of pydantic that happen to be installed takes longer than to read
    a file.
    """
    gc.set_threshold(200_000, 50, 50)
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")


def is_installed_program() -> bool:
    """Whether this is the program an installer brings: it has a Python of its own, to which nothing can be added."""
    return bool(getattr(sys, "frozen", False))


def to_have(part: str) -> str:
    """What a user does to have a part of the toolkit that is installed by itself, as a clause of a sentence.

    Args:
        part: an extra of the package (``referee``, ``cluster``, ``server``).
    """
    command = f"运行 pip install 'jixiao-toolkit[{part}]'"
    if is_installed_program():
        return f"安装版不能加装，请在装有 Python 的电脑上{command}，用那里的 jixiao 处理同一个工作区"
    return command
