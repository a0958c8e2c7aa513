"""Decisions about findings of proof-reading, written where a person would write them: into 校核清单.xlsx."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from toolkit.errors import WorkspaceError
from toolkit.excel.addresses import column_letters
from toolkit.excel.files import write_atomic
from toolkit.excel.sheet_patch import patch_cells
from toolkit.proof.checklist import DECISION_COLUMN, NAME, REASON_COLUMN, places_of_marks


@dataclass(frozen=True, slots=True)
class ProofDecided:
    """What was written.

    Attributes:
        file: the list.
        written: how many findings have a decision now.
        unknown: marks that are not in the list.
    """

    file: Path
    written: int
    unknown: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """The JSON object for the window."""
        return {"file": str(self.file), "written": self.written, "unknown": list(self.unknown)}


def decide_proof(folder: Path, decisions: Mapping[str, tuple[str, str]]) -> ProofDecided:
    """Write decision and reason of findings, known by their marks, into the list of a folder.

    Raises:
        WorkspaceError: there is no list.
        FileBusyError: the list is open in another program.
    """
    file = folder / NAME
    if not file.is_file():
        raise WorkspaceError("没有校核清单", where=str(file), what_to_do="先校核一次，再处理其中的发现")
    data = file.read_bytes()
    places = places_of_marks(data)
    cells = {}
    for mark, (decision, reason) in decisions.items():
        for sheet, row in places.get(mark, ()):
            cells[sheet, f"{column_letters(DECISION_COLUMN)}{row}"] = decision
            cells[sheet, f"{column_letters(REASON_COLUMN)}{row}"] = reason
    if cells:
        write_atomic(file, patch_cells(data, cells))
    unknown = tuple(mark for mark in decisions if mark not in places)
    return ProofDecided(file, len(decisions) - len(unknown), unknown)
