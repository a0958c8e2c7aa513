"""Where a workspace's ledger is: a file in the folder, or a bureau's PostgreSQL server."""

import json
from pathlib import Path

from toolkit.errors import WorkspaceError
from toolkit.excel.files import write_atomic
from toolkit.ledger import Server

LEDGER_FILE = "台账.sqlite3"
PLACE_FILE = ".jixiao/台账位置.json"


def ledger_place(root: Path) -> Path | Server:
    """The place noted in a workspace; the file in its folder where none is.

    Raises:
        WorkspaceError: the note is damaged.
        LedgerError: the address in it is none.
    """
    path = root / PLACE_FILE
    try:
        noted = json.loads(path.read_text(encoding="utf-8"))
        return Server.at(str(noted["address"]), str(noted["log"]))
    except FileNotFoundError:
        return root / LEDGER_FILE
    except (ValueError, KeyError, TypeError):
        advice = "从备份恢复该文件；台账仍在原来的服务器上"
        raise WorkspaceError("台账位置文件已损坏", where=path, what_to_do=advice) from None


def note_place(root: Path, place: Path | Server) -> None:
    """Note where the ledger is from now on. The address may carry a password: only its owner can read the note."""
    path = root / PLACE_FILE
    if isinstance(place, Path):
        path.unlink(missing_ok=True)
        return
    note = json.dumps({"address": place.address, "log": place.log}, ensure_ascii=False, indent=1)
    write_atomic(path, note.encode(), secret=True)
