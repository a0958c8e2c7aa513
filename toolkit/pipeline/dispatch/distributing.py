"""Generating collection workbooks and packing them for the units."""

from collections.abc import Callable, Sequence
from datetime import datetime
from itertools import count
from pathlib import Path

from toolkit.distribute import (
    LETTER_TEMPLATE,
    Package,
    UnitPackage,
    letter_writer,
    make_packages,
    plan_packages,
    record_dispatch,
)
from toolkit.errors import SchemeError
from toolkit.excel.files import write_if_changed
from toolkit.generate import generate_all
from toolkit.ledger import NewEvent
from toolkit.ledger.kinds import Generated
from toolkit.model import LetterFacts, Severity
from toolkit.pipeline.edited import SetAside
from toolkit.pipeline.outcome import Sent, Written
from toolkit.pipeline.plan.evaluation import Evaluation
from toolkit.pipeline.plan.letter_facts import facts_of
from toolkit.pipeline.plan.outputs import Outputs
from toolkit.pipeline.progress import Progress, silent


def generate(evaluation: Evaluation, now: datetime, progress: Progress = silent) -> Written:
    """One collection workbook per project; files that are right already are not written again."""
    folder = evaluation.workspace.workbooks
    evaluation.workspace.keep_scheme(evaluation.scheme.sha256)
    with Outputs(evaluation.workspace, now) as outputs:
        made = generate_all(
            evaluation.roster.projects,
            folder,
            evaluation.template,
            on_progress=lambda done, total, name: progress("生成采集表", done, total, item=name),
            put=outputs.put,
        )
    events = [
        NewEvent(
            Generated(),
            now,
            f"generated:{written.sha256}",
            written.project.id,
            written.project.unit,
            written.sha256,
        )
        for written in made
    ]
    with evaluation.workspace.ledger() as ledger:
        ledger.record_many(events)
    paths = tuple(written.path for written in made)
    doubts = tuple(found for found in evaluation.prior_reading.findings if found.severity is not Severity.NOTE)
    changed = sum(written.written for written in made)
    return Written(folder, paths, changed, set_aside=outputs.set_aside, findings=doubts)


def send(evaluation: Evaluation, now: datetime, progress: Progress = silent) -> Sent:
    """One package per responsible unit, recorded in the ledger. Workbooks are generated first where missing."""
    return sent(evaluation, *dispatch(evaluation, now, progress))


def dispatch(
    evaluation: Evaluation, now: datetime, progress: Progress = silent
) -> tuple[list[Package], tuple[SetAside, ...]]:
    """Packages on disk, and their events in the ledger; files a person had edited are kept as dated copies."""
    space = evaluation.workspace
    with Outputs(space, now) as outputs:
        packages = pack(evaluation, space.workbooks, space.packages, progress, outputs.put)
    with evaluation.workspace.ledger() as ledger:
        record_dispatch(ledger, packages, at=now)
    evaluation.workspace.receipt("下发", now)
    return packages, outputs.set_aside


def pack(
    evaluation: Evaluation,
    workbooks: Path,
    packages: Path,
    progress: Progress = silent,
    put: Callable[[Path, bytes], bool] = write_if_changed,
) -> list[Package]:
    """Workbooks and packages in two folders; nothing is recorded."""
    made = generate_all(evaluation.roster.projects, workbooks, evaluation.template, put=put)
    template = evaluation.document_template(LETTER_TEMPLATE)
    units = plan_packages(
        evaluation.roster, {written.project.id: (written.path.name, written.path) for written in made}
    )
    write_letter, numbers = letter_writer(letter_facts(evaluation), template), count(1)

    def letter(unit: UnitPackage) -> bytes:
        progress("打包下发", next(numbers), len(units), item=unit.unit)
        return write_letter(unit)

    progress("打包下发", 0, len(units))
    return make_packages(units, packages, letter, write=put)


def sent(evaluation: Evaluation, packages: Sequence[Package], set_aside: Sequence[SetAside] = ()) -> Sent:
    """What there is to say about packages."""
    rows = tuple((package.unit, len(package.project_ids), package.archive) for package in packages)
    return Sent(
        evaluation.workspace.packages, rows, sum(bool(package.written) for package in packages), tuple(set_aside)
    )


def letter_facts(evaluation: Evaluation) -> LetterFacts:
    """What all letters of the evaluation say alike, from sheet 方案.

    Raises:
        SchemeError: the scheme names no day on which returns are due.
    """
    scheme = evaluation.scheme
    if scheme.timetable.due is None:
        advice = "在《方案》补写一行：项目“报送截止日”，内容如 2025-01-31，再运行一次"
        raise SchemeError(
            "方案没有写报送截止日，通知函无法写明期限", where=evaluation.workspace.scheme, what_to_do=advice
        )
    return facts_of(evaluation, scheme.timetable.issued or evaluation.workspace.created.date(), scheme.timetable.due)
