"""What stands only in the ledger, as workbooks for people: decisions, choices, sign-offs, the ledger itself."""

from collections.abc import Container, Iterable, Iterator

from toolkit.archive import Content, PaperClass
from toolkit.excel.table_sheet import Column, TableSheet, table_workbook
from toolkit.ledger import Event, EventKind
from toolkit.pipeline.deliver.ledger_book import ledger_book
from toolkit.pipeline.plan.evaluation import Evaluation

_DECISIONS = (
    Column("项目序号", 9),
    Column("发现代码", 13),
    Column("填报项", 26),
    Column("处理", 11),
    Column("核定值", 16),
    Column("处理人", 11),
    Column("理由", 44),
    Column("依据", 28),
    Column("复核人", 11),
    Column("有效期至", 13),
    Column("时间", 21),
)
LEDGER_PAPERS = ("台账.xlsx", "处理决定与签署.xlsx")
"""The workbooks that are made of the ledger for an archive."""
_SIGNED = (Column("序号", 7), Column("时间", 21), Column("事件", 13), Column("项目序号", 9), Column("内容", 90))


def readable_papers(evaluation: Evaluation, files: Iterable[Content]) -> Iterator[Content]:
    """The workbooks, made from the ledger alone: the same ledger gives the same bytes.

    ``files``: what else is archived; a file of the workspace may have the name of such a workbook.
    """
    taken = {file.name.casefold() for file in files}
    ledger, decisions = (_free(name.removesuffix(".xlsx"), taken) for name in LEDGER_PAPERS)
    yield Content(ledger, lambda: ledger_book(evaluation)[0], PaperClass.EVIDENCE, "台账（Excel 导出）")
    words = "处理决定与签署（台账摘录）"
    yield Content(decisions, lambda: _decisions(evaluation), PaperClass.EVIDENCE, words)


def _free(name: str, taken: Container[str]) -> str:
    """The name, marked as often as it takes to be nobody else's."""
    return f"{name}.xlsx" if f"{name}.xlsx" not in taken else _free(f"{name}（归档时）", taken)


def _decisions(evaluation: Evaluation) -> bytes:
    rows = [
        (
            decision.project,
            decision.code,
            decision.key,
            str(decision.action),
            "" if decision.value is None else str(decision.value),
            decision.by,
            decision.reason,
            decision.basis,
            decision.reviewer,
            decision.until.isoformat() if decision.until else "",
            decision.at[:19].replace("T", " "),
        )
        for decision in evaluation.decided
    ]
    with evaluation.workspace.ledger() as ledger:
        events = ledger.events()
    signed = [_signed(event) for event in events if event.kind in (EventKind.APPROVED, EventKind.CHOSEN)]
    title = evaluation.scheme.title
    return table_workbook(
        (
            TableSheet(
                "处理决定", f"{title}处理决定", _DECISIONS, rows, f"共{len(rows)}项决定，同一问题以最后一次为准。"
            ),
            TableSheet("签署与指定", f"{title}签署与指定", _SIGNED, signed, f"共{len(signed)}条审定、签署和指定。"),
        )
    )


def _signed(event: Event) -> tuple[str, ...]:
    words = "；".join(f"{name}：{value}" for name, value in event.printed().items())
    return (str(event.seq), event.moment, event.label, event.project, words)
