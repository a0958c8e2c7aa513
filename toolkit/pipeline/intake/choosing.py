"""A person decides which of a project's returns counts; the decision is recorded with name and reason."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from toolkit.errors import WorkspaceError
from toolkit.handover import Thing
from toolkit.ledger import EventKind
from toolkit.ledger.kinds import Chosen
from toolkit.pipeline.intake.returned import Receipt, read_again, receipts_on_record
from toolkit.pipeline.plan.decisions import replaced
from toolkit.pipeline.plan.evaluation import Evaluation

_SHORTEST = 6


@dataclass(frozen=True, slots=True)
class ChosenReturn:
    """The return a person decided for."""

    project: str
    receipt: Receipt
    by: str
    reason: str

    def as_json(self) -> dict[str, Any]:
        """``{"project", "sha256", "name", "received", "by", "reason"}``."""
        one = self.receipt
        return {
            "project": self.project,
            "sha256": one.sha256,
            "name": one.name,
            "received": one.at,
            "by": self.by,
            "reason": self.reason,
        }


def choose_return(
    evaluation: Evaluation, project: str, sha256: str, *, by: str, reason: str, now: datetime
) -> ChosenReturn:
    """Let one return count for a project, whatever came later.

    Args:
        evaluation: the evaluation.
        project: project id.
        sha256: of the return, or its first digits (six at least).
        by: who decides; may not be empty.
        reason: why; may not be empty.
        now: when.

    Raises:
        WorkspaceError: no such project, no (or more than one) such return of it, or no name or reason.
    """
    if evaluation.roster.project(project) is None:
        raise WorkspaceError(f"项目清单中没有项目序号 {project}", what_to_do="用 jixiao status 查看项目序号")
    if not by.strip() or not reason.strip():
        raise WorkspaceError("指定报送件须写明指定人和理由", what_to_do="补充 --by 姓名 和 --reason 理由")
    receipt = _only_return(evaluation, project, sha256.strip().casefold())
    with evaluation.workspace.ledger() as ledger:
        known = replaced(ledger, Thing(EventKind.CHOSEN, project))
        ledger.record(
            Chosen(file=receipt.name, by=by.strip(), reason=reason.strip(), replaces=known),
            at=now,
            once=f"chosen:{project}:{receipt.sha256}:{now.isoformat()}",
            project=project,
            subject=receipt.sha256,
        )
    return ChosenReturn(project, receipt, by.strip(), reason.strip())


def _only_return(evaluation: Evaluation, project: str, sha256: str) -> Receipt:
    with evaluation.workspace.ledger() as ledger:
        receipts = receipts_on_record(ledger)
    outcomes = read_again(evaluation, receipts)
    ours = {outcome.sha256 for outcome in outcomes if outcome.accepted and outcome.project == project}
    found = [receipt for receipt in receipts if receipt.sha256 in ours and receipt.sha256.startswith(sha256)]
    if len(found) == 1 and len(sha256) >= _SHORTEST:
        return found[0]
    if not ours:
        raise WorkspaceError(f"项目 {project} 没有可读的报送件", what_to_do="用 jixiao status 查看各项目")
    listed = "、".join(f"{receipt.sha256[:12]}（{receipt.name}）" for receipt in receipts if receipt.sha256 in ours)
    advice = f"本项目可选的报送件：{listed}；请给出校验值的前 {_SHORTEST} 位以上"
    raise WorkspaceError(f"不能确定指的是项目 {project} 的哪一份报送件", what_to_do=advice)
