"""Rows of 评审意见.xlsx as decisions in the log, and decisions of other laptops put into the workbook.

The workbook is typed in by hand; it is noted in the log before it travels, row by row, so that two people's rows are
joined by what they say and not file over file.
"""

from collections.abc import Mapping
from datetime import datetime

from toolkit.excel.files import write_atomic
from toolkit.handover import Thing, agreed, in_force
from toolkit.ledger import Event, EventKind, Ledger, Log
from toolkit.ledger.kinds import Judged
from toolkit.pipeline.intake.written_losses import note_written_losses, take_written_losses
from toolkit.pipeline.plan.evaluation import Evaluation
from toolkit.review import filled_rows, judged_subject, with_rows

_SAID = {"核定值": "value", "理由": "reason", "佐证": "evidence", "评价人": "evaluator", "复核人": "reviewer"}
"""Column of the workbook → field of a judgement."""


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
        replaces = tuple(event.hash for event in known)
        noted += ledger.record(
            Judged(
                indicator=row["指标编号"],
                item=row["取值项"],
                replaces=replaces,
                **{_SAID[name]: text for name, text in said.items()},
            ),
            at=now,
            once=f"judged:{thing.project}:{thing.subject}:{said}:{'+'.join(replaces)}",
            project=thing.project,
            subject=thing.subject,
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
    judged = event.says(Judged)
    return {name: text for name, field in _SAID.items() if (text := getattr(judged, field))}


def _row(event: Event) -> dict[str, str]:
    judged = event.says(Judged)
    texts = {name: str(getattr(judged, field)) for name, field in _SAID.items()}
    return {"项目序号": event.project, "指标编号": judged.indicator, "取值项": judged.item, **texts}
