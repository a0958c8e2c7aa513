"""How far an evaluation's ledger reached: its end as kept beside it, and the receipts that go out of the folder.

What either proves, and what it does not: ``docs/ledger.md``.
"""

import json
import re
from datetime import datetime
from pathlib import Path

from toolkit.errors import WorkspaceError
from toolkit.excel.files import write_atomic
from toolkit.ledger import Anchor, Ledger

ANCHOR_FILE = ".jixiao/台账凭据.json"
RECEIPTS = "台账回执.txt"
_RECEIPTS_HEAD = (
    "台账回执：每次下发、收件、退回以后台账到第几条。请打印或用邮件另存；以后用\n"
    "jixiao ledger verify --anchor 条数:校验值 核对，可以查出台账被删除重建、换成旧副本或被截去末尾。\n\n"
)
_RECEIPT = re.compile(r"台账第(\d{1,12})条.*?([0-9a-f]{64})")


def kept_anchor(root: Path) -> Anchor | None:
    """Where the ledger ended when it was last written; None in a folder of an older version.

    Raises:
        WorkspaceError: the file is damaged.
    """
    path = root / ANCHOR_FILE
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        return Anchor(int(kept["seq"]), str(kept["hash"]))
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError):
        advice = "从备份恢复该文件；它是台账没有被换过的凭据"
        raise WorkspaceError("台账凭据文件已损坏", where=path, what_to_do=advice) from None


def keep_anchor(root: Path, ledger: Ledger) -> None:
    """Keep where the ledger ends; a ledger that was replaced does not get to replace its anchor too."""
    kept = kept_anchor(root)
    if kept is None or ledger.holds(kept):
        now = ledger.anchor()
        data = json.dumps({"seq": now.seq, "hash": now.hash}).encode()
        write_atomic(root / ANCHOR_FILE, data)


def note_receipt(root: Path, end: Anchor, what: str, now: datetime) -> None:
    """Note in the list of receipts where the ledger ended when something was done; each end once."""
    path = root / RECEIPTS
    known = path.read_text(encoding="utf-8") if path.exists() else _RECEIPTS_HEAD
    if end.hash not in known:
        line = f"{now:%Y-%m-%d %H:%M}　{what}　台账第{end.seq}条　校验值 {end.hash}\n"
        write_atomic(path, (known + line).encode())


def noted_receipts(root: Path) -> tuple[Anchor, ...]:
    """What the list of receipts says the ledger held; () where nothing was handed out yet."""
    path = root / RECEIPTS
    text = path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""
    return tuple(Anchor(int(number), digest) for number, digest in _RECEIPT.findall(text))
