"""Rows of 评审意见.xlsx as decisions in the log, and decisions of other laptops put into the workbook.

The workbook is typed in by hand; it is noted in the log before it travels, row by row, so that two people's rows are
joined by what they say and not file over file.
"""

from collections.abc import Mapping
from datetime import datetime

from toolkit.excel.files import write_atomic
from toolkit.handover import REPLACES, Thing, agreed, in_force
from toolkit.ledger import Event, EventKind, Ledger, Log
from toolkit.pipeline.intake.written_losses import note_written_losses, take_written_losses
from toolkit.pipeline.plan.evaluation import Evaluation
from toolkit.review import filled_rows, judged_subject, with_rows

_SAID = ("核定值", "理由", "佐证", "评价人", "复核人")


def note_judgements(evaluation: Evaluation, ledger: Ledger, now: datetime) -> int:
    """Record every filled row that says something else than what stands; how many there were.

    Raises:
        UnreadableFileError: the workbook cannot be read.
    """
    path = evaluation.workspace.opinions
    if not path.exists():
        return 0
    standing = in_force(ledger.logs(EventKind.JUDGED))
    noted = 0
    for row in filled_rows(path.read_bytes()):
        thing = _thing(row)
        known = standing.get(thing, ())
        said = {name: row[name] for name in _SAID if row[name]}
        if any(_said(event) == said for event in known):
            continue
        replaces = [event.hash for event in known]
        noted += ledger.record(
            EventKind.JUDGED,
            at=now,
            once=f"judged:{thing.project}:{thing.subject}:{said}:{'+'.join(replaces)}",
            project=thing.project,
            subject=thing.subject,
            detail=said
            | {"指标": row["指标编号"], "取值项": row["取值项"]}
            | ({REPLACES: replaces} if replaces else {}),
        )
    return noted + note_written_losses(evaluation, ledger, now)


def take_judgements(evaluation: Evaluation) -> int:
    """Put decisions in force into the workbook; how many rows changed.

    A row is filled where it is blank or holds what a log knows; what nobody noted yet is a person's and stays.
    """
    path = evaluation.workspace.opinions
    with evaluation.workspace.ledger() as ledger:
        logs = ledger.logs(EventKind.JUDGED)
    if len(logs) == 1 or not path.exists():
        return 0
    losses = take_written_losses(evaluation)
    data = path.read_bytes()
    typed = {_thing(row): {name: row[name] for name in _SAID if row[name]} for row in filled_rows(data)}
    on_record = _on_record(logs)
    rows = []
    for thing, events in in_force(logs).items():
        event, here = agreed(events), typed.get(thing, {})
        if event is not None and _said(event) != here and (not here or here in on_record.get(thing, [])):
            rows.append(_row(event))
    if rows:
        write_atomic(path, with_rows(data, rows))
        evaluation.__dict__.pop("opinion_reading", None)
    return len(rows) + losses


def _on_record(logs: tuple[Log, ...]) -> Mapping[Thing, list[Mapping[str, str]]]:
    known: dict[Thing, list[Mapping[str, str]]] = {}
    for log in logs:
        for event in log:
            known.setdefault(Thing(event.kind, event.project, event.subject), []).append(_said(event))
    return known


def _thing(row: Mapping[str, str]) -> Thing:
    return Thing(EventKind.JUDGED, row["项目序号"], judged_subject(row["指标编号"], row["取值项"]))


def _said(event: Event) -> dict[str, str]:
    detail = event.details()
    return {name: str(detail[name]) for name in _SAID if detail.get(name)}


def _row(event: Event) -> dict[str, str]:
    detail = event.details()
    texts = {name: str(detail.get(name, "")) for name in _SAID}
    return {
        "项目序号": event.project,
        "指标编号": str(detail.get("指标", "")),
        "取值项": str(detail.get("取值项", "")),
        **texts,
    }
