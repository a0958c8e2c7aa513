"""Generating collection workbooks and packing them for the units."""

import re
from datetime import date, datetime

from toolkit import resources
from toolkit.distribute import (
    LETTER_TEMPLATE,
    LetterFacts,
    letter_writer,
    make_packages,
    plan_packages,
    record_dispatch,
)
from toolkit.generate import generate_all
from toolkit.ledger import EventKind, NewEvent
from toolkit.pipeline.evaluation import Evaluation
from toolkit.pipeline.outcome import Sent, Written
from toolkit.pipeline.progress import Progress, silent

_DATE = re.compile(r"(\d{4})\D+(\d{1,2})\D+(\d{1,2})")


def generate(evaluation: Evaluation, now: datetime, progress: Progress = silent) -> Written:
    """One collection workbook per project; files that are right already are not written again."""
    folder = evaluation.workspace.workbooks
    made = generate_all(
        evaluation.roster.projects,
        folder,
        evaluation.template,
        on_progress=lambda done, total: progress("生成采集表", done, total),
    )
    events = [
        NewEvent(EventKind.GENERATED, now, f"generated:{one.sha256}", one.project.id, one.project.unit, one.sha256)
        for one in made
    ]
    with evaluation.workspace.ledger() as ledger:
        ledger.record_many(events)
    return Written(folder, tuple(one.path for one in made), sum(one.written for one in made))


def send(evaluation: Evaluation, now: datetime, progress: Progress = silent) -> Sent:
    """One package per responsible unit, recorded in the ledger. Workbooks are generated first where missing."""
    made = generate_all(evaluation.roster.projects, evaluation.workspace.workbooks, evaluation.template)
    workbooks = {one.project.id: (one.path.name, one.path) for one in made}
    template = evaluation.workspace.template(LETTER_TEMPLATE, resources.document_template_path(LETTER_TEMPLATE))
    units = plan_packages(evaluation.roster, workbooks)
    progress("打包下发", 0, len(units))
    packages = make_packages(units, evaluation.workspace.packages, letter_writer(letter_facts(evaluation), template))
    progress("打包下发", len(units), len(units))
    with evaluation.workspace.ledger() as ledger:
        record_dispatch(ledger, packages, at=now)
    rows = tuple((one.unit, len(one.project_ids), one.archive) for one in packages)
    return Sent(evaluation.workspace.packages, rows, sum(bool(one.written) for one in packages))


def letter_facts(evaluation: Evaluation) -> LetterFacts:
    """What all letters of the evaluation say alike, from sheet 方案."""
    scheme, settings = evaluation.scheme, evaluation.scheme.settings
    issued = read_date(settings.get("发函日期", "")) or evaluation.workspace.created.date()
    deadline = read_date(settings.get("报送截止日", "")) or scheme.cutoff or issued
    return LetterFacts(
        evaluation=scheme.title,
        issuer=scheme.client,
        issued=issued,
        deadline=deadline,
        contact=settings.get("联系人", ""),
        phone=settings.get("联系电话", ""),
        email=settings.get("联系邮箱", ""),
        money_unit=scheme.money_unit,
    )


def read_date(text: str) -> date | None:
    """A date as written on sheet 方案 (2024-11-15, 2024年11月15日); None when there is none."""
    match = _DATE.search(text)
    return date(int(match[1]), int(match[2]), int(match[3])) if match else None
