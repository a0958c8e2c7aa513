"""评价要点 as written in the scheme, one a line, with its own points at the end of the line or an equal share."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from toolkit.text import plain
from toolkit.text.folding import fold

_POINTS = re.compile(r"[（(]\s*(\d{1,4}(?:\.\d{1,4})?)\s*分\s*[)）]\s*[;；。]?\s*$")
_BULLET = re.compile(r"^\s*(?:[①-⑳]|[（(]?\d{1,2}[)）.、．](?!\d))\s*")


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """One point; ``points`` None for an equal share. Units: 分."""

    text: str
    points: Decimal | None = None

    def label(self) -> str:
        """The text, with the points where it has its own: ``有批复（1分）``."""
        return self.text if self.points is None else f"{self.text}（{plain(self.points)}分）"


def read_checkpoints(cell: str) -> tuple[Checkpoint, ...]:
    """Split a cell into its checkpoints: numbering is dropped, ``（1分）`` at the end becomes the points."""
    return tuple(_read_line(line) for line in cell.splitlines() if line.strip())


def listed(checkpoints: Sequence[Checkpoint]) -> str:
    """All checkpoints in one clause: ``1.有批复（1分）；2.经评审（1分）``."""
    return "；".join(f"{n}.{checkpoint.label()}" for n, checkpoint in enumerate(checkpoints, 1))


def local_name(number: int) -> str:
    """Local name of the n-th checkpoint's value, from 1."""
    return f"要点{number}"


def _read_line(line: str) -> Checkpoint:
    match = _POINTS.search(line)
    text = _BULLET.sub("", line[: match.start()] if match else line).strip().rstrip("；;。")
    return Checkpoint(text, Decimal(fold(match[1])) if match else None)
