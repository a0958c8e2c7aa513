"""The ledger for people: as an Excel 台账 that can be handed in."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from toolkit.excel.files import is_sha256, write_atomic
from toolkit.excel.table_sheet import Column, TableSheet, table_workbook
from toolkit.ledger import Event, EventKind
from toolkit.pipeline.deliver.verifying_ledger import LedgerVerdict, verify_ledger
from toolkit.pipeline.outcome import Json
from toolkit.pipeline.plan.evaluation import Evaluation

COLUMNS = (
    Column("序号", 7, numeric=True),
    Column("时间", 21),
    Column("事件", 15),
    Column("项目序号", 9),
    Column("项目名称", 30),
    Column("责任单位", 22),
    Column("说明", 72),
    Column("对象", 18),
    Column("校验值（前16位）", 19),
)
COUNTS = (Column("事件", 20), Column("条数", 10, numeric=True), Column("最早", 21), Column("最近", 21))
_SHOWN_HASH = 16
_LISTED = 12
"""Items of a list that are printed; the whole list stands in the ledger."""


@dataclass(frozen=True, slots=True)
class LedgerExport:
    """The written 台账."""

    file: Path
    verdict: LedgerVerdict

    def as_json(self) -> Json:
        """``{"file"}`` and what the verdict says."""
        return {"file": str(self.file), **self.verdict.as_json()}


def export_ledger(evaluation: Evaluation, file: Path) -> LedgerExport:
    """Write all events, a count of each kind and the verdict into a workbook.

    Raises:
        FileBusyError: the workbook is open in another program.
        LedgerError: the ledger cannot be read.
    """
    data, verdict = ledger_book(evaluation)
    write_atomic(file, data)
    return LedgerExport(file, verdict)


def ledger_book(evaluation: Evaluation) -> tuple[bytes, LedgerVerdict]:
    """The workbook, and whether the ledger's chain holds.

    Raises:
        LedgerError: the ledger cannot be read.
    """
    verdict = verify_ledger(evaluation.workspace)
    with evaluation.workspace.ledger() as ledger:
        events = ledger.events()
    title = f"{evaluation.scheme.title}工作台账"
    state = "校验通过，未发现改动" if verdict.ok else f"校验发现{len(verdict.problems)}处问题，见“校验”表"
    hint = f"共{len(events)}条，只追加、不修改；{state}。末条校验值：{verdict.anchor.hash}"
    names = {project.id: (project.name, project.unit) for project in evaluation.roster.projects}
    sheets = [
        TableSheet("台账", title, COLUMNS, [_row(event, names) for event in events], hint),
        TableSheet("统计", f"{title}统计", COUNTS, _counts(events), "按事件种类统计。"),
    ]
    if verdict.problems:
        rows = [(str(problem.seq), problem.message) for problem in verdict.problems]
        sheets.append(
            TableSheet("校验", "台账校验", (Column("序号", 8, numeric=True), Column("问题", 80)), rows, state)
        )
    return table_workbook(sheets), verdict


def _row(event: Event, names: Mapping[str, tuple[str, str]]) -> tuple[str, ...]:
    name, owner = names.get(event.project, ("", ""))
    what = (event.moment, event.label, event.project, name, event.unit or owner)
    return (str(event.seq), *what, _words(event), _short(event.subject), event.hash[:_SHOWN_HASH])


def _words(event: Event) -> str:
    return "；".join(f"{name}：{_plain(value)}" for name, value in event.printed().items() if value not in ("", []))


def _plain(value: object) -> str:
    """A detail without brackets and quotes; of a hash its first digits, of a long list its first items."""
    if isinstance(value, Mapping | list):
        shown = "、".join(map(_plain, list(value)[:_LISTED]))
        return f"{shown}等{len(value)}项" if len(value) > _LISTED else shown
    return _short(str(value))


def _short(text: str) -> str:
    return f"{text[:12]}…" if is_sha256(text) else text


def _counts(events: tuple[Event, ...]) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    for kind in EventKind:
        times = [event.moment for event in events if event.kind == kind]
        if times:
            rows.append((kind.label, str(len(times)), min(times), max(times)))
    return rows
