"""Decisions about findings that are not in the ledger yet: until the next run they can be undone.

They are kept in the evaluation's own folder, so that closing the window or a power cut loses none.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Row = Mapping[str, Any]
ACCEPT, OVERRIDE, WAIVE = "采纳建议", "核定", "豁免"
RECORDED = "已"
"""What a decision's words begin with once it is in the ledger."""
_FILE = Path(".jixiao") / "待记入的处理意见.json"


@dataclass(frozen=True, slots=True)
class Wanted:
    """One decision about one finding, with the words of operation ``resolve together``."""

    project: str
    code: str
    cell: str
    action: str
    value: str
    by: str
    reason: str

    def as_json(self) -> dict[str, str]:
        """The object the operation takes."""
        return {name: getattr(self, name) for name in self.__slots__}


class CannotDecide(Exception):  # noqa: N818  (an answer to a click, not a fault)
    """Why the decision cannot be taken; the text says what is missing, in Chinese."""


@dataclass(slots=True)
class Pending:
    """Batches of decisions, the latest last; each undo takes the latest batch back."""

    folder: str = ""
    batches: list[tuple[Wanted, ...]] = field(default_factory=list)

    def open(self, folder: str) -> None:
        """Turn to another evaluation; what waits there waits on. A damaged file holds nothing."""
        self.folder, self.batches = folder, []
        try:
            kept = json.loads(self._file.read_text(encoding="utf-8"))
            self.batches = [tuple(Wanted(**wanted) for wanted in batch) for batch in kept]
        except (OSError, ValueError, TypeError):
            self.batches = []

    def decide(self, rows: Sequence[Row], action: str, value: str, by: str, reason: str) -> int:
        """Take a decision about findings; how many.

        Raises:
            CannotDecide: nothing is selected, a name, a reason or a value is missing, a finding is of no project.
        """
        faults = list(_faults(rows, action, value, by, reason))
        if faults:
            raise CannotDecide("；".join(faults))
        batch = tuple(
            Wanted(row["project"], row["code"], _cell(row), action, value if action == OVERRIDE else "", by, reason)
            for row in rows
        )
        self.batches.append(batch)
        self._keep()
        return len(batch)

    def undo(self) -> int:
        """Take the latest batch back; how many decisions it held."""
        taken = self.batches.pop() if self.batches else ()
        self._keep()
        return len(taken)

    def all(self) -> list[dict[str, str]]:
        """Everything that waits, as the operation takes it."""
        return [wanted.as_json() for wanted in self._latest().values()]

    def clear(self) -> None:
        """They have been recorded."""
        self.batches = []
        self._keep()

    @property
    def count(self) -> int:
        """How many decisions wait."""
        return len(self._latest())

    def words(self) -> dict[tuple[str, str, str], str]:
        """What is decided of each finding, by project, code and cell: ``豁免（张三）``."""
        return {key: f"{wanted.action}{wanted.value}（{wanted.by}）" for key, wanted in self._latest().items()}

    def _latest(self) -> dict[tuple[str, str, str], Wanted]:
        """The decision in force about each finding; an earlier one is in force again once the later is undone."""
        return {(wanted.project, wanted.code, wanted.cell): wanted for batch in self.batches for wanted in batch}

    @property
    def _file(self) -> Path:
        return Path(self.folder) / _FILE

    def _keep(self) -> None:
        """Write beside and rename, so that a kill leaves the old or the new list."""
        if not self.batches:
            self._file.unlink(missing_ok=True)
            return
        beside = self._file.with_suffix(".tmp")
        kept = [[wanted.as_json() for wanted in batch] for batch in self.batches]
        beside.write_text(json.dumps(kept, ensure_ascii=False, indent=1), encoding="utf-8")
        beside.replace(self._file)


def key_of(row: Row) -> tuple[str, str, str]:
    """What a decision knows a finding by."""
    return (row["project"], row["code"], _cell(row))


def _cell(row: Row) -> str:
    return f"{row['sheet']}!{row['cell']}" if row["cell"] else ""


def _faults(rows: Sequence[Row], action: str, value: str, by: str, reason: str) -> Iterable[str]:
    if not rows:
        yield "先在表中选中要处理的发现（可按住 Ctrl 或 Shift 选几条）"
    of_none = [row for row in rows if not row["project"]]
    if of_none:
        which = f"{of_none[0]['code']}{'等' if len(of_none) > 1 else ''}"
        yield (
            f"选中的{len(rows)}条里有{len(of_none)}条不属于某个项目（{which}），不能在这里处理；"
            "按“项目”筛选，或按住 Ctrl 点掉以后再处理"
        )
    if action == OVERRIDE and not value:
        yield "填写核定值"
    if not by:
        yield "填写姓名"
    if not reason:
        yield "填写理由"
