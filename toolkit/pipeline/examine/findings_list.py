"""问题清单: all findings as a workbook that consultants work through, beside the master's own sheet."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from toolkit.excel.files import sha256_of, write_atomic
from toolkit.excel.table_sheet import Column, TableSheet, table_workbook
from toolkit.ledger import EventKind
from toolkit.model import Finding
from toolkit.pipeline.plan.evaluation import Evaluation

NAME = "问题清单.xlsx"
COLUMNS = (
    Column("序号", 6, numeric=True),
    Column("程度", 9, choices=("须更正", "请核实", "提示")),
    Column("项目序号", 9),
    Column("项目名称", 30),
    Column("责任单位", 20),
    Column("文件", 30),
    Column("工作表", 16),
    Column("单元格", 9),
    Column("指标或字段", 14),
    Column("问题", 56),
    Column("现填", 24),
    Column("应为或要求", 24),
    Column("怎么改", 44),
    Column("单位说明", 30),
    Column("检查项", 12),
)


def write_findings(evaluation: Evaluation, findings: Sequence[Finding], now: datetime) -> Path:
    """Write the list; the same findings give the same bytes, and one event in the ledger."""
    rows = [_row(evaluation, number, one) for number, one in enumerate(findings, 1)]
    hint = "须更正：退回单位改正；请核实：向单位核实后由评价人判断；提示：供参考。原件不改，更正后重新报送。"
    data = table_workbook([TableSheet("问题清单", f"{evaluation.scheme.title}问题清单", COLUMNS, rows, hint)])
    path = evaluation.workspace.findings / NAME
    if not path.exists() or path.read_bytes() != data:
        write_atomic(path, data)
    sha256 = sha256_of(data)
    with evaluation.workspace.ledger() as ledger:
        detail = {"发现数": len(findings)}
        ledger.record(EventKind.CHECKED, at=now, once=f"checked:{sha256}", subject=sha256, detail=detail)
    return path


def _row(evaluation: Evaluation, number: int, one: Finding) -> tuple[str, ...]:
    project = evaluation.roster.project(one.project)
    return (
        str(number),
        one.severity.label,
        one.project,
        project.name if project else "",
        project.unit if project else "",
        one.at.workbook,
        one.at.sheet,
        one.at.cell,
        slot.label if (slot := evaluation.template.layout.slots.get(one.indicator)) else one.indicator,
        one.words,
        one.found,
        one.expected,
        one.hint,
        one.explanation,
        one.code,
    )
