"""``jixiao decide``: decisions typed into 问题清单.xlsx, recorded together; each mistake with its cell."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from toolkit.checks import SHOWN
from toolkit.errors import WorkspaceError
from toolkit.excel.table import TableRow
from toolkit.ledger.kinds import DECIDING, Action
from toolkit.model import CellRef, Finding, Sentence, Severity
from toolkit.pipeline.examine.decision import Decision
from toolkit.pipeline.examine.findings_list import decision_rows, place_of, write_findings
from toolkit.pipeline.examine.resolving import Resolved, check_signed, decidable, prepared, record
from toolkit.pipeline.examine.results import Examined, examine
from toolkit.pipeline.plan.decisions import Resolution
from toolkit.pipeline.plan.evaluation import Evaluation
from toolkit.pipeline.progress import Progress, silent


@dataclass(frozen=True, slots=True)
class Decided:
    """What the list held: decisions recorded (or on record already), and rows that could not be taken, each located."""

    file: Path
    resolved: tuple[Resolved, ...]
    findings: tuple[Finding, ...]

    @property
    def new(self) -> int:
        """How many were not on record before."""
        return sum(resolution.new for resolution in self.resolved)

    def as_json(self) -> dict[str, object]:
        """``{"file", "new", "decisions": [as resolve], "findings": [as check]}``."""
        return {
            "file": str(self.file),
            "new": self.new,
            "decisions": [resolution.as_json() for resolution in self.resolved],
            "findings": [finding.as_json() for finding in self.findings],
        }


def decide(evaluation: Evaluation, now: datetime, progress: Progress = silent) -> Decided:
    """Record what is typed in the list of findings; a row with a mistake is left for its author, the others count.

    Raises:
        WorkspaceError: there is no list yet.
    """
    path = evaluation.workspace.findings_list
    if not path.is_file():
        raise WorkspaceError("还没有问题清单", where=path, what_to_do="先运行 jixiao check，在清单中填写处理意见")
    examined = examine(evaluation, now.date(), progress)
    decided: list[tuple[Resolution, Finding]] = []
    mistakes: list[Finding] = []
    for row in decision_rows(path):
        try:
            decided += _decided(evaluation, examined, row, now.date())
        except WorkspaceError as error:
            mistakes.append(_mistake(row, error))
    resolved = record(evaluation, dict(decided).items(), now)
    if any(resolution.new for resolution in resolved):
        write_findings(evaluation, examine(evaluation, now.date()).findings, now)
    return Decided(path, tuple(resolved), tuple(mistakes))


def _decided(
    evaluation: Evaluation, examined: Examined, row: TableRow, today: date
) -> list[tuple[Resolution, Finding]]:
    decision = _decision(row)
    check_signed(decision, today)
    found = _meant(examined, row)
    if decision.action is Action.OVERRIDE and len(found) > 1:
        raise WorkspaceError(
            f"这一行合并列出了{len(found)}处，不能核定为同一个值", what_to_do="逐处用 jixiao resolve 核定"
        )
    submission = examined.returns.counting[decision.project]
    return [line for finding in found for line in prepared(evaluation, submission, decision, finding)]


def _decision(row: TableRow) -> Decision:
    text = row.text
    if text("处理") not in DECIDING:
        raise WorkspaceError("没有写明怎样处理", what_to_do=f"在“处理”栏选择{'、'.join(DECIDING)}")
    action = Action(text("处理"))
    if (action is Action.OVERRIDE) != bool(text("核定值")):
        raise WorkspaceError("“处理”与“核定值”不相符", what_to_do="核定的写明核定值；采纳建议、豁免的不写")
    until = _day(text("有效期至"))
    if until and action is not Action.WAIVE:
        raise WorkspaceError("只有豁免才有有效期", what_to_do="清除“有效期至”，或改为豁免")
    return Decision(
        text("项目序号"), text("检查项"), action, text("处理人"), text("理由"),
        value=text("核定值"), basis=text("依据"), reviewer=text("复核人"), until=until,
    )  # fmt: skip


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise WorkspaceError(f"有效期“{text}”不是日期", what_to_do="写成 2026-12-31 的样式") from None


def _meant(examined: Examined, row: TableRow) -> Sequence[Finding]:
    """The findings a row stands for: one, or all it lists together."""
    project, code, sheet, cell = place_of(row)
    same = [finding for finding in decidable(examined, project) if (finding.code, finding.at.sheet) == (code, sheet)]
    found = same if len(same) > SHOWN else [finding for finding in same if finding.at.cell == cell]
    if found:
        return found
    if any((finding.project, finding.code) == (project, code) for finding in examined.findings if finding not in same):
        advice = "未报送、不予接收和佐证文件的问题不在此销号：由单位补报、更正，或在评审意见中说明"
        raise WorkspaceError(f"{code}不是采集表里的问题", what_to_do=advice)
    raise WorkspaceError(
        "现在没有这个问题", what_to_do="核对项目序号、检查项、工作表和单元格；已更正的删除这些处理意见"
    )


def _mistake(row: TableRow, error: WorkspaceError) -> Finding:
    at: CellRef = row.at("处理")
    return Finding(
        "REVIEW-08",
        Severity.ERROR,
        at,
        Sentence.saying("处理意见没有采用：{message}", message=error.message),
        error.what_to_do,
    )
