"""问题清单: all findings as a workbook that consultants work through and write their decisions into.

What was typed into the columns of decisions stays when the list is written again.
"""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from toolkit.errors import UnreadableFileError
from toolkit.excel.files import sha256_of
from toolkit.excel.read import read_workbook
from toolkit.excel.table import TableRow, read_table
from toolkit.excel.table_sheet import Column, TableSheet, table_workbook
from toolkit.ledger.kinds import DECIDING, Checked
from toolkit.model import Finding
from toolkit.pipeline.outcome import Written
from toolkit.pipeline.plan.evaluation import Evaluation
from toolkit.pipeline.plan.outputs import Outputs

SHEET, LEFT_OVER = "问题清单", "未对应的处理意见"
COLUMNS = (
    Column("序号", 6, numeric=True),
    Column("程度", 9, choices=("须更正", "请核实", "提示")),
    Column("项目序号", 9, numeric=True),
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
    Column(
        "处理",
        11,
        choices=tuple(map(str, DECIDING)),
        note="采纳建议：按应为值取值；核定：填核定值；豁免：不再要求更正",
    ),
    Column("核定值", 14, note="只在“核定”时填写，写法同原格"),
    Column("处理人", 10),
    Column("理由", 30),
    Column("依据", 20, note="依据的材料，可不填"),
    Column("复核人", 10, note="可不填"),
    Column("有效期至", 13, note="只在“豁免”时填写，如 2026-12-31；长期有效的不填"),
)
DECISION = tuple(column.heading for column in COLUMNS[15:])
"""The headings under which decisions are typed; ``jixiao decide`` reads them."""
Place = tuple[str, str, str, str]


def write_findings(evaluation: Evaluation, findings: Sequence[Finding], now: datetime) -> Written:
    """Write the list; the same findings give the same bytes, and one event in the ledger."""
    path = evaluation.workspace.findings_list
    typed = {place_of(row): row for row in decision_rows(path)}
    rows = [
        _row(evaluation, number, finding, typed.pop(_place(finding), None))
        for number, finding in enumerate(findings, 1)
    ]
    on_record = {(decision.project, decision.code, decision.by, decision.reason) for decision in evaluation.decided}
    left = [row for row in typed.values() if _signed(row) not in on_record]
    data = table_workbook(_sheets(evaluation.scheme.title, rows, left))
    with Outputs(evaluation.workspace, now) as outputs:
        changed = outputs.put(path, data)
    sha256 = sha256_of(data)
    with evaluation.workspace.ledger() as ledger:
        ledger.record(Checked(findings=len(findings)), at=now, once=f"checked:{sha256}", subject=sha256)
    return Written(path.parent, (path,), int(changed), set_aside=outputs.set_aside)


def decision_rows(path: Path) -> list[TableRow]:
    """Rows of a list in which somebody typed a decision; none where there is no list, or one without such columns."""
    try:
        book = read_workbook(path.read_bytes())
    except (FileNotFoundError, UnreadableFileError):
        return []
    headings = [column.heading for column in COLUMNS]
    tables = [read_table(book, path.name, name, headings) for name in (SHEET, LEFT_OVER) if book.sheet(name)]
    return [row for table in tables for row in table.rows if any(map(row.text, DECISION))]


def place_of(row: TableRow) -> Place:
    """Which finding a row is about: project, code, sheet and cell."""
    return row.text("项目序号"), row.text("检查项"), row.text("工作表"), row.text("单元格")


def _place(finding: Finding) -> Place:
    return finding.project, finding.code, finding.at.sheet, finding.at.cell


def _signed(row: TableRow) -> tuple[str, ...]:
    return row.text("项目序号"), row.text("检查项"), row.text("处理人"), row.text("理由")


def _sheets(title: str, rows: Sequence[Sequence[str]], left: Sequence[TableRow]) -> list[TableSheet]:
    """The list, and decisions typed about what is found no more: nothing typed is lost."""
    hint = (
        "须更正：退回单位改正；请核实：向单位核实后由评价人判断；提示：供参考。原件不改，更正后重新报送。"
        "要销号的，在右侧“处理”至“有效期至”各栏填写并存盘，再运行 jixiao decide。"
    )
    sheets = [TableSheet(SHEET, f"{title}问题清单", COLUMNS, rows, hint, filtered=True)]
    if left:
        lost = [tuple(row.text(column.heading) for column in COLUMNS) for row in left]
        words = "这些处理意见没有记入台账，所针对的问题已不再出现；不需要的整行删除即可。"
        sheets.append(TableSheet(LEFT_OVER, LEFT_OVER, COLUMNS, lost, words))
    return sheets


def _row(evaluation: Evaluation, number: int, finding: Finding, typed: TableRow | None) -> tuple[str, ...]:
    project = evaluation.roster.project(finding.project)
    return (
        str(number),
        finding.severity.label,
        finding.project,
        project.name if project else "",
        project.unit if project else "",
        finding.at.workbook,
        finding.at.sheet,
        finding.at.cell,
        slot.label if (slot := evaluation.template.layout.slots.get(finding.indicator)) else finding.indicator,
        finding.words,
        str(finding.found),
        str(finding.expected),
        finding.hint,
        finding.explanation,
        finding.code,
        *(typed.text(heading) if typed else "" for heading in DECISION),
    )
