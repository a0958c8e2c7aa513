"""What a command shows: Chinese text and a progress bar on a terminal, or one JSON object for machines."""

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from toolkit.operations.trouble import FINDINGS, Trouble, trouble

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.progress import Progress, TaskID

    from toolkit.operations.declaration import Done


class Screen:
    """One command's output. Standard output carries the result, standard error the progress and the trouble."""

    def __init__(self, *, as_json: bool) -> None:
        self.as_json = as_json
        self._bar: Progress | None = None
        self._tasks: dict[str, TaskID] = {}

    def progress(self, stage: str, done: int, total: int, /, item: str = "") -> None:  # noqa: ARG002
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
        for shown in (block() for block in blocks):
            if shown != "":
                console.print(shown)

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
    except (typer.Exit, typer.BadParameter):
        raise
    except (Exception, KeyboardInterrupt) as fault:  # noqa: BLE001  the one place where our own faults end
        _leave(screen, trouble(fault))
    finally:
        screen.stop()


def carry_out(screen: Screen, name: str, where: Path, **values: object) -> "Done":
    """Carry out a declared operation in a workspace; what is wrong with the values is told as any trouble is."""
    from toolkit.cli.options import now
    from toolkit.operations import operation

    asked = operation(name)
    return asked.work(asked.asked(where, values, now(where), screen.progress))


def leave_with(*, findings: bool) -> None:
    """Exit with 1 when something needs correction."""
    if findings:
        raise typer.Exit(FINDINGS)


def _leave(screen: Screen, what: Trouble) -> None:
    screen.stop()
    words = f"{what.message}\n请把日志发给维护人员：{what.log}" if what.log else what.message
    if screen.as_json:
        values = {"error": what.message} | ({"log": what.log} if what.log else {})
        sys.stdout.write(json.dumps(values, ensure_ascii=False) + "\n")
    sys.stderr.write(words + "\n")
    raise typer.Exit(what.exit_code)
