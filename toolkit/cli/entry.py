"""Where ``jixiao`` begins: the window and the program's own processes start without loading the other commands."""

import sys
from collections.abc import Callable

from toolkit import processes
from toolkit.processes import ENGINE, READ_WORKER

WINDOW = "window"


def main() -> None:
    """Entry point of the ``jixiao`` command, and of the processes a frozen program starts of itself."""
    processes.set_up()  # modules by the hundred are imported next
    chosen(sys.argv[1:])()


def chosen(words: list[str]) -> Callable[[], None]:
    """What a command line starts."""
    if words == [ENGINE]:
        from toolkit.operations.engine import main as engine

        return engine
    if words == [READ_WORKER]:
        from toolkit.collect.serving import serve

        return serve
    if words[:1] == [WINDOW] and len(words) < 3 and not any(word.startswith("-") for word in words):
        from toolkit.cli.showing import main as show

        return show
    if words[:1] == [WINDOW]:
        from toolkit.cli.window import main as window

        return window
    from toolkit.cli.app import main as every_command

    return every_command
