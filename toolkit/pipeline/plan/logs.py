"""Logs in a workspace: the own ledger written out as text, and the logs of other laptops that were merged in.

SQLite stays on the disk it was made on; what travels is the text. ``本机.jsonl`` is written behind the ledger and is
complete whenever a command has ended.
"""

from functools import lru_cache
from pathlib import Path

from toolkit.excel.files import append_text, write_atomic
from toolkit.ledger import Anchor, EventKind, Ledger, Log, log_line, of_log, read_line

FOLDER = ".jixiao/日志"
OWN, SUFFIX = "本机.jsonl", ".jsonl"
_TAIL = 65_536
_ID = 16
"""Digits of a log's id that its file is named after."""
_FILES = (EventKind.RECEIVED, EventKind.READ, EventKind.REFUSED)


def log_file(folder: Path, log: str) -> Path:
    """Where another laptop's log is kept."""
    return folder / f"{log[:_ID]}{SUFFIX}"


def write_own(folder: Path, ledger: Ledger) -> None:
    """Append what the ledger has grown by; a file that is not of this ledger is left alone.

    A ledger that was replaced does not get to replace what had been written of the one before.
    """
    path = folder / OWN
    end = _end(path)
    if end is None:
        write_log(path, ledger.own_events())
    elif ledger.holds(end) and (more := ledger.own_events(after=end.seq)):
        append_text(path, "".join(map(log_line, more)))


def write_log(path: Path, log: Log) -> None:
    """Write a whole log."""
    write_atomic(path, "".join(map(log_line, log)).encode())


def merged_logs(folder: Path, originals: Path) -> tuple[Log, ...]:
    """The logs of other laptops, without files whose originals have not come along."""
    logs = other_logs(folder)
    if not logs:
        return ()
    here = frozenset(path.name for path in originals.iterdir()) if originals.is_dir() else frozenset()
    return tuple(tuple(event for event in log if event.kind not in _FILES or event.subject in here) for log in logs)


def other_logs(folder: Path) -> tuple[Log, ...]:
    """The logs of other laptops as they are stored, in order of their ids."""
    if not folder.is_dir():
        return ()
    paths = sorted(path for path in folder.glob(f"*{SUFFIX}") if path.name != OWN)
    found = [(path, path.stat()) for path in paths]
    return tuple(log for path, state in found if (log := _stored(path, state.st_mtime_ns, state.st_size)))


@lru_cache(maxsize=64)
def _stored(path: Path, _changed: int, _size: int) -> Log:
    """A stored log, read once while its file stays as it is; it was judged when it was merged, and is by ``verify``."""
    text = path.read_text(encoding="utf-8", errors="replace")
    return of_log([event for line in text.split("\n") if (event := read_line(line)) is not None])


def _end(path: Path) -> Anchor | None:
    """Where a written log ends; None where there is none or its last line was not finished."""
    try:
        with path.open("rb") as stream:
            stream.seek(max(0, path.stat().st_size - _TAIL))
            tail = stream.read()
    except FileNotFoundError:
        return None
    last = tail.rstrip(b"\n").rpartition(b"\n")[2].decode("utf-8", "replace")
    event = read_line(last) if tail.endswith(b"\n") else None
    return Anchor(event.seq, event.hash) if event else None
