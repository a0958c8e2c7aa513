"""What people plan and judge, read once for all commands as long as the files do not change (ADR 0014).

To read them takes what reads workbooks, formulas and rules; a command that needs none of these starts without them.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.cache import entry_key, program_state
from toolkit.errors import TemplateError
from toolkit.model import Finding, Roster, Scheme, is_sound
from toolkit.model.plain import DamagedValueError, from_plain_text, plain_text
from toolkit.pipeline.plan.workspace import Workspace
from toolkit.resources import law_table_path

if TYPE_CHECKING:
    from toolkit.review import OpinionReading, WrittenLoss


@dataclass(frozen=True, slots=True)
class Plan:
    """What is planned, and what there is to say about it; None for what could not be understood."""

    scheme: Scheme | None
    roster: Roster | None
    findings: tuple[Finding, ...]

    @property
    def usable(self) -> bool:
        """There is nothing that must be put right first."""
        return self.scheme is not None and self.roster is not None and is_sound(self.findings)


def plan_once(workspace: Workspace, read: Callable[[], Plan]) -> Plan:
    """The plan as it was read before, or read now and kept; one with mistakes is never kept."""
    before = _state(workspace)
    if before is not None and (kept := workspace.cache.get(before)) is not None:
        with suppress(DamagedValueError):
            return from_plain_text(kept, Plan)
    plan = read()
    if plan.usable and before is not None and _state(workspace) == before:
        workspace.cache.put({before: plain_text(plan, Plan)})
    return plan


def opinions_once(workspace: Workspace, data: bytes, read: Callable[[], "OpinionReading"]) -> "OpinionReading":
    """What the review workbook with these bytes says, as it was read before, or read now and kept."""
    from toolkit.review import OpinionReading

    plan = _state(workspace)
    if plan is None:
        return read()
    key = entry_key("opinions", plan, ",".join(sorted(workspace.part)), workspace.opinions.name, data)
    if (kept := workspace.cache.get(key)) is not None:
        with suppress(DamagedValueError):
            return from_plain_text(kept, OpinionReading)
    reading = read()
    if _state(workspace) == plan:
        workspace.cache.put({key: plain_text(reading, OpinionReading)})
    return reading


def losses_once(workspace: Workspace, data: bytes, name: str) -> "tuple[WrittenLoss, ...]":
    """The rows of sheet 失分情况 in the review workbook with these bytes, likewise.

    Raises:
        UnreadableFileError: the bytes are no workbook.
    """
    from toolkit.review import WrittenLoss, read_losses

    key = entry_key("losses", program_state(), name, data)
    if (kept := workspace.cache.get(key)) is not None:
        with suppress(DamagedValueError):
            return from_plain_text(kept, tuple[WrittenLoss, ...])
    rows = read_losses(data, name)
    workspace.cache.put({key: plain_text(rows, tuple[WrittenLoss, ...])})
    return rows


def _state(workspace: Workspace) -> str | None:
    """The key of a plan: program, table of regulations, both workbooks; None where one of them cannot be read."""
    try:
        files = [path.read_bytes() for path in (workspace.scheme, workspace.roster, law_table_path())]
    except (OSError, TemplateError):
        return None
    return entry_key("plan", program_state(), workspace.scheme.name, workspace.roster.name, *files)
