"""Decisions about findings, taken back."""

from toolkit.errors import WorkspaceError
from toolkit.ledger.kinds import Action
from toolkit.model import CellRef, Finding, Severity
from toolkit.pipeline.examine.decision import Decision
from toolkit.pipeline.plan.decisions import Resolution
from toolkit.pipeline.plan.evaluation import Evaluation

_SHOWN = 8


def withdrawn(evaluation: Evaluation, decision: Decision) -> list[tuple[Resolution, Finding]]:
    """What takes back a decision in force: one line for each cell it was about, with where that cell was generated.

    A proposal that was accepted for many cells at once is taken back as a whole where no cell is named.

    Raises:
        WorkspaceError: nothing was decided about it, or several things were.
    """
    code = decision.code.upper()
    places = {line: _place(evaluation, line.key) for line in evaluation.decided}
    found = [
        line
        for line in evaluation.decided
        if (line.project, line.code) == (decision.project, code) and decision.means(places[line])
    ]
    if not found:
        words = f"项目{decision.project}的{code}没有作过处理，没有可以撤回的"
        raise WorkspaceError(words, what_to_do="用 jixiao check 查看编号和单元格；处理过的记在台账里")
    if len({(line.at, line.by) for line in found}) > 1:
        listed = "、".join(str(places[line]) for line in found[:_SHOWN])
        words = f"项目{decision.project}的{code}作过{len(found)}次处理：{listed}"
        raise WorkspaceError(words, what_to_do="用 --cell 指明撤回哪一处")
    return [(_taken_back(line, decision), Finding(code, Severity.NOTE, places[line], "", "")) for line in found]


def _taken_back(line: Resolution, decision: Decision) -> Resolution:
    by, reason = decision.by.strip(), decision.reason.strip()
    return Resolution(
        line.project, line.code, line.key, Action.WITHDRAW, None, by, reason, decision.basis, decision.reviewer,
        row=line.row,
    )  # fmt: skip


def _place(evaluation: Evaluation, key: str) -> CellRef:
    """Where a decision's cell was generated; its sheet where it is about a whole sheet."""
    slot = evaluation.template.layout.slots.get(key)
    return CellRef("", slot.sheet, slot.cell) if slot else CellRef("", key)
