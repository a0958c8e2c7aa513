"""Workbooks for the site: one a project, with its values, findings, evidence and the sample drawn from it."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from toolkit.errors import WorkspaceError
from toolkit.excel.files import safe_file_name
from toolkit.fieldwork import (
    METHODS,
    FieldPaper,
    Item,
    PaperRow,
    Sample,
    draw,
    field_workbook,
)
from toolkit.formula.detail_rows import slot_of
from toolkit.model import (
    FieldType,
    Project,
    ReadState,
    Slot,
    SlotRole,
    Submission,
    Value,
)
from toolkit.pipeline.edited import SetAside
from toolkit.pipeline.examine.results import Examined, examine
from toolkit.pipeline.plan.evaluation import Evaluation
from toolkit.pipeline.plan.outputs import Outputs
from toolkit.pipeline.progress import Progress, silent
from toolkit.text.values import shown

FOLDER = "13-现场核查"
_CHECKED = (FieldType.AMOUNT, FieldType.NUMBER, FieldType.RATE, FieldType.DATE, FieldType.CHOICE, FieldType.YESNO)


@dataclass(frozen=True, slots=True)
class FieldOrder:
    """What is to be printed: which projects (none: all that returned), and how the sample is drawn."""

    projects: tuple[str, ...] = ()
    method: str = METHODS[0]
    size: int = 15
    seed: str = ""


@dataclass(frozen=True, slots=True)
class FieldPapers:
    """The workbooks written, with the sample of each project."""

    folder: Path
    files: tuple[Path, ...]
    samples: dict[str, Sample]
    set_aside: tuple[SetAside, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """``{"folder", "files", "samples": [{"project", "method", "seed", "population", "hash", "drawn"}], …}``."""
        return {
            "folder": str(self.folder),
            "files": [str(path) for path in self.files],
            "samples": [
                {
                    "project": project, "method": sample.method, "size": sample.size, "seed": sample.seed,
                    "population": sample.population, "population_hash": sample.population_hash,
                    "drawn": list(sample.keys),
                }
                for project, sample in self.samples.items()
            ],
            "set_aside": [aside.as_json() for aside in self.set_aside],
        }  # fmt: skip


def write_papers(evaluation: Evaluation, order: FieldOrder, now: datetime, progress: Progress = silent) -> FieldPapers:
    """Write one workbook for each project that returned; one a person filled in is kept as a dated copy.

    Raises:
        WorkspaceError: no such project, nothing returned, or a sample of no size.
    """
    if order.size < 1:
        raise WorkspaceError("抽样数量至少为1", what_to_do="用 --size 写抽取几项")
    examined = examine(evaluation, now.date(), progress)
    returned = examined.returns.counting
    if unknown := [project for project in order.projects if project not in returned]:
        raise WorkspaceError(f"这些项目没有报送件：{'、'.join(unknown)}", what_to_do="用 jixiao status 查看各项目")
    projects = [
        project
        for project in evaluation.roster.projects
        if project.id in (order.projects or returned) and project.id in returned
    ]
    if not projects:
        raise WorkspaceError("还没有收到报送件", what_to_do="先运行 jixiao collect")
    folder = evaluation.workspace.root / FOLDER
    files: list[Path] = []
    samples: dict[str, Sample] = {}
    with Outputs(evaluation.workspace, now) as outputs:
        for done, project in enumerate(projects, 1):
            paper = field_paper(evaluation, examined, project, order)
            samples[project.id] = paper.sample
            path = folder / safe_file_name(f"{project.id.zfill(3)}_{project.name}_现场核查底稿.xlsx")
            outputs.put(path, field_workbook(paper))
            files.append(path)
            progress("生成底稿", done, len(projects), item=project.name)
    return FieldPapers(folder, tuple(files), samples, outputs.set_aside)


def field_paper(evaluation: Evaluation, examined: Examined, project: Project, order: FieldOrder) -> FieldPaper:
    """What one project's workbook says, apart from what people write into it."""
    submission = examined.returns.counting[project.id]
    rows = list(paper_rows(evaluation, submission).values())
    layout = evaluation.template.layout
    items = [_item(slot, submission.value(row.key)) for row in rows if (slot := slot_of(layout, row.key))]
    seed = order.seed or evaluation.workspace.evaluation_id
    found = examined.reports[project.id].findings
    held: dict[str, list[str]] = {}
    for file in examined.returns.evidence:
        if file.project == project.id:
            held.setdefault(file.item, []).append(file.name)
    listed = evaluation.scheme.evidence
    return FieldPaper(
        evaluation.scheme.title,
        project.id,
        project.name,
        project.unit,
        examined.returns.receipts[project.id].sha256,
        rows,
        [
            (finding.severity.label, f"《{finding.at.sheet}》{finding.at.cell}", finding.words, str(finding.expected))
            for finding in found
        ],
        [
            (listing.code, listing.name, "是" if listing.required else "否", "、".join(held.get(listing.code, ())))
            for listing in listed
        ],
        tuple(listing.code for listing in listed),
        draw(items, order.method, order.size, seed),
    )


def paper_rows(evaluation: Evaluation, submission: Submission) -> dict[str, PaperRow]:
    """Values that can be looked at on site and verified, by slot key, in the order of the workbook."""
    rows: dict[str, PaperRow] = {}
    for key, slot in _lookable(evaluation, submission).items():
        reading = submission.readings.get(key)
        if slot.role is SlotRole.CALCULATED or slot.type not in _CHECKED or reading is None:
            continue
        if key.startswith("自评分_"):
            continue
        value = reading.value if reading.state is ReadState.VALUE else None
        place = f"《{slot.sheet}》{slot.cell}" if slot.cell else f"《{reading.at.sheet}》{reading.at.cell}"
        unit = "" if slot.type is FieldType.RATE else slot.unit
        rows[key] = PaperRow(key, slot.label, place, as_typed(value, slot), slot.choices, unit)
    return rows


def _lookable(evaluation: Evaluation, submission: Submission) -> dict[str, Slot]:
    """Single cells, and the rows of tables in which anything stands, those the unit added among them."""
    layout = evaluation.template.layout
    slots = {key: slot for key in {**layout.slots, **submission.readings} if (slot := slot_of(layout, key))}
    filled = {(slot.table, slot.row) for key, slot in slots.items() if submission.value(key) not in (None, "")}
    return {key: slot for key, slot in slots.items() if not slot.table or (slot.table, slot.row) in filled}


def as_typed(value: Value, slot: Slot) -> str:
    """A value as a person types it on site: rates in percent, days as days, numbers without their unit."""
    return "" if value is None else shown(value, slot.type, exact=True, blank="")


def _item(slot: Slot, value: Value) -> Item:
    money = value if slot.type is FieldType.AMOUNT and isinstance(value, Decimal) and value > 0 else Decimal(0)
    return Item(slot.key, slot.sheet, money)
