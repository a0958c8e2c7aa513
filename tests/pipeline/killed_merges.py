"""Merges that are killed at chosen moments, and what the workspace holds after one more that came to its end.

A moment is the so-manyeth time that ``merge`` touches the disk, as in ``killed_runs``. It runs in a process of its own,
because it divides itself: ``python -m tests.pipeline.killed_merges WORKSPACE BROUGHT EVERY``.
"""

import json
import os
import shutil
import signal
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from toolkit import pipeline
from toolkit.ledger import in_order
from toolkit.pipeline.plan.workspace import Workspace

NOW = datetime(2026, 2, 4, 9, tzinfo=UTC)
_TOUCHES = {"os.rename", "os.remove", "os.mkdir", "sqlite3.connect"}


def merged(folder: Path, brought: Path) -> None:
    """Merge, as the command does."""
    pipeline.merge(pipeline.load(folder), [brought], NOW)


def state(folder: Path) -> Any:
    """What the ledger, the logs, the originals and the typed opinions hold, whatever was tried in between."""
    space = Workspace.open(folder)
    with space.ledger() as ledger:
        events = [event.hash for event in in_order(ledger.logs()) if event.kind != "merged"]
        sound = not ledger.verify()
    originals = sorted(path.name for path in space.originals.iterdir() if len(path.name) == 64)
    opinions = [str(opinion) for opinion in pipeline.load(folder).opinion_reading.opinions]
    disputes = [str(conflict.thing) for conflict in pipeline.load(folder).disputed]
    return [events, sound, originals, opinions, disputes]


def touching(act: Callable[[], None], moment: int) -> int:
    """How often an act touches the disk; the process is killed at a moment, 0 for never."""
    count = 0

    def look(event: str, given: tuple[Any, ...]) -> None:
        nonlocal count
        writes = event == "open" and isinstance(given[2], int) and given[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
        if event in _TOUCHES or writes:
            count += 1
            if count == moment:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(look)
    act()
    return count


def apart(act: Callable[[], int]) -> int:
    """What an act in a copy of this process comes to; -1 where it was killed."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.write(writing, str(act()).encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as answer:
        said = answer.read()
    os.waitpid(child, 0)
    return int(said) if said else -1


def main() -> None:
    folder, brought, every = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
    whole = folder.with_name("没有中断的")
    shutil.copytree(folder, whole)
    moments = apart(lambda: touching(lambda: merged(whole, brought), 0))
    expected, different, interrupted = state(whole), [], 0
    for moment in range(1, moments + 1, every):
        copy = folder.with_name(f"中断{moment}")
        shutil.copytree(folder, copy)
        interrupted += apart(lambda at=moment, of=copy: touching(lambda: merged(of, brought), at)) == -1  # type: ignore[misc]
        merged(copy, brought)
        if state(copy) != expected:
            different.append(moment)
        shutil.rmtree(copy)
    sys.stdout.write(json.dumps({"moments": moments, "interrupted": interrupted, "different": different}))


if __name__ == "__main__":
    main()
