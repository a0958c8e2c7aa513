"""What people wrote about losses (《失分情况》) as decisions in the log, and those of other laptops in the workbook."""

from collections.abc import Mapping
from datetime import datetime

from toolkit.excel.files import write_atomic
from toolkit.handover import Thing, agreed, in_force
from toolkit.ledger import Event, EventKind, Ledger
from toolkit.ledger.kinds import LossWritten
from toolkit.pipeline.plan.evaluation import Evaluation
from toolkit.review import WrittenLoss, read_losses, with_written_losses

_KIND = EventKind.LOSS_WRITTEN
_SAID = {"事实": "fact", "建议": "advice", "佐证": "evidence", "原因": "cause", "评价人": "evaluator"}
"""Column of the sheet → field of what was written."""


def note_written_losses(evaluation: Evaluation, ledger: Ledger, now: datetime) -> int:
    """Record every row somebody wrote into that says something else than what stands; how many there were.

    A row without words is no decision: a colleague's workbook may never have held them.
    """
    path = evaluation.workspace.opinions
    if not path.exists():
        return 0
    standing = in_force(ledger.logs(_KIND))
    noted = 0
    for row in _first_of_each(read_losses(path.read_bytes(), path.name)).values():
        known, said = standing.get(_thing(row), ()), row.typed()
        if not said or any(_said(event) == said for event in known):
            continue
        replaces = tuple(event.hash for event in known)
        noted += ledger.record(
            LossWritten(replaces=replaces, **{_SAID[name]: text for name, text in said.items()}),
            at=now,
            once=f"loss_written:{row.key}:{sorted(said.items())}:{'+'.join(replaces)}",
            project=row.key[0],
            subject=row.key[1],
        )
    return noted


def take_written_losses(evaluation: Evaluation) -> int:
    """Put what other laptops wrote into the workbook; how many rows changed.

    A row is filled where nobody wrote into it or it holds what a log knows; what nobody noted yet is a person's and
    stays.
    """
    path = evaluation.workspace.opinions
    with evaluation.workspace.ledger() as ledger:
        logs = ledger.logs(_KIND)
    if len(logs) == 1 or not path.exists():
        return 0
    data = path.read_bytes()
    here = _first_of_each(read_losses(data, path.name))
    on_record: dict[Thing, list[Mapping[str, str]]] = {}
    for event in (event for log in logs for event in log):
        on_record.setdefault(Thing(event.kind, event.project, event.subject), []).append(_said(event))
    rows = {}
    for thing, events in in_force(logs).items():
        stands, row = agreed(events), here.get((thing.project, thing.subject))
        typed = row.typed() if row else {}
        if stands is not None and _said(stands) != typed and (not typed or typed in on_record.get(thing, [])):
            rows[thing.project, thing.subject] = _said(stands)
    if rows:
        write_atomic(path, with_written_losses(data, rows))
        evaluation.__dict__.pop("written_losses", None)
    return len(rows)


def _first_of_each(rows: tuple[WrittenLoss, ...]) -> dict[tuple[str, str], WrittenLoss]:
    return {row.key: row for row in reversed(rows)}


def _thing(row: WrittenLoss) -> Thing:
    return Thing(_KIND, *row.key)


def _said(event: Event) -> dict[str, str]:
    written = event.says(LossWritten)
    return {name: text for name, field in _SAID.items() if (text := getattr(written, field))}
