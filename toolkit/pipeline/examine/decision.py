"""What a person wants done about a finding."""

import re
from dataclasses import dataclass
from datetime import date

from toolkit.ledger.kinds import Action
from toolkit.model import CellRef

_CELL = re.compile(r"(?:(.+)!)?([A-Z]{1,3}\d+)")


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person wants.

    Attributes:
        cell: ``资金情况!C12`` or ``C12``, needed where a code stands more than once.
        value: the verified value as typed, for OVERRIDE.
    """

    project: str
    code: str
    action: Action
    by: str
    reason: str
    cell: str = ""
    value: str = ""
    basis: str = ""
    reviewer: str = ""
    until: date | None = None

    def means(self, at: CellRef) -> bool:
        """Whether a cell is the one that was named; any cell where none was."""
        match = _CELL.fullmatch(self.cell.strip().upper() if self.cell else "")
        return match is None or (at.cell == match[2] and (not match[1] or at.sheet == match[1]))
